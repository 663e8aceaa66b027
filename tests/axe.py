"""axe-core, the checker of accessibility: taken from npm into a cache outside the repository, once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

VERSION = "4.14.1"
"""The version that is fetched; it is never part of the repository (its licence is MPL-2.0)."""
LONGEST = 120
"""Seconds that npm may take."""
SERIOUS = ("serious", "critical")
"""Impacts that fail a test."""


def script() -> str:
    """axe-core's script; skips the test where it is neither in the cache nor to be had."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "corroborate-tests"
    kept = cache / f"axe-{VERSION}.min.js"
    if not kept.exists():
        _fetch(cache, kept)
    return kept.read_text(encoding="utf-8")


def _fetch(cache: Path, kept: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core is not in the cache and npm, which would fetch it, is not installed")
    cache.mkdir(parents=True, exist_ok=True)
    pack = [npm, "pack", "--silent", f"axe-core@{VERSION}"]
    try:
        done = subprocess.run(pack, cwd=cache, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        pytest.skip("axe-core could not be fetched from npm in time")
    if done.returncode:
        pytest.skip(f"axe-core could not be fetched from npm: {done.stderr.strip()[-200:]}")
    archive = cache / done.stdout.split()[-1]
    with tarfile.open(archive) as packed:
        member = packed.extractfile("package/axe.min.js")
        assert member is not None
        partial = kept.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(member.read())
    partial.replace(kept)
    archive.unlink()


def faults(page: Any, script: str) -> list[str]:
    """What axe-core finds serious on the page as it is now, a line each."""
    page.evaluate(script)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['impact']} {one['id']}: {one['help']}: {node['target']} {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]

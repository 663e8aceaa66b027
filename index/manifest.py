"""Manifest: what built an index, in a small file that says which of its generations is in force."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.errors import IndexMismatch, IndexMissing, IndexUnusable
from index.lock import write_whole

MANIFEST = "manifest.json"
FEEDBACK = "feedback.jsonl"
"""What readers said of answers, one mark a line; a backup takes it along."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What built an index."""

    generation: int
    """The sub-folder `generation-N` is in force; it rises with each rebuild."""
    embedder: str
    """Name of the embedder that made every vector."""
    dimensions: int
    """Length of a vector."""
    tagger: str
    """Name of the tagger that read every statement."""
    created: str
    """When, in ISO 8601 with zone."""
    versions: dict[str, str]
    """Version of each package that shapes the stores."""
    format: int = FORMAT
    """Of this file and the folder's layout."""

    def folder(self, index: Path) -> Path:
        """The folder of the generation in force."""
        return index / f"generation-{self.generation}"


def installed_versions() -> dict[str, str]:
    """The versions of this package and of those that write the stores; "" for what is not installed."""
    found = {}
    for name in ("corroborate", "chromadb", "tantivy", "torch"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def write_manifest(index: Path, manifest: Manifest) -> None:
    """Puts the manifest in force at once."""
    write_whole(index / MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")


def read_manifest(index: Path) -> Manifest:
    """The manifest of an index.

    Raises:
        IndexMissing: the folder is not there or holds no index.
        IndexMismatch: the manifest is damaged, or of a newer format.
    """
    try:
        values = json.loads((index / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        found = "holds no index" if index.is_dir() else "does not exist"
        raise IndexMissing(
            f"{index} {found}. Make one: corroborate ingest YOUR_ARTICLES --index {index}, or give the folder of "
            "another with --index."
        ) from error
    except (OSError, ValueError) as error:
        raise IndexMismatch(f"{index / MANIFEST} cannot be read ({error}). Put a backup in its place.") from error
    names = {field.name for field in fields(Manifest)}
    if not isinstance(values, dict) or values.get("format", 0) > FORMAT or not names <= values.keys():
        raise IndexMismatch(
            f"{index / MANIFEST} is not a manifest of format {FORMAT}. Use the version of corroborate that made it, or "
            "a newer one."
        )
    return Manifest(**{name: values[name] for name in names})


def check_embedder(manifest: Manifest, name: str, dimensions: int | None = None) -> None:
    """Passes where the index was built with the embedder asked for.

    Raises:
        IndexMismatch: it was built with another one.
    """
    if name == manifest.embedder and dimensions in (None, manifest.dimensions):
        return
    asked = f"{name} ({dimensions})" if dimensions else name
    raise IndexMismatch(
        f"The index was built with {manifest.embedder} ({manifest.dimensions} dimensions); the settings ask for "
        f"{asked}. Ingest again with --rebuild."
    )


def manifest_stamp(folder: Path) -> tuple[int, int]:
    """Changes whenever another manifest comes into force."""
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


def check_usable(folder: Path) -> None:
    """A folder that holds anything but an index, or what is left of one never finished, is not written to.

    Raises:
        IndexUnusable: it is a file, or holds other files and no index.
    """
    if folder.exists() and not folder.is_dir():
        raise IndexUnusable(f"{folder} is a file; an index is a folder. Name another with --index.")
    if not folder.exists() or (folder / MANIFEST).exists():
        return
    strange = sorted(file.name for file in folder.iterdir() if not file.name.startswith(("generation-", "writer.")))
    strange = [name for name in strange if not name.startswith(f"{MANIFEST}.")]
    if strange:
        raise IndexUnusable(
            f"{folder} holds no index but other files ({strange[0]}). Name a new or empty folder with --index."
        )

"""The guide's pictures: takes the chat page through its states in headless Chromium.

    python -m evals.screenshots [--out docs/pictures] [--chromium /usr/bin/chromium]

The page is served over a fresh index, into which the sample collection is loaded on the page itself.
"""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.api import Assistant
from assistant.chat.serve import launch, setup_for
from assistant.settings import Settings
from index.corpus import Corpus
from index.errors import SettingsError

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

QUESTION = "Were hackers behind the Marrowick blackout?"
"""Asked of the sample: it has reports, a reprint and a withdrawal."""
BESIDE = "What did the opera house in Tarn cost?"
"""Asked of the sample, which does not tell."""
PATIENCE = 180_000
"""Milliseconds that one step may take: models load before the first answer."""
DESK, PHONE = (1360, 900), (390, 844)
"""Sizes of the window, in pixels."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of a page."""

    page: Any
    """The page."""
    folder: Path
    """Where they go."""
    suffix: str
    """After each picture's name."""

    def take(self, name: str) -> None:
        """Writes one picture."""
        self.page.wait_for_timeout(400)  # what moves has come to rest
        self.page.screenshot(path=str(self.folder / f"{name}{self.suffix}.png"))


def load_sample(camera: Camera) -> None:
    """The empty page; the sample being loaded; the collection."""
    page = camera.page
    page.locator(".greeting").wait_for()
    camera.take("empty")
    page.get_by_role("button", name="Load the sample collection").click()
    page.locator("#jobs .job.done").first.wait_for()
    page.locator("#listing .read").first.wait_for()
    camera.take("articles")
    page.click("#to-dossier")


def walk(camera: Camera) -> None:
    """An answer and everything that can be seen of it."""
    page = camera.page
    page.locator(".greeting").wait_for()
    camera.take("start")
    box = page.get_by_label("Question", exact=True)
    box.fill(QUESTION)
    box.press("Enter")
    page.locator("#live progress").wait_for()
    camera.take("progress")
    page.locator("#conversation .answer").wait_for()
    camera.take("answer")
    page.locator(".note summary").first.click()
    camera.take("note")
    page.locator(".note summary").first.click()
    for name in ("sources", "timeline", "who", "against"):
        page.click(f"#tab-{name}")
        page.evaluate("window.corroborate.reveal(document.querySelector('.tabs'))")
        camera.take(name)
    page.locator("#conversation button.cite").first.click()
    page.locator(".reader mark.quote").wait_for()
    camera.take("reader")
    page.click(".reader .back")
    page.click("#to-talks")
    camera.take("conversations")
    box.fill(BESIDE)
    box.press("Enter")
    page.locator("#conversation .answer.abstained").wait_for()
    camera.take("abstained")
    page.get_by_label("From", exact=True).fill("soon")
    box.fill(BESIDE)
    box.press("Enter")
    page.locator("#live .failed").wait_for()
    camera.take("refused")


def pictures(out: Path, chromium: Path) -> None:
    """Writes every picture into the folder `out`.

    Raises:
        SettingsError: playwright or Chromium is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise SettingsError('playwright is not installed: pip install "corroborate[test]"') from error
    if not chromium.exists():
        raise SettingsError(f"{chromium} is not there: name Chromium's program with --chromium")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        index = Path(scratch, "news.index")
        with Corpus.writing(index):
            pass
        assistant = Assistant.open(index)
        settings = Settings(port=_free_port())
        served = launch(assistant, settings, setup_for(assistant, settings))
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])

        def visit(
            size: tuple[int, int], scheme: Literal["dark", "light"], suffix: str, do: Callable[[Camera], None]
        ) -> None:
            viewport: ViewportSize = {"width": size[0], "height": size[1]}
            context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{settings.port}")
            do(Camera(page, out, suffix))
            context.close()

        try:
            visit(DESK, "light", "", load_sample)
            visit(DESK, "light", "", walk)
            visit(DESK, "dark", "-dark", walk)
            visit(PHONE, "light", "-phone", walk)
            visit(PHONE, "dark", "-phone-dark", walk)
        finally:
            browser.close()
            served.close(verbose=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(argv: Sequence[str] | None = None) -> int:
    """Takes the pictures; 2 where they cannot be taken."""
    parser = argparse.ArgumentParser(prog="python -m evals.screenshots", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--out", type=Path, default=Path("docs/pictures"), help="folder for the pictures")
    parser.add_argument("--chromium", type=Path, default=Path("/usr/bin/chromium"), help="Chromium's program")
    arguments = parser.parse_args(argv)
    try:
        pictures(arguments.out, arguments.chromium)
    except SettingsError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

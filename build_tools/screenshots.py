"""Takes the pictures of the page for the documentation, in a headless Chromium.

Usage: ``python -m build_tools.screenshots PAGE.html docs/img`` (needs playwright; REPORTEDLY_CHROMIUM names the
browser unless it is on the path). Writes ``page-overview.png``, ``page-report.png``, ``page-phone-dark.png``.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: file name, size of the window, light or dark, where to scroll, what to point at."""

    name: str
    width: int
    height: int
    scheme: str = "light"
    scroll_to: str = ""
    hover: str = ""


SHOTS = (
    Shot("page-overview.png", 1280, 1180),
    Shot("page-report.png", 1280, 900, scroll_to="#r1", hover="#r1 .article-text mark.m a"),
    Shot("page-phone-dark.png", 390, 844, scheme="dark", scroll_to="#r1"),
)


def take(browser: Browser, page_file: Path, shot: Shot, folder: Path) -> None:
    """Open the page as ``shot`` says and write its picture."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(page_file.resolve().as_uri())
    if shot.scroll_to:
        page.locator(shot.scroll_to).evaluate("(one) => one.scrollIntoView()")
    if shot.hover:
        page.locator(shot.hover).first.hover()
    page.screenshot(path=folder / shot.name)
    page.close()


def main() -> int:
    """Take every picture; return the exit status."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    page_file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    executable = os.environ.get("REPORTEDLY_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for shot in SHOTS:
            take(browser, page_file, shot, folder)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

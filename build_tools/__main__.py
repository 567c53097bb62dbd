"""Builds what the build hook builds, into the source tree, for work from a checkout: ``python -m build_tools``."""

from __future__ import annotations

from pathlib import Path

from build_tools import gazetteer, named, web

TARGET = Path(__file__).parent.parent / "src" / "reportedly" / "_built"

if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    gazetteer.build(TARGET)
    named.build(TARGET)
    web.build(TARGET)

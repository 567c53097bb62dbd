"""Makes ``named.json``: the named regions and routes of ``data/places/named/``, checked once and quick to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.source import SOURCE, import_module

if TYPE_CHECKING:
    from reportedly.places import named
else:
    named = import_module("reportedly.places.named")

FOLDER = SOURCE / "reportedly" / "data" / "places" / "named"


def build(target: Path) -> None:
    """Write ``named.json`` into ``target``. Raise DataError when an entry contradicts the format."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "named.json").write_bytes(named.compile_folder(FOLDER))

"""Makes ``named.json``: the named regions and routes of ``data/places/named/``, checked, measured and quick to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from build_tools.source import SOURCE, import_module

if TYPE_CHECKING:
    from reportedly.places import gazetteer, named, regions
else:
    gazetteer = import_module("reportedly.places.gazetteer")
    named = import_module("reportedly.places.named")
    regions = import_module("reportedly.places.regions")

FOLDER = SOURCE / "reportedly" / "data" / "places" / "named"


def build(target: Path) -> None:
    """Write ``named.json`` into ``target``, where the gazetteer must be already.

    Raise DataError when an entry contradicts the format.
    """
    made = target / "named.json"
    world = gazetteer.Gazetteer([target / "gazetteer.sqlite"])
    made.write_bytes(named.compile_folder(FOLDER, lambda region: regions.measure(region, world)))

"""Which places did the user add? Packs: village-level gazetteers built on the user's machine.

``sources`` read GeoNames dumps, Who's On First exports and tables; ``build`` checks the rows and writes a pack;
``store`` keeps packs in the user's data folder; ``download`` fetches GeoNames country dumps.
"""

from reportedly.places.packs.build import PackSummary, build_pack
from reportedly.places.packs.download import download_geonames
from reportedly.places.packs.entry import Entry, PackError
from reportedly.places.packs.sources import read_source
from reportedly.places.packs.store import Pack, PackStore, installed_packs

__all__ = [
    "Entry",
    "Pack",
    "PackError",
    "PackStore",
    "PackSummary",
    "build_pack",
    "download_geonames",
    "installed_packs",
    "read_source",
]

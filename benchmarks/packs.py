"""Packs of villages for the place benchmarks: found beside the data, or built from the gazetteer files at hand.

A pack counts when it lies beside the data (``*.sqlite``, or a source such as ``SY.places.tsv.xz``), else it is built
from the folder that ``REPORTEDLY_GAZETTEERS`` names (by default ``gazetteer/whosonfirst`` beside the corpora). The
packs that the user has installed never count: figures should not hang on them.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.framework import corpora_folder
from reportedly.places import open_gazetteer
from reportedly.places.packs import PackStore, read_source
from reportedly.places.packs.tables import TableFormat


@dataclass(frozen=True, slots=True)
class BuiltPack:
    """A pack for a benchmark. seconds: what building it took; None if it was there."""

    path: Path
    seconds: float | None
    megabytes: float


def gazetteer_folder() -> Path:
    """Return where gazetteer files lie from which packs can be built."""
    named = os.environ.get("REPORTEDLY_GAZETTEERS")
    return Path(named) if named else corpora_folder().parent / "gazetteer" / "whosonfirst"


def packs_for(data: Path, countries: Sequence[str]) -> list[BuiltPack]:
    """Return the packs of ``countries`` for benchmark ``data``: those beside it, else built; [] without files."""
    beside = data if data.is_dir() else data.parent
    ready = sorted(beside.glob("*.sqlite"))
    if ready:
        return [BuiltPack(path, None, path.stat().st_size / 1e6) for path in ready]
    found = []
    for country in countries:
        names = (f"{country}.places.tsv.xz", f"{country}.places.tsv", f"{country}.zip", f"{country}.txt")
        places = [folder / name for folder in (beside, gazetteer_folder()) for name in names]
        source = next((path for path in places if path.is_file()), None)
        if source is not None:
            found.append(_build(source, country))
    return found


@cache
def _build(source: Path, country: str) -> BuiltPack:
    store = PackStore(Path(_scratch().name))
    start = time.perf_counter()
    entries, credit = read_source(source, TableFormat(country), [country])
    store.add(entries, country, credit, open_gazetteer(()))
    seconds = time.perf_counter() - start
    path = store.path(country)
    return BuiltPack(path, seconds, path.stat().st_size / 1e6)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that lives as long as the process."""
    return tempfile.TemporaryDirectory(prefix="reportedly-packs-")

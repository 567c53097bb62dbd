"""Which of the known formats is this file? Opens a source for building a pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from reportedly._errors import UnreadableInput
from reportedly.places.packs.entry import Entry, PackError, Reject
from reportedly.places.packs.geonames import read_geonames
from reportedly.places.packs.lines import check_packing, open_source
from reportedly.places.packs.tables import TableFormat, read_geojson, read_table
from reportedly.places.packs.whosonfirst import is_whosonfirst, read_whosonfirst

GEONAMES = "GeoNames (geonames.org), CC BY 4.0"
WHOSONFIRST = "Who's On First (whosonfirst.org/docs/licenses) and GeoNames (geonames.org), CC BY 4.0"
_TABS_OF_GEONAMES = 18


def raise_it(error: PackError) -> None:
    """Refuse the whole source for one broken row: the default."""
    raise error


def read_source(
    path: Path, form: TableFormat, countries: Collection[str] = (), reject: Reject = raise_it
) -> tuple[Iterator[Entry], str]:
    """Return the entries of a file and what to credit for them.

    form: how to read it if it is a list of the user's own. countries: only places in them (all, if none is given).
    reject: is told of each broken row; the default refuses the file. Raise UnreadableInput if there is no such file,
    PackError if its format is not known.
    """
    if not path.is_file():
        raise UnreadableInput(str(path), "a folder, where a file was meant" if path.is_dir() else "no such file")
    check_packing(path)
    plain = path.name.lower().removesuffix(".xz").removesuffix(".gz")
    if is_whosonfirst(path):
        return read_whosonfirst(path, countries, reject), WHOSONFIRST
    if plain.endswith((".geojson", ".json")):
        return _inside(read_geojson(path, form, reject), countries), path.name
    if plain.endswith((".csv", ".tsv")):
        return _inside(read_table(path, form, reject), countries), path.name
    if plain.endswith((".txt", ".zip")):
        if plain.endswith(".zip") or _is_geonames(path):
            return read_geonames(path, countries, reject), GEONAMES
        return _inside(read_table(path, form, reject), countries), path.name
    raise PackError(
        f"{path.name}: no known format; there are GeoNames dumps (.txt, .zip), Who's On First exports (.places.tsv, "
        ".db), tables (.csv, .tsv) and .geojson"
    )


def _inside(entries: Iterator[Entry], countries: Collection[str]) -> Iterator[Entry]:
    return (entry for entry in entries if not countries or entry.country in countries)


def _is_geonames(path: Path) -> bool:
    with open_source(path) as source:
        return source.readline(1024**2).count(b"\t") == _TABS_OF_GEONAMES

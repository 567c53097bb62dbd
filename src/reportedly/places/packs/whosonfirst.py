"""Reads Who's On First: the SQLite distributions and the compact tables (``SY.places.tsv.xz``).

A SQLite distribution (``whosonfirst-data-admin-sy-latest.db``) has the tables ``spr``, ``names``, ``ancestors``,
``concordances`` and ``geojson``. A compact table has one row a place, tab-separated with a header: wof_id, placetype,
gn_id, name, lat, lon, population, county_id and names (``lang:value`` items joined by `` | ``); the polygons of
counties lie in ``SY.admin.geojson.xz`` beside it. Records that stand for a GeoNames place keep its id.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from reportedly.places.index import is_worth_keeping
from reportedly.places.packs.entry import (
    Entry,
    PackError,
    Reject,
    clean_names,
    read_country,
    read_degrees,
    read_number,
    read_population,
)
from reportedly.places.packs.lines import open_source, read_lines
from reportedly.places.packs.outlines import BROKEN_SHAPE, read_features, read_outline

_KINDS = {
    "locality": ("town", "PPL"),
    "borough": ("town", "PPLX"),
    "macrohood": ("town", "PPLX"),
    "neighbourhood": ("town", "PPLX"),
    "microhood": ("town", "PPLX"),
    "campus": ("site", "FCL"),
    "county": ("district", "ADM2"),
}
_COLUMNS = ("wof_id", "placetype", "gn_id", "name", "lat", "lon", "population", "county_id", "names")
_UNKNOWN = ("", "0", "-1")  # what stands in the place of an id that is not known
_DISTRIBUTIONS = (".db", ".sqlite")
Record = dict[str, str]


def read_whosonfirst(path: Path, countries: Collection[str], reject: Reject) -> Iterator[Entry]:
    """Yield the places of an export. ``reject`` is told of each broken row, and may raise."""
    if path.suffix.lower() in _DISTRIBUTIONS:
        yield from _read_distribution(path, countries, reject)
        return
    country = path.name.partition(".")[0].upper()
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise PackError(f"{path.name}: its name should begin with the country's code, as in SY.places.tsv.xz")
    if countries and country not in countries:
        return
    outlines, read = _read_outlines(path), _Reader()
    with open_source(path) as source:
        lines = read_lines(source, path.name, reject)
        header = next(lines, (0, ""))[1].split("\t")
        if missing := [name for name in _COLUMNS if name not in header]:
            raise PackError(f"{path.name}, row 1: no column {missing[0]!r}")
        for number, line in lines:
            where = f"{path.name}, row {number}"
            cells = line.split("\t")
            if len(cells) != len(header):
                reject(PackError(f"{where}: {len(cells)} columns, where the header has {len(header)}"))
                continue
            record = dict(zip(header, cells, strict=True))
            if record["placetype"] not in _KINDS or not (record["name"].strip() or record["names"].strip()):
                continue  # some hundred records have no name: nothing can refer to them
            try:
                entry = read.entry(record, country, where, outlines.get(record["wof_id"]))
            except PackError as error:
                reject(error)
                continue
            yield entry


class _Reader:
    """Turns records into entries. Of two records of one GeoNames place, the first one keeps its id."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def entry(self, record: Record, country: str, where: str, outline: BaseGeometry | None) -> Entry:
        kind, feature = _KINDS[record["placetype"]]
        number = read_number(record["wof_id"], "Who's On First", where)
        known = 0 if record["gn_id"] in _UNKNOWN else read_number(record["gn_id"], "GeoNames", where)
        if kind == "district" or known in self._taken:  # a county's outline is ours to name
            known = 0
        names = [item.partition(":")[2] for item in record["names"].split(" | ")]
        shown = [record["name"], *_english(record["names"])]
        shown.sort(key=lambda name: not name.isascii() and not _is_latin(name))  # what an English report would write
        names = [*shown, *(name for name in names if is_worth_keeping(name))]
        county = record["county_id"]
        entry = Entry(
            where,
            f"geonames:{known}" if known else f"wof:{number}",
            kind,
            clean_names(names, where),
            read_country(country, where),
            *read_degrees(record["lat"], record["lon"], where),
            read_population(record["population"], where),
            feature,
            "" if county in _UNKNOWN else f"wof:{read_number(county, 'county', where)}",
            outline,
        )
        if known:
            self._taken.add(known)
        return entry


def _is_latin(name: str) -> bool:
    letter = next((c for c in name if c.isalpha()), "a")
    return unicodedata.name(letter, "").startswith("LATIN")


def _english(names: str) -> list[str]:
    return [item.partition(":")[2] for item in names.split(" | ") if item.startswith(("eng*:", "eng:"))]


def _read_outlines(path: Path) -> dict[str, BaseGeometry]:
    """Return the outlines beside a compact table by WOF id, none if there is no such file."""
    beside = path.with_name(path.name.replace(".places.tsv", ".admin.geojson"))
    if beside == path or not beside.is_file():
        return {}
    outlines = {}
    for number, feature in enumerate(read_features(beside), start=1):
        where = f"{beside.name}, feature {number}"
        try:
            ident, drawn = str(feature["properties"]["wof:id"]), feature["geometry"]
        except (KeyError, TypeError) as error:
            raise PackError(f"{where}: it is no division of Who's On First: {error}") from None
        outlines[ident] = read_outline(drawn, where)
    return outlines


def _read_distribution(path: Path, countries: Collection[str], reject: Reject) -> Iterator[Entry]:
    query = (
        "SELECT s.id, s.placetype, s.name, s.latitude, s.longitude, s.country, g.body FROM spr s "
        "JOIN geojson g ON g.id = s.id WHERE s.is_current != 0 AND s.is_deprecated < 1 AND s.is_superseded < 1 "
        "ORDER BY s.id"
    )
    tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('spr', 'geojson')"
    read = _Reader()
    with open_source(path):  # is it there, and not too large?
        pass
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            if db.execute(tables).fetchone()[0] != 2:
                raise PackError(f"{path.name}: it is no Who's On First distribution: no tables spr and geojson")
            for *row, body in db.execute(query):
                if row[1] in _KINDS and (not countries or row[5] in countries):
                    try:
                        entry = _from_feature(row, body, f"{path.name}, record {row[0]}", read)
                    except PackError as error:
                        reject(error)
                        continue
                    yield entry
    except sqlite3.Error as error:
        raise PackError(f"{path.name}: it is no Who's On First distribution: {error}") from error


def _from_feature(row: list[Any], body: str | bytes, where: str, read: _Reader) -> Entry:
    ident, placetype, name, lat, lon, country = row
    try:
        feature = json.loads(body)
        properties = feature["properties"]
        outline = read_outline(feature["geometry"], where) if placetype == "county" else None
        spellings = [str(v) for k, vs in properties.items() if k.startswith("name:") for v in vs]
        gn_id = str((properties.get("wof:concordances") or {}).get("gn:id", ""))
        county = str((properties.get("wof:hierarchy") or [{}])[0].get("county_id", ""))
        population = str(properties.get("wof:population") or properties.get("gn:population") or "")
    except BROKEN_SHAPE as error:
        raise PackError(f"{where}: its GeoJSON is broken: {error}") from None
    record = {
        "wof_id": str(ident), "placetype": placetype, "gn_id": gn_id, "name": str(name or ""),
        "lat": str(lat), "lon": str(lon), "population": population if population != "-1" else "",
        "county_id": county, "names": " | ".join(f"und:{s}" for s in spellings),
    }  # fmt: skip
    polygon = outline if outline is not None and outline.area > 0 else None
    return read.entry(record, str(country or ""), where, polygon)


def is_whosonfirst(path: Path) -> bool:
    """Tell whether a file looks like an export of Who's On First."""
    if path.suffix.lower() in _DISTRIBUTIONS:
        return True
    if ".tsv" not in path.name.lower():
        return False
    with open_source(path) as source:
        header = source.readline(4096).decode("utf-8", errors="replace")
    return "wof_id" in header.rstrip("\r\n").removeprefix("\ufeff").split("\t")

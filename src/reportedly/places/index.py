"""How does a gazetteer lie on disk? The tables, and the writer that fills them.

One SQLite file holds one gazetteer: the world's towns that come with the package, or a pack of villages that the user
added. Both have the same tables:

- ``place``: one row a place; ``ref`` is its public id where that is not ``geonames:{id}``; ``romanised`` is the loose
  key of the name shown, for comparison by similarity.
- ``unit``: the public ids of the divisions and districts that places lie in (they may be rows of another file).
- ``name_key``, ``loose_key``, ``skeleton_key``: strict, romanised and consonant keys (see ``fold``) to places;
  ``alternate`` is 0 for the name to show. A loose key is stored only where it differs from the strict one.
- ``outline``: zlib-compressed WKB. ``meta``: what the file was made from, and ``schema``.

Only the standard library, Shapely and ``fold`` are imported: the build hook uses this module before the package is
installed.
"""

from __future__ import annotations

import math
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from reportedly.places import fold

SCHEMA = 3
_KM2_PER_DEG2 = 111.32 * 110.57
_BATCH = 20_000
_SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")

_TABLES = """
PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unit(id INTEGER PRIMARY KEY, ref TEXT NOT NULL UNIQUE);
CREATE TABLE place(
    id INTEGER PRIMARY KEY, ref TEXT, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    division INTEGER, district INTEGER, lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL,
    area_km2 REAL NOT NULL, feature TEXT NOT NULL, iso3 TEXT NOT NULL DEFAULT '', romanised TEXT NOT NULL);
CREATE TABLE name_key(key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL,
    PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE loose_key(key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL,
    PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE skeleton_key(key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL,
    PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE outline(place INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
CREATE TEMP TABLE staged(tier INTEGER NOT NULL, key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL);
"""
_FINISH = """
INSERT INTO name_key SELECT key, place, alternate FROM staged WHERE tier = 0 ORDER BY key, place;
INSERT INTO loose_key SELECT key, place, alternate FROM staged WHERE tier = 1 ORDER BY key, place;
INSERT INTO skeleton_key SELECT key, place, alternate FROM staged WHERE tier = 2 ORDER BY key, place;
DROP TABLE staged;
CREATE INDEX place_ref ON place(ref) WHERE ref IS NOT NULL;
CREATE INDEX place_country ON place(country) WHERE kind = 'country';
CREATE INDEX place_alike ON place(country, romanised) WHERE kind IN ('town', 'site', 'admin2');
"""


@dataclass(slots=True)
class Row:
    """A place on its way into the tables.

    id: unique in the file; the GeoNames id where there is one. ref: public id, None for ``geonames:{id}``.
    kind: "country", "admin1", "admin2", "town", "site" (a base, a dam, a mountain) or "continent".
    names: the one to show first. country: ISO 3166-1 alpha-2. feature: GeoNames feature code.
    division, district: public ids of the first- and second-level division around it, "" if not known.
    """

    id: int
    ref: str | None
    kind: str
    names: list[str]
    country: str
    lat: float
    lon: float
    population: int = 0
    feature: str = ""
    iso3: str = ""
    division: str = ""
    district: str = ""
    outline: BaseGeometry | None = None


class IndexWriter:
    """Writes one gazetteer file. The file is complete only after ``close``; move it into place then.

    skeletons: also write consonant keys (packs do; the world's towns are known by their usual spellings).
    """

    def __init__(self, file: Path, meta: Mapping[str, str], *, skeletons: bool) -> None:
        self._db = sqlite3.connect(file)
        try:
            self._db.executescript(_TABLES)
        except sqlite3.Error:
            self._db.close()
            raise
        self._skeletons = skeletons
        self._units: dict[str, int] = {}
        self._aliases: dict[str, str] = {}
        self.meta = {"schema": str(SCHEMA), **meta}
        self.places = 0
        self.names = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows, in batches. Raise sqlite3.IntegrityError for an id that is there already."""
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                self._write(batch)
                batch = []
        self._write(batch)

    def name_unit(self, code: str, ref: str) -> None:
        """Say which public id a division or district has that rows name by a code of their source.

        A code that is never named is left out: it is no public id.
        """
        self._aliases[code] = ref

    def close(self) -> None:
        """Sort the keys into their tables and close the file."""
        named = [(number, self._aliases.get(ref, ref)) for ref, number in self._units.items()]
        self._db.executemany("INSERT OR IGNORE INTO unit VALUES (?, ?)", [unit for unit in named if ":" in unit[1]])
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(self.meta.items()))
        self._db.commit()
        self._db.executescript(_FINISH)
        self._db.executescript("ANALYZE; VACUUM;")
        self._db.close()

    def abandon(self) -> None:
        """Close the file as it is; it is of no use to anybody."""
        self._db.close()

    def _write(self, rows: list[Row]) -> None:
        self._db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(self._columns, rows)
        )
        keys = [key for row in rows for key in make_keys(row, skeletons=self._skeletons)]
        self._db.executemany("INSERT INTO staged VALUES (?, ?, ?, ?)", keys)
        outlined = ((row.id, zlib.compress(shapely.to_wkb(row.outline), 9)) for row in rows if row.outline is not None)
        self._db.executemany("INSERT INTO outline VALUES (?, ?)", outlined)
        self.places += len(rows)
        self.names += sum(tier == 0 for tier, *_ in keys)

    def _columns(self, row: Row) -> tuple[object, ...]:
        area_km2 = 0.0
        if row.outline is not None:
            area_km2 = round(float(row.outline.area) * _KM2_PER_DEG2 * math.cos(math.radians(row.lat)), 1)
        return (row.id, row.ref, row.kind, row.names[0], row.country, self._unit(row.division),
                self._unit(row.district), round(row.lat, 4), round(row.lon, 4), row.population, area_km2,
                row.feature, row.iso3, fold.fold_romanised(row.names[0]))  # fmt: skip

    def _unit(self, ref: str) -> int | None:
        return self._units.setdefault(ref, len(self._units) + 1) if ref else None


def make_keys(row: Row, *, skeletons: bool) -> list[tuple[int, str, int, int]]:
    """Return (tier, key, place, alternate) for all names of a row: 0 strict, 1 romanised, 2 consonants."""
    if row.kind == "continent":  # found by its id only: the regions file has the names
        return []
    tiers: tuple[dict[str, int], ...] = ({}, {}, {})
    for position, name in enumerate(row.names):
        alternate = int(position > 0)
        if key := fold.fold_name(name):
            tiers[0].setdefault(key, alternate)
        for romanised in fold.romanised_keys(name):
            if len(romanised) > 2:
                tiers[1].setdefault(romanised, alternate)
                if skeletons and romanised.isascii() and (consonants := fold.fold_skeleton(romanised)):
                    tiers[2].setdefault(consonants, alternate)
    for key in tiers[0]:
        tiers[1].pop(key, None)
    return [(tier, key, row.id, alternate) for tier, keys in enumerate(tiers) for key, alternate in keys.items()]


def is_worth_keeping(name: str) -> bool:
    """Tell whether an alternate name is one that a report could use.

    Left out: machine transliterations (all lower case), airport codes (all capitals), scripts of which the analyzer
    knows nothing, web addresses and very long official titles.
    """
    if not 2 < len(name) <= 40 or "/" in name or "," in name or "(" in name:
        return False
    letter = next((c for c in name if c.isalpha()), "")
    script = unicodedata.name(letter, "").split(" ")[0] if letter else ""
    if script not in _SCRIPTS:
        return False
    if script in ("ARABIC", "HEBREW"):
        return True
    return not name.islower() and not (name.isupper() and len(name) <= 4)

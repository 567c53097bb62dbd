"""Reads one SQLite file of the tables of ``index``: the built gazetteer, or a pack."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from reportedly._errors import EnvironmentProblem
from reportedly.model import PlaceKind
from reportedly.places import index
from reportedly.places.candidate import FIT, Candidate

_KINDS = {
    "country": PlaceKind.COUNTRY,
    "admin1": PlaceKind.ADMIN1,
    "admin2": PlaceKind.ADMIN2,
    "town": PlaceKind.TOWN,
    "site": PlaceKind.SITE,
}
_COLUMNS = (
    "p.id, p.ref, p.kind, p.name, p.country, p.division, p.district, p.lat, p.lon, p.population, p.area_km2, "
    "p.feature, p.iso3"
)
_MAPPED_BYTES = 512 * 1024**2  # read through memory maps: pages are shared between processes, and no call a page
_POPULATION = 9  # its place among the columns
_MOST = 60  # candidates of one name worth weighing: beyond that they differ only in being small
_MOST_KEYS = 250_000  # names of a country that are worth comparing one by one
# How a name was found, by key: as the shown name of the place, as another name of it.
_MATCH = {
    "name_key": ("exact", "other name"),
    "loose_key": ("romanised", "romanised"),
    "skeleton_key": ("consonants", "consonants"),
}


class IndexFile:
    """One file, open for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _open(path)
        self._units: dict[int, str] | None = None
        self._queries = {
            table: f"SELECT {_COLUMNS}, k.alternate FROM {table} k JOIN place p ON p.id = k.place WHERE k.key = ?"
            for table in FIT
        }

    @property
    def label(self) -> str:
        rows = dict(self._db.execute("SELECT key, value FROM meta").fetchall())
        return f"{rows.get('code', self.path.stem)} {rows.get('digest', '')}".strip()

    @property
    def countries(self) -> tuple[str, ...]:
        row = self._db.execute("SELECT value FROM meta WHERE key = 'countries'").fetchone()
        return tuple(row[0].split()) if row else ()

    def named(self, table: str, key: str) -> list[Candidate]:
        rows = self._db.execute(self._queries[table], (key,)).fetchall()
        if len(rows) > _MOST:  # sorted here: sorting in the query costs every look-up of one row
            rows = sorted(rows, key=lambda row: (-row[_POPULATION], row[0]))[:_MOST]
        return [self._candidate(row, table) for row in rows] if rows else []

    def holds(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM name_key WHERE key = ? LIMIT 1", (key,)).fetchone() is not None

    def select(self, condition: str, value: object) -> Iterator[Candidate]:
        values = () if value is None else (value,)
        rows = self._db.execute(f"SELECT {_COLUMNS}, 0 FROM place p WHERE {condition}", values).fetchall()
        return (self._candidate(row, "name_key") for row in rows)

    def latin_keys(self, iso2: str) -> list[tuple[str, str]]:
        """Return (romanised key of the name shown, id) of the towns, sites and districts of a country."""
        query = (
            "SELECT romanised, id, ref FROM place WHERE country = ? AND kind IN ('town', 'site', 'admin2') "
            "AND romanised < '{' LIMIT ?"
        )
        rows = self._db.execute(query, (iso2, _MOST_KEYS)).fetchall()
        return [(key, ref or f"geonames:{number}") for key, number, ref in rows]

    def size(self) -> tuple[int, int, int]:
        query = (
            "SELECT (SELECT count(*) FROM place), (SELECT count(*) FROM name_key), "
            "(SELECT count(*) FROM place WHERE kind = 'country')"
        )
        places, names, countries = self._db.execute(query).fetchone()
        return places, names, countries

    def outline(self, place_id: str) -> BaseGeometry | None:
        query = "SELECT o.wkb FROM place p JOIN outline o ON o.place = p.id WHERE p.ref = ?"
        row = self._db.execute(query, (place_id,)).fetchone()
        return shapely.from_wkb(zlib.decompress(row[0])) if row else None

    def _candidate(self, row: tuple[Any, ...], table: str) -> Candidate:
        number, ref, kind, name, country, division, district, lat, lon, population, area, feature, iso3, other = row
        units = self._units
        if units is None:
            units = self._units = dict(self._db.execute("SELECT id, ref FROM unit").fetchall())
        return Candidate(
            ref or f"geonames:{number}", name, _KINDS[kind], country, lat, lon, units.get(division, ""), population,
            area, feature, iso3, (country,) if country else (), False, FIT[table][other], _MATCH[table][other],
            units.get(district, ""),
        )  # fmt: skip


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise EnvironmentProblem(
            f"the gazetteer is missing ({path.name}): install reportedly with pip, or run "
            "`python -m build_tools` in a checkout to build it"
        )
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        db.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        row = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error as error:
        raise EnvironmentProblem(f"the gazetteer {path.name} cannot be opened: {error}; {_again(path)}") from error
    if row is None or row[0] != str(index.SCHEMA):
        raise EnvironmentProblem(f"the gazetteer {path.name} was made by another version: {_again(path)}")
    return db


def _again(path: Path) -> str:
    """Say how the file can be made again: a pack with its command, the built gazetteer by installing."""
    if path.parent.name == "_built":
        return "install reportedly again"
    code = path.stem
    return f"make it anew with `reportedly places add {code}`, or remove it with `reportedly places remove {code}`"

"""Which places have this name? The gazetteer index, read-only.

Invariant: a gazetteer is a list of SQLite files with the tables of ``places/index.py``, the built one first and packs
after it, plus the named regions and routes of the data files. Nothing is written, nothing is downloaded.
"""

from __future__ import annotations

import functools
import math
import os
import re
import sqlite3
import zlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import platformdirs
import shapely
from shapely.geometry.base import BaseGeometry

from reportedly._errors import EnvironmentProblem
from reportedly.model import PlaceKind
from reportedly.places import fold, index

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
_MOST = 60  # candidates of one name worth weighing: beyond that they differ only in being small
_GEONAMES_ID = re.compile(r"geonames:(\d{1,12})")
_SAME_DEGREES = 0.045  # 5 km: two records of one name so near to each other are one town
_MOST_KEYS = 250_000  # names of a country that are worth comparing one by one
# How well a name fits: the shown name, another name of the place, the same but for romanisation or vowels.
_FIT = {
    "name_key": (1.0, 0.9),
    "loose_key": (0.7, 0.6),
    "skeleton_key": (0.5, 0.45),
}
_MATCH = {
    "name_key": ("exact", "other name"),
    "loose_key": ("romanised", "romanised"),
    "skeleton_key": ("consonants", "consonants"),
}


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place that a name may mean.

    id: public id ("geonames:172955", "admin1:SY.12", "country:SYR", "region:donbas", "route:syria-m4").
    country: ISO 3166-1 alpha-2; countries: all that a region or route lies in (``country`` is the first).
    division, district: id of the first- and second-level division that it lies in, "" if none is known.
    fit: how well the name fits, 0 to 1 (1: the shown name; below .75: only loosely).
    match: "exact", "other name", "romanised", "consonants", "part" or "similar", for the reasons.
    area_km2: 0 where there is no outline.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    division: str = ""
    population: int = 0
    area_km2: float = 0.0
    feature: str = ""
    iso3: str = ""
    countries: tuple[str, ...] = ()
    disputed: bool = False
    fit: float = 1.0
    match: str = "exact"
    district: str = ""


class Gazetteer:
    """Looks names up in the built gazetteer and in packs.

    paths: SQLite files, the built one first. Opening reads nothing but the file headers.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = [_File(path) for path in paths]
        # Caches of the object, not of the class: they go when it goes.
        self._lookup = functools.lru_cache(maxsize=2048)(self._find)
        self._by_id = functools.lru_cache(maxsize=4096)(self._find_id)
        self._country = functools.lru_cache(maxsize=512)(self._find_country)
        self._keys_of = functools.lru_cache(maxsize=8)(self._read_keys)
        self._outline = functools.lru_cache(maxsize=512)(self._read_outline)

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what each pack says of itself ("SY 3f2a91c0"), without the built gazetteer."""
        return tuple(file.label for file in self._files[1:])

    @functools.cached_property
    def pack_countries(self) -> tuple[str, ...]:
        """Return the countries (ISO alpha-2) that packs are about: somebody who adds one works on them."""
        return tuple(sorted({country for file in self._files[1:] for country in file.countries}))

    def lookup(self, name: str, *, loose: bool = True) -> list[Candidate]:
        """Return the places called ``name``: countries, then the best fit, then the most populous.

        The strict fold (case, accents, punctuation) is asked first; the romanised fold only when that finds
        nothing and ``loose`` is set.
        """
        return list(self._lookup(name, loose))

    def _find(self, name: str, loose: bool) -> tuple[Candidate, ...]:
        key = fold.fold_name(name)
        if not key:
            return ()
        found = self._named("name_key", key)
        if not found and loose:
            found = [place for place in self.romanised(name) if _is_long_enough(name, place)]
        return tuple(_distinct(found))

    def romanised(self, name: str) -> list[Candidate]:
        """Return the places whose name is ``name`` but for the way of writing it in Latin letters."""
        found: list[Candidate] = []
        for key in fold.romanised_keys(name):
            if len(key) > 2:
                as_written = [_worse(place) for place in self._named("name_key", key)]
                found += self._named("loose_key", key) + as_written
        return _distinct(found)

    def consonants(self, name: str) -> list[Candidate]:
        """Return the places of packs whose name has the same consonants as ``name``."""
        keys = {fold.fold_skeleton(key) for key in fold.romanised_keys(name)} - {""}
        return _distinct([place for key in sorted(keys) for place in self._named("skeleton_key", key)])

    def holds_key(self, name: str) -> bool:
        """Tell whether any place has ``name`` under the strict fold (cheaper than ``lookup``)."""
        key = fold.fold_name(name)
        return any(file.holds(key) for file in self._files)

    def by_id(self, place_id: str) -> Candidate | None:
        """Return the place with this public id, None if the gazetteer has none."""
        return self._by_id(place_id)

    def _find_id(self, place_id: str) -> Candidate | None:
        condition, value = "p.ref = ?", place_id
        if number := _GEONAMES_ID.fullmatch(place_id):
            condition, value = "p.id = ? AND p.ref IS NULL", number.group(1)
        found = [place for file in self._files for place in file.select(condition, value)]
        return _distinct(found)[0] if found else None

    def country(self, iso2: str) -> Candidate | None:
        """Return the country with this ISO 3166-1 alpha-2 code."""
        return self._country(iso2)

    def _find_country(self, iso2: str) -> Candidate | None:
        return next(self._files[0].select("p.kind = 'country' AND p.country = ?", iso2), None)

    def keys_of(self, iso2: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (romanised keys, ids) of the places of a country, for comparison by similarity.

        Countries with more names than ``_MOST_KEYS`` in one file are left out of it.
        """
        return self._keys_of(iso2)

    def _read_keys(self, iso2: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        pairs = sorted({pair for file in self._files for pair in file.latin_keys(iso2)})
        return tuple(key for key, _ in pairs), tuple(place_id for _, place_id in pairs)

    def divisions(self, iso2: str) -> list[Candidate]:
        """Return the first-level divisions of a country, the smallest first."""
        found = self._files[0].select("p.kind = 'admin1' AND p.country = ?", iso2)
        return sorted(found, key=lambda place: (place.area_km2, place.id))

    def outline(self, place_id: str) -> BaseGeometry | None:
        """Return the outline of a country, division or district as a Shapely geometry, None if there is none."""
        return self._outline(place_id)

    def _read_outline(self, place_id: str) -> BaseGeometry | None:
        return next((shape for file in self._files if (shape := file.outline(place_id)) is not None), None)

    def _named(self, table: str, key: str) -> list[Candidate]:
        return [place for file in self._files for place in file.named(table, key)]


class _File:
    """One SQLite file of the tables of ``index``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _open(path)
        self._units: dict[int, str] | None = None
        self._queries = {
            table: f"SELECT {_COLUMNS}, k.alternate FROM {table} k JOIN place p ON p.id = k.place "
            f"WHERE k.key = ? ORDER BY p.population DESC, p.id LIMIT {_MOST}"
            for table in _FIT
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
        return [self._candidate(row, table) for row in rows] if rows else []

    def holds(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM name_key WHERE key = ? LIMIT 1", (key,)).fetchone() is not None

    def select(self, condition: str, value: object) -> Any:
        rows = self._db.execute(f"SELECT {_COLUMNS}, 0 FROM place p WHERE {condition}", (value,)).fetchall()
        return (self._candidate(row, "name_key") for row in rows)

    def latin_keys(self, iso2: str) -> list[tuple[str, str]]:
        query = (
            "SELECT k.key, p.id, p.ref FROM {table} k JOIN place p ON p.id = k.place "
            "WHERE p.country = ? AND p.kind IN ('town', 'site', 'admin2') AND k.key < '{{'"
        )
        found = []
        for table in ("name_key", "loose_key"):
            rows = self._db.execute(query.format(table=table).replace("{{", "{"), (iso2,)).fetchmany(_MOST_KEYS + 1)
            if len(rows) > _MOST_KEYS:
                return []
            found += [(fold.fold_romanised(key) if table == "name_key" else key, ref or f"geonames:{number}")
                      for key, number, ref in rows]  # fmt: skip
        return found

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
            area, feature, iso3, (country,) if country else (), False, _FIT[table][other], _MATCH[table][other],
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
        row = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error as error:
        raise EnvironmentProblem(f"the gazetteer {path.name} cannot be opened: {error}; make it anew") from error
    if row is None or row[0] != str(index.SCHEMA):
        raise EnvironmentProblem(f"the gazetteer {path.name} was made by another version: make it anew")
    return db


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """Return one candidate a place, sorted, whatever the order of the files.

    A pack may hold a town that the world gazetteer has: the better fit stays, with the larger population and the
    division and district of whichever knows them.
    """
    records: dict[str, list[Candidate]] = {}
    for new in found:
        records.setdefault(new.id, []).append(new)
    best = [functools.reduce(_joined, sorted(same, key=_join_order)) for same in records.values()]
    if len(best) < 2:
        return best
    return sorted(_without_doubles(best), key=lambda c: (c.kind is not PlaceKind.COUNTRY, -c.fit, -c.population, c.id))


def _without_doubles(found: list[Candidate]) -> list[Candidate]:
    """Join towns of one name that lie within a few km: two records of one place. The more populous gives the id."""
    kept: list[Candidate] = []
    for new in sorted(found, key=lambda c: (-c.population, c.feature == "PPLX", -c.fit, c.id)):
        for at, known in enumerate(kept):
            if (
                new.kind is known.kind is PlaceKind.TOWN
                and new.country == known.country
                and abs(new.lat - known.lat) < _SAME_DEGREES
                and abs(new.lon - known.lon) * math.cos(math.radians(new.lat)) < _SAME_DEGREES
            ):
                if new.fit > known.fit:
                    kept[at] = msgspec.structs.replace(known, fit=new.fit, match=new.match)
                break
        else:
            kept.append(new)
    return kept


def _join_order(place: Candidate) -> tuple[object, ...]:
    return -place.fit, -place.population, place.name, place.lat, place.lon, msgspec.structs.astuple(place)


def _joined(first: Candidate, second: Candidate) -> Candidate:
    """Join two records of one id; the first is the better one."""
    ranked = first.feature in _FEATURE_RANK and second.feature in _FEATURE_RANK
    return msgspec.structs.replace(
        first,
        population=max(first.population, second.population),
        division=first.division or second.division,
        district=first.district or second.district,
        feature=max(first.feature, second.feature, key=_FEATURE_RANK.index) if ranked else first.feature,
    )


_FEATURE_RANK = ("PPL", "PPLA4", "PPLA3", "PPLA2", "PPLA", "PPLC")


def _is_long_enough(name: str, place: Candidate) -> bool:
    """Tell whether a name is long enough to be believed when it is only written alike ("al-Assad" is not Chad)."""
    return len(fold.fold_romanised(name)) > (4 if place.kind is PlaceKind.COUNTRY else 3)


def _worse(place: Candidate) -> Candidate:
    """Return a place found by its strict key for a romanised one: a looser fit."""
    loose = _FIT["loose_key"][int(place.fit < 1)]
    return msgspec.structs.replace(place, fit=loose, match="romanised")


def similar(candidate: Candidate, fit: float) -> Candidate:
    """Return the candidate marked as found by similarity only."""
    return msgspec.structs.replace(candidate, fit=fit, match="similar")


def built_path() -> Path:
    """Return where the built gazetteer lies in the installed package."""
    return Path(str(files("reportedly").joinpath("_built", "gazetteer.sqlite")))


def pack_folder() -> Path:
    """Return where the packs of this user lie: ``$REPORTEDLY_PACKS``, else a folder of the user's data."""
    given = os.environ.get("REPORTEDLY_PACKS")
    return Path(given) if given else platformdirs.user_data_path("reportedly", appauthor=False) / "places"


def open_gazetteer(packs: Sequence[Path] | None = None) -> Gazetteer:
    """Open the built gazetteer with ``packs`` (files of the same tables); with the user's own packs when None.

    The same files give the same object. Raise EnvironmentProblem when a file is missing or cannot be read.
    """
    if packs is None:
        packs = sorted(pack_folder().glob("*.sqlite"))
    return _open_gazetteer(tuple((path, path.stat().st_mtime_ns if path.is_file() else 0) for path in sorted(packs)))


@functools.lru_cache(maxsize=8)
def _open_gazetteer(packs: tuple[tuple[Path, int], ...]) -> Gazetteer:
    return Gazetteer([built_path(), *(path for path, _ in packs)])

"""Which places have this name? The gazetteer index, read-only.

Invariant: a gazetteer is a list of SQLite files with the tables of ``build_tools/gazetteer.py``, the built one first
and packs after it, plus the regions and routes of the data files. Nothing is written, nothing is downloaded.
"""

from __future__ import annotations

import functools
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from reportedly._errors import EnvironmentProblem
from reportedly.model import PlaceKind
from reportedly.places import fold

_KINDS = {"country": PlaceKind.COUNTRY, "admin1": PlaceKind.ADMIN1, "town": PlaceKind.TOWN}
_COLUMNS = (
    "p.id, p.ref, p.kind, p.name, p.country, p.division, p.lat, p.lon, p.population, p.area_km2, p.feature, p.iso3"
)
_MOST = 60  # candidates of one name worth weighing: beyond that they differ only in being small
# How well a name fits: the shown name, another name of the place, the same but for romanisation.
_FIT = {("strict", 0): 1.0, ("strict", 1): 0.9, ("loose", 0): 0.7, ("loose", 1): 0.6}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    id: public id ("geonames:172955", "admin1:SY.12", "country:SYR", "region:donbas", "route:syria-m4").
    country: ISO 3166-1 alpha-2; countries: all that a region or route lies in (``country`` is the first).
    division: id of the first-level division that a town lies in, "" if none.
    fit: how well the name fits, 0 to 1 (1: the shown name; below .75: only loosely).
    match: "exact", "other name", "romanised" or "similar", for the reasons.
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


class Gazetteer:
    """Looks names up in the built gazetteer and in packs.

    paths: SQLite files, the built one first. Opening reads nothing but the file headers.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._databases = [_open(path) for path in paths]
        self._divisions: dict[tuple[int, int], str] = {}

    def lookup(self, name: str, *, loose: bool = True) -> list[Candidate]:
        """Return the places called ``name``: countries, then the best fit, then the most populous.

        The strict fold (case, accents, punctuation) is asked first; the romanised fold only when that finds
        nothing and ``loose`` is set.
        """
        return list(self._lookup(name, loose))

    @functools.lru_cache(maxsize=2048)  # noqa: B019 - one gazetteer lives as long as the process
    def _lookup(self, name: str, loose: bool) -> tuple[Candidate, ...]:
        key = fold.fold_name(name)
        if not key:
            return ()
        found = self._named("name_key", key, "strict")
        if not found and loose:
            romanised = fold.fold_romanised(name)
            if len(romanised) > 2:
                found = self._named("loose_key", romanised, "loose") + self._named("name_key", romanised, "loose")
        return tuple(_distinct(found))

    def holds_key(self, name: str) -> bool:
        """Tell whether any place has ``name`` under the strict fold (cheaper than ``lookup``)."""
        key = fold.fold_name(name)
        query = "SELECT 1 FROM name_key WHERE key = ? LIMIT 1"
        return any(db.execute(query, (key,)).fetchone() for db in self._databases)

    def by_id(self, place_id: str) -> Candidate | None:
        """Return the place with this public id, None if the gazetteer has none."""
        return self._by_id(place_id)

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - one gazetteer lives as long as the process
    def _by_id(self, place_id: str) -> Candidate | None:
        if place_id.startswith("geonames:"):
            condition, value = "p.id = ?", int(place_id.removeprefix("geonames:"))
        else:
            condition, value = "p.ref = ?", place_id  # type: ignore[assignment]
        for number, db in enumerate(self._databases):
            row = db.execute(f"SELECT {_COLUMNS}, 0 FROM place p WHERE {condition}", (value,)).fetchone()
            if row:
                return self._candidate(number, row, "strict")
        return None

    def country(self, iso2: str) -> Candidate | None:
        """Return the country with this ISO 3166-1 alpha-2 code."""
        return self._country(iso2)

    def towns_of(self, iso2: str, most: int = 8000) -> list[tuple[str, str]]:
        """Return (id, loose key) of the towns of a country, for comparison by similarity; [] if more than ``most``."""
        return list(self._towns_of(iso2, most))

    def outline(self, place_id: str) -> BaseGeometry | None:
        """Return the outline of a country or division as a Shapely geometry, None if there is none."""
        return self._outline(place_id)

    @functools.lru_cache(maxsize=512)  # noqa: B019 - one gazetteer lives as long as the process
    def _outline(self, place_id: str) -> BaseGeometry | None:
        query = "SELECT o.wkb FROM place p JOIN outline o ON o.place = p.id WHERE p.ref = ?"
        for db in self._databases:
            row = db.execute(query, (place_id,)).fetchone()
            if row:
                return shapely.from_wkb(zlib.decompress(row[0]))
        return None

    @functools.lru_cache(maxsize=512)  # noqa: B019
    def _country(self, iso2: str) -> Candidate | None:
        query = f"SELECT {_COLUMNS}, 0 FROM place p WHERE p.kind = 'country' AND p.country = ?"
        row = self._databases[0].execute(query, (iso2,)).fetchone()
        return self._candidate(0, row, "strict") if row else None

    @functools.lru_cache(maxsize=16)  # noqa: B019
    def _towns_of(self, iso2: str, most: int) -> tuple[tuple[str, str], ...]:
        query = "SELECT id, name FROM place WHERE country = ? AND kind = 'town' ORDER BY id LIMIT ?"
        found: list[tuple[str, str]] = []
        for db in self._databases:
            rows = db.execute(query, (iso2, most + 1)).fetchall()
            if len(rows) <= most:
                found += [(f"geonames:{number}", fold.fold_romanised(name)) for number, name in rows]
        return tuple(found)

    def _named(self, table: str, key: str, how: str) -> list[Candidate]:
        found: list[Candidate] = []
        query = (
            f"SELECT {_COLUMNS}, k.alternate FROM {table} k JOIN place p ON p.id = k.place "
            "WHERE k.key = ? ORDER BY p.population DESC LIMIT ?"
        )
        for number, db in enumerate(self._databases):
            found += [self._candidate(number, row, how) for row in db.execute(query, (key, _MOST))]
        return found

    def _candidate(self, number: int, row: tuple[object, ...], how: str) -> Candidate:
        (
            ident,
            ref,
            kind,
            name,
            country,
            division,
            lat,
            lon,
            population,
            area_km2,
            feature,
            iso3,
            alternate,
        ) = row
        fit = _FIT[how, int(bool(alternate))]
        match = "romanised" if how == "loose" else "other name" if alternate else "exact"
        return Candidate(
            str(ref or f"geonames:{ident}"), str(name), _KINDS[str(kind)], str(country),
            float(lat), float(lon), self._division(number, division), int(population),  # type: ignore[arg-type, call-overload]
            float(area_km2), str(feature), str(iso3), (str(country),) if country else (), False, fit, match,  # type: ignore[arg-type]
        )  # fmt: skip

    def _division(self, number: int, division: object) -> str:
        if not isinstance(division, int):
            return ""
        known = self._divisions.get((number, division))
        if known is None:
            row = self._databases[number].execute("SELECT ref FROM place WHERE id = ?", (division,)).fetchone()
            known = self._divisions[number, division] = str(row[0]) if row else ""
        return known


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise EnvironmentProblem(
            f"the gazetteer is missing ({path.name}): install reportedly with pip, or run "
            "`python -m build_tools` in a checkout to build it"
        )
    try:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise EnvironmentProblem(f"the gazetteer {path.name} cannot be opened: {error}; reinstall it") from error


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """Return one candidate a place, sorted; packs may hold a town that the world gazetteer has."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.id not in best or best[candidate.id].fit < candidate.fit:
            best[candidate.id] = candidate
    return sorted(best.values(), key=lambda c: (c.kind is not PlaceKind.COUNTRY, -c.fit, -c.population, c.id))


def similar(candidate: Candidate, fit: float) -> Candidate:
    """Return the candidate marked as found by similarity only."""
    return replace(candidate, fit=fit, match="similar")


def built_path() -> Path:
    """Return where the built gazetteer lies in the installed package."""
    return Path(str(files("reportedly").joinpath("_built", "gazetteer.sqlite")))


@functools.cache
def open_gazetteer(packs: tuple[Path, ...] = ()) -> Gazetteer:
    """Open the built gazetteer with ``packs`` (files of the same tables); the same call returns the same object.

    Raise EnvironmentProblem when a file is missing or cannot be read.
    """
    return Gazetteer([built_path(), *packs])

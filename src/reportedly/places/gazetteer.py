"""Which places have this name? The gazetteer index, read-only.

Invariant: a gazetteer is a list of SQLite files with the tables of ``places/index.py``, the built one first and packs
after it, plus the named regions and routes of the data files. Nothing is written, nothing is downloaded.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import platformdirs
from shapely.geometry.base import BaseGeometry

from reportedly.model import PlaceKind
from reportedly.places import fold
from reportedly.places.candidate import Candidate, distinct, is_long_enough, worse
from reportedly.places.index_file import IndexFile

_HAMLET = 2_000
_GEONAMES_ID = re.compile(r"geonames:(\d{1,12})")


class Gazetteer:
    """Looks names up in the built gazetteer and in packs.

    paths: SQLite files, the built one first. Opening reads nothing but the file headers.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._files = [IndexFile(path) for path in paths]
        # Caches of the object, not of the class: they go when it goes.
        self._lookup = functools.lru_cache(maxsize=2048)(self._find)
        self._holds = functools.lru_cache(maxsize=32768)(self._look_for)
        self._by_id = functools.lru_cache(maxsize=4096)(self._find_id)
        self._country = functools.lru_cache(maxsize=512)(self._find_country)
        self._keys_of = functools.lru_cache(maxsize=8)(self._read_keys)
        self._outline = functools.lru_cache(maxsize=512)(self._read_outline)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the files, the built gazetteer first."""
        return tuple(file.path for file in self._files)

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

        The strict fold (case, accents, punctuation) is asked first; the romanised fold, if ``loose`` is set, only when
        that finds nothing but hamlets: "Hawija" is a hamlet, and Al Hawijah a town.
        """
        return list(self._lookup(name, loose))

    def _find(self, name: str, loose: bool) -> tuple[Candidate, ...]:
        key = fold.fold_name(name)
        if not key:
            return ()
        found = self._named("name_key", key)
        if loose and all(map(_is_hamlet, found)):
            found += [place for place in self.romanised(name) if is_long_enough(name, place)]
        return tuple(distinct(found))

    def named(self, name: str) -> list[Candidate]:
        """Return the places called ``name`` under the strict fold, straight from the index."""
        key = fold.fold_name(name)
        return distinct(self._named("name_key", key)) if key else []

    def romanised(self, name: str) -> list[Candidate]:
        """Return the places whose name is ``name`` but for the way of writing it in Latin letters."""
        found: list[Candidate] = []
        for key in fold.romanised_keys(name):
            if len(key) > 2:
                as_written = [worse(place) for place in self._named("name_key", key)]
                found += self._named("loose_key", key) + as_written
        return distinct(found)

    def consonants(self, name: str) -> list[Candidate]:
        """Return the places of packs whose name has the same consonants as ``name``."""
        keys = {fold.fold_skeleton(key) for key in fold.romanised_keys(name)} - {""}
        return distinct([place for key in sorted(keys) for place in self._named("skeleton_key", key)])

    def holds_key(self, name: str) -> bool:
        """Tell whether any place has ``name`` under the strict fold (cheaper than ``lookup``)."""
        return self._holds(fold.fold_name(name))

    def _look_for(self, key: str) -> bool:
        return any(file.holds(key) for file in self._files)

    def by_id(self, place_id: str) -> Candidate | None:
        """Return the place with this public id, None if the gazetteer has none."""
        return self._by_id(place_id)

    def _find_id(self, place_id: str) -> Candidate | None:
        condition, value = "p.ref = ?", place_id
        if number := _GEONAMES_ID.fullmatch(place_id):
            condition, value = "p.id = ? AND p.ref IS NULL", number.group(1)
        found = [place for file in self._files for place in file.select(condition, value)]
        return distinct(found)[0] if found else None

    def country(self, iso2: str) -> Candidate | None:
        """Return the country with this ISO 3166-1 alpha-2 code."""
        return self._country(iso2)

    def _find_country(self, iso2: str) -> Candidate | None:
        return next(self._files[0].select("p.kind = 'country' AND p.country = ?", iso2), None)

    def keys_of(self, iso2: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return (romanised keys of the names shown, ids) of the places of a country, for comparison by similarity."""
        return self._keys_of(iso2)

    def _read_keys(self, iso2: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        pairs = sorted({pair for file in self._files for pair in file.latin_keys(iso2)})
        return tuple(key for key, _ in pairs), tuple(place_id for _, place_id in pairs)

    def size(self) -> tuple[int, int, int]:
        """Return how many places, names and countries the built gazetteer has, without packs."""
        return self._files[0].size()

    def divisions(self, iso2: str) -> list[Candidate]:
        """Return the first-level divisions of a country, the smallest first."""
        found = self._files[0].select("p.kind = 'admin1' AND p.country = ?", iso2)
        return sorted(found, key=lambda place: (place.area_km2, place.id))

    def outline(self, place_id: str) -> BaseGeometry | None:
        """Return the outline of a country, division or district as a Shapely geometry, None if there is none."""
        return self._outline(place_id)

    def _read_outline(self, place_id: str) -> BaseGeometry | None:
        return next((shape for file in self._files if (shape := file.outline(place_id)) is not None), None)

    def outlines_near(self, shape: BaseGeometry, degrees: float = 0.3) -> list[BaseGeometry]:
        """Return the outlines of the countries that come so near to a shape."""
        countries = self._files[0].select("p.kind = 'country'", None)
        outlines = [self.outline(country.id) for country in countries]
        return [outline for outline in outlines if outline is not None and outline.dwithin(shape, degrees)]

    def _named(self, table: str, key: str) -> list[Candidate]:
        return [place for file in self._files for place in file.named(table, key)]


def _is_hamlet(place: Candidate) -> bool:
    """Tell whether a place is small, or a district, which never hides the town of another spelling."""
    if place.kind is PlaceKind.ADMIN2:
        return True
    return place.kind in (PlaceKind.TOWN, PlaceKind.SITE) and place.population < _HAMLET


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

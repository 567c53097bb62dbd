"""The named places that no gazetteer has: reads and checks the files of ``data/places/named/``.

Their format is described at the head of ``world.yaml``. An entry that contradicts it stops the program at once, with
the file and the entry named, so that a mistake in the data never becomes a place on a map.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
import yaml

from reportedly._errors import DataError
from reportedly.model import PlaceKind
from reportedly.places import fold

# Generic words that follow the stems of a facility, the usual one first.
STEM_WORDS = {
    "AIRB": ("air base", "military airport", "airport"),
    "AIRP": ("airport", "international airport"),
    "BDG": ("bridge",),
    "CMP": ("camp", "refugee camp", "displacement camp", "IDP camp"),
    "CRSG": ("crossing", "border crossing"),
    "DAM": ("dam",),
    "GASF": ("gas field",),
    "OILF": ("oil field",),
    "OILR": ("refinery", "oil refinery"),
    "PRN": ("prison",),
    "PRT": ("port",),
    "PS": ("power plant", "plant"),
}
_FIELDS = frozenset(["id", "names", "stems", "countries", "feature", "made", "disputed", "note", "point"])
_SIDES = frozenset(["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest", "centre"])


@dataclass(frozen=True, slots=True)
class Region:
    """A region or route as defined in the data files; ``made`` says how its geometry is made, in words.

    names: the name to show, then the others; those made of stems and generic words are among them.
    argument: what ``method`` makes the geometry of, as in the file. margin_km: how far a line is widened, or how far
    the real road can run from the line. file: where it is defined. point: (lat, lon) that stands for it by convention.
    measured: (lat, lon, km2) of its geometry, measured when the package was built; None: to be measured at need.
    """

    id: str
    names: tuple[str, ...]
    countries: tuple[str, ...]
    kind: PlaceKind
    feature: str
    method: str
    argument: Any
    margin_km: float
    disputed: bool
    note: str
    file: str = ""
    point: tuple[float, float] | None = None
    measured: tuple[float, float, float] | None = None

    @property
    def made(self) -> str:
        """Return how the geometry is made, in words."""
        return {
            "circle": "a circle",
            "hull": "the area around some towns",
            "line": "a band along a line",
            "ring": "an outline drawn by hand",
            "union": "first-level divisions together",
            "part": "part of an area",
            "nations": "countries together",
            "continents": "a continent",
            "route": f"a line through towns on the way, up to {self.margin_km:g} km off the real course",
        }[self.method]


@functools.cache
def load_regions() -> tuple[Region, ...]:
    """Load all named regions and routes (once). Raise DataError when an entry contradicts the format.

    What the build compiled is used while it is of the same files; else the files themselves, which takes longer.
    """
    folder = files("reportedly").joinpath("data", "places", "named")
    built = files("reportedly").joinpath("_built", "named.json")
    if built.is_file():
        compiled = msgspec.json.decode(built.read_bytes(), type=_Compiled)
        if compiled.digest == _digest(folder):
            return compiled.regions
    return load_folder(folder)


class _Compiled(msgspec.Struct):
    """What the build makes of the files: their digest, and the entries as read and checked."""

    digest: int
    regions: tuple[Region, ...]


def compile_folder(folder: Traversable, measure: Callable[[Region], tuple[float, float, float]]) -> bytes:
    """Return the entries of a folder as ``load_regions`` reads them back, in JSON.

    measure: gives (lat, lon, km2) of an entry's geometry, which takes too long to be done at every start.
    """
    regions = tuple(replace(region, measured=measure(region)) for region in load_folder(folder))
    return msgspec.json.encode(_Compiled(_digest(folder), regions))


def _digest(folder: Traversable) -> int:
    total = 0
    for source in _sources(folder):
        total = zlib.crc32(source.read_bytes(), zlib.crc32(source.name.encode(), total))
    return total


def _sources(folder: Traversable) -> list[Traversable]:
    return sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)


def load_folder(folder: Traversable) -> tuple[Region, ...]:
    """Load the entries of all ``.yaml`` files of a folder, in the order of the names of the files.

    Raise DataError, with file and entry, when an entry contradicts the format or an id is there twice.
    """
    regions: dict[str, Region] = {}
    for source in _sources(folder):
        for region in _read_file(source):
            if region.id in regions:
                where = regions[region.id].file
                raise DataError(f"{source.name}: {region.id.partition(':')[2]}: the id is in {where} already")
            regions[region.id] = region
    return tuple(regions.values())


def _read_file(source: Traversable) -> Iterator[Region]:
    try:
        entries = yaml.load(source.read_bytes(), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise DataError(f"{source.name}: {error}") from error
    if not isinstance(entries, list):
        raise DataError(f"{source.name}: a list of entries is needed")
    for number, entry in enumerate(entries, 1):
        ident = entry.get("id") if isinstance(entry, dict) else None
        try:
            yield _make_region(entry, source.name)
        except _Refused as refused:
            raise DataError(f"{source.name}: {ident or f'entry {number}'}: {refused}") from refused


class _Refused(Exception):
    """What is wrong with an entry."""


def _demand(holds: bool, problem: str) -> None:
    if not holds:
        raise _Refused(problem)


def _make_region(entry: Any, file: str) -> Region:
    _demand(isinstance(entry, dict), "an entry is a mapping")
    missing = {"id", "countries", "feature", "made"} - entry.keys()
    _demand(not missing, f"missing: {', '.join(sorted(missing))}")
    unknown = entry.keys() - _FIELDS
    _demand(not unknown, f"unknown: {', '.join(sorted(unknown))}")
    _demand(isinstance(entry["id"], str), "the id is a word")
    _demand(_are_words(entry["countries"]), "countries is a list of codes, with NO in quotes")
    made = entry["made"]
    _demand(isinstance(made, dict) and len(made) == 1, "exactly one way of making the geometry is needed")
    ((method, argument),) = made.items()
    _demand(method in _CHECKS, f"unknown way of making the geometry: {method}")
    _CHECKS[method](argument)
    if "point" in entry:
        _check_position(entry["point"])
    route = method == "route"
    _demand(route == (entry["feature"] == "RD"), "a route, and only a route, has the feature RD")
    return Region(
        id=f"{'route' if route else 'region'}:{entry['id']}",
        names=_names(entry),
        countries=tuple(entry["countries"]),
        kind=PlaceKind.ROUTE if route else PlaceKind.REGION,
        feature=entry["feature"],
        method=method,
        argument=argument,
        margin_km=float(argument.get("margin_km", 0)) if isinstance(argument, dict) else 0.0,
        disputed=bool(entry.get("disputed")),
        note=entry.get("note", ""),
        file=file,
        point=(float(entry["point"][0]), float(entry["point"][1])) if "point" in entry else None,
    )


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names, then the stems with each generic word; names that fold to the same key once."""
    names, stems = entry.get("names", []), entry.get("stems", [])
    _demand(_are_words(names) and _are_words(stems) and bool(names or stems), "missing: names or stems")
    words = STEM_WORDS.get(entry["feature"], ())
    _demand(not stems or bool(words), f"no generic words are known for stems of feature {entry['feature']}")
    made = [f"{stem} {word}" for word in words for stem in stems]
    return tuple({fold.fold_name(name): name for name in reversed([*names, *made])}.values())[::-1]


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_position(item: object) -> None:
    good = isinstance(item, list) and len(item) == 2 and all(map(_is_number, item))
    _demand(good, f"not a [lat, lon]: {item}")
    assert isinstance(item, list)
    _demand(abs(item[0]) <= 90 and abs(item[1]) <= 180, f"not on the globe: {item}")
    _demand(all(abs(degrees * 100 - round(degrees * 100)) < 1e-6 for degrees in item), f"finer than 0.01: {item}")


def _check_waypoints(least: int) -> Callable[[Any], None]:
    def check(argument: Any) -> None:
        _check_keys(argument, "of", "margin_km")
        _demand(_is_number(argument["margin_km"]) and argument["margin_km"] >= 0, "margin_km is a number")
        _demand(isinstance(argument["of"], list) and len(argument["of"]) >= least, f"at least {least} waypoints")
        for item in argument["of"]:
            if isinstance(item, str):
                _demand(item.startswith("geonames:") or item[2:3] == "/", f"not a waypoint: {item}")
            else:
                _check_position(item)

    return check


def _check_circle(argument: Any) -> None:
    _check_keys(argument, "at", "radius_km")
    _check_position(argument["at"])
    _demand(_is_number(argument["radius_km"]) and argument["radius_km"] > 0, "radius_km is a number above 0")


def _check_ring(argument: Any) -> None:
    _demand(isinstance(argument, list) and len(argument) >= 3, "a ring has at least 3 corners")
    for item in argument:
        _check_position(item)


def _check_part(argument: Any) -> None:
    _check_keys(argument, "of", "side")
    _demand(argument["side"] in _SIDES, f"unknown side: {argument['side']}")


def _check_words(argument: Any) -> None:
    _demand(_are_words(argument) and bool(argument), "a list of names or codes is needed")


def _check_keys(argument: Any, *keys: str) -> None:
    _demand(isinstance(argument, dict) and argument.keys() == set(keys), f"needed: {', '.join(keys)}, and no more")


_CHECKS: dict[str, Callable[[Any], None]] = {
    "circle": _check_circle,
    "hull": _check_waypoints(2),
    "line": _check_waypoints(2),
    "route": _check_waypoints(2),
    "ring": _check_ring,
    "part": _check_part,
    "union": _check_words,
    "nations": _check_words,
    "continents": _check_words,
}

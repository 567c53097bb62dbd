"""Regions and routes that no gazetteer has: loads ``data/places/regions.yaml`` and ``routes.yaml``."""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPoint
from shapely.geometry.base import BaseGeometry

from reportedly._errors import DataError
from reportedly.model import PlaceKind
from reportedly.places import fold, geometry
from reportedly.places.gazetteer import Candidate, Gazetteer
from reportedly.places.lexicon import load_yaml

LOCAL = frozenset(["AIRB", "CMP", "CRSG", "PPL"])  # features that are spots: air bases, camps, crossings, villages


@dataclass(frozen=True, slots=True)
class Region:
    """A region or route as defined in the data files; ``made`` says how its geometry is made, in words."""

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

    @property
    def made(self) -> str:
        """Return how the geometry is made, in words."""
        return {
            "circle": "a circle",
            "hull": "the area around some towns",
            "line": "a band along a line",
            "union": "first-level divisions together",
            "part": "part of an area",
            "nations": "countries together",
            "continents": "a continent",
            "route": f"a line through towns on the way, up to {self.margin_km:g} km off the real course",
        }[self.method]


@functools.cache
def load_regions() -> tuple[Region, ...]:
    """Load all regions and routes (once). Raise DataError when an entry contradicts the format."""
    regions = [_region(entry) for entry in load_yaml("regions.yaml")]
    routes = [_route(entry) for entry in load_yaml("routes.yaml")]
    return tuple(regions + routes)


def _region(entry: dict[str, Any]) -> Region:
    made = entry.get("made", {})
    if len(made) != 1:
        raise DataError(f"regions.yaml: {entry.get('id')}: exactly one way of making the geometry is needed")
    ((method, argument),) = made.items()
    margin = float(argument.get("margin_km", 0)) if isinstance(argument, dict) else 0.0
    return Region(
        f"region:{entry['id']}", tuple(entry["names"]), tuple(entry["countries"]), PlaceKind.REGION,
        entry["feature"], method, argument, margin, bool(entry.get("disputed")), entry.get("note", ""),
    )  # fmt: skip


def _route(entry: dict[str, Any]) -> Region:
    return Region(
        f"route:{entry['id']}", tuple(entry["names"]), tuple(entry["countries"]), PlaceKind.ROUTE, "RD", "route",
        entry["waypoints"], float(entry["margin_km"]), False, entry.get("note", ""),
    )  # fmt: skip


@functools.cache
def _by_key() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = defaultdict(list)
    for region in load_regions():
        for name in region.names:
            entries = found[fold.fold_name(name)]
            if region not in entries:
                entries.append(region)
    return {key: tuple(regions) for key, regions in found.items()}


@functools.cache
def _by_id() -> dict[str, Region]:
    return {region.id: region for region in load_regions()}


def is_region_name(name: str) -> bool:
    """Tell whether a region or route has this name."""
    return fold.fold_name(name) in _by_key()


def find_regions(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Return the regions and routes called ``name``."""
    found = _by_key().get(fold.fold_name(name), ())
    return [region_candidate(region.id, gazetteer) for region in found]


def get_region(place_id: str) -> Region:
    """Return the region or route with this id."""
    return _by_id()[place_id]


@functools.lru_cache(maxsize=256)
def region_candidate(place_id: str, gazetteer: Gazetteer) -> Candidate:
    """Return a region or route as a candidate, with its middle and area."""
    region = _by_id()[place_id]
    shape = region_shape(place_id, gazetteer)
    lat, lon = geometry.middle_of(shape)
    return Candidate(
        region.id, region.names[0], region.kind, region.countries[0] if len(region.countries) == 1 else "",
        lat, lon, area_km2=round(geometry.area_km2(shape), 1), feature=region.feature,
        countries=region.countries, disputed=region.disputed,
    )  # fmt: skip


@functools.lru_cache(maxsize=128)
def region_shape(place_id: str, gazetteer: Gazetteer) -> BaseGeometry:
    """Make the geometry of a region (an area) or of a route (a line)."""
    region = _by_id()[place_id]
    argument = region.argument
    if region.method == "circle":
        return geometry.circle_km(argument["at"][0], argument["at"][1], argument["radius_km"])
    if region.method == "hull":
        points = MultiPoint([_waypoint(item, region, gazetteer) for item in argument["of"]])
        return geometry.widen_km(points.convex_hull, region.margin_km)
    if region.method == "line":
        line = LineString([_waypoint(item, region, gazetteer) for item in argument["of"]])
        return geometry.widen_km(line, region.margin_km)
    if region.method == "route":
        return LineString([_waypoint(item, region, gazetteer) for item in argument])
    if region.method == "union":
        return _join([_division(item, region, gazetteer) for item in argument])
    if region.method == "nations":
        outlines = [gazetteer.outline(found.id) for code in argument if (found := gazetteer.country(code))]
        return _join([outline for outline in outlines if outline is not None])
    if region.method == "continents":
        return _join([outline for code in argument if (outline := gazetteer.outline(f"continent:{code}")) is not None])
    area = _division(argument["of"], region, gazetteer)
    return geometry.cut_to_side(area, _bearing(argument["side"]))


def _join(outlines: list[BaseGeometry]) -> BaseGeometry:
    """Return the union of neighbours. They share their borders point by point, which makes it fast."""
    try:
        return geometry.polygons_of(shapely.make_valid(shapely.coverage_union_all(outlines)))
    except shapely.errors.GEOSException:
        return geometry.polygons_of(shapely.union_all(outlines))


def _bearing(side: str) -> float | None:
    names = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
    return names.index(side) * 45.0 if side in names else None


def _waypoint(item: Any, region: Region, gazetteer: Gazetteer) -> tuple[float, float]:
    """Return (lon, lat) of a waypoint: [lat, lon], "geonames:ID" or "CC/Name"."""
    if isinstance(item, list):
        return float(item[1]), float(item[0])
    if item.startswith("geonames:"):
        found = gazetteer.by_id(item)
    else:
        country, _, name = item.partition("/")
        towns = [c for c in gazetteer.lookup(name) if c.country == country and c.kind is PlaceKind.TOWN]
        found = max(towns, key=lambda c: (c.population, c.fit), default=None)
    if found is None:
        raise DataError(f"{region.id}: the gazetteer has no town {item!r}")
    return found.lon, found.lat


def _division(item: str, region: Region, gazetteer: Gazetteer) -> BaseGeometry:
    country, _, name = item.partition("/")
    found = [c for c in gazetteer.lookup(name) if c.country == country and c.kind is PlaceKind.ADMIN1]
    outline = gazetteer.outline(max(found, key=lambda c: (c.fit, c.area_km2)).id) if found else None
    if outline is None:
        raise DataError(f"{region.id}: the gazetteer has no division {item!r}")
    return outline

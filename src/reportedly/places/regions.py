"""Regions and routes that no gazetteer has: finds them by name and makes their geometry."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from reportedly._errors import DataError
from reportedly.model import PlaceKind
from reportedly.places import fold, geometry
from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.named import Region, load_regions

__all__ = ["LOCAL", "Region", "find_regions", "get_region", "is_region_name", "load_regions", "region_candidate",
           "region_shape"]  # fmt: skip

# Features that are spots, as exact as a town: the others are areas or lines.
LOCAL = frozenset(
    [
        *("AIRB", "AIRP", "INSM"),  # air bases, airports, other bases
        *("CMP", "CRSG", "PRN", "HSP", "SHRN"),  # camps, crossings, prisons, hospitals, shrines
        *("BDG", "DAM", "MFG", "OILR", "PRT", "PS", "RSTN"),  # bridges, dams, works, ports, power plants, stations
        *("ISLET", "PPL", "PPLX"),  # islets, villages, parts of towns
    ]
)


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


@functools.lru_cache(maxsize=1024)
def region_candidate(place_id: str, gazetteer: Gazetteer) -> Candidate:
    """Return a region or route as a candidate, with its middle and area."""
    region = _by_id()[place_id]
    lat, lon, area_km2 = region.measured or measure(region, gazetteer)
    return Candidate(
        id=region.id,
        name=region.names[0],
        kind=region.kind,
        country=region.countries[0] if len(region.countries) == 1 else "",
        lat=lat,
        lon=lon,
        area_km2=area_km2,
        feature=region.feature,
        countries=region.countries,
        disputed=region.disputed,
    )


def measure(region: Region, gazetteer: Gazetteer) -> tuple[float, float, float]:
    """Return (lat, lon) of the point that stands for a region or route, and its area in km2."""
    shape = make_shape(region, gazetteer)
    lat, lon = region.point or geometry.middle_of(shape)
    return lat, lon, round(geometry.area_km2(shape), 1)


@functools.lru_cache(maxsize=256)
def region_shape(place_id: str, gazetteer: Gazetteer) -> BaseGeometry:
    """Return the geometry of a region (an area) or of a route (a line)."""
    return make_shape(_by_id()[place_id], gazetteer)


def make_shape(region: Region, gazetteer: Gazetteer) -> BaseGeometry:
    """Make the geometry of a region (an area) or of a route (a line)."""
    argument = region.argument
    if region.method == "circle":
        return geometry.circle_km(argument["at"][0], argument["at"][1], argument["radius_km"])
    if region.method == "ring":
        return Polygon([(lon, lat) for lat, lon in argument])
    if region.method == "hull":
        points = MultiPoint([waypoint(item, region, gazetteer) for item in argument["of"]])
        return geometry.widen_km(points.convex_hull, region.margin_km)
    if region.method in ("line", "route"):
        line = LineString([waypoint(item, region, gazetteer) for item in argument["of"]])
        return line if region.method == "route" else geometry.widen_km(line, region.margin_km)
    if region.method == "union":
        return _join([_division(item, region, gazetteer) for item in argument])
    if region.method == "nations":
        outlines = [gazetteer.outline(found.id) for code in argument if (found := gazetteer.country(code))]
        return _join([outline for outline in outlines if outline is not None])
    if region.method == "continents":
        return _join([outline for code in argument if (outline := gazetteer.outline(f"continent:{code}")) is not None])
    area = _division(argument["of"], region, gazetteer)
    return geometry.cut_to_side(area, _bearing(argument["side"]))


def region_line(place_id: str, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the line of a road, a river or another band along a line; None for what is none."""
    region = _by_id().get(place_id)
    if region is None or region.method not in ("line", "route"):
        return None
    return LineString([waypoint(item, region, gazetteer) for item in region.argument["of"]])


def waypoint(item: Any, region: Region, gazetteer: Gazetteer) -> tuple[float, float]:
    """Return (lon, lat) of a waypoint: [lat, lon], "geonames:ID/Name" or "CC/Name"."""
    if isinstance(item, list):
        return float(item[1]), float(item[0])
    if item.startswith("geonames:"):
        found = gazetteer.by_id(item.partition("/")[0])
    else:
        country, _, name = item.partition("/")
        towns = [c for c in gazetteer.lookup(name) if c.country == country and c.kind is PlaceKind.TOWN]
        found = max(towns, key=lambda c: (c.population, c.fit), default=None)
    if found is None:
        raise DataError(f"{region.file}: {region.id}: the gazetteer has no town {item!r}")
    return found.lon, found.lat


def _division(item: str, region: Region, gazetteer: Gazetteer) -> BaseGeometry:
    """Return the outline of "admin1:XX.YY/Name" or "CC/Name"."""
    if item.startswith("admin1:"):
        outline = gazetteer.outline(item.partition("/")[0])
    else:
        country, _, name = item.partition("/")
        found = [c for c in gazetteer.lookup(name) if c.country == country and c.kind is PlaceKind.ADMIN1]
        outline = gazetteer.outline(max(found, key=lambda c: (c.fit, c.area_km2)).id) if found else None
    if outline is None:
        raise DataError(f"{region.file}: {region.id}: the gazetteer has no division {item!r}")
    return outline


def _join(outlines: list[BaseGeometry]) -> BaseGeometry:
    """Return the union of neighbours. They share their borders point by point, which makes it fast."""
    try:
        joined = shapely.coverage_union_all(outlines)
        return geometry.polygons_of(joined if joined.is_valid else shapely.make_valid(joined))
    except shapely.errors.GEOSException:
        return geometry.polygons_of(shapely.union_all(outlines))


def _bearing(side: str) -> float | None:
    names = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
    return names.index(side) * 45.0 if side in names else None

"""Makes places: gazetteer entries with their geometry, and what is computed from them.

Precision follows UCDP GED ``where_prec`` (1 exact, 2 near, 3 district, 4 first-level division, 5 region or line,
6 country) and ACLED ``geo_precision`` (1 exact, 2 near a town or part of a region, 3 region).
"""

from __future__ import annotations

import functools
import math

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from reportedly.model import Geometry, Place, PlaceKind
from reportedly.places import geometry, regions
from reportedly.places.containment import shape_of
from reportedly.places.gazetteer import Candidate, Gazetteer
from reportedly.places.toponym import Phrase

_PRECISION = {
    PlaceKind.TOWN: (1, 1),
    PlaceKind.ADMIN1: (4, 3),
    PlaceKind.REGION: (5, 3),
    PlaceKind.ROUTE: (5, 3),
    PlaceKind.COUNTRY: (6, 3),
}
_FACILITY_KM = 8.0  # a base or camp named after a town lies in it or not far from it
_NEAR_KM = 10.0  # "near X" without a distance; X's own radius is added
_DISTRICT_KM = 20.0  # a district named after its seat, where no outline is known
_COUNTRYSIDE_KM = 25.0


def town_radius_km(population: int) -> float:
    """Return how far the built-up area of a town of this size reaches (a circle of 4,000 people a km2, at least 1 km)."""
    return round(max(1.0, math.sqrt(population / 4000 / math.pi) * 1.5), 1)


@functools.lru_cache(maxsize=2048)
def plain_place(found: Candidate, gazetteer: Gazetteer) -> Place:
    """Return a gazetteer entry as a place: towns as points with a radius, areas with their outline."""
    shape = shape_of(found, gazetteer)
    ucdp, acled = _PRECISION[found.kind]
    if found.kind is PlaceKind.TOWN or shape is None:
        point = Geometry("Point", (((round(found.lon, 4), round(found.lat, 4)),),))
        radius = town_radius_km(found.population) if found.kind is PlaceKind.TOWN else 50.0
        return _place(found, gazetteer, found.id, found.name, found.kind, point, radius, ucdp, acled)
    radius = geometry.reach_km(shape, found.lat, found.lon)
    return _place(found, gazetteer, found.id, found.name, found.kind, geometry.draw(shape), radius, ucdp, acled)


def compute_place(phrase: Phrase, found: Candidate, other: Candidate | None, gazetteer: Gazetteer) -> Place:
    """Return the place that a phrase asks for, computed from the place of its name and, for pairs, of the other."""
    if other is not None and (pair := _pair_place(phrase.shape, found, other, gazetteer)) is not None:
        return pair
    if phrase.shape == "side" and found.kind is not PlaceKind.ROUTE:
        return side_place(found, phrase.side, phrase.bearing, gazetteer)
    if phrase.shape == "countryside":
        return countryside_place(found, gazetteer)
    if phrase.shape == "near" and found.kind is PlaceKind.TOWN:
        return near_place(found, gazetteer)
    if phrase.shape == "offset":
        return offset_place(found, phrase.km, phrase.side, phrase.bearing, gazetteer)
    if phrase.shape == "border" and found.kind is PlaceKind.COUNTRY:
        return border_place(found, gazetteer)
    if found.kind is PlaceKind.TOWN and phrase.sort == "facility":
        return _around(
            found,
            f"{phrase.generic}:{found.id}",
            f"{phrase.generic} at {found.name}",
            _FACILITY_KM,
            2,
            gazetteer,
        )
    if found.kind is PlaceKind.TOWN and phrase.sort in ("district", "area", "water", "mountain"):
        name = f"{phrase.generic} of {found.name}"
        return _around(found, f"{phrase.generic}:{found.id}", name, _DISTRICT_KM, 3, gazetteer)
    return plain_place(found, gazetteer)


def side_place(found: Candidate, side: str, bearing: float | None, gazetteer: Gazetteer) -> Place:
    """Return the side of an area ("southern Idlib"); of a town, the land on that side of it."""
    shape = shape_of(found, gazetteer)
    if shape is None:
        shape = geometry.circle_km(found.lat, found.lon, 2 * town_radius_km(found.population))
    cut = geometry.cut_to_side(shape, bearing)
    ucdp = {PlaceKind.TOWN: 2, PlaceKind.ADMIN1: 4}.get(found.kind, 5)
    name = f"{_side_word(side)} {found.name}"
    return _shaped(found, f"{_slug(side)}:{found.id}", name, PlaceKind.SUBREGION, cut, ucdp, gazetteer)


def countryside_place(found: Candidate, gazetteer: Gazetteer) -> Place:
    """Return the land around a town, or a division without its seat (its towns are not known as areas)."""
    shape = shape_of(found, gazetteer)
    if shape is None:
        name = f"countryside of {found.name}"
        return _around(found, f"countryside:{found.id}", name, _COUNTRYSIDE_KM, 3, gazetteer)
    name = f"countryside of {found.name}"
    return _shaped(found, f"countryside:{found.id}", name, PlaceKind.SUBREGION, shape, 4, gazetteer)


def near_place(found: Candidate, gazetteer: Gazetteer) -> Place:
    """Return the surroundings of a town ("near X")."""
    km = _NEAR_KM + town_radius_km(found.population)
    return _around(found, f"near:{found.id}", f"near {found.name}", km, 2, gazetteer)


def offset_place(found: Candidate, km: float, side: str, bearing: float | None, gazetteer: Gazetteer) -> Place:
    """Return "6 km north of X": a circle there; without a direction, a circle around X; without a distance, beside X."""
    if found.kind is not PlaceKind.TOWN:
        return side_place(found, side, bearing, gazetteer) if side and not km else plain_place(found, gazetteer)
    if bearing is None:
        reach = max(2.0, km * 1.2)
        return _around(found, f"{km:g}km:{found.id}", f"{km:g} km from {found.name}", reach, 2, gazetteer)
    distance = km or town_radius_km(found.population) + 6.0
    lat, lon = geometry.shift_km(found.lat, found.lon, bearing, distance)
    radius = max(2.0, distance * 0.35)
    words = f"{km:g} km {_side_word(side)} of {found.name}" if km else f"{_side_word(side)} of {found.name}"
    shape = geometry.circle_km(lat, lon, radius)
    place_id = f"{km:g}km-{_slug(side)}:{found.id}"
    ucdp = 2 if distance <= 25 else 3
    return _shaped(found, place_id, words, PlaceKind.RELATIVE, shape, ucdp, gazetteer)


def border_place(found: Candidate, gazetteer: Gazetteer) -> Place:
    """Return the boundary of a country."""
    shape = shape_of(found, gazetteer)
    if shape is None:
        return plain_place(found, gazetteer)
    line = shape.simplify(0.02).boundary
    return _shaped(found, f"border:{found.id}", f"border of {found.name}", PlaceKind.RELATIVE, line, 5, gazetteer)


def within_place(name: str, container: Place) -> Place:
    """Return a container as the answer for a name of which only the container is known."""
    label = f"{name}, somewhere in {container.name}"
    return Place(
        f"within:{container.id}", label, PlaceKind.SUBREGION, container.lat, container.lon, container.radius_km,
        container.geometry, container.country, container.admin, "", 0, max(3, container.ucdp_precision), 3,
    )  # fmt: skip


def clip_route(found: Candidate, area: Candidate, phrase: Phrase, gazetteer: Gazetteer) -> Place | None:
    """Return the part of a route inside an area ("the M4 in Idlib"), None where they do not meet."""
    outline = shape_of(area, gazetteer)
    if outline is None or area.kind is PlaceKind.ROUTE:
        return None
    if phrase.shape == "side":
        outline = geometry.cut_to_side(outline, phrase.bearing)
    part = regions.region_shape(found.id, gazetteer).intersection(outline)
    if part.is_empty:
        return None
    side = f"{_slug(phrase.side)}-" if phrase.side else ""
    name = f"{found.name} in {phrase.quote}"
    place = _shaped(found, f"{found.id}@{side}{area.id}", name, PlaceKind.ROUTE, part, 5, gazetteer)
    return place


def _pair_place(shape: str, a: Candidate, b: Candidate, gazetteer: Gazetteer) -> Place | None:
    first, second = sorted((a, b), key=lambda c: c.id)
    label = f"{first.id}|{second.id}"
    if shape == "between" and a.kind is PlaceKind.TOWN and b.kind is PlaceKind.TOWN:
        lens = geometry.lens_km((first.lat, first.lon), (second.lat, second.lon))
        name = f"between {first.name} and {second.name}"
        return _shaped(first, f"between:{label}", name, PlaceKind.RELATIVE, lens, 5, gazetteer)
    if shape == "road":
        line = LineString([(first.lon, first.lat), (second.lon, second.lat)])
        name = f"road between {first.name} and {second.name}"
        return _shaped(first, f"road:{label}", name, PlaceKind.ROUTE, line, 5, gazetteer)
    if shape == "border":
        one, two = shape_of(first, gazetteer), shape_of(second, gazetteer)
        if one is not None and two is not None:
            line = geometry.shared_border(one, two)
            if not line.is_empty:
                name = f"border between {first.name} and {second.name}"
                return _shaped(first, f"border:{label}", name, PlaceKind.RELATIVE, line, 5, gazetteer)
    return None


def _around(found: Candidate, place_id: str, name: str, km: float, ucdp: int, gazetteer: Gazetteer) -> Place:
    shape = geometry.circle_km(found.lat, found.lon, km)
    return _shaped(found, place_id, name, PlaceKind.RELATIVE, shape, ucdp, gazetteer)


def _shaped(
    found: Candidate,
    place_id: str,
    name: str,
    kind: PlaceKind,
    shape: BaseGeometry,
    ucdp: int,
    gazetteer: Gazetteer,
) -> Place:
    lat, lon = geometry.middle_of(shape)
    radius = geometry.reach_km(shape, lat, lon)
    acled = 2 if ucdp <= 3 else 3
    return _place(found, gazetteer, place_id, name, kind, geometry.draw(shape), radius, ucdp, acled, at=(lat, lon))


def _place(
    found: Candidate,
    gazetteer: Gazetteer,
    place_id: str,
    name: str,
    kind: PlaceKind,
    drawn: Geometry | None,
    radius_km: float,
    ucdp: int,
    acled: int,
    at: tuple[float, float] | None = None,
) -> Place:
    lat, lon = at or (found.lat, found.lon)
    country = gazetteer.country(found.country) if found.country and not found.disputed else None
    return Place(
        id=place_id, name=name, kind=kind, lat=round(lat, 5), lon=round(lon, 5), radius_km=radius_km, geometry=drawn,
        country=country.iso3 if country else "", admin=admin_chain(found, gazetteer), feature=found.feature,
        population=found.population, ucdp_precision=ucdp, acled_precision=acled,
    )  # fmt: skip


def admin_chain(found: Candidate, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the names from the country downwards; a disputed area stands for itself and says so."""
    if found.disputed:
        return (f"{found.name} (status disputed)",)
    names = []
    if found.country and (country := gazetteer.country(found.country)):
        names.append(country.name)
    if found.division and (division := gazetteer.by_id(found.division)):
        names.append(division.name)
    if found.kind is PlaceKind.ADMIN1:
        names.append(found.name)
    return tuple(names)


def _side_word(side: str) -> str:
    return {"NE": "north-eastern", "NW": "north-western", "SE": "south-eastern", "SW": "south-western"}.get(
        side, side.lower()
    )


def _slug(side: str) -> str:
    return _side_word(side).replace("-", "").replace(" ", "") or "whole"

"""Makes places: gazetteer entries with their geometry, and what is computed from them.

Precision follows UCDP GED ``where_prec`` (1 exact, 2 near, 3 district, 4 first-level division, 5 region or line,
6 country) and ACLED ``geo_precision`` (1 exact, 2 near a town or part of a region, 3 region).
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from reportedly.model import Geometry, Place, PlaceKind
from reportedly.places import geometry, regions
from reportedly.places.candidate import Candidate
from reportedly.places.containment import shape_of
from reportedly.places.fold import fold_name
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.toponym import Phrase

_PRECISION = {
    PlaceKind.TOWN: (1, 1),
    PlaceKind.SITE: (1, 1),
    PlaceKind.ADMIN2: (3, 2),
    PlaceKind.ADMIN1: (4, 3),
    PlaceKind.REGION: (5, 3),
    PlaceKind.ROUTE: (5, 3),
    PlaceKind.COUNTRY: (6, 3),
}
_FACILITY_KM = 8.0  # a base or camp named after a town lies in it or not far from it
_NEAR_KM = 10.0  # "near X" without a distance; X's own radius is added
_DISTRICT_KM = 20.0  # a district named after its seat, where no outline is known
_COUNTRYSIDE_KM = 25.0
_OUTSKIRTS_KM = 6.0  # "the outskirts of X": the edge of X and what lies before it
_HARDLY_MORE = 1.0  # a division whose land is less than this many times its city is the city
# How far sites of a pack reach (GeoNames feature codes); a gazetteer gives one point for a river or a range.
_SITE_KM = {
    "AIRB": 4.0, "AIRP": 4.0, "HLL": 3.0, "HLLS": 8.0, "MT": 5.0, "MTS": 25.0, "RDGE": 10.0, "PLN": 20.0, "PLAT": 25.0,
    "VAL": 15.0, "WAD": 25.0, "STM": 60.0, "DSRT": 60.0, "RGN": 40.0, "AREA": 15.0, "LK": 10.0, "RSV": 10.0,
    "ISL": 5.0, "ISLS": 15.0, "PEN": 25.0, "OILF": 5.0, "GASF": 5.0, "TRB": 40.0, "STRT": 20.0, "BAY": 15.0,
}  # fmt: skip
_UNKNOWN_EXTENT_KM = 50.0  # a territory that Natural Earth does not draw


def town_radius_km(population: int) -> float:
    """Return how far a town of this size reaches: 1.5 times a circle of 4,000 people a km2."""
    return round(max(1.0, math.sqrt(population / 4000 / math.pi) * 1.5), 1)


def _bare_radius_km(found: Candidate) -> float:
    """Return how far a place without an outline reaches: by its people, or by what sort of thing it is."""
    if found.kind is PlaceKind.TOWN:
        return town_radius_km(found.population)
    if found.kind is PlaceKind.SITE:
        return _SITE_KM.get(found.feature, 2.0)
    return _DISTRICT_KM if found.kind is PlaceKind.ADMIN2 else _UNKNOWN_EXTENT_KM


@functools.lru_cache(maxsize=2048)
def plain_place(found: Candidate, gazetteer: Gazetteer) -> Place:
    """Return a gazetteer entry as a place: towns as points with a radius, areas with their outline."""
    shape = shape_of(found, gazetteer)
    ucdp, acled = (1, 1) if found.feature in regions.LOCAL else _PRECISION[found.kind]
    country = gazetteer.country(found.country) if found.country and not found.disputed else None
    drawn: Geometry | None = Geometry("Point", (((round(found.lon, 4), round(found.lat, 4)),),))
    radius = _bare_radius_km(found)
    if shape is not None:
        drawn, radius = geometry.draw(shape), geometry.reach_km(shape, found.lat, found.lon)
    return Place(
        id=found.id,
        name=found.name,
        kind=found.kind,
        lat=round(found.lat, 5),
        lon=round(found.lon, 5),
        radius_km=radius,
        geometry=drawn,
        country=country.iso3 if country else "",
        admin=admin_chain(found, gazetteer),
        feature=found.feature,
        population=found.population,
        ucdp_precision=ucdp,
        acled_precision=acled,
    )


def compute_place(phrase: Phrase, found: Candidate, gazetteer: Gazetteer) -> Place:
    """Return the place that a phrase asks for, computed from the place of its name alone."""
    if phrase.side and fold_name(found.name).startswith(fold_name(phrase.side)):
        return plain_place(found, gazetteer)  # "Eastern Ghouta" is the name
    if phrase.shape == "side" and found.kind is not PlaceKind.ROUTE:
        return side_place(found, phrase.side, phrase.bearing, gazetteer)
    if phrase.shape == "countryside":
        return countryside_place(found, phrase.side, phrase.bearing, gazetteer)
    if phrase.shape in ("near", "outskirts") and found.kind in (PlaceKind.TOWN, PlaceKind.SITE):
        return near_place(found, phrase.shape, phrase.side, phrase.bearing, gazetteer)
    if phrase.shape == "offset":
        return offset_place(found, phrase.km, phrase.side, phrase.bearing, gazetteer)
    if found.kind is PlaceKind.TOWN and phrase.sort == "facility":
        return around(found, f"{phrase.generic} at", _FACILITY_KM, 2, gazetteer)
    if found.kind is PlaceKind.TOWN and phrase.sort in ("district", "area", "water", "mountain"):
        return around(found, f"{phrase.generic} of", _DISTRICT_KM, 3, gazetteer)
    return plain_place(found, gazetteer)


@functools.lru_cache(maxsize=512)
def side_place(found: Candidate, side: str, bearing: float | None, gazetteer: Gazetteer) -> Place:
    """Return the side of an area ("southern Idlib"); of a town, the land on that side of it."""
    shape = shape_of(found, gazetteer)
    if shape is None:
        shape = geometry.circle_km(found.lat, found.lon, 2 * town_radius_km(found.population))
    cut = geometry.cut_to_side(shape, bearing)
    ucdp = {PlaceKind.TOWN: 2, PlaceKind.ADMIN1: 4}.get(found.kind, 5)
    name = f"{side_word(side)} {found.name}"
    return shaped(found, Form(f"{slug_of(side)}:{found.id}", name, PlaceKind.SUBREGION, cut, ucdp), gazetteer)


@functools.lru_cache(maxsize=512)
def countryside_place(found: Candidate, side: str, bearing: float | None, gazetteer: Gazetteer) -> Place:
    """Return the land around a town, or a division without its seat of the same name; or one side of that.

    The sides meet at the seat: "the western countryside of Aleppo" lies west of the city. A division that is hardly
    more than its city ("rural Damascus") has the land around the city for its countryside.
    """
    shape, seat = shape_of(found, gazetteer), (found.lat, found.lon)
    town_km = town_radius_km(found.population)
    for town in gazetteer.lookup(found.name, loose=False) if shape is not None else ():
        if town.division == found.id and town.kind is PlaceKind.TOWN:
            seat, town_km = (town.lat, town.lon), town_radius_km(town.population)
            break
    city = geometry.circle_km(*seat, town_km)
    if shape is None or geometry.area_km2(shape.difference(city)) < _HARDLY_MORE * geometry.area_km2(city):
        shape = geometry.circle_km(*seat, town_km + _COUNTRYSIDE_KM)
    shape = geometry.polygons_of(shape.difference(city))
    if side:
        shape = geometry.cut_to_side(shape, bearing, seat)
    ucdp = 4 if found.kind is PlaceKind.ADMIN1 else 3
    name = f"{side_word(side)} countryside of {found.name}".lstrip()
    slug = f"{slug_of(side)}-countryside" if side else "countryside"
    return shaped(found, Form(f"{slug}:{found.id}", name, PlaceKind.SUBREGION, shape, ucdp), gazetteer)


@functools.lru_cache(maxsize=512)
def near_place(found: Candidate, shape: str, side: str, bearing: float | None, gazetteer: Gazetteer) -> Place:
    """Return the surroundings of a town ("near X", "the outskirts of X"), or one side of them."""
    reach = _NEAR_KM if shape == "near" else _OUTSKIRTS_KM
    land = geometry.circle_km(found.lat, found.lon, reach + town_radius_km(found.population))
    if side:
        land = geometry.cut_to_side(land, bearing)
    word = "near" if shape == "near" else "outskirts of"
    name = f"{side_word(side)} {word} {found.name}".lstrip()
    slug = "-".join(filter(None, (slug_of(side) if side else "", shape)))
    return shaped(found, Form(f"{slug}:{found.id}", name, PlaceKind.RELATIVE, land, 2), gazetteer)


@functools.lru_cache(maxsize=512)
def offset_place(found: Candidate, km: float, side: str, bearing: float | None, gazetteer: Gazetteer) -> Place:
    """Return "6 km north of X": a circle there; without a direction around X, without a distance beside X."""
    if found.kind is not PlaceKind.TOWN:
        return side_place(found, side, bearing, gazetteer) if side and not km else plain_place(found, gazetteer)
    if bearing is None:
        reach = max(2.0, km * 1.2)
        return around(found, f"{km:g} km from", reach, 2, gazetteer)
    distance = km or town_radius_km(found.population) + 6.0
    lat, lon = geometry.shift_km(found.lat, found.lon, bearing, distance)
    radius = max(2.0, distance * 0.35)
    words = f"{km:g} km {side_word(side)} of {found.name}" if km else f"{side_word(side)} of {found.name}"
    shape = geometry.circle_km(lat, lon, radius)
    place_id = f"{km:g}km-{slug_of(side)}:{found.id}"
    ucdp = 2 if distance <= 25 else 3
    return shaped(found, Form(place_id, words, PlaceKind.RELATIVE, shape, ucdp), gazetteer)


def touch(a: Candidate, b: Candidate, gazetteer: Gazetteer) -> bool:
    """Tell whether two areas have a border in common."""
    one, two = shape_of(a, gazetteer), shape_of(b, gazetteer)
    return one is not None and two is not None and bool(one.dwithin(two, 0.05))


def within_place(name: str, container: Place) -> Place:
    """Return a container as the answer for a name of which only the container is known."""
    return replace(
        container,
        id=f"within:{container.id}:{fold_name(name)}",
        name=f"{name}, somewhere in {container.name}",
        kind=PlaceKind.SUBREGION,
        feature="",
        population=0,
        ucdp_precision=max(3, container.ucdp_precision),
        acled_precision=3,
    )


@dataclass(frozen=True, slots=True)
class Form:
    """What is new about a computed place: its id, name, kind, shape and UCDP precision."""

    id: str
    name: str
    kind: PlaceKind
    shape: BaseGeometry
    ucdp: int


def around(found: Candidate, label: str, km: float, ucdp: int, gazetteer: Gazetteer) -> Place:
    """Return the circle of ``km`` around a place, called ``label`` ("near", "district of")."""
    shape = geometry.circle_km(found.lat, found.lon, km)
    slug = label.removesuffix(" of").removesuffix(" at").removesuffix(" from").replace(" ", "-")
    return shaped(
        found, Form(f"{slug}:{found.id}", f"{label} {found.name}", PlaceKind.RELATIVE, shape, ucdp), gazetteer
    )


def shaped(found: Candidate, form: Form, gazetteer: Gazetteer) -> Place:
    """Return a computed place with the admin chain of the place that it is computed from."""
    lat, lon = geometry.middle_of(form.shape)
    country = gazetteer.country(found.country) if found.country and not found.disputed else None
    return Place(
        id=form.id,
        name=form.name,
        kind=form.kind,
        lat=lat,
        lon=lon,
        radius_km=geometry.reach_km(form.shape, lat, lon),
        geometry=geometry.draw(form.shape),
        country=country.iso3 if country else "",
        admin=admin_chain(found, gazetteer),
        feature=found.feature,
        ucdp_precision=form.ucdp,
        acled_precision=2 if form.ucdp <= 3 else 3,
    )


def admin_chain(found: Candidate, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the names from the country downwards; a disputed area stands for itself and says so."""
    if found.disputed:
        return (f"{found.name} (status disputed)",)
    names = []
    if found.country and (country := gazetteer.country(found.country)):
        names.append(country.name)
    if found.division and (division := gazetteer.by_id(found.division)):
        names.append(division.name)
    if found.district and (district := gazetteer.by_id(found.district)):
        names.append(_district_name(district))
    if found.kind is PlaceKind.ADMIN1:
        names.append(found.name)
    return tuple(names)


def _district_name(district: Candidate) -> str:
    return district.name if "istrict" in district.name else f"{district.name} District"


def side_word(side: str) -> str:
    return {"NE": "north-eastern", "NW": "north-western", "SE": "south-eastern", "SW": "south-western"}.get(
        side, side.lower()
    )


def slug_of(side: str) -> str:
    return side_word(side).replace("-", "").replace(" ", "") or "whole"

"""Makes places of several names and of lines: between, roads, borders, coasts, sides of rivers, stretches and zones.

All geometries are coarse, and say so in words and in their radius: roads run straight between towns, borders and coasts
are those of outlines simplified to about a kilometre.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from reportedly.model import Place, PlaceKind
from reportedly.places import geometry, regions
from reportedly.places.candidate import Candidate
from reportedly.places.computed import Form, plain_place, shaped, side_word, slug_of, town_radius_km
from reportedly.places.containment import shape_of
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.toponym import Phrase

_POINTS = (PlaceKind.TOWN, PlaceKind.SITE)
_STRETCH_KM = 20.0  # "the M4 near X": so far from X on either side
_BANK_KM = 12.0  # "the east bank of X"
_BESIDE_KM = 40.0  # "west of the Euphrates", when nothing says how far
_SEA_KM = 60.0  # "off the coast of X"
_CORNER_KM = 30.0  # where three countries meet
_TRIANGLE_KM = 8.0  # the margin of a triangle: towns stand for their surroundings
_FAR_DEGREES = 0.6


@dataclass(frozen=True, slots=True)
class Members:
    """The places of a construction. others: beside the leading one; narrow: the towns that say which stretch;
    inside: the area in which the text says that it lies, None if it says nothing."""

    others: tuple[Candidate, ...] = ()
    narrow: tuple[Candidate, ...] = ()
    inside: Candidate | None = None


def is_composed(phrase: Phrase, found: Candidate) -> bool:
    """Tell whether a phrase asks for more than one place can give: several names, a line, a zone."""
    line = phrase.shape in ("side", "offset") and _is_line(found)
    return bool(phrase.others or phrase.narrow or phrase.zone_km or line or found.kind is PlaceKind.ROUTE) or (
        phrase.shape in ("border", "coast", "sea")
    )


def compose_place(phrase: Phrase, found: Candidate, members: Members, gazetteer: Gazetteer) -> Place | None:
    """Return the place of a construction, None where its parts do not make one (a border of two that do not touch)."""
    return _compose(_Asked.of(phrase), found, members, gazetteer)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a phrase decides the geometry."""

    shape: str
    side: str
    bearing: float | None
    km: float
    zone_km: float
    bank: bool

    @staticmethod
    def of(phrase: Phrase) -> _Asked:
        return _Asked(phrase.shape, phrase.side, phrase.bearing, phrase.km, phrase.zone_km, phrase.sort == "bank")


@functools.lru_cache(maxsize=512)
def _compose(asked: _Asked, found: Candidate, members: Members, gazetteer: Gazetteer) -> Place | None:
    form = _base(asked, found, members.others, gazetteer)
    if form is None:
        return None
    if members.narrow:
        form = _narrowed(form, members.narrow)
    if asked.zone_km:
        one_sided = asked.bearing is not None and form.shape.geom_type in ("LineString", "MultiLineString")
        if one_sided and asked.bearing is not None:
            zone = geometry.side_of_line(form.shape, asked.bearing, asked.zone_km)
        else:
            zone = geometry.widen_km(form.shape, asked.zone_km)
        side = f"{side_word(asked.side)} of " if one_sided else "of "
        label = f"within {asked.zone_km:g} km {side}{form.name}"
        form = Form(f"zone-{asked.zone_km:g}km:{form.id}", label, PlaceKind.ZONE, zone, min(max(form.ucdp, 2), 5))
    if members.inside is not None and asked.shape not in ("coast", "sea"):
        form = _clipped(form, members.inside, gazetteer)
    if form.shape.is_empty:
        return None
    return shaped(found, form, gazetteer)


def _base(asked: _Asked, found: Candidate, others: Sequence[Candidate], gazetteer: Gazetteer) -> Form | None:
    if others:
        return _joined(asked.shape, (found, *others), gazetteer)
    if asked.shape == "border":
        return _border(found, gazetteer)
    if asked.shape in ("coast", "sea"):
        return _coast(asked, found, gazetteer)
    line = regions.region_line(found.id, gazetteer)
    if line is not None and asked.side and asked.bearing is not None:
        return _beside(asked, found, line)
    plain = plain_place(found, gazetteer)
    shape = line if found.kind is PlaceKind.ROUTE and line is not None else shape_of(found, gazetteer)
    if shape is None:
        shape = (
            Point(found.lon, found.lat) if asked.zone_km else geometry.circle_km(found.lat, found.lon, plain.radius_km)
        )
    return Form(found.id, found.name, found.kind, shape, plain.ucdp_precision)


def _is_line(found: Candidate) -> bool:
    return found.kind is PlaceKind.ROUTE or (found.kind is PlaceKind.REGION and found.feature in ("STM", "CNL"))


def _joined(shape: str, places: tuple[Candidate, ...], gazetteer: Gazetteer) -> Form | None:
    if len({place.id for place in places}) < len(places):
        return None  # both names mean one place
    ordered = sorted(places, key=lambda place: place.id)
    label = "|".join(place.id for place in ordered)
    names = " and ".join(filter(None, (", ".join(p.name for p in ordered[:-1]), ordered[-1].name)))
    if shape == "border":
        one, two = (shape_of(place, gazetteer) for place in ordered[:2])
        line = geometry.shared_border(one, two) if one is not None and two is not None else None
        if line is None or line.is_empty:
            return None
        return Form(f"border:{label}", f"border between {names}", PlaceKind.RELATIVE, line, 5)
    if shape == "triangle" and all(shape_of(place, gazetteer) is not None for place in places):
        return _corner(places, label, names, gazetteer)
    if not all(place.kind in _POINTS for place in places):
        return None
    points = [(place.lat, place.lon) for place in ordered]
    if shape == "road":
        road = LineString([(lon, lat) for lat, lon in points])
        return Form(f"road:{label}", f"road between {names}", PlaceKind.ROUTE, road, 5)
    if shape == "triangle":
        hull = MultiPoint([(lon, lat) for lat, lon in points]).convex_hull
        triangle = geometry.widen_km(hull, _TRIANGLE_KM)
        return Form(f"triangle:{label}", f"triangle of {names}", PlaceKind.RELATIVE, triangle, 5)
    lens = geometry.lens_km(points[0], points[1])
    return Form(f"between:{label}", f"between {names}", PlaceKind.RELATIVE, lens, 5)


def _corner(places: tuple[Candidate, ...], label: str, names: str, gazetteer: Gazetteer) -> Form | None:
    """Return where three areas meet ("the triangle between Sudan, Libya and Egypt"), None if they do not."""
    near = [geometry.widen_km(area.simplify(0.02), _CORNER_KM) for p in places if (area := shape_of(p, gazetteer))]
    corner = geometry.polygons_of(functools.reduce(lambda one, two: one.intersection(two), near))
    return None if corner.is_empty else Form(f"corner:{label}", f"corner of {names}", PlaceKind.RELATIVE, corner, 5)


def _border(found: Candidate, gazetteer: Gazetteer) -> Form | None:
    shape = shape_of(found, gazetteer)
    if shape is None:
        return None
    line = shape.simplify(0.02).boundary
    return Form(f"border:{found.id}", f"border of {found.name}", PlaceKind.RELATIVE, line, 5)


def _coast(asked: _Asked, found: Candidate, gazetteer: Gazetteer) -> Form | None:
    """Return the coast of an area, or the sea before it; of a town, the circle that reaches the sea."""
    land = shape_of(found, gazetteer)
    word = "sea off" if asked.shape == "sea" else "coast of"
    side = f"{slug_of(asked.side)}-" if asked.side else ""
    ident, name = f"{side}{asked.shape}:{found.id}", f"{side_word(asked.side)} {word} {found.name}".lstrip()
    nation = gazetteer.country(found.country)
    country = gazetteer.outline(nation.id) if nation is not None else None
    if land is None or country is None:
        if found.kind not in _POINTS:
            return None
        reach = geometry.circle_km(found.lat, found.lon, 25 + town_radius_km(found.population))
        sea = geometry.polygons_of(reach.difference(country)) if country is not None else reach
        return Form(ident, name, PlaceKind.RELATIVE, reach if sea.is_empty else sea, 3)
    coast = _coastline(found.country, gazetteer)
    if found.kind is not PlaceKind.COUNTRY:
        coast = coast.intersection(land.buffer(0.1))
    if asked.side:
        coast = coast.intersection(geometry.cut_to_side(land, asked.bearing).buffer(0.2))
    if coast.is_empty:
        return None
    if asked.shape == "coast":
        return Form(ident, name, PlaceKind.RELATIVE, coast, 5)
    sea = geometry.polygons_of(geometry.widen_km(coast.simplify(0.05), _SEA_KM).difference(country))
    return Form(ident, name, PlaceKind.RELATIVE, sea, 5)


@functools.lru_cache(maxsize=16)
def _coastline(iso2: str, gazetteer: Gazetteer) -> BaseGeometry:
    """Return the stretches of a country's outline that border on no other country."""
    nation = gazetteer.country(iso2)
    outline = gazetteer.outline(nation.id) if nation is not None else None
    if outline is None:
        return LineString()
    neighbours = [o for o in gazetteer.outlines_near(outline) if not o.equals(outline)]
    land = shapely.union_all(neighbours).buffer(0.15) if neighbours else LineString()
    return outline.simplify(0.02).boundary.difference(land)


def _beside(asked: _Asked, found: Candidate, line: BaseGeometry) -> Form:
    """Return the land on one side of a river or road."""
    assert asked.bearing is not None
    km = asked.km * 1.3 if asked.km else _BANK_KM if asked.bank else _BESIDE_KM
    land = geometry.side_of_line(line, asked.bearing, km)
    word = f"{side_word(asked.side)} {'bank' if asked.bank else 'side'} of {found.name}"
    slug = f"{slug_of(asked.side)}-{'bank' if asked.bank else 'beside'}"
    return Form(f"{slug}:{found.id}", word, PlaceKind.RELATIVE, land, 5)


def _narrowed(form: Form, towns: tuple[Candidate, ...]) -> Form:
    """Return the stretch of a line near one town, or between two."""
    first, last = sorted((towns[0], towns[-1]), key=lambda town: town.id)
    if len(towns) == 1:
        around = geometry.circle_km(first.lat, first.lon, _STRETCH_KM + town_radius_km(first.population))
        part, name, ucdp = form.shape.intersection(around), f"{form.name} near {first.name}", 2
        if part.is_empty and not form.shape.dwithin(Point(first.lon, first.lat), _FAR_DEGREES):
            return form  # another town of this name must be meant
        if part.is_empty:  # the line is drawn too coarsely to come so near
            part = around
        return Form(f"{form.id}@near:{first.id}", name, form.kind, part, ucdp)
    label = "|".join(sorted((first.id, last.id)))
    name = f"{form.name} between {first.name} and {last.name}"
    if form.shape.geom_type in ("LineString", "MultiLineString"):
        part = geometry.stretch_of(form.shape, (first.lat, first.lon), (last.lat, last.lon))
        if part.length > 0:
            return Form(f"{form.id}@between:{label}", name, form.kind, part, 5)
    lens = geometry.lens_km((first.lat, first.lon), (last.lat, last.lon))
    return Form(f"{form.id}@between:{label}", name, form.kind, lens, 5)


def _clipped(form: Form, area: Candidate, gazetteer: Gazetteer) -> Form:
    """Return the part of a line or zone inside the area that the text names, all of it where they do not meet."""
    outline = shape_of(area, gazetteer)
    part = form.shape.intersection(outline) if outline is not None else None
    if part is None or part.is_empty:
        return form
    return replace(form, id=f"{form.id}@{area.id}", name=f"{form.name} in {area.name}", shape=part)

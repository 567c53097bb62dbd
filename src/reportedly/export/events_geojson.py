"""GeoJSON (RFC 7946): one feature an event, longitude first, WGS84, flat properties.

An event without a place has a null geometry. So has one that is only known to a country: a country is never a
pin; its code is in ``country``. Areas are polygons; an area without an outline is drawn as the disc within
which it lies. ``precision_m`` says how far off the place can be and ``where_prec`` how exact it is (UCDP, 1
exact to 7), so that a map can draw a disc instead of a pin. Lists are joined with ``;``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from reportedly.export.options import ExportOptions
from reportedly.ledger import Ledger
from reportedly.model import Event, Geometry, Place, PlaceKind, Position

Coordinates = Sequence["float | Coordinates"]

_DECIMALS = 6
_KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6,371 km
_DISC_CORNERS = 48
_SMALLEST_DISC_KM = 1.0
_AREAS = frozenset({PlaceKind.ADMIN1, PlaceKind.REGION, PlaceKind.SUBREGION, PlaceKind.ZONE, PlaceKind.ROUTE})


@dataclass(frozen=True, slots=True)
class Shape:
    """A GeoJSON geometry."""

    type: str
    coordinates: Coordinates


@dataclass(frozen=True, slots=True)
class Properties:
    """What is told about an event. outline: where its shape is from, "gazetteer" or "disc"."""

    act: str
    category: str
    modality: str
    negated: bool
    status: str
    comments_only: bool
    actors: str
    recipients: str
    places: str
    place_id: str | None
    country: str | None
    start: str | None
    end: str | None
    numbers: str
    sources: str
    independent_sources: int
    claims: str
    precision_m: int | None
    where_prec: int | None
    outline: str | None


@dataclass(frozen=True, slots=True)
class Feature:
    """A GeoJSON feature."""

    id: str
    geometry: Shape | None
    properties: Properties
    type: str = "Feature"


def export_geojson(ledger: Ledger, options: ExportOptions) -> Iterator[str]:
    """Yield a FeatureCollection of the events, by id. ``options``: events carry no words of comments."""
    yield '{"type":"FeatureCollection","features":['
    separator = "\n"
    for event in ledger.public_events():
        place = ledger.place(event.place_id) if event.place_id else None
        yield separator + msgspec.json.encode(_feature(event, place), order="sorted").decode()
        separator = ",\n"
    yield "\n]}\n"


def _feature(event: Event, place: Place | None) -> Feature:
    shape, outline = _shape(place) if place else (None, None)
    properties = Properties(
        act=event.act,
        category=event.category,
        modality=event.modality,
        negated=event.negated,
        status=str(event.status),
        comments_only=event.comments_only,
        actors=_join(event.actors),
        recipients=_join(event.recipients),
        places=_join(event.places),
        place_id=event.place_id,
        country=(place.country or None) if place else None,
        start=event.start or None,
        end=event.end or None,
        numbers=_join(tuple(_number(*number) for number in event.numbers)),
        sources=_join(event.sources),
        independent_sources=len(event.sources),
        claims=_join(event.claims),
        precision_m=round(place.radius_km * 1000) if place else None,
        where_prec=place.ucdp_precision if place else None,
        outline=outline,
    )
    return Feature(event.id, shape, properties)


def _shape(place: Place) -> tuple[Shape | None, str | None]:
    if place.kind is PlaceKind.COUNTRY:
        return None, None
    if place.geometry is not None and not (place.kind in _AREAS and place.geometry.type == "Point"):
        return _from_geometry(place.geometry), "gazetteer"
    if place.kind in _AREAS:
        disc = _disc(place)
        return (disc, "disc") if disc else (None, None)
    return Shape("Point", _position((place.lon, place.lat))), "gazetteer"


def _from_geometry(geometry: Geometry) -> Shape:
    rings = geometry.rings
    if geometry.type == "Point":
        return Shape("Point", _position(rings[0][0]))
    if geometry.type == "LineString":
        return Shape("LineString", _positions(rings[0]))
    if geometry.type == "MultiLineString":
        return Shape("MultiLineString", [_positions(ring) for ring in rings])
    if geometry.type == "Polygon":
        outer, *holes = rings
        turned = [_ring(outer, anticlockwise=True), *(_ring(hole, anticlockwise=False) for hole in holes)]
        return Shape("Polygon", [*turned])
    return Shape("MultiPolygon", [[_ring(ring, anticlockwise=True)] for ring in rings])


def _disc(place: Place) -> Shape | None:
    """Return the circle within which the place lies; None where it would reach a pole or the date line."""
    radius_km = max(place.radius_km, _SMALLEST_DISC_KM)
    height = radius_km / _KM_PER_DEGREE
    if abs(place.lat) + height >= 89:
        return None
    width = height / math.cos(math.radians(place.lat))
    if abs(place.lon) + width > 180:
        return None
    angles = [2 * math.pi * corner / _DISC_CORNERS for corner in range(_DISC_CORNERS)]
    corners = tuple((place.lon + width * math.cos(a), place.lat + height * math.sin(a)) for a in angles)
    return Shape("Polygon", [_ring(corners, anticlockwise=True)])


def _ring(ring: tuple[Position, ...], *, anticlockwise: bool) -> Coordinates:
    """Close the ring and turn it as RFC 7946 3.1.6 asks: outlines anticlockwise, holes clockwise."""
    closed = ring if ring[0] == ring[-1] else (*ring, ring[0])
    doubled_area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(closed))  # positive: anticlockwise
    return _positions(closed if (doubled_area >= 0) == anticlockwise else closed[::-1])


def _positions(ring: tuple[Position, ...]) -> Coordinates:
    return [_position(position) for position in ring]


def _position(position: Position) -> Coordinates:
    lon, lat = position
    return [round(float(lon), _DECIMALS), round(float(lat), _DECIMALS)]


def _number(unit: str, low: float | None, high: float | None, claim: str) -> str:
    """Return a figure in words, with the claim that tells it: "killed 3 to 5 (r-1.c2)"."""
    if low is None and high is None:
        return f"{unit} not stated ({claim})"
    if low == high:
        return f"{unit} {low:g} ({claim})"
    if high is None:
        return f"{unit} at least {low:g} ({claim})"
    return f"{unit} {'up to' if low is None else f'{low:g} to'} {high:g} ({claim})"


def _join(names: tuple[str, ...]) -> str:
    return ";".join(name.replace(";", ",") for name in names)

"""The map's data: places as areas, and the outlines around them; countries are listed, never drawn."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from reportedly.model import Geometry, LinkStatus, Place, PlaceKind, Where
from reportedly.page.assets import built
from reportedly.page.edition import Edition, Entry
from reportedly.page.grammar import strongest
from reportedly.page.marks import visible
from reportedly.page.phrasing import where_detail

TOO_VAGUE_KM = 300.0  # without a shape, a disc wider than this says nothing that its name does not
_NEAR_MARGIN = 0.6  # share of the shown span that is added on every side before outlines are clipped
_NEAR_SPAN_DEGREES = 40.0  # a view wider than this needs no detailed outlines
_LABEL_AREA_SHARE = 0.01  # a country is named when it covers this share of the view

BBox = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place in the list beside the map: what it is, how it is shown, and the claims that name it.

    shape: index of its shape on the map, None when it is not drawn.
    """

    name: str
    detail: str
    classes: str
    shape: int | None
    claims: tuple[int, ...]
    comments_only: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map with its lists; ``data`` is what the script draws."""

    drawn: tuple[ListedPlace, ...]
    countries: tuple[ListedPlace, ...]
    unplaced: tuple[ListedPlace, ...]
    data: dict[str, Any]


def make_atlas(edition: Edition) -> Atlas:
    """Gather the places of all claims, one shape per place."""
    drawn: list[ListedPlace] = []
    countries: list[ListedPlace] = []
    unplaced: list[ListedPlace] = []
    shapes: list[dict[str, Any]] = []
    for uses in _places(edition.entries):
        place = uses[0][1].link.place
        shape = _shape_of(place) if place else None
        if place is not None and place.kind is PlaceKind.COUNTRY:
            countries.append(_listed(uses, None))
        elif shape is None:
            unplaced.append(_listed(uses, None))
        else:
            listed = _listed(uses, len(shapes))
            shapes.append({**shape, "name": listed.name, "detail": listed.detail, **_uses_of(listed)})
            drawn.append(listed)
    # Routes run far beyond what the reports are about: they set the view only when there is nothing else.
    view = _view([shape["bbox"] for shape in shapes if shape["type"] != "line"] or [one["bbox"] for one in shapes])
    data = {"shapes": shapes, "view": view, **_outlines(view)}
    return Atlas(_by_weight(drawn), _by_weight(countries), _by_weight(unplaced), data)


def _places(entries: Iterable[Entry]) -> list[list[tuple[Entry, Where]]]:
    found: dict[str, list[tuple[Entry, Where]]] = {}
    for entry in entries:
        for where in entry.claim.places:
            name = (where.link.name or where.text).casefold()
            key = where.link.place.id if where.link.place else f"?{name}"
            if where.link.status is LinkStatus.AMBIGUOUS:
                key += "?"
            found.setdefault(key, []).append((entry, where))
    return list(found.values())


def _listed(uses: Sequence[tuple[Entry, Where]], shape: int | None) -> ListedPlace:
    entry, where = uses[0]
    place = where.link.place
    look = strongest((used.claim, used.look) for used, _ in uses)
    soft = where.link.status is LinkStatus.AMBIGUOUS
    return ListedPlace(
        name=entry.safe(visible(place.name if place else (where.link.name or where.text))),
        detail=entry.safe(where_detail(where)),
        classes=replace(look, soft=soft).classes,
        shape=shape,
        claims=tuple(dict.fromkeys(used.number for used, _ in uses)),
        comments_only=all(used.claim.in_comment for used, _ in uses),
        reasons=tuple(entry.safe(reason) for reason in where.link.reasons),
    )


def _uses_of(listed: ListedPlace) -> dict[str, Any]:
    return {"classes": listed.classes, "claims": listed.claims, "comments": listed.comments_only}


def _by_weight(places: Iterable[ListedPlace]) -> tuple[ListedPlace, ...]:
    return tuple(sorted(places, key=lambda one: (one.comments_only, -len(one.claims), one.name)))


def _shape_of(place: Place) -> dict[str, Any] | None:
    """Return the place as lines, rings (latitude first, as Leaflet wants them) or a disc; None if neither."""
    geometry = place.geometry
    if geometry is not None and geometry.type != "Point" and _is_sound(geometry):
        rings = [[(round(lat, 4), round(lon, 4)) for lon, lat in ring] for ring in geometry.rings]
        kind = "line" if "Line" in geometry.type else "area"
        return {"type": kind, "parts": rings, "bbox": _bbox_of(geometry), "km": 0}
    lat, lon, radius = place.lat, place.lon, place.radius_km
    if not _on_earth(lat, lon) or not 0 <= radius <= TOO_VAGUE_KM:
        return None
    north = radius / 111.2
    east = north / max(0.05, math.cos(math.radians(lat)))
    bbox = (lon - east, lat - north, lon + east, lat + north)
    return {"type": "disc", "at": (round(lat, 4), round(lon, 4)), "bbox": bbox, "km": radius}


def _on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180  # false for NaN


def _is_sound(geometry: Geometry) -> bool:
    return bool(geometry.rings) and all(
        len(ring) > 1 and all(_on_earth(lat, lon) for lon, lat in ring) for ring in geometry.rings
    )


def _bbox_of(geometry: Geometry) -> BBox:
    lons = [lon for ring in geometry.rings for lon, _ in ring]
    lats = [lat for ring in geometry.rings for _, lat in ring]
    return (min(lons), min(lats), max(lons), max(lats))


def _view(boxes: Sequence[BBox]) -> BBox | None:
    """Return the box to open on: where most places lie, so that one stray place does not shrink the rest."""
    if not boxes:
        return None
    middle_lon = _median([(west + east) / 2 for west, _, east, _ in boxes])
    middle_lat = _median([(south + north) / 2 for _, south, _, north in boxes])
    distances = [math.hypot((w + e) / 2 - middle_lon, (s + n) / 2 - middle_lat) for w, s, e, n in boxes]
    reach = max(3.0, 4 * _median(distances))
    core = [one for one, distance in zip(boxes, distances, strict=True) if distance <= reach] or list(boxes)
    wests, souths, easts, norths = zip(*core, strict=True)
    return (min(wests), max(-85.0, min(souths)), max(easts), min(85.0, max(norths)))


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


@cache
def _outline_file(name: str) -> list[dict[str, Any]]:
    outlines: list[dict[str, Any]] = json.loads(built(name))
    return outlines


def _outlines(view: BBox | None) -> dict[str, Any]:
    """Return the world in coarse outlines, and a window around the view with detailed ones."""
    if view is None:
        return {"far": [], "near": [], "window": None}
    west, south, east, north = view
    width = max(east - west, north - south, 1.0)
    far = [_flipped(one["parts"]) for one in _outline_file("outlines.json")]
    if width > _NEAR_SPAN_DEGREES:
        return {"far": far, "near": [], "window": None}
    bounds = _padded(view, width * _NEAR_MARGIN)
    window = box(*bounds)
    near = [_clip(one, window) for one in _outline_file("outlines_near.json") if _meets(one["bbox"], bounds)]
    corners = ((bounds[1], bounds[0]), (bounds[3], bounds[2]))
    return {"far": far, "near": [one for one in near if one["parts"]], "window": corners}


def _padded(view: BBox, by: float) -> BBox:
    return (view[0] - by, view[1] - by, view[2] + by, view[3] + by)


def _meets(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _clip(outline: dict[str, Any], window: Polygon) -> dict[str, Any]:
    """Return what of a country lies in the window: land, borders, and where its name goes (None: nowhere).

    Borders are cut apart from the land, or the edge of the window would be drawn as one.
    """
    parts, lines, label, largest = [], [], None, window.area * _LABEL_AREA_SHARE
    for rings in outline["parts"]:
        land = Polygon(rings[0], rings[1:]).buffer(0)  # mends rings that rounding made touch themselves
        for part in _members(land.intersection(window), "Polygon"):
            parts.append([list(ring.coords) for ring in (part.exterior, *part.interiors)])
            if part.area > largest:
                largest, point = part.area, part.representative_point()
                label = (round(point.y, 2), round(point.x, 2))
        lines += [list(line.coords) for line in _members(land.boundary.intersection(window), "LineString")]
    return {"name": outline["name"], "parts": _flipped(parts), "lines": _flipped([lines])[0], "label": label}


def _members(geometry: BaseGeometry, kind: str) -> list[Any]:
    members = getattr(geometry, "geoms", [geometry])
    return [one for one in members if one.geom_type == kind and not one.is_empty]


def _flipped(parts: Sequence[Sequence[Sequence[Sequence[float]]]]) -> list[list[list[tuple[float, float]]]]:
    return [[[(round(point[1], 2), round(point[0], 2)) for point in ring] for ring in part] for part in parts]

"""Does a place lie in an area, or in the side of it that the text names?"""

from __future__ import annotations

import functools

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from reportedly.model import PlaceKind
from reportedly.places import geometry, regions
from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.toponym import Phrase

_BOUNDARY_DEGREES = 0.03  # about 3 km
_SLACK_KM = 8.0  # outlines are simplified, and "north-west" is not drawn with a ruler


class Containment:
    """Answers for one gazetteer, and remembers the sides that it has cut. Use ``containment_of``."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._side = functools.lru_cache(maxsize=1024)(self._cut)

    def holds(self, outer: Candidate, inner: Candidate) -> bool:
        """Tell whether ``inner`` lies in ``outer``."""
        return self._lies_in(outer, inner)

    def covers(self, area: Candidate, lat: float, lon: float) -> bool:
        """Tell whether a point lies in an area, with the usual slack."""
        side = self._side(area, -1.0)
        return side is not None and bool(shapely.intersects_xy(side, lon, lat))

    def on_side(self, outer: Candidate, phrase: Phrase, inner: Candidate) -> bool:
        """Tell whether ``inner`` lies in the side of ``outer`` for which ``phrase`` asks (true if it asks for none)."""
        if phrase.shape != "side" or not phrase.side:
            return True
        side = self._side(outer, phrase.bearing)
        return side is None or bool(shapely.intersects_xy(side, inner.lon, inner.lat))

    def _lies_in(self, outer: Candidate, inner: Candidate) -> bool:
        if outer.kind is PlaceKind.COUNTRY:
            return inner.country == outer.country or outer.country in inner.countries
        if inner.kind in (PlaceKind.COUNTRY, PlaceKind.ROUTE):
            return False
        if (
            inner.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)
            and inner.area_km2 > outer.area_km2 * 1.02
        ):
            return False
        if outer.kind is PlaceKind.ADMIN2 and inner.district:
            return inner.district == outer.id
        if outer.kind is PlaceKind.ADMIN1 and inner.division:
            if inner.division == outer.id:
                return True
            if not outer.id.partition(":")[2].partition(".")[2].replace("-", "").isalpha():
                # A single division of Natural Earth: the town's own division is the better witness, but for villages
                # at the boundary, whose own was read off a simplified outline.
                outline = self._gazetteer.outline(outer.id)
                return outline is not None and bool(outline.dwithin(Point(inner.lon, inner.lat), _BOUNDARY_DEGREES))
        if inner.country and outer.countries and inner.country not in outer.countries:
            return False
        side = self._side(outer, -1.0)
        return side is not None and bool(shapely.intersects_xy(side, inner.lon, inner.lat))

    def _cut(self, outer: Candidate, bearing: float | None) -> BaseGeometry | None:
        """Return the side of an area (the whole for a bearing of -1), widened by the slack."""
        shape = shape_of(outer, self._gazetteer)
        if shape is None:
            return None
        side = shape if bearing == -1.0 else geometry.cut_to_side(shape, bearing)
        widened = geometry.widen_km(side.simplify(0.02), _SLACK_KM)
        shapely.prepare(widened)
        return widened


@functools.lru_cache(maxsize=4)
def containment_of(gazetteer: Gazetteer) -> Containment:
    """Return the answers for a gazetteer, the same object for all texts."""
    return Containment(gazetteer)


def shape_of(place: Candidate, gazetteer: Gazetteer) -> BaseGeometry | None:
    """Return the outline of an area or the line of a route, None for what has neither."""
    if place.kind in (PlaceKind.REGION, PlaceKind.ROUTE):
        return regions.region_shape(place.id, gazetteer)
    if place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2):
        return gazetteer.outline(place.id)
    return None

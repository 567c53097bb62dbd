"""Measures and shapes on the globe: distances, sides of areas, zones, lenses, and what is drawn of them.

Shapes are Shapely geometries in degrees, longitude first. Kilometres are turned into degrees in a plane fitted to the
shape's own latitude: exact enough for areas that are approximate anyway, and wrong only near the poles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely import affinity, ops
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from reportedly.model import Geometry, Position

KM_PER_DEG = 111.2
_EARTH_KM = 6371.0
_VERTICES = 250  # about how many points an outline keeps when it is drawn


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def shift_km(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the (lat, lon) that lies ``km`` away under ``bearing`` degrees."""
    angle, arc = math.radians(bearing), km / _EARTH_KM
    a = math.radians(lat)
    b = math.asin(math.sin(a) * math.cos(arc) + math.cos(a) * math.sin(arc) * math.cos(angle))
    east = math.sin(angle) * math.sin(arc) * math.cos(a)
    far = math.radians(lon) + math.atan2(east, math.cos(arc) - math.sin(a) * math.sin(b))
    return math.degrees(b), (math.degrees(far) + 540) % 360 - 180


def in_plane(shape: BaseGeometry, change: Callable[[BaseGeometry], BaseGeometry]) -> BaseGeometry:
    """Apply ``change`` in a plane in which one unit is one km, and return to degrees."""
    middle = shape.centroid
    across = KM_PER_DEG * max(0.05, math.cos(math.radians(middle.y)))
    plane = affinity.affine_transform(shape, [across, 0, 0, KM_PER_DEG, -middle.x * across, -middle.y * KM_PER_DEG])
    back = [1 / across, 0, 0, 1 / KM_PER_DEG, middle.x, middle.y]
    return affinity.affine_transform(change(plane), back)


def widen_km(shape: BaseGeometry, km: float) -> BaseGeometry:
    """Return the zone of ``km`` around a shape, at least 100 m wide."""
    km = max(km, 0.1)
    return in_plane(shape, lambda plane: plane.buffer(km, quad_segs=8))


def circle_km(lat: float, lon: float, km: float) -> BaseGeometry:
    """Return a circle of radius ``km``."""
    return widen_km(Point(lon, lat), km)


def cut_to_side(area: BaseGeometry, bearing: float | None, seat: tuple[float, float] | None = None) -> BaseGeometry:
    """Return the side of an area: a half for a cardinal bearing, a quarter for a diagonal, the middle for None.

    The cuts go through the centroid of the area, or through ``seat`` (lat, lon). The answer is never outside the area.
    """
    middle = area.centroid if seat is None else Point(seat[1], seat[0])
    west, south, east, north = area.bounds
    side: BaseGeometry = box(west, south, east, north)
    if bearing is None:
        inner = affinity.scale(area, 0.5, 0.5, origin=middle).intersection(area)
        return inner if not inner.is_empty else area
    if bearing in (315, 0, 45):
        side = side.intersection(box(west, middle.y, east, north))
    if bearing in (135, 180, 225):
        side = side.intersection(box(west, south, east, middle.y))
    if bearing in (45, 90, 135):
        side = side.intersection(box(middle.x, south, east, north))
    if bearing in (225, 270, 315):
        side = side.intersection(box(west, south, middle.x, north))
    cut = polygons_of(area.intersection(side))
    return cut if not cut.is_empty else area


def lens_km(a: tuple[float, float], b: tuple[float, float]) -> BaseGeometry:
    """Return the area between two (lat, lon) points: their line, widened by a fifth of its length."""
    km = distance_km(*a, *b)
    return widen_km(LineString([(a[1], a[0]), (b[1], b[0])]), max(1.0, km / 5))


def side_of_line(line: BaseGeometry, bearing: float, km: float) -> BaseGeometry:
    """Return the land within ``km`` of a line on the side towards ``bearing`` degrees."""

    def one_side(plane: BaseGeometry) -> BaseGeometry:
        parts = [part for part in shapely.get_parts(plane) if part.length > 0]
        towards = np.array([math.sin(math.radians(bearing)), math.cos(math.radians(bearing))])
        sides = []
        for part in parts:
            both = [shapely.make_valid(part.buffer(reach, single_sided=True)) for reach in (km, -km)]
            middle = np.array([part.centroid.x, part.centroid.y])
            sides.append(max(both, key=lambda side: float(_offset(side, middle) @ towards)))
        return polygons_of(shapely.union_all(sides))

    return in_plane(line.simplify(0.01), one_side)


def _offset(shape: BaseGeometry, middle: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    away: np.ndarray[Any, Any] = np.array([shape.centroid.x, shape.centroid.y]) - middle
    return away


def stretch_of(line: BaseGeometry, a: tuple[float, float], b: tuple[float, float]) -> BaseGeometry:
    """Return the part of a line between the points on it that are nearest to two (lat, lon)."""
    merged = shapely.line_merge(line)
    parts = [part for part in shapely.get_parts(merged) if isinstance(part, LineString)]
    whole: LineString = max(parts, key=lambda part: float(part.length))
    first, last = sorted(whole.project(Point(lon, lat)) for lat, lon in (a, b))
    return ops.substring(whole, first, last)


def shared_border(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """Return the stretch of the boundary of ``a`` that runs along ``b`` (empty when they do not touch)."""
    return a.boundary.intersection(b.buffer(0.05))


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Return only the polygons of a shape that may hold lines and points too."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > 0]
    return MultiPolygon(parts)


def middle_of(shape: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of a representative point: half-way along a line, the centroid of an area's main body.

    The main body is the largest part and what lies within 2 degrees of it; the centroid is that of an equal-area
    projection. Far islands do not count; the point can lie at sea, between islands.
    """
    if isinstance(shape, LineString | MultiLineString):
        line = shapely.line_merge(shape)
        if isinstance(line, MultiLineString):
            line = max(line.geoms, key=lambda part: float(part.length))
        middle = shapely.line_interpolate_point(line, 0.5, normalized=True)
        return round(middle.y, 5), round(middle.x, 5)
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    if not parts:
        return round(shape.centroid.y, 5), round(shape.centroid.x, 5)
    largest = max(parts, key=lambda part: float(part.area))
    body = MultiPolygon([part for part in parts if part.distance(largest) <= 2])
    flat = shapely.transform(body, lambda xy: np.c_[xy[:, 0], np.degrees(np.sin(np.radians(xy[:, 1])))])
    centre = flat.centroid
    height = min(1.0, max(-1.0, math.radians(centre.y)))
    return round(math.degrees(math.asin(height)), 5), round(centre.x, 5)


def reach_km(shape: BaseGeometry, lat: float, lon: float) -> float:
    """Return how far the shape reaches from a point: the distance to its farthest vertex."""
    corners = shapely.get_coordinates(shape.convex_hull)
    return round(max((distance_km(lat, lon, y, x) for x, y in corners), default=0.0), 1)


def area_km2(shape: BaseGeometry) -> float:
    """Return the area in km2."""
    return float(shape.area) * KM_PER_DEG**2 * math.cos(math.radians(shape.centroid.y)) if not shape.is_empty else 0.0


def draw(shape: BaseGeometry) -> Geometry | None:
    """Return what is drawn of a shape: simplified to a few hundred points, 4 decimals, holes dropped."""
    shape = _simplify(shape)
    if shape.is_empty:
        return None
    if isinstance(shape, Point):
        return Geometry("Point", (((round(shape.x, 4), round(shape.y, 4)),),))
    if isinstance(shape, LineString):
        return Geometry("LineString", (_positions(shape),))
    if isinstance(shape, MultiLineString):
        return Geometry("MultiLineString", tuple(_positions(line) for line in shape.geoms))
    if isinstance(shape, Polygon):
        return Geometry("Polygon", (_positions(shape.exterior),))
    if isinstance(shape, MultiPolygon):
        return Geometry("MultiPolygon", tuple(_positions(part.exterior) for part in shape.geoms))
    return None


def _simplify(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, MultiPolygon):
        largest = max(float(part.area) for part in shape.geoms)
        kept = [part for part in shape.geoms if part.area >= largest / 200]
        shape = MultiPolygon(kept) if len(kept) > 1 else kept[0]
    if isinstance(shape, shapely.GeometryCollection) and not isinstance(shape, MultiPolygon | MultiLineString):
        lines = [part for part in shapely.get_parts(shape) if isinstance(part, LineString)]
        shape = MultiLineString(lines) if lines else polygons_of(shape)
    if shapely.get_num_coordinates(shape) <= _VERTICES:
        return shape
    west, south, east, north = shape.bounds
    tolerance = max(east - west, north - south) / 400
    return shape.simplify(tolerance)


def _positions(line: BaseGeometry) -> tuple[Position, ...]:
    return tuple((float(x), float(y)) for x, y in np.round(shapely.get_coordinates(line), 4))

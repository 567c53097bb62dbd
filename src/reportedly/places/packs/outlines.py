"""Reads the geometry of GeoJSON features, and refuses what is not on this earth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from reportedly.places.packs.entry import PackError
from reportedly.places.packs.lines import read_json

# What Shapely and our own subscripts raise for JSON that is not shaped like a geometry.
BROKEN_SHAPE = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError,
    shapely.errors.ShapelyError,
)  # fmt: skip


def read_features(path: Path) -> list[Any]:
    """Return the features of a GeoJSON file, unchecked. Raise PackError if it is no FeatureCollection."""
    found = read_json(path)
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise PackError(f"{path.name}: it is no GeoJSON FeatureCollection")
    return features


def read_outline(drawn: Any, where: str) -> BaseGeometry:
    """Return a GeoJSON geometry as a valid Shapely one. Raise PackError for a broken or empty one."""
    try:
        drawing = shape(drawn)
        bounds = () if drawing.is_empty else drawing.bounds
    except BROKEN_SHAPE as error:
        raise PackError(f"{where}: its geometry is broken: {error}") from None
    if not bounds:
        raise PackError(f"{where}: it has no coordinates")
    west, south, east, north = bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise PackError(f"{where}: its coordinates are not degrees of this earth")
    try:
        return shapely.make_valid(drawing)
    except BROKEN_SHAPE as error:
        raise PackError(f"{where}: its geometry is broken: {error}") from None

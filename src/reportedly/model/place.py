"""Places: gazetteer entries and what is computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.model.actor import LinkStatus

Position = tuple[float, float]  # longitude, latitude (RFC 7946 order)


class PlaceKind(StrEnum):
    """What sort of place a resolution is."""

    COUNTRY = "country"
    ADMIN1 = "first-level division"
    ADMIN2 = "district"
    TOWN = "town"
    SITE = "site"
    REGION = "region"
    SUBREGION = "sub-region"
    ROUTE = "route"
    ZONE = "zone"
    RELATIVE = "relative"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Geometry:
    """A GeoJSON-shaped geometry (WGS84, longitude first).

    type: "Point", "LineString", "MultiLineString", "Polygon" or "MultiPolygon".
    rings: the coordinate lists: one position for a Point, one list per line, one per ring; for a
        MultiPolygon each outer ring of each part (holes are dropped when simplified for display).
    """

    type: str
    rings: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a geometry and a radius of uncertainty.

    id: "geonames:172955", "admin1:SY.11", "country:SYR", "route:syria-m4", or computed from such
        ("southern:admin1:SY.11").
    lat, lon: a representative point, for sorting and distance only; radius_km: how far off it can be.
    ucdp_precision: UCDP GED ``where_prec`` 1 (exact) to 7; acled_precision: ACLED ``geo_precision`` 1 to 3.
    admin: names from country downwards ("Syria", "Idlib Governorate").
    """

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    radius_km: float
    geometry: Geometry | None
    country: str = ""
    admin: tuple[str, ...] = ()
    feature: str = ""
    population: int = 0
    ucdp_precision: int = 1
    acled_precision: int = 1


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """Where a toponym is, with reasons; ambiguous and unknown are legal answers.

    candidates: (place id, label, score) considered, best first, the winner included.
    """

    status: LinkStatus
    name: str
    place: Place | None = None
    confidence: float = 0.0
    candidates: tuple[tuple[str, str, float], ...] = ()
    reasons: tuple[str, ...] = ()

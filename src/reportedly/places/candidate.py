"""What may a name mean? A place of a gazetteer as a candidate, and how records of one place are joined."""

from __future__ import annotations

import functools
import math

import msgspec

from reportedly.model import PlaceKind
from reportedly.places import fold

# How well a name fits by the key under which it was found: the shown name of the place, another name of it.
FIT = {
    "name_key": (1.0, 0.9),
    "loose_key": (0.7, 0.6),
    "skeleton_key": (0.5, 0.45),
}
_SAME_DEGREES = 0.045  # 5 km: two records of one name so near to each other are one town


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A place that a name may mean.

    id: public id ("geonames:172955", "admin1:SY.12", "country:SYR", "region:donbas", "route:syria-m4").
    country: ISO 3166-1 alpha-2; countries: all that a region or route lies in (``country`` is the first).
    division, district: id of the first- and second-level division that it lies in, "" if none is known.
    fit: how well the name fits, 0 to 1 (1: the shown name; below .75: only loosely).
    match: "exact", "other name", "romanised", "consonants", "part" or "similar", for the reasons.
    area_km2: 0 where there is no outline.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float
    division: str = ""
    population: int = 0
    area_km2: float = 0.0
    feature: str = ""
    iso3: str = ""
    countries: tuple[str, ...] = ()
    disputed: bool = False
    fit: float = 1.0
    match: str = "exact"
    district: str = ""


def distinct(found: list[Candidate]) -> list[Candidate]:
    """Return one candidate a place, sorted, whatever the order of the files.

    A pack may hold a town that the world gazetteer has: the better fit stays, with the larger population and the
    division and district of whichever knows them.
    """
    if len(found) < 2:
        return found
    best = found
    if len({place.id for place in found}) < len(found):
        records: dict[str, list[Candidate]] = {}
        for new in found:
            records.setdefault(new.id, []).append(new)
        best = [functools.reduce(_joined, sorted(same, key=_join_order)) for same in records.values()]
    return sorted(_without_doubles(best), key=lambda c: (c.kind is not PlaceKind.COUNTRY, -c.fit, -c.population, c.id))


def _without_doubles(found: list[Candidate]) -> list[Candidate]:
    """Join towns of one name that lie within a few km: two records of one place. The more populous gives the id."""
    kept: list[Candidate] = []
    for new in sorted(found, key=lambda c: (-c.population, c.feature == "PPLX", -c.fit, c.id)):
        for at, known in enumerate(kept):
            if (
                new.kind is known.kind is PlaceKind.TOWN
                and new.country == known.country
                and abs(new.lat - known.lat) < _SAME_DEGREES
                and abs(new.lon - known.lon) * math.cos(math.radians(new.lat)) < _SAME_DEGREES
            ):
                if new.fit > known.fit:
                    kept[at] = msgspec.structs.replace(known, fit=new.fit, match=new.match)
                break
        else:
            kept.append(new)
    return kept


def _join_order(place: Candidate) -> tuple[object, ...]:
    return -place.fit, -place.population, place.name, place.lat, place.lon, msgspec.structs.astuple(place)


def _joined(first: Candidate, second: Candidate) -> Candidate:
    """Join two records of one id; the first is the better one."""
    ranked = first.feature in _FEATURE_RANK and second.feature in _FEATURE_RANK
    return msgspec.structs.replace(
        first,
        population=max(first.population, second.population),
        division=first.division or second.division,
        district=first.district or second.district,
        feature=max(first.feature, second.feature, key=_FEATURE_RANK.index) if ranked else first.feature,
    )


_FEATURE_RANK = ("PPL", "PPLA4", "PPLA3", "PPLA2", "PPLA", "PPLC")


def is_long_enough(name: str, place: Candidate) -> bool:
    """Tell whether a name is long enough to be believed when it is only written alike ("al-Assad" is not Chad)."""
    return len(fold.fold_romanised(name)) > (4 if place.kind is PlaceKind.COUNTRY else 3)


def worse(place: Candidate) -> Candidate:
    """Return a place found by its strict key for a romanised one: a looser fit."""
    loose = FIT["loose_key"][int(place.fit < 1)]
    return msgspec.structs.replace(place, fit=loose, match="romanised")


def similar(candidate: Candidate, fit: float) -> Candidate:
    """Return the candidate marked as found by similarity only."""
    return msgspec.structs.replace(candidate, fit=fit, match="similar")

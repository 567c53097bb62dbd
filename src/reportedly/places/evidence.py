"""What speaks for a place: votes of other names, peoples named, and what is as good as the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from shapely.geometry import Point

from reportedly.model import PlaceKind
from reportedly.places import geometry, regions
from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.lexicon import load_words

_BESIDE_DEGREES = 0.25  # lines are drawn straight between towns
_TOGETHER_KM = 250.0  # between two towns that are named in one breath
_GREAT = 1_000_000  # inhabitants of a city that is named anywhere in the world


NO_NAMES = ("people", "actors", "packs")  # voters that are no names of places


@dataclass(frozen=True, slots=True)
class Votes:
    """Shares of the names of a text by country and by division, each name once."""

    countries: dict[str, dict[str, float]]
    divisions: dict[str, dict[str, float]]

    @staticmethod
    def by_names(votes: Mapping[str, float], name: str) -> float:
        """Return the sum of the votes of other names, without those of peoples, actors and packs."""
        return sum(value for voter, value in votes.items() if voter not in (name, *NO_NAMES))

    @staticmethod
    def without(votes: Mapping[str, float], name: str) -> float:
        """Return the sum of the votes of all other names."""
        return sum(value for voter, value in votes.items() if voter != name)


def is_same_ground(place: Candidate, best: Candidate) -> bool:
    """Tell whether two candidates are as good as one: the same, a seat and its division, or neighbours."""
    if best.id in (place.id, place.division) or best.division == place.id:
        return True
    return geometry.distance_km(place.lat, place.lon, best.lat, best.lon) < 10


def is_great(place: Candidate) -> bool:
    """Tell whether a town is a capital or great city, which reports from anywhere name."""
    return place.kind is PlaceKind.TOWN and (place.feature == "PPLC" or place.population >= _GREAT)


def lie_beside(a: Candidate, b: Candidate, gazetteer: Gazetteer) -> bool:
    """Tell whether two towns lie in one neighbourhood, or a town beside a listed road or river."""
    for line, town in ((a, b), (b, a)):
        if line.kind in (PlaceKind.ROUTE, PlaceKind.REGION):
            course = regions.region_line(line.id, gazetteer)
            return course is not None and bool(course.dwithin(Point(town.lon, town.lat), _BESIDE_DEGREES))
    return geometry.distance_km(a.lat, a.lon, b.lat, b.lon) < _TOGETHER_KM


def count_peoples(text: str) -> dict[str, int]:
    """Count adjectives and names of peoples by country: "Syrian army" is evidence for Syria."""
    peoples = load_words().peoples
    counts: dict[str, int] = defaultdict(int)
    for word in text.split():
        if word[:1].isupper() and (country := peoples.get(word.strip(".,;:!?\"'()“”’").lower().removesuffix("'s"))):
            counts[country] += 1
    return counts


def fit_reason(best: Candidate) -> tuple[str, ...]:
    """Say how the name fits where it is not simply the place's own."""
    if best.kind in (PlaceKind.REGION, PlaceKind.ROUTE):
        return (
            f"a {'road' if best.kind is PlaceKind.ROUTE else 'region'} of the list: {regions.get_region(best.id).made}",
        )
    return {
        "exact": (),
        "other name": (f"another name of {best.name}",),
        "romanised": (f"another way of writing {best.name}",),
        "consonants": (f"written otherwise than {best.name}, with the same consonants",),
        "part": (f"{best.name} is a part of the name",),
        "similar": (f"not in the gazetteer as written; {best.name} is the most similar name in the country",),
    }[best.match]

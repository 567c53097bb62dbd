"""What is a candidate worth on its own? Its name, how well known it is, what sort of place is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from reportedly.model import PlaceKind
from reportedly.places import fold, regions
from reportedly.places.candidate import Candidate
from reportedly.places.toponym import Phrase

AREAS = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION)
WATERS = frozenset(["SEA", "OCN", "GULF", "BAY", "STRT", "STM", "LK", "RSV", "CNL"])  # no town lies in one
WITH_DISTRICTS = frozenset(["district", "countryside"])  # sorts that may ask for a second-level division


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each consideration counts (in units of a factor of ten in population)."""

    country: float = 9.0
    region: float = 7.5
    local: float = 5.0
    capital: float = 1.2
    seat: float = 0.2
    district_seat: float = 1.0
    other_name: float = -0.6
    romanised: float = -1.5
    consonants: float = -2.2
    part: float = -2.0
    similar: float = -2.5
    unlike: float = 2.5  # of a name that is written quite otherwise
    unsupported: float = -2.5  # of a name written otherwise in a country that nothing else speaks for
    district: float = -4.0  # of one that no word asks for: its seat of the same name is meant
    site: float = -0.5
    contained: float = 5.0
    container: float = 2.0
    said_elsewhere: float = 2.0
    namesake_of_country: float = -2.5
    country_vote: float = 2.2
    division_vote: float = 1.2
    near: float = 0.5
    sort: float = 3.0
    tied: float = 4.0
    seat_or_division: float = 0.8
    sharpness: float = 1.6  # of the share that a candidate gets of the confidence


WEIGHTS = Weights()
LOOSE = ("romanised", "consonants", "part", "similar")


def fame(phrase: Phrase, place: Candidate, rivals: Sequence[Candidate]) -> float:
    """Return how likely a place is meant before the rest of the report is looked at.

    rivals: all the places of the name. In units of a factor of ten in population.
    """
    if place.kind is PlaceKind.COUNTRY:
        score = WEIGHTS.country
    elif place.kind in (PlaceKind.REGION, PlaceKind.ROUTE):
        score = WEIGHTS.local if place.feature in regions.LOCAL else WEIGHTS.region
    else:
        score = math.log10(place.population + 50)
        score += {"PPLC": WEIGHTS.capital, "PPLA": WEIGHTS.seat, "PPLA2": WEIGHTS.district_seat}.get(place.feature, 0.0)
        if place.kind is PlaceKind.ADMIN2 and phrase.sort not in WITH_DISTRICTS:
            score += WEIGHTS.district
        score += WEIGHTS.site if place.kind is PlaceKind.SITE else 0.0
    if place.match == "other name" and place.kind is not PlaceKind.COUNTRY:
        score += WEIGHTS.other_name
        if place.kind is PlaceKind.TOWN and any(rival.kind is PlaceKind.COUNTRY for rival in rivals):
            score += WEIGHTS.namesake_of_country
    if place.match in LOOSE:
        likeness = fuzz.ratio(fold.fold_name(phrase.toponym.text), fold.fold_name(place.name)) / 100
        score += getattr(WEIGHTS, place.match) - WEIGHTS.unlike * (1 - likeness)
    return score + _sort_bonus(phrase, place)


def _sort_bonus(phrase: Phrase, place: Candidate) -> float:
    """Weigh the generic word: "X province" is a division, "the city of X" is a town."""
    sort, kind = phrase.sort, place.kind
    if sort == "district":
        return WEIGHTS.sort if kind is PlaceKind.ADMIN2 else 0.0
    if sort in ("division", "countryside") or (phrase.shape == "side" and sort != "town"):
        return WEIGHTS.sort if kind in AREAS and kind is not PlaceKind.ADMIN2 else 0.0
    if sort in ("town", "facility", "outskirts") or phrase.shape in ("offset", "near", "road"):
        listed = sort in ("facility", "town") and (place.feature in regions.LOCAL or kind is PlaceKind.SITE)
        return WEIGHTS.sort if kind is PlaceKind.TOWN or listed else 0.0
    if sort == "article":  # "the Dnipro" is the river, Dnipro the city
        return WEIGHTS.sort if kind is PlaceKind.REGION and place.feature == "STM" else 0.0
    if sort in ("water", "bank", "mountain"):
        listed = kind is PlaceKind.REGION and place.feature in ("STM", "LK", "MTS", "MT", "CNL")
        return WEIGHTS.sort if kind is PlaceKind.SITE or listed else 0.0
    if sort == "border":
        return WEIGHTS.sort if kind is PlaceKind.COUNTRY else 0.0
    if sort == "route":
        return WEIGHTS.sort if kind is PlaceKind.ROUTE else 0.0
    return 0.0


def softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Return the share of the confidence that each score gets."""
    if not scores:
        return {}
    top = max(scores.values())
    weights = {key: math.exp(WEIGHTS.sharpness * (score - top)) for key, score in scores.items()}
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}

"""How near does a candidate lie to the other places of the report? Distances to the towns and sites already settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.model import PlaceKind
from reportedly.places import fold
from reportedly.places.candidate import Candidate
from reportedly.places.containment import Containment
from reportedly.places.geometry import KM_PER_DEG, distance_km
from reportedly.places.toponym import Phrase

_POINTS = (PlaceKind.TOWN, PlaceKind.SITE)
_BESIDE_KM = 5.0
_SETTLED = 0.5  # share of the confidence from which a place counts as settled


@dataclass(frozen=True, slots=True)
class Anchors:
    """The settled places of a report: their names (folded), and their positions in degrees (lat, lon)."""

    names: tuple[str, ...]
    positions: NDArray[np.float64]

    @staticmethod
    def of(
        phrases: Sequence[Phrase], places: Sequence[Sequence[Candidate]], shares: Sequence[Mapping[str, float]]
    ) -> Anchors:
        """Collect the places of all names whose share is large enough, each name and place once."""
        found = {
            (fold.fold_name(phrase.toponym.text), place.lat, place.lon)
            for number, phrase in enumerate(phrases)
            for place in places[number]
            if place.kind in _POINTS and shares[number].get(place.id, 0.0) > _SETTLED
        }
        listed = sorted(found)
        return Anchors(
            tuple(name for name, _, _ in listed), np.array([(lat, lon) for _, lat, lon in listed]).reshape(-1, 2)
        )

    def count_inside(
        self, name: str, containment: Containment, area: Candidate, apart_from: Sequence[Candidate]
    ) -> int:
        """Return how many settled places of other names lie in an area, and not in or beside some towns."""
        count = 0
        for other, (lat, lon) in zip(self.names, self.positions.tolist(), strict=True):
            beside = any(distance_km(lat, lon, town.lat, town.lon) < _BESIDE_KM for town in apart_from)
            count += other != name and not beside and containment.covers(area, lat, lon)
        return count

    def distances_km(self, name: str, places: Sequence[Candidate]) -> dict[str, float]:
        """Return how far each town or site is from the nearest settled place of another name, by place id.

        Nothing is returned where there is nothing to tell apart, or nothing settled. Distances are those of a plane
        and good to a few percent, which is enough to tell near from far.
        """
        mine = [place for place in places if place.kind in _POINTS]
        others = [at for at, other in enumerate(self.names) if other != name]
        if len(places) < 2 or not mine or not others:
            return {}
        here = np.array([(place.lat, place.lon) for place in mine])
        apart = np.abs(here[:, None, :] - self.positions[others][None, :, :])
        across = np.minimum(apart[:, :, 1], 360 - apart[:, :, 1]) * np.cos(np.radians(here[:, 0]))[:, None]
        km = KM_PER_DEG * np.hypot(apart[:, :, 0], across).min(axis=1)
        return {place.id: float(distance) for place, distance in zip(mine, km, strict=True)}

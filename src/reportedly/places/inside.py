"""Where does the text say that a name lies? Containers stated or likely, and which places of the name lie in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.model import PlaceKind
from reportedly.places.candidate import Candidate
from reportedly.places.containment import Containment
from reportedly.places.toponym import Phrase
from reportedly.places.weigh import AREAS, WATERS, WEIGHTS

_TINY_KM2 = 50.0


class Inside:
    """Answers for the phrases of one text. ``places``: the candidates of each phrase, as far as they are known."""

    def __init__(self, phrases: Sequence[Phrase], places: Sequence[list[Candidate]], containment: Containment) -> None:
        self.phrases, self.places, self.containment = phrases, places, containment

    def held(self, number: int) -> dict[str, bool]:
        """Return the candidates that lie in a container named by the text; True: not on the side that it names."""
        phrase = self.phrases[number]
        held: dict[str, bool] = {}
        if phrase.inside and not phrase.stated and self.is_list(number, phrase.inside[0]):
            return held
        for container in phrase.inside:
            area, outers = self.phrases[container], self._areas(container)
            for outer in outers:
                for inner in self.places[number]:
                    if inner.id != outer.id and self.containment.holds(outer, inner):
                        beside = not self.containment.on_side(outer, area, inner)
                        held[inner.id] = held.get(inner.id, True) and beside
            if held or (phrase.stated and outers):  # what the nearest area does not hold, the next may not
                return held
        return held

    def is_list(self, number: int, container: int) -> bool:
        """Tell whether "X, Y" lists equals: two countries, or two divisions of one country."""
        areas = [(a, b) for a in self.places[number] for b in self.places[container] if a.fit >= 0.9 and b.fit >= 0.9]
        return any(
            a.kind is b.kind
            and (a.kind is PlaceKind.COUNTRY or (a.kind is PlaceKind.ADMIN1 and a.country == b.country))
            for a, b in areas
            if a.id != b.id
        )

    def must_be_inside(self, number: int) -> bool:
        """Tell whether "X in Y" binds: Y is an area, and X is no country or region by itself."""
        if not self.outers(number):
            return False
        return not any(
            place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ROUTE) and place.fit >= 0.9
            for place in self.places[number]
        )

    def contradicts(self, number: int) -> bool:
        """Tell whether the text says where a name lies, and no place of the name lies there."""
        phrase = self.phrases[number]
        return phrase.stated and self.must_be_inside(number) and not self.held(number)

    def may_lie_inside(self, number: int, place: Candidate) -> bool:
        """Tell whether a place does not contradict what the text says of where its name lies."""
        if not self.phrases[number].stated:
            return True
        outers = self.outers(number)
        return not outers or any(self.containment.holds(outer, place) for outer in outers)

    def container(self, number: int) -> int | None:
        """Return the nearest container of a phrase that may be an area ("X in Y County, Z": Z, if Y is not known)."""
        return next((container for container in self.phrases[number].inside if self._areas(container)), None)

    def outers(self, number: int) -> list[Candidate]:
        """Return the areas that the container of a phrase may be."""
        container = self.container(number)
        return [] if container is None else self._areas(container)

    def _areas(self, container: int) -> list[Candidate]:
        """Return the areas that a phrase may be, none where its words say water ("the Red Sea coast")."""
        phrase = self.phrases[container]
        if phrase.sort == "water" or phrase.shape in ("coast", "sea", "border"):
            return []
        return [place for place in self.places[container] if _may_hold(place)]

    def lies_where_stated(self, number: int, place: Candidate) -> bool:
        """Tell whether a place lies in the stated container, and on the side of it that the text names."""
        container = self.container(number)
        if container is None:
            return False
        area = self.phrases[container]
        return any(
            self.containment.holds(outer, place) and self.containment.on_side(outer, area, place)
            for outer in self.outers(number)
        )

    def holds_others(self, number: int, place: Candidate, shares: Sequence[Mapping[str, float]]) -> float:
        """Weigh a container by what it holds: in "Paris, Texas" the Texas with a Paris in it."""
        if place.kind not in AREAS:
            return 0.0
        inners = [other for other, inner in enumerate(self.phrases) if number in inner.inside[:1]]
        if place.kind is PlaceKind.ADMIN1 and any(self.phrases[inner].sort == "district" for inner in inners):
            return WEIGHTS.container  # "Skagit County, Washington" is in the state
        likely = (
            candidate
            for inner in inners
            for candidate in self.places[inner]
            if shares[inner].get(candidate.id, 0) > 0.001
        )
        return WEIGHTS.container if any(self.containment.holds(place, candidate) for candidate in likely) else 0.0


def _may_hold(outer: Candidate) -> bool:
    """Tell whether a candidate is land that something can lie in, and no tiny area of another name."""
    if outer.kind not in AREAS or outer.feature in WATERS:
        return False
    return outer.match != "other name" or outer.area_km2 >= _TINY_KM2

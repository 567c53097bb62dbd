"""Names spelt otherwise, as the last resort: those that nothing has, or that contradict what the text says.

An exact name is never outranked by a similar one, unless the text says where the name lies and no place of that name
lies there; then the similar one that does is offered, with little confidence and with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportedly.model import PlaceKind
from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.inside import Inside
from reportedly.places.search import search_places
from reportedly.places.toponym import Phrase

_NAMED_ABROAD = 400_000  # inhabitants of a town that reports name from anywhere
_MOST_VAGUE = 4  # places of another spelling that are worth weighing
_LIKE = 0.42  # fit of a similar name: 84 % of the letters
_LIKE_INSIDE = 0.4  # of one that lies where the text says


class OtherSpellings:
    """Adds places of other spellings to the candidates of one text.

    instead: by phrase, the ids of places that are not called as the text says, but lie where it says.
    """

    def __init__(
        self, phrases: Sequence[Phrase], places: Sequence[list[Candidate]], gazetteer: Gazetteer, inside: Inside
    ) -> None:
        self.phrases, self.places, self.gazetteer, self.inside = phrases, places, gazetteer, inside
        self.instead: dict[int, set[str]] = {}

    def add(self, countries_about: Callable[[str], Sequence[str]]) -> None:
        """Look for other spellings of names that nothing has, or that only places outside a stated container have."""
        unknown = [
            number
            for number, phrase in enumerate(self.phrases)
            if _may_be_misspelt(phrase) and all(place.match == "romanised" for place in self.places[number])
        ]
        about = countries_about("") if unknown else ()
        for number in unknown:
            if any(place.country in about for place in self.places[number]):
                continue  # the same name, but for the way of writing it, lies in a country of the report
            name = self.phrases[number].toponym.text
            known = {place.id for place in self.places[number]}
            found = [
                place
                for place in search_places(name, self.gazetteer, about)
                if place.id not in known and _is_like(place, name) and self.inside.may_lie_inside(number, place)
            ]
            self.places[number] += found[:_MOST_VAGUE]
        self._add_at_home(countries_about)
        for number in range(len(self.phrases)):
            if number not in unknown and self.inside.contradicts(number):
                self.places[number] += self._inside(number)

    def _add_at_home(self, countries_about: Callable[[str], Sequence[str]]) -> None:
        """Add the same name written otherwise in a country of the report, where no place called exactly so lies in one.

        "Bayda" is a town in Libya; in a report about Yemen it is Al Bayda there.
        """
        abroad = [number for number, places in enumerate(self.places) if places and _are_small_towns(places)]
        for number in abroad:
            name = self.phrases[number].toponym.text
            about = countries_about(name)
            if about and not any(place.country in about for place in self.places[number]):
                known = {place.id for place in self.places[number]}
                found = self.gazetteer.romanised(name)
                self.places[number] += [p for p in found if p.country in about and p.id not in known]

    def _inside(self, number: int) -> list[Candidate]:
        """Return the places in the stated container whose names are written much like this one."""
        name = self.phrases[number].toponym.text
        countries = sorted({country for outer in self.inside.outers(number) for country in outer.countries})
        known = {place.id for place in self.places[number]}
        found = [
            place
            for place in search_places(name, self.gazetteer, countries, enough=12, vague=50)
            if place.id not in known
            and _is_like(place, name, _LIKE_INSIDE)
            and self.inside.lies_where_stated(number, place)
        ]
        self.instead[number] = {place.id for place in found[:_MOST_VAGUE]}
        return found[:_MOST_VAGUE]


def _are_small_towns(places: Sequence[Candidate]) -> bool:
    return all(place.kind in (PlaceKind.TOWN, PlaceKind.SITE) and place.population < _NAMED_ABROAD for place in places)


def _may_be_misspelt(phrase: Phrase) -> bool:
    return phrase.toponym.trusted and len(phrase.toponym.text) > 4 and phrase.toponym.label in ("GPE", "LOC", "FAC")


def _is_like(place: Candidate, name: str, least: float = _LIKE) -> bool:
    """Tell whether a place found by another spelling is near enough to ``name`` to be believed."""
    if place.match in ("consonants", "similar"):
        return len(name) > 4 and place.fit >= least
    return True

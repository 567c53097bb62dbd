"""Where is that? Reads the places of a text: names found, read in their surroundings, resolved together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.model import LinkStatus, Place, PlaceKind, PlaceLink
from reportedly.places import computed
from reportedly.places.candidate import Candidate
from reportedly.places.compose import Members, compose_place, is_composed
from reportedly.places.constructions import read_surroundings
from reportedly.places.evidence import count_peoples
from reportedly.places.gazetteer import Gazetteer, open_gazetteer
from reportedly.places.resolve import Choice, choose_places
from reportedly.places.spot import spot_toponyms
from reportedly.places.toponym import Phrase, PlaceMention, ToponymCandidate

_CLOSE = 0.55  # below this share the runner-up is too close to call
_AREA_ONLY = 0.35  # confidence of "somewhere in the stated area"


def read_places(
    text: str,
    candidates: Sequence[ToponymCandidate],
    gazetteer: Gazetteer | None = None,
    operating: Mapping[str, float] | None = None,
) -> list[PlaceMention]:
    """Find and resolve the places of ``text``.

    candidates: the spans that a language model labelled, and capitalised runs that it did not; in any order.
    gazetteer: the built one with the user's packs when None. operating: countries (ISO alpha-2) in which the actors of
    the report are known to operate, with how many of them do. Returns mentions in text order; spans do not overlap,
    except that all names of a construction ("between A and B", "the M4 near A") carry the whole phrase. Raise
    EnvironmentProblem without a gazetteer.
    """
    gazetteer = gazetteer or open_gazetteer()
    toponyms = spot_toponyms(text, candidates, gazetteer, operating or ())
    phrases = read_surroundings(text, toponyms)
    choices = choose_places(text, phrases, gazetteer, operating)
    linker = _Linker(text, phrases, choices, gazetteer)
    return [
        PlaceMention(phrase.span, phrase.toponym.span, linker.link(number), phrase.relation, linker.named_place(number))
        for number, phrase in enumerate(phrases)
    ]


class _Linker:
    """Turns choices into links, computing geometries only for what won."""

    def __init__(self, text: str, phrases: Sequence[Phrase], choices: Sequence[Choice], gazetteer: Gazetteer) -> None:
        self.text, self.phrases, self.choices, self.gazetteer = text, phrases, choices, gazetteer

    def link(self, number: int) -> PlaceLink:
        phrase, choice = self.phrases[number], self.choices[number]
        listed = tuple((place.id, _label(place, self.gazetteer), round(share, 3)) for place, share in choice.ranked)
        lost = tuple(f"not {_label(place, self.gazetteer)}: {why}" for place, why in choice.rejected)
        listed += tuple((place.id, _label(place, self.gazetteer), 0.0) for place, _ in choice.rejected)
        if not choice.ranked:
            if choice.container is not None and (
                link := self._inside_container(number, choice.container, listed, lost)
            ):
                return link
            return PlaceLink(LinkStatus.UNKNOWN, phrase.toponym.text, None, 0.0, listed, choice.reasons + lost)
        best = choice.ranked[0][0]
        place = self._place(number, best)
        reasons = choice.reasons + lost + self._runner_up(choice)
        close = choice.confidence < _CLOSE
        status = LinkStatus.AMBIGUOUS if close else LinkStatus.RESOLVED
        return PlaceLink(status, place.name, place, choice.confidence, listed, reasons)

    def named_place(self, number: int) -> Place | None:
        """Return the place of the name alone."""
        best = self._winner(number)
        return computed.plain_place(best, self.gazetteer) if best is not None else None

    def _place(self, number: int, best: Candidate) -> Place:
        """Return what the words ask for; the place of the name alone where a construction does not come together."""
        phrase = self.phrases[number]
        lead = number if phrase.lead is None else phrase.lead
        leading = self._winner(lead)
        if leading is not None and is_composed(self.phrases[lead], leading):
            composed = self._composed(lead, leading)
            if composed is not None:
                return composed
        return computed.compute_place(phrase, best, self.gazetteer)

    def _composed(self, lead: int, found: Candidate) -> Place | None:
        phrase = self.phrases[lead]
        others = [self._winner(number) for number in phrase.others]
        narrow = [self._winner(number) for number in phrase.narrow]
        if phrase.shape == "border" and not others and found.kind is PlaceKind.COUNTRY:
            others = [neighbour] if (neighbour := self._neighbour(found)) else []
        if None in others:
            return None
        container = self._winner(phrase.inside[0]) if phrase.inside else None
        members = Members(
            tuple(place for place in others if place), tuple(place for place in narrow if place), container
        )
        return compose_place(phrase, found, members, self.gazetteer)

    def _neighbour(self, best: Candidate) -> Candidate | None:
        """Return the country from which "the border with X" is seen: the one that the report is most about."""
        winners = [ranked[0][0] for choice in self.choices if (ranked := choice.ranked)]
        counts = Counter(place.country for place in winners) + Counter(count_peoples(self.text))
        for country, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            found = self.gazetteer.country(country) if country not in ("", best.country) else None
            if found is not None and computed.touch(best, found, self.gazetteer):
                return found
        return None

    def _winner(self, number: int) -> Candidate | None:
        ranked = self.choices[number].ranked
        return ranked[0][0] if ranked else None

    def _inside_container(
        self, number: int, outer: int, listed: tuple[tuple[str, str, float], ...], lost: tuple[str, ...]
    ) -> PlaceLink | None:
        """Answer with the stated container when every place of the name lies outside it."""
        phrase = self.phrases[number]
        container = self._winner(outer)
        if container is None:
            return None
        area = computed.compute_place(self.phrases[outer], container, self.gazetteer)
        place = computed.within_place(phrase.toponym.text, area)
        why = f"the text says that it lies in {self.phrases[outer].quote}, where no known place has this name"
        reasons = (why, *lost)
        confidence = round(_AREA_ONLY * max(0.5, self.choices[outer].confidence), 3)
        return PlaceLink(LinkStatus.AMBIGUOUS, place.name, place, confidence, listed, reasons)

    def _runner_up(self, choice: Choice) -> tuple[str, ...]:
        """Name the best loser when it had a chance."""
        if len(choice.ranked) < 2 or choice.ranked[1][1] < 0.02:
            return ()
        second, share = choice.ranked[1]
        return (f"{_label(second, self.gazetteer)} is less likely here ({share:.0%})",)


def _label(place: Candidate, gazetteer: Gazetteer) -> str:
    """Return a candidate in words: "Tripoli, Tripoli District, Libya (town)"."""
    names = [place.name, *reversed([n for n in computed.admin_chain(place, gazetteer) if n != place.name])]
    return f"{', '.join(names)} ({place.kind})"

"""Names that the words around them give away, whatever a language model makes of them.

- pairs: "the Kandahar-Spin Boldak highway", "the Thai-Myanmar border", "the Turkish border". All names must be known:
  towns for a road, countries (or their adjectives) for a border.
- groups: "between X and Y", "the triangle formed by X, Y and Z", "the road linking X to Y", "the M5 between X and Y",
  "the border near X", "6 km north of X". All names must be known towns, near enough to each other to be meant together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from reportedly.model import Occupied, PlaceKind, Span
from reportedly.places.candidate import Candidate
from reportedly.places.geometry import distance_km
from reportedly.places.names import LEAD, PLACE_LABELS, WORD, NameView
from reportedly.places.toponym import Toponym, ToponymCandidate

_ROAD = r"(?:road|highway|motorway|autostrade|railway|axis|route|corridor)"
_BORDER = r"(?:borders?|frontiers?|boundary)"
_NAME = rf"(?:{WORD})(?:[ ](?:al-|el-|ash-|az-)?(?:{WORD})){{0,2}}"
_PAIR = re.compile(
    rf"(?<![\w-])(?P<a>(?:(?:al|el|ash|az)-)?{_NAME})(?P<dash>\s?[-–—/]\s?)(?P<b>{_NAME})\s+"
    rf"(?:(?:international|main|coastal|strategic|desert|land|northern|southern)\s+)?(?:(?P<road>{_ROAD})|(?P<border>{_BORDER}))\b"
)
_ADJECTIVE = re.compile(
    rf"(?<![\w-])(?P<a>(?:{WORD}))\s+(?:(?:land|state|international|western|eastern|northern|southern)\s+)?"
    rf"(?:{_BORDER}|coast|coastline|shores?)\b"
)


_TOWN = rf"{LEAD}(?:{WORD})(?:[ -](?:(?:a[ldnrstz]|e[ldnrstz]|ash|esh|abu|bin|de|la)[ -])?(?:{WORD})){{0,3}}"
_OF = r"(?:the\s+)?(?:(?:cities|towns|villages|city|town|village)\s+of\s+)?"
_LINKS = r"(?:link(?:s|ing|ed)?|connect(?:s|ing)?|join(?:s|ing)?|lead(?:s|ing)|run(?:s|ning)|from)(?:\s+from)?"
_GROUPS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Bb]etween\s+{_OF}(?P<a>{_TOWN})\s+and\s+(?P<b>{_TOWN})",
        rf"\btriangle\s+[a-z]+(?:\s+[a-z]+)?\s+{_OF}(?P<a>{_TOWN}),\s+(?P<b>{_TOWN}),?\s+and\s+(?P<c>{_TOWN})",
        rf"\b{_ROAD}\s+(?:(?:that|which)\s+)?{_LINKS}\s+{_OF}(?P<a>{_TOWN})\s+(?:to|and|with)\s+{_OF}(?P<b>{_TOWN})",
        rf"\b(?:{_ROAD}|{_BORDER}|[A-Z]-?\d{{1,3}})\s+(?:near|close\s+to|outside)\s+{_OF}(?P<a>{_TOWN})",
        rf"\b(?:km|kilomet(?:er|re)s?|miles?)\s+(?:(?:north|south)?-?(?:east|west)?\s+)?(?:of|from)\s+{_OF}(?P<a>{_TOWN})",
    )
)
_FROM_TO = re.compile(rf"\b[Ff]rom\s+{_OF}(?P<a>{_TOWN})\s+to(?:wards)?\s+{_OF}(?P<b>{_TOWN})")
_TOGETHER_KM = 600.0


class PairSpotter(NameView):
    """Finds the names of roads and borders that are called after what they join."""

    def find(self) -> Iterator[Toponym]:
        """Yield the two names of pairs, and the adjectives that stand for a country before "border"."""
        for match in _PAIR.finditer(self.text):
            if not self.gazetteer_knows(self.text[match.start() : match.end()]):
                yield from self._pair(match)
        for match in _ADJECTIVE.finditer(self.text):
            country = self._people(match.group("a"))
            if country is not None:
                yield self.make(Span(*match.span("a")), "NORP", (country,), trusted=True)

    def groups(self, candidates: Sequence[ToponymCandidate], about: Collection[str]) -> Iterator[Toponym]:
        """Yield the towns of constructions, where they are known and lie together.

        Persons are "between" each other too: there, a model must call one of the names a place. "From X to Y" counts
        in the countries (ISO alpha-2) that the text is about.
        """
        labelled = Occupied(candidate.span for candidate in candidates if candidate.label in PLACE_LABELS)
        for pattern in (*_GROUPS, _FROM_TO):
            for match in pattern.finditer(self.text):
                if pattern is _GROUPS[0] and not labelled.overlaps(Span(match.start("a"), match.end())):
                    continue
                spans = [Span(*match.span(name)) for name in "abc" if match.groupdict().get(name)]
                found = [(span, self._towns(span)) for span in map(self.trim, spans)]
                if pattern is _FROM_TO and not any(town.country in about for _, towns in found for town in towns):
                    continue
                if all(towns for _, towns in found) and _lie_together([towns for _, towns in found]):
                    for span, towns in found:
                        yield self.make(span, "GPE", towns, trusted=True)

    def _towns(self, span: Span) -> tuple[Candidate, ...]:
        name = span.of(self.text)
        if not self.may_be_name(name) or self.is_titled(span) or self.is_adjective(span):
            return ()
        places = self.places(name, loose=True)
        if any(place.kind is PlaceKind.COUNTRY for place in places):
            return ()
        return places if any(place.kind in (PlaceKind.TOWN, PlaceKind.SITE) for place in places) else ()

    def _pair(self, match: re.Match[str]) -> Iterator[Toponym]:
        """Yield both names, cut where they are known: the first may begin with words that are none of its own."""
        for first in self._tails(self.trim(Span(*match.span("a")))):
            one = self._places(first, match)
            two = self._places(Span(*match.span("b")), match)
            if one and two and (match.group("border") or _lie_together([one, two])):
                yield self.make(first, "GPE", one, trusted=True)
                yield self.make(Span(*match.span("b")), "GPE", two, trusted=True)
                return

    def _tails(self, span: Span) -> Iterator[Span]:
        yield span
        for gap in re.finditer(" ", span.of(self.text)):
            yield Span(span.start + gap.end(), span.end)

    def _places(self, span: Span, match: re.Match[str]) -> tuple[Candidate, ...]:
        name = span.of(self.text)
        if match.group("border"):
            country = self._people(name)
            return (country,) if country else tuple(p for p in self.places(name, loose=False) if _is_area(p))
        return tuple(place for place in self.places(name, loose=True) if place.kind is PlaceKind.TOWN)

    def _people(self, name: str) -> Candidate | None:
        code = self.words.peoples.get(name.lower())
        return self.gazetteer.country(code) if code else None


def _lie_together(groups: list[tuple[Candidate, ...]]) -> bool:
    """Tell whether some places of all the names lie near each other: chance namesakes do not."""
    first, *rest = groups
    return any(
        all(any(_near(place, other) for other in others if other.kind is not PlaceKind.COUNTRY) for others in rest)
        for place in first
    )


def _near(a: Candidate, b: Candidate) -> bool:
    return abs(a.lat - b.lat) < 8 and distance_km(a.lat, a.lon, b.lat, b.lon) < _TOGETHER_KM


def _is_area(place: Candidate) -> bool:
    return place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1)

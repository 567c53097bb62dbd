"""Which words of a text are names of persons? A surname is no town ("Castillo said"), unless the text says "in X"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reportedly.model import PlaceKind
from reportedly.places.candidate import Candidate
from reportedly.places.names import PLACE_LABELS, WORD, NameView
from reportedly.places.toponym import Toponym, ToponymCandidate

_AUTHOR_LINE = re.compile(rf"(?m)^(?:{WORD}) (?:{WORD})$")
_FORENAME = re.compile(r"[^\W\d_]{2,}|(?:[^\W\d_]\.)+")
_PARTICLES = frozenset(["abu", "al", "bin", "de", "del", "di", "el", "ibn", "la", "van", "von"])
# Persons are hit, left and reached as well: only these words before a name of a person make it a place.
_FIRM = re.compile(
    r"\b(?:in|into|inside|outside|within|near|at|around|across|throughout|towards?|northern|southern|eastern|western"
    r"|central|(?:city|town|village|province|district|governorate|state|region|department|outskirts|suburbs) of)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_FIRM_AFTER = ("division", "district", "town", "countryside", "outskirts", "facility")


class Persons:
    """Knows the names of persons in one text.

    Words of names of two words or more (a model's PERSON, lines that are an author's name) are names of persons
    wherever they stand alone. A single word is one where it bears a title ("President Castillo") or a model calls
    it a PERSON more often than a place, unless the text also treats it as a place: models call unknown towns persons.
    """

    def __init__(self, view: NameView, candidates: Sequence[ToponymCandidate], found: Sequence[Toponym]) -> None:
        self._view = view
        names = [c.span.of(view.text).split() for c in candidates if c.label == "PERSON"]
        self._parts = frozenset(word for name in names if self._is_full(name) for word in _own_words(name))
        self._parts |= frozenset(self._authors())
        located = {toponym.text for toponym in found if view.is_located(toponym.key)}
        self._alone = frozenset(self._single(candidates)) - located

    def own(self, toponym: Toponym) -> bool:
        """Tell whether a name is that of a person of the text, and no country, great city or located place."""
        part = toponym.text in self._parts
        if not part and (toponym.label == "PERSON" or toponym.text not in self._alone):
            return False
        if any(place.kind is PlaceKind.COUNTRY for place in toponym.places):
            return False
        if toponym.label == "GPE" and any(_is_great(place) for place in toponym.places):
            return False  # "Washington denied it", whoever else is called George Washington
        return not self._is_firm(toponym)

    def _is_full(self, name: Sequence[str]) -> bool:
        """Tell whether a name has two words or more, none for a sort of place ("Village Malakal")."""
        return len(name) > 1 and not any(word.lower() in self._view.words.generics for word in name)

    def _single(self, candidates: Sequence[ToponymCandidate]) -> Iterator[str]:
        """Yield names of one word with a title before them, or more often called persons than places."""
        persons: Counter[str] = Counter()
        places: Counter[str] = Counter()
        for candidate in candidates:
            span = self._view.trim(candidate.span)
            name = span.of(self._view.text)
            if " " in name:
                continue
            if candidate.label == "PERSON":
                persons[name] += 1
            elif candidate.label in PLACE_LABELS:
                places[name] += 1
            if self._view.is_titled(span) and self._view.word_before(span)[:1].isupper():
                yield name
        yield from (name for name, count in persons.items() if count > places[name])

    def _is_firm(self, toponym: Toponym) -> bool:
        """Tell whether the words around make the name a place, whoever bears it."""
        start = toponym.key.start
        if _FIRM.search(self._view.text[max(0, start - 40) : start]):
            return True
        view = self._view
        if view.generic_after(toponym.key) in _FIRM_AFTER or view.is_called_settlement(toponym.key):
            return True
        return view.has_container_after(toponym.key)

    def _authors(self) -> Iterator[str]:
        """Yield the first words of lines that are a name of two words, both of them where the line comes twice."""
        lines = [match.group() for match in _AUTHOR_LINE.finditer(self._view.text)]
        words = self._view.words
        for line in set(lines):
            first, last = line.split()
            if {first.lower(), last.lower()} & (words.generics.keys() | words.directions.keys()):
                continue  # a heading: "Northern Syria", "Aleppo Province"
            yield first
            if lines.count(line) > 1:
                yield last


def _is_great(place: Candidate) -> bool:
    return place.fit == 1 and (place.feature == "PPLC" or place.population > 1_000_000)


def _own_words(name: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name that are its own: no particle, initial or possessive ending."""
    for word in name:
        plain = re.sub(r"(?:'s|’s)$", "", word.strip(',;:"“”()')).rstrip(".")
        if _FORENAME.fullmatch(plain) and plain.lower() not in _PARTICLES:
            yield plain

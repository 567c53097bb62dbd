"""Which names are places by the company that they keep? Lists, repeated names and misspelt ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from reportedly.model import Occupied, PlaceKind, Span
from reportedly.places import fold
from reportedly.places.fold import split_words
from reportedly.places.names import PLACE_LABELS, RUN, NameView
from reportedly.places.toponym import Toponym, ToponymCandidate

_LISTING = re.compile(r",? (?:and|or) (?:the )?|, ")
_SHORT = 5  # letters: a shorter name is written like too many others
_ALIKE = 87  # of 100: one letter in nine


class CompanySpotter(NameView):
    """Finds more names once some are known."""

    def from_company(self, candidates: Sequence[ToponymCandidate], found: Sequence[Toponym]) -> list[Toponym]:
        """Return names that stand in a list with places, or that are a place elsewhere in the text.

        A name that the text treats as a place once is one wherever it stands alone, however a model labels it.
        """
        company = _Company(list(found))
        for _ in range(2):  # a list can have two names in a row that only their neighbours give away
            before = len(company.taken)
            for candidate in candidates:
                if candidate.label not in PLACE_LABELS:
                    self._join_company(self.trim(candidate.span), candidate.label, company)
            if len(company.taken) == before:
                break
        for run in RUN.finditer(self.text):
            self._join_misspelt(Span(run.start(), run.end()), company)
        self._join_repeated(company)
        return company.taken[len(found) :]

    def _join_company(self, span: Span, label: str, company: _Company) -> None:
        name = span.of(self.text)
        if company.overlaps(span) or not self.may_be_name(name) or self.continues(span) or self.is_titled(span):
            return
        known = company.by_key.get(fold.fold_romanised(name))
        named = self.is_named_place(span)
        if known is None and not named and not self._is_listed(span, company.taken):
            return
        places = known.places if known is not None else self.places(name, loose=True)
        if places or named:
            company.add(self.make(span, label, places))

    def _join_misspelt(self, run: Span, company: _Company) -> None:
        """Add a name of several words that misspells one of the text's toponyms ("Jisr ash Shigour")."""
        pieces = [Span(run.start + m.start(), run.start + m.end()) for m in re.finditer(r"[^\s-]+", run.of(self.text))]
        towns: dict[int, dict[str, Toponym]] = defaultdict(dict)
        for known, toponym in company.by_key.items():
            words = len(split_words(toponym.text))
            if words > 1 and toponym.places[0].kind is PlaceKind.TOWN:
                towns[words][known] = toponym
        for words, named in sorted(towns.items(), reverse=True):
            for first in range(len(pieces) - words + 1):
                span = self.trim(pieces[first].cover(pieces[first + words - 1]))
                key = fold.fold_romanised(span.of(self.text))
                if len(key) < 7:
                    continue
                best = process.extractOne(key, list(named), scorer=fuzz.ratio, score_cutoff=_ALIKE)
                if best and self._may_misspell(span, company):
                    company.add(self.make(span, "PROPN", named[best[0]].places))

    def _may_misspell(self, span: Span, company: _Company) -> bool:
        """Tell whether a name is free; a part of it that was taken for a place ("Jisr") gives way."""
        if self.is_adjective(span) or self.is_titled(span) or not self.text[span.start].isupper():
            return False
        if self.knows(span.of(self.text)):
            return False
        return not any(span.overlaps(other.span) and len(other.span) * 2 > len(span) for other in company.taken)

    def _join_repeated(self, company: _Company) -> None:
        """Add the other occurrences of names of several words, in headlines for instance."""
        for toponym in list(company.by_key.values()):
            if re.search(r"[ -]", toponym.text):
                for match in re.finditer(rf"(?<!\w){re.escape(toponym.text)}(?!\w)", self.text, re.IGNORECASE):
                    span = Span(*match.span())
                    capital = self.text[span.start].isupper()
                    if capital and not company.overlaps(span) and not self.continues(span):
                        company.add(self.make(span, "PROPN", toponym.places))

    def _is_listed(self, span: Span, taken: Sequence[Toponym]) -> bool:
        """Tell whether the name stands in a list beside a place of the same country ("Cairo, X and Y")."""
        name = span.of(self.text)
        places = self.places(name, loose=len(name) > _SHORT)
        countries = {country for place in places for country in place.countries}
        for other in taken:
            gap = (other.span.end, span.start) if other.span.end <= span.start else (span.end, other.span.start)
            if not 0 < gap[1] - gap[0] <= 9 or not _LISTING.fullmatch(self.text[gap[0] : gap[1]]):
                continue
            if countries & {country for place in other.places for country in place.countries}:
                return True
        return False


class _Company:
    """The toponyms found so far, with an index by loose key."""

    def __init__(self, taken: list[Toponym]) -> None:
        self.taken = taken
        self._occupied = Occupied(toponym.span for toponym in taken)
        self.by_key = {fold.fold_romanised(toponym.text): toponym for toponym in taken if toponym.places}

    def overlaps(self, span: Span) -> bool:
        """Tell whether a span is taken."""
        return self._occupied.overlaps(span)

    def add(self, toponym: Toponym) -> None:
        """Take a toponym in."""
        self.taken.append(toponym)
        self._occupied.add(toponym.span)
        if toponym.places:
            self.by_key.setdefault(fold.fold_romanised(toponym.text), toponym)

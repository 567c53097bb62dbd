"""What the claim builder knows about one report while it builds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reportedly.claims.discourse import Discourse
from reportedly.language import Analysis
from reportedly.language.tree import Tree
from reportedly.model import ActorLink, LinkStatus, Passage, PlaceLink, Report, Span

LONGEST_PLACE = 200  # characters of the longest phrase for a place


class Linker(Protocol):
    """Says who a phrase is (``actors.ActorLinker``)."""

    def link(self, surface: str, *, in_comment: bool = False, metonym_ok: bool = False) -> ActorLink:
        """Return who ``surface`` is; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """One analysed passage. Spans of the analysis count from ``passage.span.start``."""

    passage: Passage
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Context:
    """One passage with everything needed to turn its acts into claims.

    places: (span in the report, resolution), in order, for the whole report. discourse: for looking back.
    """

    report: Report
    part: Part
    tree: Tree
    linker: Linker
    places: Sequence[tuple[Span, PlaceLink]]
    discourse: Discourse

    @property
    def offset(self) -> int:
        """Return how far the passage's spans must be moved to count from the report's beginning."""
        return self.part.passage.span.start

    @property
    def in_comment(self) -> bool:
        """Tell whether a reader speaks."""
        return self.part.passage.comment is not None

    def here(self, span: Span) -> Span:
        """Return a span of the analysis as a span of the report."""
        return span.shift(self.offset)

    def words(self, span: Span) -> str:
        """Return the words at a span of the analysis."""
        return span.of(self.part.analysis.text)

    def who(self, words: str, span: Span, *, metonym_ok: bool = False) -> ActorLink:
        """Return who a phrase at a span of the analysis is, looking back where it is a class with "the"."""
        link = self.linker.link(words, in_comment=self.in_comment, metonym_ok=metonym_ok)
        if link.status is not LinkStatus.CLASS:
            return link
        definite = self.words(span) if words in self.words(span) else words
        return self.discourse.actor(definite, self.here(span), self.part.passage.index) or link

    def places_in(self, span: Span) -> list[tuple[Span, PlaceLink]]:
        """Return the place mentions that overlap a span of the analysis."""
        wanted = self.here(span)
        last = bisect_left(self.places, wanted.end, key=lambda item: item[0].start)
        first = bisect_left(self.places, wanted.start - LONGEST_PLACE, key=lambda item: item[0].start)
        return [(s, link) for s, link in self.places[first:last] if s.overlaps(wanted)]

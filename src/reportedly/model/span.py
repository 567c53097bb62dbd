"""Spans and evidence: where in the text a value was found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets ``[start:end]`` into a report's text, in Unicode code points.

    >>> Span(4, 9).of("The truce held")
    'truce'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}:{self.end}]")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the quotation: the characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """Return the span moved by ``by`` characters."""
        return Span(self.start + by, self.end + by)

    def cover(self, other: Span) -> Span:
        """Return the smallest span that contains both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class Occupied:
    """Spans of which no two overlap, kept in order, so that a clash is found by bisection.

    >>> taken = Occupied([Span(4, 9)])
    >>> taken.overlaps(Span(8, 12)), taken.overlaps(Span(9, 12))
    (True, False)
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)  # those that overlap count as one
            elif len(span):
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlaps(self, span: Span) -> bool:
        """Tell whether any of the spans shares a character with ``span``."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start

    def add(self, span: Span) -> bool:
        """Take a span in; return False, changing nothing, if it clashes with one that is there."""
        if not len(span) or self.overlaps(span):
            return False
        position = bisect_left(self._starts, span.start)
        self._starts.insert(position, span.start)
        self._ends.insert(position, span.end)
        return True


@dataclass(frozen=True, slots=True)
class Evidence:
    """One stretch of text that supports one value of a record.

    role: which value it supports ("act", "actor", "recipient", "place", "time", "voice", "cue",
        "condition", "number", "weapon", "claim").
    quote: the text at ``span``, verbatim.
    """

    role: str
    span: Span
    quote: str

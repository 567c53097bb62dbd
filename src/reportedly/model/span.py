"""Spans and evidence: where in the text a value was found."""

from __future__ import annotations

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

"""An item: a short text with whatever layers of annotation its corpus has. Word indices count within the item."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from reportedly.language.reader.words import find_words
from reportedly.model import Span

WordSpan = tuple[int, int]
"""First word and the word after the last."""


@dataclass(slots=True)
class Voice:
    """An attribution in words: cue, source if any, and the pieces of the content."""

    cue: WordSpan
    source: WordSpan | None
    contents: list[WordSpan]


@dataclass(slots=True)
class Act:
    """An act in words: trigger, label of ``labels.ACT_LABELS``, modality, roles; None for a flag that is not known."""

    trigger: WordSpan
    label: str
    modality: str | None
    roles: list[tuple[str, WordSpan]]
    future: bool | None = None
    conditional: bool | None = None


@dataclass(slots=True)
class Pair:
    """A category (or relation) between two spans; an empty list stands for "of the whole text"."""

    source: list[WordSpan]
    target: list[WordSpan]
    label: str


@dataclass(slots=True)
class Item:
    """A text with its layers; None for a layer that its corpus lacks (it then teaches nothing about it).

    names: gold names with the coarse types PER, LOC, ORG or "" (a name of another kind). syntax: silver, filled
    by ``silver``: tag, pos, dep, head, lemma, sentence start and OntoNotes label a word.
    """

    corpus: str
    id: str
    text: str
    words: list[Span] = field(default_factory=list)
    syntax: dict[str, list[str | int]] | None = None
    names: list[tuple[WordSpan, str]] | None = None
    mentions: list[tuple[WordSpan, str]] | None = None
    relations: list[Pair] | None = None
    happened: list[tuple[int, float]] = field(default_factory=list)
    committed: list[tuple[int, float]] = field(default_factory=list)
    acts: list[Act] | None = None
    voices: list[Voice] | None = None
    voices_complete: bool = True
    pairs: list[Pair] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.words:
            self.words = find_words(self.text)

    def word_span(self, start: int, end: int) -> WordSpan | None:
        """Return the words that a stretch of characters touches, None for none."""
        starts = [word.start for word in self.words]
        first = max(0, bisect_right(starts, start) - 1)
        while first < len(self.words) and self.words[first].end <= start:
            first += 1
        last = first
        while last < len(self.words) and self.words[last].start < end:
            last += 1
        return (first, last) if last > first else None

"""Finds known names in running text: one pass, longest match first at each token."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.actors.fold import fold, is_abbreviation
from reportedly.model import Span

TOKEN = re.compile(r"[^\W_]+(?:\.(?=[^\W_]\.))?")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A known name in a text: where, as written, and the ids that it can name."""

    span: Span
    surface: str
    candidates: tuple[str, ...]


class NameFinder:
    """An index of names by their folded tokens. Immutable once built."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        index: dict[str, dict[tuple[str, ...], list[tuple[str, str]]]] = defaultdict(dict)
        for alias, actor_id in names:
            tokens = tuple(fold(match.group()) for match in TOKEN.finditer(alias))
            if tokens:
                index[tokens[0]].setdefault(tokens, []).append((alias, actor_id))
        self._index = {
            first: (sorted({len(name) for name in entries}, reverse=True), entries) for first, entries in index.items()
        }

    def find(self, text: str) -> list[NameHit]:
        """Return the names in ``text``, in order, not overlapping."""
        matches = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
        tokens = [fold(text[start:end]) for start, end in matches]
        shouting = text.isupper()
        hits: list[NameHit] = []
        position = 0
        while position < len(tokens):
            hit, length = self._longest(text, matches, tokens, position, shouting)
            if hit is not None:
                hits.append(hit)
            position += max(length, 1)
        return hits

    def _longest(
        self, text: str, matches: list[tuple[int, int]], tokens: list[str], position: int, shouting: bool
    ) -> tuple[NameHit | None, int]:
        lengths, names = self._index.get(tokens[position], ((), {}))
        for length in lengths:
            end = position + length
            name = tuple(tokens[position:end])
            entries = names.get(name)
            if entries is None or len(name) < length:
                continue
            span = Span(matches[position][0], matches[end - 1][1])
            surface = span.of(text)
            if "\n" in surface or len(surface) > 2 * sum(map(len, name)) + 4:
                continue
            ids = [i for alias, i in entries if _as_written(alias, surface, shouting)]
            if ids:
                return NameHit(span, surface, tuple(dict.fromkeys(ids))), len(name)
        return None, 0


def _as_written(alias: str, surface: str, shouting: bool) -> bool:
    """Tell whether the case fits: abbreviations as written, names with a capital (any case in shouted text)."""
    if shouting:
        return True
    if is_abbreviation(alias):
        return surface == alias
    return surface[:1].isupper() or not alias[:1].isupper() or any(c.isupper() for c in surface)

"""Where do a model's quotations stand? Verbatim, as whole words, and of several places the nearest; or nowhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from reportedly.language.analysis import Analysis, Token
from reportedly.language.tree import Tree
from reportedly.model import Span

MOST_PLACES = 200  # of one value; an answer full of "a" must not cost minutes
_EMPTY = frozenset({"SPACE", "PUNCT"})


class Locator:
    """Finds quotations in one analysed text, and the tokens that head them."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        self.tree = Tree(analysis.tokens)
        self._sentences = analysis.sentences
        self._starts = [token.span.start for token in analysis.tokens]
        self._ends = [token.span.end for token in analysis.tokens]
        self._found: dict[str, tuple[Span, ...]] = {}

    def all(self, value: str) -> tuple[Span, ...]:
        """Return everywhere a value stands verbatim, without cutting a word, in text order."""
        value = value.strip()
        if value not in self._found:
            spans = _occurrences(self.text, value) if value else ()
            headed = (span for span in spans if self.head(span) is not None)
            self._found[value] = tuple(islice(headed, MOST_PLACES))
        return self._found[value]

    def nearest(self, value: str, to: Span, inside: Span | None = None) -> Span | None:
        """Return the place of a value nearest to a span, those inside another one first; None if there is none."""

        def distance(span: Span) -> tuple[bool, int, int]:
            outside = inside is not None and not inside.contains(span)
            return (outside, max(span.start - to.end, to.start - span.end, 0), span.start)

        return min(self.all(value), key=distance, default=None)

    def head(self, span: Span) -> int | None:
        """Return the token of a span that is governed from outside it, None if no word is in it."""
        inside = [t for t in self._tokens(span) if t.pos not in _EMPTY]
        indexes = {t.index for t in inside}
        top = [t for t in inside if t.head == t.index or t.head not in indexes]
        return top[0].index if top else None

    def before(self, span: Span) -> Token | None:
        """Return the token that ends before a span begins, None at the beginning of the text."""
        first = bisect_right(self._ends, span.start)
        return self.tree[first - 1] if first else None

    def sentence(self, token: int) -> Span:
        """Return the sentence of a token."""
        return self._sentences[self.tree[token].sentence]

    def _tokens(self, span: Span) -> Sequence[Token]:
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        return self.tree.tokens[first:last]


def _occurrences(text: str, value: str) -> Iterator[Span]:
    at = text.find(value)
    while at >= 0:
        end = at + len(value)
        cuts = (at > 0 and _joined(text[at - 1], value[0])) or (end < len(text) and _joined(value[-1], text[end]))
        if not cuts:
            yield Span(at, end)
        at = text.find(value, at + 1)


def _joined(left: str, right: str) -> bool:
    """Tell whether two neighbouring characters belong to one word: "US" does not stand in "USE"."""
    return left.isalnum() and right.isalnum()

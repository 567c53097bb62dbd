"""Parts that a source marks (title, paragraphs, comments) become one text with passages over it.

Invariant: every passage covers exactly the words that the source gave for it; names of commenters are not
in the assembled text, only in the passage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.model import Certainty, Interval, Passage, PassageKind, Span
from reportedly.read.paragraphs import find_paragraphs

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class StatedComment:
    """A comment as the source marks it.

    answers: position in the list of comments of the comment that it answers, None: the article.
    """

    text: str
    author: str | None = None
    posted: Interval | None = None
    answers: int | None = None
    answers_why: str = ""
    certainty: Certainty = Certainty.STATED
    why: str = ""


@dataclass(slots=True)
class _Assembly:
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def append(self, words: str) -> Span:
        if self.pieces:
            self.pieces.append(_GAP)
            self.length += len(_GAP)
        self.pieces.append(words)
        span = Span(self.length, self.length + len(words))
        self.length = span.end
        return span


def assemble_report(
    title: str | None, article: str | Sequence[str], comments: Sequence[StatedComment]
) -> tuple[str, tuple[Passage, ...]]:
    """Return the text (title, blank line, article, comments) and the passages over it.

    article: its paragraphs, or one string, which is kept as it is and whose paragraphs are found.
    """
    assembly = _Assembly()
    passages: list[Passage] = []
    if title:
        passages.append(Passage(0, PassageKind.TITLE, assembly.append(title)))
    for span in _place_article(assembly, article):
        passages.append(Passage(len(passages), PassageKind.PARAGRAPH, span))
    first = len(passages)
    for number, comment in enumerate(comments):
        answered = comment.answers
        passages.append(
            Passage(
                index=first + number,
                kind=PassageKind.COMMENT,
                span=assembly.append(comment.text),
                comment=number + 1,
                author=comment.author,
                posted=comment.posted,
                answers=None if answered is None else first + answered,
                answers_certainty=None if answered is None else Certainty.STATED,
                answers_why="" if answered is None else comment.answers_why,
                certainty=comment.certainty,
                why=comment.why,
            )
        )
    return "".join(assembly.pieces), tuple(passages)


def _place_article(assembly: _Assembly, article: str | Sequence[str]) -> list[Span]:
    if not isinstance(article, str):
        return [assembly.append(paragraph) for paragraph in article]
    if not article.strip():
        return []
    placed = assembly.append(article)
    return [span.shift(placed.start) for span in find_paragraphs(article, Span(0, len(article)))]


def link_parents(ids: Sequence[str], parents: Sequence[str]) -> list[int | None]:
    """Return for each comment the position of the earlier comment that it names as its parent.

    ids, parents: as the source gives them, "" for none. An unknown parent, the comment itself and a comment
    further down give None, so that threads never close into a circle.
    """
    positions: dict[str, int] = {}
    answers: list[int | None] = []
    for number, (own, parent) in enumerate(zip(ids, parents, strict=True)):
        answers.append(positions.get(parent) if parent else None)
        if own:
            positions.setdefault(own, number)
    return answers


def sort_parents_first(ids: Sequence[str], parents: Sequence[str]) -> list[int]:
    """Return an order in which each comment stands after its parent, otherwise as given."""
    known: Mapping[str, int] = {own: number for number, own in reversed(list(enumerate(ids))) if own}
    placed: set[int] = set()
    order: list[int] = []
    for number in range(len(ids)):
        chain: list[int] = []
        at: int | None = number
        while at is not None and at not in placed and at not in chain:
            chain.append(at)
            at = known.get(parents[at]) if parents[at] else None
        for item in reversed(chain):
            placed.add(item)
            order.append(item)
    return order

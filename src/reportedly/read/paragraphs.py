"""Where does a paragraph begin and end in plain text?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.model import Span

_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_WRAPPED_WIDTH = 100  # hard-wrapped text keeps below this; a paragraph on one line does not


def find_paragraphs(text: str, within: Span) -> Iterator[Span]:
    """Yield the paragraphs inside ``within``, trimmed of outer white space.

    Blank lines part paragraphs. Neighbouring lines belong together when the text looks hard-wrapped; where
    each line is a full sentence or longer than a wrapped line, each line is a paragraph.
    """
    block: list[Span] = []
    for line in find_lines(text, within):
        if block and _is_gap(text, block[-1].end, line.start):
            yield from _split_block(text, block)
            block = []
        block.append(line)
    if block:
        yield from _split_block(text, block)


def find_lines(text: str, within: Span) -> Iterator[Span]:
    """Yield the lines inside ``within`` that are not blank, trimmed."""
    for match in _LINE.finditer(text, within.start, within.end):
        words = match[0]
        if words.isspace():
            continue
        start = match.start() + len(words) - len(words.lstrip())
        yield Span(start, start + len(words.strip()))


def _is_gap(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return between.count("\n") > 1 or ("\n" not in between and between.count("\r") > 1)


def _split_block(text: str, block: list[Span]) -> Iterator[Span]:
    if len(block) == 1:
        yield block[0]
        return
    inner = block[:-1]
    closed = sum(1 for line in inner if len(line) > _WRAPPED_WIDTH or _SENTENCE_END.search(line.of(text)))
    if closed == len(inner) and sum(map(len, inner)) > 60 * len(inner):
        yield from block
    else:
        yield block[0].cover(block[-1])

"""The lines of a report, with what layout says about them: blank lines above, how far set in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportedly.model import Span

_LINE = re.compile(r"[^\r\n]*")
_TAB_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    span: its words, trimmed; blanks: blank lines above it; indent: columns of white space before it.
    """

    span: Span
    words: str
    blanks: int
    indent: int


def parse_lines(text: str, start: int = 0) -> list[Line]:
    """Return the lines of ``text`` from ``start`` on that hold anything, in order; linear in its length."""
    lines: list[Line] = []
    blanks = 0
    position = start
    length = len(text)
    while position < length:
        match = _LINE.match(text, position)
        end = match.end() if match else position
        raw = text[position:end]
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            indent = sum(_TAB_WIDTH if character == "\t" else 1 for character in raw[:lead])
            begin = position + lead
            lines.append(Line(Span(begin, begin + len(words)), words, blanks, indent))
            blanks = 0
        else:
            blanks += 1
        position = end + (2 if text.startswith("\r\n", end) else 1)
    return lines


def cover_lines(lines: list[Line], first: int, last: int) -> Span:
    """Return the span from line ``first`` to line ``last``, both included."""
    return lines[first].span.cover(lines[last].span)

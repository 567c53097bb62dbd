"""The article's own lines: title, paragraphs, and the furniture between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.discuss.cues import ends_sentence, is_heading, is_machinery
from reportedly.discuss.lines import Line
from reportedly.discuss.stamps import Stamp, StampKind
from reportedly.model import Certainty, PassageKind, Span
from reportedly.read.paragraphs import find_paragraphs

_MAX_TITLE_CHARS = 220
_MAX_TITLE_WORDS = 32
_HEAD_LINES = 6  # bylines and dates stand this near to the top
_SENTENCE = re.compile(r"[.!?][\"”’)]?\s+[A-Z“\"]")
_ALL_CAPS_BYLINE = re.compile(r"by\s+[^.!?]{2,80}", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the article: its kind, where, and why."""

    kind: PassageKind
    span: Span
    certainty: Certainty
    why: str


def split_article(
    text: str, lines: list[Line], stamps: list[Stamp], stated_title: str | None, titled: bool = False
) -> Iterator[Part]:
    """Yield the parts of the article that ``lines`` hold, in order; ``titled``: its title stands elsewhere."""
    if not lines:
        return
    stamped = {stamp.line: stamp for stamp in stamps}
    begin = 0 if titled else _count_lead_in(lines, stamped, stated_title)
    for line in lines[:begin]:
        yield Part(PassageKind.FURNITURE, line.span, Certainty.LIKELY, "a date line or page furniture above the title")
    title = None if titled else _read_title(text, lines[begin:], stated_title)
    if title is not None:
        yield title
        begin += 1
    run: list[Line] = []
    for number in range(begin, len(lines)):
        why = _furniture_reason(lines, number, stamped.get(number))
        if not why:
            run.append(lines[number])
            continue
        yield from _paragraphs(text, run)
        run = []
        yield Part(PassageKind.FURNITURE, lines[number].span, Certainty.LIKELY, why)
    yield from _paragraphs(text, run)


def _paragraphs(text: str, run: list[Line]) -> Iterator[Part]:
    if run:
        for span in find_paragraphs(text, run[0].span.cover(run[-1].span)):
            yield Part(PassageKind.PARAGRAPH, span, Certainty.CLEAR, "")


def _count_lead_in(lines: list[Line], stamped: dict[int, Stamp], stated: str | None) -> int:
    """Return how many lines at the top are all date ("October 08, 2012") or a heading of comments: no title."""
    count = 0
    while count < len(lines) - 1 and lines[count].words != (stated or "").strip():
        stamp = stamped.get(count)
        all_date = stamp is not None and stamp.kind is StampKind.TIME and stamp.has_date
        if not all_date and not is_heading(lines[count].words):
            break
        count += 1
    return count


def _read_title(text: str, lines: list[Line], stated: str | None) -> Part | None:
    """Return the first line as a title if it is one: short, no sentence, with something longer below it."""
    first = lines[0]
    if stated is not None and first.words == stated.strip():
        return Part(PassageKind.TITLE, first.span, Certainty.STATED, "the source states it as the title")
    words = first.words
    if len(lines) < 2 or len(words) > _MAX_TITLE_CHARS or len(words.split()) > _MAX_TITLE_WORDS:
        return None
    if not any(character.isalpha() for character in words) or is_machinery(words):
        return None
    closed = ends_sentence(words) and not words.endswith(("?", "!"))
    if closed or _SENTENCE.search(words):
        return None
    longest = max(len(line.words) for line in lines[1 : 1 + _HEAD_LINES])
    parted = lines[1].blanks > 0
    if not parted and (
        len(lines[1].words) < 1.3 * len(words) or (words[-1:].islower() and lines[1].words[:1].islower())
    ):
        return None
    if longest <= len(words):
        return None
    sure = Certainty.CLEAR if parted else Certainty.LIKELY
    return Part(PassageKind.TITLE, first.span, sure, "first line, short, not a sentence, above longer text")


def _furniture_reason(lines: list[Line], number: int, stamp: Stamp | None) -> str:
    """Return why a line of the article is furniture, "" if it is not."""
    words = lines[number].words
    if len(words) > 160:
        return ""
    near_edge = number <= _HEAD_LINES or number >= len(lines) - 2
    if stamp is not None and near_edge and stamp.kind in (StampKind.BY, StampKind.TIME, StampKind.NAMED_TIME):
        return "a byline or date line"
    if near_edge and _ALL_CAPS_BYLINE.fullmatch(words) and not ends_sentence(words) and len(words.split()) <= 12:
        return "a byline"
    if number > 0 and is_heading(words):
        return "a heading of the comments"
    if is_machinery(words) and not (words.lower().startswith(("by ", "related")) and len(words.split()) > 8):
        return "page furniture"
    return ""

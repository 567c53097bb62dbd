"""Lines that sign a comment: a name with a time, "Kim says:", "Posted by Kim at 3:41 pm", "2 hours ago".

A stamp is one line. Its *shape* ("N on D at T", "N says:") repeats from comment to comment, which tells the
discussion's own stamps from a byline or a date in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reportedly.discuss.cues import load_cues
from reportedly.discuss.lines import Line
from reportedly.model import Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)"
_DATE = (
    rf"{_WEEKDAY}?(?:the )?(?<!\w)\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[\s.-]+{_MONTH},?"
    r"(?:[\s-]+(?:\d{4}|['’]?\d{2})\b(?!:))?"
    rf"|{_WEEKDAY}?{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})\b"
)
_CLOCK = (
    r"(?:T|@|at\s|kl\.?\s)?\s?\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?\s?m\b\.?)?(?:\s*\(?(?:UTC|GMT|Z)\s*[+-]?\d{0,4}\)?)?"
    r"|\b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?|\bat\s\d{1,2}\.\d{2}\b|\d{4}\s?(?:hrs|h)\b"
)
_AGO = (
    r"\b(?:about |over |almost |more than )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s*"
    r"(?:s|sec|second|m|min|minute|h|hr|hour|d|day|w|wk|week|mo|month|y|yr|year)s?,?"
    r"(?:\s(?:and )?\d+\s\w+)?\s+ago\b"
    r"|\byesterday(?: at)?\b|\bjust now\b|\btoday at\b"
)
_TIME = re.compile(rf"(?P<ago>{_AGO})|(?P<date>{_DATE})|(?P<clock>{_CLOCK})|(?P<weekday>{_WEEKDAY})", re.I)
_NUMBER = re.compile(r"(?:\A|(?<=\s))(?:#\s?\d{1,6}|\(?#?\d{1,5}[.)])(?=\s|\Z)|\(#?\d{2,}\)|#\d+")
_POINTS = re.compile(r"\b\d+\s?(?:pts|points?|likes?|votes?)\b\.?|\(?score:?\s?\d.{0,20}\)?", re.I)
_LEGAL_DOT = re.compile(r"(?:\.\.|[ap]\.?m|\b(?:by|on|at)\b.*\d)\.\Z", re.I)
_SEGMENT = re.compile(r"[^\x00]+")
_NAME_WORD = re.compile(r"[^\s\x00|•·–—,;/()\[\]<>]+")
_ADDRESS = re.compile(r"<[^<>]{1,80}>|(?<=\))\s\*(?=\s|\Z)")  # "<kim at example dot org>"; "*": a subscriber
_LINK = re.compile(r"https?://\S+\s+(?=\S)")
_BARE_BY = re.compile(r"by\s+(\S.{0,48})", re.I)
_MANY_SIGNED = 3
_MAX_STAMP_CHARS = 140
_MAX_NAME_WORDS = 6
_MAX_NAME_CHARS = 48


class StampKind(StrEnum):
    """What makes a line a stamp."""

    SPEECH = "speech"  # "Kim says:"
    BY = "by"  # "Posted by: Kim | ..."
    NAMED_TIME = "named time"  # "Kim October 3, 2012 at 9:12 am"
    TIME = "time"  # "October 3, 2012 at 9:12 am"; the name stands on a line beside it
    LINK = "link"  # "https://example.org Kim"
    POINTS = "points"  # "Kim 12 pts"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A line that signs a comment. ``name``: the span of the name in it, None if it holds none."""

    line: int
    kind: StampKind
    shape: str
    name: Span | None
    has_clock: bool
    has_date: bool


def find_stamps(lines: list[Line]) -> list[Stamp]:
    """Return the stamps among ``lines`` in order."""
    stamps = []
    for number, line in enumerate(lines):
        if len(line.words) <= _MAX_STAMP_CHARS:
            stamp = _read_stamp(number, line)
            if stamp is not None:
                stamps.append(stamp)
    return sorted([*stamps, *_signed_again(lines, stamps)], key=lambda stamp: stamp.line)


def _signed_again(lines: list[Line], stamps: list[Stamp]) -> Iterator[Stamp]:
    """Yield lines "by Kim" without a time, below lines that sign with the same name and a time or number."""
    signed = [stamp for stamp in stamps if stamp.kind is StampKind.BY]
    if len(signed) < _MANY_SIGNED:
        return
    names = {read_name(lines, stamp) for stamp in signed}
    taken = {stamp.line for stamp in stamps}
    for number in range(signed[1].line + 1, len(lines)):
        line = lines[number]
        match = _BARE_BY.fullmatch(line.words)
        if match and number not in taken and match[1].lower() in names:
            name = Span(*match.span(1)).shift(line.span.start)
            yield Stamp(number, StampKind.BY, "by||", name, False, False)


def read_name(lines: list[Line], stamp: Stamp) -> str:
    """Return the name that a stamp bears in lower case, "" if it bears none."""
    if stamp.name is None:
        return ""
    line = lines[stamp.line]
    return line.words[stamp.name.start - line.span.start : stamp.name.end - line.span.start].lower()


def _read_stamp(number: int, line: Line) -> Stamp | None:
    words = line.words
    closed = words.endswith(".") and not _LEGAL_DOT.search(words)
    if closed or words[-1:] in '?!"”' or not _may_be_stamp(words):
        return None
    blanked, found = _blank_times(words)
    speech = _speech_verb_at(blanked)
    if (
        speech is None
        and not found
        and not _POINTS.search(words)
        and not _LINK.match(words)
        and not _by_with_number(words)
    ):
        return None
    name = _name_in(blanked, speech)
    if name is None:
        return None
    kind = _kind_of(words, found, speech, name)
    if kind is None:
        return None
    span = None if name.start == name.end else name.shift(line.span.start)
    clock = "clock" in found or "ago" in found
    return Stamp(number, kind, _shape_of(kind, found, blanked, name), span, clock, "date" in found)


def _may_be_stamp(words: str) -> bool:
    if any(character.isdigit() for character in words):
        return True
    lower = words.lower()
    last = lower.rstrip(" .…:,-").rsplit(" ", 1)[-1]
    return last in load_cues().speech_verbs or lower.startswith("http") or " ago" in lower or "yesterday" in lower


def _blank_times(words: str) -> tuple[str, list[str]]:
    """Return ``words`` with times, numbers and addresses blanked to the same length, and what was found."""
    found: list[str] = []

    def blank(match: re.Match[str]) -> str:
        found.append(match.lastgroup or "")
        return "\x00" * len(match[0])

    blanked = _TIME.sub(blank, words)
    for pattern in (_POINTS, _NUMBER, _LINK, _ADDRESS):
        blanked = pattern.sub(lambda match: "\x00" * len(match[0]), blanked)
    return blanked, [kind for kind in found if kind != "weekday"]


def _by_with_number(words: str) -> bool:
    """Tell whether a line is "by Kim (165670)": a signature with a user number and no time."""
    return re.fullmatch(r"by \S+(?: \S+){0,5} \(\d{2,}\)(?: \*)?", words) is not None


def _speech_verb_at(blanked: str) -> int | None:
    """Return where a closing verb of speech begins ("Kim said..."), None if there is none.

    "says" without a colon or dots after it may end any line, so the mark or a time behind it is needed.
    """
    match = re.search(r"\b([a-z]+)\s*(?:[:…,]|\.{2,})?[\x00\s,.:]*\Z", blanked, re.I)
    if not match or match[1].lower() not in load_cues().speech_verbs:
        return None
    tail = blanked[match.end(1) :]
    if match[1].lower() in ("comments", "replies", "say", "posted", "write") and ":" not in tail:
        return None
    marked = (
        ":" in tail
        or "," in tail
        or "…" in tail
        or ".." in tail
        or "\x00" in blanked
        or match[1].lower() in ("writes", "wrote", "says")
    )
    return match.start(1) if marked else None


def _name_in(blanked: str, speech: int | None) -> Span | None:
    """Return where the name stands in a blanked line; an empty span: nowhere; None: it is a sentence."""
    cues = load_cues()
    body = blanked if speech is None else blanked[:speech]
    by = cues.by_words.match(body.lstrip("\x00 \t|-–—•"))
    offset = len(body) - len(body.lstrip("\x00 \t|-–—•"))
    start = offset + by.end() if by else offset
    runs = _word_runs(body, start, bool(by))
    if not runs:
        return Span(0, 0)
    kept = runs[0]
    if any(len(run) > 1 for run in runs[1:]) and speech is None:
        return None  # words on both sides of a time: a sentence, an event in a calendar
    span = Span(kept[0][0], kept[-1][1])
    name = body[span.start : span.end]
    if len(kept) > _MAX_NAME_WORDS or len(name) > _MAX_NAME_CHARS:
        return None
    functional = sum(1 for begin, end in kept if body[begin:end].lower().strip(".,") in cues.sentence_words)
    if speech is not None and not blanked.count("\x00") and ("," in name or (functional > 0 and name[:1].islower())):
        return None
    if functional > (2 if speech is not None else 1) or functional * 2 > len(kept):
        return None
    if name.endswith((".", ",")) and len(kept) > 3:
        return None
    return _trim_name(body, span)


def _word_runs(body: str, start: int, after_by: bool) -> list[list[tuple[int, int]]]:
    """Return where words stand on each side of the times, stamp words at their ends and handles left out."""
    cues = load_cues()
    runs: list[list[tuple[int, int]]] = []
    for segment in _SEGMENT.finditer(body, start):
        kept = [
            match.span()
            for match in _NAME_WORD.finditer(body, segment.start(), segment.end())
            if not match[0].strip(".:-@#*").isdigit()
            and match[0].strip(".:-@#*")
            and not (runs and (match[0][0] == "@" or match[0].lower() in cues.profile_words))
        ]
        while kept and body[slice(*kept[-1])].strip(".:-@#").lower() in cues.stamp_words:
            kept.pop()
        while len(kept) > (1 if after_by else 0) and body[slice(*kept[0])].strip(".:-@#").lower() in cues.stamp_words:
            kept.pop(0)
        if kept:
            runs.append(kept)
    return runs


def _trim_name(body: str, span: Span) -> Span:
    text = body[span.start : span.end]
    lead = len(text) - len(text.lstrip("\x00 .:-@#*|"))
    trimmed = text.strip("\x00 .:-@#*|")
    return Span(span.start + lead, span.start + lead + len(trimmed)) if trimmed else Span(0, 0)


def _kind_of(words: str, found: list[str], speech: int | None, name: Span) -> StampKind | None:
    named = name.start != name.end
    if speech is not None:
        return StampKind.SPEECH if named else None
    if named and load_cues().by_words.match(words.lstrip(" |-–—•")) and (found or _by_with_number(words)):
        return StampKind.BY
    if found:
        return StampKind.NAMED_TIME if named else StampKind.TIME
    if not named:
        return None
    if _LINK.match(words):
        return StampKind.LINK
    return StampKind.POINTS if re.search(r"\b\d+\s?pts\b", words) else None


def _shape_of(kind: StampKind, found: list[str], blanked: str, name: Span) -> str:
    """Return the layout of the line: kind, what times it holds, and whether the name stands before them."""
    first_time = blanked.find("\x00")
    order = "" if name.start == name.end or first_time < 0 else "N<" if name.start < first_time else "<N"
    return f"{kind}|{'+'.join(sorted(set(found)))}|{order}"

"""Discussions whose comments are signed with times, "says:" and the like.

Method: the most frequent shape of stamp is the discussion's own. If words follow the last stamp, stamps
stand above their comments, else below. How sure it is that there is a discussion at all is a sum of a few
plain pieces of evidence (``weigh_discussion``); the weights were set by hand on pages of the dragnet training part.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise

from reportedly.discuss.cues import (
    closes_article,
    ends_sentence,
    is_heading,
    is_machinery,
    opening_score,
    talk_score,
)
from reportedly.discuss.drafts import Discussion, Draft
from reportedly.discuss.lines import Line
from reportedly.discuss.names import looks_like_name
from reportedly.discuss.stamps import Stamp, StampKind, read_name
from reportedly.discuss.weigh import ARTICLE_CHARS, is_timed, weigh_discussion
from reportedly.model import Certainty, Span

_KIND_WEIGHT = {
    StampKind.SPEECH: 1.0,
    StampKind.BY: 0.9,
    StampKind.NAMED_TIME: 1.0,
    StampKind.TIME: 0.9,
    StampKind.LINK: 0.0,
    StampKind.POINTS: 0.9,
}
_NO_CLOCK = 0.6
_ACCEPT = 2.0
_NEARLY = 0.3  # of two readings about as good, the one that begins higher up
_RARE = 0.4
_NEAR_ABOVE = 20
_HEADING_REACH = 3
_FIRST_BODY_REACH = 14
_LED = 0.5  # share of comments that begin with a name, where the time below bears none
_SLOGAN_CHARS = 90  # a display name may be a slogan
_PRIOR = 4.0  # comments' worth of belief that comments are short


def find_stamped(lines: list[Line], stamps: list[Stamp]) -> Discussion | None:
    """Return the discussion that ``stamps`` sign, None if they are more likely dates in an article."""
    found = [
        discussion for main in _groups(lines, stamps) if (discussion := _read_group(lines, stamps, main)) is not None
    ]
    if not found:
        return None
    best = max(discussion.score for discussion in found)
    return min(
        (discussion for discussion in found if discussion.score >= best - _NEARLY),
        key=lambda discussion: discussion.boundary,
    )


def _groups(lines: list[Line], stamps: list[Stamp]) -> list[list[Stamp]]:
    """Return the stamps of each shape that may sign the discussion, the rarer shapes left out."""
    groups: dict[str, list[Stamp]] = defaultdict(list)
    for stamp in stamps:
        above = lines[0].words if stamp.line == 1 else ""
        in_head = stamp.line == 0 or (stamp.line == 1 and len(above) < ARTICLE_CHARS)
        if not in_head and stamp.kind is not StampKind.LINK:
            groups[stamp.shape].append(stamp)
    most = max((len(group) * _group_weight(group) for group in groups.values()), default=0.0)
    return [group for group in groups.values() if len(group) * _group_weight(group) >= _RARE * most]


def _group_weight(group: list[Stamp]) -> float:
    return _KIND_WEIGHT[group[0].kind] * (1.0 if is_timed(group[0]) else _NO_CLOCK)


def _read_group(lines: list[Line], stamps: list[Stamp], main: list[Stamp]) -> Discussion | None:
    """Return the discussion that the stamps of one shape sign, None if too little speaks for it."""
    main = _without_own_date(lines, main)
    if _words_below(lines, main, stamps):
        drafts = _drafts_above(lines, _with_neighbours(stamps, main), stamps)
    else:
        drafts = _drafts_below(lines, main)
    if not drafts:
        return None
    boundary = _take_heading(lines, drafts[0].start)
    score = weigh_discussion(lines, main, drafts, boundary)
    return Discussion(boundary, tuple(drafts), score) if score >= _ACCEPT else None


def _without_own_date(lines: list[Line], main: list[Stamp]) -> list[Stamp]:
    """Return the stamps without the article's own date line, which may have the shape of a comment's."""
    if len(main) < 3 or main[0].kind not in (StampKind.TIME, StampKind.BY):
        return main
    above = sum(len(line.words) for line in lines[: main[0].line])
    between = sum(len(line.words) for line in lines[main[0].line + 1 : main[1].line])
    return main[1:] if above < ARTICLE_CHARS <= between and main[0].line <= 4 else main


def _with_neighbours(stamps: list[Stamp], main: list[Stamp]) -> list[Stamp]:
    """Return ``main`` with stamps of other shapes that sign comments beside it (a host's answer, a ping)."""
    chosen = {stamp.line for stamp in main}
    first = main[0].line
    added = []
    for stamp in stamps:
        if stamp.line in chosen or stamp.line - 1 in chosen or stamp.line + 1 in chosen:
            continue
        alike = stamp.has_clock == main[0].has_clock and stamp.kind is not StampKind.TIME
        near = first - _NEAR_ABOVE <= stamp.line < first and stamp.kind is main[0].kind and stamp.line > 1
        undated = not stamp.has_date and not stamp.has_clock and stamp.kind in (StampKind.BY, StampKind.SPEECH)
        signed = undated and stamp.kind is StampKind.BY and main[0].kind is StampKind.BY  # "by Kim (137)"
        if (stamp.line > first and (alike or signed)) or (near and undated):
            added.append(stamp)
    return sorted([*main, *added], key=lambda stamp: stamp.line)


def _words_below(lines: list[Line], main: list[Stamp], stamps: list[Stamp]) -> bool:
    """Tell whether the last stamp has a comment below it: then stamps stand above their comments."""
    last = main[-1]
    stamped = {stamp.line for stamp in stamps}
    below = [
        number
        for number in range(last.line + 1, len(lines))
        if number not in stamped and not is_machinery(lines[number].words) and not is_heading(lines[number].words)
    ]
    if not below:
        return False
    if len(below) == 1 and last.kind is StampKind.TIME and looks_like_name(lines[below[0]].words):
        return False  # the name behind a time line is no comment
    if last.kind is StampKind.SPEECH:
        return True
    if len(main) > 2 and last.kind is StampKind.BY:
        beside = _indent_beside(lines, main)
        if abs(beside) >= 0.25:
            return beside > 0
    if last.kind is not StampKind.BY or len(main) < 2:
        return True
    # "Posted by ..." mostly closes a comment; what follows the last one may be a notice of the site
    return _talk_between(lines, last.line + 1, len(lines)) >= _talk_between(lines, main[0].line - 2, main[0].line)


def _indent_beside(lines: list[Line], main: list[Stamp]) -> float:
    """Return how much more often (-1 to 1) a stamp is set in like the line below than like the one above."""
    inner = [stamp for stamp in main if 0 < stamp.line < len(lines) - 1]
    if not inner:
        return 0.0
    below = sum(lines[stamp.line].indent == lines[stamp.line + 1].indent for stamp in inner)
    above = sum(lines[stamp.line].indent == lines[stamp.line - 1].indent for stamp in inner)
    return (below - above) / len(inner)


def _talk_between(lines: list[Line], first: int, end: int) -> float:
    return talk_score(" ".join(line.words for line in lines[max(first, 0) : end][:4]))


def _drafts_above(lines: list[Line], main: list[Stamp], stamps: list[Stamp]) -> list[Draft]:
    """Return the comments when each stamp stands above its comment."""
    leads = _lead_lines(lines, main)
    trail = _names_behind(lines, main) if not leads else set()
    starts = [stamp.line - (1 if stamp.line in leads else 0) for stamp in main]
    times = {stamp.line: stamp for stamp in stamps if stamp.kind is StampKind.TIME}
    drafts = []
    for number, stamp in enumerate(main):
        end = starts[number + 1] - 1 if number + 1 < len(main) else len(lines) - 1
        first = stamp.line + 1
        name = stamp.name
        if name is None and stamp.line in leads:
            name = lines[stamp.line - 1].span
        elif name is None and stamp.line in trail and first <= end:
            name = lines[first].span
            first += 1
        first, last = _strip_machinery(lines, first, end)
        timed = stamp.line
        if first <= last and first in times and not stamp.has_date:
            timed, first = first, first + 1
        elif first <= last and last in times and not stamp.has_date:
            timed, last = last, last - 1
        drafts.append(
            Draft(
                start=starts[number],
                first=first,
                last=last,
                name=name,
                stamp=lines[timed].words,
                indent=lines[stamp.line].indent,
                certainty=Certainty.CLEAR if len(main) > 1 else Certainty.LIKELY,
                why=f"signed with {stamp.kind} above it",
            )
        )
    return drafts


def _lead_lines(lines: list[Line], main: list[Stamp]) -> set[int]:
    """Return the lines of stamps whose line above belongs to them: a name or a subject."""
    above = {stamp.line: earlier.line for earlier, stamp in pairwise(main)}
    led = {
        stamp.line
        for stamp in main
        if (stamp.kind is StampKind.TIME or stamp.line - above.get(stamp.line, -2) > 2)  # a body stays
        and stamp.line > 0
        and lines[stamp.line].blanks <= 1
        and _is_lead(lines[stamp.line - 1].words, stamp)
    }
    needed = 0.5 if main[0].kind is StampKind.TIME else 0.7
    if len(main) == 1 and main[0].kind is not StampKind.TIME:
        return set()
    return led if len(led) >= needed * len(main) else set()


def _is_lead(words: str, stamp: Stamp) -> bool:
    if any(character.isdigit() for character in words) and len(words.split()) > 1:
        return False
    if stamp.kind is StampKind.TIME:
        return looks_like_name(words) or (len(words) <= 40 and not ends_sentence(words) and len(words.split()) <= 5)
    return len(words) <= 70 and (not ends_sentence(words) or len(words.split()) <= 4) and not is_machinery(words)


def _names_behind(lines: list[Line], main: list[Stamp]) -> set[int]:
    """Return the lines of time stamps whose name stands on the line below."""
    if main[0].kind is not StampKind.TIME:
        return set()
    behind = {
        stamp.line for stamp in main if stamp.line + 2 < len(lines) and looks_like_name(lines[stamp.line + 1].words)
    }
    return behind if len(behind) >= 0.6 * len(main) else set()


def _drafts_below(lines: list[Line], main: list[Stamp]) -> list[Draft]:
    """Return the comments when each stamp stands below its comment."""
    text_of_name = [read_name(lines, stamp) for stamp in main]
    leads = _leading_names(lines, main)
    begin = _first_lead(lines, main[0], leads) if leads else None
    begin = _first_body(lines, main, text_of_name) if begin is None else begin
    if begin is None:
        return []
    starts = [begin, *(stamp.line + 1 for stamp in main[:-1])]
    drafts = []
    for number, (start, stamp) in enumerate(zip(starts, main, strict=True)):
        led = stamp.kind is StampKind.TIME and _is_led(lines, start, stamp.line, leads, len(main) == 1)
        first = start + 1 if led else start
        while first < stamp.line and _is_own_name(lines[first].words, text_of_name[number]):
            first += 1
        first, last = _strip_machinery(lines, first, stamp.line - 1)
        drafts.append(
            Draft(
                start=start,
                first=first,
                last=last,
                name=_without_dot(lines[start]) if led else stamp.name,
                stamp=lines[stamp.line].words,
                indent=lines[min(first, stamp.line)].indent,
                certainty=Certainty.CLEAR if len(main) > 1 and number > 0 else Certainty.LIKELY,
                why=f"signed with {stamp.kind} below it",
            )
        )
    return drafts


def _leading_names(lines: list[Line], main: list[Stamp]) -> frozenset[str]:
    """Return the first lines of comments, where most are names; empty where times bear the names or most are not."""
    if main[0].kind is not StampKind.TIME:
        return frozenset()
    heads = [lines[earlier.line + 1].words for earlier, later in pairwise(main) if later.line > earlier.line + 2]
    often = Counter(heads)
    named = [words for words in heads if looks_like_name(words.rstrip(".")) or often[words] > 1]
    return frozenset(named) if len(named) >= _LED * (len(main) - 1) else frozenset()  # one line alone is a body


def _first_lead(lines: list[Line], stamp: Stamp, leads: frozenset[str]) -> int | None:
    """Return the line of the first comment's name: the nearest that leads another, else that could be one."""
    reach = range(stamp.line - 1, max(0, stamp.line - 1 - _FIRST_BODY_REACH), -1)
    again = next((number for number in reach if lines[number].words in leads), None)
    if again is not None:
        return again
    return next((number for number in reach if lines[number].blanks and looks_like_name(lines[number].words)), None)


def _is_led(lines: list[Line], start: int, stamp: int, leads: frozenset[str], is_only: bool) -> bool:
    """Tell whether a comment's first line is its name: shaped so, or no sentence and apart from words below."""
    words = lines[start].words
    if start + 1 >= stamp or not (leads or is_only):
        return False
    slogan = len(words) <= _SLOGAN_CHARS and not ends_sentence(words) and lines[start + 1].blanks > 0
    return words in leads or (bool(leads) and slogan) or looks_like_name(words.rstrip("."))


def _without_dot(line: Line) -> Span:
    return Span(line.span.start, line.span.start + len(line.words.rstrip(".")))


def _is_own_name(words: str, name: str) -> bool:
    return bool(name) and words.lower().strip(" .:") == name


def _first_body(lines: list[Line], main: list[Stamp], names: list[str]) -> int | None:
    """Return the first line of the first comment, when nothing but its words marks it."""
    stamp = main[0].line
    lowest = max(1, stamp - _FIRST_BODY_REACH)
    for number in range(stamp - 1, lowest - 1, -1):
        if _is_own_name(lines[number].words, names[0]):
            return number
        if is_heading(lines[number].words):
            return number + 1 if number + 1 < stamp else None
    sizes = Counter(later.line - earlier.line - 1 for earlier, later in pairwise(main))
    best, best_score = None, float("-inf")
    for number in range(stamp - 1, lowest - 1, -1):
        score = _start_score(lines, number) + _size_score(sizes, stamp - number)
        if score > best_score:
            best, best_score = number, score
    return best


def _size_score(sizes: Counter[int], size: int) -> float:
    """Return the log of how often a comment on this page has ``size`` lines, smoothed towards short ones."""
    total = sum(sizes.values())
    near = sizes[size] + 0.5 * (sizes[size - 1] + sizes[size + 1])
    return math.log((near + _PRIOR * 0.5**size) / (2 * total + _PRIOR))


def _start_score(lines: list[Line], start: int) -> float:
    """Return how well a comment starts at ``start`` and the article ends above it."""
    line, above = lines[start], lines[start - 1]
    score = 1.6 * opening_score(line.words) + 0.5 * min(talk_score(line.words), 1.0)
    score -= 0.5 * min(talk_score(above.words), 1.0)
    score += 0.8 if closes_article(above.words) else 0.0
    score -= 1.5 if closes_article(line.words) else 0.0
    score += 0.5 * min(line.blanks - 1, 3) if line.blanks > 1 else 0.0
    score -= 1.0 if line.blanks == 0 else 0.0
    score += 0.6 if line.indent > above.indent else 0.0
    return score


def _strip_machinery(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    while first <= last and is_machinery(lines[first].words):
        first += 1
    while last >= first and (is_machinery(lines[last].words) or is_heading(lines[last].words)):
        last -= 1
    return first, last


def _take_heading(lines: list[Line], start: int) -> int:
    """Return the line of a heading ("12 Comments") just above ``start``, else ``start``."""
    for number in range(start - 1, max(0, start - 1 - _HEADING_REACH), -1):
        if is_heading(lines[number].words):
            return number
    return start

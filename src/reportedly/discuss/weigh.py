"""How much speaks for a discussion that stamps sign: a sum of a few plain pieces of evidence.

The weights were set by hand on pages of the dragnet training part.
"""

from __future__ import annotations

import re

from reportedly.discuss.cues import ends_sentence, talk_score
from reportedly.discuss.drafts import Draft
from reportedly.discuss.lines import Line
from reportedly.discuss.stamps import Stamp, StampKind, read_name

ARTICLE_CHARS = 200  # less than this above the first stamp is no article
_LAST_LINES = 3
_LONE_POINTS = 2.0  # "Kim 5 pts" near the end, with words below it
_BODY_CHARS = 25
_CLOCK_LINE = re.compile(r".{0,40}\d{1,2}:\d{2}.{0,20}\Z")


def is_timed(stamp: Stamp) -> bool:
    """Tell whether a stamp is of a kind that comments bear and articles seldom."""
    return stamp.has_clock or stamp.kind in (StampKind.SPEECH, StampKind.POINTS)


def weigh_discussion(lines: list[Line], main: list[Stamp], drafts: list[Draft], boundary: int) -> float:
    """Return how much speaks for a discussion that the stamps ``main`` sign."""
    bodies = [" ".join(line.words for line in lines[draft.first : draft.last + 1]) for draft in drafts[:12]]
    spoken = [min(talk_score(body), 1.2) for body in bodies if body]
    talk = sum(spoken) / len(spoken) if spoken else 0.0
    first = main[0]
    score = 0.5 * min(len(main), 4) + (1.0 if is_timed(first) else 0.0) + 1.5 * talk
    score += 1.0 if boundary != drafts[0].start else 0.0
    before = sum(len(line.span) for line in lines[:boundary])
    score -= (1.5 if len(main) == 1 else 0.7) if before < 120 else 0.0
    score -= 1.0 if sum(map(len, bodies)) < 20 else 0.0
    named = sum(1 for draft in drafts if draft.name is not None)
    if named < 0.5 * len(drafts):
        score -= 0.8 if first.has_clock and first.has_date and len(main) > 2 else 1.5
    undated = not first.has_date and first.kind in (StampKind.NAMED_TIME, StampKind.TIME) and "ago" not in first.shape
    enough_talk = 0.1 if first.kind is StampKind.BY else 0.3  # "Kharkiv, 3 March 2022" heads parts of a chronicle
    many = before >= ARTICLE_CHARS and talk >= enough_talk and _are_many_signers(lines, main)
    score += 1.0 if many and not first.has_clock else 0.0
    if not many and talk < 0.3 and (undated or not is_timed(first)):  # dates of events or posts, results of a race
        score -= 1.5
    return score + _weigh_single(lines, first, talk, before / (before + sum(map(len, bodies)) + 1)) * (len(main) == 1)


def _are_many_signers(lines: list[Line], main: list[Stamp]) -> bool:
    """Tell whether three or more dated lines of one shape bear as many names: readers sign so, articles do not."""
    if main[0].kind not in (StampKind.BY, StampKind.NAMED_TIME) or not main[0].has_date:
        return False
    return len({read_name(lines, stamp) for stamp in main if stamp.name is not None}) >= 3


def _weigh_single(lines: list[Line], stamp: Stamp, talk: float, above: float) -> float:
    """Return what to add for a lone stamp: it may be a byline, a dateline, the date of a letter.

    above: share of the text that stands above the comment.
    """
    if stamp.kind is StampKind.POINTS and len(lines) - _LAST_LINES <= stamp.line and above >= 0.3:
        return _LONE_POINTS if len(lines[-1].words) >= _BODY_CHARS and ends_sentence(lines[-1].words) else 0.0
    if stamp.kind is StampKind.BY and not stamp.has_date:
        return -3.0  # "Posted by Kim at 9:50 AM" closes a post whose date stands above it
    beside = (line.words for line in lines[stamp.line + 1 :] if len(line.words) < 60)
    paired = stamp.kind is StampKind.SPEECH and (stamp.has_clock or any(map(_CLOCK_LINE.match, beside)))
    score = 1.5 if paired else -1.5 if stamp.kind is StampKind.SPEECH else 0.0  # "The minister said:"
    if stamp.kind is StampKind.NAMED_TIME and stamp.has_clock and stamp.has_date:
        score += 0.8
    score -= 0.0 if is_timed(stamp) else 1.5
    score -= 2.0 if above < 0.3 else 0.0
    if not paired:
        score -= 1.5 if talk < (0.5 if stamp.kind is StampKind.BY else 0.3) else 0.0
    return score

"""Discussions without times: bare author lines, or none at all, told by layout, repetition and speech.

Method: the best path (Viterbi) through the lines of a report, each of which is article, author's name,
first line of a comment, or its continuation. The layout grammar is *name, gap, body, gap*, where either
field may be empty: an empty field leaves a gap wider than the text's usual one. So a wide gap after ordinary
text means that the next comment has lost its name, a wide gap after a name that its body is lost.
Weights are set by hand; they say how much each cue counts, in units of "one clear cue".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from reportedly.discuss.cues import is_heading, is_machinery, talk_score
from reportedly.discuss.drafts import Discussion, Draft
from reportedly.discuss.lines import Line
from reportedly.discuss.names import name_score
from reportedly.discuss.stamps import Stamp, StampKind
from reportedly.model import Certainty

_START = -3.2  # a discussion must be worth this much before one is seen
_START_AFTER_HEADING = -0.5  # "12 Comments" stands right above
_WIDE_GAP = 1.8  # a gap wider than usual where a field is missing or the discussion begins
_UNNAMED = -2.6  # a comment without a name where nothing shows it
_SET_IN = 1.2  # the discussion is set in, the article is not
_NAME = -1.0  # any short line may be a heading: shape alone pays nothing
_NAME_PROVEN = -0.5  # ... but less so where two names come back, which proves the layout
_ALONE = 0.3  # between gaps, above something longer
_REPEATED = 1.5  # the same short line again: readers come back, headings do not
_LINKED = 1.6  # an address before the name, as some sites print it
_TALK = 0.8  # per unit of talk in the first line of a body, above the article's own
_REPORT_TALK = -0.3
_EMPTY_BODY = -2.0
_CONTINUED = -0.05
_ACCEPT = 0.4
_SPOKEN = 0.3  # talk of a body that speaks
_SPOKEN_SHARE = 0.5
_BODY_CHARS = 25
_MORE_THAN_ARTICLE = 0.15
_STRANGERS_TALK = 0.6  # where no name comes back
_ARTICLE_CHARS = 200


class _State(IntEnum):
    ARTICLE = 0
    NAME = 1
    BODY = 2  # first line of a body below its name
    UNNAMED = 3  # first line of a comment without a name
    MORE = 4  # continuation


# The layout grammar: what may follow what. Plain numbers, since the search runs over them for every line.
_ARTICLE, _NAME_LINE, _BODY, _UNNAMED_LINE, _MORE = (int(state) for state in _State)
_MOVES = (
    (_ARTICLE, _ARTICLE),
    (_ARTICLE, _NAME_LINE),
    (_ARTICLE, _UNNAMED_LINE),
    (_NAME_LINE, _NAME_LINE),
    (_NAME_LINE, _BODY),
    (_NAME_LINE, _UNNAMED_LINE),
    *((earlier, state) for earlier in (_BODY, _UNNAMED_LINE, _MORE) for state in (_NAME_LINE, _UNNAMED_LINE, _MORE)),
)


@dataclass(frozen=True, slots=True)
class _View:
    """What is known of each line before the path is sought."""

    lines: list[Line]
    names: list[float]
    talk: list[float]
    wide: list[bool]
    headed: list[bool]
    repeated: frozenset[str]
    linked: dict[int, Stamp]
    base_indent: int


def find_bare(lines: list[Line], stamps: list[Stamp]) -> Discussion | None:
    """Return the discussion below the article, None if reading all of it as article is as good."""
    if len(lines) < 3:
        return None
    view = _look(lines, stamps)
    if not view.repeated and not any(view.headed) and sum(score > 0 for score in view.names) < 2:
        return None
    states, margin = _best_path(view)
    boundary = next((number for number, state in enumerate(states) if state is not _State.ARTICLE), None)
    if boundary is None or margin < _ACCEPT:
        return None
    drafts = _drafts(view, states, boundary)
    if not _reads_as_talk(view, drafts, boundary):
        return None
    while boundary > 1 and is_heading(lines[boundary - 1].words):
        boundary -= 1
    return Discussion(boundary, tuple(drafts), margin)


def _look(lines: list[Line], stamps: list[Stamp]) -> _View:
    usual = Counter(min(line.blanks, 3) for line in lines[1:]).most_common(1)[0][0]
    linked = {stamp.line: stamp for stamp in stamps if stamp.kind is StampKind.LINK}
    names = [
        max(name_score(line.words), 0.5) if number in linked else name_score(line.words)
        for number, line in enumerate(lines)
    ]
    short = Counter(
        line.words for line, score in zip(lines, names, strict=True) if score > -0.9 and not is_machinery(line.words)
    )
    talk = [min(talk_score(line.words[:400]), 1.5) for line in lines]
    head = talk[: max(3, len(talk) * 2 // 5)]
    usual_talk = min(sum(head) / len(head), 0.6)
    return _View(
        lines=lines,
        names=names,
        talk=[max(0.0, score - usual_talk) for score in talk],
        wide=[line.blanks > max(usual, 1) for line in lines],
        headed=[False, *(is_heading(line.words) for line in lines[:-1])],
        repeated=frozenset(words for words, count in short.items() if count > 1),
        linked=linked,
        base_indent=lines[0].indent,
    )


def _best_path(view: _View) -> tuple[list[_State], float]:
    """Return the best state of each line, and by how much the path beats reading all as article."""
    count = len(view.lines)
    scores: list[float | None] = [0.0, None, None, None, None]
    arrows: list[list[int]] = []
    all_article = 0.0
    for number in range(count):
        following: list[float | None] = [None] * len(_State)
        arrow = [0] * len(_State)
        emitted = _emit(view, number)
        for earlier, state in _MOVES:
            score = scores[earlier]
            step = _step(view, number, earlier, state) if score is not None else None
            if score is None or step is None:
                continue
            total = score + step + emitted[state]
            best = following[state]
            if best is None or total > best:
                following[state], arrow[state] = total, earlier
        all_article += emitted[_State.ARTICLE]
        scores = following
        arrows.append(arrow)
    endings = [(score, state) for state, score in enumerate(scores) if score is not None]
    best_score, last = max(endings)
    states = [_State.ARTICLE] * count
    state = last
    for number in range(count - 1, -1, -1):
        states[number] = _State(state)
        state = arrows[number][state]
    return states, best_score - all_article


def _emit(view: _View, number: int) -> tuple[float, float, float, float, float]:
    line = view.lines[number]
    talk = view.talk[number]
    repeated = line.words in view.repeated
    name = (
        view.names[number]
        + (_NAME_PROVEN if len(view.repeated) > 1 else _NAME)
        + (_REPEATED if repeated else 0.0)
        + (_LINKED if number in view.linked else 0.0)
    )
    name += (_ALONE if _stands_alone(view.lines, number) else 0.0) - 0.5 * talk
    strong_name = repeated and view.names[number] > 0
    body = (-0.6 if strong_name else 0.0) + _TALK * talk
    more = (-0.6 if strong_name else 0.0) + _CONTINUED + 0.2 * talk
    article = _REPORT_TALK * talk + (0.15 if len(line.words) > 60 and talk == 0 else 0.0)
    return article, max(name, -3.0), body, body, more


def _stands_alone(lines: list[Line], number: int) -> bool:
    if number + 1 >= len(lines):
        return False
    following = lines[number + 1]
    return lines[number].blanks > 0 and following.blanks > 0 and len(following.words) > 1.5 * len(lines[number].words)


def _step(view: _View, number: int, earlier: int, state: int) -> float | None:
    """Return the weight of going from ``earlier`` to ``state``, None where the layout forbids it."""
    wide = view.wide[number]
    if earlier == _ARTICLE:
        return 0.0 if state == _ARTICLE else _start_step(view, number, state) if number else None
    if earlier == _NAME_LINE:
        if state == _BODY:
            return -0.8 if wide else 0.0
        if state == _NAME_LINE:
            return _EMPTY_BODY + (_WIDE_GAP if wide else 0.0)
        return _EMPTY_BODY if wide else None
    if state == _NAME_LINE:
        return 0.0 if number + 1 < len(view.lines) else _EMPTY_BODY
    if state == _UNNAMED_LINE:
        return _UNNAMED + (_WIDE_GAP + 1.0 if wide else 0.0)
    return -1.2 if wide else 0.0


def _start_step(view: _View, number: int, state: int) -> float:
    weight = _START_AFTER_HEADING if view.headed[number] else _START
    weight += _WIDE_GAP if view.wide[number] else 0.0
    weight += _SET_IN if view.lines[number].indent > view.lines[number - 1].indent == view.base_indent else 0.0
    return weight + (0.0 if state == _NAME_LINE else -0.6)


def _reads_as_talk(view: _View, drafts: list[Draft], boundary: int) -> bool:
    """Tell whether the bodies speak as readers do: names and headings alone prove nothing."""
    bodies = [
        " ".join(line.words for line in view.lines[draft.first : draft.last + 1])[:400]
        for draft in drafts
        if not draft.is_empty
    ]
    article = view.lines[:boundary]
    if len(drafts) < 2 or len(bodies) < 0.6 * len(drafts) or sum(len(line.words) for line in article) < _ARTICLE_CHARS:
        return False
    if sorted(map(len, bodies))[len(bodies) // 2] < _BODY_CHARS:
        return False
    talk = [talk_score(body) for body in bodies]
    spoken = sum(1 for score in talk if score >= _SPOKEN) / len(talk)
    if view.headed[boundary] or sum(draft.start in view.linked for draft in drafts) > 1:
        return spoken >= _SPOKEN_SHARE
    usual = sum(1 for line in article if talk_score(line.words[:400]) >= _SPOKEN) / len(article)
    if spoken < max(_SPOKEN_SHARE, usual + _MORE_THAN_ARTICLE if usual else 0.0):
        return False
    names = Counter(view.lines[draft.start].words for draft in drafts if draft.name is not None)
    if not names or names.most_common(1)[0][1] > max(2, 0.6 * len(drafts)):
        return False  # one label over and over: a caption, a column
    if max(names.values()) > 1 and len(names) > 1:
        return True
    return len(names) > 2 and sum(talk) / len(talk) >= _STRANGERS_TALK


def _drafts(view: _View, states: list[_State], boundary: int) -> list[Draft]:
    lines = view.lines
    starts = [
        number
        for number in range(boundary, len(lines))
        if states[number] is _State.NAME or states[number] is _State.UNNAMED
    ]
    drafts = []
    for position, start in enumerate(starts):
        end = starts[position + 1] - 1 if position + 1 < len(starts) else len(lines) - 1
        named = states[start] is _State.NAME
        first, last = start + (1 if named else 0), end
        while first <= last and is_machinery(lines[last].words):
            last -= 1
        stamp = view.linked.get(start)
        name = (stamp.name if stamp else lines[start].span) if named else None
        drafts.append(Draft(start, first, last, name, "", lines[start].indent, *_how_sure(view, start, named)))
    return drafts


def _how_sure(view: _View, start: int, named: bool) -> tuple[Certainty, str]:
    if not named:
        if view.wide[start]:
            return Certainty.LIKELY, "a wide gap where the name would stand"
        return Certainty.AMBIGUOUS, "no name above it; it does not read as the comment before"
    if view.lines[start].words in view.repeated:
        return Certainty.CLEAR, "author line: the name comes back as a line of its own"
    return Certainty.LIKELY, "author line by its place and shape"

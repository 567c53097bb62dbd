"""Evidence as marked text: overlapping spans flattened into pieces that lie side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.model import Claim, Span
from reportedly.page.privacy import Redaction

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span that is evidence for claim number ``claim`` in the given role."""

    span: Span
    claim: int
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one and the same set of marks over it.

    claims: numbers of the claims that it is evidence for; acts: those whose act it names;
    roles: of the evidence; classes: the look of its act, "" where it names none;
    anchors: claims that have their first act words here; hidden_name: it stands for a commenter's name.
    """

    text: str
    claims: tuple[int, ...] = ()
    acts: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    classes: str = ""
    anchors: tuple[int, ...] = ()
    hidden_name: bool = False


def visible(text: str) -> str:
    """Return the text with characters that HTML cannot carry replaced, one for one, by visible ones.

    >>> visible("a\\x00b")
    'a␀b'
    """
    return _UNSHOWABLE.sub(_visible_sign, text).replace("\r\n", "\n").replace("\r", "\n")


def _visible_sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def marks_of(claim: Claim, number: int) -> Iterable[Mark]:
    """Yield every stretch of text that supports a claim, its act first."""
    found = {Mark(claim.act.span, number, "act")}
    found.update(Mark(one.span, number, one.role) for one in claim.evidence if one.role != "claim")
    found.update(Mark(party.span, number, "actor") for party in claim.actors if party.span)
    found.update(Mark(party.span, number, "recipient") for party in claim.recipients if party.span)
    found.update(Mark(place.span, number, "place") for place in claim.places)
    found.update(Mark(number_told.span, number, "number") for number_told in claim.quantities)
    for voice in claim.voices:
        found.update(Mark(span, number, "voice") for span in (voice.span, voice.cue) if span)
    found.update(Mark(span, number, "same") for span in claim.same_as)
    return sorted(mark for mark in found if len(mark.span))


class Cutter:
    """Cuts stretches of one report into pieces; remembers which claims already have their anchor."""

    def __init__(self, text: str, marks: Iterable[Mark], looks: Mapping[int, str]) -> None:
        self._text = text
        self._marks = sorted(marks)
        self._longest = max((len(mark.span) for mark in self._marks), default=0)
        self._looks = looks
        self._anchored: set[int] = set()

    def cut(self, span: Span, redactions: Sequence[Redaction] = ()) -> tuple[Piece, ...]:
        """Return the text of ``span`` as pieces: joined, they are the text (names of commenters replaced)."""
        marks = self._marks_over(span)
        opening: defaultdict[int, list[Mark]] = defaultdict(list)
        closing: defaultdict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            opening[max(mark.span.start, span.start)].append(mark)
            closing[min(mark.span.end, span.end)].append(mark)
        inside = [one for one in redactions if span.contains(one.span)]
        edges = {span.start, span.end, *opening, *closing}
        edges.difference_update(edge for one in inside for edge in tuple(edges) if one.span.start < edge < one.span.end)
        edges.update(edge for one in inside for edge in (one.span.start, one.span.end))
        return tuple(self._sweep(sorted(edges), opening, closing, inside))

    def _marks_over(self, span: Span) -> list[Mark]:
        first = bisect_left(self._marks, span.start - self._longest, key=_start)
        last = bisect_left(self._marks, span.end, key=_start)
        return [mark for mark in self._marks[first:last] if mark.span.overlaps(span)]

    def _sweep(
        self,
        edges: Sequence[int],
        opening: Mapping[int, list[Mark]],
        closing: Mapping[int, list[Mark]],
        redactions: Sequence[Redaction],
    ) -> Iterable[Piece]:
        shown = {one.span.start: one.shown for one in redactions}
        active: list[Mark] = []
        previous = edges[0]
        for start, end in pairwise(edges):
            for edge in range(previous, start + 1):
                active = [mark for mark in active if mark not in closing.get(edge, ())]
                active += opening.get(edge, [])
            previous = start + 1
            if start in shown:
                yield Piece(f"[{shown[start]}]", hidden_name=True, claims=_numbers(active))
            else:
                yield self._piece(visible(self._text[start:end]), active)

    def _piece(self, text: str, active: Sequence[Mark]) -> Piece:
        acts = _numbers(mark for mark in active if mark.role == "act")
        fresh = tuple(number for number in acts if number not in self._anchored)
        self._anchored.update(fresh)
        return Piece(
            text=text,
            claims=_numbers(active),
            acts=acts,
            roles=tuple(sorted({mark.role for mark in active})),
            classes=self._looks[acts[0]] if acts else "",
            anchors=fresh,
        )


def _numbers(marks: Iterable[Mark]) -> tuple[int, ...]:
    return tuple(sorted({mark.claim for mark in marks}))


def _start(mark: Mark) -> int:
    return mark.span.start

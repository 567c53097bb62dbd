"""An edition: the readings and events of one page, put in order and numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reportedly.model import Claim, Event, Passage, Reading, Span, Voice, VoiceKind
from reportedly.page.grammar import Look, look_of_claim
from reportedly.page.phrasing import voice_phrase
from reportedly.page.privacy import Names, Redaction, mask, shown_author

_FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with its number on the page (from 1) and what belongs to it."""

    number: int
    claim: Claim
    reading: Reading
    report_number: int
    look: Look
    event: Event | None
    event_number: int | None
    passage: Passage | None
    names: Names
    redactions: tuple[Redaction, ...]

    @property
    def commenter(self) -> str:
        """Return the pseudonym of the comment's author, "" in the article."""
        return shown_author(self.passage) if self.claim.in_comment and self.passage else ""

    def voice_names(self) -> tuple[str, ...]:
        """Return the voice chain in words, outermost first."""
        return tuple(self.safe(voice_phrase(one, self.commenter)) for one in self.claim.voices)

    def safe(self, text: str) -> str:
        """Return the text fit for a label: no commenter's name, no word of the warning list."""
        text = self.names.scrub(text)
        for redaction in self.redactions:
            word = redaction.span.of(self.reading.report.text)
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", redaction.shown, text)
        return mask(text)


@dataclass(frozen=True, slots=True)
class VoiceGroup:
    """The claims that one voice answers for."""

    name: str
    kind: str  # "article", "voice" or "comments"
    description: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything on one page, numbered from 1 in reading order."""

    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    entries: tuple[Entry, ...]

    def of_report(self, number: int) -> tuple[Entry, ...]:
        """Return the claims of report ``number`` in text order."""
        return tuple(entry for entry in self.entries if entry.report_number == number)


def make_edition(readings: Sequence[Reading], events: Sequence[Event]) -> Edition:
    """Put readings in order of publication (undated ones last) and number their claims."""
    ordered = tuple(sorted(readings, key=_publication_order))
    position = {
        claim.id: (number, claim.act.span) for number, reading in enumerate(ordered) for claim in reading.claims
    }
    nowhere = (len(ordered), Span(0, 0))

    def event_order(event: Event) -> tuple[bool, str, tuple[int, Span], str]:
        first_told = min((position.get(claim_id, nowhere) for claim_id in event.claims), default=nowhere)
        return (event.comments_only, event.start or "~", first_told, event.id)

    in_order = tuple(sorted(events, key=event_order))
    event_of = {claim_id: pair for pair in enumerate(in_order, start=1) for claim_id in pair[1].claims}
    return Edition(ordered, in_order, tuple(_number_claims(ordered, event_of)))


def _publication_order(reading: Reading) -> tuple[datetime, str]:
    published = reading.report.published
    moment = (published.start or published.end) if published else None
    return (moment or _FAR_FUTURE, reading.report.id)


def _number_claims(readings: Sequence[Reading], event_of: dict[str, tuple[int, Event]]) -> Iterator[Entry]:
    number = 0
    for report_number, reading in enumerate(readings, start=1):
        passages = {passage.index: passage for passage in reading.passages}
        names = Names.of(reading)
        redactions = {passage.index: names.redactions(passage) for passage in reading.passages}
        for claim in sorted(reading.claims, key=lambda one: (one.act.span, one.id)):
            number += 1
            event_number, event = event_of.get(claim.id, (None, None))
            look = look_of_claim(claim, event.status if event else None)
            passage = passages.get(claim.passage)
            yield Entry(
                number=number,
                claim=claim,
                reading=reading,
                report_number=report_number,
                look=look,
                event=event,
                event_number=event_number,
                passage=passage,
                names=names,
                redactions=redactions.get(claim.passage, ()),
            )


def group_by_voice(entries: Sequence[Entry]) -> tuple[VoiceGroup, ...]:
    """Group claims by who answers for them: the article's own voice, then each voice it quotes.

    Claims made in comments form groups of their own, one per commenter; the two never share one.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    titles: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        key, title, description = _group_of(entry)
        groups.setdefault(key, []).append(entry)
        titles.setdefault(key, (title, description))
    rank = {"article": 0, "voice": 1, "comments": 2}
    ordered = sorted(groups, key=lambda key: (rank[key[0]], -len(groups[key]), key[1]))
    return tuple(VoiceGroup(titles[key][0], key[0], titles[key][1], tuple(groups[key])) for key in ordered)


def _group_of(entry: Entry) -> tuple[tuple[str, str], str, str]:
    if entry.claim.in_comment:
        return ("comments", entry.commenter), entry.commenter, "reader comment"
    voice = _innermost(entry.claim.voices)
    if voice is None or voice.kind is VoiceKind.AUTHOR:
        return ("article", ""), "The article itself", "nobody else is named for it"
    name = entry.safe(voice_phrase(voice, ""))
    identity = voice.actor.actor_id if voice.actor and voice.actor.actor_id else name.casefold()
    described = {
        VoiceKind.NAMED: "named source",
        VoiceKind.CLASS: "a group of people, nobody named",
        VoiceKind.UNKNOWN: "unknown source",
    }
    return ("voice", identity), name, described.get(voice.kind, "")


def _innermost(voices: Sequence[Voice]) -> Voice | None:
    return voices[-1] if voices else None

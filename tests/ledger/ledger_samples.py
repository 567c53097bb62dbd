"""Readings made by hand and by Hypothesis, and what other processes do to ledgers in tests."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from hypothesis import strategies as st

from reportedly.ledger import Ledger
from reportedly.model import (
    Act,
    ActorLink,
    Category,
    Certainty,
    Claim,
    Event,
    EventStatus,
    Evidence,
    Geometry,
    Interval,
    LinkStatus,
    Mention,
    MentionKind,
    Modality,
    Party,
    Passage,
    PassageKind,
    Place,
    PlaceKind,
    PlaceLink,
    Quantity,
    Reading,
    Report,
    Span,
    State,
    TimePrecision,
    Voice,
    VoiceKind,
    When,
    Where,
)
from reportedly.read.identity import make_report_id

ARMY = ActorLink(LinkStatus.RESOLVED, "Northern Army", "northern-army", "army", ("MIL",), "SYR", 0.9)
MILITANTS = ActorLink(LinkStatus.CLASS, "militant groups", "class:militant-groups", "group")
STRANGER = ActorLink(LinkStatus.UNKNOWN, "Colonel Yıldız")
TOWN = Place(
    *("geonames:1", "Saraqib", PlaceKind.TOWN, 35.86, 36.8, 3.0, Geometry("Point", (((36.8, 35.86),),))),
    country="SYR",
    admin=("Syria", "Idlib Governorate"),
)
PROVINCE = Place(
    *("admin1:SY.12", "Idlib Governorate", PlaceKind.ADMIN1, 35.8, 36.7, 60.0),
    Geometry("Polygon", (((36.0, 35.0), (36.0, 36.0), (37.0, 36.0), (37.0, 35.0), (36.0, 35.0)),)),
    country="SYR",
    admin=("Syria",),
    ucdp_precision=4,
)
COUNTRY = Place("country:SYR", "Syria", PlaceKind.COUNTRY, 35.0, 38.0, 400.0, None, "SYR", ucdp_precision=6)


def day(text: str) -> Interval:
    """Return one day as an interval."""
    start = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return Interval(start, start + timedelta(days=1), TimePrecision.DAY)


def link_place(place: Place | None, name: str = "") -> PlaceLink:
    """Return a link to the place, or one that found nothing."""
    if place is None:
        return PlaceLink(LinkStatus.UNKNOWN, name)
    return PlaceLink(LinkStatus.RESOLVED, place.name, place, 0.8, ((place.id, place.name, 0.8),), ("only one",))


def make_reading(
    sentences: Sequence[str] = ("The Northern Army shelled Saraqib.",),
    comments: Sequence[tuple[str | None, str]] = (),
    *,
    key: str = "https://example.org/1",
    outlet: str | None = "The Orontes Post",
    published: str | None = "2020-03-05",
) -> Reading:
    """Lay out a report as flat text (title, sentences, author lines, comments) with one claim a sentence."""
    text = "Sample title"
    passages = [Passage(0, PassageKind.TITLE, Span(0, len(text)))]
    for sentence in sentences:
        start = len(text) + 2
        text += f"\n\n{sentence}"
        passages.append(Passage(len(passages), PassageKind.PARAGRAPH, Span(start, len(text))))
    for number, (author, body) in enumerate(comments, 1):
        author_span = None
        if author is not None:
            author_span = Span(len(text) + 2, len(text) + 2 + len(author))
            text += f"\n\n{author}"
        start = len(text) + 2
        text += f"\n\n{body}"
        pseudonym = "reader-" + hashlib.sha256((author or f"#{number}").encode()).hexdigest()[:6]
        passages.append(
            Passage(
                index=len(passages),
                kind=PassageKind.COMMENT,
                span=Span(start, len(text)),
                comment=number,
                author=author,
                author_span=author_span,
                pseudonym=pseudonym,
                answers=1,
                answers_certainty=Certainty.LIKELY,
                answers_why="it comes after it",
            )
        )
    report = Report(
        id=make_report_id(key, text),
        key=key,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        origin=key.rpartition("/")[2] + ".txt",
        format="text",
        language="en",
        language_confidence=0.99,
        title="Sample title",
        outlet=outlet,
        url=key,
        published=day(published) if published else None,
    )
    claims = tuple(
        make_claim(report, passage, number)
        for number, passage in enumerate((p for p in passages if p.kind is not PassageKind.TITLE), 1)
    )
    return Reading(report, tuple(passages), (), claims, (), "rules.v1", ("a note",))


def make_claim(report: Report, passage: Passage, number: int) -> Claim:
    """Return a claim that the Northern Army shelled Saraqib, with the whole passage for its sentence."""
    span = passage.span
    commenter = passage.kind is PassageKind.COMMENT
    voice = Voice(VoiceKind.COMMENTER, passage.pseudonym or "") if commenter else Voice(VoiceKind.AUTHOR, "article")
    word = Span(span.start, min(span.end, span.start + 3))
    return Claim(
        id=f"{report.id}.c{number}",
        report_id=report.id,
        passage=passage.index,
        in_comment=commenter,
        act=Act(Category.ASSAULT, None, "aerial", "shell", word),
        actors=(Party(ARMY, word, word.of(report.text)),),
        recipients=(),
        places=(Where(link_place(TOWN), word, word.of(report.text)),),
        when=(),
        modality=Modality.ASSERTED,
        voices=(voice,),
        sentence=span,
        confidence=0.75,
        evidence=(Evidence("claim", span, span.of(report.text)),),
    )


def change_claim(reading: Reading, index: int = 0, **changes: object) -> Reading:
    """Return the reading with one claim changed."""
    claims = list(reading.claims)
    claims[index] = replace(claims[index], **changes)  # type: ignore[arg-type]
    return replace(reading, claims=tuple(claims))


def one_event_per_claim(readings: Sequence[Reading]) -> tuple[Event, ...]:
    """Group nothing: each claim is an event of its own."""
    return tuple(make_event(claim) for reading in readings for claim in reading.claims)


def make_event(*claims: Claim, place: Place | None = TOWN, **changes: object) -> Event:
    """Return an event told by the claims."""
    first = claims[0]
    event = Event(
        id="e-" + hashlib.sha256(first.id.encode()).hexdigest()[:12],
        act=first.act.label,
        category=str(first.act.category or ""),
        modality=str(first.modality),
        negated=first.negated,
        status=EventStatus.REPORTED,
        actors=tuple(party.link.name for party in first.actors),
        recipients=tuple(party.link.name for party in first.recipients),
        places=(place.name,) if place else (),
        place_id=place.id if place else None,
        start="2020-03-05",
        end="2020-03-06",
        claims=tuple(claim.id for claim in claims),
        sources=("outlet:the-orontes-post",),
        comments_only=all(claim.in_comment for claim in claims),
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def read_sample(report: Report) -> Reading:
    """Stand in for the analysis: paragraphs by blank lines, one claim each. Module-level: it can be pickled.

    "POISON" fails, "CRASH" kills the process, "LIES" quotes what the text does not say.
    """
    if "CRASH" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "POISON" in report.text:
        raise RuntimeError("poisoned\nin two lines")
    passages: list[Passage] = []
    start = 0
    for words in report.text.split("\n\n"):
        passages.append(Passage(len(passages), PassageKind.PARAGRAPH, Span(start, start + len(words))))
        start += len(words) + 2
    claims = tuple(make_claim(report, passage, passage.index + 1) for passage in passages)
    reading = Reading(report, tuple(passages), (), claims, (), "sample.v1")
    if "LIES" in report.text:
        return change_claim(reading, evidence=(Evidence("claim", Span(0, 3), "lie"),))
    return reading


def add_numbered(path: Path, prefix: str, count: int) -> None:
    """Add ``count`` readings to the ledger (run in a process of its own)."""
    with Ledger.open(path) as ledger:
        for number in range(count):
            ledger.add(make_reading(key=f"https://example.org/{prefix}{number}"))


def add_until_killed(path: Path, acknowledge: Connection) -> None:
    """Add readings for ever; send each id after ``add`` has returned (run in a process of its own)."""
    with Ledger.open(path) as ledger:
        while True:
            reading = make_reading(key=f"https://example.org/{time.monotonic_ns()}")
            ledger.add(reading)
            acknowledge.send(reading.report.id)


# Any reading that the model allows

_words = st.text(st.characters(codec="utf-8"), max_size=12)
_names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
_confidences = st.integers(0, 10_000).map(lambda n: n / 10_000)
_moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
_positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Draw an interval; either side may be open."""
    first, last = sorted((draw(_moments), draw(_moments)))
    return Interval(
        draw(st.sampled_from((first, None))),
        draw(st.sampled_from((last, None))),
        draw(st.sampled_from(TimePrecision)),
    )


actor_links = st.builds(
    ActorLink,
    status=st.sampled_from(LinkStatus),
    name=_names,
    actor_id=st.none() | st.sampled_from(("northern-army", "class:militant-groups")),
    sectors=st.just(("MIL", "REB")) | st.just(()),
    confidence=_confidences,
    candidates=st.lists(_words, max_size=2).map(tuple),
)
places = st.builds(
    Place,
    id=st.sampled_from(("geonames:1", "route:m4", "country:SYR")),
    name=_names,
    kind=st.sampled_from(PlaceKind),
    lat=st.floats(-90, 90),
    lon=st.integers(-180, 180),
    radius_km=st.floats(0, 500),
    geometry=st.none()
    | st.builds(Geometry, st.just("Polygon"), st.lists(_positions, min_size=3, max_size=5).map(lambda r: (tuple(r),))),
    admin=st.lists(_names, max_size=2).map(tuple),
)
place_links = st.builds(
    PlaceLink,
    status=st.sampled_from(LinkStatus),
    name=_names,
    place=st.none() | places,
    confidence=_confidences,
    candidates=st.lists(st.tuples(_names, _names, _confidences), max_size=2).map(tuple),
)


@st.composite
def readings(draw: st.DrawFn, key: str = "https://example.org/any") -> Reading:
    """Draw a reading whose references resolve and whose quotations are verbatim."""
    bare = make_reading(
        draw(st.lists(_words, min_size=1, max_size=3)),
        draw(st.lists(st.tuples(st.none() | _names, _words), max_size=2)),
        key=key,
        outlet=draw(st.none() | _names),
        published=draw(st.none() | st.just("2020-03-05")),
    )
    text = bare.report.text
    cuts = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: Span(*sorted(ends)))
    claims = tuple(draw(_claims(claim, text, cuts)) for claim in bare.claims)
    mentions = draw(st.lists(_mentions(cuts, text, len(bare.passages)), max_size=4))
    events = (make_event(claims[0]),) if draw(st.booleans()) else ()
    return replace(bare, claims=claims, mentions=tuple(mentions), events=events)


@st.composite
def _claims(draw: st.DrawFn, bare: Claim, text: str, cuts: st.SearchStrategy[Span]) -> Claim:
    span = draw(cuts)
    category = draw(st.none() | st.sampled_from(Category))
    act = Act(category, None if category else draw(st.sampled_from(State)), None, draw(_words), span)
    party = st.builds(Party, link=actor_links, span=st.none() | cuts, text=_words, implied=st.booleans())
    where = st.builds(Where, link=place_links, span=cuts, text=_words)
    number = st.none() | st.integers(0, 10**6)
    voice = st.builds(Voice, kind=st.sampled_from(VoiceKind), name=_names, actor=st.none() | actor_links)
    return replace(
        bare,
        act=act,
        actors=tuple(draw(st.lists(party, max_size=2))),
        recipients=tuple(draw(st.lists(party, max_size=2))),
        places=tuple(draw(st.lists(where, max_size=2))),
        when=tuple(draw(st.lists(st.builds(When, _words, st.none() | intervals()), max_size=2))),
        modality=draw(st.sampled_from(Modality)),
        negated=draw(st.booleans()),
        voices=(*bare.voices, *draw(st.lists(voice, max_size=2))),
        confidence=draw(_confidences),
        evidence=(*bare.evidence, Evidence("act", span, span.of(text))),
        quantities=tuple(draw(st.lists(st.builds(Quantity, _words, cuts, _words, number, number), max_size=1))),
        hedges=tuple(draw(st.lists(_words, max_size=2))),
    )


def _mentions(cuts: st.SearchStrategy[Span], text: str, passages: int) -> st.SearchStrategy[Mention]:
    return st.builds(
        Mention,
        kind=st.sampled_from(MentionKind),
        span=cuts,
        text=_words,
        passage=st.integers(0, passages - 1),
        actor=st.none() | actor_links,
        place=st.none() | place_links,
    )

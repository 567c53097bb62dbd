"""One reading and one event made by hand, so that the command line is tested apart from the analysis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reportedly.model import (
    Act,
    ActorLink,
    Category,
    Certainty,
    Claim,
    Event,
    EventStatus,
    Evidence,
    Interval,
    LinkStatus,
    Modality,
    Party,
    Passage,
    PassageKind,
    Place,
    PlaceKind,
    PlaceLink,
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

TITLE = "Shells fall on Sarmin"
ARTICLE = (
    "Government forces shelled Sarmin on Saturday, activists said.",
    "The army denied shelling Sarmin. Joint patrols are planned for Sunday.",
    "The rebels did not attack Saraqib.",
)
COMMENTER = "Tomas Bright"
COMMENT = "HTS controls Sarmin, ask anyone."
TEXT = "\n\n".join([TITLE, *ARTICLE, COMMENTER, COMMENT]) + "\n"
KEY = "https://example.org/sarmin"
REPORT_ID = make_report_id(KEY, TEXT)
PSEUDONYM = "reader-7f3a9c"
DAY = Interval(datetime(2020, 3, 14, tzinfo=UTC), datetime(2020, 3, 15, tzinfo=UTC), TimePrecision.DAY)


def span_of(words: str) -> Span:
    """Return where the words stand first in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def actor(name: str, actor_id: str | None, status: LinkStatus = LinkStatus.RESOLVED) -> ActorLink:
    """Return a link to an actor."""
    return ActorLink(status, name, actor_id, "armed force", ("MIL",), "SYR", 0.9, (), ("alias",))


SARMIN = Place("geonames:1", "Sarmin", PlaceKind.TOWN, 35.9, 36.72, 3.0, None, "SYR", ("Syria", "Idlib Governorate"))
ARMY = actor("Syrian Army", "syrian-army")
REBELS = actor("rebels", "class:rebels", LinkStatus.CLASS)
AUTHOR = Voice(VoiceKind.AUTHOR, "the article")
ACTIVISTS = Voice(VoiceKind.CLASS, "activists", actor("activists", "class:activists", LinkStatus.CLASS))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that a claim of the fixture stands on."""

    sentence: str
    act: str
    who: str


def make_claim(  # noqa: PLR0917
    number: int,
    passage: int,
    wording: Wording,
    act: tuple[Category | None, State | None, str | None],
    link: ActorLink,
    modality: Modality,
    voices: tuple[Voice, ...] = (AUTHOR,),
    negated: bool = False,
) -> Claim:
    """Return a claim whose evidence stands in the text."""
    category, state, mode = act
    who, sentence, did = span_of(wording.who), span_of(wording.sentence), span_of(wording.act)
    place = "Saraqib" if "Saraqib" in wording.sentence else "Sarmin"
    where = Span(
        sentence.start + wording.sentence.find(place),
        sentence.start + wording.sentence.find(place) + len(place),
    )
    places = (
        (Where(PlaceLink(LinkStatus.RESOLVED, "Sarmin", SARMIN, 0.9), where, "Sarmin"),)
        if place == "Sarmin" and place in wording.sentence
        else ()
    )
    return Claim(
        id=f"{REPORT_ID}.c{number}",
        report_id=REPORT_ID,
        passage=passage,
        in_comment=passage == 4,
        act=Act(category, state, mode, wording.act, did),
        actors=(Party(link, who, wording.who),),
        recipients=(),
        places=places,
        when=(When("on Saturday", DAY),) if "Saturday" in wording.sentence else (),
        modality=modality,
        voices=voices,
        sentence=sentence,
        confidence=0.8,
        evidence=(Evidence("act", did, wording.act), Evidence("actor", who, wording.who)),
        negated=negated,
    )


def make_claims() -> tuple[Claim, ...]:
    """Return an asserted, a denied, a planned, a negated claim, and one of a reader."""
    artillery = (Category.ASSAULT, None, "heavy-weapons")
    joint = actor("joint patrols", None, LinkStatus.UNKNOWN)
    reader = Voice(VoiceKind.COMMENTER, COMMENTER)
    return (
        make_claim(
            1,
            1,
            Wording(ARTICLE[0], "shelled", "Government forces"),
            artillery,
            ARMY,
            Modality.ASSERTED,
            (AUTHOR, ACTIVISTS),
        ),
        make_claim(
            2,
            2,
            Wording("The army denied shelling Sarmin.", "shelling", "The army"),
            artillery,
            ARMY,
            Modality.DENIED,
        ),
        make_claim(
            3,
            2,
            Wording("Joint patrols are planned for Sunday.", "patrols", "Joint patrols"),
            (Category.COOPERATE, None, None),
            joint,
            Modality.PLANNED,
        ),
        make_claim(
            4,
            3,
            Wording(ARTICLE[2], "attack", "The rebels"),
            (Category.ASSAULT, None, None),
            REBELS,
            Modality.ASSERTED,
            negated=True,
        ),
        make_claim(
            5,
            4,
            Wording(COMMENT, "controls", "HTS"),
            (None, State.CONTROLS, None),
            actor("Hayat Tahrir al-Sham", "hts"),
            Modality.ASSERTED,
            (reader,),
        ),
    )


def make_reading() -> Reading:
    """Return a reading of one report with a comment."""
    report = Report(
        id=REPORT_ID,
        key=KEY,
        text=TEXT,
        sha256="0" * 64,
        origin="sarmin.txt",
        format="text",
        language="en",
        language_confidence=1.0,
        title=TITLE,
        outlet="Orontes Courier",
        published=Interval(DAY.start, (DAY.start or datetime.now(UTC)) + timedelta(days=1), TimePrecision.DAY),
    )
    parts = [(PassageKind.TITLE, TITLE), *((PassageKind.PARAGRAPH, words) for words in ARTICLE)]
    passages = [Passage(at, kind, span_of(words)) for at, (kind, words) in enumerate(parts)]
    comment = Passage(
        4,
        PassageKind.COMMENT,
        span_of(COMMENT),
        comment=1,
        author=COMMENTER,
        author_span=span_of(COMMENTER),
        pseudonym=PSEUDONYM,
        certainty=Certainty.CLEAR,
    )
    return Reading(report, (*passages, comment), (), make_claims(), (), "hand.v1")


def make_event() -> Event:
    """Return a disputed event over the first two claims."""
    return Event(
        id="e-0123456789ab",
        act="ASSAULT heavy-weapons",
        category="ASSAULT",
        modality="asserted",
        negated=False,
        status=EventStatus.DISPUTED,
        actors=("Syrian Army",),
        recipients=(),
        places=("Sarmin",),
        place_id="geonames:1",
        start="2020-03-14",
        end="2020-03-15",
        claims=(f"{REPORT_ID}.c1", f"{REPORT_ID}.c2"),
        sources=("voice:activists",),
        numbers=(("wounded", 3.0, 3.0, f"{REPORT_ID}.c1"),),
        reasons=("same act, same place",),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]

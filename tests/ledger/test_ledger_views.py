"""Filters, lists, searches and single records."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_samples import (
    ARMY,
    COUNTRY,
    MILITANTS,
    PROVINCE,
    STRANGER,
    TOWN,
    change_claim,
    day,
    link_place,
    make_event,
    make_reading,
    one_event_per_claim,
)

from reportedly import NotInLedger
from reportedly.ledger import (
    ActorRecord,
    ClaimFilter,
    ClaimRecord,
    EventFilter,
    EventRecord,
    Ledger,
    PassageRecord,
    PlaceRecord,
    ReportRecord,
    SourceRecord,
)
from reportedly.ledger.filters import search_expression
from reportedly.model import (
    Act,
    Interval,
    Mention,
    MentionKind,
    Modality,
    Party,
    Reading,
    Span,
    State,
    TimePrecision,
    Voice,
    VoiceKind,
    When,
    Where,
)

AT = Span(0, 6)


@pytest.fixture
def reading() -> Reading:
    """Four article claims and two in comments, each with something of its own."""
    made = make_reading(
        [
            "The Northern Army shelled Saraqib on 5 March.",
            "Militants control Idlib, activists said.",
            "Colonel Yıldız will not withdraw from Syria.",
            "They left in 2019.",
        ],
        [("Jane Doe", "Saraqib was shelled twice."), (None, "Nobody knows.")],
    )
    made = change_claim(made, 0, when=(When("on 5 March", day("2020-03-05")),))
    made = change_claim(
        made,
        1,
        act=Act(None, State.CONTROLS, None, "control", AT),
        actors=(Party(MILITANTS, AT, "Militants"),),
        places=(Where(link_place(PROVINCE), AT, "Idlib"),),
        voices=(Voice(VoiceKind.AUTHOR, "article"), Voice(VoiceKind.CLASS, "activists")),
        when=(When("now", day("2020-03-07")),),
    )
    made = change_claim(
        made,
        2,
        actors=(Party(STRANGER, AT, "Colonel Yıldız"),),
        recipients=(Party(ARMY, None, "", implied=True),),
        places=(Where(link_place(COUNTRY), AT, "Syria"),),
        modality=Modality.PLANNED,
        negated=True,
        voices=(Voice(VoiceKind.AUTHOR, "article"), Voice(VoiceKind.NAMED, "Northern Army", ARMY)),
    )
    year = Interval(datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), TimePrecision.YEAR)
    return change_claim(
        made,
        3,
        actors=(),
        places=(Where(link_place(None, "Nowhere"), AT, "x"),),
        when=(When("in 2019", year),),
    )


@pytest.fixture
def filled(ledger: Ledger, reading: Reading) -> Ledger:
    """A ledger with the reading and an event a claim."""
    ledger.add(reading)
    ledger.set_events(one_event_per_claim([reading]))
    return ledger


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (ClaimFilter(), [1, 2, 3, 4, 5, 6]),
        (ClaimFilter(about="northern-army"), [1, 3, 5, 6]),
        (ClaimFilter(about="NORTHERN arm"), [1, 3, 5, 6]),
        (ClaimFilter(about="yildiz"), [3]),
        (ClaimFilter(about="class:militant-groups"), [2]),
        (ClaimFilter(by="activists"), [2]),
        (ClaimFilter(by="voice:northern-army"), [3]),
        (ClaimFilter(by="Orontes"), [1, 2, 3, 4]),
        (ClaimFilter(where="saraqib"), [1, 5, 6]),
        (ClaimFilter(where="geonames:1"), [1, 5, 6]),
        (ClaimFilter(where="Idlib"), [1, 2, 5, 6]),
        (ClaimFilter(where="Syria"), [1, 2, 3, 5, 6]),
        (ClaimFilter(where="nowhere"), [4]),
        (ClaimFilter(kind="assault"), [1, 3, 4, 5, 6]),
        (ClaimFilter(kind="ASSAULT aerial"), [1, 3, 4, 5, 6]),
        (ClaimFilter(kind="ASSAULT beat"), []),
        (ClaimFilter(kind="controls"), [2]),
        (ClaimFilter(modality=Modality.PLANNED), [3]),
        (ClaimFilter(modality="planned"), [3]),
        (ClaimFilter(negated=True), [3]),
        (ClaimFilter(negated=False, part="article"), [1, 2, 4]),
        (ClaimFilter(part="comments"), [5, 6]),
        (ClaimFilter(since=date(2020, 3, 6)), [2]),
        (ClaimFilter(since=date(2020, 3, 5), until=date(2020, 3, 5)), [1, 3, 5, 6]),
        (ClaimFilter(until=date(2019, 6, 1)), [4]),
        (ClaimFilter(until=date.max), [1, 2, 3, 4, 5, 6]),
        (ClaimFilter(report="r-0"), []),
        (ClaimFilter(limit=2), [1, 2]),
        (ClaimFilter(limit=0), []),
        (ClaimFilter(about="army", where="Syria", part="article"), [1, 3]),
        (ClaimFilter(about="'; DROP TABLE claims; --"), []),
        (ClaimFilter(about="%"), []),
    ],
    ids=repr,
)
def test_filter_shows_what_fits(filled: Ledger, wanted: ClaimFilter, numbers: list[int]) -> None:
    assert [int(claim.id.rpartition("c")[2]) for claim in filled.claims(wanted)] == numbers


def test_part_is_article_or_comments(filled: Ledger) -> None:
    with pytest.raises(ValueError, match="article"):
        filled.claims(ClaimFilter(part="readers"))


def test_claims_without_any_date_are_left_out_of_date_filters(ledger: Ledger) -> None:
    ledger.add(make_reading(published=None))
    assert ledger.claims(ClaimFilter(since=date(1900, 1, 1))) == []
    assert len(ledger.claims()) == 1


def test_open_interval_fits_every_later_day(ledger: Ledger) -> None:
    since_2011 = Interval(datetime(2011, 1, 1, tzinfo=UTC), None, TimePrecision.YEAR)
    ledger.add(change_claim(make_reading(), when=(When("since 2011", since_2011),)))
    assert len(ledger.claims(ClaimFilter(since=date(2020, 1, 1)))) == 1
    assert ledger.claims(ClaimFilter(until=date(2010, 1, 1))) == []


def test_claim_rows_carry_quotation_and_report(filled: Ledger) -> None:
    row = filled.claim_rows(ClaimFilter(part="comments"))[0]
    assert row.quote == "Saraqib was shelled twice."
    assert (row.outlet, row.published) == ("The Orontes Post", "2020-03-05")
    assert row.pseudonym is not None
    assert row.pseudonym.startswith("reader-")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (EventFilter(), 6),
        (EventFilter(about="northern-army"), 4),
        (EventFilter(about="yildiz"), 1),
        (EventFilter(where="saraqib"), 6),  # every sample event is drawn there
        (EventFilter(where="admin1:SY.12"), 1),
        (EventFilter(kind="controls"), 1),
        (EventFilter(kind="assault"), 5),
        (EventFilter(modality="planned"), 1),
        (EventFilter(status="reported"), 6),
        (EventFilter(status="denied"), 0),
        (EventFilter(part="article"), 4),
        (EventFilter(part="comments"), 2),
        (EventFilter(since=date(2020, 3, 6)), 6),
        (EventFilter(since=date(2020, 3, 7)), 0),
        (EventFilter(until=date(2020, 3, 4)), 0),
        (EventFilter(negated=True), 1),
        (EventFilter(limit=3), 3),
    ],
    ids=repr,
)
def test_event_filter_shows_what_fits(filled: Ledger, wanted: EventFilter, count: int) -> None:
    assert len(filled.events(wanted)) == count


def test_setting_events_replaces_them(filled: Ledger, reading: Reading) -> None:
    only = make_event(*reading.claims[:2])
    filled.set_events([only])
    assert filled.events() == [only]
    assert filled.verify() == []


def test_events_made_from_an_older_state_are_not_written(ledger: Ledger) -> None:
    basis = ledger.generation
    ledger.add(make_reading())
    assert ledger.events_are_stale
    assert not ledger.set_events([], basis=basis)
    assert ledger.events_are_stale
    assert ledger.set_events([], basis=ledger.generation)
    assert not ledger.events_are_stale


def test_actors_are_counted_apart_for_article_and_comments(filled: Ledger) -> None:
    rows = {row.name: row for row in filled.actors()}
    army = rows["Northern Army"]
    assert (army.id, army.claims, army.in_article, army.reports) == ("northern-army", 4, 2, 1)
    assert rows["Colonel Yıldız"].id is None
    assert [row.name for row in filled.actors("militant")] == ["militant groups"]


def test_mentions_are_counted_beside_claims(ledger: Ledger) -> None:
    mention = Mention(MentionKind.GROUP, AT, "Sample", 0, ARMY)
    town = Mention(MentionKind.PLACE, AT, "Sample", 0, place=link_place(TOWN))
    ledger.add(replace(make_reading(), mentions=(mention, mention, town)))
    assert [(row.claims, row.mentions, row.in_article) for row in ledger.actors()] == [(1, 2, 3)]
    assert [(row.claims, row.mentions) for row in ledger.places()] == [(1, 1)]


def test_places_come_with_their_geometry(filled: Ledger) -> None:
    rows = {row.name: row for row in filled.places()}
    assert rows["Idlib Governorate"].place == PROVINCE
    assert rows["Nowhere"].place is None
    assert {row.name for row in filled.places("idlib")} == {"Idlib Governorate", "Saraqib"}
    assert filled.place("admin1:SY.12") == PROVINCE
    assert filled.place("geonames:0") is None


def test_sources_are_outlets_voices_classes_and_commenters(filled: Ledger) -> None:
    sources = filled.sources()
    kinds = {source.id: source.kind for source in sources}
    assert kinds["outlet:the-orontes-post"] == "outlet"
    assert kinds["voice:activists"] == "class"
    assert kinds["voice:northern-army"] == "actor"
    assert list(kinds.values()).count("commenter") == 2
    assert {(source.reliability, source.credibility) for source in sources} == {("F", "6")}
    assert sources[0].claims == 4
    assert not any("Jane" in source.name for source in sources)


def test_outlet_without_claims_is_still_a_source(ledger: Ledger) -> None:
    ledger.add(replace(make_reading(), claims=()))
    assert [(s.id, s.reports, s.claims) for s in ledger.sources()] == [("outlet:the-orontes-post", 1, 0)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("saraqib", True),
        ("SARAQIB shelled", True),
        ('"shelled saraqib"', True),
        ('"saraqib shelled"', False),
        ("yıldız", True),
        ("shélled", True),
        ("sara*", True),
        ("sara", False),
        ("withdraw Saraqib", False),
        ("", False),
        ("-- ; ( ) * ^ : NEAR", False),
    ],
)
def test_search_finds_words(filled: Ledger, words: str, found: bool) -> None:
    assert bool(filled.search(words)) is found


def test_search_hits_say_where_they_are(filled: Ledger) -> None:
    hits = filled.search("twice", marks=("<", ">"))
    assert {(hit.kind, hit.part) for hit in hits} == {("passage", "comments"), ("claim", "comments")}
    assert all("<twice>" in hit.snippet for hit in hits)
    assert len(filled.search("saraqib", limit=1)) == 1


@given(st.text(st.characters(codec="utf-8")))
@settings(max_examples=200)
def test_no_words_make_a_search_fail(words: str) -> None:
    expression = search_expression(words)
    if expression is not None:
        with closing(sqlite3.connect(":memory:")) as db:
            db.execute("CREATE VIRTUAL TABLE t USING fts5 (words)")
            assert db.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall() == []


def test_show_finds_every_kind_of_thing(filled: Ledger, reading: Reading) -> None:
    claim, event = reading.claims[0], make_event(reading.claims[0])
    report = filled.show(reading.report.id)
    assert isinstance(report, ReportRecord)
    assert report.reading == reading
    shown = filled.show(claim.id)
    assert isinstance(shown, ClaimRecord)
    assert (shown.row.claim, shown.events) == (claim, (event,))
    passage = filled.show(f"{reading.report.id}.p1")
    assert isinstance(passage, PassageRecord)
    assert [row.claim for row in passage.claims] == [claim]
    told = filled.show(event.id)
    assert isinstance(told, EventRecord)
    assert (told.event, told.place, told.claims[0].claim) == (event, TOWN, claim)


@pytest.mark.parametrize(
    ("wanted", "kind", "claims"),
    [
        ("northern-army", ActorRecord, 4),
        ("Northern Army", ActorRecord, 4),
        ("colonel yildiz", ActorRecord, 1),
        ("geonames:1", PlaceRecord, 3),
        ("saraqib", PlaceRecord, 3),
        ("Nowhere", PlaceRecord, 1),
        ("outlet:the-orontes-post", SourceRecord, 4),
        ("activists", SourceRecord, 1),
    ],
)
def test_show_takes_ids_and_names(filled: Ledger, wanted: str, kind: type, claims: int) -> None:
    record = filled.show(wanted)
    assert isinstance(record, kind)
    assert isinstance(record, ActorRecord | PlaceRecord | SourceRecord)
    assert len(record.claims) == claims


@pytest.mark.parametrize("wanted", ["r-0", "", "…", "nobody of this name"])
def test_show_of_an_unknown_id_says_so(filled: Ledger, wanted: str) -> None:
    with pytest.raises(NotInLedger):
        filled.show(wanted)


def test_counts_are_of_current_versions(filled: Ledger) -> None:
    filled.add(make_reading(["Changed."]))
    counts = filled.counts()
    assert (counts.reports, counts.comments, counts.claims, counts.quarantined) == (1, 0, 1, 0)


def test_quarantine_is_replaced_and_cleared_by_success(ledger: Ledger) -> None:
    reading = make_reading()
    name = reading.report.origin
    ledger.quarantine(name, "empty", "00")
    ledger.quarantine(name, "binary", "11")
    ledger.quarantine("bad\udcff.txt", "no such file")
    assert [(row.name, row.cause, row.sha256) for row in ledger.quarantined()] == [
        (name, "binary", "11"),
        ("bad\\udcff.txt", "no such file", ""),
    ]
    ledger.add(reading)
    ledger.clear_quarantine("bad\udcff.txt", "never seen")
    assert ledger.quarantined() == []


def test_a_thousand_claims_are_listed_filtered_and_counted(ledger: Ledger) -> None:
    sentences = [f"The Northern Army shelled Saraqib on day {number}." for number in range(10)]
    for number in range(100):
        ledger.add(make_reading(sentences, key=f"https://example.org/{number}"))
    assert len(ledger.claims()) == 1000
    assert len(ledger.claims(ClaimFilter(about="army", where="Idlib", since=date(2020, 3, 1), limit=700))) == 700
    assert [(row.id, row.claims, row.reports) for row in ledger.actors()] == [("northern-army", 1000, 100)]
    assert len(ledger.search("saraqib", limit=1000)) == 1000
    assert ledger.sources()[0].claims == 1000

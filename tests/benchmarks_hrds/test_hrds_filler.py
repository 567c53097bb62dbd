"""From readings to records: whom, what, where and when, and nothing that no claim supports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks.hrds.filler import fill_record
from benchmarks.hrds.lexicon import violations_of
from reportedly.model import (
    Act,
    ActorLink,
    Category,
    Claim,
    Interval,
    LinkStatus,
    Mention,
    MentionKind,
    Modality,
    Party,
    Place,
    PlaceKind,
    PlaceLink,
    Reading,
    Report,
    Span,
    TimePrecision,
    Voice,
    VoiceKind,
    When,
    Where,
)

TEXT = "Police arrested Ruiz in Lima on 4 May 2020. Ana Ruiz, a lawyer, was beaten by gunmen."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def party(words: str, *sectors: str) -> Party:
    return Party(ActorLink(LinkStatus.CLASS, words, sectors=sectors), span(words), words)


START = datetime(2020, 5, 4, tzinfo=UTC)
WHEN = When("on 4 May 2020", Interval(START, START + timedelta(days=1), TimePrecision.DAY))
LIMA = Place("g:1", "Lima", PlaceKind.TOWN, -12.0, -77.0, 10, None, country="PER", admin=("Peru", "Lima"))
AT_LIMA = Where(PlaceLink(LinkStatus.RESOLVED, "Lima", LIMA), span("Lima"), "Lima")
ARREST = Claim(
    id="r.c1", report_id="r", passage=0, in_comment=False,
    act=Act(Category.COERCE, None, "arrest", "arrest", span("arrested")),
    actors=(party("Police", "COP"),), recipients=(party("Ruiz"),), places=(AT_LIMA,), when=(WHEN,),
    modality=Modality.ASSERTED, voices=(Voice(VoiceKind.AUTHOR, "article"),),
    sentence=span("Police arrested Ruiz in Lima on 4 May 2020."), confidence=0.8, evidence=(),
)  # fmt: skip
MENTIONS = (
    Mention(MentionKind.PERSON, span("Ruiz"), "Ruiz", 0),
    Mention(MentionKind.PERSON, span("Ana Ruiz"), "Ana Ruiz", 0),
    Mention(MentionKind.PLACE, span("Lima"), "Lima", 0, place=AT_LIMA.link),
)


def reading(*claims: Claim) -> Reading:
    report = Report("r", "k", TEXT, "0" * 64, "text", "text", "en", 1.0)
    return Reading(report, (), MENTIONS, claims, (), "test.v1")


def test_an_arrest_fills_the_record() -> None:
    record = fill_record(reading(ARREST), date(2020, 6, 1))
    assert record.violations == {"arbitrary detention"}
    assert record.perpetrator == "state actor"
    assert record.victims == ("Ana Ruiz",)
    assert (record.country, record.region, record.city) == ("Peru", None, "Lima")
    assert (record.year, record.month, record.day) == (2020, 5, 4)


def test_a_report_without_violations_gives_the_country_only() -> None:
    record = fill_record(reading(), None)
    assert (record.violations, record.perpetrator, record.victims) == (frozenset(), None, ())
    assert (record.country, record.city, record.year) == ("Peru", None, None)


@pytest.mark.parametrize("change", [{"negated": True}, {"modality": Modality.PLANNED}, {"in_comment": True}])
def test_what_is_not_told_as_fact_by_the_article_is_no_violation(change: dict[str, object]) -> None:
    assert fill_record(reading(replace(ARREST, **change)), None).violations == frozenset()  # type: ignore[arg-type]


def test_an_arrest_without_a_doer_is_a_states() -> None:
    assert fill_record(reading(replace(ARREST, actors=())), None).perpetrator == "state actor"


def test_armed_groups_and_gunmen_are_told_apart() -> None:
    rebels = replace(ARREST, actors=(party("gunmen", "REB"),))
    gunmen = replace(ARREST, actors=(party("gunmen", "CRM"),))
    assert fill_record(reading(rebels), None).perpetrator == "other non-state actors"
    assert fill_record(reading(gunmen), None).perpetrator == "other actors without permissions"


def test_a_time_after_the_report_is_not_the_attacks() -> None:
    assert fill_record(reading(ARREST), date(2020, 1, 1)).year is None


@pytest.mark.parametrize(
    ("precision", "stated"), [(TimePrecision.MONTH, (2020, 5, None)), (TimePrecision.YEAR, (2020, None, None))]
)
def test_a_date_is_as_fine_as_it_is_stated(
    precision: TimePrecision, stated: tuple[int | None, int | None, int | None]
) -> None:
    when = When("then", Interval(START, START + timedelta(days=31), precision))
    record = fill_record(reading(replace(ARREST, when=(when,))), None)
    assert (record.year, record.month, record.day) == stated


@pytest.mark.parametrize(
    ("category", "mode", "lemma", "violations"),
    [
        (Category.ASSAULT, "abduct", "kidnap", {"kidnapping"}),
        (Category.ASSAULT, None, "shoot dead", {"killing"}),
        (Category.ASSAULT, "beat", "beat", {"torture"}),
        (Category.THREATEN, None, "threaten", {"other"}),
        (Category.CONSULT, None, "meet", set()),
    ],
)
def test_acts_become_violations(category: Category, mode: str | None, lemma: str, violations: set[str]) -> None:
    act = Act(category, None, mode, lemma, span("arrested"))
    assert violations_of(replace(ARREST, act=act)) == violations

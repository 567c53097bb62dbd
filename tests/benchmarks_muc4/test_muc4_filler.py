"""From readings to templates: what becomes an incident, and what stands in its slots."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.muc4.filler import fill_templates
from benchmarks.muc4.incidents import find_incidents
from benchmarks.muc4.set_lists import classify
from benchmarks.muc4.template import Slot, Template
from reportedly.model import (
    Act,
    ActorLink,
    Category,
    Claim,
    Evidence,
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

TEXT = (
    "Guerrillas of the ELN blew up a bank in Medellin on 4 January. The army accused the ELN of killing two peasants. "
    "General Luis Gomez Diaz was wounded by gunmen near Medellin."
)
DAY = datetime(1990, 1, 5, tzinfo=UTC)
AUTHOR = Voice(VoiceKind.AUTHOR, "article")


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def party(words: str, *sectors: str, kind: str = "class (group)", actor_id: str | None = None) -> Party:
    status = LinkStatus.CLASS if sectors else LinkStatus.UNKNOWN
    link = ActorLink(status, words, actor_id=actor_id, kind=kind, sectors=sectors)
    return Party(link, span(words), words)


def day(number: int, words: str = "on 4 January") -> When:
    start = datetime(1990, 1, number, tzinfo=UTC)
    return When(words, Interval(start, start + timedelta(days=1), TimePrecision.DAY))


MEDELLIN = Place("g:1", "Medellin", PlaceKind.TOWN, 6.2, -75.6, 5, None, country="COL", admin=("Colombia",))
AT_MEDELLIN = Where(PlaceLink(LinkStatus.RESOLVED, "Medellin", MEDELLIN), span("Medellin"), "Medellin")

BOMBING = Claim(
    id="r.c1", report_id="r", passage=0, in_comment=False,
    act=Act(Category.ASSAULT, None, "explosives", "blow up", span("blew up")),
    actors=(party("Guerrillas", "REB"),), recipients=(), places=(AT_MEDELLIN,), when=(day(4),),
    modality=Modality.ASSERTED, voices=(AUTHOR,), sentence=span("Guerrillas of the ELN blew up a bank"),
    confidence=0.8, evidence=(Evidence("theme", span("a bank"), "a bank"),), instruments=("dynamite",),
)  # fmt: skip
KILLING = replace(
    BOMBING, id="r.c2", act=Act(Category.ASSAULT, None, None, "kill", span("killing")),
    actors=(party("ELN"),), recipients=(party("two peasants", "CVL"),), places=(), when=(),
    sentence=span("The army accused the ELN of killing two peasants"), evidence=(), instruments=(),
)  # fmt: skip
WOUNDING = replace(
    BOMBING, id="r.c3", act=Act(Category.ASSAULT, None, None, "wound", span("wounded")),
    actors=(party("gunmen", "CRM"),), recipients=(party("Gomez Diaz", kind=""),), when=(),
    sentence=span("General Luis Gomez Diaz was wounded by gunmen"), evidence=(), instruments=(),
)  # fmt: skip
PERSON = Mention(MentionKind.PERSON, span("General Luis Gomez Diaz"), "General Luis Gomez Diaz", 0)


def reading(*claims: Claim) -> Reading:
    published = Interval(DAY, DAY + timedelta(days=1), TimePrecision.DAY)
    report = Report("r", "k", TEXT, "0" * 64, "text", "text", "en", 1.0, published=published)
    place = Mention(MentionKind.PLACE, span("Medellin"), "Medellin", 0, place=AT_MEDELLIN.link)
    return Reading(report, (), (place, PERSON), claims, (), "test.v1")


def slot(template: Template, which: Slot) -> list[tuple[str, ...]]:
    return [(*fill.values, *fill.tags) for fill in template.fills(which)]


def test_a_bombing_of_a_thing_fills_its_slots() -> None:
    (template,) = fill_templates(reading(BOMBING))
    assert slot(template, Slot.TYPE) == [("BOMBING",)]
    assert slot(template, Slot.STAGE) == [("ACCOMPLISHED",)]
    assert slot(template, Slot.DATE) == [("04 JAN 90",)]
    assert slot(template, Slot.LOCATION) == [("COLOMBIA: MEDELLIN (CITY)",)]
    assert slot(template, Slot.INSTRUMENT_TYPE) == [("DYNAMITE", "DYNAMITE")]
    assert slot(template, Slot.PHYS_TYPE) == [("FINANCIAL", "BANK")]
    assert slot(template, Slot.PHYS_NUMBER) == [("1", "BANK")]
    assert slot(template, Slot.PHYS_EFFECT) == [("DESTROYED", "BANK")]
    assert slot(template, Slot.CATEGORY) == [("TERRORIST ACT",)]


def test_members_of_a_named_organisation_are_individuals_and_the_organisation() -> None:
    (template,) = fill_templates(reading(BOMBING))
    assert slot(template, Slot.INDIVIDUAL) == [("GUERRILLAS OF THE ELN",)]
    assert slot(template, Slot.ORGANIZATION) == [("ELN",)]
    assert slot(template, Slot.ORG_CONFIDENCE) == [("REPORTED AS FACT", "ELN")]


def test_people_killed_are_counted_and_typed() -> None:
    (template,) = fill_templates(reading(KILLING))
    assert slot(template, Slot.HUM_DESCRIPTION) == [("PEASANTS",)]
    assert slot(template, Slot.HUM_NUMBER) == [("2", "PEASANTS")]
    assert slot(template, Slot.HUM_TYPE) == [("CIVILIAN", "PEASANTS")]
    assert slot(template, Slot.HUM_EFFECT) == [("DEATH", "PEASANTS")]
    assert slot(template, Slot.DATE) == [("- 05 JAN 90",)]
    assert slot(template, Slot.LOCATION) == [("COLOMBIA",)]


def test_a_named_victim_has_the_fullest_name_and_a_title() -> None:
    (template,) = fill_templates(reading(WOUNDING))
    assert slot(template, Slot.HUM_NAME) == [("LUIS GOMEZ DIAZ",)]
    assert slot(template, Slot.HUM_DESCRIPTION) == [("GENERAL", "LUIS GOMEZ DIAZ")]
    assert slot(template, Slot.HUM_EFFECT) == [("INJURY", "LUIS GOMEZ DIAZ")]


@pytest.mark.parametrize("modality", [Modality.DENIED, Modality.PLANNED, Modality.PREDICTED, Modality.DEMANDED])
def test_what_is_not_told_as_having_happened_is_no_incident(modality: Modality) -> None:
    assert find_incidents(reading(replace(KILLING, modality=modality))) == []


def test_a_negated_act_is_no_incident_and_a_threatened_one_is_threatened() -> None:
    assert find_incidents(reading(replace(KILLING, negated=True))) == []
    (incident,) = find_incidents(reading(replace(KILLING, modality=Modality.THREATENED)))
    assert incident.stage == "THREATENED"


def test_a_clash_of_soldiers_with_guerrillas_is_no_incident() -> None:
    clash = replace(KILLING, recipients=(party("army", "MIL"),))
    assert find_incidents(reading(clash)) == []


def test_an_old_incident_is_no_news() -> None:
    start = datetime(1989, 6, 1, tzinfo=UTC)
    old = When("in June", Interval(start, start + timedelta(days=30), TimePrecision.MONTH))
    assert find_incidents(reading(replace(KILLING, when=(old,)))) == []


def test_an_incident_elsewhere_in_the_world_is_of_no_interest() -> None:
    paris = replace(MEDELLIN, id="g:2", name="Paris", country="FRA")
    there = replace(AT_MEDELLIN, link=PlaceLink(LinkStatus.RESOLVED, "Paris", paris))
    abroad = replace(reading(replace(KILLING, places=(there,))), mentions=(PERSON,))
    assert find_incidents(abroad) == []


def test_claims_of_one_type_join_unless_places_or_days_differ() -> None:
    later = replace(BOMBING, id="r.c4", when=(day(3),))
    again = replace(BOMBING, id="r.c5", places=())
    assert len(find_incidents(reading(BOMBING, again))) == 1
    assert len(find_incidents(reading(BOMBING, later))) == 2


def test_an_accused_organisation_is_suspected_by_who_accuses() -> None:
    accusation = replace(
        KILLING, id="r.c6", act=Act(Category.ACCUSE, None, None, "accuse", span("accused")),
        actors=(party("The army", "MIL"),), recipients=(party("ELN"),),
    )  # fmt: skip
    (template,) = fill_templates(reading(accusation, replace(KILLING, actors=())))
    assert slot(template, Slot.ORG_CONFIDENCE) == [("SUSPECTED OR ACCUSED BY AUTHORITIES", "ELN")]


def test_the_perpetrator_who_tells_it_himself_claims_it() -> None:
    rebels = party("ELN", "REB", actor_id="eln")
    voice = Voice(VoiceKind.NAMED, "ELN", actor=rebels.link)
    (template,) = fill_templates(reading(replace(KILLING, actors=(rebels,), voices=(AUTHOR, voice))))
    assert slot(template, Slot.ORG_CONFIDENCE) == [("CLAIMED OR ADMITTED", "ELN")]


def test_a_kidnapping_has_no_instrument_and_no_physical_target() -> None:
    taken = replace(KILLING, act=Act(Category.ASSAULT, None, "abduct", "kidnap", span("killing")),
                    instruments=("rifles",), evidence=(Evidence("theme", span("a bank"), "a bank"),))  # fmt: skip
    (template,) = fill_templates(reading(taken))
    assert slot(template, Slot.TYPE) == [("KIDNAPPING",)]
    assert not template.fills(Slot.INSTRUMENT_ID) and not template.fills(Slot.PHYS_ID)


@pytest.mark.parametrize(
    ("kind", "phrase", "item"),
    [
        ("phys", "THE HEALTH MINISTRY OFFICES", "GOVERNMENT OFFICE OR RESIDENCE"),
        ("phys", "PUBLIC BUSES", "TRANSPORT VEHICLE"),
        ("phys", "THE PEASANTS", None),
        ("hum", "four policemen", "LAW ENFORCEMENT"),
        ("hum", "members of the community", "CIVILIAN"),
        ("instrument", "a powerful car bomb", "VEHICLE BOMB"),
        ("perpetrator", "heavily armed men", "TERRORIST ACT"),
    ],
)
def test_phrases_fall_under_set_list_items_by_their_head(kind: str, phrase: str, item: str | None) -> None:
    assert classify(kind, phrase) == item

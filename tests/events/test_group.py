"""Claims of several reports become events; what keeps them apart."""

from __future__ import annotations

import random

import reportedly
from reportedly.events import find_copies, group_events
from reportedly.model import Event, EventStatus, Reading


def read(text: str, outlet: str, published: str) -> Reading:
    return reportedly.read(text, outlet=outlet, published=published)


def about(events: tuple[Event, ...], category: str) -> list[Event]:
    return [e for e in events if e.category == category]


ONE = read("Rebels shelled a market in Aleppo on Monday, killing six civilians.", "Morning Post", "2020-03-17")
TWO = read(
    "Six people died when rebels shelled a market in Aleppo on Monday. Rescue teams searched the ruins.",
    "Evening Sun",
    "2020-03-17",
)
DENIAL = read("The rebels denied that they had shelled the market in Aleppo on Monday.", "Rebel Radio", "2020-03-18")
LATER = read("Rebels shelled a market in Aleppo on Friday.", "Morning Post", "2020-03-28")
ELSEWHERE = read("Rebels shelled a market in Homs on Monday.", "Evening Sun", "2020-03-17")
PLAN = read("Rebels plan to shell a market in Aleppo.", "Third Paper", "2020-03-16")


def shelling(*readings: Reading) -> list[Event]:
    return [e for e in group_events(readings) if "Aleppo" in e.places and "heavy-weapons" in e.act]


def test_two_outlets_telling_one_shelling_corroborate_it() -> None:
    (event,) = shelling(ONE, TWO)
    assert event.status is EventStatus.CORROBORATED
    assert set(event.sources) == {"Morning Post", "Evening Sun"}
    assert event.reasons


def test_a_denial_makes_it_disputed() -> None:
    (event,) = shelling(ONE, DENIAL)
    assert event.status is EventStatus.DISPUTED


def test_another_day_is_another_event() -> None:
    assert len(shelling(ONE, LATER)) == 2


def test_another_place_is_another_event() -> None:
    (event,) = shelling(ONE, ELSEWHERE)
    assert event.sources == ("Morning Post",)


def test_a_plan_never_joins_what_was_done() -> None:
    events = [e for e in group_events([ONE, PLAN]) if "Aleppo" in e.places]
    assert {e.modality for e in events if e.category == "ASSAULT"} == {"asserted", "planned"}


def test_a_copy_is_no_second_source() -> None:
    text = (
        "Rebels shelled a crowded market in the northern city of Aleppo on Monday, killing six civilians and wounding more than a dozen, "
        "residents said. The shells fell shortly after noon, when the streets were full, and rescue teams were still searching the ruins at dusk."
    )
    first = read(text, "Wire Service", "2020-03-17")
    copy = read(text.replace("crowded", "busy"), "Evening Sun", "2020-03-18")
    assert find_copies([copy, first])[copy.report.id] == first.report.id
    assert all(len(e.sources) <= 1 for e in group_events([first, copy]))


def test_the_order_of_reports_does_not_matter() -> None:
    readings = [ONE, TWO, DENIAL, LATER, ELSEWHERE, PLAN]
    expected = group_events(readings)
    for seed in range(5):
        shuffled = random.Random(seed).sample(readings, len(readings))
        assert group_events(shuffled) == expected


def test_every_claim_is_in_exactly_one_event() -> None:
    readings = [ONE, TWO, DENIAL, LATER, ELSEWHERE, PLAN]
    grouped = [c for e in group_events(readings) for c in e.claims]
    assert sorted(grouped) == sorted(c.id for r in readings for c in r.claims)

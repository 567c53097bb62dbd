"""Names that are no places, places that nothing supports, and spots of the list."""

from __future__ import annotations

import pytest

from reportedly.model import LinkStatus
from reportedly.places import PlaceMention

CONTEXT = " The Syrian army and Syrian rebels fought in Syria near Saraqib."


def by_core(mentions: list[PlaceMention], text: str, core: str) -> PlaceMention:
    found = [mention for mention in mentions if mention.core.of(text) == core]
    assert found, f"{core} not among {[m.core.of(text) for m in mentions]}"
    return found[0]


def test_surname_is_no_town(read) -> None:
    text = "Luis Castillo was hurt in Guatemala. Castillo said that Raul Amador had left. Amador was arrested."
    mentions = read(text, PERSON="Luis Castillo|Raul Amador", GPE="Guatemala|Castillo|Amador")
    assert [m.core.of(text) for m in mentions] == ["Guatemala"]


def test_surname_of_a_titled_person_is_no_town(read) -> None:
    text = "President Oliva spoke in Guatemala. Oliva left."
    assert {m.core.of(text) for m in read(text, PERSON="Oliva", GPE="Guatemala")} == {"Guatemala"}


def test_town_that_bears_a_surname_is_a_place_after_in(read) -> None:
    text = "Ahmed Manbij spoke. Shells fell in Manbij in Syria."
    assert "Manbij" in {m.core.of(text) for m in read(text, PERSON="Ahmed Manbij", GPE="Manbij|Syria")}


def test_capital_stays_a_place_beside_a_person_of_that_name(read) -> None:
    text = "Denzel Washington was there. Washington denied it."
    assert "Washington" in {m.core.of(text) for m in read(text, PERSON="Denzel Washington", GPE="Washington")}


@pytest.mark.parametrize("name", ["U.N.", "A.P.", "E.U.", "J.", "Friday", "May", "Sept", "Downtown", "Ground", "Front"])
def test_initials_dates_and_bare_ground_are_no_places(read, name: str) -> None:
    text = f"Fighters left for {name} yesterday. It was in {name} that they met." + CONTEXT
    assert name.rstrip(".") not in {m.core.of(text).rstrip(".") for m in read(text, GPE=f"{name}|Syria")}


def test_countries_and_divisions_may_be_written_as_initials(read) -> None:
    text = "The U.S. sent troops from Washington, D.C. to the U.K. yesterday."
    found = {m.core.of(text): m.link.place for m in read(text, GPE="U.S.|Washington, D.C.|U.K.")}
    admins = {name: place.admin for name, place in found.items() if place is not None}
    assert admins["U.S."] == ("United States",)
    assert admins["U.K."] == ("United Kingdom",)
    assert ("United States", "District of Columbia") in admins.values()


def test_division_that_nothing_else_supports_is_ambiguous(read) -> None:
    text = "Syria and Turkey agreed with Russia. Fighters from Turkistan were seen in Aleppo."
    link = by_core(read(text, GPE="Syria|Turkey|Russia|Turkistan|Aleppo"), text, "Turkistan").link
    assert link.status is LinkStatus.AMBIGUOUS
    assert link.confidence < 0.5
    assert any("nothing else in the report" in reason for reason in link.reasons)


def test_two_places_in_two_countries_are_company_enough_to_doubt_a_third(read) -> None:
    text = "People met in Saraqib and in Diyarbakir. A man from Stroud came."
    link = by_core(read(text, GPE="Saraqib|Diyarbakir|Stroud"), text, "Stroud").link
    assert link.confidence < 0.5


@pytest.mark.parametrize("name", ["Geneva, Switzerland", "Vienna", "Istanbul"])
def test_capitals_and_great_cities_may_stand_alone(read, name: str) -> None:
    text = f"Rebels in Syria took Saraqib and Ariha. Talks went on in {name} on Monday."
    core = name.split(",", maxsplit=1)[0]
    link = by_core(read(text, GPE=f"Syria|Saraqib|Ariha|{name}"), text, core).link
    assert link.status is LinkStatus.RESOLVED


@pytest.mark.parametrize(
    ("phrase", "place_id"),
    [
        ("the Rafah crossing", "region:rafah-crossing"),
        ("the Bab al-Hawa border crossing", "region:bab-al-hawa"),
        ("the T4 air base", "region:t4-air-base"),
        ("al-Hol camp", "region:al-hol-camp"),
    ],
)
def test_listed_crossings_camps_and_bases_are_spots(read, phrase: str, place_id: str) -> None:
    text = f"Trucks stood at {phrase} on Sunday." + CONTEXT
    places = {m.link.place.id: m.link.place for m in read(text, GPE="Rafah|Bab al-Hawa|Syria") if m.link.place}
    assert places[place_id].radius_km < 5
    assert places[place_id].ucdp_precision == 1


def test_namesake_villages_are_told_apart_by_the_area_named(read) -> None:
    text = "Shells fell on Nayrab in Idlib province, Syria."
    place = by_core(read(text, GPE="Nayrab|Idlib|Syria"), text, "Nayrab").link.place
    assert place is not None
    assert place.id == "region:nayrab-idlib"

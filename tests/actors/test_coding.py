"""Phrases become a country and PLOVER sectors, as event coders record them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.actors import code_phrase


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Minsk police station", "BLR", "COP"),
        ("General Maria Oduya", "", "MIL"),
        ("Somali refugees", "SOM", "REF"),
        ("the Brazilian senator", "BRA", "LEG"),
        ("Spain's Interior Ministry", "ESP", "GOV"),
        ("a judge in Guatemala", "GTM", "JUD"),
        ("Dutch farmers", "NLD", "AGR"),
        ("French trade unions", "FRA", "LAB"),
        ("Egyptian Copts", "EGY", "REL"),
        ("Nigerian bandits", "NGA", "CRM"),
        ("a hospital in Aleppo", "SYR", "MED"),
        ("University of Nairobi students", "KEN", "EDU"),
        ("Toyota", "JPN", "BUS"),
        ("The Guardian", "GBR", "JRN"),
        ("Lagos residents", "NGA", "CVL"),
        ("Catalan separatists", "ESP", "REB"),
        ("displaced Yemenis", "YEM", "REF"),
    ],
)
def test_a_phrase_is_coded_from_its_words(phrase: str, country: str, sector: str) -> None:
    found_country, sectors = code_phrase(phrase)
    assert found_country == country
    assert sector in sectors[:2]


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("the party's leader", "PTY"),
        ("a member of the union", "LAB"),
        ("the head of the army", "MIL"),
        ("rebel commander", "REB"),
        ("Muslim community leaders", "REL"),
        ("members of parliament", "LEG"),
        ("spokesman for Hezbollah", "PTY"),
    ],
)
def test_a_role_has_the_sector_of_what_it_belongs_to(phrase: str, sector: str) -> None:
    assert sector in code_phrase(phrase)[1]


def test_a_minister_has_the_portfolio_as_second_sector() -> None:
    assert code_phrase("Minister of Defence")[1] == ("GOV", "MIL")
    assert code_phrase("the health minister")[1] == ("GOV", "MED")


@pytest.mark.parametrize("phrase", ["a former Malian minister", "ex-Malian minister", "the ousted Malian president"])
def test_who_has_lost_an_office_is_eli_before_anything_else(phrase: str) -> None:
    country, sectors = code_phrase(phrase)
    assert (country, sectors[0]) == ("MLI", "ELI")


def test_a_known_person_who_has_left_office_may_be_eli_too() -> None:
    assert "ELI" in code_phrase("Angela Merkel")[1]
    assert "ELI" not in code_phrase("Xi Jinping")[1]


def test_a_title_counts_before_what_else_the_person_is() -> None:
    assert code_phrase("US Senator Marco Rubio")[1][0] == "LEG"


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Canadian ambassador to Poland", "CAN"),
        ("the ambassador to Poland", ""),
        ("Moscow-backed separatists", ""),
        ("pro-Russian separatists in Donetsk", "UKR"),
        ("a Kabul-based charity", "AFG"),
        ("Sofia Valencia", ""),
        ("Valencia police", "ESP"),
    ],
)
def test_the_country_is_the_actors_own(phrase: str, country: str) -> None:
    assert code_phrase(phrase)[0] == country


def test_bodies_of_the_united_nations_and_the_european_union_have_codes_of_their_own() -> None:
    assert code_phrase("UNICEF")[0] == "UNO"
    assert code_phrase("UN peacekeepers in Mali") == ("UNO", ("MIL",))
    assert code_phrase("EU officials")[0] == "EUR"
    assert code_phrase("NATO troops in Latvia")[0] == ""


def test_common_nouns_for_nobody_in_particular_are_unk_and_unknown_names_are_nothing() -> None:
    assert code_phrase("the bewildered")[1] == ("UNK",)
    assert code_phrase("he")[1] == ("UNK",)
    assert code_phrase("Quentin Abernathy-Fforde") == ("", ())


@given(st.text(max_size=40))
def test_no_phrase_makes_it_raise(phrase: str) -> None:
    country, sectors = code_phrase(phrase)
    assert country == "" or len(country) == 3
    assert all(len(sector) == 3 for sector in sectors)

"""Text in capitals is put in ordinary case without moving a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.truecase import english_words, is_all_capitals, truecase
from reportedly.model import Span

WIRE = """   SAN SALVADOR, 3 JAN 90 -- [TEXT] ABOUT 50 PEASANTS WERE KIDNAPPED BY THE FARABUNDO MARTI NATIONAL
LIBERATION FRONT [FMLN] IN SAN MIGUEL DEPARTMENT.  COL. BENAVIDES SAID THE FMLN USED M-16 RIFLES.

   PRESIDENT CRISTIANI WILL SPEAK IN MAY, ON 4 MAY OR ON MONDAY."""


def test_mixed_text_is_left_alone() -> None:
    text = "NATO said that the FSA left Idlib."
    assert truecase(text) == text


@pytest.mark.parametrize("text", ["", "NATO", "UN HQ", "1990", "ПРИВЕТ"])
def test_what_is_too_short_to_judge_is_left_alone(text: str) -> None:
    assert not is_all_capitals(text)
    assert truecase(text) == text


def test_a_headline_gets_sentence_case() -> None:
    assert truecase("REBELS LEAVE THE CITY AFTER TALKS") == "Rebels leave the city after talks"


def test_known_names_are_capitalised() -> None:
    result = truecase("TURKEY STRIKES IDLIB AGAIN", is_name={"turkey", "idlib"}.__contains__)
    assert result == "Turkey strikes Idlib again"


def test_names_already_found_are_capitalised_whole() -> None:
    text = "FIGHTERS OF THE SHINING PATH FLED"
    assert truecase(text, names=[Span(16, 28)]) == "Fighters of the Shining Path fled"


def test_a_defined_abbreviation_gives_away_its_long_name() -> None:
    result = truecase(WIRE)
    assert "Farabundo Marti National\nLiberation Front [FMLN]" in result
    assert "the FMLN used" in result


def test_an_expanded_abbreviation_gives_away_its_long_name() -> None:
    result = truecase("THE EPL [POPULAR LIBERATION ARMY] STRUCK. THE POPULAR LIBERATION ARMY DENIED IT.")
    assert result == "The EPL [Popular Liberation Army] struck. The Popular Liberation Army denied it."


def test_sentences_begin_with_a_capital_and_abbreviations_end_none() -> None:
    result = truecase("HE MET COL. BENAVIDES TODAY.  THEY TALKED.", is_word=lambda token: token != "benavides")
    assert result == "He met Col. Benavides today.  They talked."


def test_model_numbers_and_dotted_abbreviations_stay_in_capitals() -> None:
    result = truecase("THE U.S. SENT 12 M-16 RIFLES AND AK-47 AMMUNITION")
    assert result == "The U.S. sent 12 M-16 rifles and AK-47 ammunition"


def test_a_month_that_is_a_verb_is_a_month_beside_a_number_only() -> None:
    assert truecase("THEY MAY LEAVE ON 4 MAY OR 5 MARCH") == "They may leave on 4 May or 5 March"


def test_words_unknown_to_the_lexicon_are_names() -> None:
    result = truecase("TROOPS ATTACKED APOPA AND EL ROSARIO", is_word=english_words())
    assert result == "Troops attacked Apopa and El Rosario"


def test_the_lexicon_knows_inflected_and_function_words() -> None:
    knows = english_words()
    assert all(map(knows, ["kidnapped", "stopped", "men", "carried", "villagers'", "themselves", "the"]))
    assert not knows("apopa")


def test_editorial_marks_and_the_dateline_survive() -> None:
    result = truecase(WIRE, is_word=english_words())
    assert result.startswith("   San Salvador, 3 Jan 90 -- [TEXT] About 50 peasants")
    assert "President Cristiani" in result and "on Monday" in result


@given(st.text())
def test_only_the_case_of_letters_changes(text: str) -> None:
    result = truecase(text, is_name=lambda token: len(token) % 2 == 0)
    assert len(result) == len(text)
    assert all(a == b or a.lower() == b for a, b in zip(text, result, strict=True))


@given(st.text(alphabet="ABCDEİß .-[]'\n\"1", min_size=20))
def test_offsets_hold_in_text_of_capitals(text: str) -> None:
    result = truecase(text, is_word=lambda token: False)
    assert len(result) == len(text)
    assert [c.isspace() for c in result] == [c.isspace() for c in text]


def test_places_and_peoples_that_are_in_the_word_list_are_names() -> None:
    result = truecase("SALVADORAN TROOPS LEFT DAMASCUS AND NATO CONDEMNED IT")
    assert result == "Salvadoran troops left Damascus and NATO condemned it"


def test_a_quotation_after_a_speakers_name_in_brackets_begins_with_a_capital() -> None:
    assert truecase('[RODRIGUEZ] "WE KNOW HIM WELL."') == '[Rodriguez] "We know him well."'

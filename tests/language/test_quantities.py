"""Numbers in words and figures, with what they count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language import default_analyzer
from reportedly.language.quantities import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("3,500", 3500),
        ("twenty-two", 22),
        ("3.5 million", 3_500_000),
        ("3,5 million", 3_500_000),
        ("two hundred", 200),
        ("a dozen", None),
        ("many", None),
    ],
    ids=str,
)
def test_numbers_in_words_and_figures(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@given(st.integers(0, 10**9))
def test_any_whole_number_reads_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(str(number)) == number


@given(st.text(max_size=30))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_number(text)


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("The shelling killed at least 12 people.", "killed", 12, None),
        ("Seven soldiers were wounded.", "wounded", 7, 7),
        ("The army arrested 40 men in the camp.", "arrested", 40, 40),
    ],
    ids=["at-least", "passive", "object"],
)
def test_what_befell_those_counted(text: str, unit: str, low: float, high: float | None) -> None:
    found = default_analyzer().analyse([text])[0].quantities
    assert [(q.unit, q.low, q.high) for q in found] == [(unit, low, high)]
    assert all(q.span.of(text) == q.text for q in found)

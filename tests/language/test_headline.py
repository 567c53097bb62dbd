"""Headlines in title case become sentences of the same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.headline import sentence_case


@pytest.mark.parametrize(
    ("headline", "body", "expected"),
    [
        ("Rebels Shell Aleppo Market", "Rebels shelled a market in Aleppo.", "Rebels shell Aleppo market"),
        ("Army Is Aiming Kafr Nabl As Next Target", "The target is near.", "Army is aiming Kafr Nabl as next target"),
        ("Rebels shell Aleppo market", "", "Rebels shell Aleppo market"),
        ("UN Warns of Attacks on Homs", "", "UN warns of attacks on Homs"),
    ],
)
def test_common_words_lose_their_capitals_and_names_keep_them(headline: str, body: str, expected: str) -> None:
    assert sentence_case(headline, body) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_length_never_changes(headline: str, body: str) -> None:
    assert len(sentence_case(headline, body)) == len(headline)

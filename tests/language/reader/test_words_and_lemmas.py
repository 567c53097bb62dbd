"""Words, lemma scripts and windows: properties that hold for any text."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.reader.lemma import apply_script, make_script
from reportedly.language.reader.windows import cut_windows
from reportedly.language.reader.words import find_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They didn't leave al-Bab.", "They|did|n't|leave|al-Bab|."),
        ("Russian-made T-72s, U.S. jets", "Russian|-|made|T-72s|,|U.S.|jets"),
        ("the rebels' 1,200 men (Gen. Ali's)", "the|rebels|'|1,200|men|(|Gen.|Ali|'s|)"),
        ("Deir-ez-Zor, 10:30 a.m.", "Deir-ez-Zor|,|10:30|a.m."),
        ("Mazar-i-Sharif, Lashkar-e-Taiba's men", "Mazar-i-Sharif|,|Lashkar-e-Taiba|'s|men"),
        ("We cannot go... or can't we?", "We|can|not|go|...|or|ca|n't|we|?"),
        ("See https://example.org/a?b=1, mail me@example.org", "See|https://example.org/a?b=1|,|mail|me@example.org"),
    ],
)
def test_words_are_those_of_the_treebanks(text: str, expected: str) -> None:
    assert [span.of(text) for span in find_words(text)] == expected.split("|")


@given(st.text())
def test_words_cover_everything_but_white_space(text: str) -> None:
    spans = find_words(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    covered = {place for span in spans for place in range(span.start, span.end)}
    assert covered >= {place for place, letter in enumerate(text) if not letter.isspace()}
    assert not any(text[place].isspace() for place in covered)


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_a_script_turns_the_word_into_its_lemma(word: str, lemma: str) -> None:
    assert apply_script(word, make_script(word, lemma)) == lemma


def test_a_script_that_cuts_more_than_there_is_does_not_apply() -> None:
    assert apply_script("at", "3+y") is None
    assert apply_script("armies", "3+y") == "army"


@given(st.lists(st.tuples(st.sampled_from(["a", "The", ".", ",", '"', "x"]), st.integers(1, 9)), max_size=60))
def test_windows_follow_each_other_and_fit(words: list[tuple[str, int]]) -> None:
    starts = np.cumsum([0, *(size for _, size in words)])
    windows = cut_windows([word for word, _ in words], starts, 12)
    assert [place for first, last in windows for place in range(first, last)] == list(range(len(words)))
    assert all(starts[last] - starts[first] <= 12 for first, last in windows)


def test_a_window_ends_with_a_sentence_where_it_can() -> None:
    words = ["The", "army", "left", ".", "The", "rebels", "came", "back", "at", "night", "and", "stayed"]
    assert cut_windows(words, np.arange(len(words) + 1), 8)[0] == (0, 4)

"""Scoring rules on cases worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scoring import Labelled, f1, label_f1, macro_f1, mean, outermost, pair_by_overlap, ratio, sums
from benchmarks.task import DocumentScore
from benchmarks.tokenised import join_tokens


def test_f1_of_two_hits_in_three_found_and_four_gold() -> None:
    assert f1(2, 3, 4) == pytest.approx(4 / 7)


def test_f1_is_undefined_where_there_is_nothing() -> None:
    assert f1(0, 0, 0) is None
    assert ratio(0, 0) is None
    assert mean([None, None]) is None


def test_pairing_is_one_to_one_and_takes_the_largest_overlap_first() -> None:
    gold = [Labelled(0, 4, "Person"), Labelled(5, 20, "Person")]
    found = [Labelled(3, 15, "Person")]  # 1 character with the first, 10 with the second
    assert pair_by_overlap(gold, found) == [(1, 0)]


def test_pairing_wants_the_same_label() -> None:
    assert pair_by_overlap([Labelled(0, 4, "Person")], [Labelled(0, 4, "Location")]) == []


def test_touching_spans_do_not_overlap() -> None:
    assert pair_by_overlap([Labelled(0, 4)], [Labelled(4, 8)]) == []


def test_outermost_drops_what_is_nested_and_keeps_what_crosses() -> None:
    outer, inner, crossing = Labelled(0, 10, "A"), Labelled(2, 5, "B"), Labelled(8, 14, "C")
    assert outermost([crossing, inner, outer]) == [outer, crossing]


def test_outermost_keeps_one_of_two_labels_on_the_same_span() -> None:
    assert outermost([Labelled(0, 3, "Organisation"), Labelled(0, 3, "Location")]) == [Labelled(0, 3, "Location")]


def test_macro_f1_averages_labels_that_occur_on_either_side() -> None:
    # a: 2 hits, 3 gold, 2 found -> .8; b: 1 hit, 1 gold, 1 found -> 1; c: found once, never gold -> 0
    confusion = {("a", "a"): 2.0, ("a", "c"): 1.0, ("b", "b"): 1.0}
    assert label_f1(confusion, "a") == pytest.approx(0.8)
    assert macro_f1(confusion) == pytest.approx(1.8 / 3)
    assert macro_f1(confusion, ("a", "b")) == pytest.approx(0.9)


def test_sums_add_lists_over_documents() -> None:
    scores = [
        DocumentScore("a", 1, {"hits": [1.0, 2.0]}),
        DocumentScore("b", 1, {"hits": [3.0], "gold": [1.0]}),
    ]
    assert sums(scores) == {"hits": 6.0, "gold": 1.0}


def test_joined_tokens_read_like_prose() -> None:
    text, bounds = join_tokens(["The", "rebels", "(", "HTS", ")", "did", "n't", "reply", "."])
    assert text == "The rebels (HTS) didn't reply."
    assert [text[start:end] for start, end in bounds][3:5] == ["HTS", ")"]


@given(st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=6), max_size=12))
def test_every_token_stands_at_its_bounds(tokens: list[str]) -> None:
    text, bounds = join_tokens(tokens)
    assert [text[start:end] for start, end in bounds] == tokens

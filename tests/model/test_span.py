"""Spans and the index of taken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Occupied, Span

SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 60), st.integers(0, 12))


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(5, 4)


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_the_quotation_is_the_text_between_the_offsets(text: str, one: int, two: int) -> None:
    span = Span(min(one, two), max(one, two))
    assert span.of(text) == text[span.start : span.end]


@given(st.lists(SPANS, max_size=12), SPANS)
def test_the_index_finds_the_clashes_that_a_search_finds(spans: list[Span], wanted: Span) -> None:
    filled = [s for s in spans if len(s)]
    assert Occupied(spans).overlaps(wanted) == any(wanted.overlaps(s) for s in filled)


@given(st.lists(SPANS, max_size=12))
def test_what_is_taken_in_never_overlaps(spans: list[Span]) -> None:
    taken = Occupied()
    kept = [s for s in spans if taken.add(s)]
    assert all(not a.overlaps(b) for i, a in enumerate(kept) for b in kept[i + 1 :])

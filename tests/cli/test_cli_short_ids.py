"""Shortened ids of reports."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportedly.cli.short_ids import abbreviate, expand

report_ids = st.lists(
    st.text("0123456789abcdef", min_size=16, max_size=16).map("r-".__add__),
    min_size=1,
    max_size=20,
    unique=True,
)


@given(report_ids, st.sampled_from(["", ".c1", ".p12"]))
def test_a_shortened_id_expands_to_the_id_it_came_from(ids: list[str], rest: str) -> None:
    shorten = abbreviate(ids)
    for one in ids:
        assert expand(shorten(one + rest), ids) == one + rest


def test_ids_of_one_ledger_are_cut_to_one_length() -> None:
    ids = ["r-0123456789abcdef", "r-0123457789abcdef", "r-9999999999999999"]
    assert {len(abbreviate(ids)(one)) for one in ids} == {len("r-0123456")}


def test_what_fits_two_reports_is_left_as_it_is() -> None:
    assert expand("r-01", ["r-0123456789abcdef", "r-01ffffffffffffff"]) == "r-01"


def test_ids_of_events_and_actors_are_left_as_they_are() -> None:
    assert abbreviate(["r-0123456789abcdef"])("e-0123456789ab") == "e-0123456789ab"
    assert expand("turkey", ["r-0123456789abcdef"]) == "turkey"

"""Stated dates: as precise as stated, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import TimePrecision
from reportedly.read.dates import parse_stated_date


@pytest.mark.parametrize(
    ("stated", "start", "precision"),
    [
        ("2020", "2020-01-01T00:00:00+00:00", TimePrecision.YEAR),
        ("2020-12", "2020-12-01T00:00:00+00:00", TimePrecision.MONTH),
        ("2020-03-05", "2020-03-05T00:00:00+00:00", TimePrecision.DAY),
        ("2020-03-05T23:30:00+02:00", "2020-03-05T21:30:00+00:00", TimePrecision.MINUTE),
        ("2020-03-05T23:30:00Z", "2020-03-05T23:30:00+00:00", TimePrecision.MINUTE),
        ("2020-03-05T23:30:00", "2020-03-05T00:00:00+00:00", TimePrecision.DAY),
        ("5 March 2020", "2020-03-05T00:00:00+00:00", TimePrecision.DAY),
        ("Posted on March 5th, 2020 at 3:41 pm", "2020-03-05T00:00:00+00:00", TimePrecision.DAY),
        ("25/03/2020", "2020-03-25T00:00:00+00:00", TimePrecision.DAY),
        ("3/25/2020", "2020-03-25T00:00:00+00:00", TimePrecision.DAY),
    ],
)
def test_a_date_is_an_interval_of_its_precision(stated: str, start: str, precision: TimePrecision) -> None:
    interval = parse_stated_date(stated)
    assert interval is not None
    assert interval.start is not None
    assert (interval.start.isoformat(), interval.precision) == (start, precision)


@pytest.mark.parametrize("stated", ["", "yesterday", "03/05/2020", "2020-13", "2020-02-30", "0000", "March", "99999"])
def test_what_is_no_clear_date_gives_none(stated: str) -> None:
    assert parse_stated_date(stated) is None


@given(st.dates(max_value=date(9998, 12, 31)))
def test_iso_dates_come_back(day: object) -> None:
    interval = parse_stated_date(str(day))
    if str(day) < "9999-12-31":
        assert interval is not None
        assert interval.start is not None
        assert interval.start.date() == day


@given(st.text(max_size=60))
def test_any_words_are_read_without_raising(words: str) -> None:
    parse_stated_date(words)

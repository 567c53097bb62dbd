"""Time expressions as intervals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.claims.times import day, read_time
from reportedly.model import Interval, TimePrecision

WEDNESDAY = day(datetime(2020, 3, 18, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("5 March 2020", "2020-03-05", "2020-03-06", TimePrecision.DAY),
        ("March 5, 2020", "2020-03-05", "2020-03-06", TimePrecision.DAY),
        ("2020-03-05", "2020-03-05", "2020-03-06", TimePrecision.DAY),
        ("March 2020", "2020-03-01", "2020-04-01", TimePrecision.MONTH),
        ("2019", "2019-01-01", "2020-01-01", TimePrecision.YEAR),
        ("yesterday", "2020-03-17", "2020-03-18", TimePrecision.DAY),
        ("on Tuesday", "2020-03-17", "2020-03-18", TimePrecision.DAY),
        ("on Wednesday", "2020-03-18", "2020-03-19", TimePrecision.DAY),
        ("last Wednesday", "2020-03-11", "2020-03-12", TimePrecision.DAY),
        ("on 5 March", "2020-03-05", "2020-03-06", TimePrecision.DAY),
        ("28 December", "2019-12-28", "2019-12-29", TimePrecision.DAY),
        ("two days ago", "2020-03-16", "2020-03-17", TimePrecision.DAY),
        ("twenty-five days ago", "2020-02-22", "2020-02-23", TimePrecision.DAY),
        ("last month", "2020-02-01", "2020-03-01", TimePrecision.MONTH),
        ("last week", "2020-03-09", "2020-03-16", TimePrecision.WEEK),
    ],
    ids=str,
)
def test_words_become_intervals(text: str, start: str, end: str, precision: TimePrecision) -> None:
    interval = read_time(text, WEDNESDAY).interval
    assert interval is not None
    assert interval.start is not None and interval.start.date().isoformat() == start
    assert interval.end is not None and interval.end.date().isoformat() == end
    assert interval.precision is precision


@pytest.mark.parametrize("text", ["yesterday", "on Tuesday", "last month", "5 March"])
def test_relative_times_stay_open_in_a_report_without_a_date(text: str) -> None:
    when = read_time(text, None)
    assert when.interval is None
    assert "no date" in when.why


@pytest.mark.parametrize("text", ["soon", "the day", "31 February 2020"])
def test_what_names_no_interval_gives_none(text: str) -> None:
    when = read_time(text, WEDNESDAY)
    assert when.interval is None and when.why


def test_before_and_since_open_one_side() -> None:
    before = read_time("before 5 March 2020", None).interval
    since = read_time("since March 2015", None).interval
    assert before is not None and before.start is None and before.end is not None
    assert since is not None and since.end is None and since.start is not None


@given(st.text(max_size=60), st.booleans())
def test_no_text_makes_it_raise(text: str, dated: bool) -> None:
    when = read_time(text, WEDNESDAY if dated else None)
    assert when.text == text
    assert isinstance(when.interval, Interval) or when.why

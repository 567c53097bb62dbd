"""Time expressions as UTC intervals, from the words and the report's date.

Relative times ("yesterday", "on Tuesday", "last month") need the date of the report; without it they stay
unresolved, with that reason. Weekday names mean the last such day up to the report's date, as news usage has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from reportedly.language.quantities import NUMBER_WORDS, parse_number
from reportedly.model import Interval, TimePrecision, When

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d{2})"


def read_time(text: str, reference: Interval | None) -> When:
    """Return what a time expression means.

    text: the words; reference: when the report was published, None if unknown.
    """
    words = re.sub(r"\s+", " ", text.lower().strip(" ,."))
    anchor = reference.start if reference is not None else None
    for pattern, read, needs_anchor in _READERS:
        match = pattern.search(words)
        if match is None:
            continue
        if needs_anchor and anchor is None:
            return When(text, None, "relative time, and the report has no date")
        interval = read(match, anchor)
        if interval is None:
            return When(text, None, "not a possible date")
        return When(text, _bounded(words, interval))
    return When(text, None, "vague or relative: no interval can be read from it")


def _bounded(words: str, interval: Interval) -> Interval:
    """Open the interval where the words say "before", "until", "since" or "after"."""
    if re.match(r"(?:before|until|till|by|prior to)\b", words):
        return Interval(None, interval.end if not words.startswith("before") else interval.start, interval.precision)
    if re.match(r"since\b", words):
        return Interval(interval.start, None, interval.precision)
    if re.match(r"after\b", words):
        return Interval(interval.end, None, interval.precision)
    return interval


def day(moment: datetime) -> Interval:
    """Return the UTC day around a moment."""
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return Interval(start, start + timedelta(days=1), TimePrecision.DAY)


def month(year: int, number: int) -> Interval:
    """Return a calendar month."""
    start = datetime(year, number, 1, tzinfo=UTC)
    end = datetime(year + (number == 12), number % 12 + 1, 1, tzinfo=UTC)
    return Interval(start, end, TimePrecision.MONTH)


def _date(year: int, number: int, day_of_month: int) -> Interval | None:
    try:
        return day(datetime(year, number, day_of_month, tzinfo=UTC))
    except ValueError:
        return None


def _full_date(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    return _date(int(match["year"]), MONTHS[match["month"]], int(match["day"]))


def _iso_date(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    return _date(int(match["year"]), int(match["number"]), int(match["day"]))


def _day_and_month(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    """A day and month without a year: the one nearest to the report's date."""
    assert anchor is not None
    options = [_date(anchor.year + shift, MONTHS[match["month"]], int(match["day"])) for shift in (-1, 0, 1)]
    dated = [o for o in options if o is not None and o.start is not None]
    return min(dated, key=lambda o: abs((o.start or anchor) - anchor), default=None)


def _month_and_year(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    return month(int(match["year"]), MONTHS[match["month"]])


def _bare_month(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    """A month without a year: the last one up to the report's date, or the next after "next"."""
    assert anchor is not None
    number = MONTHS[match["month"]]
    if (match["which"] or "").strip() == "next":
        return month(anchor.year + (number <= anchor.month), number)
    if (match["which"] or "").strip() == "last":
        return month(anchor.year - (number >= anchor.month), number)
    return month(anchor.year - (number > anchor.month + 3), number)


def _weekday(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    assert anchor is not None
    which = (match["which"] or "").strip()
    back = (anchor.weekday() - WEEKDAYS[match["weekday"]]) % 7
    if which in {"next", "coming"}:
        return day(anchor + timedelta(days=(7 - back) if back else 7))
    if which in {"last", "previous"} and back == 0:
        back = 7
    return day(anchor - timedelta(days=back))


def _near_day(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    assert anchor is not None
    word = match["word"]
    shift = {"yesterday": -1, "last night": -1, "overnight": 0, "tomorrow": 1, "the day before": -1}.get(word, 0)
    return day(anchor + timedelta(days=shift))


def _ago(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    assert anchor is not None
    count = parse_number(match["count"])
    if count is None or count > 10_000:
        return None
    return _shifted(anchor, -int(count), match["unit"])


def _shifted(anchor: datetime, count: int, unit: str) -> Interval | None:
    if unit == "day":
        return day(anchor + timedelta(days=count))
    if unit == "week":
        start = day(anchor + timedelta(weeks=count)).start
        assert start is not None
        return Interval(start - timedelta(days=3), start + timedelta(days=4), TimePrecision.WEEK)
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 + count
        return month(index // 12, index % 12 + 1) if index >= 12 else None
    return _year(anchor.year + count)


def _year(number: int) -> Interval | None:
    if not 1 <= number < 9999:
        return None
    return Interval(datetime(number, 1, 1, tzinfo=UTC), datetime(number + 1, 1, 1, tzinfo=UTC), TimePrecision.YEAR)


def _relative_unit(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    """Read "last week", "this month", "next year"."""
    assert anchor is not None
    shift = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[match["which"]]
    if match["unit"] == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
        start = day(monday).start
        assert start is not None
        return Interval(start, start + timedelta(days=7), TimePrecision.WEEK)
    return _shifted(anchor, shift, match["unit"])


def _past_span(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    """Read "in the past two weeks", "over the last 24 hours"."""
    assert anchor is not None
    count = parse_number(match["count"])
    if count is None:
        return None
    days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}[match["unit"]] * count
    if days > 40_000:
        return None
    end = day(anchor).end
    assert end is not None
    return Interval(end - timedelta(days=max(days, 1) + 1), end, TimePrecision.PERIOD)


def _bare_year(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    return _year(int(match["year"]))


def _season(match: re.Match[str], anchor: datetime | None) -> Interval | None:
    first = SEASONS[match["season"]]
    start = month(int(match["year"]), first)
    last = month(int(match["year"]) + (first == 12), (first + 1) % 12 + 1)
    return Interval(start.start, last.end, TimePrecision.SEASON)


_Reader = Callable[[re.Match[str], datetime | None], Interval | None]
_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
_COUNT = rf"(?<![\w-])(?P<count>\d+|{_WORD}(?:[- ]{_WORD})?)"
_READERS: tuple[tuple[re.Pattern[str], _Reader, bool], ...] = tuple(
    (re.compile(pattern), reader, needs)
    for pattern, reader, needs in (
        (rf"\b{YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b", _iso_date, False),
        (rf"\b{DAY}(?: of)? {MONTH},? {YEAR}\b", _full_date, False),
        (rf"\b{MONTH} {DAY},? {YEAR}\b", _full_date, False),
        (rf"\b(?P<season>spring|summer|autumn|fall|winter)(?: of)? {YEAR}\b", _season, False),
        (rf"\b{MONTH},?(?: of)? {YEAR}\b", _month_and_year, False),
        (rf"\b{DAY}(?: of)? {MONTH}\b", _day_and_month, True),
        (rf"\b{MONTH} {DAY}\b", _day_and_month, True),
        (r"\b(?:past|last|previous) " + _COUNT + r" (?P<unit>hour|day|week|month|year)s?\b", _past_span, True),
        (_COUNT + r" (?P<unit>day|week|month|year)s? (?:ago|earlier|before)\b", _ago, True),
        (
            r"\b(?P<which>last |next |coming |previous |this |on )?(?P<weekday>" + "|".join(WEEKDAYS) + r")\b",
            _weekday,
            True,
        ),
        (
            r"\b(?P<word>today|tonight|yesterday|tomorrow|last night|overnight|this (?:morning|afternoon|evening))\b",
            _near_day,
            True,
        ),
        (r"\b(?P<which>last|past|previous|this|next|coming) (?P<unit>week|month|year)\b", _relative_unit, True),
        (rf"\b{YEAR}\b", _bare_year, False),
        (rf"\b(?P<which>last |next |this |early |late |mid-)?{MONTH}(?!\w)", _bare_month, True),
    )
)

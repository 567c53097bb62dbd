"""The timeline: when things are said to happen, each as wide as its date is uncertain; undated ones apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from reportedly.model import Event, Interval
from reportedly.page.edition import Edition
from reportedly.page.grammar import look_of_event
from reportedly.page.phrasing import MONTHS, days_phrase, parse_day

WIDTH = 1000.0
ROW = 22.0
TOP = 30.0
_MOST_ROWS = 40
_LABEL = 46  # letters
_LETTER = 6.0  # width of a label's letter in drawing units
_STEPS = (1, 2, 7, 14)  # days between ticks
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 600, 2400, 24000)


@dataclass(frozen=True, slots=True)
class Bar:
    """One report or event on the timeline; x, y and width are in drawing units."""

    href: str
    label: str
    title: str
    classes: str
    x: float
    y: float
    width: float
    event: int | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Undated:
    """An event without a place on the axis, and why."""

    href: str
    label: str
    classes: str
    why: str
    event: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: bars in two lanes on one axis, and what could not be put on it."""

    first: date | None
    last: date | None
    ticks: tuple[Tick, ...]
    reports: tuple[Bar, ...]
    events: tuple[Bar, ...]
    undated: tuple[Undated, ...]
    events_top: float
    height: float
    left_out: int


def make_timeline(edition: Edition, labels: Sequence[str]) -> Timeline:
    """Place the edition's reports and events on one axis; ``labels`` are the events', in their order."""
    published = (days_of(reading.report.published) for reading in edition.readings)
    dated = [(number, days) for number, days in enumerate(published, start=1) if days]
    event_days = {number: event_interval(event) for number, event in enumerate(edition.events, start=1)}
    domain = _domain([days for _, days in dated], [days for days in event_days.values() if days])
    if domain is None:
        return Timeline(None, None, (), (), (), _undated(edition, labels, event_days, None), TOP, TOP, 0)
    scale = _Scale(*domain)
    report_bars, report_rows = _stack(_report_bars(edition, dated, scale), TOP)
    events_top = TOP + (report_rows + 0.6) * ROW
    bars, rows = _stack(_event_bars(edition, labels, event_days, scale), events_top)
    floor = events_top + _MOST_ROWS * ROW
    kept = tuple(bar for bar in bars if bar.y < floor)
    return Timeline(
        first=domain[0],
        last=domain[1],
        ticks=tuple(scale.ticks()),
        reports=tuple(bar for bar in report_bars if bar.y < TOP + _MOST_ROWS * ROW),
        events=kept,
        undated=_undated(edition, labels, event_days, domain),
        events_top=events_top,
        height=events_top + (min(rows, _MOST_ROWS) + 0.5) * ROW,
        left_out=len(bars) - len(kept),
    )


def days_of(interval: Interval | None) -> tuple[date, date] | None:
    """Return the first and last day that an interval touches; an open side is the other one."""
    if interval is None:
        return None
    start = interval.start or interval.end
    end = interval.end or interval.start
    if start is None or end is None:
        return None
    last = max(start, end - timedelta(microseconds=1)) if interval.end else end
    return start.astimezone(UTC).date(), last.astimezone(UTC).date()


def event_interval(event: Event) -> tuple[date, date] | None:
    """Return the first and last day of an event, None when the reports do not say."""
    first, last = parse_day(event.start), parse_day(event.end)
    first, last = first or last, last or first
    return (first, max(first, last)) if first and last else None


def _domain(reports: Sequence[tuple[date, date]], events: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    """Return the days shown: those of the reports with room for what they tell; history stays outside."""
    if reports:
        first, last = min(start for start, _ in reports), max(end for _, end in reports)
        room = timedelta(days=max(45, (last - first).days))
        near = [one for one in events if first - room <= one[0] and one[1] <= last + room]
        first = min([first, *(start for start, _ in near)])
        last = max([last, *(end for _, end in near)])
    elif events:
        first, last = min(start for start, _ in events), max(end for _, end in events)
    else:
        return None
    margin = timedelta(days=max(1, (last - first).days // 30))
    return _shifted(first, -margin), _shifted(last, margin)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self._days = (last - first).days + 1

    def x(self, day: date) -> float:
        return round((day - self.first).days / self._days * WIDTH, 1)

    def ticks(self) -> Iterable[Tick]:
        days = self._days
        step = next((step for step in _STEPS if days / step <= 9), None)
        if step is not None:
            day = self.first
            while day <= self.last:
                year = f" {day.year}" if day == self.first else ""
                yield Tick(self.x(day), f"{day.day} {MONTHS[day.month - 1][:3]}{year}")
                day += timedelta(days=step)
            return
        months = next(count for count in _MONTH_STEPS if days / 30 / count <= 9)
        index = self.first.year * 12 + self.first.month
        index += -index % months if months > 1 else 0
        for month in range(index, self.last.year * 12 + self.last.month, months):
            day = date(max(1, month // 12), month % 12 + 1, 1)
            if self.first <= day <= self.last:
                month_name = f"{MONTHS[day.month - 1][:3]} " if months < 12 else ""
                yield Tick(self.x(day), f"{month_name}{day.year}")


def _report_bars(edition: Edition, dated: Sequence[tuple[int, tuple[date, date]]], scale: _Scale) -> Iterable[Bar]:
    for number, (first, last) in dated:
        x, end = scale.x(first), scale.x(_shifted(last, timedelta(days=1)))
        outlet = edition.readings[number - 1].report.outlet or f"report {number}"
        title = f"{outlet}, {days_phrase(first, last)}"
        yield Bar(f"#r{number}", outlet, title, "report-bar", x, 0.0, max(4.0, end - x), None)


def _event_bars(
    edition: Edition, labels: Sequence[str], days: dict[int, tuple[date, date] | None], scale: _Scale
) -> Iterable[Bar]:
    order = sorted((pair for pair in days.items() if pair[1]), key=lambda pair: (pair[1], pair[0]))
    for number, interval in order:
        if interval is None or not _inside(interval, (scale.first, scale.last)):
            continue
        event, (first, last) = edition.events[number - 1], interval
        x, end = scale.x(first), scale.x(_shifted(last, timedelta(days=1)))
        classes = look_of_event(event).classes + (" in-comments" if event.comments_only else "")
        title = f"{labels[number - 1]}, {days_phrase(first, last)}, {event.modality}, {event.status}"
        label = f"not: {labels[number - 1]}" if event.negated else labels[number - 1]
        yield Bar(f"#e{number}", label, title, classes, x, 0.0, max(6.0, end - x), number)


def _inside(interval: tuple[date, date], domain: tuple[date, date]) -> bool:
    return domain[0] <= interval[0] and interval[1] <= domain[1]


def _stack(bars: Iterable[Bar], top: float) -> tuple[list[Bar], int]:
    """Put each bar on the first row where it and its label do not touch the one before."""
    ends: list[float] = []
    placed = []
    for bar in bars:
        room = min(len(bar.label), _LABEL) * _LETTER + 12
        fits_right = bar.x + bar.width + room <= WIDTH
        left = bar.x if fits_right else bar.x - room
        right = bar.x + bar.width + (room if fits_right else 4)
        row = next((index for index, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [right]
        placed.append(
            Bar(
                href=bar.href,
                label=bar.label if len(bar.label) <= _LABEL else bar.label[: _LABEL - 1] + "…",
                title=bar.title,
                classes=bar.classes if fits_right else bar.classes + " label-left",
                x=bar.x,
                y=top + row * ROW,
                width=round(bar.width, 1),
                event=bar.event,
            )
        )
    return placed, len(ends)


def _undated(
    edition: Edition,
    labels: Sequence[str],
    days: dict[int, tuple[date, date] | None],
    domain: tuple[date, date] | None,
) -> tuple[Undated, ...]:
    found = []
    for number, event in enumerate(edition.events, start=1):
        interval = days[number]
        if interval is not None and domain is not None and _inside(interval, domain):
            continue
        why = days_phrase(*interval) if interval else "no date told"
        classes = look_of_event(event).classes + (" in-comments" if event.comments_only else "")
        found.append(Undated(f"#e{number}", labels[number - 1], classes, why, number))
    return tuple(found)

"""Commands that look into the ledger: claims, events, actors, sources, reports, search, show.

Commands import what they need when they run, so that ``--help`` is quick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from reportedly.cli.faults import say
from reportedly.cli.options import (
    AboutOption,
    ByOption,
    JsonOption,
    KindOption,
    LedgerOption,
    LimitOption,
    ModalityOption,
    ReportOption,
    SinceOption,
    StatusOption,
    UntilOption,
    WhereOption,
    check_kind,
)

if TYPE_CHECKING:
    from reportedly.ledger import Ledger

T = TypeVar("T")


class Part(StrEnum):
    """Which part of reports: the article, or its readers' comments."""

    ARTICLE = "article"
    COMMENTS = "comments"


PartOption = Annotated[Part | None, typer.Option("--part", help="Only the article, or only readers' comments.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (claims, events, actors, sources, reports, search, show):
        app.command()(command)


@contextmanager
def open_ledger(path: Path | None) -> Iterator[Ledger]:
    """Open the ledger for reading: the file given, else the default one."""
    from reportedly.ledger import Ledger, default_ledger_path

    with Ledger.open(path or default_ledger_path(), read_only=True) as ledger:
        yield ledger


def claims(
    *,
    about: AboutOption = None,
    by: ByOption = None,
    where: WhereOption = None,
    kind: KindOption = None,
    modality: ModalityOption = None,
    part: PartOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    report: ReportOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List claims: who did what to whom, according to whom.

    With where and when, how the claim is put (asserted, denied, planned, ...), and how sure the
    extraction is. All filters that are given must hold.
    """
    from reportedly.cli.listings import print_claims
    from reportedly.cli.short_ids import expand
    from reportedly.ledger import ClaimFilter

    kind = check_kind(kind)
    with open_ledger(ledger) as source:
        ids = [row.id for row in source.reports()]
        found = source.claim_rows(
            ClaimFilter(
                about=about,
                by=by,
                where=where,
                kind=kind,
                modality=modality,
                part=part,
                since=first_day(since),
                until=last_day(until),
                report=expand(report, ids) if report else None,
                limit=_one_more(limit),
            ),
            public=True,
        )
        print_claims(cut(found, limit), ids, as_json=as_json)


def events(
    *,
    about: AboutOption = None,
    where: WhereOption = None,
    kind: KindOption = None,
    modality: ModalityOption = None,
    status: StatusOption = None,
    part: PartOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List events: claims about one happening.

    The status says what independent sources make of it; copies and comments do not count.
    """
    from reportedly.cli.listings import print_events
    from reportedly.ledger import EventFilter

    kind = check_kind(kind)
    with open_ledger(ledger) as source:
        found = source.events(
            EventFilter(
                about=about,
                where=where,
                kind=kind,
                modality=modality,
                status=status,
                part=part,
                since=first_day(since),
                until=last_day(until),
                limit=_one_more(limit),
            ),
            public=True,
        )
        print_events(cut(found, limit), as_json=as_json)


def actors(limit: LimitOption = 50, ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List parties, with how often they occur."""
    from reportedly.cli.listings import print_actors

    with open_ledger(ledger) as source:
        print_actors(cut(source.actors(public=True), limit), as_json=as_json)


def sources(limit: LimitOption = 50, ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List voices and their grades.

    Outlets, organisations, unnamed groups of people, and commenters by pseudonym. F6 is: unknown.
    """
    from reportedly.cli.listings import print_sources

    with open_ledger(ledger) as source:
        print_sources(cut(source.sources(), limit), as_json=as_json)


def reports(limit: LimitOption = 50, ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List reports, and what was quarantined and why."""
    from reportedly.cli.listings import print_reports

    with open_ledger(ledger) as source:
        rows = source.reports()
        print_reports(cut(rows, limit), [row.id for row in rows], source.quarantined(), as_json=as_json)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words that must all occur.")],
    limit: LimitOption = 50,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find passages and claims that hold the words."""
    from reportedly.cli.listings import print_hits

    with open_ledger(ledger) as source:
        ids = [row.id for row in source.reports()]
        print_hits(cut(source.search(" ".join(words)), limit), ids, as_json=as_json)


def show(
    record: Annotated[str, typer.Argument(metavar="ID", help="As it stands in a table; ids of reports may be cut.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one record with all its evidence.

    A report, passage, claim, event, actor, place or source.
    """
    from reportedly.cli.detail import print_record
    from reportedly.cli.short_ids import expand

    with open_ledger(ledger) as source:
        ids = [row.id for row in source.reports()]
        print_record(source.show(expand(record, ids), public=True), ids, as_json=as_json)


def first_day(stated: str | None) -> date | None:
    """Return the first day of a date or date prefix; a usage error if it is none."""
    days = _days(stated, "--since")
    return days[0] if days else None


def last_day(stated: str | None) -> date | None:
    """Return the last day of a date or date prefix; a usage error if it is none."""
    days = _days(stated, "--until")
    return days[1] if days else None


def _days(stated: str | None, option: str) -> tuple[date, date] | None:
    if stated is None:
        return None
    from reportedly.read.dates import parse_stated_date

    interval = parse_stated_date(stated)
    if interval is None or interval.start is None or interval.end is None:
        raise typer.BadParameter(f"{stated!r} is not a date; write 2020-03-05, 2020-03 or 2020", param_hint=option)
    return interval.start.date(), (interval.end - timedelta(microseconds=1)).date()


def _one_more(limit: int) -> int | None:
    return limit + 1 if limit else None


def cut(rows: Sequence[T], limit: int) -> Sequence[T]:
    """Return the first ``limit`` rows, and say so where there are more; all for 0."""
    if not limit or len(rows) <= limit:
        return rows
    say(f"the first {limit} are shown; --limit 0 shows all")
    return rows[:limit]

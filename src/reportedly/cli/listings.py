"""How is a list shown? As a table that fits 80 columns, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer

from reportedly.cli import words
from reportedly.cli.as_json import print_json, without_names
from reportedly.cli.short_ids import abbreviate
from reportedly.cli.tables import (
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    Column,
    print_table,
    row_of_claim,
    row_of_event,
)
from reportedly.ledger.rows import ActorRow, ClaimRow, PlaceRow, Quarantined, ReportRow, SearchHit
from reportedly.model import Event, LinkStatus, Source

_MARKS = {LinkStatus.AMBIGUOUS: "ambiguous", LinkStatus.UNKNOWN: "unknown", LinkStatus.CLASS: "class"}


def print_claims(rows: Sequence[ClaimRow], report_ids: Iterable[str], *, as_json: bool) -> None:
    """Print claims."""
    if as_json:
        print_json([without_names(row) for row in rows])
        return
    shorten = abbreviate(report_ids)
    print_table(
        CLAIM_COLUMNS,
        (row_of_claim(row.claim, shorten, author=row.outlet, reader=row.pseudonym) for row in rows),
        empty="No claims.",
    )


def print_events(events: Sequence[Event], *, as_json: bool) -> None:
    """Print events."""
    if as_json:
        print_json(list(events))
        return
    print_table(EVENT_COLUMNS, map(row_of_event, events), empty="No events.")


def print_actors(rows: Sequence[ActorRow], *, as_json: bool) -> None:
    """Print actors with their counts."""
    if as_json:
        print_json(list(rows))
        return
    columns = (
        Column("name", share=4),
        Column("id", share=4),
        Column("kind", share=3),
        Column("reports", justify="right"),
        Column("claims", justify="right"),
        Column("mentions", justify="right"),
    )
    print_table(
        columns,
        (
            (
                row.name,
                row.id or words.NOTHING,
                " ".join(part for part in (_MARKS.get(LinkStatus(row.status), ""), row.kind, row.country) if part),
                str(row.reports),
                str(row.claims),
                str(row.mentions),
            )
            for row in rows
        ),
        empty="No actors.",
    )


def print_places(rows: Sequence[PlaceRow], *, as_json: bool) -> None:
    """Print places with their uncertainty and their counts."""
    if as_json:
        print_json(list(rows))
        return
    columns = (
        Column("name", share=4),
        Column("id", share=5),
        Column("kind", share=3),
        Column("± km", justify="right"),
        Column("claims", justify="right"),
        Column("mentions", justify="right"),
    )
    print_table(
        columns,
        (
            (
                row.name,
                row.id or words.NOTHING,
                _MARKS.get(LinkStatus(row.status), str(row.place.kind) if row.place else ""),
                f"{row.place.radius_km:.0f}" if row.place else words.NOTHING,
                str(row.claims),
                str(row.mentions),
            )
            for row in rows
        ),
        empty="No places.",
    )


def print_sources(rows: Sequence[Source], *, as_json: bool) -> None:
    """Print sources with their two grades."""
    if as_json:
        print_json(list(rows))
        return
    columns = (
        Column("name", share=4),
        Column("id", share=4),
        Column("kind"),
        Column("grade"),
        Column("reports", justify="right"),
        Column("claims", justify="right"),
    )
    print_table(
        columns,
        (
            (row.name, row.id, row.kind, row.reliability + row.credibility, str(row.reports), str(row.claims))
            for row in rows
        ),
        empty="No sources.",
    )


def print_reports(
    rows: Sequence[ReportRow], report_ids: Iterable[str], failed: Sequence[Quarantined], *, as_json: bool
) -> None:
    """Print reports, and after them the quarantine."""
    if as_json:
        print_json({"reports": list(rows), "quarantined": list(failed)})
        return
    shorten = abbreviate(report_ids)
    columns = (
        Column("id"),
        Column("published"),
        Column("outlet", share=3),
        Column("title", share=6),
        Column("comments", justify="right"),
        Column("claims", justify="right"),
    )
    print_table(
        columns,
        (
            (
                shorten(row.id),
                row.published or words.NOTHING,
                row.outlet or words.NOTHING,
                _title_of(row),
                str(row.comments),
                str(row.claims),
            )
            for row in rows
        ),
        empty="No reports.",
    )
    if failed:
        typer.echo(f"\nQuarantined: {len(failed)}")
        for one in failed:
            typer.echo(f"  {one.name}: {one.cause}")


def print_hits(rows: Sequence[SearchHit], report_ids: Iterable[str], *, as_json: bool) -> None:
    """Print passages and claims that were found."""
    if as_json:
        print_json(list(rows))
        return
    shorten = abbreviate(report_ids)
    print_table(
        (Column("id"), Column("part"), Column("words", share=1)),
        ((shorten(row.id), row.part, " ".join(row.snippet.split())) for row in rows),
        empty="Nothing found.",
    )


def _title_of(row: ReportRow) -> str:
    title = row.title or row.key
    version = f" (version {row.version})" if row.version > 1 else ""
    language = "" if row.language == "en" else f" [not analysed: {row.language}]"
    return f"{title}{version}{language}"

"""What does a table look like? Columns that fit 80 characters; how a claim is put is always one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import typer
from rich.box import Box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from reportedly.cli import words
from reportedly.model import Claim, Event, EventStatus, Modality

# Headings underlined, one space between columns: 80 characters hold more that way.
_BOX = Box("    \n    \n -- \n    \n    \n    \n    \n    \n")
_FACTLIKE = frozenset({Modality.ASSERTED, Modality.ONGOING})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, share of the free width (0: as wide as its content) and alignment."""

    heading: str
    share: int = 0
    justify: Literal["left", "right"] = "left"


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str | Text]], *, empty: str) -> None:
    """Print rows under headings on standard output, or ``empty`` where there are none."""
    table = Table(box=_BOX, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            column.heading,
            ratio=column.share or None,
            no_wrap=column.share == 0,
            justify=column.justify,
            overflow="fold",
        )
    table.expand = any(column.share for column in columns)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    emit(table if table.row_count else Text(empty))


def emit(*renderables: RenderableType) -> None:
    """Print on standard output: 80 columns where it is no terminal, and no spaces at the ends of lines."""
    console = Console(markup=False, emoji=False, highlight=False)
    with console.capture() as printed:
        console.print(*renderables, sep="\n")
    typer.echo(re.sub(r"[ \t]+$", "", printed.get(), flags=re.MULTILINE), nl=False)


CLAIM_COLUMNS = (
    Column("id"),
    Column("how put"),
    Column("who -> whom, act", share=19),
    Column("where, when", share=14),
    Column("according to", share=19),
    Column("sure", justify="right"),
)


def row_of_claim(
    claim: Claim, shorten: Callable[[str], str], *, author: str | None, reader: str | None
) -> tuple[str | Text, ...]:
    """Return a claim as a row; what is not asserted is set apart by its word and its style.

    author: what to call the article's own voice (its outlet); reader: the pseudonym of the commenter.
    """
    style = style_of(claim.modality, claim.negated)
    what = Text(f"{words.name_who_whom(claim)}\n")
    what.append(words.label_act(claim), style=style or "bold")
    spot = "\n".join(part for part in (words.name_places(claim.places), words.write_times(claim.when)) if part)
    return (
        shorten(claim.id),
        Text(words.label_modality(claim).replace(" (", "\n("), style=style),
        what,
        spot or words.NOTHING,
        words.name_inner_voices(claim.voices, author or "the article", reader or "a reader"),
        words.write_share(claim.confidence),
    )


EVENT_COLUMNS = (
    Column("id"),
    Column("status"),
    Column("how put"),
    Column("who -> whom, act", share=11),
    Column("where, when", share=7),
    Column("claims", justify="right"),
)


def row_of_event(event: Event) -> tuple[str | Text, ...]:
    """Return an event as a row: its status and its modality are two columns."""
    modality = Modality(event.modality)
    style = style_of(modality, event.negated)
    who = ", ".join(event.actors) or words.NOTHING
    whom = ", ".join(event.recipients)
    what = Text(f"{who} -> {whom}\n" if whom else f"{who}\n")
    what.append(f"not {event.act}" if event.negated else event.act, style=style or "bold")
    days = words.write_days(event.start, event.end)
    spot = "\n".join(part for part in (", ".join(event.places), days) if part)
    status = f"{event.status}\n(readers)" if event.comments_only else str(event.status)
    return (
        event.id,
        Text(status, style=_STATUS_STYLE.get(event.status, "")),
        Text(modality, style=style),
        what,
        spot or words.NOTHING,
        str(len(event.claims)),
    )


def style_of(modality: Modality, negated: bool) -> str:
    """Return the style that sets a claim apart where it is not simply told as so: never colour alone."""
    if modality is Modality.DENIED or negated:
        return "strike"
    return "" if modality in _FACTLIKE else "italic"


_STATUS_STYLE = {EventStatus.DISPUTED: "italic", EventStatus.DENIED: "strike"}

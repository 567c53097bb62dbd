"""Which options do the commands share? Their names and help texts, in one place."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reportedly.model import Category, EventStatus, Modality, State

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        envvar="REPORTEDLY_LEDGER",
        show_envvar=False,
        help="The ledger file. Default: $REPORTEDLY_LEDGER, else a file in your user data folder.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", metavar="WHOM", help="A party of the claim, who acts or is acted upon."),
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="VOICE", help="Somebody in the voice chain: an actor, an outlet."),
]
WhereOption = Annotated[str | None, typer.Option("--where", metavar="PLACE", help="A place, or what contains it.")]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="ACT",
        help="A PLOVER category (ASSAULT), with its mode or without, or a state (controls).",
    ),
]
ModalityOption = Annotated[
    Modality | None,
    typer.Option("--modality", metavar="HOW", help=f"How the claim is put: {', '.join(Modality)}."),
]
StatusOption = Annotated[
    EventStatus | None,
    typer.Option("--status", help="What independent sources make of it."),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="Not before this day: 2020-03-05, 2020-03, 2020."),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Not after this day (the whole month or year counts)."),
]
ReportOption = Annotated[str | None, typer.Option("--report", metavar="ID", help="Only what is in this report.")]


class AnalyzerName(StrEnum):
    """What can be chosen to read reports with."""

    READER = "reader"
    LLM = "llm"


AnalyzerOption = Annotated[
    AnalyzerName | None,
    typer.Option(
        "--analyzer",
        show_default=False,
        help="What reads: the built-in reader, or a language model at the endpoint that the environment names"
        " (docs/llm.md). Default: the reader, offline.",
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", metavar="N", min=0, help="At most so many; 0 for all.")]

KINDS = frozenset(str(kind) for kind in (*Category, *State))


def check_kind(given: str | None) -> str | None:
    """Return the kind of act as the ledger writes it ("assault" is "ASSAULT"), or raise a usage error."""
    if given is None:
        return None
    by_folded = {kind.casefold(): kind for kind in KINDS}
    if (whole := by_folded.get(given.casefold())) is not None:
        return whole
    category, _, mode = given.partition(" ")
    if mode and category.upper() in KINDS:
        return f"{category.upper()} {mode}"
    known = ", ".join(sorted(KINDS))
    raise typer.BadParameter(f"no act {given!r}; there are: {known}", param_hint="--kind")

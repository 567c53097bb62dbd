"""Commands that take something out of the ledger: page, export, verify.

Commands import what they need when they run, so that ``--help`` is quick.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reportedly.cli.faults import ExitCode
from reportedly.cli.look import open_ledger
from reportedly.cli.options import JsonOption, LedgerOption


class Format(StrEnum):
    """What an export is written as."""

    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (page, export, verify):
        app.command()(command)


def page(
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="The file to write.")],
    title: Annotated[str, typer.Option("--title", help="The heading of the page.")] = "Reported claims",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write one HTML file that opens offline.

    The reports with their evidence marked, claims by voice, map and timeline.
    """
    from reportedly.cli.as_json import print_json
    from reportedly.cli.output import write_page

    with open_ledger(ledger) as source:
        reports = write_page(source, out, title=title)
    if as_json:
        print_json({"page": str(out), "reports": reports})
    else:
        typer.echo(f"{out}: {reports} reports")


def export(
    form: Annotated[Format, typer.Option("--format", help="What to write.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to; standard output without it.")
    ] = None,
    comment_text: Annotated[
        bool, typer.Option("--comment-text/--no-comment-text", help="Whether the words of comments go out.")
    ] = True,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write claims and events for other programs.

    Commenters appear under pseudonyms. With --no-comment-text their words stay behind, too. --json prints
    what was written (with its SHA-256) and needs --out.
    """
    from reportedly.cli.output import open_output
    from reportedly.export import describe
    from reportedly.export import export as write_export

    if as_json and out is None:
        raise typer.BadParameter("the export itself goes to standard output; add --out FILE", param_hint="--json")
    with open_ledger(ledger) as source, open_output(out) as stream:
        written = write_export(source, form, stream, comment_text=comment_text)
    if as_json:
        typer.echo(describe(written), nl=False)
    elif out is not None:
        typer.echo(f"{out}: {written.reports} reports, {written.claims} claims, {written.events} events")


def verify(ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """Check quotations, references and the file.

    Every quotation must stand verbatim at its offsets, and every reference must resolve.
    """
    from reportedly.cli.as_json import print_json

    with open_ledger(ledger) as source:
        problems = source.verify()
    if as_json:
        print_json({"intact": not problems, "problems": problems})
    elif not problems:
        typer.echo("The ledger is intact: quotations, references and file.")
    for problem in problems if not as_json else ():
        typer.echo(f"{problem.where}: {problem.what}")
    if problems:
        raise typer.Exit(ExitCode.DATA)

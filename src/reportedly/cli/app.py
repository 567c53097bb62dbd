"""The ``reportedly`` command: what it can do, and how its errors are shown."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from reportedly._version import __version__
from reportedly.cli import leave, look, places, take
from reportedly.cli.faults import OneLineErrors


class Commands(TyperGroup):
    """The commands, in the order in which one meets them, with errors as single lines."""

    def invoke(self, ctx: Any) -> Any:
        with OneLineErrors():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:
        names = [name for name in self.commands if name != places.NAME]  # Typer has groups before commands
        at = names.index("actors") + 1
        return [*names[:at], places.NAME, *names[at:]]


app = typer.Typer(
    name="reportedly",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit()


@app.callback()
def describe(
    ctx: typer.Context,
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="The ledger file, for the command that follows.", show_default=False)
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and stop."),
    ] = False,
) -> None:
    """Turn conflict reports and their reader comments into a ledger of claims and events, with their words.

    A claim is what somebody said, not what happened. Start with: reportedly demo
    """
    if ledger is not None and isinstance(ctx.command, TyperGroup):
        ctx.default_map = _for_each_command(ctx.command, str(ledger))


def _for_each_command(group: TyperGroup, ledger: str) -> dict[str, Any]:
    """Return defaults that give every command of a group the ledger, those of groups inside it too."""
    return {
        name: {"ledger": ledger, **(_for_each_command(command, ledger) if isinstance(command, TyperGroup) else {})}
        for name, command in group.commands.items()
    }


for register in (take.register, look.register, places.register, leave.register):
    register(app)


def main() -> None:
    """Run the command line; the entry point of the ``reportedly`` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a sign must not stop the work
            stream.reconfigure(errors="replace")
    app()

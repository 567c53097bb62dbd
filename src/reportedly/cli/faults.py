"""How does an error reach the person? As one line on stderr and an exit code, never as a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from enum import IntEnum
from types import TracebackType

import typer

from reportedly._errors import ReportedlyError


class ExitCode(IntEnum):
    """What the process answers to the shell."""

    FINE = 0
    QUARANTINED = 1  # finished, but something could not be read
    USAGE = 2
    DATA = 3
    ENVIRONMENT = 4
    FAULT = 70  # a bug of ours (EX_SOFTWARE)
    INTERRUPTED = 130


def say(line: str) -> None:
    """Write one line to stderr, prefixed with the program's name."""
    typer.echo(f"reportedly: {line}", err=True)


def describe(error: BaseException) -> tuple[str, ExitCode] | None:
    """Return the line and the exit code for an error, None if it is Typer's own to show."""
    match error:
        case ReportedlyError():
            return " ".join(str(error).split()), ExitCode(error.exit_code)
        case KeyboardInterrupt():
            return "interrupted; what was finished is kept", ExitCode.INTERRUPTED
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror or error}", ExitCode.ENVIRONMENT
        case typer.Exit() | typer.Abort() | SystemExit() | GeneratorExit():
            return None
        case _ if hasattr(error, "format_message"):  # a usage error: Typer shows it with the usage
            return None
    words = " ".join(str(error).split())[:300]
    return (
        f"internal fault: {type(error).__name__}: {words} (please report it; REPORTEDLY_DEBUG=1 shows where)",
        ExitCode.FAULT,
    )


class OneLineErrors(AbstractContextManager[None]):
    """Turn whatever a command raises into one line and an exit code."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or os.environ.get("REPORTEDLY_DEBUG") == "1":
            return
        if isinstance(error, BrokenPipeError):  # the reader (head, less) has gone: nothing more to say
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            raise typer.Exit(ExitCode.FINE) from error
        described = describe(error)
        if described is not None:
            line, code = described
            say(line)
            raise typer.Exit(code) from error

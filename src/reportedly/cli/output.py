"""How is a file written? Whole or not at all: beside its place first, then moved there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from reportedly._version import __version__
from reportedly.ledger import Ledger


@contextmanager
def open_output(out: Path | None) -> Iterator[BinaryIO]:
    """Open a file that takes the place of an old one only if the block ends well; None: standard output."""
    if out is None or str(out) == "-":
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(out)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out)) from error
    finally:
        if draft.exists():
            draft.unlink()


def write_page(ledger: Ledger, out: Path, *, title: str) -> int:
    """Write the page of everything in the ledger; return the number of reports on it."""
    from reportedly.page import render_page  # templates are slow to load

    readings = list(ledger.readings())
    today = datetime.now(UTC)
    generated = f"{today.day} {today:%B %Y}"
    html = render_page(readings, ledger.events(public=True), title=title, generated=generated, version=__version__)
    with open_output(out) as stream:
        stream.write(html.encode())
    return len(readings)

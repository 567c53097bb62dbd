"""Commands that take reports in: demo, add, read.

Commands import what they need when they run, so that ``--help`` is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.cli.faults import ExitCode, say
from reportedly.cli.options import AnalyzerName, AnalyzerOption, JsonOption, LedgerOption

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportedly._errors import InputError
    from reportedly.model import Event, PlaceLink, Reading
    from reportedly.run.batch import BatchResult

STDIN = "-"
_KEY_BYTES = 32


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (demo, add, read):
        app.command()(command)


def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to write the ledger and the page to.")
    ] = Path("reportedly-demo"),
    as_json: JsonOption = False,
) -> None:
    """Read the invented sample reports; write a ledger and a page.

    Says where they are and what to try next. Running it again changes nothing.
    """
    from reportedly.cli.demonstrate import demonstrate

    finish(demonstrate(out, as_json=as_json))


def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files (text, HTML, JSONL), folders, - for stdin."),
    ],
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Analyse in so many processes.")] = 1,
    analyzer: AnalyzerOption = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read reports into the ledger.

    What is there already changes nothing; a changed report becomes a new version; what cannot be read is
    quarantined with its reason, and the rest goes on.
    """
    from reportedly.cli.as_json import print_json
    from reportedly.cli.pack_hint import hint_at_packs, links_of
    from reportedly.ledger import default_ledger_path

    links: list[list[PlaceLink]] = []

    def take_links(added: Iterable[Reading]) -> None:
        links[:] = map(links_of, added)

    result = add_to(ledger or default_ledger_path(), paths, jobs=jobs, heed=take_links, analyzer=analyzer)
    for one in result.quarantined:
        say(f"{one.name}: {one.cause}")
    if as_json:
        print_json(result)
    else:
        typer.echo(summarise(result))
    hint_at_packs(links)
    finish(result)


def read(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, HTML or JSONL file, or - for stdin.")],
    analyzer: AnalyzerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Analyse one file and print what it says; nothing is stored.

    Pseudonyms of commenters are different at each run.
    """
    from reportedly._errors import InputError
    from reportedly.cli.as_json import print_json
    from reportedly.cli.detail import print_reading
    from reportedly.cli.pack_hint import hint_at_packs, links_of
    from reportedly.cli.short_ids import abbreviate
    from reportedly.ledger import pseudonymise

    readings = []
    links = []
    failed = False
    for read_ in read_file(file, analyzer):
        if isinstance(read_, InputError):
            say(str(read_))
            failed = True
            continue
        links.append(links_of(read_))
        if as_json:
            readings.append(pseudonymise(read_))
        else:
            print_reading(read_, abbreviate([read_.report.id]))
    if as_json:
        print_json(readings)
    hint_at_packs(links)
    if failed:
        raise typer.Exit(ExitCode.QUARANTINED)


def add_to(
    path: Path,
    paths: list[str],
    *,
    jobs: int = 1,
    heed: Callable[[Iterable[Reading]], None] | None = None,
    analyzer: AnalyzerName | None = None,
) -> BatchResult:
    """Add files to the ledger at ``path``, with a progress bar where there is a terminal.

    heed: is given the readings that were added, once they are all there (again, if others add at the same time).
    analyzer: what reads them, None for the default.
    """
    from functools import partial

    from reportedly.cli.analyzers import choose_analyzer
    from reportedly.cli.progress import show_progress
    from reportedly.events import group_events
    from reportedly.ledger import Ledger
    from reportedly.run.batch import add_paths

    stdin = sys.stdin.buffer.read() if STDIN in paths else None
    with choose_analyzer(analyzer, jobs=jobs) as chosen, Ledger.open(path) as ledger, show_progress() as progress:
        before = {row.id for row in ledger.reports(all_versions=True)} if heed else set()

        def group(readings: Sequence[Reading]) -> tuple[Event, ...]:
            if heed:
                heed(reading for reading in readings if reading.report.id not in before)
            return group_events(readings)

        return add_paths(
            ledger,
            paths,
            analyse=partial(chosen.read, key=ledger.key),
            group=group,
            progress=progress,
            jobs=chosen.jobs,
            stdin=stdin,
        )


def summarise(result: BatchResult) -> str:
    """Return the counts of a batch in one line."""
    counted = [
        (result.new, "new"),
        (result.new_versions, "new versions"),
        (result.unchanged, "unchanged"),
        (len(result.quarantined), "quarantined"),
    ]
    counts = ", ".join(f"{count} {what}" for count, what in counted if count)
    none = "nothing finished yet" if result.interrupted else "no reports found"
    return f"{counts or none} ({result.words} words, {result.seconds:.1f} s)"


def finish(result: BatchResult) -> None:
    """Leave with the exit code that the batch calls for."""
    if result.interrupted:
        say("interrupted; what was finished is kept")
        raise typer.Exit(ExitCode.INTERRUPTED)
    if result.quarantined:
        raise typer.Exit(ExitCode.QUARANTINED)


def read_file(file: str, analyzer: AnalyzerName | None = None) -> Iterator[Reading | InputError]:
    """Analyse the reports of one file, or of standard input for "-"; errors take the place of reports."""
    import secrets

    from reportedly._errors import InputError
    from reportedly.cli.analyzers import choose_analyzer
    from reportedly.read import read_bytes, read_path

    key = secrets.token_bytes(_KEY_BYTES)  # nothing is stored, so nobody needs the same pseudonyms again
    found = read_bytes(sys.stdin.buffer.read(), name=STDIN) if file == STDIN else read_path(Path(file))
    with choose_analyzer(analyzer) as chosen:
        for report in found:
            yield report if isinstance(report, InputError) else chosen.read(report, key=key)

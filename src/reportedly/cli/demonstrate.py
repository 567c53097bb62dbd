"""What does the program do? The main job on the invented samples that come with it."""

from __future__ import annotations

import shlex
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import typer

from reportedly.cli.as_json import print_json
from reportedly.cli.output import write_page
from reportedly.cli.short_ids import abbreviate
from reportedly.cli.tables import Column, print_table
from reportedly.cli.take import add_to
from reportedly.ledger import ClaimFilter, Ledger
from reportedly.model import Modality
from reportedly.run.batch import BatchResult

_SUFFIXES = frozenset({".jsonl", ".txt", ".html"})
_TITLE = "Demonstration: invented reports on the Idlib ceasefire, spring 2020"


def demonstrate(out: Path, *, as_json: bool) -> BatchResult:
    """Read the samples into a ledger in ``out``, write its page, and print a summary."""
    out.mkdir(parents=True, exist_ok=True)
    ledger_path, page_path = out / "ledger.sqlite", out / "page.html"
    with as_file(files("reportedly.data") / "samples") as folder:
        samples = sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
        result = add_to(ledger_path, [str(path) for path in samples])
    with Ledger.open(ledger_path, read_only=True) as ledger:
        write_page(ledger, page_path, title=_TITLE)
        rows = _count(ledger)
        example = _pick_example(ledger)
    if as_json:
        print_json({"ledger": str(ledger_path), "page": str(page_path), "counts": dict(rows), "result": result})
        return result
    typer.echo("Invented sample reports about a real ceasefire (Idlib, March to May 2020).\n")
    print_table((Column("what"), Column("how many", justify="right")), rows, empty="")
    _say_what_next(ledger_path, page_path, example, result)
    return result


def _count(ledger: Ledger) -> list[tuple[str, str]]:
    """Return what the ledger holds, claims by how they are put."""
    counts = ledger.counts()
    claims = ledger.claims()
    put = Counter(claim.modality for claim in claims)
    statuses = Counter(event.status for event in ledger.events())
    rows = [("reports", counts.reports), ("reader comments", counts.comments), ("claims", counts.claims)]
    rows += [("  of readers", sum(claim.in_comment for claim in claims))]
    rows += [(f"  {modality}", put[modality]) for modality in Modality if put[modality]]
    rows += [("events", counts.events)]
    rows += [(f"  {status}", number) for status, number in sorted(statuses.items())]
    return [(what, str(number)) for what, number in rows]


def _pick_example(ledger: Ledger) -> str:
    """Return the short id of a claim worth a look: a denied one, else any."""
    claims = ledger.claims(ClaimFilter(modality=Modality.DENIED, limit=1)) or ledger.claims(ClaimFilter(limit=1))
    shorten = abbreviate(row.id for row in ledger.reports())
    return shorten(claims[0].id) if claims else ""


def _say_what_next(ledger: Path, page: Path, example: str, result: BatchResult) -> None:
    where = shlex.quote(str(ledger))
    typer.echo(f"\n{result.words} words in {result.seconds:.1f} s.\n")
    typer.echo(f"Ledger  {ledger}")
    typer.echo(f"Page    {page} (open it in a browser; it needs no network)\n")
    typer.echo("Try next:")
    typer.echo(f"  reportedly claims --modality denied --ledger {where}")
    typer.echo(f"  reportedly show {example} --ledger {where}")
    typer.echo(f"  reportedly search 'joint patrol' --ledger {where}")

"""A small ledger made by hand, and a way to run commands on it."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer.testing
from hand_made import Answer, Run, make_event, make_reading

from reportedly.cli.app import app
from reportedly.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Return the path of a ledger with one report."""
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as made:
        made.add(make_reading())
        made.set_events([make_event()])
    return path


@pytest.fixture
def run(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command in this process, on the hand-made ledger."""
    monkeypatch.setenv("REPORTEDLY_LEDGER", str(ledger))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("REPORTEDLY_DEBUG", raising=False)
    runner = typer.testing.CliRunner()

    def invoke(*words: str, stdin: bytes | None = None) -> Answer:
        result = runner.invoke(app, list(words), input=stdin, prog_name="reportedly")
        return Answer(result.exit_code, result.stdout, result.stderr)

    return invoke

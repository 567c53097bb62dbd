"""Errors reach a person as one line on standard error and an exit code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hand_made import Run

from reportedly._errors import DataError, LedgerLocked
from reportedly.ledger import Ledger

ONE_LINE = re.compile(r"reportedly: [^\n]+\n")


def fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make every look at the list of reports raise ``error``."""

    def reports(_: Ledger) -> None:
        raise error

    monkeypatch.setattr(Ledger, "reports", reports)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DataError("a record is broken"), 3),
        (LedgerLocked("another program is writing"), 4),
        (PermissionError(13, "Permission denied", "somewhere"), 4),
        (OSError(28, "No space left on device"), 4),
        (KeyboardInterrupt(), 130),
        (RuntimeError("something\nwe did not think of"), 70),
        (RecursionError("too deep"), 70),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_an_error_is_one_line_and_its_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    fail_with(monkeypatch, error)
    answer = run("reports")
    assert answer.code == code
    assert ONE_LINE.fullmatch(answer.err)
    assert answer.out == ""


def test_debug_lets_the_error_through(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_with(monkeypatch, RuntimeError("boom"))
    monkeypatch.setenv("REPORTEDLY_DEBUG", "1")
    assert run("reports").code == 1  # Python's own: the exception left the program
    assert "boom" not in run("reports").err  # what CliRunner caught was not printed by us


def test_a_missing_ledger_says_how_to_make_one(run: Run, tmp_path: Path) -> None:
    answer = run("claims", "--ledger", str(tmp_path / "none.sqlite"))
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)
    assert "reportedly add" in answer.err
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_no_ledger_is_left_alone(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("The truce held. " * 200, encoding="utf-8")
    answer = run("claims", "--ledger", str(other))
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)
    assert other.read_text(encoding="utf-8").startswith("The truce held.")


def test_an_unknown_id_leaves_with_3(run: Run) -> None:
    answer = run("show", "r-ffff.c1")
    assert answer.code == 3
    assert ONE_LINE.fullmatch(answer.err)


@pytest.mark.parametrize("command", [["page", "none/page.html"], ["export", "--format", "csv", "--out", "none/a.csv"]])
def test_an_output_folder_that_is_not_there_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*command)
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)
    assert command[-1] in answer.err


def test_a_failed_export_leaves_the_old_file_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "claims.csv"
    out.write_text("old", encoding="utf-8")

    def counts(_: Ledger) -> None:
        raise DataError("a record is broken")

    monkeypatch.setattr(Ledger, "counts", counts)
    assert run("export", "--format", "csv", "--out", str(out)).code == 3
    assert out.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def start(*arguments: str, ledger: Path) -> subprocess.Popen[bytes]:
    """Start the real command in a process of its own."""
    environment = {**os.environ, "REPORTEDLY_LEDGER": str(ledger)}
    return subprocess.Popen(
        [sys.executable, "-m", "reportedly", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def test_a_reader_that_goes_away_is_no_error(ledger: Path) -> None:
    process = start("export", "--format", "json", ledger=ledger)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() in (0, 1)


def test_the_real_command_leaves_with_its_codes(ledger: Path) -> None:
    for arguments, code in ((["verify"], 0), (["show", "nothing"], 3), (["dance"], 2)):
        process = start(*arguments, ledger=ledger)
        _, err = process.communicate()
        assert process.returncode == code
        assert b"Traceback" not in err


def test_help_loads_neither_model_nor_ledger() -> None:
    heavy = ("spacy", "trafilatura", "shapely", "sqlite3", "rich", "jinja2", "numpy")
    script = (
        "import sys, reportedly.cli.app as a\n"
        "try: a.app(['claims', '--help'])\n"
        f"except SystemExit: print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"

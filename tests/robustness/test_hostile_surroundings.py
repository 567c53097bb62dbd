"""Disks that are full, folders that may not be written, signals, odd terminals: nothing is lost, nothing explodes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest
from real_command import ONE_LINE, Command

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
GERMAN = "Die Armee hat am Samstag nach Angaben von Aktivisten die Stadt Sarmin beschossen, Nummer {}."


def write_reports(folder: Path, count: int) -> Path:
    """Write small reports, in a language that is stored but not analysed: quick, and whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(GERMAN.format(number), encoding="utf-8")
    return folder


def stored(command: Command) -> int:
    """Return how many reports the ledger holds, after checking that it is whole."""
    assert command.look("verify").code == 0
    return len(command.reports())


@posix
def test_a_full_disk_is_said_in_one_line_and_what_was_added_stays(command: Command, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    lines = [json.dumps({"text": GERMAN.format(number), "language": "de"}) for number in range(99)]
    feed.write_text("\n".join(lines), encoding="utf-8")
    answer = command.run("add", str(feed), wrap="ulimit -f 600; exec {}")  # no file above 600 KiB
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)
    assert "cannot be written" in answer.err
    kept = stored(command)
    assert 0 < kept < 99
    assert command.look("add", str(feed)).said.startswith(f"{99 - kept} new, {kept} unchanged")


@posix
def test_no_room_for_temporary_files_stops_the_batch_and_blames_no_report(command: Command, tmp_path: Path) -> None:
    answer = command.run("add", str(write_reports(tmp_path / "in", 2)), wrap="ulimit -f 600; exec {}")
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)
    assert command.quarantine() == {}


@posix
def test_an_export_to_a_full_disk_is_one_line(filled: Command, tmp_path: Path) -> None:
    for out in (["export", "--format", "json", "--out", str(tmp_path / "a.json")], ["page", str(tmp_path / "a.html")]):
        answer = filled.run(*out, wrap="ulimit -f 1; exec {}")
        assert answer.code == 4
        assert ONE_LINE.fullmatch(answer.err)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "a."))] == []


def test_a_folder_and_a_ledger_that_may_only_be_read(bound: Command) -> None:
    reports = write_reports(bound.folder / "in", 2)
    (reports / "secret.txt").write_text("Nobody may read this.")
    (reports / "secret.txt").chmod(0)
    (reports / "locked").mkdir(mode=0)
    answer = bound.run("add", str(reports))
    assert answer.code == 1
    causes = bound.quarantine()
    assert set(causes) == {"secret.txt", "locked"}
    assert all("permission" in cause for cause in causes.values())
    bound.ledger.chmod(0o444)
    refused = [bound.run("add", str(reports))]
    bound.folder.chmod(0o555)
    assert bound.run("verify").code == 0
    refused.append(bound.run("add", str(reports), "--ledger", str(bound.folder / "new.sqlite")))
    for answer in refused:
        assert answer.code == 4
        assert ONE_LINE.fullmatch(answer.err)


def test_no_home_and_a_data_folder_that_cannot_be_made(bound: Command) -> None:
    reports = write_reports(bound.folder / "in", 1)
    home = bound.folder / "home"
    home.mkdir(mode=0o555)
    nowhere = {"REPORTEDLY_LEDGER": None, "HOME": str(home / "gone"), "XDG_DATA_HOME": None}
    for command, code in ((["add", str(reports)], 4), (["claims"], 4)):
        answer = bound.run(*command, env=nowhere)
        assert answer.code == code
        assert ONE_LINE.fullmatch(answer.err)


def test_a_damaged_ledger_is_named_and_never_overwritten(command: Command, tmp_path: Path) -> None:
    reports = write_reports(tmp_path / "many", 30)
    assert command.look("add", str(reports)).code == 0
    whole = command.ledger.read_bytes()
    for damage, codes in (
        (b"not a database at all, but somebody's notes. " * 300, {4}),
        (whole[: len(whole) // 3], {3, 4}),
        (whole[:9000] + os.urandom(len(whole) - 20_000) + whole[-11_000:], {3, 4}),
    ):
        command.ledger.write_bytes(damage)
        for words in (["verify"], ["claims"], ["add", str(reports)]):
            answer = command.look(*words)
            assert answer.code in codes | ({0} if words != ["verify"] else set())
            assert answer.code == 0 or words == ["verify"] or ONE_LINE.fullmatch(answer.err)
    command.ledger.write_bytes(b"")
    assert command.run("claims").code == 4


def test_two_processes_that_add_at_once_both_succeed(command: Command, tmp_path: Path) -> None:
    folders = [write_reports(tmp_path / name, 25) for name in ("one", "two")]
    (folders[1] / "000.txt").unlink()
    for number, path in enumerate(sorted(folders[1].iterdir())):
        path.rename(path.with_name(f"other-{number}.txt"))
    processes = [command.start("add", str(folder)) for folder in folders]
    answers = [command.finish(process) for process in processes]
    assert [answer.code for answer in answers] == [0, 0]
    assert stored(command) == 49


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_stop_in_the_middle_loses_nothing_that_was_added(
    command: Command, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    reports = write_reports(tmp_path / "many", 1000)
    process = command.start("add", str(reports))
    assert process.poll() is None
    while process.poll() is None and _count(command.ledger) < 20:
        os.sched_yield()
    process.send_signal(number)
    answer = command.finish(process)
    assert answer.code == code
    if number is signal.SIGINT:
        assert answer.err == "reportedly: interrupted; what was finished is kept\n"
        assert "new" in answer.said
    assert 20 <= stored(command) < 1000


def _count(ledger: Path) -> int:
    """Return how many reports are in the ledger, seen from outside."""
    try:
        with sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.Error:
        return 0


@posix
def test_a_reader_that_takes_one_line_and_leaves_is_no_error(command: Command, tmp_path: Path) -> None:
    assert command.look("add", str(write_reports(tmp_path / "many", 200))).code == 0
    for words in (["reports", "--limit", "0"], ["reports", "--limit", "0", "--json"], ["export", "--format", "json"]):
        answer = command.run(*words, wrap="set -o pipefail; {} | head -1")
        assert answer.err == ""
        assert answer.code in (0, 141)


def test_other_encodings_and_narrow_terminals_show_what_they_can(filled: Command) -> None:
    report = next(iter(filled.reports().values()))["id"]
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    for words in (["claims"], ["show", str(report)], ["claims", "--json"]):
        assert filled.run(*words, env=plain).code == 0
    for words in (["claims"], ["events"], ["reports"], ["actors"], ["places"], ["sources"], ["search", "Sarmin"]):
        narrow = filled.look(*words, columns=40)
        assert narrow.code == 0
        assert max(map(len, narrow.said.splitlines())) <= 40, words
    assert filled.look("show", str(report), columns=40).code == 0


def test_names_of_commenters_do_not_come_out(filled: Command) -> None:
    report = str(next(iter(filled.reports().values()))["id"])
    claims = json.loads(filled.look("claims", "--part", "comments", "--json").said)
    events = json.loads(filled.look("events", "--limit", "0", "--json").said)
    assert len(claims) > 1
    assert any(event["comments_only"] for event in events)
    looks = [["claims"], ["events"], ["actors"], ["sources"], ["show", report]]
    looks += [["show", event["id"]] for event in events]
    looks += [["show", claim["claim"]["id"]] for claim in claims]
    for words in looks:
        for form in ([], ["--json"]):
            out = filled.look(*words, *form).said
            assert "Kaya" not in out, words
            assert "Quill" not in out, words


COMMANDS = (
    ["claims"], ["events"], ["actors"], ["places"], ["sources"], ["reports"], ["search", "Sarmin"], ["show", "turkey"],
    ["verify"],
)  # fmt: skip


def test_every_command_gives_one_json_value_and_no_progress_where_there_is_no_terminal(
    filled: Command, tmp_path: Path
) -> None:
    new = write_reports(tmp_path / "new", 2)
    writing = [
        ["add", str(new)],
        ["read", str(new / "000.txt")],
        ["page", str(tmp_path / "page.html")],
        ["export", "--format", "geojson", "--out", str(tmp_path / "events.geojson")],
        ["demo", "--out", str(tmp_path / "demo")],
    ]
    for words in (*COMMANDS, *writing):
        answer = filled.look(*words, "--json")
        assert (answer.code, answer.err) == (0, ""), words
        assert json.loads(answer.said) is not None


@posix
def test_progress_is_shown_on_a_terminal_and_not_in_the_output(command: Command, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    reports = write_reports(tmp_path / "many", 30)
    master, slave = pty.openpty()
    answer = command.run("add", str(reports), wrap=f"exec {{}} 2>/proc/{os.getpid()}/fd/{slave}")
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert answer.said.startswith("30 new")
    assert "30 reports" in shown or "reports," in shown

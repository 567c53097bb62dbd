"""Several processes at one ledger, and processes that die."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pytest
from ledger_samples import add_numbered, add_until_killed, make_reading

from reportedly import LedgerLocked
from reportedly.ledger import Added, Ledger

_spawn = get_context("spawn")
_PATIENCE_S = 60


def test_two_processes_that_add_at_once_both_succeed(path: Path) -> None:
    processes = [_spawn.Process(target=add_numbered, args=(path, prefix, 25)) for prefix in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(_PATIENCE_S)
    assert [process.exitcode for process in processes] == [0, 0]
    with Ledger.open(path) as ledger:
        assert ledger.counts().reports == 50
        assert ledger.verify() == []
        assert ledger.add(make_reading(key="https://example.org/a0")) is Added.UNCHANGED


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_killed_process_loses_nothing_that_was_acknowledged(path: Path) -> None:
    acknowledged: list[str] = []
    for _ in range(3):
        receiver, sender = _spawn.Pipe(duplex=False)
        process = _spawn.Process(target=add_until_killed, args=(path, sender))
        process.start()
        sender.close()
        acknowledged += [receiver.recv() for _ in range(4)]
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(_PATIENCE_S)
        with contextlib.suppress(EOFError):
            while True:
                acknowledged.append(receiver.recv())
        with Ledger.open(path) as ledger:
            assert ledger.verify() == []
            assert [report_id for report_id in acknowledged if not ledger.has(report_id)] == []
    assert len(acknowledged) >= 12


def test_reader_sees_whole_reports_while_another_connection_writes(path: Path) -> None:
    with Ledger.open(path) as writer, Ledger.open(path, read_only=True) as reader:
        writer.add(make_reading())
        assert reader.counts().reports == 1
        pieces = reader.canonical()
        first = next(pieces)
        writer.add(make_reading(key="https://example.org/2"))
        seen = first + "".join(pieces)
        assert seen.count('"analyzer"') == 1  # one state of the ledger, to the end
        assert reader.counts().reports == 2


def test_ledger_that_stays_locked_is_named(path: Path) -> None:
    with Ledger.open(path) as holder, Ledger.open(path, timeout_s=0.05) as other:
        holder._db.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(LedgerLocked, match="another program is writing"):
            other.add(make_reading())
        assert time.monotonic() - started < 10
        holder._db.execute("ROLLBACK")
        assert other.add(make_reading()) is Added.NEW


def test_interrupted_adding_leaves_nothing_half_done(ledger: Ledger) -> None:
    with pytest.raises(KeyboardInterrupt), ledger._writing():
        ledger._set_meta("half", "done")
        raise KeyboardInterrupt
    assert ledger._meta("half") is None
    assert ledger.add(make_reading()) is Added.NEW

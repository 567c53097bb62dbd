"""Who does the analysis? This process or several; a report that kills its process costs only itself."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Protocol

from reportedly._errors import EnvironmentProblem
from reportedly.model import Reading, Report

Analyse = Callable[[Report], Reading]

_WAITING_PER_JOB = 4  # reports held in memory for each process
_LONGEST_MESSAGE = 300
ENVIRONMENT = (
    OSError,
    EnvironmentProblem,
)  # a full disk, a missing model: no fault of the report, and the next fares no better


@dataclass(frozen=True, slots=True)
class Failure:
    """An analysis that came to nothing, and why, in words."""

    cause: str


class Workers(Protocol):
    """Analyses reports: ``take`` gives back what ``submit`` took, in the same order.

    room: how many items to keep waiting before taking the first.
    """

    room: int

    def submit(self, report: Report) -> None:
        """Begin the analysis of a report, now or later."""

    def take(self) -> Reading | Failure:
        """Return the analysis of the report that has waited longest."""

    def close(self) -> None:
        """Drop what has not begun and let the processes end."""


class InlineWorker:
    """Analyses in this process, one report after the other."""

    room = 1

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._waiting: deque[Report] = deque()

    def submit(self, report: Report) -> None:
        self._waiting.append(report)

    def take(self) -> Reading | Failure:
        return _analyse(self._analyse, self._waiting.popleft())

    def close(self) -> None:
        self._waiting.clear()


class ProcessWorkers:
    """Analyses in several processes; a report that kills its process costs only itself.

    When a process dies, all reports under way are suspects: each is tried again alone, in a process of its
    own, and the one that kills that too is the failure.
    """

    def __init__(self, analyse: Analyse, jobs: int) -> None:
        self.room = jobs * _WAITING_PER_JOB
        self._analyse = analyse
        self._jobs = jobs
        self._pool = _start_pool(jobs)
        self._lonely: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[Report, Future[Reading | Failure] | None]] = deque()

    def submit(self, report: Report) -> None:
        try:
            future = self._pool.submit(_analyse, self._analyse, report)
        except BrokenProcessPool:
            self._replace_pool()
            future = self._pool.submit(_analyse, self._analyse, report)
        self._waiting.append((report, future))

    def take(self) -> Reading | Failure:
        report, future = self._waiting.popleft()
        if future is not None:
            try:
                return future.result()
            except BrokenProcessPool:
                self._replace_pool()
        return self._analyse_alone(report)

    def close(self) -> None:
        for pool in (self._pool, self._lonely):
            if pool is not None:
                pool.shutdown(cancel_futures=True)

    def _replace_pool(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._waiting = deque((report, _if_done(future)) for report, future in self._waiting)
        self._pool = _start_pool(self._jobs)

    def _analyse_alone(self, report: Report) -> Reading | Failure:
        if self._lonely is None:
            self._lonely = _start_pool(1)
        try:
            return self._lonely.submit(_analyse, self._analyse, report).result()
        except BrokenProcessPool:
            self._lonely.shutdown()
            self._lonely = None
            return Failure("the analysis killed its process (out of memory, or a crash)")


def _start_pool(jobs: int) -> ProcessPoolExecutor:
    # spawn: the same on every system, and no copies of this process's locks and open ledger
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that adds: it ends the others when it is ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _if_done(future: Future[Reading | Failure] | None) -> Future[Reading | Failure] | None:
    if future is None or not future.done() or future.cancelled() or future.exception() is not None:
        return None
    return future


def _analyse(analyse: Analyse, report: Report) -> Reading | Failure:
    try:
        return analyse(report)
    except ENVIRONMENT:
        raise
    except Exception as error:  # noqa: BLE001 - a poison document must not stop a batch, whatever it breaks
        return Failure(f"the analysis failed: {describe_error(error)}")


def describe_error(error: Exception) -> str:
    """Return the type and message of an error on one line."""
    message = " ".join(str(error).split())[:_LONGEST_MESSAGE]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__

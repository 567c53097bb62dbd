"""How does a pile of reports get done? One after the other or on several processes, each failure on its own.

Every report is added in its own transaction, in the order of the input whatever the number of processes; so
the ledger is the same, and stopping at any moment loses nothing that was added. A report that cannot be read
or analysed goes into quarantine with its reason. A ledger that cannot be written stops the batch.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reportedly._errors import DataError, InputError, UnsuitableInput
from reportedly.ledger import Added, Ledger, Quarantined
from reportedly.model import Event, Reading, Report
from reportedly.read import Found, read_bytes, read_path, walk
from reportedly.run.workers import (
    ENVIRONMENT,
    Analyse,
    Failure,
    InlineWorker,
    ProcessWorkers,
    Workers,
    describe_error,
)

Group = Callable[[Sequence[Reading]], tuple[Event, ...]]
Item = Report | InputError

_GROUPING_TRIES = 3
STDIN = "-"
_NAMESAKE = "another file of this name was read before; add the folder above both, or state a URL in each"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a batch is, after each report.

    done: reports so far; name: the one just done; outcome: what became of it, "quarantined" included.
    share: how much of the input is behind, 0 to 1, measured in bytes of the files; None where unknown.
    words, seconds: of the text analysed so far, and since the start.
    """

    done: int
    name: str
    outcome: str
    quarantined: int
    share: float | None
    words: int
    seconds: float


Progress = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch did. words: of the reports analysed; interrupted: stopped by Ctrl-C before the end."""

    new: int
    unchanged: int
    new_versions: int
    quarantined: tuple[Quarantined, ...]
    seconds: float
    words: int
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Queued:
    """A report or a reading error on its way through; ``behind``: share of the input up to here."""

    item: Item
    behind: float | None = None


def add_paths(
    ledger: Ledger,
    paths: Sequence[str | Path],
    *,
    analyse: Analyse,
    group: Group,
    progress: Progress | None = None,
    jobs: int = 1,
    stdin: bytes | None = None,
) -> BatchResult:
    """Read files and folders, analyse what is new, add it, and group the events anew.

    analyse: the analysis of one report; with ``jobs`` above 1 it must be picklable (a module's function, or
        ``functools.partial`` of one).
    stdin: what a path "-" stands for.
    """
    return add_reports(ledger, _queue_paths(paths, stdin), analyse=analyse, group=group, progress=progress, jobs=jobs)


def add_reports(
    ledger: Ledger,
    items: Iterable[Item | Queued],
    *,
    analyse: Analyse,
    group: Group,
    progress: Progress | None = None,
    jobs: int = 1,
) -> BatchResult:
    """Analyse and add reports that were read already; errors among them go into quarantine."""
    tally = _Tally(ledger, progress)
    queue = (item if isinstance(item, Queued) else Queued(item) for item in items)
    interrupted = False
    workers: Workers = InlineWorker(analyse) if jobs <= 1 else ProcessWorkers(analyse, jobs)
    with closing(workers):
        try:
            for queued, outcome in _outcomes(ledger, queue, workers):
                tally.take(queued, outcome)
        except KeyboardInterrupt:
            interrupted = True
    if ledger.events_are_stale:
        regroup_events(ledger, group)
    return tally.result(interrupted)


def regroup_events(ledger: Ledger, group: Group) -> bool:
    """Make the events anew from all current readings; False if others kept adding meanwhile (they will)."""
    for _ in range(_GROUPING_TRIES):
        basis = ledger.generation
        if ledger.set_events(group(list(ledger.readings())), basis=basis):
            return True
    return False


def _queue_paths(paths: Sequence[str | Path], stdin: bytes | None) -> Iterator[Queued]:
    found: list[tuple[Found | InputError | bytes, int]] = []
    for given in paths:
        if str(given) == STDIN:
            found.append((stdin or b"", len(stdin or b"")))
        else:
            found += [(source, _size(source)) for source in walk([given])]
    total = sum(size for _, size in found) or 1
    behind = 0
    for source, size in found:
        last: Item | None = None
        for item, read in _read(source):
            if last is not None:
                yield Queued(last, (behind + min(read, size)) / total)
            last = item
        behind += size
        if last is not None:  # with the last report its whole file is behind
            yield Queued(last, behind / total)


def _read(source: Found | InputError | bytes) -> Iterator[tuple[Item, int]]:
    """Yield the reports of one source, each with a rough count of the bytes read by then."""
    if isinstance(source, InputError):
        yield source, 0
        return
    read = 0
    try:
        for item in _open(source):
            read += len(item.text) if isinstance(item, Report) else 0
            yield item, read
    except ENVIRONMENT:
        raise
    except Exception as error:  # noqa: BLE001 - as in _analyse: a page that breaks a parser costs only itself
        name = STDIN if isinstance(source, bytes) else source.name
        yield UnsuitableInput(name, f"the reader failed: {describe_error(error)}"), read


def _open(source: Found | bytes) -> Iterator[Item]:
    if isinstance(source, bytes):
        return read_bytes(source, name=STDIN)
    return read_path(source.path, name=source.name)


def _size(source: Found | InputError) -> int:
    try:
        return source.path.stat().st_size if isinstance(source, Found) else 0
    except OSError:  # reading it will say what is wrong
        return 0


Outcome = Added | InputError | Failure | Reading


def _outcomes(ledger: Ledger, queue: Iterator[Queued], workers: Workers) -> Iterator[tuple[Queued, Outcome]]:
    """Yield what became of each item in order, keeping the workers supplied with what comes next."""
    waiting: deque[tuple[Queued, Outcome | None]] = deque()
    names: dict[str, str] = {}
    for queued in queue:
        item = queued.item
        outcome: Outcome | None = None
        if isinstance(item, InputError):
            outcome = item
        elif _is_namesake(item, names):
            outcome = UnsuitableInput(item.origin, _NAMESAKE)
        elif ledger.has(item.id):
            outcome = Added.UNCHANGED
        else:
            workers.submit(item)
        waiting.append((queued, outcome))
        if len(waiting) >= workers.room:
            yield _next_outcome(waiting, workers)
    while waiting:
        yield _next_outcome(waiting, workers)


def _is_namesake(report: Report, names: dict[str, str]) -> bool:
    """Tell whether a file has the name of another one of this batch, and nothing else to tell it by.

    It would become a version of the other and take its place. names: the ids seen so far, by name.
    """
    return report.key == report.origin and names.setdefault(report.origin, report.id) != report.id


def _next_outcome(waiting: deque[tuple[Queued, Outcome | None]], workers: Workers) -> tuple[Queued, Outcome]:
    queued, outcome = waiting.popleft()
    return queued, workers.take() if outcome is None else outcome


class _Tally:
    """Adds outcomes to the ledger and counts them."""

    def __init__(self, ledger: Ledger, progress: Progress | None) -> None:
        self._ledger = ledger
        self._progress = progress
        self._started = time.monotonic()
        self._counts = dict.fromkeys(Added, 0)
        self._quarantined: list[Quarantined] = []
        self._words = 0

    def take(self, queued: Queued, outcome: Outcome) -> None:
        """Add a reading or quarantine a failure; count it and report progress."""
        name = queued.item.name if isinstance(queued.item, InputError) else queued.item.origin
        if isinstance(outcome, Reading):
            outcome = self._add(outcome)
        if isinstance(outcome, Added):
            self._counts[outcome] += 1
            if outcome is Added.UNCHANGED:
                self._ledger.clear_quarantine(name)
        else:
            sha256 = queued.item.sha256 if isinstance(queued.item, Report) else ""
            self._ledger.quarantine(name, outcome.cause, sha256)
            self._quarantined.append(Quarantined(name, outcome.cause, sha256))
        if self._progress is not None:
            said = str(outcome) if isinstance(outcome, Added) else "quarantined"
            self._progress(self._step(name, said, queued.behind))

    def result(self, interrupted: bool) -> BatchResult:
        """Return the counts."""
        return BatchResult(
            new=self._counts[Added.NEW],
            unchanged=self._counts[Added.UNCHANGED],
            new_versions=self._counts[Added.NEW_VERSION],
            quarantined=tuple(self._quarantined),
            seconds=time.monotonic() - self._started,
            words=self._words,
            interrupted=interrupted,
        )

    def _add(self, reading: Reading) -> Added | Failure:
        self._words += len(reading.report.text.split())
        try:
            return self._ledger.add(reading)
        except DataError as error:
            return Failure(f"the analysis contradicts itself: {error}")

    def _step(self, name: str, outcome: str, behind: float | None) -> Step:
        done = sum(self._counts.values()) + len(self._quarantined)
        seconds = time.monotonic() - self._started
        return Step(done, name, outcome, len(self._quarantined), behind, self._words, seconds)

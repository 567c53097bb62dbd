"""Which analyzer do the commands read with, and what has it cost?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reportedly.cli.faults import say
from reportedly.cli.options import AnalyzerName

if TYPE_CHECKING:
    from reportedly.model import Reading


@dataclass(frozen=True, slots=True)
class Chosen:
    """How to analyse one report (``read(report, key=...)``), and in how many processes."""

    read: Callable[..., Reading]
    jobs: int = 1


@contextmanager
def choose_analyzer(name: AnalyzerName | None, *, jobs: int = 1) -> Iterator[Chosen]:
    """Give the analyzer of this name, None for the default; one that costs something says how much at the end.

    jobs: for analyzers that compute, processes; for one that waits for an endpoint, requests at once in this process,
    so that what they cost is counted in one place.
    """
    from reportedly.run.analyzers import llm_analyzer
    from reportedly.run.pipeline import read_report

    if name is AnalyzerName.LLM:
        analyzer = llm_analyzer(at_once=jobs)
        try:
            yield Chosen(partial(read_report, analyzer=analyzer))
        finally:  # also after an error or Ctrl-C: it was spent
            say(analyzer.describe_usage())
    else:
        yield Chosen(read_report, jobs)

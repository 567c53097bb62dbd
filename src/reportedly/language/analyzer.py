"""The seam between the language layer and the rest: anything that turns texts into analyses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from reportedly.language.analysis import Analysis


class Analyzer(Protocol):
    """Reads texts. The same text always gives the same analysis, alone or in a batch.

    name: versioned ("reader.v1"), stored with everything that it read.
    """

    name: str

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text on its own; the result is in the order of ``texts``."""
        ...


@cache
def default_analyzer() -> Analyzer:
    """Return the analyzer in use without any outside knowledge of names, loaded once a process.

    Raises EnvironmentProblem when its model is not installed.
    """
    from reportedly.language.rules import RulesAnalyzer

    return RulesAnalyzer()

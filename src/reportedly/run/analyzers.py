"""Which analyzer reads? The default, or one that was chosen by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.language import Analyzer
from reportedly.model import Reading, Report
from reportedly.run.labels import knowing_analyzer, relabel
from reportedly.run.pipeline import NO_KEY, read_report

if TYPE_CHECKING:
    from reportedly.language.llm import LlmAnalyzer


@cache
def rules_analyzer() -> Analyzer:
    """Return the rules with the knowledge base and the gazetteer above their labels, once a process."""
    from reportedly.language.rules import RulesAnalyzer

    return RulesAnalyzer(relabel)


def llm_analyzer(*, at_once: int = 1) -> LlmAnalyzer:
    """Return the analyzer that asks the endpoint named in the environment, above the default one.

    Raises EnvironmentProblem when the environment does not say which, or httpx is not there.
    """
    from reportedly.language.llm import LlmAnalyzer, read_settings

    settings = read_settings()  # before the model is loaded: what is missing should be said at once
    return LlmAnalyzer(knowing_analyzer(), settings, at_once=at_once)


def read_by_rules(report: Report, *, key: bytes = NO_KEY) -> Reading:
    """Analyse one report by the rules, whatever the default is; a module's function, so that processes can have it."""
    return read_report(report, key=key, analyzer=rules_analyzer())

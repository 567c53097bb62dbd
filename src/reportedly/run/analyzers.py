"""Analyzers beside the default one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.run.labels import knowing_analyzer

if TYPE_CHECKING:
    from reportedly.language.llm import LlmAnalyzer


def llm_analyzer(*, at_once: int = 1) -> LlmAnalyzer:
    """Return the analyzer that asks the endpoint named in the environment, above the default one.

    Raises EnvironmentProblem when the environment does not say which, or httpx is not there.
    """
    from reportedly.language.llm import LlmAnalyzer, read_settings

    settings = read_settings()  # before the model is loaded: what is missing should be said at once
    return LlmAnalyzer(knowing_analyzer(), settings, at_once=at_once)

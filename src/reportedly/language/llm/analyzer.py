"""The analyzer that asks a language model for acts and voices; the rest, and every failure, is another analyzer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly._errors import EnvironmentProblem
from reportedly.language.analysis import Analysis
from reportedly.language.analyzer import Analyzer
from reportedly.language.llm.build import build
from reportedly.language.llm.client import Endpoint, Reply
from reportedly.language.llm.settings import Settings
from reportedly.language.llm.usage import Usage, describe_cost, note_dropped

NAME = "llm.v1"


class LlmAnalyzer:
    """Takes tokens, sentences, names, numbers, times and weapons from ``base``, acts and attributions from a model.

    A passage for which no usable answer comes keeps the acts of ``base``, with a note. The promise of ``Analyzer`` that
    the same text always gives the same analysis is only as good as the endpoint's (temperature 0, a fixed seed).

    at_once: requests under way at the same time. They run in this process, so that ``usage`` counts them all.
    """

    def __init__(self, base: Analyzer, settings: Settings, *, at_once: int = 1) -> None:
        self._base = base
        self._settings = settings
        self._endpoint = Endpoint(settings, at_once)
        self.name = f"{NAME} {settings.model} on {base.name}"
        self._lost = Usage()

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text on its own; the result is in the order of ``texts``.

        Raises EnvironmentProblem when the endpoint refuses every request (a wrong key, model or address).
        """
        analyses = self._base.analyse(texts)
        worth = [n for n, analysis in enumerate(analyses) if any(c.isalpha() for c in analysis.text)]
        replies = self._endpoint.ask([analyses[n].text for n in worth])
        for reply in replies:
            if reply.fatal:
                raise EnvironmentProblem(f"{self._settings.address}: {reply.problem}")
        for n, reply in zip(worth, replies, strict=True):
            analyses[n] = self._merge(analyses[n], reply)
        return analyses

    @property
    def usage(self) -> Usage:
        """Return what was asked so far, what it cost, and what could not be used."""
        return self._endpoint.usage + self._lost

    def describe_usage(self) -> str:
        """Return one line for people: what was asked so far and what it cost."""
        return describe_cost(self.usage, self._settings)

    def _merge(self, base: Analysis, reply: Reply) -> Analysis:
        if reply.said is None:
            self._lost += Usage(unanswered=1)
            note = f"llm: no usable answer ({reply.problem}), read by {self._base.name} instead"
            return replace(base, notes=(*base.notes, note))
        built = build(base, reply.said)
        self._lost += built.dropped
        notes = (*base.notes, *note_dropped(built.dropped))
        return replace(base, acts=built.acts, attributions=built.attributions, notes=notes)

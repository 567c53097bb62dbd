"""An endpoint for each test, and the analyzer on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fake_endpoint import FakeEndpoint, serve

from reportedly.language import default_analyzer
from reportedly.language.llm import LlmAnalyzer

Make = Callable[..., LlmAnalyzer]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    """Return a fake endpoint, to be reached without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve() as state:
        yield state


@pytest.fixture
def analyzer(endpoint: FakeEndpoint) -> LlmAnalyzer:
    """Return the analyzer on the endpoint, above the default one."""
    return LlmAnalyzer(default_analyzer(), endpoint.settings)

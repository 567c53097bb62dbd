"""What the environment must say, and how what is missing or wrong is told."""

from __future__ import annotations

import sys

import pytest

from reportedly import EnvironmentProblem
from reportedly.language import default_analyzer
from reportedly.language.llm import LlmAnalyzer, read_settings

FINE = {"REPORTEDLY_LLM_URL": "http://127.0.0.1:8000/v1/", "REPORTEDLY_LLM_MODEL": "some/model"}
SECRET = "sk-secret"


def test_a_url_and_a_model_are_enough() -> None:
    settings = read_settings(FINE)
    assert settings.address == "http://127.0.0.1:8000/v1/chat/completions"
    assert (settings.model, settings.key, settings.price_in) == ("some/model", "", None)
    assert (settings.timeout_s, settings.retries) == (60.0, 2)


def test_everything_can_be_set() -> None:
    more = {"KEY": SECRET, "TIMEOUT": "5.5", "RETRIES": "0", "PRICE_IN": "0.5", "PRICE_OUT": "2"}
    settings = read_settings({**FINE, **{f"REPORTEDLY_LLM_{name}": value for name, value in more.items()}})
    assert (settings.key, settings.timeout_s, settings.retries) == (SECRET, 5.5, 0)
    assert (settings.price_in, settings.price_out) == (0.5, 2.0)
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", ""),
        ("URL", "127.0.0.1:8000/v1"),
        ("URL", "ftp://127.0.0.1/v1"),
        ("URL", "file:///etc/passwd"),
        ("URL", "http://"),
        ("URL", "http://host:port/v1"),
        ("URL", "http://host:99999/v1"),
        ("URL", "http://[::1/v1"),
        ("URL", f"https://user:{SECRET}@host/v1"),
        ("URL", f"https://host/v1?key={SECRET}"),
        ("URL", "https://ho st/v1"),
        ("MODEL", ""),
        ("MODEL", "x" * 500),
        ("MODEL", "a\x1b[31mb"),
        ("KEY", f"{SECRET}\nX-Other: 1"),
        ("KEY", f"“{SECRET}”"),
        ("TIMEOUT", "soon"),
        ("TIMEOUT", "0"),
        ("TIMEOUT", "nan"),
        ("TIMEOUT", "inf"),
        ("RETRIES", "-1"),
        ("RETRIES", "1000"),
        ("PRICE_IN", "free"),
        ("PRICE_OUT", "-1"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        read_settings({**FINE, f"REPORTEDLY_LLM_{name}": value})
    assert f"REPORTEDLY_LLM_{name}" in str(told.value)
    assert SECRET not in str(told.value)
    assert "\n" not in str(told.value)
    assert told.value.exit_code == 4


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(EnvironmentProblem, match=r"pip install 'reportedly\[llm\]'"):
        LlmAnalyzer(default_analyzer(), read_settings(FINE))


def test_a_proxy_that_cannot_be_used_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://nowhere")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(EnvironmentProblem, match="proxy"):
        LlmAnalyzer(default_analyzer(), read_settings(FINE)).analyse(["Rebels attacked Ariha."])

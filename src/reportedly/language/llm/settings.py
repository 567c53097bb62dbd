"""Which endpoint is asked, and how patiently: settings from the environment, checked before anything is read."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from reportedly._errors import EnvironmentProblem

URL = "REPORTEDLY_LLM_URL"
MODEL = "REPORTEDLY_LLM_MODEL"
KEY = "REPORTEDLY_LLM_KEY"
TIMEOUT = "REPORTEDLY_LLM_TIMEOUT"
RETRIES = "REPORTEDLY_LLM_RETRIES"
PRICE_IN = "REPORTEDLY_LLM_PRICE_IN"
PRICE_OUT = "REPORTEDLY_LLM_PRICE_OUT"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and how to ask.

    url: the base, without "/chat/completions". key: sent as a bearer token; kept out of every message and repr.
    timeout_s: for one whole request, from connecting to the last byte. retries: further tries after the first.
    price_in, price_out: money for a million tokens sent and answered, in whatever currency; None: not known.
    backoff_s: pause before the first retry, doubled for each further one; longest_wait_s: cap on any pause, whatever
    the server asks for. most_bytes: a longer answer is not read to its end.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float = 60.0
    retries: int = 2
    price_in: float | None = None
    price_out: float | None = None
    backoff_s: float = 1.0
    longest_wait_s: float = 30.0
    most_bytes: int = 512 * 1024

    @property
    def address(self) -> str:
        """Return where requests go."""
        return f"{self.url.rstrip('/')}/chat/completions"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of an environment (by default the process's).

    Raises EnvironmentProblem, one line that names the variable and never shows the key.
    """
    given = os.environ if environment is None else environment
    return Settings(
        url=_url(given.get(URL, "").strip()),
        model=_model(given.get(MODEL, "").strip()),
        key=_key(given.get(KEY, "").strip()),
        timeout_s=_number(given, TIMEOUT, 60.0, lowest=0.1, highest=3600.0) or 60.0,
        retries=_retries(given),
        price_in=_number(given, PRICE_IN, None, lowest=0.0, highest=1e6),
        price_out=_number(given, PRICE_OUT, None, lowest=0.0, highest=1e6),
    )


def _url(url: str) -> str:
    if not url:
        raise EnvironmentProblem(
            f"the llm analyzer needs {URL} (the base URL of an OpenAI-compatible endpoint, for example"
            f" http://127.0.0.1:8000/v1) and {MODEL}; see docs/llm.md"
        )
    if not url.isascii() or not url.isprintable() or " " in url:
        raise EnvironmentProblem(f"{URL} holds characters that no address has")
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise EnvironmentProblem(f"{URL} is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise EnvironmentProblem(f"{URL} holds a user or a password; put the key into {KEY}")
    if parts.query or parts.fragment:
        raise EnvironmentProblem(f"{URL} must be a base URL, without '?' and '#'")
    return url


def _model(model: str) -> str:
    if not model:
        raise EnvironmentProblem(f"the llm analyzer needs {MODEL}, the name of the model to ask; see docs/llm.md")
    if len(model) > _LONGEST_NAME or not model.isprintable():
        raise EnvironmentProblem(f"{MODEL} is no name of a model: it is too long or holds control characters")
    return model


def _key(key: str) -> str:
    if not (key.isascii() and key.isprintable()):
        raise EnvironmentProblem(f"{KEY} holds characters that no key has (a line break, a typographic quote?)")
    return key


def _retries(given: Mapping[str, str]) -> int:
    number = _number(given, RETRIES, 2.0, lowest=0.0, highest=10.0)
    return int(number or 0)


def _number(
    given: Mapping[str, str], name: str, default: float | None, *, lowest: float, highest: float
) -> float | None:
    words = given.get(name, "").strip()
    if not words:
        return default
    try:
        number = float(words)
    except ValueError:
        number = math.nan
    if not lowest <= number <= highest:
        raise EnvironmentProblem(f"{name} must be a number from {lowest:g} to {highest:g}")
    return number

"""Asks an OpenAI-compatible endpoint: bounded in time, tries and bytes, follows nothing, tells nobody the key."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

from reportedly._errors import EnvironmentProblem
from reportedly._version import __version__
from reportedly.language.llm.prompt import make_request
from reportedly.language.llm.schema import BadAnswer, Said, read_answer, read_tokens
from reportedly.language.llm.settings import KEY, MODEL, URL, Settings
from reportedly.language.llm.usage import Usage

if TYPE_CHECKING:
    from ssl import SSLContext

    import httpx

T = TypeVar("T")
PATIENCE = 3  # passages of one report that fail in a row before the rest of it is not asked about
LONGEST_PASSAGE = 20_000
# What no passage can cause, and every further request would meet again: the set-up is wrong, and the run stops.
_REFUSALS = {
    401: f"check {KEY}",
    402: "the account has no credit",
    404: f"check {URL} and {MODEL}",
    405: f"check {URL}",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of asking about one passage: an answer, or why there is none. fatal: asking others is of no use."""

    said: Said | None
    problem: str = ""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of one request. again: another try may help; wait_s: how long the server asks to wait, if it does."""

    body: bytes = b""
    problem: str = ""
    again: bool = False
    wait_s: float | None = None
    fatal: bool = False


class Endpoint:
    """Asks about passages, each in a conversation of its own, so that none can speak to another's reading.

    at_once: how many requests may be under way. usage: counted as it arises, so that it is right after Ctrl-C, too.
    """

    def __init__(self, settings: Settings, at_once: int = 1) -> None:
        httpx = _import_httpx()  # missing: better said now than at the first report
        try:
            httpx.URL(settings.address)
        except httpx.InvalidURL:
            raise EnvironmentProblem(f"{URL} is no http or https address") from None
        self.usage = Usage()
        self._settings = settings
        self._at_once = max(1, at_once)
        self._trust = httpx.create_ssl_context()  # once: reading the certificates takes longer than a short answer

    def ask(self, passages: Sequence[str]) -> list[Reply]:
        """Return a reply for each passage, in their order; never raises for what the endpoint does."""
        if not passages:
            return []
        return _run(_Round(self._settings, self._at_once, self._trust, self._count).ask(passages))

    def _count(self, usage: Usage) -> None:
        self.usage += usage


class _Round:
    """The requests for the passages of one report."""

    def __init__(self, settings: Settings, at_once: int, trust: SSLContext, count: Callable[[Usage], None]) -> None:
        self._settings = settings
        self._trust = trust
        self._count = count
        self._gate = asyncio.Semaphore(at_once)
        self._failed_in_a_row = 0
        self._stopped = False

    async def ask(self, passages: Sequence[str]) -> list[Reply]:
        httpx = _import_httpx()
        headers = {
            "User-Agent": f"reportedly/{__version__}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a packed answer could unpack to anything
        }
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        try:
            client = httpx.AsyncClient(
                headers=headers, timeout=self._settings.timeout_s, verify=self._trust, follow_redirects=False
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            raise EnvironmentProblem("the proxy that the environment names (HTTPS_PROXY) cannot be used") from None
        async with client as http:
            return list(await asyncio.gather(*(self._ask_one(http, passage) for passage in passages)))

    async def _ask_one(self, http: httpx.AsyncClient, passage: str) -> Reply:
        if len(passage) > LONGEST_PASSAGE:
            return Reply(None, f"the passage is longer than {LONGEST_PASSAGE:,} characters")
        async with self._gate:
            if self._stopped:
                return Reply(None, "not asked, after others had failed")
            reply = await self._ask_patiently(http, passage)
        self._failed_in_a_row = 0 if reply.said is not None else self._failed_in_a_row + 1
        self._stopped |= reply.fatal or self._failed_in_a_row >= PATIENCE
        return reply

    async def _ask_patiently(self, http: httpx.AsyncClient, passage: str) -> Reply:
        settings = self._settings
        body = json.dumps(make_request(settings.model, passage)).encode()
        tried = _Tried()
        self._count(Usage(asked=1))
        for number in range(settings.retries + 1):
            if number:
                wait_s = settings.backoff_s * 2 ** (number - 1) if tried.wait_s is None else tried.wait_s
                await asyncio.sleep(min(wait_s, settings.longest_wait_s))
            self._count(Usage(requests=1))
            tried = await _try(http, settings, body)
            if not tried.again:
                break
        if tried.problem:
            return Reply(None, tried.problem, tried.fatal)
        tokens = read_tokens(tried.body)
        self._count(Usage(untold=1) if tokens is None else Usage(tokens_in=tokens[0], tokens_out=tokens[1]))
        try:
            return Reply(read_answer(tried.body))
        except BadAnswer as error:  # asked again at temperature 0, it would say the same: no retry
            return Reply(None, str(error))


async def _try(http: httpx.AsyncClient, settings: Settings, body: bytes) -> _Tried:
    """Send one request. What the server says in words is never repeated: it could hold anything, the key included."""
    httpx = _import_httpx()
    try:
        # a server that sends a byte now and then never lets httpx's own timeouts expire
        async with asyncio.timeout(settings.timeout_s):
            async with http.stream("POST", settings.address, content=body) as answer:
                if answer.status_code != 200:
                    return _refused(answer.status_code, answer.headers.get("Retry-After", ""))
                return await _read(answer, settings.most_bytes)
    except (TimeoutError, httpx.TimeoutException):
        return _Tried(problem=f"no answer within {settings.timeout_s:g} s", again=True)
    except httpx.ConnectError:
        return _Tried(problem="the endpoint cannot be reached", again=True)
    except httpx.TransportError:
        return _Tried(problem="the connection broke off", again=True)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError):
        return _Tried(problem="what the endpoint sends is not HTTP")


async def _read(answer: httpx.Response, most_bytes: int) -> _Tried:
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        return _Tried(problem="the answer is packed, which was not asked for")
    got = bytearray()
    async for chunk in answer.aiter_raw():
        got += chunk
        if len(got) > most_bytes:
            return _Tried(problem=f"the answer is longer than {most_bytes // 1024} KB")
    return _Tried(bytes(got))


def _refused(status: int, retry_after: str) -> _Tried:
    problem = f"the endpoint answers {status}"
    if 300 <= status < 400:
        return _Tried(problem=f"{problem}, a redirect, which is not followed: check {URL}", fatal=True)
    if status in _REFUSALS:
        return _Tried(problem=f"{problem}: {_REFUSALS[status]}", fatal=True)
    again = status == 429 or 500 <= status < 600
    return _Tried(problem=problem, again=again, wait_s=_seconds(retry_after) if again else None)


def _seconds(retry_after: str) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number or a date), None if it says nothing clear."""
    words = retry_after.strip()
    if words.isascii() and words.isdecimal():
        return float(words[:9])
    try:
        return max(0.0, parsedate_to_datetime(words).timestamp() - time.time())
    except (ValueError, OverflowError, OSError):
        return None


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, in a thread of its own where this one has a loop already (a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


def _import_httpx() -> Any:
    """Return httpx, which only this analyzer needs."""
    try:
        import httpx
    except ImportError:
        raise EnvironmentProblem(
            "the llm analyzer needs httpx, which is not installed: pip install 'reportedly[llm]'"
        ) from None
    return httpx

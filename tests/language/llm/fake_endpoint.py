"""A local endpoint that plays good, slow, malformed and hostile answers, and keeps what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from reportedly.language.llm import Settings

KEY = "sk-very-secret-0123456789"


@dataclass(frozen=True)
class Play:
    """One answer. hang: say nothing until the test is over; drip: send a byte now and then; cut: break off."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    hang: bool = False
    drip: bool = False
    cut: bool = False


@dataclass
class FakeEndpoint:
    """What it answers (the last one again and again), and what it was asked."""

    url: str
    plays: list[Play | Callable[[str], Play]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        self.settings = Settings(
            self.url, "test-model", KEY, timeout_s=20.0, backoff_s=0.001, longest_wait_s=0.01, most_bytes=200_000
        )

    def plays_only(self, *plays: Play | Callable[[str], Play]) -> None:
        """Answer with these from now on, and forget what was asked."""
        self.plays[:] = plays
        for kept in (self.requests, self.headers, self.paths):
            kept.clear()

    def patient_for(self, seconds: float) -> Settings:
        """Return the settings with another time-out."""
        return replace(self.settings, timeout_s=seconds)

    @property
    def passages(self) -> list[str]:
        """Return the passages that it was sent, in order."""
        return [passage_of(request) for request in self.requests]

    def next_play(self, passage: str) -> Play:
        play = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        return play if isinstance(play, Play) else play(passage)


def passage_of(request: dict[str, Any]) -> str:
    """Return the passage of a request, from behind its fence."""
    first, middle, last = request["messages"][1]["content"].split("\n")
    assert (first[:13], last) == ("BEGIN PASSAGE", "END PASSAGE")
    passage = json.loads(middle)
    assert isinstance(passage, str)
    return passage


def act(trigger: str, **changes: Any) -> dict[str, Any]:
    """Return an act as a model answers it."""
    whole = {"trigger": trigger, "kind": "ASSAULT", "mode": "none", "clause": "", "actors": [], "recipients": []}
    whole |= {"places": [], "themes": [], "modality": "asserted", "negated": False, "hedges": []}
    whole |= {"agreement": None, "condition": "none", "condition_of": None}
    return {**whole, **changes}


def voice(source: str | None, cue: str, content: str, **changes: Any) -> dict[str, Any]:
    """Return an attribution as a model answers it."""
    return {"source": source, "cue": cue, "content": content, "stance": "say", "direct": False, **changes}


def completion(content: str | None, usage: Any = None) -> Play:
    """Return a chat completion with this content."""
    whole = {
        "id": "x",
        "object": "chat.completion",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20} if usage is None else usage,
    }
    return Play(json.dumps(whole).encode())


def says(*acts: dict[str, Any], voices: tuple[dict[str, Any], ...] = ()) -> Play:
    """Return a well-formed answer."""
    return completion(json.dumps({"acts": acts, "attributions": voices}))


@contextmanager
def serve() -> Iterator[FakeEndpoint]:
    """Run the endpoint on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(request)
            state.headers.append(dict(self.headers))
            state.paths.append(self.path)
            play = state.next_play(passage_of(request))
            if play.hang:
                state.over.wait()
                self.close_connection = True
                return
            try:
                self._answer(play)
            except OSError:  # the client has had enough
                self.close_connection = True

        def _answer(self, play: Play) -> None:
            self.send_response(play.status)
            for name, value in play.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(play.body)))
            self.end_headers()
            if play.cut:
                self.wfile.write(play.body[:40])
                self.close_connection = True
            elif play.drip:
                for byte in play.body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if state.over.wait(0.02):
                        return
            else:
                self.wfile.write(play.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as http:
        state = FakeEndpoint(f"http://127.0.0.1:{http.server_address[1]}/v1")
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield state
        finally:
            state.over.set()
            http.shutdown()

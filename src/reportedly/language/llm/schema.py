"""The shape of an answer: the JSON schema that the endpoint is given, and the strict reading of what comes back.

Only keywords are used that every implementation of strict structured output knows (no lengths, no patterns); the
limits on size are ours and hold whatever the endpoint promises.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import msgspec

from reportedly.language.lexicon import load_lexicon
from reportedly.model import Category, Modality, State

Stance = Literal["say", "claim", "deny", "believe", "predict", "promise", "threaten", "demand", "ask", "see"]
STANCES = ("say", "claim", "deny", "believe", "predict", "promise", "threaten", "demand", "ask", "see")
Half = Literal["none", "antecedent", "consequent"]
NO_MODE = "none"


class BadAnswer(Exception):
    """An answer is not what was asked for; the message never repeats the answer's own words."""


class SaidAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act as the model tells it. All strings that are no choice from a list are quotations."""

    trigger: str
    kind: str
    mode: str
    clause: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    themes: tuple[str, ...]
    modality: Modality
    negated: bool
    hedges: tuple[str, ...]
    agreement: str | None
    condition: Half
    condition_of: int | None


class SaidAttribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribution as the model tells it."""

    source: str | None
    cue: str
    content: str
    stance: Stance
    direct: bool


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole answer."""

    acts: tuple[SaidAct, ...]
    attributions: tuple[SaidAttribution, ...]


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Envelope(msgspec.Struct):
    choices: list[_Choice]


class _Tokens(msgspec.Struct):
    prompt_tokens: int
    completion_tokens: int


class _Billed(msgspec.Struct):
    usage: _Tokens


@dataclass(frozen=True, slots=True)
class Kinds:
    """What an act can be: the names of categories and states, and the modes of each category."""

    names: tuple[str, ...]
    modes: dict[str, frozenset[str]]


@cache
def load_kinds() -> Kinds:
    """Return the kinds of act and their modes, as the word lists know them."""
    modes: dict[str, set[str]] = {}
    for entries in load_lexicon().acts.values():
        for entry in entries:
            if entry.category is not None and entry.mode is not None:
                modes.setdefault(str(entry.category), set()).add(entry.mode)
    names = (*map(str, Category), *map(str, State))
    return Kinds(names, {name: frozenset(found) for name, found in modes.items()})


def read_answer(body: bytes) -> Said:
    """Return what a chat completion says. Raises BadAnswer for anything that is not exactly of the shape."""
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is no chat completion") from None
    content = envelope.choices[0].message.content if envelope.choices else None
    if not content:
        raise BadAnswer("the answer is empty, or a refusal")
    try:
        said = msgspec.json.decode(content.encode(errors="surrogatepass"), type=Said)
    except msgspec.ValidationError:
        raise BadAnswer("the answer is JSON of another shape") from None
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is not JSON, or cut off") from None
    known = set(load_kinds().names)
    if any(act.kind not in known for act in said.acts):
        raise BadAnswer("the answer is JSON of another shape")
    return said


def read_tokens(body: bytes) -> tuple[int, int] | None:
    """Return the tokens (sent, answered) that a chat completion states, None if it states none that make sense."""
    try:
        usage = msgspec.json.decode(body, type=_Billed).usage
    except (ValueError, RecursionError):
        return None
    counts = (usage.prompt_tokens, usage.completion_tokens)
    return counts if all(0 <= count < 10**9 for count in counts) else None


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer, for ``response_format``."""
    kinds = load_kinds()
    modes = sorted(set().union(*kinds.modes.values()))
    quote = {"type": "string"}
    quotes = {"type": "array", "items": quote}
    maybe = {"type": ["string", "null"]}
    act = {
        "trigger": quote,
        "kind": _choice(kinds.names),
        "mode": _choice((NO_MODE, *modes)),
        "clause": quote,
        "actors": quotes,
        "recipients": quotes,
        "places": quotes,
        "themes": quotes,
        "modality": _choice(tuple(map(str, Modality))),
        "negated": {"type": "boolean"},
        "hedges": quotes,
        "agreement": maybe,
        "condition": _choice(("none", "antecedent", "consequent")),
        "condition_of": {"type": ["integer", "null"]},
    }
    attribution = {
        "source": maybe,
        "cue": quote,
        "content": quote,
        "stance": _choice(STANCES),
        "direct": {"type": "boolean"},
    }
    both = {"acts": _list(_object(act)), "attributions": _list(_object(attribution))}
    return _object(both)


def _choice(names: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    # strict structured output: every property required, none besides
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }

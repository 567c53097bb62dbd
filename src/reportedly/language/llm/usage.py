"""What asking a model has cost, and how much of what it said could be used."""

from __future__ import annotations

from dataclasses import dataclass, fields

from reportedly.language.llm.settings import Settings

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts; they add up with ``+``.

    asked: passages put to the model; unanswered: those of them (or after them) that another analyzer read instead.
    requests: HTTP requests, retries included. untold: answers that did not state their tokens.
    not_found: values that do not stand in the text; unfit: values that are none (a mode of another category).
    """

    asked: int = 0
    unanswered: int = 0
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    untold: int = 0
    not_found: int = 0
    unfit: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def describe_cost(usage: Usage, settings: Settings) -> str:
    """Return one line: what was asked and what it cost, in tokens, and in money if the prices are known."""
    parts = [f"{_count(usage.asked, 'passage')} in {_count(usage.requests, 'request')}"]
    parts.append(f"{usage.tokens_in:,} tokens sent, {usage.tokens_out:,} answered")
    if settings.price_in is not None or settings.price_out is not None:
        money = usage.tokens_in * (settings.price_in or 0.0) + usage.tokens_out * (settings.price_out or 0.0)
        parts.append(f"cost {money / _MILLION:.4f} at the prices given")
    if usage.untold:
        parts.append(f"{_count(usage.untold, 'answer')} without a count of tokens")
    if usage.unanswered:
        parts.append(f"{_count(usage.unanswered, 'passage')} without a usable answer")
    if usage.not_found or usage.unfit:
        parts.append(f"{_count(usage.not_found + usage.unfit, 'value')} dropped")
    return f"llm {settings.model}: {'; '.join(parts)}"


def note_dropped(usage: Usage) -> tuple[str, ...]:
    """Return the notes on what was dropped from one answer."""
    notes = []
    if usage.not_found:
        was = "was" if usage.not_found == 1 else "were"
        notes.append(f"llm: {_count(usage.not_found, 'value')} not found in the text {was} dropped")
    if usage.unfit:
        was = "was" if usage.unfit == 1 else "were"
        notes.append(f"llm: {_count(usage.unfit, 'value')} that cannot be used {was} dropped")
    return tuple(notes)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"

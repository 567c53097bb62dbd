"""What the finders of discussions hand on: a boundary and comments as line numbers."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model import Certainty, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """One comment, as lines.

    first, last: its body lines, both included; first > last: the body is empty.
    start: its first line, stamp or name line included. name: where its author's name stands.
    stamp: words of the line that gives the time, "" if none.
    """

    start: int
    first: int
    last: int
    name: Span | None
    stamp: str
    indent: int
    certainty: Certainty
    why: str

    @property
    def is_empty(self) -> bool:
        """Tell whether the comment has no words left."""
        return self.first > self.last


@dataclass(frozen=True, slots=True)
class Discussion:
    """The discussion below an article. ``boundary``: its first line, a heading ("12 Comments") included."""

    boundary: int
    drafts: tuple[Draft, ...]
    score: float

"""Commenters are pseudonyms: stable under one key, meaningless without it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from reportedly.discuss import split_discussion
from reportedly.discuss.pseudonyms import make_pseudonym
from reportedly.model import Report
from reportedly.read import read_bytes


def pseudonyms(authors: list[str | None], key: bytes = b"k") -> list[str | None]:
    record = {"text": "It held.", "language": "en", "comments": [{"author": a, "text": "x"} for a in authors]}
    (report,) = read_bytes(json.dumps(record).encode(), name="a.jsonl")
    assert isinstance(report, Report)
    return [p.pseudonym for p in split_discussion(report, key=key) if p.comment]


def test_the_same_name_is_the_same_reader_and_another_name_another() -> None:
    first, second, third = pseudonyms(["Mira Holt", "mira  HOLT", "Tomas"])
    assert first == second != third
    assert first is not None
    assert first.startswith("reader-")


def test_another_key_gives_another_pseudonym() -> None:
    assert pseudonyms(["Mira"], b"one") != pseudonyms(["Mira"], b"two")


def test_comments_without_a_name_and_placeholders_are_told_apart() -> None:
    assert pseudonyms([None, "Anonymous", None, "Guest"]) == ["unnamed-1", "unnamed-2", "unnamed-3", "unnamed-4"]


@given(st.text(min_size=1, max_size=40))
def test_a_pseudonym_does_not_hold_the_name(author: str) -> None:
    pseudonym = make_pseudonym(author, b"key")
    assert pseudonym.removeprefix("reader-").isalnum()
    assert len(pseudonym) == len("reader-") + 8

"""Which MUC-4 set-list item a noun phrase falls under, by its last words (``set_lists.tsv``)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_IRREGULAR = {"MEN": "MAN", "WOMEN": "WOMAN", "PEOPLE": "PEOPLE", "CHILDREN": "CHILD", "WIVES": "WIFE"}
_POSTMODIFIER = re.compile(
    r",|\s(?:OF|IN|ON|AT|FROM|WHO|WHICH|THAT|WHERE|NEAR|WITH|BELONGING|LOCATED|FOR|BY|INSIDE|AND|TO)\s"
)


def list_words(name: str) -> tuple[str, ...]:
    """Return a word list of ``words.tsv`` in its own order."""
    for line in Path(__file__).with_name("words.tsv").read_text(encoding="utf-8").splitlines():
        kind, _, words = line.partition("\t")
        if kind == name:
            return tuple(words.split("|"))
    raise KeyError(name)


def read_words(name: str) -> frozenset[str]:
    """Return a word list of ``words.tsv`` as a set."""
    return frozenset(list_words(name))


@cache
def _read_lists() -> dict[str, dict[tuple[str, ...], str]]:
    lists: dict[str, dict[tuple[str, ...], str]] = {}
    for line in Path(__file__).with_name("set_lists.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        slot, item, heads = line.split("\t")
        for head in heads.split("|"):
            lists.setdefault(slot, {}).setdefault(_singular(tuple(head.split())), item)
    return lists


def classify(slot: str, phrase: str) -> str | None:
    """Return the set-list item of a noun phrase for "phys", "hum", "instrument", "perpetrator" or "military".

    The head is taken to be the last word before the first comma, preposition or relative pronoun.

    >>> classify("phys", "THE OFFICES OF CITICORP BANK"), classify("hum", "two Jesuit priests")
    ('FINANCIAL', 'CIVILIAN')
    """
    item = _classify_head(slot, phrase.upper())
    if slot == "phys" and item in (None, "OTHER", "CIVILIAN RESIDENCE", "ORGANIZATION OFFICE"):
        hints = _read_lists()["phys hint"]
        words = (_singular_word(word) for word in re.findall(r"[^\W_]+", phrase.upper()))
        hinted = next((hints[(word,)] for word in words if (word,) in hints), None)
        return hinted if item is not None and hinted is not None else item
    return item


def _classify_head(slot: str, text: str) -> str | None:
    known = _read_lists()[slot]
    for candidate in (text, _POSTMODIFIER.split(text, maxsplit=1)[0]):
        words = _singular(tuple(re.findall(r"[^\W_]+(?:[.'’\-][^\W_]+)*", candidate)))
        for length in range(min(4, len(words)), 0, -1):
            item = known.get(words[-length:])
            if item is not None and (length > 1 or candidate is not text or " OF " not in f" {text} "):
                return item
    return None


def _singular(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words[:-1], _singular_word(words[-1])) if words else ()


def _singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("MEN"):
        return word[:-2] + "AN"
    if word.endswith("IES") and len(word) > 4:
        return word[:-3] + "Y"
    if re.search(r"(?:CH|SH|X|SS|US)ES$", word):
        return word[:-2]
    return word[:-1] if word.endswith("S") and not word.endswith(("SS", "US", "IS")) and len(word) > 3 else word

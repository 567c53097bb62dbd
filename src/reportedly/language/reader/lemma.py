"""Lemmas: of known forms from a table, of others by edit script (what to cut at the end, and what to put there).

Source of the scripts: Straka and Straková 2017 (UDPipe); the script of a form is one of a few hundred classes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

INFLECTED = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV"})  # in the table also where form and lemma are the same


def make_script(word: str, lemma: str) -> str:
    """Return the script that turns the lower-cased word into its lemma: "armies" and "army" give "3+y"."""
    form = word.lower()
    shared = 0
    for one, other in zip(form, lemma, strict=False):
        if one != other:
            break
        shared += 1
    return f"{len(form) - shared}+{lemma[shared:]}"


@lru_cache(maxsize=50_000)
def apply_script(word: str, script: str) -> str | None:
    """Return the lemma, None where the word is too short for the script."""
    cut, _, ending = script.partition("+")
    form = word.lower()
    count = int(cut)
    if count > len(form) or (count == len(form) and not ending):
        return None
    return form[: len(form) - count] + ending


def lemma_of(word: str, pos: str, scripts: Iterable[str]) -> str:
    """Return the lemma of a word: the table's, else by the likeliest script whose result is a known lemma.

    scripts: the likeliest first; where none gives a known lemma, the first that applies counts.
    """
    form = word.lower()
    known = _table().get((pos, form))
    if known is not None or pos not in INFLECTED:
        return known or form
    made = [lemma for script in scripts if (lemma := apply_script(word, script)) is not None]
    return next((lemma for lemma in made if lemma in _lemmas()), made[0] if made else form)


@cache
def _table() -> dict[tuple[str, str], str]:
    text = (files("reportedly.data") / "language" / "lemmas.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(pos, form): form if lemma == "=" else lemma for pos, form, lemma in rows}


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(_table().values())

"""Which violations a claim tells: its PLOVER act, and ``violations.tsv`` for what PLOVER does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reportedly.model import Category, Claim


@cache
def _lemmas() -> Mapping[str, str]:
    file = Path(__file__).with_name("violations.tsv")
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {lemma: kind for kind, lemmas in rows for lemma in lemmas.split("|")}


DETENTION = "arbitrary detention"

_MODES: Mapping[str, str] = {
    "arrest": DETENTION,
    "abduct": "kidnapping",
    "torture": "torture",
    "beat": "torture",
    "sexual": "torture",
    "targeted": "killing",
}
_VIOLENT = frozenset({Category.ASSAULT, Category.COERCE, Category.THREATEN})


def violations_of(claim: Claim) -> frozenset[str]:
    """Return the violations that a claim tells (of ``record.VIOLATIONS``), none for other acts."""
    lemma = claim.act.lemma.lower().replace(" ", "_")
    named = _lemmas().get(lemma) or _MODES.get(claim.act.mode or "")
    if named is not None:
        return frozenset({named})
    units = {quantity.unit for quantity in claim.quantities}
    if claim.act.category is Category.ASSAULT and "killed" in units:
        return frozenset({"killing"})
    return frozenset({"other"}) if claim.act.category in _VIOLENT and claim.recipients else frozenset()

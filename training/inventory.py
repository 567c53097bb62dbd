"""The label tables of one model: fixed ones from ``labels``, and those of syntax counted in the training items."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from reportedly.language.reader.lemma import make_script
from training import labels
from training.item import Item

MIN_SCRIPT = 4  # occurrences; rarer changes are left to the identity
GROUPS = {"PER": ("PERSON",), "LOC": ("GPE", "LOC", "FAC"), "ORG": ("ORG",)}
OTHER_NAMES = ("NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "FAC", "ORG", "GPE", "LOC", "PERSON")
NUMBERS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "NORP", "LANGUAGE")


@dataclass
class Inventory:
    """Label to number, a table a head."""

    tag: dict[str, int]
    pos: dict[str, int]
    dep: dict[str, int]
    lemma: dict[str, int]
    name: dict[str, int] = field(default_factory=lambda: _table(labels.bio(labels.NAME_TYPES)))
    mention: dict[str, int] = field(default_factory=lambda: _table(labels.bio(labels.MENTION_TYPES)))

    def scripts(self, item: Item) -> list[str]:
        """Return the lemma script of each word."""
        assert item.syntax is not None
        lemmas = item.syntax["lemma"]
        return [make_script(word.of(item.text), str(lemma)) for word, lemma in zip(item.words, lemmas, strict=True)]

    def write(self, path: Path) -> None:
        """Keep the tables for the runtime: lists of labels in the order of their numbers."""
        tables = {name: list(getattr(self, name)) for name in ("tag", "pos", "dep", "lemma", "name", "mention")}
        tables |= {
            "act": list(labels.ACT_LABELS), "modality": list(labels.MODALITIES), "act_role": list(labels.ACT_ROLES),
            "voice_role": list(labels.VOICE_ROLES), "category": list(labels.CATEGORIES),
            "relation": list(labels.RELATIONS),
        }  # fmt: skip
        path.write_text(json.dumps(tables, indent=0), encoding="utf-8")


def _table(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def build(items: Sequence[Item]) -> Inventory:
    """Count the labels of syntax in the training items; tables are in alphabetical order."""
    tables: dict[str, Counter[str]] = {name: Counter() for name in ("tag", "pos", "dep", "lemma")}
    for item in items:
        assert item.syntax is not None
        for name in ("tag", "pos", "dep"):
            tables[name].update(str(value) for value in item.syntax[name])
        words = zip(item.words, item.syntax["lemma"], strict=True)
        tables["lemma"].update(make_script(word.of(item.text), str(lemma)) for word, lemma in words)
    scripts = sorted(script for script, count in tables["lemma"].items() if count >= MIN_SCRIPT)
    tag, pos, dep = (_table(sorted(tables[name])) for name in ("tag", "pos", "dep"))
    return Inventory(tag, pos, dep, _table(scripts))


def coarse_allowed(item: Item, inventory: Inventory) -> np.ndarray:
    """Return which name labels each word may have: the silver one, or any that the gold names leave open."""
    assert item.syntax is not None
    silver = [str(label) for label in item.syntax["name"]]
    allowed = np.zeros((len(silver), len(inventory.name)), bool)
    for word, label in enumerate(silver):
        allowed[word, inventory.name.get(label, 0)] = True
    if item.names is None:
        return allowed
    for word, label in enumerate(silver):  # gold decides on names; silver keeps dates and numbers
        if label != "O" and label[2:] not in NUMBERS:
            allowed[word] = False
            allowed[word, 0] = True
    for (first, last), kind in item.names:
        for word in range(first, last):
            mark = "B" if word == first else "I"
            allowed[word] = False
            for name in GROUPS.get(kind, OTHER_NAMES):
                allowed[word, inventory.name[f"{mark}-{name}"]] = True
    return allowed

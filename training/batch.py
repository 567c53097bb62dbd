"""Windows of items as tensors. An item is never cut; windows are filled up to a length that varies."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from reportedly.language.reader.shapes import shape_of
from training import labels
from training.inventory import Inventory, coarse_allowed
from training.item import Item

IGNORE = -100
MAX_PIECES = 160  # of a window of several items
LONGEST = 256  # pieces of one item
ROLELESS = frozenset({"modality_b"})  # files whose acts come without their roles


@dataclass(slots=True)
class Coded:
    """An item as numbers: pieces, word shapes, first piece a word, and the item itself for its layers."""

    item: Item
    pieces: list[int]
    shapes: list[int]
    firsts: list[int]


def code(items: Sequence[Item], tokenizer: Tokenizer) -> list[Coded]:
    """Return the items in pieces; one of more than LONGEST is left out."""
    coded = []
    for item in items:
        words = [word.of(item.text) for word in item.words]
        encoded = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        firsts: list[int] = []
        before: int | None = -1
        for place, word in enumerate(encoded.word_ids):
            if word != before:
                firsts.append(place)
                before = word
        if len(firsts) == len(words) and len(encoded.ids) <= LONGEST:
            shapes = [shape_of(word) for word in words]
            coded.append(
                Coded(item, encoded.ids, [shapes[word] for word in encoded.word_ids if word is not None], firsts)
            )
    return coded


def windows(coded: Sequence[Coded], generator: random.Random) -> Iterator[list[Coded]]:
    """Yield groups of neighbouring items that fill a window of 30 to MAX_PIECES pieces."""
    group: list[Coded] = []
    limit, size = generator.randint(30, MAX_PIECES), 0
    for each in coded:
        if group and size + len(each.pieces) > limit:
            yield group
            group, size, limit = [], 0, generator.randint(30, MAX_PIECES)
        group.append(each)
        size += len(each.pieces)
    if group:
        yield group


class Targets:
    """What the words of one window should be labelled with, as arrays; IGNORE where nothing is known."""

    def __init__(self, group: Sequence[Coded], inventory: Inventory) -> None:
        count = sum(len(each.firsts) for each in group)
        self.count = count
        self.classes = {name: np.full(count, IGNORE, np.int64) for name in
                        ("tag", "pos", "dep", "lemma", "mention", "act", "modality", "starts", "cue", "head",
                         "future", "conditional")}  # fmt: skip
        self.names = np.zeros((count, len(inventory.name)), bool)
        self.happened = np.full(count, np.nan, np.float32)
        self.committed = np.full(count, np.nan, np.float32)
        self.act_roles: list[tuple[int, np.ndarray]] = []
        self.voice_roles: list[tuple[int, np.ndarray]] = []
        self.categories: list[tuple[list[tuple[int, int]], list[tuple[int, int]], int, tuple[int, int]]] = []
        self.relations: list[tuple[list[tuple[int, int]], list[tuple[int, int]], int, tuple[int, int]]] = []
        offset = 0
        for each in group:
            self._add(each.item, offset, inventory)
            offset += len(each.firsts)

    def _add(self, item: Item, offset: int, inventory: Inventory) -> None:
        size = len(item.words)
        scope = (offset, offset + size)
        here = slice(*scope)
        syntax = item.syntax
        assert syntax is not None
        for name in ("tag", "pos", "dep", "lemma"):
            table = getattr(inventory, name)
            values = inventory.scripts(item) if name == "lemma" else syntax[name]
            self.classes[name][here] = [table.get(value, IGNORE) for value in values]
        self.classes["head"][here] = [offset + int(head) for head in syntax["head"]]
        self.classes["starts"][here] = syntax["starts"]
        self.names[here] = coarse_allowed(item, inventory)
        if item.mentions is not None:
            self.classes["mention"][here] = spans_to_bio(item.mentions, size, inventory.mention)
        for layer, into in ((item.happened, self.happened), (item.committed, self.committed)):
            for word, value in layer:
                into[offset + word] = value
        self._add_acts(item, offset, inventory)
        self._add_voices(item, offset, syntax)
        for pair in item.pairs:
            label = labels.CATEGORIES.index(pair.label)
            self.categories.append((_shift(pair.source, offset), _shift(pair.target, offset), label, scope))
        if item.relations is not None and item.mentions is not None:
            for source, target, kind in relation_pairs(item):
                ends = _shift([source], offset), _shift([target], offset)
                self.relations.append((*ends, labels.RELATIONS.index(kind), scope))

    def _add_acts(self, item: Item, offset: int, inventory: Inventory) -> None:
        if item.acts is None:
            return
        scope = (offset, offset + len(item.words))
        self.classes["act"][slice(*scope)] = 0
        for act in item.acts:
            word = offset + head_of(item, act.trigger)
            self.classes["act"][offset + act.trigger[0] : offset + act.trigger[1]] = IGNORE
            self.classes["act"][word] = labels.ACT_LABELS.index(act.label)
            if act.modality is not None:
                self.classes["modality"][word] = labels.MODALITIES.index(act.modality)
            for name, flag in (("future", act.future), ("conditional", act.conditional)):
                if flag is not None:
                    self.classes[name][word] = int(flag)
            if item.corpus.rsplit("/", 1)[-1] in ROLELESS:
                continue
            roles = np.zeros(self.count, np.int64)  # over the whole window: what stands far away has no part in it
            for name, (first, last) in act.roles:
                roles[offset + first : offset + last] = labels.ACT_ROLES.index(name)
            self.act_roles.append((word, roles))

    def _add_voices(self, item: Item, offset: int, syntax: dict[str, list[str | int]]) -> None:
        if item.voices is None:
            return
        scope = (offset, offset + len(item.words))
        cues = np.zeros(len(item.words), np.int64)
        if not item.voices_complete:
            cues[[str(tag).startswith(("V", "N")) for tag in syntax["tag"]]] = IGNORE
        for voice in item.voices:
            first, last = voice.cue
            cues[first:last] = 2
            cues[first] = 1
            roles = np.zeros(self.count, np.int64)
            for span in voice.contents:
                roles[offset + span[0] : offset + span[1]] = 2
            if voice.source is not None:
                roles[offset + voice.source[0] : offset + voice.source[1]] = 1
            self.voice_roles.append((offset + first, roles))
        self.classes["cue"][slice(*scope)] = cues


def _shift(spans: Sequence[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    return [(first + offset, last + offset) for first, last in spans]


def head_of(item: Item, span: tuple[int, int]) -> int:
    """Return the word of a span whose syntactic head lies outside it (the first such)."""
    assert item.syntax is not None
    for word in range(*span):
        head = int(item.syntax["head"][word])
        if head == word or not span[0] <= head < span[1]:
            return word
    return span[0]


def spans_to_bio(spans: Sequence[tuple[tuple[int, int], str]], size: int, table: dict[str, int]) -> np.ndarray:
    """Return a label a word; an earlier span keeps words that a later one shares with it."""
    coded = np.zeros(size, np.int64)
    for (first, last), kind in sorted(spans):
        if not coded[first:last].any():
            coded[first:last] = table[f"I-{kind}"]
            coded[first] = table[f"B-{kind}"]
    return coded


def relation_pairs(item: Item) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """Yield every ordered pair of mentions of an item with its relation ("none" for most)."""
    assert item.mentions is not None and item.relations is not None
    known = {}
    for pair in item.relations:
        source, target = pair.source[0], pair.target[0]
        known[source, target] = pair.label
        if pair.label in labels.SYMMETRIC:
            known[target, source] = pair.label
    spans = sorted({span for span, _ in item.mentions})
    for source in spans:
        for target in spans:
            if source != target and abs(source[0] - target[0]) <= 60:
                yield source, target, known.get((source, target), "none")

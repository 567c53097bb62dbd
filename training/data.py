"""Collects the items of all corpora, teaches them syntax, and keeps them in one file."""

from __future__ import annotations

import hashlib
import itertools
import pickle
from collections.abc import Iterator
from pathlib import Path

from benchmarks.framework import corpora_folder
from reportedly.language.plain import plain
from training.corpora import published
from training.corpora.authored import authored
from training.item import Item
from training.silver import add_syntax

LOADERS = (published.re3d, published.gum, published.uds, published.meantime, published.names, published.stories,
           published.articles)  # fmt: skip
HELD_OUT = 8  # about every eighth authored item is for dev


def collect(split: str) -> Iterator[Item]:
    """Yield every item of a split ("train" or "dev") with syntax; the text as the parser likes it."""
    corpora = corpora_folder()
    loaded = itertools.chain.from_iterable(loader(corpora, split) for loader in LOADERS)
    own = (item for item in authored() if held_out(item.id) == (split == "dev"))
    yield from add_syntax(_plain(item) for item in itertools.chain(loaded, own))


def held_out(name: str) -> bool:
    """Tell whether an authored item is for dev: by its name, so that new items do not move the old ones."""
    return hashlib.sha256(name.encode()).digest()[0] % HELD_OUT == 0


def _plain(item: Item) -> Item:
    item.text = plain(item.text)  # of the same length, so the spans of the words hold
    return item


def write(split: str, path: Path) -> int:
    """Collect a split into ``path``; returns the number of items."""
    items = list(collect(split))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(items))
    return len(items)


def load(path: Path) -> list[Item]:
    """Return the items that ``write`` left (a file of our own making: pickle is safe here)."""
    items: list[Item] = pickle.loads(path.read_bytes())
    return items

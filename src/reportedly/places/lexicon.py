"""Which words around a name say what sort of place it is? Loads ``data/places/words.yaml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon, ready for look-up. See the header of the data file for what each part means."""

    directions: dict[str, float | None]
    compass: dict[str, float]
    generics: dict[str, str]  # word or phrase -> sort
    locatives: frozenset[str]
    near: tuple[str, ...]
    titles: frozenset[str]
    after_other: frozenset[str]
    after_actor: frozenset[str]
    peoples: dict[str, str]  # adjective or people -> country code
    not_places: frozenset[str]
    common: frozenset[str]
    bare: frozenset[str]

    def bearing(self, word: str) -> float | None:
        """Return the bearing of a direction word, None for "central" and its like."""
        if word in self.compass:
            return self.compass[word]
        return self.directions.get(word.lower().replace("-", "").replace(" ", ""))


@functools.cache
def load_words() -> Words:
    """Load the lexicon (once)."""
    raw = load_yaml("words.yaml")
    generics = {word: sort for sort, words in raw["generics"].items() for word in words}
    peoples = {word: code for code, words in raw["peoples"].items() for word in words}
    return Words(
        directions=raw["directions"],
        compass={word: float(bearing) for word, bearing in raw["compass"].items()},
        generics=generics,
        locatives=frozenset(raw["locatives"]),
        near=tuple(sorted(raw["near"], key=len, reverse=True)),
        titles=frozenset(raw["titles"]),
        after_other=frozenset(raw["after_other"]),
        after_actor=frozenset(raw["after_actor"]),
        peoples=peoples,
        not_places=frozenset(word for group in raw["not_places"] for word in group) | peoples.keys(),
        common=frozenset(raw["common"]),
        bare=frozenset(raw["bare"]),
    )


def load_yaml(name: str) -> Any:
    """Load a data file of the places."""
    source = files("reportedly").joinpath("data", "places", name).read_bytes()
    return yaml.load(source, Loader=yaml.CSafeLoader)

"""Words in class names and ids that say what an element is (data in ``data/discussion/markup.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS_OF_TEXT = frozenset(("content", "text", "body", "message"))
_PARTS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Marks:
    """The word lists, ready for look-up."""

    item_words: frozenset[str]
    not_item_words: frozenset[str]
    text_words: tuple[str, ...]
    author_words: frozenset[str]
    not_author_words: frozenset[str]
    time_words: frozenset[str]
    furniture_words: frozenset[str]

    def item_tokens(self, element: HtmlElement) -> list[str]:
        """Return the class tokens of an element that are about one comment."""
        found = []
        for token in (element.get("class") or "").split():
            parts = split_token(token)
            if self.item_words.intersection(parts) and not self.not_item_words.intersection(parts):
                found.append(token)
        return found

    def has_token(self, element: HtmlElement, word: str) -> bool:
        """Tell whether a class token of an element is, or ends with, ``word``."""
        for token in (element.get("class") or "").split():
            joined = "-".join(split_token(token))
            if joined == word or joined.endswith("-" + word) or joined == word.replace("-", ""):
                return True
        return False

    def is_author(self, element: HtmlElement) -> bool:
        """Tell whether the class of an element says that it names an author."""
        return _about(element, self.author_words, self.not_author_words)

    def is_time(self, element: HtmlElement) -> bool:
        """Tell whether the class of an element says that it gives a time."""
        return element.tag == "time" or _about(element, self.time_words, frozenset())

    def is_furniture(self, element: HtmlElement) -> bool:
        """Tell whether the class of an element says that it is a part of the page's machinery."""
        if element.tag in ("time", "cite", "footer"):
            return True
        parts = {part for token in (element.get("class") or "").split() for part in split_token(token)}
        return not self.furniture_words.isdisjoint(parts) and _WORDS_OF_TEXT.isdisjoint(parts)


def split_token(token: str) -> list[str]:
    """Return the words of a class name or id in lower case.

    >>> split_token("commentBody_text-12")
    ['comment', 'body', 'text']
    """
    return [part for part in _PARTS.split(_CAMEL.sub("-", token).lower()) if part]


@cache
def load_marks() -> Marks:
    """Read the word lists, once."""
    source = files("reportedly").joinpath("data/discussion/markup.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.load(source, Loader=yaml.CSafeLoader)
    return Marks(
        item_words=frozenset(lists["item_words"]),
        not_item_words=frozenset(lists["not_item_words"]),
        text_words=tuple(lists["text_words"]),
        author_words=frozenset(lists["author_words"]),
        not_author_words=frozenset(lists["not_author_words"]),
        time_words=frozenset(lists["time_words"]),
        furniture_words=frozenset(lists["furniture_words"]),
    )


def _about(element: HtmlElement, words: frozenset[str], unless: frozenset[str]) -> bool:
    for token in (element.get("class") or "").split():
        parts = split_token(token)
        if words.intersection(parts) and not unless.intersection(parts):
            return True
    return False

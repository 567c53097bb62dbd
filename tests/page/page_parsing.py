"""Reads a rendered page back with the standard library's parser, as a browser without scripts would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "input", "link", "hr", "rect", "path"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    parent: Node | None
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def walk(self) -> Iterator[Node]:
        yield self
        for one in self.children:
            if isinstance(one, Node):
                yield from one.walk()

    def find(self, wanted: Callable[[Node], bool]) -> list[Node]:
        return [one for one in self.walk() if wanted(one)]

    def by_class(self, name: str) -> list[Node]:
        return self.find(lambda one: name in one.attributes.get("class", "").split())

    def by_tag(self, tag: str) -> list[Node]:
        return self.find(lambda one: one.tag == tag)

    def by_id(self, identity: str) -> Node:
        (found,) = self.find(lambda one: one.attributes.get("id") == identity)
        return found

    def inside(self, name: str) -> bool:
        above = self.parent
        return above is not None and (name in above.attributes.get("class", "").split() or above.inside(name))


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("", {}, None)
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag or self.here.parent is None:
            self.unbalanced.append(f"</{tag}> in <{self.here.tag}>")
            return
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Node:
    """Return the root of the page; raise AssertionError when its tags do not balance."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert not builder.unbalanced, builder.unbalanced
    return builder.root

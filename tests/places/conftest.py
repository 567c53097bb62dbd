"""The built gazetteer, or a reason to skip: it is always there in an installed package."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reportedly.model import Span
from reportedly.places import Gazetteer, PlaceMention, ToponymCandidate, open_gazetteer, read_places
from reportedly.places.gazetteer import built_path

NAMES = re.compile(r"[A-Z][\w'’]+(?:[ -](?:al-|ash |al |of the |of )?[A-Z][\w'’]+)*")

Reader = Callable[..., list[PlaceMention]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    if not built_path().is_file():
        pytest.skip("the gazetteer is not built: python -m build_tools")
    return open_gazetteer()


@pytest.fixture(scope="session")
def read(gazetteer: Gazetteer) -> Reader:
    """Read the places of a text in which ``labels`` says what a language model would have marked."""

    def read_text(text: str, **labels: str) -> list[PlaceMention]:
        found = []
        for label, names in labels.items():
            for name in names.split("|"):
                found += [
                    ToponymCandidate(Span(*m.span()), label)
                    for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
                ]
        return read_places(text, found, gazetteer)

    return read_text

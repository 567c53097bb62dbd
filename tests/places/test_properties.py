"""What holds for every text: spans, order, containers."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import LinkStatus, Span
from reportedly.places import Gazetteer, ToponymCandidate, open_gazetteer, read_places
from reportedly.places.gazetteer import built_path

pytestmark = pytest.mark.skipif(not built_path().is_file(), reason="the gazetteer is not built: python -m build_tools")

TOWNS = [
    "Idlib",
    "Aleppo",
    "Saraqib",
    "Kobani",
    "Tripoli",
    "Paris",
    "Hama",
    "Ariha",
    "Manbij",
    "Homs",
    "London",
    "Sinjar",
]
AREAS = {
    "Syria": "Syria",
    "Libya": "Libya",
    "Texas": "United States",
    "Iraq": "Iraq",
    "Lebanon": "Lebanon",
    "France": "France",
}
FRAMES = [
    "Shelling hit {} today.",
    "Troops left {} at dawn.",
    "They met in {}.",
    "The road to {} was cut.",
    "{} is calm.",
]

texts = st.lists(
    st.tuples(
        st.sampled_from(FRAMES), st.sampled_from(TOWNS + list(AREAS)), st.sampled_from(["", "northern ", "near "])
    ),
    min_size=1,
    max_size=5,
)


def candidates_of(text: str) -> list[ToponymCandidate]:
    found = []
    for name in TOWNS + list(AREAS):
        at = text.find(name)
        while at >= 0:
            found.append(ToponymCandidate(Span(at, at + len(name)), "GPE"))
            at = text.find(name, at + 1)
    return found


@settings(max_examples=40, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_order_of_candidates_does_not_matter(pieces: list[tuple[str, str, str]], rng: random.Random) -> None:
    text = " ".join(frame.format(prefix + name) for frame, name, prefix in pieces)
    candidates = candidates_of(text)
    shuffled = candidates[:]
    rng.shuffle(shuffled)
    assert read_places(text, candidates) == read_places(text, shuffled)


@settings(max_examples=40, deadline=None)
@given(texts, st.text(max_size=30).filter(lambda s: not any(c.isupper() for c in s)))
def test_spans_move_with_the_text(pieces: list[tuple[str, str, str]], before: str) -> None:
    text = " ".join(frame.format(prefix + name) for frame, name, prefix in pieces)
    lead = before + ".\n\n"
    here = read_places(text, candidates_of(text))
    there = read_places(lead + text, [ToponymCandidate(c.span.shift(len(lead)), c.label) for c in candidates_of(text)])
    assert [(m.span.shift(len(lead)), m.link) for m in here] == [(m.span, m.link) for m in there]


@settings(max_examples=40, deadline=None)
@given(texts)
def test_cores_are_verbatim_ordered_and_apart(pieces: list[tuple[str, str, str]]) -> None:
    text = " ".join(frame.format(prefix + name) for frame, name, prefix in pieces)
    mentions = read_places(text, candidates_of(text))
    for mention in mentions:
        assert mention.span.contains(mention.core)
        assert mention.core.of(text).strip() == mention.core.of(text) != ""
    cores = [m.core for m in mentions]
    assert cores == sorted(cores)
    assert not any(a.overlaps(b) for a, b in pairwise(cores))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TOWNS), st.sampled_from(list(AREAS)), st.sampled_from([" in ", ", in ", " (", ", a town in "]))
def test_resolution_is_never_outside_a_stated_container(town: str, area: str, joint: str) -> None:
    text = f"Fighting was reported from {town}{joint}{area}{')' if joint == ' (' else ''} yesterday."
    gazetteer: Gazetteer = open_gazetteer()
    mention = next(m for m in read_places(text, candidates_of(text), gazetteer) if m.core.of(text) == town)
    if mention.link.place is not None:
        assert mention.link.place.admin[0] == AREAS[area]
        if area == "Texas":
            assert "Texas" in mention.link.place.admin
    else:
        assert mention.link.status is LinkStatus.UNKNOWN

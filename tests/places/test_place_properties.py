"""What holds for every text about places, with and without packs: containers, offsets, order, geometry."""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from reportedly.model import Geometry, LinkStatus, Place, Span
from reportedly.places import Gazetteer, PlaceMention, ToponymCandidate, open_gazetteer, read_places
from reportedly.places.gazetteer import built_path
from reportedly.places.packs import PackStore, read_source
from reportedly.places.packs.tables import TableFormat
from reportedly.places.search import search_places

pytestmark = pytest.mark.skipif(not built_path().is_file(), reason="the gazetteer is not built: python -m build_tools")
FORTY = settings(max_examples=40, deadline=None)
BOUNDARY_DEGREES = 0.05  # 5 km

VILLAGES = {
    "north": "id,name,lat,lon\na,Kabanah,35.717,36.233\nb,Zamrin,35.75,36.6\nc,Kafr Zamrin,35.8,36.7\nd,Hassan,35.6,36.5\n",
    "south": "id,name,lat,lon\na,Zamrin,33.2,36.2\nb,Deir Moharram,32.9,36.3\nc,Kabanah,32.8,36.4\n",
    "west": "id,name,lat,lon\na,Zamrin,34.3,36.0\nb,Wadi Moharram,34.2,36.1\n",
}
COUNTRY_OF = {"north": "SY", "south": "SY", "west": "LB"}
TOWNS = [
    "Idlib", "Aleppo", "Saraqib", "Kobani", "Tripoli", "Paris", "Hama", "Ariha", "Homs", "Sinjar", "Al Bayda", "Marib",
    "Kharkiv", "Bakhmut", "Omdurman", "Sirte", "Baalbek", "Kandahar", "Djibo", "Zamrin", "Kabanah", "Deir Moharram",
]  # fmt: skip
# name -> what must stand in the chain of divisions of whatever lies in it
AREAS = {
    "Syria": "Syria", "Libya": "Libya", "Iraq": "Iraq", "Lebanon": "Lebanon", "Yemen": "Yemen", "Sudan": "Sudan",
    "Ukraine": "Ukraine", "Texas": "Texas", "Idlib province": "Idlib", "Daraa province": "Daraa",
    "Latakia province": "Latakia", "Burkina Faso": "Burkina Faso", "Afghanistan": "Afghanistan",
}  # fmt: skip
FRAMES = [
    "Shells hit {} today.",
    "Troops left {} at dawn.",
    "They met in {}.",
    "The road to {} was cut.",
    "A drone fell 6 km north of {}.",
    "Fighting spread near {}.",
    "Shells fell in the western countryside of {}.",
    "They set up a 10 km buffer zone around {}.",
    "They fought in southern {}.",
]
PAIRS = ["Villages between {} and {} burned.", "The {}-{} road was cut.", "They walked from {} to {}."]

names = st.sampled_from([*TOWNS, *AREAS])
two_towns = st.tuples(st.sampled_from(TOWNS), st.sampled_from(TOWNS))
sentences = st.one_of(
    st.builds(str.format, st.sampled_from(FRAMES), names),
    st.builds(lambda frame, two: frame.format(*two), st.sampled_from(PAIRS), two_towns),
    st.sampled_from(
        [
            "Shells hit the M4 near Ariha in Syria.",
            "A convoy crossed the Syrian-Turkish border.",
            "They held the east bank of the Euphrates in Syria.",
            "A tanker was hit off the coast of Yemen.",
        ]
    ),
)
texts = st.lists(sentences, min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three packs of made-up villages, two of them about Syria."""
    folder = tmp_path_factory.mktemp("properties")
    store, world = PackStore(folder / "packs"), open_gazetteer([])
    for code, table in VILLAGES.items():
        source = folder / f"{code}.csv"
        source.write_text(table, encoding="utf-8")
        entries, credit = read_source(source, TableFormat(code, COUNTRY_OF[code]))
        store.add(entries, code, credit, world)
    return [store.path(code) for code in VILLAGES]


@pytest.fixture(scope="module", params=["without packs", "with packs"])
def gazetteer_at_hand(request: pytest.FixtureRequest, packs: list[Path]) -> Gazetteer:
    return open_gazetteer(packs if request.param == "with packs" else [])


def candidates_of(text: str, more: Sequence[str] = ()) -> list[ToponymCandidate]:
    found = {
        ToponymCandidate(Span(*match.span()), "GPE")
        for name in [*TOWNS, *(area.removesuffix(" province") for area in AREAS), *more]
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    }
    return sorted(found, key=lambda candidate: candidate.span)


def read(text: str, gazetteer: Gazetteer, more: Sequence[str] = ()) -> list[PlaceMention]:
    return read_places(text, candidates_of(text, more), gazetteer)


def drawn(geometry: Geometry) -> BaseGeometry:
    rings = [list(ring) for ring in geometry.rings]
    if geometry.type == "Point":
        return shapely.Point(rings[0][0])
    if geometry.type in ("LineString", "MultiLineString"):
        return shapely.MultiLineString(rings)
    if geometry.type == "Polygon":
        return shapely.Polygon(rings[0], rings[1:])
    assert geometry.type == "MultiPolygon"
    return shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])


def places_in(mentions: Sequence[PlaceMention]) -> list[Place]:
    return [place for mention in mentions for place in (mention.link.place, mention.named) if place is not None]


@FORTY
@given(town=st.sampled_from(TOWNS), area=st.sampled_from(list(AREAS)), joint=st.sampled_from([" in {}", " ({})"]))
def test_no_resolution_lies_outside_the_stated_container(
    gazetteer_at_hand: Gazetteer, town: str, area: str, joint: str
) -> None:
    assume(town not in area)
    text = f"Shells fell in {town}{joint.format(area)} yesterday."
    links = {m.core.of(text): m.link for m in read(text, gazetteer_at_hand)}
    link, outer = links[town], links[area.removesuffix(" province")].place
    if link.place is None:
        assert link.status is LinkStatus.UNKNOWN
        return
    if AREAS[area] not in link.place.admin:  # a village at the boundary, which is drawn coarsely
        assert outer is not None and outer.geometry is not None
        assert drawn(outer.geometry).dwithin(shapely.Point(link.place.lon, link.place.lat), BOUNDARY_DEGREES)
    if link.place.id.startswith("within:"):
        assert link.confidence < 0.5


@FORTY
@given(text=texts, lead=st.text(max_size=30).filter(lambda lead: not any(c.isupper() or c.istitle() for c in lead)))
def test_text_before_moves_the_spans_and_changes_nothing_else(
    gazetteer_at_hand: Gazetteer, text: str, lead: str
) -> None:
    lead += ".\n\n"
    here = read(text, gazetteer_at_hand)
    shifted = [ToponymCandidate(c.span.shift(len(lead)), c.label) for c in candidates_of(text)]
    there = read_places(lead + text, shifted, gazetteer_at_hand)
    assert [(m.span.shift(len(lead)), m.core.shift(len(lead)), m.link, m.relation_hint, m.named) for m in here] == [
        (m.span, m.core, m.link, m.relation_hint, m.named) for m in there
    ]


@FORTY
@given(text=texts, rng=st.randoms(use_true_random=False))
def test_order_and_repetition_of_candidates_do_not_matter(
    gazetteer_at_hand: Gazetteer, text: str, rng: random.Random
) -> None:
    candidates = candidates_of(text)
    shuffled = [*candidates, *candidates[:2]]
    rng.shuffle(shuffled)
    assert read_places(text, candidates, gazetteer_at_hand) == read_places(text, shuffled, gazetteer_at_hand)


@FORTY
@given(text=texts)
def test_order_of_packs_does_not_matter(packs: list[Path], text: str) -> None:
    first, *others = [Gazetteers.of(order) for order in itertools.permutations(packs)]
    expected = read(text, first)
    assert all(read(text, other) == expected for other in others)


class Gazetteers:
    """Gazetteers of packs in the order given (``open_gazetteer`` sorts them), kept open until the end."""

    known: dict[tuple[Path, ...], Gazetteer] = {}  # noqa: RUF012

    @classmethod
    def of(cls, order: Sequence[Path]) -> Gazetteer:
        return cls.known.setdefault(tuple(order), Gazetteer([built_path(), *order]))


@FORTY
@given(
    text=texts,
    more=st.sampled_from(["It rained all day.", "Nobody was there to see it.", "The talks went on, they said."]),
)
def test_sentence_without_names_changes_nothing(gazetteer_at_hand: Gazetteer, text: str, more: str) -> None:
    assert read(f"{text} {more}", gazetteer_at_hand) == read(text, gazetteer_at_hand)


syllables = st.sampled_from(["qwo", "zzy", "xor", "vlu", "gwi", "pfe", "jxa", "kro"])
made_up = st.lists(syllables, min_size=3, max_size=4).map(lambda parts: "".join(parts).capitalize())


@FORTY
@given(
    name=made_up,
    frame=st.sampled_from(FRAMES),
    text=st.sampled_from(["Shells hit Idlib in Syria today.", "The Syrian army met rebels near Tripoli in Lebanon."]),
)
def test_unknown_name_gets_no_coordinate_where_no_container_is_stated(
    gazetteer_at_hand: Gazetteer, name: str, frame: str, text: str
) -> None:
    assume(not search_places(name, gazetteer_at_hand, ["SY", "LB"]))
    whole = f"{text}\n\n{frame.format(name)}"
    for mention in read(whole, gazetteer_at_hand, [name]):
        if name in mention.core.of(whole):
            assert (mention.link.status, mention.link.place, mention.link.confidence) == (LinkStatus.UNKNOWN, None, 0.0)
            assert mention.link.reasons


@FORTY
@given(text=texts)
def test_geometry_is_valid_and_on_earth_and_has_a_radius(gazetteer_at_hand: Gazetteer, text: str) -> None:
    for place in places_in(read(text, gazetteer_at_hand)):
        assert place.geometry is not None
        shape = drawn(place.geometry)
        assert not shape.is_empty
        assert shape.is_valid, shapely.is_valid_reason(shape)
        west, south, east, north = shape.bounds
        assert west >= -180 and east <= 180 and south >= -90 and north <= 90
        assert 0 < place.radius_km < math.inf
        assert -90 <= place.lat <= 90 and -180 <= place.lon <= 180


@FORTY
@given(text=texts)
def test_confidence_is_a_share_and_tells_the_status(gazetteer_at_hand: Gazetteer, text: str) -> None:
    for mention in read(text, gazetteer_at_hand):
        link = mention.link
        assert 0 <= link.confidence <= 0.98
        assert (link.place is None) == (link.status is LinkStatus.UNKNOWN)
        assert (link.confidence == 0) == (link.place is None)
        assert all(0 <= share <= 1 for _, _, share in link.candidates)
        assert mention.span.contains(mention.core)

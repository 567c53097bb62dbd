"""Computed places: the scorer on cases worked by hand, and the data that it reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from benchmarks.framework import default_path
from benchmarks.tasks.computed_places import TASK, Item, Verdict, judge, pick, read_items, score_item
from reportedly.model import Geometry, LinkStatus, Place, PlaceKind, PlaceLink, Span
from reportedly.places import PlaceMention

# On the equator a tenth of a degree is 11.1 km.
ITEM = Item(
    id="near-1",
    split="dev",
    pattern="near",
    country="XX",
    text="Shells fell near Ayn in the south of Zed.",
    phrase="near Ayn",
    name="Ayn",
    inside=((0.0, 0.05),),
    outside=((0.0, 0.5), (0.5, 0.0)),
    max_radius_km=30,
    tolerance_km=6,
)
SQUARE = Geometry("Polygon", (((-0.1, -0.1), (0.1, -0.1), (0.1, 0.1), (-0.1, 0.1), (-0.1, -0.1)),))
LINE = Geometry("LineString", (((-0.1, 0.04), (0.1, 0.04)),))  # 4.4 km north of the inside point


def a_place(geometry: Geometry | None, radius_km: float = 15.0) -> Place:
    return Place("x", "Ayn", PlaceKind.RELATIVE, 0.0, 0.0, radius_km, geometry)


def a_mention(phrase: str, name: str, place: Place | None = None) -> PlaceMention:
    start, core = ITEM.text.index(phrase), ITEM.text.index(name)
    link = PlaceLink(LinkStatus.RESOLVED if place else LinkStatus.UNKNOWN, name, place)
    return PlaceMention(Span(start, start + len(phrase)), Span(core, core + len(name)), link)


def test_an_area_with_the_inside_points_and_none_of_the_outside_points_is_right() -> None:
    assert judge(ITEM, a_place(SQUARE)) == Verdict(answered=True, inside=True, outside=True, radius=True)
    assert judge(ITEM, a_place(SQUARE)).right


def test_inside_points_may_lie_off_an_area_by_the_tolerance_and_outside_points_may_not() -> None:
    five_km_off = replace(ITEM, inside=((0.0, 0.145),))
    assert judge(five_km_off, a_place(SQUARE)).inside
    assert not judge(replace(five_km_off, tolerance_km=4), a_place(SQUARE)).inside
    assert judge(replace(ITEM, outside=((0.0, 0.101),)), a_place(SQUARE)).outside
    assert not judge(replace(ITEM, outside=((0.0, 0.099), (5.0, 5.0))), a_place(SQUARE)).outside


def test_a_line_is_a_band_of_the_tolerance_on_both_sides() -> None:
    assert judge(ITEM, a_place(LINE)).right
    assert not judge(replace(ITEM, tolerance_km=4), a_place(LINE)).inside
    assert not judge(replace(ITEM, outside=((0.08, 0.0),)), a_place(LINE)).outside  # 4.4 km north of the line
    assert judge(replace(ITEM, outside=((0.1, 0.0),)), a_place(LINE)).outside  # 6.7 km


def test_a_point_and_a_place_without_a_geometry_are_discs_of_their_radius() -> None:
    point = Geometry("Point", (((0.0, 0.0),),))
    far = replace(ITEM, outside=((0.0, 0.14),))  # 15.6 km
    for geometry in (point, None):
        assert judge(far, a_place(geometry, 15.0)).right
        assert not judge(far, a_place(geometry, 16.0)).outside


def test_a_hole_is_not_in_an_area() -> None:
    hole = ((-0.02, -0.02), (0.02, -0.02), (0.02, 0.02), (-0.02, 0.02), (-0.02, -0.02))
    place = a_place(Geometry("Polygon", (*SQUARE.rings, hole)))
    town = replace(ITEM, outside=((0.0, 0.0), (0.0, 0.5)))
    assert judge(town, place).right
    assert not judge(town, a_place(SQUARE)).outside


def test_a_place_that_is_too_large_or_missing_is_not_right() -> None:
    assert judge(ITEM, a_place(SQUARE, 31.0)) == Verdict(answered=True, inside=True, outside=True, radius=False)
    assert judge(ITEM, None) == Verdict()
    metrics = TASK.metrics([score_item(ITEM, a_mention("near Ayn", "Ayn", a_place(SQUARE))), score_item(ITEM, None)])
    assert (metrics["right"], metrics["answered"], metrics["inside_ok"]) == (0.5, 0.5, 1.0)
    assert metrics["right_near"] == 0.5


def test_the_mention_with_the_name_and_most_of_the_phrase_is_scored() -> None:
    whole, name, other = a_mention("near Ayn", "Ayn"), a_mention("Ayn", "Ayn"), a_mention("south of Zed", "Zed")
    assert pick(ITEM, [other, name, whole]) is whole
    assert pick(ITEM, [other]) is None
    wide = a_mention("near Ayn in the south of Zed", "Zed")
    assert pick(ITEM, [wide]) is wide
    assert pick(ITEM, [wide, name]) is name


def test_every_item_of_the_data_is_well_formed() -> None:
    items = read_items(default_path(TASK.default_data))
    assert len({item.id for item in items}) == len(items) == 120
    for item in items:
        assert item.text.count(item.phrase) == 1, item.id
        assert item.name in item.phrase, item.id
        assert 1 <= len(item.inside) <= 4 and 2 <= len(item.outside) <= 4, item.id
        assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in (*item.inside, *item.outside)), item.id
        assert 0 < item.tolerance_km <= 15 and item.tolerance_km < item.max_radius_km, item.id


def test_the_splits_are_even_in_every_pattern() -> None:
    items = read_items(default_path(TASK.default_data))
    assert Counter(item.split for item in items) == {"dev": 60, "test": 60}
    dealt = Counter((item.pattern, item.split) for item in items)
    assert all(dealt[pattern, "dev"] == dealt[pattern, "test"] for pattern, _ in dealt)

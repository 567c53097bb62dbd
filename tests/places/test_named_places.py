from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import shapely
import yaml
from shapely.geometry import Point
from shapely.ops import nearest_points

from reportedly import DataError
from reportedly.model import PlaceKind
from reportedly.places import Gazetteer, fold, geometry
from reportedly.places.named import STEM_WORDS, Region, load_folder, load_regions
from reportedly.places.regions import LOCAL, find_regions, region_candidate, region_shape

WATERS = frozenset(["SEA", "OCN", "GULF", "STRT", "BAY"])
# The outline of its country in the gazetteer leaves it out, as it is drawn as a country of its own there.
NOT_IN_OUTLINE = frozenset(["region:somaliland"])
LONGEST_GAP_KM = 250
LONGEST_WAY = 2.2  # times the distance between the ends
# Namesakes that lie in the same country: reports mean now this one, now that, and the rest of the text decides.
NAMESAKES = {
    "nayrab": {"region:nayrab-aleppo", "region:nayrab-idlib"},
    "alnayrab": {"region:nayrab-aleppo", "region:nayrab-idlib"},
    "neirab": {"region:nayrab-aleppo", "region:nayrab-idlib"},
    "nairab": {"region:nayrab-aleppo", "region:nayrab-idlib"},
}
GOOD: dict[str, Any] = {
    "id": "upland",
    "names": ["Upland", "The Upland"],
    "countries": ["SY"],
    "feature": "RGN",
    "made": {"circle": {"at": [35.5, 36.5], "radius_km": 10}},
}

REGIONS = load_regions()


def distance_km(shape: shapely.Geometry, lat: float, lon: float) -> float:
    point = Point(lon, lat)
    nearest = nearest_points(shape, point)[0]
    return 0.0 if shape.contains(point) else geometry.distance_km(lat, lon, nearest.y, nearest.x)


def waypoints_of(region: Region) -> list[Any]:
    return region.argument["of"] if region.method in ("hull", "line", "route") else []


def divisions_of(region: Region) -> list[str]:
    if region.method == "part":
        return [region.argument["of"]]
    return region.argument if region.method == "union" else []


def outlines_of(region: Region, gazetteer: Gazetteer) -> list[shapely.Geometry]:
    countries = [gazetteer.country(code) for code in region.countries]
    outlines = [gazetteer.outline(country.id) for country in countries if country is not None]
    assert len(outlines) == len(region.countries), region.id
    return [outline for outline in outlines if outline is not None]


def folder_of(tmp_path: Path, *entries: object, name: str = "upland.yaml") -> Path:
    (tmp_path / name).write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return tmp_path


def test_every_entry_makes_a_valid_shape_that_is_not_empty(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        shape = region_shape(region.id, gazetteer)
        assert not shape.is_empty, region.id
        assert shape.is_valid, region.id
        assert region.made
        assert (region.kind is PlaceKind.ROUTE) == (shape.area == 0), region.id


def test_middle_of_every_entry_lies_in_or_near_one_of_its_countries(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        outlines = outlines_of(region, gazetteer)
        if outlines and region.feature not in WATERS and region.id not in NOT_IN_OUTLINE:
            place = region_candidate(region.id, gazetteer)
            assert min(distance_km(outline, place.lat, place.lon) for outline in outlines) <= 60, region.id


def test_middle_of_every_crossing_between_two_countries_lies_at_their_border(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        outlines = outlines_of(region, gazetteer)
        if region.feature != "CRSG" or len(outlines) < 2 or region.id == "region:al-tanf":
            continue  # the garrison of al-Tanf, known by the name of its crossing, stands 20 km before it
        place = region_candidate(region.id, gazetteer)
        farthest = max(distance_km(outline, place.lat, place.lon) for outline in outlines)
        assert farthest <= region.argument["radius_km"] + 8, region.id  # the outlines of countries are coarse


def test_name_of_every_waypoint_is_a_name_of_the_place_with_its_id(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        for item in waypoints_of(region):
            if isinstance(item, str):
                place_id, _, name = item.partition("/")
                place = gazetteer.by_id(place_id)
                assert place is not None, (region.id, item)
                assert place_id in {found.id for found in gazetteer.lookup(name)}, (region.id, item)
                assert place.country in region.countries, (region.id, item)


def test_name_of_every_division_is_the_name_of_the_division_with_its_id(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        for item in divisions_of(region):
            place_id, _, name = item.partition("/")
            place = gazetteer.by_id(place_id)
            assert place is not None, (region.id, item)
            assert fold.fold_name(place.name) == fold.fold_name(name), (region.id, item)
            assert place.country in region.countries, (region.id, item)


def test_no_road_jumps_far_or_doubles_back(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        if region.kind is not PlaceKind.ROUTE:
            continue
        points = [(y, x) for x, y in shapely.get_coordinates(region_shape(region.id, gazetteer))]
        steps = [geometry.distance_km(*a, *b) for a, b in itertools.pairwise(points)]
        assert max(steps) <= LONGEST_GAP_KM, region.id
        assert min(steps) > 0.5, region.id
        assert sum(steps) <= LONGEST_WAY * geometry.distance_km(*points[0], *points[-1]), region.id
        for number, (step, following) in enumerate(itertools.pairwise(steps)):
            straight = geometry.distance_km(*points[number], *points[number + 2])
            assert step + following <= LONGEST_WAY * straight, (region.id, points[number + 1])
        assert region.margin_km > 0, region.id


def test_no_two_entries_of_a_country_have_a_name_in_common_but_for_the_known_namesakes() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for region in REGIONS:
        for name, country in itertools.product(region.names, region.countries or ("",)):
            owners[fold.fold_name(name), country].add(region.id)
    shared = {key: ids for (key, _), ids in owners.items() if len(ids) > 1}
    assert shared == NAMESAKES


def test_no_name_is_listed_twice_in_an_entry() -> None:
    for region in REGIONS:
        keys = [fold.fold_name(name) for name in region.names]
        assert all(keys), region.id
        assert len(set(keys)) == len(keys), region.id


def test_every_spot_is_small(gazetteer: Gazetteer) -> None:
    for region in REGIONS:
        if region.feature in LOCAL:
            place = region_candidate(region.id, gazetteer)
            assert geometry.reach_km(region_shape(region.id, gazetteer), place.lat, place.lon) <= 12, region.id
            assert region.method != "circle" or 1 <= region.argument["radius_km"] <= 6, region.id


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("Golan Heights", ["IL/Katzrin"], ["SY/Quneitra", "IL/Tiberias", "SY/Khan Arnabah"]),
        (
            "Idlib de-escalation zone",
            ["SY/Saraqib", "SY/Khan Shaykhun", "SY/Ariha", "SY/Darkush"],
            ["SY/Nubl", "SY/Hama"],
        ),
        ("Euphrates Shield area", ["SY/Al Bab", "SY/Mari", "SY/Jarabulus"], ["SY/Manbij", "SY/Tall Rifat", "SY/Afrin"]),
        ("Peace Spring area", ["SY/Suluk", "SY/Ras al Ayn", "SY/Tall Abyad"], ["SY/Ayn Isa", "SY/Tall Tamr"]),
        ("AANES", ["SY/Al Qamishli", "SY/Raqqa", "SY/Ayn al Arab"], ["SY/Manbij", "SY/Deir ez-Zor", "SY/Al Mayadin"]),
        ("Afrin region", ["SY/Jindayris", "SY/Bulbul"], ["SY/Azaz"]),
        ("Donetsk People's Republic", ["UA/Donetsk", "UA/Horlivka"], ["UA/Mariupol", "UA/Kramatorsk", "UA/Bakhmut"]),
        ("Luhansk People's Republic", ["UA/Luhansk", "UA/Antratsyt"], ["UA/Sievierodonetsk", "UA/Lysychansk"]),
        ("West Kordofan", ["SD/Al Fulah", "SD/An Nuhud", "SD/Babanusah"], ["SD/Kadugli", "SD/El Obeid", "SD/Abyei"]),
        ("Abyei Area", ["SD/Abyei"], ["SD/Al Mijlad"]),
        ("Nagorno-Karabakh", ["AZ/Khankendi", "AZ/Shusha"], ["AZ/Ganja", "AM/Goris"]),
        ("South Ossetia", ["GE/Tskhinvali"], ["GE/Gori"]),
        ("North Gaza", ["PS/Bayt Hanun", "PS/Bayt Lahya"], ["PS/Deir al Balah"]),
        ("Khan Younis Governorate", ["PS/Khan Yunis", "PS/Abasan al Kabirah"], ["PS/Rafah", "PS/An Nusayrat"]),
        ("Northern Cyprus", ["CY/Kyrenia", "CY/Famagusta"], ["CY/Larnaca", "CY/Limassol"]),
        ("Yarmouk Basin", ["SY/Tasil"], ["SY/Daraa"]),
        ("East Jerusalem", [], ["PS/Ramallah", "PS/Bethlehem", "IL/Tel Aviv"]),
    ],
)
def test_outlines_drawn_by_hand_take_in_the_towns_that_they_should(
    gazetteer: Gazetteer, name: str, inside: list[str], outside: list[str]
) -> None:
    (place,) = find_regions(name, gazetteer)
    shape = region_shape(place.id, gazetteer)
    for town, expected in [(town, True) for town in inside] + [(town, False) for town in outside]:
        country, _, bare = town.partition("/")
        found = [p for p in gazetteer.lookup(bare) if p.country == country and p.kind is PlaceKind.TOWN]
        assert found, town
        best = max(found, key=lambda p: p.population)
        assert shape.contains(Point(best.lon, best.lat)) == expected, (town, best.lat, best.lon)


def test_what_is_known_by_its_generic_word_only_leaves_the_bare_name_to_the_town(gazetteer: Gazetteer) -> None:
    (base,) = find_regions("Taftanaz airbase", gazetteer)
    assert base.feature == "AIRB"
    assert find_regions("Taftanaz military airport", gazetteer) == [base]
    assert find_regions("Taftanaz", gazetteer) == []


def test_disputed_areas_are_marked_and_known_by_the_names_of_both_sides(gazetteer: Gazetteer) -> None:
    for name, other in [
        ("Temple Mount", "Haram al-Sharif"),
        ("Nagorno-Karabakh", "Artsakh"),
        ("Occupied Golan", "Golan Heights"),
        ("Donetsk People's Republic", "DNR"),
    ]:
        (place,) = find_regions(name, gazetteer)
        assert find_regions(other, gazetteer) == [place]
        assert place.disputed


def test_stems_are_joined_with_the_generic_words_of_their_feature(tmp_path: Path) -> None:
    entry = {key: value for key, value in GOOD.items() if key != "names"}
    (region,) = load_folder(folder_of(tmp_path, entry | {"feature": "CRSG", "stems": ["Upland"]}))
    assert region.names == tuple(f"Upland {word}" for word in STEM_WORDS["CRSG"])


def test_spellings_that_fold_to_the_same_key_are_kept_once_the_first_of_them(tmp_path: Path) -> None:
    (region,) = load_folder(folder_of(tmp_path, GOOD | {"names": ["Up-Land", "upland", "The Upland", "Hill"]}))
    assert region.names == ("Up-Land", "Hill")


def test_files_of_a_folder_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder_of(tmp_path, GOOD | {"id": "second"}, name="b.yaml")
    folder_of(tmp_path, GOOD | {"id": "first"}, name="a.yaml")
    (tmp_path / "notes.txt").write_text("not read")
    assert [region.id for region in load_folder(tmp_path)] == ["region:first", "region:second"]


def test_an_id_that_is_there_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    folder_of(tmp_path, GOOD, name="a.yaml")
    folder_of(tmp_path, GOOD, name="b.yaml")
    with pytest.raises(DataError, match=r"b\.yaml: upland: .* a\.yaml"):
        load_folder(tmp_path)


@pytest.mark.parametrize("field", ["names", "countries", "feature", "made"])
def test_an_entry_that_lacks_a_field_is_refused(tmp_path: Path, field: str) -> None:
    entry = {key: value for key, value in GOOD.items() if key != field}
    with pytest.raises(DataError, match=rf"upland\.yaml: upland: missing: .*{field}"):
        load_folder(folder_of(tmp_path, entry))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"made": {"ellipse": {}}}, "unknown way of making the geometry: ellipse"),
        ({"made": {}}, "exactly one way"),
        ({"made": GOOD["made"] | {"nations": ["SY"]}}, "exactly one way"),
        ({"made": {"circle": {"at": [35.5, 36.5]}}}, "needed: at, radius_km"),
        ({"made": {"circle": {"at": [35.5, 36.5], "radius_km": 0}}}, "above 0"),
        ({"made": {"circle": {"at": [35.512, 36.5], "radius_km": 3}}}, "finer than 0.01"),
        ({"made": {"circle": {"at": [36.5, 195.5], "radius_km": 3}}}, "not on the globe"),
        ({"made": {"circle": {"at": "Aleppo", "radius_km": 3}}}, r"not a \[lat, lon\]"),
        ({"made": {"ring": [[35.5, 36.5], [35.6, 36.5]]}}, "at least 3 corners"),
        ({"made": {"line": {"of": [[35.5, 36.5]], "margin_km": 3}}}, "at least 2 waypoints"),
        ({"made": {"line": {"of": [[35.5, 36.5], "Aleppo"], "margin_km": 3}}}, "not a waypoint: Aleppo"),
        ({"made": {"hull": {"of": [[35.5, 36.5], [35.6, 36.5]], "margin_km": "wide"}}}, "margin_km is a number"),
        ({"made": {"part": {"of": "admin1:SY.12/Idlib", "side": "left"}}}, "unknown side: left"),
        ({"made": {"union": []}}, "list of names or codes"),
        ({"made": {"route": {"of": [[35.5, 36.5], [35.6, 36.5]], "margin_km": 3}}}, "feature RD"),
        ({"feature": "RD"}, "feature RD"),
        ({"countries": ["SY", False]}, "list of codes"),
        ({"names": "Upland"}, "missing: names or stems"),
        ({"stems": ["Upland"]}, "no generic words"),
        ({"colour": "green"}, "unknown: colour"),
    ],
)
def test_a_contradictory_entry_is_refused_with_its_file_and_id(
    tmp_path: Path, change: dict[str, Any], problem: str
) -> None:
    with pytest.raises(DataError, match=rf"^upland\.yaml: upland: .*{problem}"):
        load_folder(folder_of(tmp_path, GOOD | change))


@pytest.mark.parametrize("content", ["- id: [", "just text", "a: mapping"])
def test_a_file_that_is_no_list_of_entries_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "upland.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"^upland\.yaml: "):
        load_folder(tmp_path)


def test_an_entry_without_an_id_is_refused_by_its_number(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"upland\.yaml: entry 2: missing: id"):
        load_folder(folder_of(tmp_path, GOOD, {key: value for key, value in GOOD.items() if key != "id"}))


def test_a_road_gets_the_id_and_the_kind_of_a_route(tmp_path: Path) -> None:
    made = {"route": {"of": [[35.5, 36.5], [35.6, 36.5]], "margin_km": 3}}
    (region,) = load_folder(folder_of(tmp_path, GOOD | {"feature": "RD", "made": made}))
    assert (region.id, region.kind, region.margin_km) == ("route:upland", PlaceKind.ROUTE, 3.0)

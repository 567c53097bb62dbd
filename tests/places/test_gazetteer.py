from __future__ import annotations

from pathlib import Path

import pytest

from reportedly import EnvironmentProblem
from reportedly.model import PlaceKind
from reportedly.places import Gazetteer, geometry, open_gazetteer
from reportedly.places.regions import LOCAL, find_regions, load_regions, region_shape


def test_lookup_finds_governorate_and_city_of_one_name(gazetteer: Gazetteer) -> None:
    kinds = {place.kind for place in gazetteer.lookup("Idlib") if place.country == "SY"}
    assert kinds == {PlaceKind.ADMIN1, PlaceKind.TOWN}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Syria", "country:SYR"),
        ("U.S.", "country:USA"),
        ("UK", "country:GBR"),
        ("Côte d'Ivoire", "country:CIV"),
        ("Ivory Coast", "country:CIV"),
        ("Palestine", "country:PSE"),
        ("سوريا", "country:SYR"),
        ("Türkiye", "country:TUR"),
    ],
)
def test_countries_have_the_names_that_reports_use(gazetteer: Gazetteer, name: str, expected: str) -> None:
    assert gazetteer.lookup(name)[0].id == expected


@pytest.mark.parametrize(
    "name", ["Saraqib", "Saraqeb", "Ariha", "Maarat al-Numan", "Jisr al-Shughour", "Al-Bab", "Manbij"]
)
def test_syrian_towns_are_found_in_several_spellings(gazetteer: Gazetteer, name: str) -> None:
    assert "SY" in {place.country for place in gazetteer.lookup(name)}


def test_nothing_is_called_by_an_invented_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwzxvburg-on-Nothing") == []


def test_empty_name_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup(" - ") == []


def test_candidates_can_be_fetched_by_their_id(gazetteer: Gazetteer) -> None:
    for place in gazetteer.lookup("Aleppo")[:3]:
        found = gazetteer.by_id(place.id)
        assert found is not None
        assert (found.name, found.lat, found.lon) == (place.name, place.lat, place.lon)


def test_town_of_a_division_lies_in_or_near_its_outline(gazetteer: Gazetteer) -> None:
    town = next(place for place in gazetteer.lookup("Saraqib") if place.country == "SY")
    outline = gazetteer.outline(town.division)
    assert outline is not None
    assert geometry.widen_km(outline, 5).contains(geometry.circle_km(town.lat, town.lon, 0.1))


def test_crimea_is_counted_to_ukraine_as_in_iso_3166(gazetteer: Gazetteer) -> None:
    assert {p.country for p in gazetteer.lookup("Crimea") if p.kind is PlaceKind.ADMIN1} == {"UA"}


def test_russia_is_not_torn_around_the_globe(gazetteer: Gazetteer) -> None:
    russia = gazetteer.country("RU")
    assert russia is not None
    assert 80 < russia.lon < 110


@pytest.mark.parametrize("region", load_regions(), ids=lambda region: region.id)
def test_every_region_and_route_of_the_data_files_can_be_made(gazetteer: Gazetteer, region: object) -> None:
    shape = region_shape(region.id, gazetteer)  # type: ignore[attr-defined]
    assert not shape.is_empty
    assert shape.is_valid


def test_route_runs_through_its_waypoints_in_order(gazetteer: Gazetteer) -> None:
    (route,) = find_regions("M4 highway", gazetteer)
    line = region_shape(route.id, gazetteer)
    ariha = next(p for p in gazetteer.lookup("Ariha") if p.country == "SY")
    manbij = next(p for p in gazetteer.lookup("Manbij") if p.country == "SY")
    assert line.distance(geometry.circle_km(ariha.lat, ariha.lon, 1)) == 0
    from shapely.geometry import Point

    assert line.project(Point(ariha.lon, ariha.lat)) < line.project(Point(manbij.lon, manbij.lat))


def test_two_regions_of_the_same_countries_have_no_name_in_common() -> None:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for region in load_regions():
        if region.feature in LOCAL:
            continue  # villages and camps may be namesakes, as towns are
        for name in {name.lower() for name in region.names}:
            assert (name, region.countries) not in seen, name
            seen.add((name, region.countries))


def test_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="build_tools"):
        open_gazetteer((tmp_path / "nowhere.sqlite",))

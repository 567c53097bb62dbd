"""Names that are spelt otherwise than the gazetteer has them, in a made-up country."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.places import Gazetteer
from reportedly.places.index import IndexWriter, Row
from reportedly.places.search import search_places, similar_places

TOWNS = {
    1: ["Kafr Zamrin", "Zimrin", "زمرين"],
    2: ["Karvana", "Qarvana"],
    3: ["Deir Moharram"],
    4: ["Dayr Mahrum"],
    5: ["Tell Halfaya"],
    6: ["Tal Halfawi"],
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("search") / "world.sqlite"
    writer = IndexWriter(path, {}, skeletons=True)
    writer.add(Row(n, None, "town", names, "XA", 10.0, 10.0 + n, 100 * n, "PPL") for n, names in TOWNS.items())
    writer.add([Row(9, None, "town", ["Karvana"], "XB", 40.0, 40.0, 90_000, "PPL")])
    writer.close()
    return Gazetteer([path])


@pytest.mark.parametrize(
    ("written", "expected", "match"),
    [
        ("KARVANA", 2, "exact"),
        ("Qarvana", 2, "other name"),
        ("زمرين", 1, "other name"),
        ("Zimreen", 1, "romanised"),
        ("Deir Muharam", 3, "romanised"),
        ("Dair Mahrem", 4, "consonants"),
        ("Kafr Zamrin/Zomrin", 1, "part"),
        ("Nowhere (Karvana)", 2, "part"),
        ("East Karvana", 2, "part"),
        ("Karvana suburb", 2, "part"),
        ("Karvanna Qal", 2, "similar"),
    ],
)
def test_place_is_found_by_the_best_tier_that_knows_it(
    made_up: Gazetteer, written: str, expected: int, match: str
) -> None:
    found = next(place for place in search_places(written, made_up, ["XA"]) if place.id == f"geonames:{expected}")
    assert found.match == match


def test_whole_name_comes_before_one_that_is_only_written_alike(made_up: Gazetteer) -> None:
    found = search_places("Tell Halfaya", made_up, ["XA"])
    assert found[0].id == "geonames:5"
    assert [place.fit for place in found] == sorted((place.fit for place in found), reverse=True)


def test_without_countries_all_are_searched_and_the_larger_comes_first(made_up: Gazetteer) -> None:
    assert [place.country for place in search_places("Karvana", made_up)][:2] == ["XB", "XA"]


def test_unknown_names_and_countries_find_nothing(made_up: Gazetteer) -> None:
    assert search_places("Qwzxvburg", made_up, ["XA"]) == []
    assert search_places("Karvana", made_up, ["XC"]) == []
    assert search_places(" - ", made_up, ["XA"]) == []
    assert list(similar_places("abc", made_up, ["XA"])) == []


NAMES = [name for names in TOWNS.values() for name in names]


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(NAMES),
        st.tuples(st.sampled_from(NAMES), st.sampled_from([" ", "/", " (", "-"]), st.sampled_from(NAMES)).map("".join),
    ),
    st.lists(st.sampled_from(["XA", "XB", "XC"]), min_size=1, unique=True),
    st.integers(1, 8),
)
def test_results_lie_in_the_countries_asked_for_once_each_best_first(
    made_up: Gazetteer, name: str, countries: list[str], enough: int
) -> None:
    found = search_places(name, made_up, countries, enough=enough)
    assert {place.country for place in found} <= set(countries)
    assert len({place.id for place in found}) == len(found)
    assert [place.fit for place in found] == sorted((place.fit for place in found), reverse=True)
    assert all(0 < place.fit <= 1 for place in found)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(NAMES), st.integers(0, 20), st.sampled_from("aeiou"))
def test_name_with_one_wrong_vowel_still_finds_its_town(made_up: Gazetteer, name: str, at: int, vowel: str) -> None:
    position = at % len(name)
    if name[position] in "aeiou" and position:
        wrong = name[:position] + vowel + name[position + 1 :]
        expected = next(f"geonames:{n}" for n, names in TOWNS.items() if name in names)
        assert expected in [place.id for place in search_places(wrong, made_up, ["XA"])]

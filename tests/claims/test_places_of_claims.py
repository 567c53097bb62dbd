"""Which place belongs to which act, and is it where the act happens, or where it comes from?"""

from __future__ import annotations

import pytest

import reportedly
from reportedly.model import Category, Claim, PlaceKind, Where

SYRIA = " Syrian state media reported it on Monday."


def claims(text: str) -> list[Claim]:
    return list(reportedly.read(text).claims)


def where(text: str, category: Category) -> list[Where]:
    (claim,) = [claim for claim in claims(text) if claim.act.category is category]
    return list(claim.places)


def told(places: list[Where]) -> list[tuple[str, str]]:
    return [(place.relation, place.text) for place in places]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Ariha from Saraqib on Monday, officials said." + SYRIA,
        "Syrian troops fired rockets at Ariha from Saraqib.",
        "Rebel fighters shelled Ariha from positions in Saraqib on Monday.",
    ],
)
def test_target_is_the_place_and_the_gun_line_is_where_it_comes_from(text: str) -> None:
    assert told(where(text, Category.ASSAULT)) == [("at", "Ariha"), ("from", "Saraqib")]


def test_convoy_on_a_road_near_a_town_was_hit_on_that_stretch() -> None:
    text = "A convoy on the M4 near Ariha in Syria was hit by a drone."
    stretch = where(text, Category.ASSAULT)[0]
    assert stretch.text == "M4 near Ariha"
    assert stretch.link.place is not None
    assert stretch.link.place.kind is PlaceKind.ROUTE
    assert stretch.link.place.id == "route:syria-m4@near:geonames:172994"


def test_attack_on_a_convoy_has_the_stretch_of_the_road_as_its_only_place() -> None:
    text = "Gunmen attacked a convoy on the M4 near Ariha in Syria."
    assert told(where(text, Category.ASSAULT)) == [("at", "M4 near Ariha")]


def test_accusation_has_no_place_and_the_strike_that_it_is_about_has() -> None:
    text = "Kyiv accused Moscow of striking a hospital in Kharkiv."
    assert where(text, Category.ACCUSE) == []
    assert told(where(text, Category.ASSAULT)) == [("at", "Kharkiv")]


def test_place_where_an_accusation_is_made_is_not_that_of_the_act() -> None:
    text = "Officials in Damascus said rebels shelled Hama."
    assert told(where(text, Category.ASSAULT)) == [("at", "Hama")]


def test_agreement_on_a_corridor_has_the_corridor() -> None:
    text = "The sides agreed on a six-kilometre security corridor on either side of the M4. Syrian troops left Saraqib."
    (corridor,) = where(text, Category.AGREE)
    assert corridor.text == "a six-kilometre security corridor on either side of the M4"
    assert corridor.link.place is not None
    assert (corridor.link.place.kind, corridor.link.place.id) == (PlaceKind.ZONE, "zone-6km:route:syria-m4")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled Ariha on Monday and arrested two men in Saraqib, Syria.", ["Ariha", "Saraqib"]),
        ("Police arrested a journalist in Homs, and gunmen killed a judge in Hama, Syria.", ["Homs", "Hama"]),
        ("Soldiers arrested a journalist in Homs after rebels shelled Hama.", ["Homs", "Hama"]),
    ],
)
def test_two_acts_in_one_sentence_keep_their_own_places(text: str, expected: list[str]) -> None:
    assert [[place.text for place in claim.places] for claim in claims(text)] == [[name] for name in expected]


def test_villages_between_two_towns_are_one_place_between_them() -> None:
    text = "The army took two villages between Ariha and Saraqib."
    (area,) = where(text, Category.COERCE)
    assert area.text == "between Ariha and Saraqib"
    assert area.link.place is not None
    assert area.link.place.id.startswith("between:")


def test_patrol_on_a_road_between_two_towns_is_attacked_on_the_road() -> None:
    text = "Gunmen attacked a patrol on the Ariha-Saraqib road in Syria."
    road = where(text, Category.ASSAULT)[0]
    assert road.text == "the Ariha-Saraqib road"
    assert road.link.place is not None
    assert road.link.place.kind is PlaceKind.ROUTE


def test_countryside_is_the_place_and_not_the_city() -> None:
    text = "Gunmen attacked a patrol in the western countryside of Aleppo."
    (area,) = where(text, Category.ASSAULT)
    assert area.link.place is not None
    assert (area.text, area.link.place.kind) == ("the western countryside of Aleppo", PlaceKind.SUBREGION)


def test_fighters_on_a_border_are_shelled_there() -> None:
    text = "Lebanese troops shelled fighters on the border with Syria."
    (border,) = where(text, Category.ASSAULT)
    assert border.link.place is not None
    assert border.link.place.id == "border:country:LBN|country:SYR"


def test_retreat_is_from_the_place_that_is_left() -> None:
    assert told(where("Syrian troops withdrew from Manbij on Monday.", Category.RETREAT)) == [("from", "Manbij")]

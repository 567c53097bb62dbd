from __future__ import annotations

import pytest

from reportedly.model import LinkStatus, PlaceKind
from reportedly.places import Gazetteer, PlaceMention

CONTEXT = " The Syrian army and Syrian rebels fought in Syria near Saraqib."


def by_core(mentions: list[PlaceMention], text: str, core: str) -> PlaceMention:
    found = [mention for mention in mentions if mention.core.of(text) == core]
    assert found, f"{core} not among {[m.core.of(text) for m in mentions]}"
    return found[0]


def test_exact_match_outside_the_stated_container_is_rejected_with_a_reason(read) -> None:
    text = "If they could take Kobani in NE Latakia, the town below could not be held." + CONTEXT
    link = by_core(read(text, GPE="Kobani|Latakia|Syria|Saraqib"), text, "Kobani").link
    assert link.status is LinkStatus.AMBIGUOUS
    assert link.confidence < 0.5
    assert link.place is not None
    assert link.place.admin == ("Syria", "Latakia")
    assert any("outside NE Latakia" in reason for reason in link.reasons)
    assert any(share == 0.0 and "Arab" in label for _, label, share in link.candidates)


def test_later_mention_of_a_rejected_name_is_not_taken_for_the_famous_town(read) -> None:
    text = "They want Kobani in NE Latakia because Kobani overlooks the road." + CONTEXT
    mentions = [m for m in read(text, GPE="Kobani|Latakia|Syria|Saraqib") if m.core.of(text) == "Kobani"]
    assert len(mentions) == 2
    assert all(m.link.place is not None and "Latakia" in m.link.place.admin for m in mentions)


def test_kobani_without_a_container_is_the_famous_town(read) -> None:
    text = "Shelling hit Kobani again." + CONTEXT
    place = by_core(read(text, GPE="Kobani|Syria|Saraqib"), text, "Kobani").link.place
    assert place is not None
    assert place.id == "geonames:172256"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb went off in Paris, Texas, on Monday.", ("United States", "Texas")),
        ("A bomb went off in Tripoli, Lebanon, on Monday.", ("Lebanon",)),
        ("A bomb went off in Tripoli in Libya on Monday.", ("Libya",)),
    ],
)
def test_named_container_decides_between_namesakes(read, text: str, expected: tuple[str, ...]) -> None:
    name = "Paris" if "Paris" in text else "Tripoli"
    place = by_core(read(text, GPE="Paris|Texas|Tripoli|Lebanon|Libya"), text, name).link.place
    assert place is not None
    assert place.admin[: len(expected)] == expected


@pytest.mark.parametrize(
    ("phrase", "kind", "place_id"),
    [
        ("Idlib province", PlaceKind.ADMIN1, "admin1:SY.12"),
        ("the city of Idlib", PlaceKind.TOWN, "geonames:169389"),
        ("Idlib city", PlaceKind.TOWN, "geonames:169389"),
        ("southern Idlib", PlaceKind.SUBREGION, "southern:admin1:SY.12"),
        ("Idlib's southern countryside", PlaceKind.SUBREGION, "southern-countryside:admin1:SY.12"),
        ("the southern countryside of Idlib", PlaceKind.SUBREGION, "southern-countryside:admin1:SY.12"),
        ("rural Idlib", PlaceKind.SUBREGION, "countryside:admin1:SY.12"),
    ],
)
def test_words_around_idlib_say_whether_it_is_the_city_or_the_area(
    read, phrase: str, kind: PlaceKind, place_id: str
) -> None:
    text = f"Fighting was reported in {phrase} on Sunday." + CONTEXT
    mention = by_core(read(text, GPE="Idlib|Syria|Saraqib"), text, "Idlib")
    assert mention.span.of(text) == phrase
    assert mention.link.place is not None
    assert (mention.link.place.kind, mention.link.place.id) == (kind, place_id)


def test_offensive_named_after_idlib_means_the_area(read) -> None:
    text = "The agreement on Idlib collapsed during the Idlib offensive." + CONTEXT
    for mention in read(text, GPE="Idlib|Syria|Saraqib"):
        if mention.core.of(text) == "Idlib":
            assert mention.link.place is not None
            assert mention.link.place.kind is PlaceKind.ADMIN1


def test_road_is_a_line_clipped_to_the_named_area(read) -> None:
    text = "Patrols drove along the M4 in Idlib province." + CONTEXT
    place = by_core(read(text, GPE="Idlib|Syria|Saraqib"), text, "M4").link.place
    assert place is not None
    assert place.kind is PlaceKind.ROUTE
    assert place.geometry is not None
    assert place.geometry.type == "LineString"
    assert all(36.2 < lon < 37.3 for lon, _ in place.geometry.rings[0])


def test_m4_of_another_country_is_not_the_syrian_road(read) -> None:
    text = "A lorry overturned on the M4 motorway near Swindon in England. British police closed it. London was calm."
    found = [m for m in read(text, GPE="Swindon|England|London") if m.core.of(text).startswith("M4")]
    assert all(m.link.status is not LinkStatus.RESOLVED for m in found)


def test_near_and_offset_move_the_place_off_the_town(read, gazetteer: Gazetteer) -> None:
    text = "Troops gathered 6 km north of Ariha and near Manbij." + CONTEXT
    mentions = read(text, GPE="Ariha|Manbij|Syria|Saraqib")
    ariha = next(p for p in gazetteer.lookup("Ariha") if p.country == "SY")
    offset = by_core(mentions, text, "Ariha")
    assert offset.span.of(text) == "6 km north of Ariha"
    assert offset.link.place is not None
    assert offset.link.place.kind is PlaceKind.RELATIVE
    assert 0.04 < offset.link.place.lat - ariha.lat < 0.07
    near = by_core(mentions, text, "Manbij")
    assert near.relation_hint == "near"
    assert near.link.place is not None
    assert near.link.place.radius_km >= 10
    assert near.named is not None
    assert near.named.kind is PlaceKind.TOWN


def test_between_two_towns_is_an_area_that_both_names_share(read) -> None:
    text = "Villages between Ariha and Saraqib were hit." + CONTEXT
    mentions = read(text, GPE="Ariha|Saraqib|Syria")
    first, second = by_core(mentions, text, "Ariha"), by_core(mentions, text, "Saraqib")
    assert first.span == second.span
    assert first.span.of(text) == "between Ariha and Saraqib"
    assert first.link.place == second.link.place


def test_border_of_two_countries_is_a_line(read) -> None:
    text = "Turkey's border with Syria was closed. The Syrian-Turkish crossing stayed open."
    place = by_core(read(text, GPE="Turkey|Syria"), text, "Turkey").link.place
    assert place is not None
    assert place.geometry is not None
    assert place.geometry.type in ("LineString", "MultiLineString")
    assert 36 < place.lat < 38


def test_person_with_a_place_name_stays_a_person(read) -> None:
    text = "President Lebanon Sydney said nothing. Mr Aleppo agreed with Jordan Smith."
    assert read(text, PERSON="Lebanon Sydney|Aleppo|Jordan Smith") == []


def test_town_that_the_model_calls_a_person_is_a_place_after_in(read) -> None:
    text = "Six people were killed in Aleppo on Friday." + CONTEXT
    mention = by_core(read(text, PERSON="Aleppo", GPE="Syria|Saraqib"), text, "Aleppo")
    assert mention.link.status is not LinkStatus.UNKNOWN


def test_name_in_a_list_of_places_is_a_place(read) -> None:
    text = "Strikes hit Saraqib, Ariha and Manbij in Syria."
    cores = {m.core.of(text) for m in read(text, GPE="Saraqib|Syria", PERSON="Ariha", ORG="Manbij")}
    assert {"Ariha", "Manbij"} <= cores


def test_demonyms_are_not_places(read) -> None:
    text = "Syrian, Turkish and Russian officers met Kurdish fighters."
    assert read(text, GPE="Syrian|Turkish|Russian", NORP="Kurdish") == []


def test_country_name_is_never_refused(read) -> None:
    text = "Turkey rejected it."
    (mention,) = read(text, ORG="Turkey")
    assert mention.link.place is not None
    assert mention.link.place.kind is PlaceKind.COUNTRY
    assert mention.link.place.ucdp_precision == 6
    assert mention.link.place.geometry is not None
    assert mention.link.place.geometry.type != "Point"


def test_unknown_name_has_no_coordinate_and_a_reason(read) -> None:
    text = "Clashes broke out in Qwzxvburg." + CONTEXT
    link = by_core(read(text, GPE="Qwzxvburg|Syria|Saraqib"), text, "Qwzxvburg").link
    assert link.status is LinkStatus.UNKNOWN
    assert link.place is None
    assert link.reasons


def test_disputed_area_is_shown_without_a_country(read) -> None:
    text = "Rockets fell on the Golan Heights."
    place = by_core(read(text, LOC="Golan Heights"), text, "Golan Heights").link.place
    assert place is not None
    assert place.country == ""
    assert place.admin == ("Golan Heights (status disputed)",)


@pytest.mark.parametrize("text", ["", "\n\n", "no names here", "🙂 🙂", "A" * 500, "إدلب " * 20])
def test_texts_without_places_give_none_and_no_error(read, text: str) -> None:
    assert all(m.core.of(text) for m in read(text))


def test_misspelt_name_of_several_words_follows_the_right_spelling_in_the_text(read) -> None:
    text = "The city of Jisr al-Shughur in Syria was shelled. Taking Jisr ash Shigour would be hard."
    mentions = read(text, GPE="Syria", PERSON="Jisr al-Shughur|Jisr|Shigour")
    found = {m.core.of(text): m.link.place.id for m in mentions if m.link.place is not None}
    assert found["Jisr ash Shigour"] == found["Jisr al-Shughur"] == "geonames:169023"


def test_first_name_of_a_commenter_is_not_a_province(read) -> None:
    text = "Syria will not change.\n\nKaren Bartlett\n\nYes Karen it is so.\n\nKaren Bartlett\n\nNo."
    assert "Karen" not in {m.core.of(text) for m in read(text, GPE="Syria|Karen")}


def test_namesake_far_from_everything_else_in_the_report_is_not_stated_with_confidence(read) -> None:
    text = "Rebels in Syria took Saraqib and Ariha. Fighters on the Magenta Road near Aleppo withdrew."
    for mention in read(text, GPE="Syria|Saraqib|Ariha|Aleppo", FAC="Magenta Road"):
        if "Magenta" in mention.core.of(text):
            assert mention.link.status is not LinkStatus.RESOLVED


def test_unknown_quarter_of_a_named_city_gets_the_city_with_low_confidence(read) -> None:
    text = "A bomb went off in the Qwzx district of Baghdad in Iraq."
    link = by_core(read(text, GPE="Qwzx|Baghdad|Iraq"), text, "Qwzx").link
    assert link.status is LinkStatus.AMBIGUOUS
    assert link.place is not None
    assert link.place.admin[0] == "Iraq"
    assert link.confidence < 0.5

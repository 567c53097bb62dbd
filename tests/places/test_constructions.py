"""What the words around names make of them: sides, distances, roads, borders, coasts, stretches and zones."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from reportedly.model import Geometry, LinkStatus, Place, PlaceKind
from reportedly.places import PlaceMention

NAMES = (
    "Afghanistan|Al Bab|Al Bayda|Al Qaim|Aleppo|Ariha|Baalbek|Bakhmut|Belgorod|Burkina Faso|Chad|Damascus|Deir ez-Zor"
    "|Djibo|El Geneina|Euphrates|Hama|Hodeidah|Homs|Idlib|Iraq|Israel|Izium|Jarabulus|Kandahar|Kharkiv|Kherson|Kobani"
    "|Latakia|Lebanon|Libya|Manbij|Marib|North Korea|Omdurman|Ouahigouya|Raqqa|Sanaa|Saraqib|Sinjar|Sirte|South Sudan"
    "|Spin Boldak|Sudan|Syria|Tripoli|Turkey|Ukraine|West Bank|Yemen"
)
SYRIA = " The Syrian army fought Syrian rebels elsewhere in Syria."
BESIDE_DEGREES = 0.13  # a line is drawn up to 6 km off; what lies 14 km from it lies on it

# latitude, longitude; the towns are real, rounded to a kilometre
AL_BAB, ALEPPO, ARIHA, ATARIB = (36.37, 37.52), (36.20, 37.16), (35.81, 36.61), (36.14, 36.83)
BERYSLAV, NOVA_KAKHOVKA, KHERSON, LVIV = (46.85, 33.42), (46.74, 33.36), (46.65, 32.61), (49.84, 24.03)
CHUHUIV, KHARKIV, IZIUM, POLTAVA = (49.84, 36.69), (49.99, 36.23), (49.21, 37.26), (49.59, 34.55)
DAMASCUS, DOUMA, HOMS, HAMA, RASTAN = (33.51, 36.30), (33.57, 36.40), (34.73, 36.72), (35.13, 36.75), (34.92, 36.73)
IDLIB, SARAQIB, MAARAT, KHAN_SHAYKHUN = (35.93, 36.63), (35.86, 36.81), (35.64, 36.68), (35.44, 36.65)
JARABULUS, KOBANI, MANBIJ, QAMISHLI = (36.82, 38.01), (36.89, 38.35), (36.53, 37.95), (37.05, 41.22)
LATAKIA, SLUNFAH, TARTUS, JISR = (35.52, 35.79), (35.60, 36.20), (34.89, 35.89), (35.81, 36.32)
DJIBO, TITAO, OUAHIGOUYA, OUAGADOUGOU = (14.10, -1.63), (13.77, -2.07), (13.58, -2.42), (12.37, -1.52)
ADEN, HODEIDAH, MARIB, SANAA, MUKALLA = (12.79, 45.03), (14.80, 42.95), (15.46, 45.33), (15.35, 44.21), (14.54, 49.12)
BEIRUT, SIDON, BAALBEK, ARSAL, TYRE = (33.89, 35.50), (33.56, 35.37), (34.01, 36.21), (34.18, 36.42), (33.27, 35.20)
BENGHAZI, MISRATA, SABHA, SIRTE = (32.12, 20.07), (32.38, 15.09), (27.04, 14.43), (31.21, 16.59)
DEIR_EZ_ZOR, MAYADIN, BUSAYRAH, HASAKAH = (35.34, 40.14), (35.02, 40.45), (35.16, 40.43), (36.50, 40.75)
KANDAHAR, SPIN_BOLDAK, KABUL = (31.61, 65.71), (31.01, 66.40), (34.53, 69.17)
OMDURMAN, SHENDI, EL_GENEINA, MOSUL, BAGHDAD = (
    (15.64, 32.48),
    (16.69, 33.43),
    (13.45, 22.45),
    (36.34, 43.13),
    (33.32, 44.37),
)

TOWN, SUBREGION, RELATIVE, ROUTE, ZONE = (
    PlaceKind.TOWN, PlaceKind.SUBREGION, PlaceKind.RELATIVE, PlaceKind.ROUTE, PlaceKind.ZONE,
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """text: a sentence; quote: the phrase whose place is meant. ident: what its id begins with.

    holds, lacks: points in its geometry and points that are not. precision: UCDP, ACLED.
    """

    text: str
    quote: str
    kind: PlaceKind
    ident: str
    precision: tuple[int, int]
    holds: tuple[tuple[float, float], ...]
    lacks: tuple[tuple[float, float], ...]


SIDES = [
    Case("Shells fell on southern Idlib." + SYRIA, "southern Idlib", SUBREGION, "southern:admin1:SY.12", (4, 3),
         (MAARAT, KHAN_SHAYKHUN), (IDLIB, ALEPPO)),
    Case("Shells fell in NE Latakia." + SYRIA, "NE Latakia", SUBREGION, "northeastern:admin1:SY.02", (4, 3),
         ((35.75, 36.10),), (LATAKIA, JISR, IDLIB)),
    Case("Shells fell in the north of Idlib." + SYRIA, "the north of Idlib", SUBREGION, "north:admin1:SY.12", (4, 3),
         ((36.10, 36.60),), (MAARAT, KHAN_SHAYKHUN)),
    Case("Shells fell in the western part of Idlib." + SYRIA, "the western part of Idlib", SUBREGION,
         "western:admin1:SY.12", (4, 3), (JISR,), (SARAQIB,)),
    Case("Shells fell in south-eastern Idlib province." + SYRIA, "south-eastern Idlib province", SUBREGION,
         "southeastern:admin1:SY.12", (4, 3), ((35.60, 36.90),), (IDLIB, JISR)),
    Case("Unrest spread in eastern Libya.", "eastern Libya", SUBREGION, "eastern:country:LBY", (5, 3),
         (BENGHAZI,), (MISRATA, SABHA)),
]  # fmt: skip

LAND = [
    Case("Shells fell in the western countryside of Aleppo." + SYRIA, "the western countryside of Aleppo", SUBREGION,
         "western-countryside:admin1:SY.09", (4, 3), (ATARIB,), (AL_BAB, ALEPPO, MANBIJ)),
    Case("Shells fell in Aleppo's western countryside." + SYRIA, "Aleppo's western countryside", SUBREGION,
         "western-countryside:admin1:SY.09", (4, 3), (ATARIB,), (AL_BAB, ALEPPO)),
    Case("Shells fell in the eastern Aleppo countryside." + SYRIA, "the eastern Aleppo countryside", SUBREGION,
         "eastern-countryside:admin1:SY.09", (4, 3), (AL_BAB,), (ATARIB, ALEPPO)),
    Case("Shells fell in rural Damascus." + SYRIA, "rural Damascus", SUBREGION, "countryside:admin1:SY.13", (4, 3),
         (DOUMA,), (HOMS, (32.61, 36.10))),
    Case("Shells fell in the eastern countryside of Baalbek in Lebanon.", "the eastern countryside of Baalbek",
         SUBREGION, "eastern-countryside:geonames:277130", (3, 2), ((34.03, 36.35),), (BAALBEK, BEIRUT)),
]  # fmt: skip

NEAR = [
    Case("Troops dug in near Ariha." + SYRIA, "near Ariha", RELATIVE, "near:geonames:172994", (2, 2),
         (ARIHA, (35.87, 36.61)), (SARAQIB, IDLIB)),
    Case("Shells fell on the outskirts of Ariha." + SYRIA, "the outskirts of Ariha", RELATIVE,
         "outskirts:geonames:172994", (2, 2), ((35.86, 36.61),), (SARAQIB, IDLIB)),
    Case("Shells fell on the southern outskirts of Ariha." + SYRIA, "the southern outskirts of Ariha", RELATIVE,
         "southern-outskirts:geonames:172994", (2, 2), ((35.77, 36.61),), ((35.86, 36.61), MAARAT)),
    Case("Shells fell not far from Bakhmut in Ukraine.", "not far from Bakhmut", RELATIVE, "near:geonames:713174",
         (2, 2), ((48.66, 38.00),), (KHARKIV,)),
]  # fmt: skip

OFFSETS = [
    Case("A drone fell 6 km north of Ariha." + SYRIA, "6 km north of Ariha", RELATIVE, "6km-north:geonames:172994",
         (2, 2), ((35.866, 36.61),), (ARIHA, SARAQIB)),
    Case("A drone fell six kilometers west of Ariha." + SYRIA, "six kilometers west of Ariha", RELATIVE,
         "6km-west:geonames:172994", (2, 2), ((35.81, 36.54),), (ARIHA, (35.81, 36.68))),
    Case("A drone fell 10km (6 miles) north of Ariha." + SYRIA, "10km (6 miles) north of Ariha", RELATIVE,
         "10km-north:geonames:172994", (2, 2), ((35.90, 36.61),), (ARIHA,)),
    Case("A drone fell 12 miles east of Manbij." + SYRIA, "12 miles east of Manbij", RELATIVE, "19.3", (2, 2),
         ((36.53, 38.16),), (MANBIJ, KOBANI)),
    Case("A jet crashed 35 miles north-west of Sirte in Libya.", "35 miles north-west of Sirte", RELATIVE, "56.3",
         (3, 2), ((31.56, 16.17),), (SIRTE, MISRATA)),
    Case("A drone fell 10 km from Ariha." + SYRIA, "10 km from Ariha", RELATIVE, "10-km:geonames:172994", (2, 2),
         ((35.90, 36.61), (35.81, 36.50)), (SARAQIB,)),
    Case("A drone fell two kilometres outside Sirte in Libya.", "two kilometres outside Sirte", RELATIVE,
         "2-km:geonames:2210554", (2, 2), ((31.21, 16.57),), (MISRATA,)),
]  # fmt: skip

TOGETHER = [
    Case("Villages between Ariha and Saraqib burned." + SYRIA, "between Ariha and Saraqib", RELATIVE, "between:", (5, 3),
         ((35.84, 36.71), (35.86, 36.70)), (IDLIB, MAARAT)),
    Case("Drones hit villages between Kharkiv and Izium in Ukraine.", "between Kharkiv and Izium", RELATIVE, "between:",
         (5, 3), (CHUHUIV,), (POLTAVA,)),
    Case("Villages in the triangle between Ariha, Saraqib and Idlib burned." + SYRIA,
         "the triangle between Ariha, Saraqib and Idlib", RELATIVE, "triangle:", (5, 3), ((35.87, 36.68), IDLIB),
         (MAARAT, ALEPPO)),
    Case("Drones watch the triangle formed by Marib, Sanaa and Al Bayda in Yemen.",
         "the triangle formed by Marib, Sanaa and Al Bayda", RELATIVE, "triangle:", (5, 3), ((14.90, 45.00),),
         (ADEN, HODEIDAH)),
    Case("They cut the Ariha-Saraqib road." + SYRIA, "the Ariha-Saraqib road", ROUTE, "road:", (5, 3),
         ((35.84, 36.71), ARIHA), (ALEPPO, MAARAT)),
    Case("Fighters attacked the Kandahar-Spin Boldak highway in Afghanistan.", "the Kandahar-Spin Boldak highway", ROUTE,
         "road:", (5, 3), ((31.31, 66.06),), (KABUL,)),
    Case("A convoy burned on the road linking Djibo to Ouahigouya in Burkina Faso.",
         "the road linking Djibo to Ouahigouya", ROUTE, "road:", (5, 3), (TITAO,), (OUAGADOUGOU,)),
    Case("The highway from Homs to Damascus was cut." + SYRIA, "The highway from Homs to Damascus", ROUTE, "road:",
         (5, 3), ((34.12, 36.51),), (HAMA, ALEPPO)),
]  # fmt: skip

BORDER = "border:country:SYR|country:TUR"
BORDERS = [
    Case("They closed the Syria-Turkey border.", "the Syria-Turkey border", RELATIVE, BORDER, (5, 3),
         (KOBANI, QAMISHLI), (ALEPPO, MOSUL)),
    Case("They closed the Syrian-Turkish border.", "the Syrian-Turkish border", RELATIVE, BORDER, (5, 3),
         (KOBANI, QAMISHLI), (ALEPPO, MOSUL)),
    Case("Turkey's border with Syria was closed.", "Turkey's border with Syria", RELATIVE, BORDER, (5, 3),
         (KOBANI,), (ALEPPO,)),
    Case("Lebanese troops closed the border with Syria.", "the border with Syria", RELATIVE,
         "border:country:LBN|country:SYR", (5, 3), (ARSAL,), (KOBANI, BEIRUT)),
    Case("Fighting reached the Turkish border." + SYRIA, "the Turkish border", RELATIVE, BORDER, (5, 3),
         (KOBANI,), (ALEPPO,)),
    Case("The army massed on the Sudan-Chad border.", "the Sudan-Chad border", RELATIVE,
         "border:country:SDN|country:TCD", (5, 3), ((14.0, 22.35),), (OMDURMAN,)),
]  # fmt: skip

STRETCHES = [
    Case("A convoy was hit on the M4 near Ariha." + SYRIA, "M4 near Ariha", ROUTE, "route:syria-m4@near:geonames:172994",
         (2, 2), (ARIHA,), (LATAKIA, QAMISHLI)),
    Case("They seized the M5 between Homs and Hama in Syria.", "M5 between Homs and Hama", ROUTE,
         "route:syria-m5@between:", (5, 3), (RASTAN,), (DAMASCUS, ALEPPO)),
    Case("A patrol was hit on the Syrian border near Al Qaim in Iraq.", "the Syrian border near Al Qaim", RELATIVE,
         "border:country:IRQ|country:SYR@near:geonames:92138", (2, 2), ((34.42, 40.98),), (QAMISHLI, BAGHDAD)),
    Case("Shells fell on the Turkish-Syrian border between Kobani and Jarabulus.",
         "the Turkish-Syrian border between Kobani and Jarabulus", RELATIVE, BORDER + "@between:", (5, 3),
         ((36.89, 38.18),), (QAMISHLI, MANBIJ)),
]  # fmt: skip

ZONES = [
    Case("They agreed on a 6 km zone on either side of the M4." + SYRIA, "a 6 km zone on either side of the M4", ZONE,
         "zone-6km:route:syria-m4", (5, 3), (ARIHA, (35.86, 36.61)), (IDLIB, MAARAT)),
    Case("They agreed on a six-kilometre security corridor on either side of the M4." + SYRIA,
         "a six-kilometre security corridor on either side of the M4", ZONE, "zone-6km:route:syria-m4", (5, 3),
         (ARIHA,), (IDLIB, MAARAT)),
    Case("They cleared a 15-km-deep belt along the M4." + SYRIA, "a 15-km-deep belt along the M4", ZONE,
         "zone-15km:route:syria-m4", (5, 3), (ARIHA, IDLIB), (KHAN_SHAYKHUN,)),
    Case("Villages within 30 km of the Turkish border were shelled." + SYRIA, "within 30 km of the Turkish border", ZONE,
         "zone-30km:" + BORDER, (5, 3), (KOBANI, (36.72, 38.35)), (ALEPPO, HASAKAH)),
    Case("They agreed on a 12 km deep zone along the Syria-Turkey border.",
         "a 12 km deep zone along the Syria-Turkey border", ZONE, "zone-12km:" + BORDER, (5, 3), (KOBANI,),
         (MANBIJ, ALEPPO)),
]  # fmt: skip

WATERS = [
    Case("Shells hit the western bank of the Dnipro in Ukraine.", "the western bank of the Dnipro", RELATIVE,
         "western-bank:region:dnipro", (5, 3), ((46.88, 33.38), KHERSON), ((46.65, 33.50), LVIV, KHARKIV)),
    Case("They held the east bank of the Nile in Sudan.", "the east bank of the Nile", RELATIVE,
         "east-bank:region:nile", (5, 3), ((16.69, 33.50),), (EL_GENEINA, (16.69, 33.20))),
    Case("They hold the land east of the Euphrates in Deir ez-Zor province." + SYRIA, "east of the Euphrates", RELATIVE,
         "east-beside:region:euphrates@admin1:SY.07", (5, 3), ((35.30, 40.45),), ((34.85, 40.30), MOSUL)),
    Case("They hold positions south of the M4 in Idlib province." + SYRIA, "south of the M4", RELATIVE,
         "south-beside:route:syria-m4@admin1:SY.12", (5, 3), (MAARAT,), (IDLIB, LATAKIA)),
    Case("Boats landed on the coast of Libya.", "the coast of Libya", RELATIVE, "coast:country:LBY", (5, 3),
         (SIRTE, BENGHAZI), (SABHA,)),
    Case("A tanker was hit off the coast of Yemen.", "off the coast of Yemen", RELATIVE, "sea:country:YEM", (5, 3),
         ((12.50, 45.10), (14.60, 42.60)), (SANAA, MARIB)),
    Case("A ship sank off the coast of Latakia." + SYRIA, "off the coast of Latakia", RELATIVE, "sea:geonames:173576",
         (3, 2), ((35.52, 35.60),), (SLUNFAH, TARTUS)),
    Case("Fighters left the southern coast of Lebanon.", "the southern coast of Lebanon", RELATIVE, "southern-coast:", (5, 3),
         (TYRE,), ((34.44, 35.82), BAALBEK)),
]  # fmt: skip

ALL = [*SIDES, *LAND, *NEAR, *OFFSETS, *TOGETHER, *BORDERS, *STRETCHES, *ZONES, *WATERS]


def drawn(geometry: Geometry | None) -> BaseGeometry:
    """Return the geometry of a place as a valid one of Shapely; rings of a part of several have no holes."""
    assert geometry is not None
    rings = [list(ring) for ring in geometry.rings]
    if geometry.type == "Point":
        return shapely.Point(rings[0][0])
    if geometry.type in ("LineString", "MultiLineString"):
        return shapely.MultiLineString(rings)
    assert geometry.type in ("Polygon", "MultiPolygon")
    if geometry.type == "Polygon":
        return shapely.Polygon(rings[0], rings[1:])
    return shapely.unary_union([shapely.Polygon(ring) for ring in rings])


def lies_in(place: Place, lat: float, lon: float) -> bool:
    shape = drawn(place.geometry)
    return bool(shape.dwithin(shapely.Point(lon, lat), BESIDE_DEGREES if shape.area == 0 else 0))


def read_all(read, text: str) -> list[PlaceMention]:
    peoples = "Israeli|Lebanese|Syrian|Turkish|Ukrainian"
    return read(text, GPE=NAMES, NORP=peoples)


def place_of(mentions: list[PlaceMention], text: str, quote: str) -> Place:
    found = [mention for mention in mentions if mention.span.of(text) == quote]
    assert found, f"{quote!r} not among {[m.span.of(text) for m in mentions]}"
    places = {mention.link.place for mention in found}
    assert len(places) == 1
    (place,) = places
    assert place is not None
    return place


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.quote)
def test_phrase_has_its_kind_and_id_and_precision(read, case: Case) -> None:
    place = place_of(read_all(read, case.text), case.text, case.quote)
    assert place.kind is case.kind
    assert place.id.startswith(case.ident)
    assert (place.ucdp_precision, place.acled_precision) == case.precision


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.quote)
def test_geometry_of_a_phrase_holds_what_lies_there_and_nothing_else(read, case: Case) -> None:
    place = place_of(read_all(read, case.text), case.text, case.quote)
    assert drawn(place.geometry).is_valid
    assert [point for point in case.holds if not lies_in(place, *point)] == []
    assert [point for point in case.lacks if lies_in(place, *point)] == []


@pytest.mark.parametrize("case", [*TOGETHER, *BORDERS, *STRETCHES], ids=lambda case: case.quote)
def test_all_names_of_a_construction_share_its_span_and_place(read, case: Case) -> None:
    mentions = read_all(read, case.text)
    start = case.text.index(case.quote)
    inside = [m for m in mentions if start <= m.core.start < start + len(case.quote)]
    assert {m.span.of(case.text) for m in inside} == {case.quote}
    assert len({m.link.place for m in inside}) == 1
    assert len({m.core for m in inside}) == len(inside)


def test_name_of_a_construction_keeps_its_own_place_beside_it(read) -> None:
    text = "Villages between Ariha and Saraqib burned." + SYRIA
    named = {m.core.of(text): m.named for m in read_all(read, text)}
    assert [named[name].id for name in ("Ariha", "Saraqib")] == ["geonames:172994", "geonames:164816"]
    assert named["Ariha"].kind is TOWN


def test_north_of_a_town_is_not_the_north_of_it(read) -> None:
    inside = "They fought in the north of Aleppo." + SYRIA
    outside = "They fought north of Aleppo." + SYRIA
    one = place_of(read_all(read, inside), inside, "the north of Aleppo")
    other = place_of(read_all(read, outside), outside, "north of Aleppo")
    assert (one.id, one.kind) == ("north:admin1:SY.09", SUBREGION)
    assert other.kind is RELATIVE
    assert other.id.endswith("geonames:170063")
    assert not lies_in(other, *ALEPPO)
    assert lies_in(other, 36.43, 37.16)


def test_city_of_a_river_is_not_its_bank(read) -> None:
    text = "Shells hit the city of Dnipro in Ukraine."
    mention = next(m for m in read(text, GPE="Dnipro|Ukraine") if m.core.of(text) == "Dnipro")
    assert mention.link.place is not None
    assert (mention.link.place.id, mention.link.place.kind) == ("geonames:709930", TOWN)


@pytest.mark.parametrize(
    ("text", "quote", "ident"),
    [
        ("They fought in Eastern Ghouta." + SYRIA, "Eastern Ghouta", "region:eastern-ghouta"),
        ("They fought in eastern Ghouta." + SYRIA, "eastern Ghouta", "region:eastern-ghouta"),
        ("North Korea fired a missile.", "North Korea", "country:PRK"),
        ("Soldiers clashed in South Sudan.", "South Sudan", "country:SSD"),
        ("Settlers attacked farmers in the West Bank.", "West Bank", "region:west-bank"),
    ],
)
def test_direction_word_of_a_name_is_no_side(read, text: str, quote: str, ident: str) -> None:
    labels = {"LOC": "Eastern Ghouta|Ghouta|West Bank", "GPE": "North Korea|South Sudan|Syria"}
    assert place_of(read(text, **labels), text, quote).id == ident


def test_direction_before_a_name_that_has_one_is_a_side(read) -> None:
    text = "Soldiers clashed in northern South Sudan."
    place = place_of(read_all(read, text), text, "northern South Sudan")
    assert place.id == "northern:country:SSD"
    assert lies_in(place, 9.5, 31.0)  # Malakal
    assert not lies_in(place, 4.85, 31.6)  # Juba


def test_southern_sudan_is_a_side_of_sudan(read) -> None:
    text = "Soldiers clashed in southern Sudan."
    assert place_of(read_all(read, text), text, "southern Sudan").id == "southern:country:SDN"


def test_gap_between_rich_and_poor_is_no_place(read) -> None:
    text = "The gap between rich and poor in Sudan grew."
    assert [m.core.of(text) for m in read(text, GPE="Sudan")] == ["Sudan"]


def test_road_of_two_unknown_names_is_no_place(read) -> None:
    text = "The Zzyqpar-Wqxtol road in Sudan was cut."
    assert [m.core.of(text) for m in read(text, GPE="Sudan")] == ["Sudan"]


def test_countries_between_which_something_is_are_not_an_area_between_them(read) -> None:
    text = "Relations between Iraq and Syria improved."
    places = [m.link.place for m in read(text, GPE="Iraq|Syria")]
    assert [place and place.id for place in places] == ["country:IRQ", "country:SYR"]


def test_border_of_a_division_is_no_border_of_a_country(read) -> None:
    text = "They fought on the border of Idlib province in Syria."
    places = {m.core.of(text): m.link.place for m in read(text, GPE="Idlib|Syria")}
    assert places["Idlib"] is not None
    assert "country:" not in places["Idlib"].id
    assert lies_in(places["Idlib"], *IDLIB)


def test_going_from_one_town_to_another_is_no_road(read) -> None:
    text = "Troops moved from Ariha to Saraqib." + SYRIA
    mentions = [m for m in read_all(read, text) if m.core.of(text) in ("Ariha", "Saraqib")]
    assert [m.relation_hint for m in mentions] == ["from", "to"]
    assert [m.link.place and m.link.place.kind for m in mentions] == [TOWN, TOWN]


@pytest.mark.parametrize("text", ["The Homs-Homs road was cut.", "The highway from Homs to Homs was cut."])
def test_road_from_a_town_to_itself_is_the_town(read, text: str) -> None:
    assert {m.link.place.kind for m in read(text, GPE="Homs") if m.link.place is not None} == {TOWN}


def test_road_in_another_country_has_no_coordinate_of_the_syrian_one(read) -> None:
    text = "The M4 in Britain was shut after a crash."
    found = [m.link for m in read(text, GPE="Britain") if m.core.of(text) == "M4"]
    assert all(link.status is not LinkStatus.RESOLVED for link in found)
    assert all(link.place is None or link.place.country == "GBR" for link in found)

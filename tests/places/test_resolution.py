"""Which of several places does a name mean, and does the answer say why and how surely?"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import reportedly
from reportedly.model import LinkStatus, Place, PlaceKind, PlaceLink, Span
from reportedly.places import Gazetteer, PlaceMention, ToponymCandidate, open_gazetteer, read_places
from reportedly.places.packs import PackStore, read_source
from reportedly.places.packs.tables import TableFormat

SYRIA = " Syrian rebels fought the Syrian army near Saraqib."
PLACES = "Aleppo|Ariha|Cairo|Daraa|Idlib|Kobani|Latakia|Lebanon|Libya|Saraqib|Syria|Yemen"
KABANAH, HASSAN, NORTH_ZAMRIN, SOUTH_ZAMRIN, ZURBAYA = (f"own:{n}" for n in "abcde")
ROWS = """id,name,lat,lon
a,Kabanah,35.717,36.233
b,Hassan,35.6,36.5
c,Zamrin,35.75,36.6
d,Zamrin,33.2,36.2
e,Zurbaya,35.9,36.9
"""

Finder = Callable[..., list[PlaceMention]]


@pytest.fixture(scope="module")
def packed(gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer with five Syrian villages, of which only the first is where such a one is."""
    folder = tmp_path_factory.mktemp("resolution")
    source = folder / "villages.csv"
    source.write_text(ROWS, encoding="utf-8")
    return open_gazetteer([add_pack(folder, source, "own", "SY", gazetteer)])


def add_pack(folder: Path, source: Path, code: str, country: str, world: Gazetteer) -> Path:
    store = PackStore(folder / "packs")
    entries, credit = read_source(source, TableFormat(code, country))
    store.add(entries, code, credit, world)
    return store.path(code)


@pytest.fixture(scope="module")
def find(gazetteer: Gazetteer) -> Finder:
    """Read the places of a text; ``names`` are what a model calls places, beside those that it always knows."""

    def find_places(
        text: str,
        names: str = "",
        persons: str = "",
        *,
        with_packs: Gazetteer | None = None,
        operating: Mapping[str, float] | None = None,
    ) -> list[PlaceMention]:
        labels = {"GPE": f"{PLACES}|{names}".strip("|"), "PERSON": persons}
        candidates = [
            ToponymCandidate(Span(*match.span()), label)
            for label, listed in labels.items()
            for name in filter(None, listed.split("|"))
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ]
        return read_places(text, candidates, with_packs or gazetteer, operating)

    return find_places


def link_of(mentions: list[PlaceMention], text: str, core: str) -> PlaceLink:
    found = [mention.link for mention in mentions if mention.core.of(text) == core]
    assert found, f"{core} not among {[m.core.of(text) for m in mentions]}"
    return found[0]


def place_of(mentions: list[PlaceMention], text: str, core: str) -> Place:
    place = link_of(mentions, text, core).place
    assert place is not None
    return place


# --- exact and misspelt -------------------------------------------------------------------------------------------

IN_LATAKIA = "If they took Kobani in NE Latakia, the road would lie open." + SYRIA


def test_famous_namesake_outside_the_stated_area_gives_the_area_where_no_village_is_known(find: Finder) -> None:
    link = link_of(find(IN_LATAKIA), IN_LATAKIA, "Kobani")
    assert link.place is not None
    assert link.place.admin == ("Syria", "Latakia")
    assert link.place.kind is PlaceKind.SUBREGION
    assert 35.3 < link.place.lat < 36.0 and 35.7 < link.place.lon < 36.4
    assert (link.status, link.confidence < 0.5) == (LinkStatus.AMBIGUOUS, True)


def test_misspelt_village_inside_the_stated_area_beats_the_famous_namesake_outside(
    find: Finder, packed: Gazetteer
) -> None:
    link = link_of(find(IN_LATAKIA, with_packs=packed), IN_LATAKIA, "Kobani")
    assert link.place is not None
    assert link.place.id == KABANAH
    assert link.status is LinkStatus.AMBIGUOUS
    assert link.confidence < 0.9
    assert "no place called Kobani lies in NE Latakia; Kabanah does" in link.reasons
    assert any("Arab" in reason and "outside NE Latakia" in reason for reason in link.reasons)


def test_exact_name_beats_a_misspelt_village_where_the_text_states_no_area(find: Finder, packed: Gazetteer) -> None:
    text = "Shells hit Kobani again." + SYRIA
    link = link_of(find(text, with_packs=packed), text, "Kobani")
    assert link.place is not None
    assert link.place.id == "geonames:172256"
    assert KABANAH not in {ident for ident, _, _ in link.candidates}


def test_exact_village_beats_a_town_that_is_only_written_alike(find: Finder, packed: Gazetteer) -> None:
    text = "Shells fell in Zurbaya." + SYRIA
    assert place_of(find(text, "Zurbaya", with_packs=packed), text, "Zurbaya").id == ZURBAYA


def test_misspelt_village_says_that_it_is_one_and_is_not_sure(find: Finder, packed: Gazetteer) -> None:
    text = "Shells fell on Zorbiyeh village." + SYRIA
    link = link_of(find(text, "Zorbiyeh", with_packs=packed), text, "Zorbiyeh")
    assert link.place is not None
    assert link.place.id == ZURBAYA
    assert link.confidence < 0.9
    assert any("Zurbaya" in reason and ("written" in reason or "similar" in reason) for reason in link.reasons)


# --- villages of packs --------------------------------------------------------------------------------------------


def test_forename_of_a_speaker_is_no_village_of_a_pack(find: Finder, packed: Gazetteer) -> None:
    for text in ("Hassan said that the talks in Cairo had failed.", "Hassan said that it was quiet." + SYRIA):
        cores = {m.core.of(text) for m in find(text, persons="Hassan", with_packs=packed)}
        assert "Hassan" not in cores


def test_village_of_a_pack_is_found_after_in_where_the_report_is_about_its_country(
    find: Finder, packed: Gazetteer
) -> None:
    text = "Shells fell in Hassan." + SYRIA
    assert place_of(find(text, persons="Hassan", with_packs=packed), text, "Hassan").id == HASSAN


def test_village_that_no_model_pointed_at_is_found_after_in(find: Finder, packed: Gazetteer) -> None:
    text = "Shells fell in Zurbaya." + SYRIA
    assert place_of(find(text, with_packs=packed), text, "Zurbaya").id == ZURBAYA


def test_village_of_a_pack_is_not_taken_for_one_of_another_stated_country(find: Finder, packed: Gazetteer) -> None:
    text = "A bomb went off in Zamrin in Libya."
    place = place_of(find(text, "Zamrin", with_packs=packed), text, "Zamrin")
    assert place.country == "LBY"
    assert place.id.startswith("within:")


@pytest.mark.parametrize(
    ("others", "village"),
    [("near Saraqib and Ariha", NORTH_ZAMRIN), ("near Daraa", SOUTH_ZAMRIN)],
)
def test_nearest_of_villages_of_one_name_wins(find: Finder, packed: Gazetteer, others: str, village: str) -> None:
    text = f"Shells fell on Zamrin. The Syrian army fought {others}."
    link = link_of(find(text, "Zamrin", with_packs=packed), text, "Zamrin")
    assert link.place is not None
    assert link.place.id == village
    assert {ident for ident, _, _ in link.candidates} >= {NORTH_ZAMRIN, SOUTH_ZAMRIN}


def test_villages_of_one_name_are_ambiguous_where_nothing_decides(find: Finder, packed: Gazetteer) -> None:
    text = "Shells fell on Zamrin."
    link = link_of(find(text, "Zamrin", with_packs=packed), text, "Zamrin")
    assert link.status is LinkStatus.AMBIGUOUS
    assert any("less likely" in reason for reason in link.reasons)


def test_stated_division_decides_between_villages_of_one_name(find: Finder, packed: Gazetteer) -> None:
    text = "Shells fell on Zamrin in Daraa province." + SYRIA
    link = link_of(find(text, "Zamrin", with_packs=packed), text, "Zamrin")
    assert link.place is not None
    assert link.place.id == SOUTH_ZAMRIN
    assert any("as the text says" in reason for reason in link.reasons)


def test_pack_makes_its_country_likelier(find: Finder, gazetteer: Gazetteer, tmp_path: Path) -> None:
    source = tmp_path / "villages.csv"
    source.write_text("id,name,lat,lon\na,Wadi Zurbaya,34.4,35.9\n", encoding="utf-8")
    lebanon = open_gazetteer([add_pack(tmp_path, source, "own", "LB", gazetteer)])
    text = "A bomb went off in Tripoli."

    def share(mentions: list[PlaceMention]) -> float:
        return {ident: value for ident, _, value in mentions[0].link.candidates}["geonames:266826"]

    assert share(find(text, "Tripoli", with_packs=lebanon)) > share(find(text, "Tripoli"))


# --- countries in which the actors operate ------------------------------------------------------------------------


@pytest.mark.parametrize(("country", "expected"), [("YE", "YEM"), ("LY", "LBY")])
def test_country_in_which_the_actors_operate_decides_between_namesakes(
    find: Finder, country: str, expected: str
) -> None:
    text = "A bomb went off in Al Bayda."
    assert place_of(find(text, "Al Bayda", operating={country: 2}), text, "Al Bayda").country == expected


def test_country_in_which_the_actors_operate_raises_the_share_of_its_town(find: Finder) -> None:
    text = "A bomb went off in Ariha."
    shares = [
        {ident: value for ident, _, value in link_of(find(text, operating=operating), text, "Ariha").candidates}
        for operating in (None, {"SY": 2})
    ]
    assert shares[0]["geonames:172994"] < shares[1]["geonames:172994"]


def test_stated_country_is_stronger_than_the_ones_in_which_the_actors_operate(find: Finder) -> None:
    text = "A bomb went off in Al Bayda in Libya."
    assert place_of(find(text, "Al Bayda", operating={"YE": 9}), text, "Al Bayda").country == "LBY"


# --- capitals, through a whole reading -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Moscow said its troops had shelled Kharkiv.",
        "Moscow said that Ukrainian troops attacked a base near Kharkiv.",
        "Tehran warned Washington against an attack.",
        "Damascus rejected the ceasefire agreement.",
        "Talks between Moscow and Kyiv broke down.",
    ],
)
def test_capital_that_speaks_or_is_spoken_to_is_no_place_of_an_event(text: str) -> None:
    reading = reportedly.read(text)
    assert reading.claims
    places = {where.text for claim in reading.claims for where in claim.places}
    assert places.isdisjoint({"Moscow", "Tehran", "Washington", "Damascus", "Kyiv"})


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("Two missiles hit Kyiv overnight.", "Kyiv"),
        ("Drone strikes hit Kyiv overnight, killing two people.", "Kyiv"),
        ("Missiles hit Tehran, Washington said.", "Tehran"),
    ],
)
def test_capital_that_is_hit_is_the_place_of_the_event(text: str, capital: str) -> None:
    hits = [claim for claim in reportedly.read(text).claims if claim.act.lemma == "hit"]
    assert [where.text for claim in hits for where in claim.places] == [capital]


# --- what no answer may do ------------------------------------------------------------------------------------------

TEXTS = [
    "Shells fell on the western bank of the Dnipro in Ukraine, and Dnipro itself was quiet.",
    "Syrian troops left Saraqib, Ariha and Aleppo for Idlib province.",
    "A bomb went off in Tripoli. A second one went off in Al Bayda.",
    "Fighting broke out in Qwzxvburg in Idlib province, north of the M4 and near Saraqib.",
    IN_LATAKIA,
    "Yemen and Libya sent envoys to Cairo; Lebanon did not.",
]


def resolved(mentions: list[PlaceMention]) -> list[tuple[PlaceLink, Place]]:
    return [(m.link, m.link.place) for m in mentions if m.link.place is not None]


@pytest.mark.parametrize("text", TEXTS)
def test_resolved_link_has_all_that_a_reader_needs(find: Finder, packed: Gazetteer, text: str) -> None:
    for gazetteer in (None, packed):
        found = resolved(find(text, "Al Bayda|Dnipro|Qwzxvburg|Tripoli|Ukraine", with_packs=gazetteer))
        assert found
        for link, place in found:
            assert place.geometry is not None and place.geometry.rings
            assert 0 < place.radius_km < math.inf
            assert place.kind is not PlaceKind.OTHER
            assert 1 <= place.ucdp_precision <= 7
            assert 1 <= place.acled_precision <= 3
            assert 0 < link.confidence <= 0.98
            assert (link.status is LinkStatus.AMBIGUOUS) == (link.confidence < 0.55)


@pytest.mark.parametrize("text", TEXTS)
def test_link_that_is_not_sure_has_candidates_and_reasons(find: Finder, packed: Gazetteer, text: str) -> None:
    for link, place in resolved(find(text, "Al Bayda|Dnipro|Qwzxvburg|Tripoli|Ukraine", with_packs=packed)):
        if not place.id.startswith("within:"):
            assert link.candidates
        if link.confidence < 0.9 or place.id.startswith("within:"):
            assert link.reasons


@pytest.mark.parametrize("name", ["Europe", "West Africa", "Middle East", "Sahel"])
def test_vast_region_is_never_stated_with_confidence(find: Finder, name: str) -> None:
    text = f"Fighting spread across the {name}."
    link = link_of(find(text, name), text, name)
    assert link.place is not None
    assert link.confidence < 0.9


def test_unknown_name_stays_unknown_with_a_reason_and_no_coordinate(find: Finder, packed: Gazetteer) -> None:
    text = "Clashes broke out in Qwzxvburg." + SYRIA
    link = link_of(find(text, "Qwzxvburg", with_packs=packed), text, "Qwzxvburg")
    assert (link.status, link.place, link.confidence) == (LinkStatus.UNKNOWN, None, 0.0)
    assert link.reasons


def test_bank_is_that_of_the_river_and_the_bare_name_that_of_the_city(find: Finder) -> None:
    text = "Shells fell on the western bank of the Dnipro in Ukraine. The mayor of Dnipro said so."
    bank, city = [m.link.place for m in find(text, "Dnipro|Ukraine") if m.core.of(text) == "Dnipro"]
    assert bank is not None and city is not None
    assert bank.id.startswith("western-bank:region:dnipro")
    assert city.kind is PlaceKind.TOWN


def test_names_that_only_resemble_places_of_a_country_do_not_vouch_for_each_other(find: Finder) -> None:
    text = "Gunmen shot two men in al-Hessan village. In Damascus a mortar shell hit al-Shaghour neighborhood."
    mentions = find(text, "Damascus|al-Hessan|al-Shaghour")
    assert place_of(mentions, text, "Damascus").country == "SYR"
    for name in ("al-Hessan", "al-Shaghour"):
        place = link_of(mentions, text, name).place
        assert place is None or place.country == "SYR"

"""What a pack adds: villages under all their keys, in divisions and districts, one candidate a town."""

from __future__ import annotations

import gzip
import itertools
import json
import lzma
import zipfile
from pathlib import Path

import pytest
from made_up import (
    WOF_HEADER,
    Adding,
    collection,
    feature,
    geonames_row,
    polygon,
    wof_row,
    write_distribution,
    write_lines,
    write_wof,
)

from reportedly.model import PlaceKind
from reportedly.places import open_gazetteer
from reportedly.places.gazetteer import built_path
from reportedly.places.packs import PackError
from reportedly.places.search import search_places

ROWS = [
    geonames_row(20, "Kafr Zamrin", others="Zimrin,Кафр Земрин,زمرين,kafrzmryn,KZM"),
    geonames_row(21, "Deir Moharram", 10.5, 11.5, admin2="77"),
    geonames_row(22, "Vale District", 10.5, 11.4, group="A", feature="ADM2", admin2="77"),
    geonames_row(23, "Old Ruin", group="P", feature="PPLQ"),
    geonames_row(24, "Ilmar Air Base", group="S", feature="AIRB"),
    geonames_row(25, "Lost Hamlet", 10.5, 10.6, admin2="78"),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "XA.txt", ROWS)


@pytest.mark.parametrize(
    ("written", "match"),
    [
        ("kafr zamrin", "exact"),
        ("Zimrin", "other name"),
        ("زمرين", "other name"),
        ("Kafr Zamreen", "romanised"),
        ("Kefr Zomrin", "consonants"),
    ],
)
def test_village_of_a_pack_is_found_however_it_is_spelt(add: Adding, dump: Path, written: str, match: str) -> None:
    add(dump, "XA")
    found = search_places(written, add.gazetteer(), ["XA"])
    assert (found[0].id, found[0].match) == ("geonames:20", match)


def test_machine_spellings_and_abandoned_places_are_left_out(add: Adding, dump: Path) -> None:
    add(dump, "XA")
    for name in ("kafrzmryn", "KZM", "Old Ruin"):
        assert add.gazetteer().lookup(name) == []


def test_places_lie_in_the_division_around_them(add: Adding, dump: Path) -> None:
    summary = add(dump, "XA")
    places = [add.gazetteer().by_id(f"geonames:{n}") for n in (20, 21, 24)]
    assert [place and place.division for place in places] == ["admin1:XA.01", "admin1:XA.02", "admin1:XA.01"]
    assert summary.countries == ("XA",)


def test_village_just_outside_a_coarse_outline_lies_in_the_nearest_division(add: Adding, tmp_path: Path) -> None:
    add(
        write_lines(tmp_path / "XA.txt", [geonames_row(30, "Shore", 10.5, 12.1), geonames_row(31, "Far", 20, 20)]), "XA"
    )
    shore, far = add.gazetteer().by_id("geonames:30"), add.gazetteer().by_id("geonames:31")
    assert shore is not None and far is not None
    assert (shore.division, far.division) == ("admin1:XA.02", "")


def test_district_is_known_by_its_code_even_if_it_comes_after_its_villages(add: Adding, dump: Path) -> None:
    assert add(dump, "XA").districts == 1
    village = add.gazetteer().by_id("geonames:21")
    assert village is not None
    district = add.gazetteer().by_id(village.district)
    assert district is not None
    assert (district.name, district.kind) == ("Vale District", PlaceKind.ADMIN2)


def test_code_of_a_district_that_is_not_in_the_dump_is_no_id(add: Adding, dump: Path) -> None:
    add(dump, "XA")
    hamlet = add.gazetteer().by_id("geonames:25")
    assert hamlet is not None
    assert hamlet.district == ""


def test_district_of_a_whosonfirst_table_has_its_outline(add: Adding, tmp_path: Path) -> None:
    rows = [wof_row(wof_id=1, name="Hill", county_id=9), wof_row(wof_id=9, name="Upland", placetype="county", gn_id=5)]
    path = write_wof(tmp_path / "XA.places.tsv", rows)
    (tmp_path / "XA.admin.geojson").write_text(collection(feature(polygon(), **{"wof:id": 9})), encoding="utf-8")
    assert add(path).districts == 1
    hill = add.gazetteer().by_id("wof:1")
    assert hill is not None
    assert hill.district == "wof:9"
    outline = add.gazetteer().outline("wof:9")
    assert outline is not None
    assert outline.bounds == (10.2, 10.2, 10.8, 10.8)


def test_whosonfirst_records_keep_the_geonames_id_once(add: Adding, tmp_path: Path) -> None:
    rows = [
        wof_row(wof_id=1, name="Hill", gn_id=50, names="eng*:Hill Town | und:Hyl | ara*:هيل"),
        wof_row(wof_id=2, name="Hill Quarter", gn_id=50, placetype="neighbourhood"),
        wof_row(wof_id=3, name="Unknown", gn_id=-1, county_id=-1),
        wof_row(wof_id=4, placetype="county"),
        wof_row(wof_id=5, name="Xandria", placetype="country"),
    ]
    assert add(write_wof(tmp_path / "XA.places.tsv", rows)).places == 3
    names = ["Hill", "Hyl", "هيل", "Hill Quarter", "Unknown"]
    found = [add.gazetteer().lookup(name)[0].id for name in names]
    assert found == ["geonames:50", "geonames:50", "geonames:50", "wof:2", "wof:3"]
    assert add.gazetteer().lookup("Hill Quarter")[0].feature == "PPLX"


def test_whosonfirst_distribution_is_read(add: Adding, tmp_path: Path) -> None:
    properties = {
        "name:eng_x_preferred": ["Hill"], "name:ara_x_preferred": ["هيل"], "wof:concordances": {"gn:id": 50},
        "wof:hierarchy": [{"county_id": 9}], "wof:population": 800,
    }  # fmt: skip
    bare = {"wof:concordances": None, "wof:hierarchy": [], "gn:population": -1}
    point = {"type": "Point", "coordinates": [10.5, 10.5]}
    path = write_distribution(
        tmp_path / "wof-admin-xa-latest.db",
        [
            (1, "locality", "Hill", 10.5, 10.5, "XA", json.dumps(feature(point, **properties))),
            (2, "campus", "Ilmar Airport", 10.5, 10.5, "XA", json.dumps(feature(point, **bare))),
            (9, "county", "Upland", 10.5, 10.5, "XA", json.dumps(feature(polygon()))),
            (10, "locality", "Elsewhere", 20, 20, "XB", "{"),
            (11, "locality", "Hill Two", 10.6, 10.6, "XA", json.dumps(feature(point, **properties))),
        ],
    )
    assert add(path, countries=["XA"]).places == 4
    hill = add.gazetteer().by_id("geonames:50")
    assert hill is not None
    assert (hill.name, hill.population, hill.district, hill.country) == ("Hill", 800, "wof:9", "XA")
    assert add.gazetteer().outline("wof:9") is not None
    assert add.gazetteer().by_id("wof:11") is not None


def test_population_and_rank_of_a_known_town_come_from_the_world(add: Adding, tmp_path: Path) -> None:
    rows = [geonames_row(1001, "Karvana", 10.4, 10.4, population=0), geonames_row(1002, "Ilmar", population=20_000)]
    add(write_lines(tmp_path / "XA.txt", rows), "XA")
    karvana, ilmar = (add.gazetteer("XA").by_id(f"geonames:{n}") for n in (1001, 1002))
    assert karvana is not None and ilmar is not None
    assert (karvana.population, karvana.feature, ilmar.population) == (50_000, "PPLA", 20_000)


def test_one_town_in_two_packs_and_the_world_is_one_candidate_in_any_order(add: Adding, tmp_path: Path) -> None:
    add(write_lines(tmp_path / "XA.txt", [geonames_row(1001, "Karvana", 10.41, 10.41)]), "XA")
    add(write_wof(tmp_path / "XA.places.tsv", [wof_row(wof_id=1, name="Karvana", lat=10.42, lon=10.42)]), "wof")
    add(write_lines(tmp_path / "l.csv", ["id,name,lat,lon", "k,Karvana,10.43,10.4", "far,Karvana,10.9,10.9"]), "own")
    results = [
        [place.id for place in add.gazetteer(*order).lookup("Karvana") if place.country == "XA"]
        for order in itertools.permutations(["XA", "wof", "own"])
    ]
    assert results == [["geonames:1001", "own:far"]] * 6


def test_places_of_a_list_are_found_by_their_own_ids(add: Adding, tmp_path: Path) -> None:
    text = ["pcode,name_en,name_ar,Y,X,type", "XA0101,North Camp,مخيم,10.5,10.5,camp", "قرية 7,South Farm,,10.6,10.6,"]
    add(write_lines(tmp_path / "list.csv", text), "mysites")
    camp, farm = add.gazetteer().by_id("mysites:XA0101"), add.gazetteer().by_id("mysites:قرية-7")
    assert camp is not None and farm is not None
    assert (camp.name, camp.kind, farm.kind) == ("North Camp", PlaceKind.SITE, PlaceKind.TOWN)
    assert add.gazetteer().lookup("مخيم")[0].id == camp.id


def test_rows_without_ids_are_told_apart_by_name_and_position(add: Adding, tmp_path: Path) -> None:
    rows = ["حي,10.5,10.5", "قرية,10.5,10.5", "Farm,-1.5,2.5", "Farm,1.5,2.5"]
    assert add(write_lines(tmp_path / "list.csv", ["name,lat,lon", *rows])).places == 4


def test_only_places_of_the_wanted_countries_are_taken(add: Adding, tmp_path: Path) -> None:
    rows = ["name;lat;lon;country", "Here;10.5;10.5;XA", "There;40;40;xb", "Default;10.5;10.6;"]
    assert add(write_lines(tmp_path / "list.csv", rows), countries=["XB"]).countries == ("XB",)
    rows = [geonames_row(1, "Here"), geonames_row(2, "There", country="XB")]
    assert add(write_lines(tmp_path / "all.txt", rows), countries=["XA"]).places == 1


def test_broken_rows_are_left_out_where_that_is_asked_for(add: Adding, tmp_path: Path) -> None:
    bad = [b"b,Bad,x,10", b"c,\xff\xfe,10.5,10.5", b"d,Nul\0,10.5,10.5", b"e,Few", b"f,,10.5,10.5"]
    path = tmp_path / "list.csv"
    path.write_bytes(b"\n".join([b"id,name,lat,lon", b"a,First,10.5,10.5", *bad, b"z,Last,10.6,10.6"]))
    skipped: list[PackError] = []
    assert add(path, skip=skipped).places == 2
    assert [str(error).partition(":")[0] for error in skipped] == [f"list.csv, row {n}" for n in range(3, 8)]


def test_broken_features_are_left_out_where_that_is_asked_for(add: Adding, tmp_path: Path) -> None:
    path = tmp_path / "list.geojson"
    point = {"type": "Point", "coordinates": [10.5, 10.5]}
    path.write_text(collection(feature(point, name="One"), 3, feature(polygon(), name="Two")), encoding="utf-8")
    skipped: list[PackError] = []
    summary = add(path, skip=skipped)
    assert (summary.places, summary.districts, len(skipped)) == (2, 1, 1)
    assert "feature 2" in str(skipped[0])


@pytest.mark.parametrize("name", ["XA.zip", "XA (1).zip", "XA.ZIP", "XA.txt.gz", "XA.txt.XZ"])
def test_packed_dump_is_read_like_a_plain_one(add: Adding, tmp_path: Path, name: str) -> None:
    text = "\n".join(ROWS)
    path = tmp_path / name
    if name.lower().endswith("zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("XA.txt", text)
    else:
        path.write_bytes((gzip if name.endswith("gz") else lzma).compress(text.encode()))
    assert add(path).places == 5


def test_bom_and_windows_line_ends_are_no_part_of_names(add: Adding, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('\ufeffname,lat,lon\r\n"Twin\r\nLine",10.5,10.5\r\n\r\n'.encode())
    add(path)
    assert add.gazetteer().lookup("Twin Line")[0].name == "Twin Line"
    wof = tmp_path / "XA.places.tsv"
    wof.write_bytes(("\ufeff" + "\t".join(WOF_HEADER) + "\r\n" + wof_row(wof_id=1, name="Hill") + "\r\n").encode())
    assert add(wof, "wof").places == 1


@pytest.mark.skipif(not built_path().is_file(), reason="the gazetteer is not built: python -m build_tools")
def test_pack_is_used_beside_the_built_gazetteer(add: Adding, dump: Path) -> None:
    add(dump, "XA")
    gazetteer = open_gazetteer([add.store.path("XA")])
    assert gazetteer.lookup("Kafr Zamrin")[0].id == "geonames:20"
    assert gazetteer.lookup("Syria")[0].id == "country:SYR"
    assert [label.split()[0] for label in gazetteer.labels] == ["XA"]

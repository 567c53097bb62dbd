"""Sources that are broken or mean harm: refused with one line, and the pack that was there stays as it was."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import (
    GOOD,
    SQUARE,
    Adding,
    collection,
    feature,
    geonames_row,
    polygon,
    wof_row,
    write_distribution,
    write_wof,
)

from reportedly._errors import ReportedlyError

HEADER = "id,name,lat,lon,population\n"
FIRST = HEADER + "a1,Good Village,10.5,10.5,12\n"
POINT = {"type": "Point", "coordinates": [10.5, 10.5]}


Refuse = Callable[..., str]


@pytest.mark.parametrize(
    ("rows", "cause"),
    [
        ("a1,Other Village,10.6,10.6,\n", "row 3: the id mine:a1 has been used"),
        ("a2,Village,10.5\n", "row 3: 3 columns"),
        ("a2,Village,ten,10.5,\n", "row 3: 'ten'"),
        ("a2,Village,nan,10.5,\n", "row 3: it has no coordinates"),
        ("a2,Village,,,\n", "row 3: it has no coordinates"),
        ("a2,Village,inf,10.5,\n", "row 3: latitude inf"),
        ("a2,Village,91,10.5,\n", "row 3: latitude 91"),
        ("a2,Village,10.5,181,\n", "row 3: .*longitude 181"),
        ("a2,Village,0,0,\n", "row 3: latitude 0, longitude 0"),
        ("a2,  ,10.5,10.5,\n", "row 3: it has no name"),
        ("a2,Vill\x07age,10.5,10.5,\n", "row 3: control characters"),
        ("a2,Vill\0age,10.5,10.5,\n", "row 3: NUL bytes"),
        (f"a2,{'x' * 300},10.5,10.5,\n", "row 3: its names are too long"),
        ("a2,Village,10.5,10.5,many\n", "row 3: 'many'"),
        ("a2,Village,10.5,10.5,-1\n", "row 3: -1 inhabitants"),
        ("a2,Village,10.5,10.5,9e99\n", "row 3: .* inhabitants are no town's"),
        ("a2,Village,10.5,10.5,1e999\n", "row 3: '1e999'"),
        ('a2,"Village,10.5,10.5,\n', "row 3: unexpected end of data"),
        ("geonames:abc,Village,10.5,10.5,\n", "row 3: 'abc' is not a GeoNames id"),
        (f"geonames:{'9' * 30},Village,10.5,10.5,\n", "row 3: '9+' is not a GeoNames id"),
        ("a2," + "x" * 5_000_000, "row 3: longer than 4 MB"),
        ("a2," + "x" * 200_000 + ",10.5,10.5,\n", "row 3: field larger"),
    ],
)
def test_broken_row_of_a_table_is_refused_by_its_number(refuse: Refuse, tmp_path: Path, rows: str, cause: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(FIRST + rows, encoding="utf-8")
    assert re.search(f"list.csv, {cause}", refuse(path))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "row 1: it is empty"),
        (b"\n\n", "row 1: it is empty"),
        (HEADER.encode(), "no place in it"),
        (b"place,latitude\nVillage,10.5\n", "row 1: no column for 'lon'"),
        (FIRST.encode() + b"a2,Vill\xe9ge,10.5,10.5,\n", "row 3: not UTF-8"),
        (b"id,name,lat,lon\rA1,Village,10.5,10.5\rA2,Other,10.5,10.6\r", "row 1: new-line character"),
        (b"x" * 3_000_000, "row 1: field larger"),
        (b"name,lat,lon,country\nVillage,10.5,10.5,Xandria\n", "row 2: 'XANDRIA' is not a country code"),
        (b"name,lat,lon,kind\nVillage,10.5,10.5,palace\n", "row 2: no kind 'palace'"),
        (b"name,lat,lon,feature\nVillage,10.5,10.5,a village\n", "row 2: 'A VILLAGE' is no feature code"),
    ],
)
def test_table_that_is_none_is_refused(refuse: Refuse, tmp_path: Path, content: bytes, cause: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert cause in refuse(path)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (geonames_row(5, "Village") + "\textra", "row 2: 20 columns"),
        (geonames_row("x5", "Village"), "row 2: 'x5' is not a GeoNames id"),
        (geonames_row("9" * 25, "Village"), "row 2: '9999"),
        (geonames_row("\u0665", "Village"), "row 2: '\u0665' is not a GeoNames id"),
        (geonames_row("007", "Village"), "row 2: the id geonames:7 has been used"),
        (geonames_row(5, "Village", country="Xandria"), "row 2: 'Xandria'"),
        (geonames_row(5, "Village", country=""), "row 2: ''"),
        (geonames_row(5, "Village", 99), "row 2: latitude 99"),
        (geonames_row(5, "", 10), "row 2: it has no name"),
        (geonames_row(5, "Village", population="-4"), "row 2: -4 inhabitants"),
    ],
)
def test_broken_row_of_a_geonames_dump_is_refused(refuse: Refuse, tmp_path: Path, row: str, cause: str) -> None:
    path = tmp_path / "XA.txt"
    path.write_text(f"{geonames_row(7, 'First')}\n{row}\n", encoding="utf-8")
    assert cause in refuse(path)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("XA.places.tsv", wof_row(wof_id="x", name="Village"), "row 2: 'x' is not a Who's On First id"),
        ("XA.places.tsv", wof_row(wof_id="", name="Village"), "row 2: ''"),
        ("XA.places.tsv", wof_row(wof_id=1, name="Village", gn_id="q"), "row 2: 'q' is not a GeoNames id"),
        ("XA.places.tsv", wof_row(wof_id=1, name="Village", lat=95), "row 2: latitude 95"),
        ("XA.places.tsv", "1\tlocality", "row 2: 2 columns"),
        ("Xandria.places.tsv", wof_row(wof_id=1, name="Village"), "begin with the country's code"),
    ],
)
def test_broken_whosonfirst_table_is_refused(
    refuse: Refuse, tmp_path: Path, name: str, content: str, cause: str
) -> None:
    assert cause in refuse(write_wof(tmp_path / name, [content]))


@pytest.mark.parametrize(
    ("beside", "cause"),
    [
        ("{", "it is no JSON"),
        ("[1]", "no GeoJSON FeatureCollection"),
        (collection({"geometry": polygon()}), "feature 1: it is no division"),
        (
            collection(feature(polygon([[10, 10], [400, 10], [10, 11], [10, 10]]), **{"wof:id": 1})),
            "feature 1: .* earth",
        ),
        (collection(feature({"type": "Polygon", "coordinates": 4}, **{"wof:id": 1})), "feature 1: .* broken"),
    ],
)
def test_broken_outlines_beside_a_whosonfirst_table_are_refused(
    refuse: Refuse, tmp_path: Path, beside: str, cause: str
) -> None:
    path = write_wof(tmp_path / "XA.places.tsv", [wof_row(wof_id=1, name="Village")])
    (tmp_path / "XA.admin.geojson").write_text(beside, encoding="utf-8")
    assert re.search(cause, refuse(path, named="XA.admin.geojson"))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "it is no JSON"),
        ("[" * 100_000 + "]" * 100_000, "nested too deep"),
        ('{"type": "FeatureCollection", "features": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deep"),
        ("{}", "no GeoJSON FeatureCollection"),
        ('{"features": {"a": 1}}', "no GeoJSON FeatureCollection"),
        (collection(), "no place in it"),
        (collection(7), "feature 1: it has no properties"),
        (collection({"geometry": POINT, "properties": None}), "feature 1: it has no properties"),
        (collection(feature(None, name="V")), "feature 1: its geometry is broken"),
        (collection(feature(POINT, title="V")), "feature 1: no column for 'name'"),
        (collection(feature(POINT, name="V"), feature({"type": "Point"}, name="W")), "feature 2: its geometry"),
        (collection(feature({"type": "Ring", "coordinates": []}, name="V")), "feature 1: its geometry"),
        (collection(feature({"type": "Point", "coordinates": []}, name="V")), "feature 1: it has no coordinates"),
        (collection(feature({"type": "Point", "coordinates": ["a", "b"]}, name="V")), "feature 1: its geometry"),
        (collection(feature({"type": "MultiPolygon", "coordinates": [[]]}, name="V")), "feature 1: "),
        (collection(feature({"type": "Point", "coordinates": [float("nan"), 1]}, name="V")), "feature 1: "),
        (collection(feature({"type": "Point", "coordinates": [float("inf"), 1]}, name="V")), "feature 1: .*earth"),
        (collection(feature(polygon([[0, 0], [9e9, 0], [1, 1], [0, 0]]), name="V")), "feature 1: .*earth"),
        (collection(feature(POINT, name="half \ud800 a character")), "feature 1: control characters"),
    ],
)  # fmt: skip
def test_broken_geojson_is_refused(refuse: Refuse, tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "list.geojson"
    path.write_text(text, encoding="utf-8")
    assert re.search(cause, refuse(path))


def test_database_that_is_no_distribution_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE recipes(name TEXT)")
    db.execute("CREATE VIEW spr AS SELECT 1 AS id")
    db.commit()
    db.close()
    assert "no Who's On First distribution" in refuse(path)


def test_file_called_a_database_that_is_none_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert "no Who's On First distribution" in refuse(path)


@pytest.mark.parametrize(
    ("record", "cause"),
    [
        ((5, "locality", "Village", 10.5, 10.5, "XA", "{"), "record 5: its GeoJSON"),
        ((5, "locality", "Village", 10.5, 10.5, "XA", None), "record 5: its GeoJSON"),
        ((5, "locality", "Village", None, 10.5, "XA", json.dumps(feature(POINT))), "record 5: .* coordinates"),
        ((5, "locality", "Village", 10.5, 10.5, None, json.dumps(feature(POINT))), "record 5: '' is not a country"),
        ((5, "locality", None, 10.5, 10.5, "XA", json.dumps(feature(POINT))), "record 5: it has no name"),
        ((5, "county", "Vale", 10.5, 10.5, "XA", json.dumps(feature(None))), "record 5: its geometry"),
        ((5, "locality", "V", 10.5, 10.5, "XA", json.dumps({"properties": [], "geometry": POINT})), "record 5: "),
        ((5, "locality", "V", 10.5, 10.5, "XA", "[" * 100_000), "record 5: its GeoJSON"),
    ],
)  # fmt: skip
def test_broken_record_of_a_distribution_is_refused(
    refuse: Refuse, tmp_path: Path, record: tuple[object, ...], cause: str
) -> None:
    assert re.search(cause, refuse(write_distribution(tmp_path / "wof.db", [record])))


def test_folder_in_the_place_of_a_file_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    (tmp_path / "XA.txt").mkdir()
    assert "folder" in refuse(tmp_path / "XA.txt")


def test_missing_file_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    assert "no such file" in refuse(tmp_path / "XA.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_refused_as_unreadable(refuse: Refuse, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)
    assert "ermission" in refuse(path)


def test_unknown_format_is_refused_with_the_known_ones(refuse: Refuse, tmp_path: Path) -> None:
    path = tmp_path / "places.xlsx"
    path.write_bytes(b"PK")
    assert "GeoNames dumps" in refuse(path)


def test_list_cannot_take_a_name_with_which_other_ids_begin(add: Adding, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(ReportedlyError, match="choose another name"):
        add(path, "geonames")


def test_polygon_crossing_itself_is_mended_not_refused(add: Adding, tmp_path: Path) -> None:
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    path = tmp_path / "list.geojson"
    path.write_text(collection(feature(polygon(bow), name="Bow Vale")), encoding="utf-8")
    assert add(path).districts == 1

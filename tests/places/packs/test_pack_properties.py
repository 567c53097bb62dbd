"""What holds for every table, every order of packs and every heap of bytes."""

from __future__ import annotations

import itertools
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_up import Adding, collection, feature, geonames_row

from reportedly._errors import ReportedlyError
from reportedly.places import Gazetteer
from reportedly.places.fold import fold_name
from reportedly.places.packs import PackError, PackStore, read_source
from reportedly.places.packs.tables import TableFormat
from reportedly.places.search import search_places

QUICK = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = ["Kafr Zamrin", "Kafr Zomrin", "Zamrin", "Karvana", "Qarvanah", "زمرين", "Deir Ezzor", "Dayr az Zawr"]
degrees = st.integers(-899, 899).map(lambda tenth: tenth / 10)
near = st.integers(1000, 1100).map(lambda hundredth: hundredth / 100)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, float, float]]:
    letters = st.characters(categories=["L", "N", "Zs"], include_characters="'-,\"()")
    names = st.text(letters, min_size=1, max_size=20).filter(lambda text: fold_name(text) and text.strip())
    return draw(st.lists(st.tuples(names, degrees, degrees.filter(bool)), min_size=1, max_size=8))


@QUICK
@given(tables(), st.sampled_from([",", "\t", ";"]))
def test_every_row_of_a_table_is_found_by_its_name_at_its_position(
    world: Gazetteer, rows: list[tuple[str, float, float]], delimiter: str
) -> None:
    def quote(cell: object) -> str:
        return '"' + str(cell).replace('"', '""') + '"'

    with tempfile.TemporaryDirectory() as folder, closing(Adding(PackStore(Path(folder) / "packs"), world)) as add:
        path = Path(folder) / "list.csv"
        lines = [("id", "name", "lat", "lon"), *((n, *row) for n, row in enumerate(rows))]
        text = "".join(delimiter.join(map(quote, line)) + "\n" for line in lines)
        path.write_text(text, encoding="utf-8")
        assert add(path, country="XC").places == len(rows)
        gazetteer = add.gazetteer()
        for n, (name, lat, lon) in enumerate(rows):
            place = gazetteer.by_id(f"mine:{n}")
            assert place is not None
            assert (place.name, place.lat, place.lon) == (" ".join(name.split()), lat, lon)
            found = [p for p in gazetteer.lookup(name) if p.country == "XC"]
            assert any(abs(p.lat - lat) < 0.05 and abs(p.lon - lon) < 60 for p in found)


rows_of_a_pack = st.lists(
    st.tuples(
        st.sampled_from([7, 8, 1001]), st.sampled_from(NAMES), st.sampled_from(["", *NAMES]), near, near,
        st.sampled_from([0, 0, 50, 900, 60_000]), st.sampled_from(["PPL", "PPLX", "PPLA"]), st.sampled_from(["XA", "XB"]),
    ),
    min_size=1, max_size=3, unique_by=lambda row: row[0],
)  # fmt: skip


@settings(QUICK, phases=[Phase.generate])  # no shrinking: every example builds packs
@given(st.lists(rows_of_a_pack, min_size=2, max_size=3))
def test_order_of_packs_changes_nothing(world: Gazetteer, packs: list[list[tuple[object, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(Adding(PackStore(Path(folder) / "packs"), world)) as add:
        codes = [f"pack{n}" for n in range(len(packs))]
        for code, rows in zip(codes, packs, strict=True):
            path = Path(folder) / "dump.txt"
            lines = [
                geonames_row(ident, str(name), lat, lon, others=str(other), feature=str(sort), country=str(country),
                             population=population)
                for ident, name, other, lat, lon, population, sort, country in rows
            ]  # fmt: skip
            path.write_text("\n".join(lines), encoding="utf-8")
            add(path, code)
        first, *others = [add.gazetteer(*order) for order in itertools.permutations(codes)]
        for other in others:
            for name in NAMES:
                assert other.lookup(name) == first.lookup(name)
                assert other.consonants(name) == first.consonants(name)
                assert search_places(name, other, ["XA"]) == search_places(name, first, ["XA"])


HINTS = [
    b"id,name,lat,lon\n", b"1,Village,10.5,10.5\n", b"name\tlat\tlon\n", b"wof_id\tplacetype\tgn_id\tname\tlat\tlon\t",
    b"population\tcounty_id\tnames\n", b'"', b"\t" * 18, b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"PK\x03\x04",
    b"\xfd7zXZ\0", b"\x1f\x8b\x08", b"SQLite format 3\0", b'{"features": [', b'{"properties": {"name": "V"}, "geometry": ',
    b'{"type": "Point", "coordinates": [10, 10]}}', b'{"type": "Polygon", "coordinates": [[[1, 1]]]}}', b"]}", b"NaN",
    b"1e999", b'"\\ud800"', geonames_row(5, "Village").encode(), b"[" * 3000,
]  # fmt: skip
FILES = [
    "x.csv", "x.tsv", "x.geojson", "x.txt", "x.zip", "x.csv.xz", "x.txt.gz", "x.json", "XA.places.tsv", "XA.places.tsv.xz",
    "x.db", "x.sqlite",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(HINTS), st.binary(max_size=30)), max_size=12), st.booleans())
def test_any_bytes_are_read_or_refused_on_purpose(name: str, pieces: list[bytes], skip: bool) -> None:
    skipped: list[PackError] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(b"".join(pieces))
        try:
            form = TableFormat("mine", "XA")
            entries, _ = read_source(path, form, (), skipped.append) if skip else read_source(path, form)
            for entry in entries:
                assert entry.names and -90 <= entry.lat <= 90 and -180 <= entry.lon <= 180
        except ReportedlyError as error:
            assert "\n" not in str(error)
        assert all(name.partition(".")[0] in str(error) for error in skipped)


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=5)),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["type", "coordinates", "geometries"]), inner, max_size=3)
        ),
        max_leaves=12,
    ),
    st.sampled_from(["Point", "LineString", "Polygon", "MultiPoint", "MultiPolygon", "GeometryCollection", None]),
)
def test_any_geometry_is_read_or_refused_on_purpose(drawn: object, sort: str | None) -> None:
    geometry = drawn if sort is None else {"type": sort, "coordinates": drawn, "geometries": drawn}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.geojson"
        path.write_text(collection(feature(geometry, name="Village")), encoding="utf-8")
        skipped: list[PackError] = []
        entries, _ = read_source(path, TableFormat("mine", "XA"), (), skipped.append)
        assert len(list(entries)) + len(skipped) == 1

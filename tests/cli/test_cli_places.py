"""The group ``reportedly places``: packs are added, listed and removed, names found, readings explained."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hand_made import REPORT_ID, Run

from reportedly.model import LinkStatus, Place, PlaceKind, PlaceLink
from reportedly.places.packs.advice import advise, covered_countries
from reportedly.places.packs.sources import GEONAMES
from reportedly.places.packs.store import Pack

REPORT = """Title: Shells fall on Sarmin
Outlet: Orontes Courier
Date: 2020-03-16

Syrian government forces shelled Sarmin and Saraqib on Saturday, activists said. Three people were wounded in Zummarat.

The army moved tanks from Saraqib to Zummarat on Sunday. Ariha was quiet.
"""


def geonames_row(number: int, name: str, country: str = "SY", others: str = "", lat: str = "35.81") -> str:
    """Return a row of a GeoNames dump for a made-up village."""
    cells = [str(number), name, name, others, lat, "36.71", "P", "PPL", country, "", "12", "", "", "", "120", "", ""]
    return "\t".join([*cells, "Asia/Damascus", "2020-01-01"]) + "\n"


SY_ROWS = geonames_row(900001, "Zummarat", others="Zumarat") + geonames_row(900002, "Kafr Sazin")
LB_ROWS = geonames_row(900003, "Aytazun", "LB", lat="34.2")
BROKEN = geonames_row(900009, "Nowhere", lat="north")


def write_zip(path: Path, member: str, text: str) -> Path:
    """Write an archive as GeoNames packs its dumps."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, text)
    return path


@pytest.fixture(autouse=True)
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the packs of a test."""
    folder = tmp_path / "packs"
    monkeypatch.setenv("REPORTEDLY_PACKS", str(folder))
    monkeypatch.setenv("REPORTEDLY_GEONAMES_URL", "http://127.0.0.1:9/nobody-answers")
    return folder


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Return a dump of two made-up villages."""
    path = tmp_path / "SY.txt"
    path.write_text(SY_ROWS, encoding="utf-8")
    return path


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """Return a list of one's own, with its own headers and without countries."""
    path = tmp_path / "sites.csv"
    path.write_text(
        "Site name;Latitude;Longitude;kind\nCamp Zeryab;36.4;36.9;camp\nWell 12;36.5;36.8;site\n", encoding="utf-8"
    )
    return path


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve dumps of two countries on this machine, and a broken one."""
    folder = tmp_path / "served"
    folder.mkdir()
    write_zip(folder / "SY.zip", "SY.txt", SY_ROWS)
    write_zip(folder / "LB.zip", "LB.txt", LB_ROWS)
    (folder / "TR.zip").write_bytes(b"<html>not today</html>")
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=partial(http.serve_forever, poll_interval=0.01))
    thread.start()
    url = f"http://127.0.0.1:{http.server_port}"
    monkeypatch.setenv("REPORTEDLY_GEONAMES_URL", url)
    yield url
    http.shutdown()
    thread.join()
    http.server_close()


def test_a_country_is_downloaded_built_and_the_download_thrown_away(run: Run, packs: Path, server: str) -> None:
    answer = run("places", "add", "SY", "lb")
    assert answer.code == 0, answer.err
    for part in ("Pack SY", "Pack LB", "GeoNames", "CC BY 4.0", str(packs / "SY.sqlite")[-20:]):
        assert part in answer.out.replace("\n         ", "")
    assert sorted(path.name for path in packs.iterdir()) == ["LB.sqlite", "SY.sqlite"]


def test_the_address_can_be_given(run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_GEONAMES_URL", "http://127.0.0.1:9/")
    assert run("places", "add", "SY", "--url", server).code == 0


def test_one_country_that_fails_does_not_stop_the_others(run: Run, packs: Path, server: str) -> None:
    answer = run("places", "add", "TR", "ZZ", "FR", "SY", "--json")
    assert answer.code == 1
    assert [line.split(":")[1].strip() for line in answer.err.splitlines()] == ["TR", "ZZ", "FR"]
    made = json.loads(answer.out)
    assert [pack["code"] for pack in made["packs"]] == ["SY"]
    assert [one["code"] for one in made["failed"]] == ["TR", "ZZ", "FR"]
    assert (packs / "SY.sqlite").is_file()


def test_without_a_network_it_says_how_else(run: Run, packs: Path) -> None:
    answer = run("places", "add", "SY")
    assert answer.code == 4
    assert len(answer.err.splitlines()) == 1
    assert "--from FILE" in answer.err


def test_a_pack_is_made_of_a_file_whose_name_tells_the_code(run: Run, dump: Path) -> None:
    (pack,) = json.loads(run("places", "add", "--from", str(dump), "--json").out)["packs"]
    assert (pack["code"], pack["places"], pack["countries"], pack["replaced"]) == ("SY", 2, ["SY"], False)
    assert json.loads(run("places", "add", "--from", str(dump), "--json").out)["packs"][0]["replaced"]


def test_a_file_of_the_world_gives_each_country_its_own_pack(run: Run, tmp_path: Path) -> None:
    world = write_zip(tmp_path / "allCountries.zip", "allCountries.txt", SY_ROWS + LB_ROWS)
    answer = run("places", "add", "SY", "LB", "--from", str(world), "--json")
    assert answer.code == 0
    found = {pack["code"]: (pack["places"], pack["countries"]) for pack in json.loads(answer.out)["packs"]}
    assert found == {"SY": (2, ["SY"]), "LB": (1, ["LB"])}


def test_a_list_of_ones_own_is_a_pack_too(run: Run, sites: Path) -> None:
    answer = run("places", "add", "my-sites", "--from", str(sites), "--country", "sy", "--column", "name=Site name")
    assert answer.code == 0, answer.err
    (found,) = json.loads(run("places", "find", "Camp Zeryab", "--json").out)
    assert found["kind"] == "site"
    assert found["admin"][0] == "Syria"


def test_a_broken_row_is_named_and_the_old_pack_stays(run: Run, dump: Path) -> None:
    run("places", "add", "--from", str(dump))
    dump.write_text(SY_ROWS + BROKEN, encoding="utf-8")
    answer = run("places", "add", "--from", str(dump))
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 1
    assert "SY.txt, row 3" in answer.err
    assert "--skip-broken" in answer.err
    assert json.loads(run("places", "find", "Zummarat", "--json").out)


def test_broken_rows_are_left_out_and_counted_when_asked(run: Run, dump: Path) -> None:
    dump.write_text(SY_ROWS + BROKEN * 4, encoding="utf-8")
    answer = run("places", "add", "--from", str(dump), "--skip-broken")
    assert answer.code == 0
    assert "4 broken rows" in answer.out
    assert answer.out.count("SY.txt, row") == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add"], 2, "which country"),
        (["add", "syria"], 2, "two letters"),
        (["add", "SY", "--country", "SY"], 2, "--from"),
        (["add", "--from", "sites.csv"], 2, "my-sites"),
        (["add", "SY", "--from", "none.txt"], 1, "no such file"),
        (["add", "SY", "--from", "."], 1, "a folder"),
        (["add", "../up", "--from", "SY.txt"], 3, "no name for a pack"),
        (["add", "a", "b", "--from", "sites.csv", "--country", "SY", "--column", "name=Site name"], 2, "several packs"),
        (["add", "my-sites", "--from", "sites.csv", "--column", "name"], 2, "OURS=HEADER"),
        (["add", "my-sites", "--from", "sites.csv", "--column", "name=Site name"], 3, "row 2"),
        (["add", "my-sites", "--from", "sites.csv", "--country", "Syria"], 2, "two letters"),
        (["add", "SY", "--from", "SY.txt", "--country", "LB"], 2, "lists of your own"),
        (["remove", "LB"], 3, "there are: none"),
        (["remove"], 2, "CODE"),
        (["find", "Sarmin", "--country", "Syria"], 2, "two letters"),
        (["find"], 2, "NAME"),
        (["explain", "none.txt"], 1, "no such file"),
        (["explain", "r-ffff"], 3, "r-ffff"),
        (["explain", f"{REPORT_ID}.c1"], 3, "part of a report"),
        (["dance"], 2, "dance"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_what_goes_wrong_is_said_and_has_its_exit_code(  # noqa: PLR0917
    run: Run, dump: Path, sites: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    assert sites.parent == dump.parent
    monkeypatch.chdir(dump.parent)
    answer = run("places", *arguments)
    assert answer.code == code, answer.err
    assert said in " ".join(answer.err.split())
    assert answer.out == ""
    assert "Traceback" not in answer.err
    if code != 2:
        assert len(answer.err.splitlines()) == 1


def test_the_list_begins_with_what_is_built_in(run: Run, dump: Path) -> None:
    run("places", "add", "--from", str(dump))
    built, pack = json.loads(run("places", "list", "--json").out)
    assert built["code"] is None
    assert built["places"] > 100_000
    assert (pack["code"], pack["places"], pack["source"]) == ("SY", 2, GEONAMES)
    table = run("places", "list").out
    assert table.index("built in") < table.index("\nSY")
    assert max(map(len, table.splitlines())) <= 80


def test_a_pack_that_is_removed_is_gone_and_one_that_is_not_there_is_named(run: Run, packs: Path, dump: Path) -> None:
    run("places", "add", "--from", str(dump))
    answer = run("places", "remove", "LB", "sy")
    assert answer.code == 1
    assert "'LB'" in answer.err
    assert "Pack SY is removed." in answer.out
    assert list(packs.iterdir()) == []


def test_a_file_that_is_no_pack_is_named_and_can_be_removed(run: Run, packs: Path) -> None:
    packs.mkdir()
    (packs / "SY.sqlite").write_bytes(b"nothing")
    answer = run("places", "list")
    assert answer.code == 4
    assert "SY.sqlite" in answer.err
    assert run("places", "remove", "SY").code == 0


@pytest.mark.parametrize(
    ("name", "match", "place_id"),
    [
        ("Sarmīn", "exact", "geonames:164782"),
        ("Damaskus", "other name", "geonames:170654"),
        ("Abu Dhuhurr", "romanised", "geonames:174611"),
        ("Donbas", "exact", "region:donbas"),
        ("Donbass", "other name", "region:donbas"),
        ("M4", "other name", "route:syria-m4"),
    ],
)
def test_find_says_how_a_name_was_matched(run: Run, name: str, match: str, place_id: str) -> None:
    found = json.loads(run("places", "find", name, "--json", "--limit", "0").out)
    assert {place["id"]: place["match"] for place in found}[place_id] == match


def test_find_shows_where_a_town_lies_and_fits_80_columns(run: Run) -> None:
    answer = run("places", "find", "Tripoli")
    assert answer.code == 0
    assert "Lebanon" in answer.out
    assert "geonames:2210247" in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80


def test_find_keeps_to_the_countries_given(run: Run) -> None:
    found = json.loads(run("places", "find", "Tripoli", "--country", "lb", "--json").out)
    assert found
    assert all(place["countries"] == ["LB"] for place in found)


def test_a_typing_error_is_found_with_a_country(run: Run, dump: Path) -> None:
    run("places", "add", "--from", str(dump))
    assert json.loads(run("places", "find", "Zumnarat", "--json").out) == []
    found = json.loads(run("places", "find", "Zumnarat", "--country", "SY", "--json").out)
    assert ("Zummarat", "similar") in [(place["name"], place["match"]) for place in found]


def test_find_says_when_the_list_is_cut(run: Run) -> None:
    answer = run("places", "find", "San Antonio", "--limit", "2", "--json")
    assert len(json.loads(answer.out)) == 2
    assert "--limit 0" in answer.err


@pytest.mark.parametrize(
    ("countries", "said"),
    [
        ([], "--country XX"),
        (["--country", "SY"], "`reportedly places add SY` adds about 10,600 places"),
        (["--country", "FR"], "`reportedly places add FR` adds the villages"),
    ],
    ids=["anywhere", "Syria", "France"],
)
def test_a_name_that_is_nowhere_says_what_to_do(run: Run, countries: list[str], said: str) -> None:
    answer = run("places", "find", "Qwrtzpsdgh", *countries)
    assert answer.code == 0
    assert answer.out == "Nothing found.\n"
    assert said in answer.err
    assert json.loads(run("places", "find", "Qwrtzpsdgh", *countries, "--json").out) == []


def test_explain_tells_each_name_with_its_reading_and_the_claims_that_use_it(run: Run) -> None:
    answer = run("places", "explain", "-", stdin=REPORT.encode())
    assert answer.code == 0
    sarmin = answer.out.split("“Sarmin”", 1)[1].split("\n\n", 1)[0]
    for part in ("resolved", "town in", "Idlib, Syria", "geonames:164782", "± 1 km", "(UCDP)", "sure", ".c1"):
        assert part in sarmin, part
    assert max(map(len, answer.out.splitlines())) <= 80


def test_explain_as_json_has_offsets_and_losing_candidates(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The two sides met in Tripoli and in Benghazi on Monday, officials said.\n", encoding="utf-8")
    (one,) = json.loads(run("places", "explain", str(path), "--json").out)
    tripoli = next(name for name in one["names"] if name["words"].endswith("Tripoli"))
    assert tripoli["link"]["place"]["id"] == "geonames:2210247"
    assert len(tripoli["link"]["candidates"]) > 1
    text = path.read_text(encoding="utf-8")
    assert [text[span["start"] : span["end"]] for span in tripoli["spans"]] == [tripoli["words"]]


@pytest.mark.parametrize("before", [False, True], ids=["after the command", "before it"])
def test_explain_takes_the_short_id_of_a_report_in_the_ledger(run: Run, ledger: Path, before: bool) -> None:
    given = ["--ledger", str(ledger)]
    command = ["places", "explain", REPORT_ID[:6]]
    answer = run(*given, *command) if before else run(*command, *given)
    assert answer.code == 0
    assert "“Sarmin”" in answer.out
    assert f"{REPORT_ID[:6]}.c1, {REPORT_ID[:6]}.c2" in answer.out


def test_a_report_without_places_is_explained_too(run: Run) -> None:
    answer = run("places", "explain", "-", stdin=b"The minister said that he was tired of the talks.\n")
    assert answer.code == 0
    assert "no names of places" in answer.out


@pytest.mark.parametrize("command", [["read", "-"], ["read", "-", "--json"], ["places", "explain", "-"]], ids=" ".join)
def test_names_that_were_not_found_come_with_a_hint_until_the_pack_is_there(
    run: Run, dump: Path, command: list[str]
) -> None:
    hint = "reportedly: 1 name was not found; `reportedly places add SY` adds about 10,600 places\n"
    assert run(*command, stdin=REPORT.encode()).err == hint
    run("places", "add", "--from", str(dump))
    assert run(*command, stdin=REPORT.encode()).err == ""


def test_a_batch_ends_with_one_hint_about_what_was_added(run: Run, tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(REPORT.replace("Three", f"{number + 3}"), encoding="utf-8")
    new = ("--ledger", str(tmp_path / "new.sqlite"))
    answer = run("add", str(tmp_path / "0.txt"), str(tmp_path / "1.txt"), *new)
    assert answer.code == 0
    assert answer.err.count("`reportedly places add SY`") == 1
    assert run("add", str(tmp_path / "0.txt"), *new).err == ""


def test_the_list_of_places_takes_its_options_and_the_ledger_from_before(run: Run, ledger: Path) -> None:
    (row,) = json.loads(run("places", "--json", "--limit", "1").out)
    assert row["place"]["id"] == "geonames:1"
    assert run("--ledger", str(ledger), "places").out == run("places", "--ledger", str(ledger)).out
    assert "Sarmin" in run("places").out


@pytest.mark.parametrize("given", [["--limit", "3"], ["--json"], ["--ledger", "x.sqlite"]], ids=" ".join)
def test_an_option_of_the_list_before_a_command_is_wrong_usage(run: Run, given: list[str]) -> None:
    answer = run("places", *given, "list")
    assert answer.code == 2
    assert given[0] in answer.err
    assert answer.out == ""


def town(name: str, alpha3: str, kind: PlaceKind = PlaceKind.TOWN) -> PlaceLink:
    """Return a resolved link to a made-up place."""
    return PlaceLink(LinkStatus.RESOLVED, name, Place(f"x:{name}", name, kind, 0, 0, 1, None, alpha3), 0.9)


def unknown(name: str) -> PlaceLink:
    """Return a link to nothing."""
    return PlaceLink(LinkStatus.UNKNOWN, name)


def alpha2(alpha3: str) -> str:
    """Return the short code of the countries of these tests."""
    return {"SYR": "SY", "TUR": "TR", "FRA": "FR"}.get(alpha3, "")


@pytest.mark.parametrize(
    ("links", "covered", "advice"),
    [
        ([town("A", "SYR")], (), None),
        ([town("A", "SYR"), unknown("X"), unknown("x")], (), "1 name was not found; `reportedly places add SY` adds about 10,600 places"),
        ([town("A", "SYR"), unknown("X"), unknown("Y")], (), "2 names were not found; `reportedly places add SY` adds about 10,600 places"),
        ([town("A", "SYR"), unknown("X")], ("SY",), None),
        ([town("A", "SYR"), town("B", "TUR"), town("C", "TUR"), unknown("X")], ("TR",), None),
        ([town("A", "SYR"), town("B", "TUR"), unknown("X")], (), "1 name was not found; `reportedly places add SY TR` adds about 63,800 places"),
        ([town("A", "FRA"), unknown("X")], (), "1 name was not found; `reportedly places add FR` adds the villages that GeoNames knows there"),
        ([town("A", "SYR"), unknown("the area")], (), None),
        ([unknown("X")], (), None),
        ([town("A", "SYR"), *(town(c, c, PlaceKind.COUNTRY) for c in ("FRA", "TUR")), unknown("X")], ("FR", "TR"), "1 name was not found; `reportedly places add SY` adds about 10,600 places"),
    ],
)  # fmt: skip
def test_packs_are_advised_for_where_a_reports_places_lie(
    links: list[PlaceLink], covered: tuple[str, ...], advice: str | None
) -> None:
    assert advise([links], covered, alpha2) == advice


def test_advice_adds_up_over_reports_and_leaves_out_those_that_lack_nothing() -> None:
    reports = [
        [town("A", "SYR"), unknown("X")],
        [town("A", "SYR"), unknown("X"), unknown("Y")],
        [town("B", "TUR")],
        [town("C", "FRA"), unknown("Z")],
    ]
    advice = advise(reports, {"FR"}, alpha2)
    assert advice == "3 names were not found; `reportedly places add SY` adds about 10,600 places"


def test_a_short_list_of_ones_own_does_not_cover_a_country() -> None:
    def pack(code: str, source: str) -> Pack:
        return Pack(code, 3, 3, ("SY",), source, "", 0.1, Path("x"))

    assert covered_countries([pack("my-sites", "sites.csv")]) == frozenset()
    assert covered_countries([pack("SY", "villages.csv")]) == {"SY"}
    assert covered_countries([pack("levant", GEONAMES)]) == {"SY"}

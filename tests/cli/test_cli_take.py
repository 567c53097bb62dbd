"""Reading reports in, through the whole analysis: demo, add, read, and the page."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hand_made import Run

REPORT = """Title: Shells fall on Sarmin
Outlet: Orontes Courier
Date: 2020-03-16

Syrian government forces shelled Sarmin on Saturday, activists said. Three people were wounded.

The Syrian army denied shelling Sarmin. Russia and Turkey are to begin joint patrols on Sunday.
"""
ONE_LINE = re.compile(r"reportedly: [^\n]+\n")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Return a report as a text file."""
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_is_added_once_and_again_changes_nothing(run: Run, tmp_path: Path, report: Path) -> None:
    new = ("--ledger", str(tmp_path / "new.sqlite"))
    first = run("add", str(report), *new)
    assert first.code == 0
    assert first.out.startswith("1 new")
    before = run("claims", "--json", *new).out
    again = run("add", str(report), *new)
    assert again.code == 0
    assert again.out.startswith("1 unchanged")
    assert run("claims", "--json", *new).out == before
    assert json.loads(before)


def test_a_changed_report_is_a_new_version(run: Run, tmp_path: Path, report: Path) -> None:
    new = ("--ledger", str(tmp_path / "new.sqlite"))
    run("add", str(report), *new)
    report.write_text(REPORT.replace("Three", "Four"), encoding="utf-8")
    assert run("add", str(report), *new).out.startswith("1 new versions")
    rows = json.loads(run("reports", "--json", *new).out)["reports"]
    assert [row["version"] for row in rows] == [2]


def test_bad_files_are_quarantined_with_reasons_and_the_rest_goes_on(run: Run, tmp_path: Path, report: Path) -> None:
    new = ("--ledger", str(tmp_path / "new.sqlite"))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "broken.jsonl").write_text('{"text": "The truce held in the north."}\n{"text": \n', encoding="utf-8")
    names = ["empty.txt", "binary.txt", "missing.txt", "broken.jsonl"]
    answer = run("add", *(str(tmp_path / name) for name in names), str(report), *new)
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 4
    for name, line in zip(names, answer.err.splitlines(), strict=True):
        assert line.startswith("reportedly: ")
        assert name in line
    assert answer.out.startswith("2 new, 4 quarantined")
    listed = json.loads(run("reports", "--json", *new).out)
    assert len(listed["quarantined"]) == 4
    assert all(one["cause"] for one in listed["quarantined"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_quarantined(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    answer = run("add", str(folder))
    folder.chmod(0o700)
    assert answer.code == 1
    assert ONE_LINE.fullmatch(answer.err)
    assert "permission" in answer.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_ledger_that_may_not_be_written_is_an_environment_error(run: Run, ledger: Path, report: Path) -> None:
    ledger.chmod(0o400)
    answer = run("add", str(report))
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)


def test_a_ledger_in_a_place_that_cannot_be_is_an_environment_error(run: Run, report: Path) -> None:
    answer = run("add", str(report), "--ledger", str(report / "ledger.sqlite"))
    assert answer.code == 4
    assert ONE_LINE.fullmatch(answer.err)


def test_standard_input_is_read(run: Run, tmp_path: Path) -> None:
    new = ("--ledger", str(tmp_path / "new.sqlite"))
    assert run("add", "-", *new, stdin=REPORT.encode()).out.startswith("1 new")
    assert "Sarmin" in run("read", "-", stdin=REPORT.encode()).out


def test_read_prints_the_claims_and_stores_nothing(run: Run, report: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    answer = run("read", str(report))
    assert answer.code == 0
    assert "ASSAULT" in answer.out
    assert "denied" in answer.out
    assert ledger.read_bytes() == before


def test_read_as_json_gives_one_reading_for_each_report(run: Run, report: Path) -> None:
    (reading,) = json.loads(run("read", str(report), "--json").out)
    assert reading["report"]["outlet"] == "Orontes Courier"
    for claim in reading["claims"]:
        for item in claim["evidence"]:
            span = item["span"]
            assert reading["report"]["text"][span["start"] : span["end"]] == item["quote"]


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_read_of_what_is_no_report_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run("read", name)
    assert answer.code == 1
    assert ONE_LINE.fullmatch(answer.err)


def test_the_demo_writes_a_ledger_that_verifies_and_a_page_and_says_where(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "demo"
    answer = run("demo", "--out", str(out))
    assert answer.code == 0
    assert str(out / "ledger.sqlite") in answer.out
    assert str(out / "page.html") in answer.out
    assert answer.out.count("\n  reportedly ") == 3
    assert "</html>" in (out / "page.html").read_text(encoding="utf-8")
    assert run("verify", "--ledger", str(out / "ledger.sqlite")).code == 0
    rows = json.loads(run("reports", "--json", "--ledger", str(out / "ledger.sqlite")).out)
    assert len(rows["reports"]) == 12
    assert rows["quarantined"] == []
    again = json.loads(run("demo", "--out", str(out), "--json").out)
    assert again["result"]["new"] == 0
    assert again["result"]["unchanged"] == 12


def test_the_page_of_a_ledger_is_one_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    answer = run("page", str(out), "--title", "Sarmin in March")
    assert answer.code == 0
    assert "Sarmin in March" in out.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir() if "ledger" not in path.name) == ["page.html"]


@pytest.mark.parametrize("form", ["json", "csv", "geojson"])
def test_an_export_to_a_file_is_what_goes_to_standard_output(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    assert run("export", "--format", form, "--out", str(out)).code == 0
    printed = run("export", "--format", form).out
    assert out.read_bytes().decode().replace("\r\n", "\n") == printed  # the runner turns line ends
    assert "asserted" in printed
    assert "Tomas Bright" not in printed

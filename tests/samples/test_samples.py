"""The samples that come with the package are what they claim to be."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from reportedly.model import Report
from reportedly.read import read_path, walk

FOLDER = Path(str(files("reportedly.data") / "samples"))
REPORTS = [
    report
    for found in walk([FOLDER])
    if not isinstance(found, Exception)
    for report in read_path(found.path, name=found.name)
]


def test_there_are_twelve_readable_reports_and_nothing_else() -> None:
    assert len(REPORTS) == 12
    assert all(isinstance(report, Report) for report in REPORTS)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key.rsplit("/", 1)[-1])
def test_every_sample_is_dated_english_and_says_in_its_address_that_it_is_invented(report: Report) -> None:
    assert report.published is not None
    assert report.language == "en"
    assert report.outlet
    assert report.title
    assert report.url is not None
    assert report.url.startswith("https://example.org/invented-sample/")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key.rsplit("/", 1)[-1])
def test_samples_are_short(report: Report) -> None:
    assert 120 <= len(report.text.split()) <= 330  # the article and its comments


def test_the_jsonl_and_html_files_carry_the_note() -> None:
    lines = (FOLDER / "idlib-2020.jsonl").read_text(encoding="utf-8").splitlines()
    assert all("Invented sample" in json.loads(line)["note"] for line in lines)
    assert "Invented sample" in (FOLDER / "field-notes-jisr.html").read_text(encoding="utf-8")


def test_the_outlets_are_those_that_the_readme_calls_invented() -> None:
    readme = " ".join((FOLDER / "README.rst").read_text(encoding="utf-8").split())
    outlets = {report.outlet for report in REPORTS if isinstance(report, Report)}
    assert 5 <= len(outlets) <= 6
    assert all(outlet is not None and outlet in readme for outlet in outlets)


def test_one_agency_story_is_printed_twice_with_small_edits() -> None:
    wire, herald = REPORTS[2].text.split(), REPORTS[3].text.split()
    assert wire != herald
    assert len(set(wire) & set(herald)) > 0.6 * len(set(wire))


def test_comments_in_markup_keep_their_replies() -> None:
    html = next(report for report in REPORTS if isinstance(report, Report) and report.format == "html")
    comments = [passage for passage in html.passages if passage.comment]
    assert [passage.author for passage in comments] == [
        "SAA_forever",
        "Mira from Gaziantep",
        "Dr. Quill",
        "ghab_farmer",
    ]
    assert comments[1].answers == comments[0].index

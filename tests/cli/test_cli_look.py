"""The tables and records that the commands print, on a ledger made by hand."""

from __future__ import annotations

import json

import pytest
from hand_made import COMMENTER, PSEUDONYM, REPORT_ID, Run

SHORT = REPORT_ID[:6]
LISTS = ("claims", "events", "actors", "places", "sources", "reports")


def row_of(table: str, claim: str) -> str:
    """Return the lines of a table from one id to the next."""
    after = table.split(f"{SHORT}.{claim} ", 1)[1]
    return after.split(f"\n{SHORT}", 1)[0]


@pytest.mark.parametrize("command", [*LISTS, "search sarmin", f"show {REPORT_ID}", f"show {REPORT_ID}.c1"])
def test_every_table_fits_80_columns(run: Run, command: str) -> None:
    answer = run(*command.split())
    assert answer.code == 0
    assert answer.out.strip()
    assert max(map(len, answer.out.splitlines())) <= 80


@pytest.mark.parametrize(
    "command",
    [
        *LISTS,
        "search sarmin",
        "verify",
        f"show {REPORT_ID}",
        f"show {REPORT_ID}.c1",
        f"show {REPORT_ID}.p4",
        "show e-0123456789ab",
        "show syrian-army",
        "show geonames:1",
        "show voice:activists",
    ],
)
def test_json_parses_and_never_names_a_commenter(run: Run, command: str) -> None:
    answer = run(*command.split(), "--json")
    assert answer.code == 0
    assert json.loads(answer.out) is not None
    assert COMMENTER not in answer.out
    assert COMMENTER not in run(*command.split()).out


def test_a_denied_claim_says_so_in_its_row(run: Run) -> None:
    assert row_of(run("claims").out, "c2").startswith(" denied")


def test_a_planned_claim_says_so_in_its_row(run: Run) -> None:
    assert row_of(run("claims").out, "c3").startswith(" planned")


def test_a_negated_claim_says_not_beside_its_act_and_beside_its_modality(run: Run) -> None:
    row = row_of(run("claims").out, "c4")
    assert "not ASSAULT" in row
    assert "(not)" in row


def test_a_comment_is_shown_under_its_pseudonym(run: Run) -> None:
    assert PSEUDONYM in row_of(run("claims").out, "c5")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--modality", "denied"], ["c2"]),
        (["--part", "comments"], ["c5"]),
        (["--part", "article"], ["c1", "c2", "c3", "c4"]),
        (["--about", "rebels"], ["c4"]),
        (["--by", "activists"], ["c1"]),
        (["--kind", "controls"], ["c5"]),
        (["--kind", "assault heavy-weapons"], ["c1", "c2"]),
        (["--where", "Idlib"], ["c1", "c2", "c5"]),
        (["--since", "2020-04"], []),
        (["--until", "2020-03"], ["c1", "c2", "c3", "c4", "c5"]),
        (["--report", SHORT, "--limit", "2"], ["c1", "c2"]),
        (["--modality", "asserted", "--about", "syrian-army"], ["c1"]),
    ],
    ids=" ".join,
)
def test_filters_keep_the_claims_that_fit_all_of_them(run: Run, filters: list[str], expected: list[str]) -> None:
    answer = run("claims", "--json", *filters)
    found = [row["claim"]["id"].rsplit(".", 1)[1] for row in json.loads(answer.out)]
    assert found == expected


def test_a_cut_list_says_that_it_is_cut(run: Run) -> None:
    assert "--limit 0" in run("claims", "--limit", "2").err
    assert run("claims", "--limit", "5").err == ""


def test_show_gives_the_quotation_and_where_each_value_stands(run: Run) -> None:
    out = run("show", f"{SHORT}.c2").out
    assert "“The army denied shelling Sarmin.”" in out
    assert "“shelling”" in out
    assert "denied" in out
    assert "disputed" in out


def test_show_takes_an_event_with_all_its_claims(run: Run) -> None:
    out = run("show", "e-0123456789ab").out
    assert f"{SHORT}.c1" in out
    assert f"{SHORT}.c2" in out
    assert "same act, same place" in out


def test_events_keep_those_of_a_status(run: Run) -> None:
    assert len(json.loads(run("events", "--status", "disputed", "--json").out)) == 1
    assert json.loads(run("events", "--status", "denied", "--json").out) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["claims", "--kind", "dance"],
        ["claims", "--since", "soon"],
        ["claims", "--modality", "certain"],
        ["claims", "--part", "margin"],
        ["claims", "--limit", "-1"],
        ["export", "--format", "xml"],
        ["export", "--format", "csv", "--json"],
        ["show"],
        ["dance"],
        ["claims", "--nothing"],
    ],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_2_and_prints_nothing_on_standard_output(run: Run, arguments: list[str]) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert "Traceback" not in answer.err

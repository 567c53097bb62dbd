"""Piles of reports: each failure on its own, the same ledger on however many processes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly import LedgerReadOnly, UnsuitableInput
from reportedly.ledger import Ledger
from reportedly.model import Event, Reading, Report
from reportedly.run.batch import Item, Step, add_paths, add_reports

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from ledger_samples import make_reading, one_event_per_claim, read_sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five reports, of which one is empty, one makes the analysis fail and one makes it lie."""
    made = tmp_path / "reports"
    made.mkdir()
    sentence = "The army shelled the town on Friday, residents and officials said."
    (made / "a.txt").write_text(f"{sentence}\n\nIt denied it.", encoding="utf-8")
    (made / "b.txt").write_bytes(b"")
    (made / "c.txt").write_text(f"{sentence} POISON", encoding="utf-8")
    (made / "d.txt").write_text(f"{sentence} LIES", encoding="utf-8")
    (made / "e.txt").write_text(f"{sentence}\n\n“Nobody was hurt.”", encoding="utf-8")
    return made


def add(path: Path, *inputs: Path | str, jobs: int = 1, stdin: bytes | None = None, **options: object):  # type: ignore[no-untyped-def]
    """Add the inputs to the ledger at ``path`` with the stand-in analysis."""
    with Ledger.open(path) as ledger:
        result = add_paths(
            *(ledger, list(inputs)),
            analyse=read_sample,
            group=one_event_per_claim,
            jobs=jobs,
            stdin=stdin,
            **options,  # type: ignore[arg-type]
        )
        assert ledger.verify() == []
        return result, ledger.digest(), ledger.quarantined()


def test_bad_reports_are_quarantined_and_the_rest_go_on(folder: Path, tmp_path: Path) -> None:
    result, _, quarantined = add(tmp_path / "l.sqlite", folder)
    assert (result.new, result.unchanged, result.new_versions) == (2, 0, 0)
    causes = {row.name: row.cause for row in result.quarantined}
    assert set(causes) == {"b.txt", "c.txt", "d.txt"}
    assert causes["c.txt"] == "the analysis failed: RuntimeError: poisoned in two lines"
    assert "not what the text says" in causes["d.txt"]
    assert sorted(result.quarantined, key=lambda row: row.name) == quarantined
    assert all(row.sha256 for row in quarantined if row.name != "b.txt")


def test_adding_again_changes_nothing_and_analyses_nothing(folder: Path, tmp_path: Path) -> None:
    first, digest, _ = add(tmp_path / "l.sqlite", folder / "a.txt", folder / "e.txt")
    again, same, _ = add(tmp_path / "l.sqlite", folder / "a.txt", folder / "e.txt")
    assert (first.new, again.new, again.unchanged) == (2, 0, 2)
    assert first.words > 0
    assert again.words == 0
    assert same == digest


def test_changed_file_is_a_new_version(folder: Path, tmp_path: Path) -> None:
    add(tmp_path / "l.sqlite", folder / "a.txt")
    (folder / "a.txt").write_text("The army shelled nothing at all on Friday, officials said.", encoding="utf-8")
    result, _, _ = add(tmp_path / "l.sqlite", folder / "a.txt")
    assert (result.new, result.new_versions) == (0, 1)


def test_success_ends_the_quarantine(folder: Path, tmp_path: Path) -> None:
    add(tmp_path / "l.sqlite", folder)
    (folder / "b.txt").write_text("There is a report in this file now, officials said.", encoding="utf-8")
    _, _, quarantined = add(tmp_path / "l.sqlite", folder)
    assert {row.name for row in quarantined} == {"c.txt", "d.txt"}


def test_restored_file_ends_the_quarantine_without_analysis(folder: Path, tmp_path: Path) -> None:
    good = (folder / "a.txt").read_bytes()
    add(tmp_path / "l.sqlite", folder / "a.txt")
    (folder / "a.txt").write_bytes(b"")
    assert len(add(tmp_path / "l.sqlite", folder / "a.txt")[2]) == 1
    (folder / "a.txt").write_bytes(good)
    result, _, quarantined = add(tmp_path / "l.sqlite", folder / "a.txt")
    assert (result.unchanged, quarantined) == (1, [])


def test_standard_input_is_a_report(tmp_path: Path) -> None:
    text = b"The army shelled the town on Friday, residents said."
    result, _, _ = add(tmp_path / "l.sqlite", "-", stdin=text)
    assert result.new == 1
    assert add(tmp_path / "l.sqlite", "-", stdin=b"")[0].quarantined != ()


def test_several_processes_make_the_same_ledger(folder: Path, tmp_path: Path) -> None:
    one, digest_of_one, bad_of_one = add(tmp_path / "1.sqlite", folder)
    two, digest_of_two, bad_of_two = add(tmp_path / "2.sqlite", folder, jobs=2)
    assert digest_of_two == digest_of_one
    assert bad_of_two == bad_of_one
    assert [row.name for row in two.quarantined] == [row.name for row in one.quarantined]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_report_that_kills_its_process_costs_only_itself(folder: Path, tmp_path: Path) -> None:
    for name in ("b.txt", "c.txt", "d.txt"):
        (folder / name).unlink()
    (folder / "c.txt").write_text("CRASH when this text is read, said officials in town.", encoding="utf-8")
    result, _, _ = add(tmp_path / "l.sqlite", folder, jobs=2)
    assert result.new == 2
    assert [(row.name, "killed its process" in row.cause) for row in result.quarantined] == [("c.txt", True)]


def test_ctrl_c_keeps_what_was_added_and_groups_it(tmp_path: Path) -> None:
    reports = [make_reading(key=f"https://example.org/{n}").report for n in range(5)]

    def analyse(report: Report) -> Reading:
        if report is reports[3]:
            raise KeyboardInterrupt
        return read_sample(report)

    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        result = add_reports(ledger, reports, analyse=analyse, group=one_event_per_claim)
        assert result.interrupted
        assert result.new == 3
        assert {row.id for row in ledger.reports()} == {report.id for report in reports[:3]}
        assert {claim.id for claim in ledger.claims()} == {c for event in ledger.events() for c in event.claims}
        rest = add_reports(ledger, reports, analyse=read_sample, group=one_event_per_claim)
        assert (rest.unchanged, rest.new, rest.interrupted) == (3, 2, False)


def test_progress_tells_how_far_it_is(folder: Path, tmp_path: Path) -> None:
    steps: list[Step] = []
    add(tmp_path / "l.sqlite", folder, progress=steps.append)
    assert [step.done for step in steps] == [1, 2, 3, 4, 5]
    assert [step.name for step in steps] == ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]
    outcomes = [step.outcome for step in steps]
    assert outcomes == ["new", "quarantined", "quarantined", "quarantined", "new"]
    shares = [step.share for step in steps]
    assert shares == sorted(share for share in shares if share is not None)
    assert shares[-1] == 1
    assert steps[-1].quarantined == 3


def test_events_are_grouped_anew_if_others_added_meanwhile(tmp_path: Path) -> None:
    other = make_reading(key="https://example.org/other")
    with Ledger.open(tmp_path / "l.sqlite") as ledger, Ledger.open(tmp_path / "l.sqlite") as meanwhile:
        rounds: list[int] = []

        def group(readings: Sequence[Reading]) -> tuple[Event, ...]:
            rounds.append(len(readings))
            meanwhile.add(other)
            return one_event_per_claim(readings)

        add_reports(ledger, [make_reading().report], analyse=read_sample, group=group)
        assert rounds == [1, 2]
        assert not ledger.events_are_stale
        assert {c.report_id for c in ledger.claims()} == {e.claims[0].split(".")[0] for e in ledger.events()}


def test_unreadable_inputs_are_named(tmp_path: Path) -> None:
    result, _, quarantined = add(tmp_path / "l.sqlite", tmp_path / "nothing.txt")
    assert [row.cause for row in result.quarantined] == ["no such file"]
    assert len(quarantined) == 1


def test_errors_among_the_reports_are_quarantined(tmp_path: Path) -> None:
    items: list[Item] = [UnsuitableInput("lines.jsonl#2", "broken JSON"), make_reading().report]
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        result = add_reports(ledger, items, analyse=read_sample, group=one_event_per_claim)
        assert (result.new, ledger.quarantined()[0].name) == (1, "lines.jsonl#2")


def test_report_whose_text_cannot_be_stored_is_quarantined(tmp_path: Path) -> None:
    def analyse(report: Report) -> Reading:
        return replace(read_sample(report), notes=("\ud800",))

    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        result = add_reports(ledger, [make_reading().report], analyse=analyse, group=one_event_per_claim)
        assert "cannot be stored" in result.quarantined[0].cause


def test_ledger_that_cannot_be_written_stops_the_batch(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "l.sqlite").close()
    with Ledger.open(tmp_path / "l.sqlite", read_only=True) as ledger, pytest.raises(LedgerReadOnly):
        add_reports(ledger, [make_reading().report], analyse=read_sample, group=one_event_per_claim)

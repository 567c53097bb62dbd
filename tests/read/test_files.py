"""Files and folders: what is read, what is left out, what is reported as unreadable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from reportedly._errors import InputError, UnreadableInput, UnsuitableInput
from reportedly.model import Report
from reportedly.read import Found, read_bytes, read_path, walk


def names(outcomes: object) -> list[str]:
    assert hasattr(outcomes, "__iter__")
    return [outcome.name for outcome in outcomes]


def test_folders_are_expanded_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.pdf", ".hidden.txt", "NOTES", "sub/d.jsonl", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("The truce held.")
    assert names(walk([tmp_path])) == ["NOTES", "a.html", "b.txt", "sub/d.jsonl"]


def test_a_file_named_outright_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "a.weird"
    path.write_text("The truce held.")
    assert names(walk([path])) == ["a.weird"]


def test_missing_files_and_dangling_links_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "ok.txt").write_text("It held.")
    missing, dead, good = walk([tmp_path / "none.txt", tmp_path])
    assert isinstance(missing, UnreadableInput)
    assert isinstance(dead, UnreadableInput)
    assert "leads nowhere" in dead.cause
    assert isinstance(good, Found)
    assert (good.path, good.name) == (tmp_path / "ok.txt", "ok.txt")


def test_links_that_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It held.")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(walk([tmp_path])) == ["a.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_reported(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    (error,) = walk([tmp_path])
    assert isinstance(error, UnreadableInput)
    assert "permission" in error.cause


def test_a_permission_error_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    (error,) = walk([tmp_path])
    assert isinstance(error, UnreadableInput)
    assert error.cause == "no permission to read it"


def test_a_file_yields_its_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The truce\r\nheld.")
    (report,) = read_path(path)
    assert isinstance(report, Report)
    assert report.text == "The truce\r\nheld."
    assert report.origin == "a.txt"


def test_one_bad_line_in_a_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"text": "One."}\nnonsense\n{"text": "Two."}\n')
    assert [isinstance(outcome, InputError) for outcome in read_path(path)] == [False, True, False]


@pytest.mark.parametrize("name", ["missing.txt", "missing.jsonl"])
def test_a_file_that_is_gone_is_an_error_and_not_an_exception(tmp_path: Path, name: str) -> None:
    (error,) = read_path(tmp_path / name)
    assert isinstance(error, UnreadableInput)


def test_a_folder_is_not_read_as_a_file(tmp_path: Path) -> None:
    (error,) = read_path(tmp_path)
    assert isinstance(error, UnreadableInput)


@pytest.mark.parametrize(
    ("data", "format"),
    [(b"The truce held.", "text"), (b'{"text": "It held."}', "jsonl"), (b"\xef\xbb\xbf The truce", "text")],
)
def test_standard_input_is_told_by_how_it_begins(data: bytes, format: str) -> None:
    (report,) = read_bytes(data, name="-")
    assert isinstance(report, Report)
    assert report.format == format


def test_a_line_of_jsonl_above_the_limit_is_refused_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("files", "jsonl"):  # by name: the package's function ``read`` hides the path of attributes
        monkeypatch.setattr(sys.modules[f"reportedly.read.{module}"], "MAX_REPORT_BYTES", 100)
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "' + "a" * 1000 + '"}\n{"text": "It held."}\n')
    error, report = read_path(path)
    assert isinstance(error, UnsuitableInput)
    assert "larger than" in error.cause
    assert isinstance(report, Report)
    assert report.key == "a.jsonl#2"


def test_an_unknown_format_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no format"):
        list(read_bytes(b"a", name="a", format="pdf"))

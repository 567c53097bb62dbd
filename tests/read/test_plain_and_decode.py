"""Plain text: characters as they came, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._errors import InputError, UnsuitableInput
from reportedly.model import Report, TimePrecision
from reportedly.read import read_bytes, read_text


def read_one(data: bytes, name: str = "report.txt", format: str | None = None) -> Report:
    (report,) = read_bytes(data, name=name, format=format)
    assert isinstance(report, Report), report
    return report


def fail_one(data: bytes, name: str = "report.txt", format: str | None = None) -> InputError:
    (error,) = read_bytes(data, name=name, format=format)
    assert isinstance(error, UnsuitableInput), error
    return error


@pytest.mark.parametrize(
    ("charset", "mark"),
    [("utf-8-sig", ""), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-32-le", "\ufeff"), ("utf-8", "")],
)
def test_text_comes_back_character_for_character(charset: str, mark: str) -> None:
    text = "The truce held in Sarmin.\r\nA boy said: “No – not yet” 😀.\n\nهدنة"
    assert read_one((mark + text).encode(charset)).text == text


def test_utf16_without_a_mark_is_told_by_its_nuls() -> None:
    text = "The truce held in the north, officials said on Monday."
    report = read_one(text.encode("utf-16-le"))
    assert report.text == text
    assert report.notes


def test_a_single_byte_charset_is_guessed_and_noted() -> None:
    text = "Le cessez-le-feu a été violé à Idleb, a déclaré l’armée à l'été dernier. " * 20
    report = read_one(text.encode("cp1252"))
    assert "été violé à Idleb" in report.text
    assert any("guessed" in note for note in report.notes)


def test_a_few_damaged_bytes_are_replaced_and_counted() -> None:
    text = "“The truce held” – “for a day” – “or two”, the mayor’s office said. " * 5
    data = text.encode() + b"\xff\xfe tail"
    report = read_one(data)
    assert report.text.startswith("“The truce held”")
    assert report.notes == ("2 invalid bytes replaced by U+FFFD",)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (b"  \n\t \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"\x89PNG\r\n\x1a\n0000", "PNG"),
        (b"some text\x00\x01\x02 and NUL bytes\x00", "NUL"),
        (bytes(range(1, 32)) * 20, "control"),
    ],
    ids=["no bytes", "blank", "only a mark", "pdf", "png", "nul", "control characters"],
)
def test_what_is_no_text_is_refused_with_its_cause(data: bytes, cause: str) -> None:
    error = fail_one(data)
    assert cause in error.cause
    assert "\n" not in str(error)


def test_a_file_above_the_limit_is_refused() -> None:
    assert "larger than 20 MB" in fail_one(b"a" * 20_000_001).cause


def test_one_line_of_a_megabyte_is_a_report() -> None:
    assert len(read_one(b"The truce held. " * 65_000).text) == 1_040_000


def test_a_header_states_metadata_and_stays_in_the_text() -> None:
    text = "Outlet: Northern Wire\nDate: 2020-03-05\nURL: https://example.org/a\n\nTruce holds\n\nIt held."
    report = read_text(text, name="a.txt")
    assert (report.outlet, report.url, report.key) == (
        "Northern Wire",
        "https://example.org/a",
        "https://example.org/a",
    )
    assert report.published is not None
    assert report.published.precision is TimePrecision.DAY
    assert report.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Source: the army.\n\nThe rest.",
        "Title: A day\nThe text goes on.",
        "Date: soon\n\nThe rest.",
        "Title: x\nTitle: y\n\nz",
    ],
    ids=["one vague key", "no blank line", "no date", "key twice"],
)
def test_lines_that_only_look_like_a_header_state_nothing(text: str) -> None:
    report = read_text(text)
    assert (report.outlet, report.title, report.published) == (None, None, None)


def test_what_the_caller_states_wins_over_the_header() -> None:
    report = read_text("Outlet: A\nDate: 2020-03-05\n\nText.", outlet="B")
    assert report.outlet == "B"


def test_the_id_depends_on_key_and_text_and_on_nothing_else() -> None:
    first = read_one(b"The truce held.", name="/home/someone/a.txt")
    assert first.id == read_one(b"The truce held.", name="a.txt").id
    assert first.id != read_one(b"The truce held.", name="elsewhere/a.txt").id
    assert first.id != read_one(b"The truce held.", name="b.txt").id
    assert first.id != read_one(b"The truce broke.", name="a.txt").id
    assert "someone" not in first.key + first.origin


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Government forces shelled the village on Monday, residents said.", "en"),
        ("Die Armee rückte am Montag nach Angaben der Behörden in die Stadt ein.", "de"),
        ("قصفت القوات الحكومية القرية يوم الاثنين بحسب السكان", "ar"),
        ("Truce holds", "en"),
        ("12345 !!", "und"),
    ],
)
def test_language_is_identified(text: str, language: str) -> None:
    assert read_text(text).language == language


def test_a_few_words_give_low_confidence() -> None:
    assert read_text("Truce holds").language_confidence < 0.5


@given(st.binary(max_size=300))
def test_arbitrary_bytes_give_a_report_or_an_error_and_never_raise(data: bytes) -> None:
    (outcome,) = read_bytes(data, name="x.txt")
    assert isinstance(outcome, Report | InputError)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_utf8_text_is_kept(text: str) -> None:
    (outcome,) = read_bytes(text.encode(), name="x.txt")
    if isinstance(outcome, Report):
        assert outcome.text == text.removeprefix("\ufeff")
    else:
        assert outcome.cause

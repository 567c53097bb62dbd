"""Input that is broken, huge or strange: one line or a quarantine entry, and the rest goes on."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from real_command import ONE_LINE, SENTENCE, Command

from reportedly.read import read_path
from reportedly.run.pipeline import read_report

_random = random.Random(1)
BYTES = bytes(_random.randrange(256) for _ in range(20_000))
BAD = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b"\n \n", "the file is empty"),
    "empty.jsonl": (b"\n", "the file is empty"),
    "noise.txt": (BYTES, "not text"),
    "noise-without-nul.txt": (BYTES.replace(b"\0", b""), "not text"),
    "noise.html": (BYTES, "not text"),
    "noise.jsonl": (BYTES.replace(b"\n", b""), "not UTF-8"),
    "nul.txt": (b"The army shelled\0 Sarmin, residents said.", "NUL"),
    "large.txt": (b"a" * 20_000_001, "larger than 20 MB"),
    "large.html": (b"<p>" + b"a" * 20_000_000, "larger than 20 MB"),
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + SENTENCE.encode(), "nested more than"),
    "deep.jsonl": (b"[" * 100_000, "broken JSON"),
    "wrong.jsonl": (b'{"a": 1}\n' * 5000, "none of its first 100 lines"),
}
GOOD = {
    "bad-bytes.txt": b"The army shelled \xff Sarmin on Saturday. " + "Cafés in “Sarmin” were hit. ".encode() * 3,
    "sub/bad-bytes.txt": b"The army shelled Homs on Friday, residents said.",
    "emoji.txt": "🚨👨‍👩‍👧 Government forces shelled Sarmin on Saturday 😡. The army denied it 🇸🇾.".encode(),
    "bidi.txt": "Government forces shelled Sarmin (\u202bسرمين\u202c) on Saturday, activists said.".encode(),
    "right-to-left.txt": ("قال ناشطون إن الجيش قصف بلدة سرمين يوم السبت. " * 3).encode(),
    "german.txt": b"Die Armee hat am Samstag nach Angaben von Aktivisten die Stadt Sarmin beschossen.",
    "nul.jsonl": json.dumps({"text": "The army shelled\0 Sarmin, residents said."}).encode(),
    "capital.txt": b"D" * 3_000,
}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder with all that is bad and all that is good."""
    folder = tmp_path / "mixed"
    for name, data in [*((name, data) for name, (data, _) in BAD.items()), *GOOD.items()]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "dead.txt").symlink_to("nowhere")
    return folder


def test_a_folder_of_good_and_bad_reports_keeps_the_good_and_names_the_bad(command: Command, mixed: Path) -> None:
    answer = command.run("add", str(mixed))
    assert answer.code == 1
    causes = command.quarantine()
    for name, (_, cause) in BAD.items():
        named = {known: why for known, why in causes.items() if known.split("#")[0] == name}
        assert any(cause in why for why in named.values()), (name, named)
    assert "leads nowhere" in causes["dead.txt"]
    reports = command.reports()
    assert {key.split("#")[0] for key in reports} == set(GOOD)
    assert reports["german.txt"]["language"] == "de"
    assert reports["right-to-left.txt"]["claims"] == 0
    for line in answer.err.splitlines(keepends=True):
        assert ONE_LINE.fullmatch(line)
        assert str(mixed) not in line
    assert command.look("verify").code == 0
    again = command.look("add", str(mixed), "--json")
    assert again.code == 1
    assert json.loads(again.said)["unchanged"] == len(GOOD)


def test_offsets_count_code_points_beside_emoji_and_right_to_left_text(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "emoji.txt"
    text = f"{GOOD['emoji.txt'].decode()} {GOOD['bidi.txt'].decode()}"
    path.write_text(text, encoding="utf-8")
    (reading,) = json.loads(command.run("read", "--json", str(path)).said)
    found = [piece for claim in reading["claims"] for piece in claim["evidence"]]
    assert len(found) > 2
    for piece in found:
        assert text[piece["span"]["start"] : piece["span"]["end"]] == piece["quote"]


def test_bytes_that_are_no_text_are_refused_by_read_with_one_line(command: Command, tmp_path: Path) -> None:
    for name, data in (("noise.txt", BYTES), ("empty.html", b"")):
        (tmp_path / name).write_bytes(data)
        answer = command.look("read", str(tmp_path / name))
        assert answer.code == 1
        assert ONE_LINE.fullmatch(answer.err)


def test_standard_input_is_read_in_each_format_and_different_words_are_different_reports(command: Command) -> None:
    page = f"<!doctype html><title>Shells</title><body><article><p>{SENTENCE} {SENTENCE}</p></article>"
    feed = json.dumps({"text": SENTENCE, "note": "from the wire"})
    german = "Die Armee hat am Samstag nach Angaben von Aktivisten die Stadt Sarmin beschossen."
    for stdin in (german, german.replace("Sarmin", "Homs"), page, feed):
        assert command.look("add", "-", stdin=stdin.encode()).code == 0
    reports = command.reports()
    assert sorted(row["version"] for row in reports.values()) == [1, 1, 1, 1]
    assert all(key.startswith("-#") for key in reports)
    assert command.run("add", "-", stdin=german.encode()).said.startswith("1 unchanged")
    assert command.look("add", "-", stdin=b"").code == 1


def test_equal_names_in_subfolders_are_different_reports(command: Command, tmp_path: Path) -> None:
    for place in ("Homs", "Hama"):
        (tmp_path / "all" / place).mkdir(parents=True)
        (tmp_path / "all" / place / "monday.txt").write_text(
            f"Die Armee hat am Samstag {place} beschossen, sagten sie."
        )
    assert command.look("add", str(tmp_path / "all")).code == 0
    assert set(command.reports()) == {"Hama/monday.txt", "Homs/monday.txt"}
    named = [str(tmp_path / "all" / place / "monday.txt") for place in ("Homs", "Hama")]
    answer = command.look("add", *named)
    assert answer.code == 1
    assert "another file of this name" in answer.err
    assert all(row["version"] == 1 for row in command.reports().values())
    assert str(tmp_path).encode() not in command.ledger.read_bytes()


def test_a_note_is_kept_with_the_report(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Title: Shells\nNote: copied by hand\nDate: 2020-03-05\n\nDie Armee schoss am Samstag."
    )
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "Die Armee schoss am Samstag.", "note": "seen on paper"}))
    for name, note in (("a.txt", "note: copied by hand"), ("b.jsonl", "note: seen on paper")):
        (reading,) = json.loads(command.look("read", "--json", str(tmp_path / name)).said)
        assert note in reading["report"]["notes"]
        assert not any("ignored" in told for told in reading["report"]["notes"])


def _seconds(path: Path) -> float:
    (report,) = read_path(path)
    started = time.perf_counter()
    read_report(report, key=b"key")  # type: ignore[arg-type]
    return time.perf_counter() - started


@pytest.mark.parametrize("shape", ["capitals", "hyphens", "spaces", "base64", "comments", "one line"])
def test_four_times_the_text_takes_no_more_than_ten_times_as_long(tmp_path: Path, shape: str) -> None:
    def write(size: int) -> Path:
        path = tmp_path / f"{size}.jsonl"
        comments = [{"author": f"User {n}", "text": f"HTS controls Sarmin {n}."} for n in range(size)]
        record = {
            "capitals": {"text": f"{SENTENCE} {'D' * size * 40}"},
            "hyphens": {"text": f"{SENTENCE} {'D-' * size * 20} (DD)"},
            "spaces": {"text": SENTENCE + " \t" * size * 40 + SENTENCE},
            "base64": {"text": SENTENCE * 30 + "\n\n" + "aB3-" * size * 100},
            "comments": {"text": SENTENCE, "comments": comments},
            "one line": {"text": f"{SENTENCE} " * size},
        }[shape]
        path.write_text(json.dumps(record), encoding="utf-8")
        return path

    _seconds(write(2))  # loads the model
    small = min(_seconds(write(75)) for _ in range(2))
    assert _seconds(write(300)) < 10 * small + 0.5

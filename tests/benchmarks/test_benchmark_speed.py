"""The speed task: what it reads and how its figures follow from seconds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.measure import share_out
from benchmarks.task import DocumentScore
from benchmarks.tasks.speed import read_texts, sample_report, speed_metrics


def test_reports_are_read_from_text_files_and_json_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one report", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "another"}) + "\n\n[1]\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("not,a,report", encoding="utf-8")
    assert list(read_texts(tmp_path)) == ["one report", "another"]


def test_the_start_up_report_has_the_number_of_words_asked_for() -> None:
    report = sample_report(["one two three\n\nfour five", "six seven"], 6)
    assert report.split() == ["one", "two", "three", "four", "five", "six"]
    assert report.count("\n\n") == 2


def test_wall_time_is_shared_out_by_length() -> None:
    assert share_out(4.0, ["one two three", "four"]) == [3.0, 1.0]


def test_speed_metrics_worked_by_hand() -> None:
    values = {
        "words": [100.0],
        "ours": [0.05],
        "ours two": [0.025],
        "spacy": [0.04],
        "startup_s": [],
        "peak_rss_mb": [500.0],
    }
    metrics = speed_metrics([DocumentScore("0", 100, values), DocumentScore("1", 100, values)])
    assert metrics["words_per_s"] == pytest.approx(2000)
    assert metrics["ratio_to_peer"] == pytest.approx(0.8)
    assert metrics["ratio_two_to_one"] == pytest.approx(2.0)
    assert metrics["peak_rss_mb"] == 500
    assert metrics["startup_s"] is None

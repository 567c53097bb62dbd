"""Running tasks: discovery, data, intervals, and the line of JSON that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from benchmarks import __main__ as command_line
from benchmarks.framework import (
    BenchmarkError,
    Interval,
    Result,
    bootstrap,
    choose_split,
    load_task,
    locate_data,
    run_task,
    task_names,
)
from benchmarks.record import Entry, parse_result, results_page
from benchmarks.scoring import ratio, sums
from benchmarks.tables import json_line, json_record, result_table
from benchmarks.task import DocumentScore, Metrics, Published

KEYS = ["task", "data", "split", "n", "metrics", "words", "seconds", "version"]


class Coins:
    """A task whose documents are lines of a file, heads or tails."""

    name = "coins"
    summary = "share of heads"
    default_data = "coins"
    splits: tuple[str, ...] = ("test", "train")
    headline: tuple[str, ...] = ("heads",)
    published: tuple[Published, ...] = (Published("a fair coin", "heads", 0.5, "arithmetic"),)

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        for number, line in enumerate(data.read_text(encoding="utf-8").splitlines()[:limit]):
            yield DocumentScore(str(number), len(line.split()), {"heads": [float(line == "heads")], "all": [1.0]})

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        total = sums(scores)
        return {"heads": ratio(total["heads"], total["all"]), "edge": None}


@pytest.fixture
def coins(tmp_path: Path) -> Path:
    path = tmp_path / "coins.txt"
    path.write_text("heads\n" * 30 + "tails\n" * 10, encoding="utf-8")
    return path


def test_every_task_of_the_design_is_found_under_its_dashed_name() -> None:
    assert {"mentions", "relations", "category", "attribution", "factuality", "speed"} <= set(task_names())
    assert not any("_" in name for name in task_names())


@pytest.mark.parametrize("name", ["mentions", "relations", "category", "attribution", "factuality", "speed"])
def test_a_task_answers_to_its_file_name(name: str) -> None:
    assert load_task(name).name == name


def test_an_unknown_task_is_named_with_those_there_are() -> None:
    with pytest.raises(BenchmarkError, match=r"no task called 'weather'.*mentions"):
        load_task("weather")


def test_missing_default_data_say_how_to_name_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_CORPORA", str(tmp_path))
    with pytest.raises(BenchmarkError, match="REPORTEDLY_CORPORA"):
        locate_data(Coins(), None)


def test_an_unknown_split_is_refused() -> None:
    assert choose_split(Coins(), None) == "test"
    with pytest.raises(BenchmarkError, match="test, train"):
        choose_split(Coins(), "dev")


def test_a_run_counts_documents_and_words_and_obeys_the_limit(coins: Path) -> None:
    result = run_task(Coins(), coins, "test", 32, with_interval=False)
    assert (result.n, result.words, result.metrics["heads"]) == (32, 32, 30 / 32)
    assert result.intervals == {}


def test_nothing_to_score_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(BenchmarkError, match="nothing to score"):
        run_task(Coins(), empty, "test", None, with_interval=True)


def test_the_interval_is_near_the_binomial_one_and_the_same_every_time(coins: Path) -> None:
    scores = list(Coins().score(coins, "test", None))
    first, second = bootstrap(Coins(), scores), bootstrap(Coins(), scores)
    assert first == second
    # .75 of 40: normal approximation .75 -+ 1.96 * sqrt(.75 * .25 / 40) = .616 to .884
    assert first["heads"].low == pytest.approx(0.616, abs=0.03)
    assert first["heads"].high == pytest.approx(0.884, abs=0.03)


def test_the_json_line_has_exactly_the_keys_laid_down(coins: Path) -> None:
    line = json_line(run_task(Coins(), coins, "test", None, with_interval=True))
    assert "\n" not in line
    assert list(json.loads(line)) == KEYS
    assert json.loads(line)["metrics"] == {"heads": 0.75, "edge": None}


def test_what_out_writes_can_be_read_back(coins: Path) -> None:
    result = run_task(Coins(), coins, "test", None, with_interval=True)
    again = parse_result(json_record(result))
    assert (again.metrics, again.n, again.split) == (result.metrics, result.n, result.split)
    assert again.intervals == result.intervals


def test_the_table_sets_the_published_figure_beside_ours(coins: Path) -> None:
    table = result_table(Coins(), run_task(Coins(), coins, "test", None, with_interval=True))
    row = next(line for line in table.splitlines() if line.startswith("heads"))
    assert "0.750" in row
    assert "0.500 a fair coin [arithmetic]" in row


def test_the_record_tells_failures_in_words_and_names_no_folder() -> None:
    result = Result("coins", "/home/me/coins", "test", 40, {"heads": 0.75}, 40, 0.1, {"heads": Interval(0.6, 0.9)})
    entries = [Entry(Coins(), "coins", result), Entry(Coins(), "more", None, "failed: out of coins")]
    page = results_page(entries, "2026-01-02")
    assert "| coins | coins | test | 40 | `heads` | 0.750 | 0.600 to 0.900 | 0.500 a fair coin (arithmetic) |" in page
    assert "failed: out of coins" in page
    assert "/home/me" not in page


def test_missing_data_end_with_status_2_and_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status = command_line.main(["run", "mentions", "--data", str(tmp_path / "nowhere")])
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert captured.err.startswith("benchmarks: mentions: no data at")
    assert captured.err.count("\n") == 1


def test_a_folder_of_something_else_ends_with_status_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert command_line.main(["run", "relations", "--data", str(tmp_path)]) == 2
    assert "no documents.json" in capsys.readouterr().err


def test_list_names_every_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["list"]) == 0
    listed = capsys.readouterr().out
    assert all(f"{name} " in listed for name in task_names())

"""Each language task run from the command line on a handful of sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command_line

SENTENCE = "Turkey condemned Russia after Russian jets bombed the town of Ariha on Monday."


def write_category(folder: Path) -> Path:
    path = folder / "pairs.tsv"
    rows = ["sentence\tsource\ttarget\tgold_root", f"{SENTENCE}\tTurkey\tRussia\tACCUSE"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def write_attribution(folder: Path) -> Path:
    for name in ("text", "attributions"):
        (folder / name).mkdir()
    (folder / "text" / "a.txt").write_text("The road is open, monitors said.", encoding="utf-8")
    annotations = ["T1\tSource 18 26\tx", "T2\tCue 27 31\tx", "T3\tContent 0 16\tx"]
    annotations.append("E1\tAttribution:T2 Source:T1 Content:T3")
    (folder / "attributions" / "a.ann").write_text("\n".join(annotations) + "\n", encoding="utf-8")
    return folder


def write_factuality(folder: Path) -> Path:
    row = {"text": "Troops left the town .", "targets": [{"span1": [1, 2], "label": 3.0}]}
    path = folder / "test.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def write_re3d(folder: Path) -> Path:
    document = {"_id": "D1", "sourceName": "Unseen", "text": SENTENCE}
    entity = {"documentId": "D1", "begin": 0, "end": 6, "type": "Organisation", "confidence": 1}
    relation = {
        "documentId": "D1", "type": "CommWith", "confidence": 1,
        "sourceBegin": 0, "sourceEnd": 6, "targetBegin": 17, "targetEnd": 23,
    }  # fmt: skip
    for name, row in (("documents", document), ("entities", entity), ("relations", relation)):
        (folder / f"{name}.json").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("task", "write", "metric"),
    [
        ("category", write_category, "macro_f1_root"),
        ("attribution", write_attribution, "f1_j30"),
        ("factuality", write_factuality, "mae"),
        ("relations", write_re3d, "micro_f1"),
        ("mentions", write_re3d, "overlap_f1"),
    ],
    ids=["category", "attribution", "factuality", "relations", "mentions"],
)
def test_a_task_runs_on_data_in_the_layout_of_its_corpus(
    task: str,
    write: object,
    metric: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert callable(write)
    data = write(tmp_path)
    out = tmp_path / "result.json"
    assert command_line.main(["run", task, "--data", str(data), "--out", str(out)]) == 0
    last = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert (last["task"], last["n"]) == (task, 1)
    assert last["metrics"][metric] is not None
    assert json.loads(out.read_text(encoding="utf-8"))["metrics"] == last["metrics"]


def test_plain_sentences_are_read_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command_line.main(["run", "attribution", "--data", str(write_attribution(tmp_path)), "--no-interval"])
    metrics = json.loads(capsys.readouterr().out.strip().splitlines()[-1])["metrics"]
    assert (metrics["f1_j80"], metrics["source_acc"]) == (1.0, 1.0)

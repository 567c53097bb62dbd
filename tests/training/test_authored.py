"""The project's own annotated sentences: every value stands in its text, and the check says where one does not."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from reportedly.model import Category, Modality
from training.__main__ import main
from training.corpora.authored import AnnotationError, authored, to_item


def test_every_value_of_the_shipped_sentences_is_in_its_text() -> None:
    items = list(authored())
    assert len(items) > 2000
    assert len({item.id for item in items}) == len(items)
    roots = Counter(pair.label for item in items for pair in item.pairs)
    assert set(roots) == set(map(str, Category)) and min(roots.values()) >= 40
    modalities = Counter(act.modality for item in items for act in item.acts or ())
    assert set(modalities) == set(map(str, Modality)) and min(modalities.values()) >= 40


def test_words_are_found_whole_and_by_their_number() -> None:
    row = {
        "id": "x-1",
        "text": "The army armed the arm of the army.",
        "acts": [{"t": "armed", "a": "The army", "r": "the army", "cat": "AID", "mod": "asserted"}],
        "voices": [],
        "pairs": [{"s": "army", "t": "army#2", "root": "AID"}],
    }
    item = to_item("x", row)
    assert item.acts is not None
    assert item.acts[0].trigger == (2, 3) and dict(item.acts[0].roles)["recipient"] == (6, 8)
    assert (item.pairs[0].source, item.pairs[0].target) == ([(1, 2)], [(7, 8)])


@pytest.mark.parametrize(
    "change",
    [
        {"acts": [{"t": "shelled", "cat": "ASSAULT", "mod": "asserted"}]},
        {"acts": [{"t": "left", "cat": "LEAVING", "mod": "asserted"}]},
        {"acts": [{"t": "left", "cat": "RETREAT", "mod": "perhaps"}]},
        {"voices": [{"c": "said", "x": "they left"}]},
        {"pairs": [{"s": "Troops", "t": "town#2", "root": "RETREAT"}]},
        {"mentions": [{"m": "Troops", "y": "Soldiers"}]},
    ],
)
def test_a_value_out_of_place_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(AnnotationError):
        to_item("x", {"id": "x-1", "text": "Troops left the town.", **change})


def test_the_check_names_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = {"id": "x-1", "text": "Troops left.", "acts": [{"t": "left", "cat": "RETREAT", "mod": "asserted"}]}
    bad = {"id": "x-2", "text": "Troops left.", "acts": [{"t": "fled", "cat": "RETREAT", "mod": "asserted"}]}
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(good) + "\n" + json.dumps(bad) + "\n", encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert "x.jsonl:2: not in the text: 'fled'" in capsys.readouterr().out

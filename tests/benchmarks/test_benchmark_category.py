"""The category scorer on cases worked by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scoring import Labelled
from benchmarks.task import DocumentScore
from benchmarks.tasks.category import (
    BACK_OFF,
    Pair,
    category_metrics,
    choose_act,
    locate,
    read_pairs,
    root_of,
    to_root,
)
from reportedly.language.analysis import Argument, FoundAct, Role
from reportedly.model import Category, Modality, Span

SENTENCE = "Ankara condemned Moscow after Moscow bombed the town."


def act(category: Category, actor: tuple[int, int], recipient: tuple[int, int], confidence: float) -> FoundAct:
    span = Span(actor[1], recipient[0])
    arguments = (Argument(Role.ACTOR, Span(*actor), 0), Argument(Role.RECIPIENT, Span(*recipient), 2))
    return FoundAct(
        category,
        None,
        None,
        "x",
        1,
        span,
        span,
        arguments,
        Modality.ASSERTED,
        negated=False,
        confidence=confidence,
    )


@pytest.mark.parametrize(
    ("label", "root"),
    [
        ("RETREAT", "YIELD"), ("CONCEDE", "YIELD"), ("DEMAND", "REQUEST"), ("INVESTIGATE", "ACCUSE"),
        ("DISAPPROVE", "ACCUSE"), ("FIGHT", "ASSAULT"), ("assault", "ASSAULT"), ("19", "ASSAULT"),
        ("4", "CONSULT"),
    ],
)  # fmt: skip
def test_old_labels_come_to_the_roots_of_plv(label: str, root: str) -> None:
    assert to_root(label) == root


@pytest.mark.parametrize("label", ["CRIME", "DOCUMENT", "01", ""])
def test_labels_without_a_root_are_left_out(label: str) -> None:
    assert to_root(label) is None


def test_every_category_of_ours_has_a_root() -> None:
    assert all(to_root(str(category)) for category in Category)


def test_the_act_between_source_and_target_wins_over_the_surer_one() -> None:
    acts = [act(Category.ACCUSE, (0, 6), (17, 23), 0.5), act(Category.ASSAULT, (30, 36), (44, 52), 0.9)]
    chosen = choose_act(acts, locate(["Ankara"], SENTENCE), locate(["Moscow"], SENTENCE))
    assert chosen is acts[0]
    chosen = choose_act(acts, locate(["moscow"], SENTENCE), locate(["the town"], SENTENCE))
    assert chosen is acts[1]


def test_without_a_fitting_act_the_surest_is_taken_and_without_any_the_back_off() -> None:
    acts = [act(Category.ACCUSE, (0, 6), (17, 23), 0.5), act(Category.ASSAULT, (30, 36), (44, 52), 0.9)]
    assert choose_act(acts, [], []) is acts[1]
    assert choose_act([], [], []) is None
    assert root_of(None) == BACK_OFF


@pytest.mark.parametrize(
    ("category", "modality", "negated", "root"),
    [
        (Category.COERCE, Modality.THREATENED, False, "THREATEN"),
        (Category.RETREAT, Modality.DEMANDED, False, "REQUEST"),
        (Category.AID, Modality.PLANNED, False, "AGREE"),
        (Category.AID, Modality.PLANNED, True, "REJECT"),
        (Category.AID, Modality.ASSERTED, False, "AID"),
        (Category.PROTEST, Modality.PLANNED, False, "PROTEST"),
    ],
)
def test_words_about_deeds_have_categories_of_their_own(
    category: Category, modality: Modality, negated: bool, root: str
) -> None:
    put = replace(act(category, (0, 6), (17, 23), 0.5), modality=modality, negated=negated)
    assert root_of(put) == root


def test_actors_are_found_wherever_they_stand_and_across_line_breaks() -> None:
    assert locate(["united  states"], "The United\nStates and united states") == [
        Labelled(4, 17),
        Labelled(22, 35),
    ]


def test_the_tsv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plv.tsv"
    rows = ["sentence\tsource\ttarget\tgold_root", f"{SENTENCE}\tAnkara\tMoscow\tACCUSE", "x\ta\tb\tCRIME"]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert read_pairs(path) == [Pair("1", SENTENCE, ("Ankara",), ("Moscow",), "ACCUSE")]


def test_a_tsv_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plv.tsv"
    path.write_text("text\tlabel\n", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match="gold_root"):
        read_pairs(path)


def test_the_gold_standard_json_is_read_without_its_documentation_record(tmp_path: Path) -> None:
    rows = [
        {"id": "0", "event": "DOCUMENT", "eventText": "about this file"},
        {
            "id": "1",
            "event": "FIGHT",
            "text": SENTENCE,
            "source": [{"actorText": "Moscow", "code": "RUS"}],
            "target": "",
        },
    ]
    path = tmp_path / "PLOVER_GSR_CAMEO.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert read_pairs(tmp_path) == [Pair("1", SENTENCE, ("Moscow",), (), "ASSAULT")]


def test_category_metrics_on_four_pairs_worked_by_hand() -> None:
    cells = ["ASSAULT ASSAULT", "ASSAULT COERCE", "AGREE AGREE", "AGREE ASSAULT"]
    scores = [DocumentScore(cell, 5, {f"pair {cell}": [1.0], "labelled": [1.0]}) for cell in cells[:3]]
    scores.append(DocumentScore("4", 5, {f"pair {cells[3]}": [1.0], f"outside {cells[3]}": [1.0], "labelled": [0.0]}))
    metrics = category_metrics(scores)
    # roots: ASSAULT 1 hit, 2 gold, 2 found: .5; COERCE 0; AGREE 1 hit, 2 gold, 1 found: .667
    assert metrics["macro_f1_root"] == pytest.approx((0.5 + 0 + 2 / 3) / 3)
    # quads: material conflict 2 hits, 2 gold, 3 found: .8; verbal cooperation .667
    assert metrics["macro_f1_quad"] == pytest.approx((0.8 + 2 / 3) / 2)
    assert metrics["macro_f1_binary"] == pytest.approx((0.8 + 2 / 3) / 2)
    assert metrics["macro_f1_binary_outside_codebook"] == 0.0
    assert metrics["coverage"] == 0.75
    assert metrics["accuracy_root"] == 0.5

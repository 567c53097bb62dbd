"""The mentions and relations scorers on cases worked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.conll import to_document
from benchmarks.re3d import GoldRelation, Re3dDocument, read_re3d, split_of
from benchmarks.scoring import Labelled
from benchmarks.tasks.mentions import mention_metrics, score_names, score_re3d
from benchmarks.tasks.relations import (
    derive_relations,
    match_overlapping,
    nearest_pairs,
    relation,
    relation_metrics,
    score_document,
    snap,
)
from reportedly.language.analysis import Argument, FoundAct, Role
from reportedly.model import Category, Modality, Span, State

TEXT = "Daesh shelled the SDF in Raqqa."


def write_re3d(folder: Path, source: str, confidence: float = 1.0) -> None:
    (folder / source).mkdir()
    document = {"_id": "D1", "sourceName": source, "text": TEXT}
    entities = [
        {"documentId": "D1", "begin": 0, "end": 5, "type": "Organisation", "confidence": 1},
        {"documentId": "D1", "begin": 14, "end": 21, "type": "Organisation", "confidence": 0.9},
        {"documentId": "D1", "begin": 18, "end": 21, "type": "Organisation", "confidence": 0.9},  # nested
        {"documentId": "D1", "begin": 0, "end": 5, "type": "Location", "confidence": 0},  # rejected candidate
        {"documentId": "D1", "begin": 25, "end": 30, "type": "Location", "confidence": confidence},
    ]
    relations = [
        {
            "documentId": "D1", "type": "FightingAgainst", "confidence": 1,
            "sourceBegin": 14, "sourceEnd": 21, "targetBegin": 0, "targetEnd": 5,
        }
    ]  # fmt: skip
    for name, rows in (("documents", [document]), ("entities", entities), ("relations", relations)):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / source / f"{name}.json").write_text(lines, encoding="utf-8")


def test_gold_is_confident_and_outermost(tmp_path: Path) -> None:
    write_re3d(tmp_path, "Wikipedia", confidence=0.4)
    (document,) = read_re3d(tmp_path, "all")
    assert document.entities == (Labelled(0, 5, "Organisation"), Labelled(14, 21, "Organisation"))
    assert document.relations == (GoldRelation("FightingAgainst", Labelled(14, 21), Labelled(0, 5)),)


def test_one_source_folder_may_be_named_alone(tmp_path: Path) -> None:
    write_re3d(tmp_path, "Wikipedia")
    assert [each.source for each in read_re3d(tmp_path / "Wikipedia", "all")] == ["Wikipedia"]


def test_a_source_that_development_cannot_see_is_always_test(tmp_path: Path) -> None:
    write_re3d(tmp_path, "Some Ministry")
    assert len(list(read_re3d(tmp_path, "test"))) == 1
    assert list(read_re3d(tmp_path, "train")) == []


def test_visible_documents_are_dealt_to_three_splits_for_good() -> None:
    dealt = [split_of(f"document {number}", "CENTCOM") for number in range(1000)]
    assert split_of("document 0", "CENTCOM") == dealt[0]
    assert {split: round(dealt.count(split) / 1000, 1) for split in set(dealt)} == {
        "train": 0.6,
        "dev": 0.2,
        "test": 0.2,
    }


def test_mention_metrics_on_a_document_worked_by_hand() -> None:
    gold = [Labelled(0, 5, "Organisation"), Labelled(14, 21, "Organisation"), Labelled(25, 30, "Location")]
    found = [
        Labelled(0, 5, "organisation"),  # exact
        Labelled(18, 21, "group"),  # overlaps, same type
        Labelled(25, 30, "organisation"),  # right span, wrong type
    ]
    metrics = mention_metrics([score_re3d("D1", 6, gold, found)])
    assert metrics["micro_f1"] == pytest.approx(1 / 3)
    assert metrics["overlap_f1"] == pytest.approx(2 / 3)
    assert metrics["untyped_exact_f1"] == pytest.approx(2 / 3)
    assert metrics["untyped_overlap_f1"] == pytest.approx(1.0)
    assert metrics["f1_Organisation"] == pytest.approx(2 / 5)  # 1 hit, 3 found, 2 gold
    assert metrics["macro_f1"] == pytest.approx(1 / 5)  # Location: none of 1
    assert metrics["overlap_f1_Organisation"] == pytest.approx(4 / 5)


def test_nested_findings_count_once() -> None:
    gold = [Labelled(0, 10, "Organisation")]
    found = [Labelled(0, 10, "group"), Labelled(4, 8, "place")]
    assert mention_metrics([score_re3d("D", 2, gold, found)])["micro_f1"] == 1.0


def test_names_outside_re3d_are_scored_by_recall_whatever_their_type() -> None:
    rows = [
        ("President", "O"),
        ("Al", "I-PER"),
        ("Sisi", "I-PER"),
        ("met", "O"),
        ("Hamas", "I-ORG"),
        (".", "O"),
    ]
    document = to_document("w:1", rows)
    assert document.text == "President Al Sisi met Hamas."
    assert document.names == (Labelled(10, 17, "PER"), Labelled(22, 27, "ORG"))
    metrics = mention_metrics([score_names(document, [Labelled(0, 17, "person"), Labelled(24, 27, "group")])])
    assert metrics == {"names_exact_recall": 0.0, "names_covered_recall": 0.5, "names_overlap_recall": 1.0}


def test_neighbouring_names_are_kept_apart_by_a_begin_tag() -> None:
    document = to_document("w:2", [("Homs", "B-LOC"), ("Hama", "B-LOC"), ("City", "I-LOC")])
    assert [document.text[name.start : name.end] for name in document.names] == ["Homs", "Hama City"]


def act(category: Category | None, state: State | None = None, negated: bool = False) -> FoundAct:
    span = Span(6, 13)
    return FoundAct(
        category=category,
        state=state,
        mode=None,
        lemma="shell",
        token=1,
        trigger=span,
        clause=span,
        arguments=(
            Argument(Role.ACTOR, Span(0, 5), 0),
            Argument(Role.RECIPIENT, Span(18, 21), 3),
            Argument(Role.PLACE, Span(25, 30), 5),
        ),
        modality=Modality.ASSERTED,
        negated=negated,
        confidence=0.9,
    )


def test_an_assault_is_fighting_and_puts_both_at_the_place() -> None:
    attacker, attacked, place = Labelled(0, 5), Labelled(18, 21), Labelled(25, 30)
    assert derive_relations([act(Category.ASSAULT)]) == {
        relation("FightingAgainst", attacker, attacked),
        relation("CoLocated", attacker, place),
        relation("CoLocated", attacked, place),
    }


def test_a_negated_act_relates_nobody() -> None:
    assert derive_relations([act(Category.ASSAULT, negated=True)]) == set()


def test_control_goes_from_holder_to_what_is_held() -> None:
    found = derive_relations([act(None, State.CONTROLS)])
    assert relation("InChargeOf", Labelled(0, 5), Labelled(25, 30)) in found
    assert not any(each.kind == "CoLocated" for each in found)


def test_symmetric_relations_are_equal_either_way_and_others_are_not() -> None:
    one, other = Labelled(0, 5), Labelled(14, 21)
    assert relation("AlliesOf", one, other) == relation("AlliesOf", other, one)
    assert relation("BelongsTo", one, other) != relation("BelongsTo", other, one)


def test_snapping_moves_ends_to_gold_entities_and_drops_strays() -> None:
    entities = [Labelled(0, 5, "Organisation"), Labelled(14, 21, "Organisation")]
    near = relation("FightingAgainst", Labelled(0, 5), Labelled(18, 21))
    stray = relation("CoLocated", Labelled(0, 5), Labelled(25, 30))
    assert snap([near, stray], entities) == {relation("FightingAgainst", *entities)}


def test_overlapping_relations_are_matched_once() -> None:
    gold = [relation("FightingAgainst", Labelled(0, 5), Labelled(14, 21))]
    found = [
        relation("FightingAgainst", Labelled(0, 5), Labelled(18, 21)),
        relation("FightingAgainst", Labelled(0, 4), Labelled(14, 21)),
    ]
    assert match_overlapping(gold, found) == {"FightingAgainst": 1}


def test_the_floor_relates_neighbours_within_a_sentence_only() -> None:
    entities = [
        Labelled(0, 5, "Organisation"),
        Labelled(14, 21, "Organisation"),
        Labelled(25, 30, "Location"),
    ]
    kinds = {each.kind for each in nearest_pairs(TEXT, entities)}
    assert kinds == {"FightingAgainst", "CoLocated"}
    assert (
        nearest_pairs("Daesh left. The SDF came.", [Labelled(0, 5, "Organisation"), Labelled(12, 19, "Organisation")])
        == set()
    )


def test_relation_metrics_on_a_document_worked_by_hand() -> None:
    document = Re3dDocument(
        "D1",
        "Wikipedia",
        TEXT,
        (Labelled(0, 5, "Organisation"), Labelled(14, 21, "Organisation"), Labelled(25, 30, "Location")),
        (
            GoldRelation("FightingAgainst", Labelled(14, 21), Labelled(0, 5)),
            GoldRelation("Likes", Labelled(0, 5), Labelled(25, 30)),
        ),
    )
    found = derive_relations([act(Category.ASSAULT)])
    metrics = relation_metrics([score_document(document, found, found)])
    assert metrics["micro_f1"] == pytest.approx(2 * 1 / (3 + 1))  # 3 found, 1 gold of the six kinds
    assert metrics["micro_f1_own_entities"] == pytest.approx(2 * 1 / (3 + 1))
    assert metrics["micro_f1_all_kinds"] == pytest.approx(2 * 1 / (3 + 2))
    assert metrics["floor_micro_f1"] == pytest.approx(2 * 1 / (2 + 1))

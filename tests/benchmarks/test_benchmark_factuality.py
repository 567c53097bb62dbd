"""The factuality scorer on cases worked by hand."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from benchmarks.ours import Assessment
from benchmarks.tasks.factuality import (
    SCALES,
    factuality_metrics,
    has_condition_cue,
    has_future_cue,
    pearson,
    read_sentences,
    scale_of,
    score_sentence,
    to_class,
    to_sentence,
    to_value,
)
from reportedly.model import Modality

LINE = json.dumps(
    {
        "text": "Troops will leave , but nobody left .",
        "targets": [{"span1": [2, 3], "label": -2.0}, {"span1": [6, 7], "label": -3.0}],
    }
)


def test_sentences_become_prose_with_their_predicates_in_place() -> None:
    sentence = to_sentence("s", LINE)
    assert sentence.text == "Troops will leave, but nobody left."
    starts = [sentence.bounds[target.token][0] for target in sentence.targets]
    assert [sentence.text[start:].split()[0].strip(".,") for start in starts] == ["leave", "left"]


def test_plain_and_compressed_files_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text(LINE + "\n", encoding="utf-8")
    (tmp_path / "test.jsonl.xz").write_bytes(lzma.compress((LINE + "\n").encode()))
    dev, test = (list(read_sentences(tmp_path, split)) for split in ("dev", "test"))
    assert dev[0].targets == test[0].targets
    assert len(list(read_sentences(tmp_path, "all"))) == 2
    with pytest.raises(FileNotFoundError, match=r"train\.jsonl"):
        list(read_sentences(tmp_path, "train"))


def test_both_scales_know_every_modality() -> None:
    assert all(set(table) == set(Modality) for table in SCALES.values())
    assert scale_of(Path("factuality-meantime")) == "committed"
    assert scale_of(Path("factuality-uds-ih2/test.jsonl.xz")) == "happened"


def test_what_is_foretold_has_not_happened_but_is_committed_to() -> None:
    future = Assessment(Modality.PREDICTED, negated=False, hedged=False, future=True)
    assert to_value(future, "happened") < -1
    assert to_value(future, "committed") > 1


def test_an_attempt_is_less_than_a_deed() -> None:
    tried = Assessment(Modality.ASSERTED, negated=False, hedged=False, attempted=True)
    done = Assessment(Modality.ASSERTED, negated=False, hedged=False)
    assert to_value(tried, "happened") < to_value(done, "happened")


@pytest.mark.parametrize(
    ("value", "name"), [(3, "fact"), (1, "uncommitted"), (-1, "uncommitted"), (-1.1, "counterfact")]
)
def test_classes_are_cut_at_one(value: float, name: str) -> None:
    assert to_class(value) == name


def test_cues_of_future_and_condition_reach_only_so_far() -> None:
    tokens = ["If", "they", "attack", ",", "we", "will", "not", "at", "all", "respond"]
    assert has_condition_cue(tokens, 2)
    assert not has_condition_cue(tokens, 9)
    assert has_future_cue(["they", "are", "going", "to", "leave"], 4)
    assert not has_future_cue(tokens, 9)


def test_factuality_metrics_on_four_predicates_worked_by_hand() -> None:
    asserted = Assessment(Modality.ASSERTED, negated=False, hedged=False)  # happened: 2.5
    planned = Assessment(Modality.PLANNED, negated=False, hedged=False)  # happened: -2
    sentence = to_sentence("s", LINE)
    first = score_sentence(sentence, [planned, asserted], "happened")  # gold -2, -3
    other = to_sentence("t", LINE.replace("-2.0", "2.5").replace("-3.0", "0.0"))
    second = score_sentence(other, [asserted, planned], "happened")  # gold 2.5, 0
    metrics = factuality_metrics([first, second])
    assert metrics["mae"] == pytest.approx((0 + 5.5 + 0 + 2) / 4)
    assert metrics["mae_all_certain"] == pytest.approx((5 + 6 + 0.5 + 3) / 4)
    # gold classes: counterfact, counterfact, fact, uncommitted; found: counterfact, fact, fact, counterfact
    assert metrics["f1_fact"] == pytest.approx(2 / 3)
    assert metrics["f1_counterfact"] == pytest.approx(1 / 2)
    assert metrics["f1_uncommitted"] == 0.0
    assert metrics["f1_future"] == 0.0  # "will leave" stands in both, told as future in neither
    # x = -2, -3, 2.5, 0 and y = -2, 2.5, 2.5, -2
    # r = 3.375 / sqrt(17.6875 * 20.25)
    assert metrics["pearson_r"] == pytest.approx(0.17833, abs=1e-4)


def test_correlation_is_undefined_for_a_constant() -> None:
    assert pearson({"n": 2, "x": 3, "xx": 5, "y": 6, "yy": 18, "xy": 9}) is None

"""The readers on the corpora themselves (skipped where they are absent)."""

from __future__ import annotations

import pytest

from benchmarks.framework import corpora_folder
from benchmarks.gum import read_gum
from benchmarks.re3d import read_re3d
from benchmarks.tasks.category import read_pairs
from benchmarks.tasks.factuality import read_sentences

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not (corpora_folder() / "re3d").exists(), reason="the benchmark corpora are not here"),
]


def test_re3d_gold_stands_at_its_offsets() -> None:
    documents = list(read_re3d(corpora_folder() / "re3d"))
    assert sum(len(document.entities) for document in documents) > 2000
    assert all(span.end <= len(document.text) for document in documents for span in document.entities)


def test_re3d_splits_share_no_document() -> None:
    folder = corpora_folder() / "re3d"
    parts = [{document.id for document in read_re3d(folder, split)} for split in ("train", "dev", "test")]
    assert sum(map(len, parts)) == len(set().union(*parts)) == len(list(read_re3d(folder, "all")))


def test_gum_satellites_have_sources_and_cues() -> None:
    attributions = [
        each for document in read_gum(corpora_folder() / "gum-open", "dev") for each in document.attributions
    ]
    assert sum(each.cue is not None for each in attributions) > 0.8 * len(attributions) > 50


def test_uds_predicates_stand_at_their_tokens() -> None:
    sentence = next(read_sentences(corpora_folder() / "factuality-uds-ih2", "dev"))
    start, end = sentence.bounds[sentence.targets[0].token]
    assert (sentence.text[start:end], sentence.targets[0].value) == ("comes", 3.0)


def test_most_gold_standard_records_have_a_root() -> None:
    assert len(read_pairs(corpora_folder() / "plover-gsr")) > 300

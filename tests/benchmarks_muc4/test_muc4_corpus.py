"""The corpus in its published layout, and the figures of the task, on a corpus of our own."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from benchmarks.muc4.calibrate import main, score_responses
from benchmarks.muc4.corpus import (
    Document,
    read_dateline,
    read_documents,
    read_role_fillers,
    read_role_templates,
)
from benchmarks.muc4.template import Template, choose_first
from benchmarks.tasks.templates import TASK, TemplatesTask

TEXTS = """TST3-MUC4-0001 (SOME SITE)

   LIMA, 5 FEB 90 (AFP) -- [TEXT] GUERRILLAS BLEW UP A BANK.


TST3-MUC4-0002

   BOGOTA, NO DATE -- [TEXT] THE PRESIDENT OPENED A SCHOOL.
"""
KEYS = """0.  MESSAGE: ID                     TST3-MUC4-0001
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  - 05 FEB 90
3.  INCIDENT: LOCATION              PERU: LIMA (CITY)
4.  INCIDENT: TYPE                  BOMBING
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
9.  PERP: INDIVIDUAL ID             "GUERRILLAS"
12. PHYS TGT: ID                    "BANK"

0.  MESSAGE: ID                     TST3-MUC4-0002
1.  MESSAGE: TEMPLATE               *
"""
ROLES = {
    "PerpInd": [[["guerrillas", 0]]],
    "PerpOrg": [],
    "Target": [[["a bank", 19]]],
    "Victim": [],
    "Weapon": [],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    part = tmp_path / "corpora" / "tst3"
    part.mkdir(parents=True)
    (part / "tst3-muc4").write_text(TEXTS)
    (part / "key-tst3.v1").write_text(KEYS)
    (part / "tst3-muc4.mixed-case").write_text(TEXTS.lower())
    for name, content in (
        ("grit", {"docid": "TST3-MUC4-0001", "extracts": ROLES}),
        ("gtt", {"docid": "TST3-MUC4-0001", "templates": [{"incident_type": "bombing", **ROLES}]}),
    ):
        (tmp_path / f"{name}-processed").mkdir()
        (tmp_path / f"{name}-processed" / "test.json").write_text(json.dumps(content) + "\n")
    return tmp_path


def gold(document: Document) -> list[Template]:
    return [choose_first(template) for template in document.templates]


def test_documents_come_with_text_date_and_key(corpus: Path) -> None:
    first, second = read_documents(corpus, "tst3")
    assert (first.id, first.dated, len(first.templates)) == ("TST3-MUC4-0001", date(1990, 2, 5), 1)
    assert first.text.startswith("   LIMA, 5 FEB 90") and "BOGOTA" not in first.text
    assert (second.dated, second.templates) == (None, ())


def test_a_part_that_is_not_there_is_named(corpus: Path) -> None:
    with pytest.raises(FileNotFoundError, match="tst4"):
        read_documents(corpus, "test")


@pytest.mark.parametrize("text", ["LIMA, 35 FEB 90 --", "LIMA, 5 FOO 90 --", ""])
def test_a_date_that_is_none_is_none(text: str) -> None:
    assert read_dateline(text) is None


def test_role_files_are_read_where_they_are(corpus: Path, tmp_path: Path) -> None:
    assert read_role_fillers(corpus)["TST3-MUC4-0001"][2] == (("a bank",),)
    assert read_role_templates(corpus)["TST3-MUC4-0001"][0].incident_type == "bombing"
    assert read_role_fillers(tmp_path / "elsewhere") == {} == read_role_templates(tmp_path / "elsewhere")


def test_the_key_as_answer_scores_one_on_every_metric(corpus: Path) -> None:
    task = TemplatesTask(fill=gold)
    figures = task.metrics(list(task.score(corpus, "tst3", None)))
    assert {figures[key] for key in ("f_all_templates", "ceaf_ree_micro_f1", "gtt_micro_f1", "stage")} == {1.0}
    assert figures["text_filtering_f1"] == 1.0


def test_no_answer_scores_nothing_on_every_metric(corpus: Path) -> None:
    task = TemplatesTask(fill=lambda document: [])
    figures = task.metrics(list(task.score(corpus, "tst3", None)))
    assert {figures[key] for key in ("f_all_templates", "ceaf_ree_micro_f1", "gtt_micro_f1", "stage")} == {0.0}


def test_without_role_files_those_figures_are_undefined(corpus: Path) -> None:
    for name in ("grit", "gtt"):
        (corpus / f"{name}-processed" / "test.json").unlink()
    task = TemplatesTask(fill=gold)
    figures = task.metrics(list(task.score(corpus, "tst3", None)))
    assert figures["ceaf_ree_micro_f1"] is None and figures["gtt_micro_f1"] is None


def test_every_headline_and_published_metric_is_a_figure(corpus: Path) -> None:
    task = TemplatesTask(fill=gold)
    figures = task.metrics(list(task.score(corpus, "tst3", 1)))
    assert set(TASK.headline) | {row.metric for row in TASK.published} <= set(figures)


def test_responses_of_other_systems_are_scored(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus / "results" / "TST3" / "responses"
    folder.mkdir(parents=True)
    (folder / "perfect").write_text(KEYS)
    (folder / "half").write_text(KEYS.replace('"BANK"', "-").replace('"GUERRILLAS"', '"SOLDIERS"'))
    half, perfect = score_responses(corpus)
    assert (perfect.site, perfect.tally.f) == ("perfect", 1.0)
    assert half.tally.f == 0.0  # type alone does not align two templates
    assert main([str(corpus)]) == 0
    assert "perfect" in capsys.readouterr().out


def _muc4() -> Path:
    named = os.environ.get("REPORTEDLY_CORPORA")
    default = Path(__file__).resolve().parents[3] / "shared" / "corpora"
    return (Path(named) if named else default) / "muc4"


@pytest.mark.corpora
@pytest.mark.skipif(not _muc4().is_dir(), reason="the MUC-4 corpus is not here")
def test_the_real_key_as_answer_scores_one() -> None:
    documents = read_documents(_muc4(), "dev")
    assert len(documents) == 200
    task = TemplatesTask(fill=gold)
    figures = task.metrics(list(task.score(_muc4(), "dev", None)))
    assert figures["f_all_templates"] == 1.0
    assert (figures["ceaf_ree_micro_f1"] or 0) > 0.97  # GRIT's preprocessing dropped and merged some entities
    assert (figures["gtt_micro_f1"] or 0) > 0.95

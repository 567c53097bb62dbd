"""The attribution scorer and its two readers on small texts of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.attributions import AttributedDocument, GoldAttribution, is_brat, parse_brat, read_brat
from benchmarks.gum import read_splits, to_document
from benchmarks.scoring import Labelled
from benchmarks.tasks.attribution import TASK, attribution_metrics, pair_contents, score_document

TEXT = "The road is open, monitors said. Nobody else claims that it is safe."
ANN = """T1\tSource 18 26\tmonitors
T2\tCue 27 31\tsaid
T3\tContent 0 16\tThe road is open
E1\tAttribution:T2 Source:T1 Content:T3
T4\tSource 33 44\tNobody else
T5\tCue 45 51\tclaims
T6\tContent 52 56;57 67\tthat it is safe
R1\tSourceOf Arg1:T4 Arg2:T5
R2\tContentOf Arg1:T6 Arg2:T5
#1\tAnnotatorNotes T1\tunnamed
"""

RS4 = """<rst><header><relations>
<rel name="attribution-positive" type="rst"/><rel name="joint-list" type="multinuc"/>
<rel name="elaboration-additional" type="rst"/></relations></header><body>
<segment id="1" parent="5" relname="attribution-positive">Monitors said</segment>
<segment id="2" parent="5" relname="joint-list">the road is open</segment>
<segment id="3" parent="5" relname="joint-list">and buses run .</segment>
<segment id="4" parent="5" relname="elaboration-additional">It was closed .</segment>
<group id="5" type="multinuc"/></body></rst>"""

CONLLU = """# newpar
1\tMonitors\t_\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tsaid\t_\tVERB\tVBD\t_\t0\troot\t_\t_
3\tthe\t_\tDET\tDT\t_\t4\tdet\t_\t_
4\troad\t_\tNOUN\tNN\t_\t6\tnsubj\t_\t_
5\tis\t_\tAUX\tVBZ\t_\t6\tcop\t_\t_
6\topen\t_\tADJ\tJJ\t_\t2\tccomp\t_\t_
7\tand\t_\tCCONJ\tCC\t_\t9\tcc\t_\t_
8\tbuses\t_\tNOUN\tNNS\t_\t9\tnsubj\t_\t_
9\trun\t_\tVERB\tVBP\t_\t6\tconj\t_\tSpaceAfter=No
10\t.\t_\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
1\tIt\t_\tPRON\tPRP\t_\t3\tnsubj:pass\t_\t_
2\twas\t_\tAUX\tVBD\t_\t3\taux:pass\t_\t_
3\tclosed\t_\tVERB\tVBN\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t_\tPUNCT\t.\t_\t3\tpunct\t_\t_
"""


def words(document: AttributedDocument, span: Labelled | None) -> str:
    return document.text[span.start : span.end] if span else ""


def test_brat_events_and_relations_both_tie_source_cue_and_content() -> None:
    first, second = parse_brat(ANN)
    assert first == GoldAttribution(Labelled(18, 26), Labelled(27, 31), (Labelled(0, 16),))
    assert second.source == Labelled(33, 44)
    assert second.content == (Labelled(52, 56), Labelled(57, 67))


def test_brat_content_that_nothing_ties_is_an_attribution_without_source() -> None:
    (lone,) = parse_brat("T1\tContent 0 16\tThe road is open\n")
    assert (lone.source, lone.cue) == (None, None)


def test_brat_pairs_are_read_from_folders_with_and_without_splits(tmp_path: Path) -> None:
    for folder in (tmp_path / "flat", tmp_path / "split" / "dev"):
        (folder / "text").mkdir(parents=True)
        (folder / "attributions").mkdir()
        (folder / "text" / "one.txt").write_text(TEXT, encoding="utf-8")
        (folder / "attributions" / "one_ann1.ann").write_text(ANN, encoding="utf-8")
    assert is_brat(tmp_path / "flat")
    assert [each.text for each in read_brat(tmp_path / "flat", "test")] == [TEXT]
    assert [each.text for each in read_brat(tmp_path / "split", "dev")] == [TEXT]
    assert list(read_brat(tmp_path / "split", "test")) == []


def test_gum_content_is_the_nucleus_and_source_and_cue_come_from_the_satellite() -> None:
    document = to_document("GUM_news_road", RS4, CONLLU)
    assert document.text == "Monitors said the road is open and buses run.\n\nIt was closed."
    (found,) = document.attributions
    assert words(document, found.source) == "Monitors"
    assert words(document, found.cue) == "said"
    assert [words(document, piece) for piece in found.content] == ["the road is open and buses run."]


def test_according_to_is_a_cue_with_its_noun_as_source() -> None:
    rs4 = RS4.replace("Monitors said", "According to AFP ,").replace(
        '<segment id="4" parent="5" relname="elaboration-additional">It was closed .</segment>', ""
    )
    head = """# newpar
1\tAccording\t_\tVERB\tVBG\t_\t3\tcase\t_\t_
2\tto\t_\tADP\tIN\t_\t1\tfixed\t_\t_
3\tAFP\t_\tPROPN\tNNP\t_\t8\tobl\t_\tSpaceAfter=No
4\t,\t_\tPUNCT\t,\t_\t3\tpunct\t_\t_
"""
    rest = [line.split("\t") for line in CONLLU.split("\n\n", maxsplit=1)[0].splitlines()[3:]]
    lines = []
    for fields in rest:
        fields[0] = str(int(fields[0]) + 2)
        fields[6] = "0" if fields[7] == "ccomp" else str(int(fields[6]) + 2)
        lines.append("\t".join(fields))
    document = to_document("GUM_news_road", rs4, head + "\n".join(lines) + "\n")
    (found,) = document.attributions
    assert (words(document, found.source), words(document, found.cue)) == ("AFP", "According to")


def test_splits_are_read_from_the_list() -> None:
    assert read_splits("## dev\n\n  * GUM_a\n\n## test\n  * GUM_b\n") == {"GUM_a": "dev", "GUM_b": "test"}


def test_contents_are_paired_best_first_and_once() -> None:
    gold = [frozenset(range(10)), frozenset(range(10, 20))]
    found = [frozenset(range(8)), frozenset(range(10)), frozenset(range(19, 40))]
    assert pair_contents(gold, found, 0.3) == [(0, 1)]
    assert pair_contents(gold, found, 0.01) == [(0, 1), (1, 2)]


def test_attribution_metrics_on_a_document_worked_by_hand() -> None:
    document = AttributedDocument("GUM_news_x", TEXT, tuple(parse_brat(ANN)))
    found = [
        GoldAttribution(Labelled(18, 26), Labelled(27, 31), (Labelled(0, 16),)),  # right
        GoldAttribution(Labelled(0, 3), None, (Labelled(57, 67),)),  # half the content, wrong source
        GoldAttribution(None, None, (Labelled(18, 26),)),  # spurious: 8 characters
    ]
    metrics = attribution_metrics([score_document(document, found)])
    # second: found "it is safe" has 8 characters, gold "that it is safe" has 12: Jaccard .67
    assert metrics["f1_j30"] == pytest.approx(2 * 2 / (3 + 2))
    assert metrics["f1_j80"] == pytest.approx(2 * 1 / (3 + 2))
    # characters: gold 13 + 12 = 25, found 13 + 8 + 8 = 29, shared 21
    assert metrics["content_char_f1"] == pytest.approx(2 * 21 / (25 + 29))
    assert metrics["source_acc"] == 0.5
    assert metrics["f1_j30_news"] == metrics["f1_j30"]


def test_the_task_names_its_headline_metrics_as_laid_down() -> None:
    assert TASK.headline == ("f1_j30", "f1_j80", "content_char_f1", "source_acc")

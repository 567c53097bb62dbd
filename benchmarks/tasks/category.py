"""The PLOVER category of what a source does to a target, in one sentence.

Data: a TSV with ``sentence``, ``source``, ``target``, ``gold_root`` (PLV), or the PLOVER gold-standard JSON,
whose old labels are brought to PLV's fifteen by the crosswalk in ``../shared/design/ontologies.md`` 7
(CONCEDE and RETREAT are one root, YIELD; CRIME has no counterpart and is left out).

The network gives each category of the pair a probability, and the act of the rules that fits the pair best adds to its
root if its actor overlaps the source or its recipient the target; how much was chosen on pairs of our own
(``training/data``, held out). Where another analyzer read the sentence only the best act counts: one whose actor
overlaps the source and whose recipient overlaps the target, else one of the two, else one that has them anywhere among
its arguments, else the surest. A sentence without an act then gets the back-off label AGREE, the commonest label of the
gold-standard file (not of the test data); ``coverage`` tells for how many pairs there was an act.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.framework import corpora_folder
from benchmarks.ours import acts, analyse_each, arguments, categories
from benchmarks.scoring import Labelled, label_f1, macro_f1, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task
from reportedly.language.analysis import FoundAct, Role
from reportedly.model import Modality

BACK_OFF = "AGREE"
ACT_SAYS = 0.4
FITS = 5  # of 10: the actor in the source's place or the recipient in the target's, and one of both found anywhere
GSR_FILE = "PLOVER_GSR_CAMEO.json"
TABLE = "PLV test, 1,033 pairs, zero-shot with a codebook, Hu et al., ACL 2024"

PROMISED = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.CONDITIONAL})
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1,
    "YIELD": 2, "COOPERATE": 2, "AID": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
TO_ROOT = {name: name for name in QUAD} | {
    "CONCEDE": "YIELD", "RETREAT": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
    "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID",
    "08": "YIELD", "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN",
    "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT",
    "20": "ASSAULT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with a source and a target (words; several for compound actors) and the gold root."""

    id: str
    sentence: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    root: str


def to_root(label: str) -> str | None:
    """Bring a label of any of the label sets (names, CAMEO roots) to PLV's fifteen, None if it has none."""
    plain = label.strip().upper()
    return TO_ROOT.get(plain.zfill(2) if plain.isdigit() else plain)


def read_pairs(data: Path) -> list[Pair]:
    """Read a TSV, a gold-standard JSON file, or the folder that holds one."""
    path = data
    if data.is_dir():
        candidates = [data / GSR_FILE, *sorted(data.glob("*.tsv"))]
        found = [each for each in candidates if each.exists()]
        if not found:
            raise FileNotFoundError(f"neither {GSR_FILE} nor a TSV in {data}")
        path = found[0]
    return list(_read_json(path) if path.suffix == ".json" else _read_tsv(path))


def _read_tsv(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL)
        missing = {"sentence", "source", "target", "gold_root"} - set(rows.fieldnames or ())
        if missing:
            raise FileNotFoundError(f"{path} lacks the columns {', '.join(sorted(missing))}")
        for number, row in enumerate(rows, 1):
            root = to_root(row["gold_root"] or "")
            if root is not None:
                yield Pair(str(number), row["sentence"], _words(row["source"]), _words(row["target"]), root)


def _words(text: str | None) -> tuple[str, ...]:
    return (text.strip(),) if text and text.strip() else ()


def _read_json(path: Path) -> Iterator[Pair]:
    for row in json.loads(path.read_text(encoding="utf-8")):
        root = to_root(row.get("event", ""))
        if root is not None and row.get("text"):
            yield Pair(row["id"], row["text"], _actor_texts(row.get("source")), _actor_texts(row.get("target")), root)


def _actor_texts(actors: object) -> tuple[str, ...]:
    if not isinstance(actors, list):
        return ()
    return tuple(str(each["actorText"]) for each in actors if each.get("actorText"))


def locate(words: Iterable[str], sentence: str) -> list[Labelled]:
    """Return every place in ``sentence`` where one of the phrases stands, whatever its capitals."""
    spans = []
    for phrase in words:
        pattern = r"\s+".join(re.escape(part) for part in phrase.split())
        for match in re.finditer(pattern, sentence, re.IGNORECASE):
            spans.append(Labelled(match.start(), match.end()))
    return spans


def choose_act(found: Sequence[FoundAct], source: Sequence[Labelled], target: Sequence[Labelled]) -> FoundAct | None:
    """Return the act that fits the pair best (see the module's words), the earlier one if two fit alike."""
    placed = [act for act in found if act.category is not None]
    return max(placed, key=lambda act: (_fit(act, source, target), act.confidence, -act.trigger.start), default=None)


def _fit(act: FoundAct, source: Sequence[Labelled], target: Sequence[Labelled]) -> int:
    everything = arguments(act, *Role)
    fit = 4 * _touch(arguments(act, Role.ACTOR), source)
    fit += 4 * _touch(arguments(act, Role.RECIPIENT, Role.THEME), target)
    return fit + _touch(everything, source) + _touch(everything, target)


def _touch(spans: Iterable[Labelled], others: Sequence[Labelled]) -> bool:
    return any(span.overlap(other) for span in spans for other in others)


def root_of(act: FoundAct | None) -> str:
    """Return the PLV root of what is done by putting an act as it is put; the back-off without an act.

    The codebook has categories for words about deeds: CAMEO 03 (promise to cooperate) is AGREE, 13 THREATEN,
    02 and 10 REQUEST, 12 REJECT. Our acts keep the deed and a modality, so that is brought together here.
    """
    if act is None or act.category is None:
        return BACK_OFF
    root = TO_ROOT[str(act.category)]
    if act.modality is Modality.THREATENED:
        return "THREATEN"
    if act.modality in (Modality.DEMANDED, Modality.OBLIGATED):
        return "REQUEST"
    if act.modality in PROMISED and QUAD[root] <= 2:
        return "REJECT" if act.negated else "AGREE"
    return root


def root_of_pair(shares: Mapping[str, float], of_act: str | None = None) -> str | None:
    """Return the likeliest PLV root by the probabilities of the sixteen categories, None without any.

    of_act: root of an act of the rules between the two, which speaks for itself.
    """
    roots: dict[str, float] = {}
    if shares and of_act is not None:
        roots[of_act] = ACT_SAYS
    for category, share in shares.items():
        roots[TO_ROOT[category]] = roots.get(TO_ROOT[category], 0.0) + share
    return max(roots, key=lambda root: roots[root], default=None)


def codebook_sentences() -> frozenset[str]:
    """Return the sentences printed in the CAMEO codebook, as far as the gold-standard file is at hand."""
    path = corpora_folder() / "plover-gsr" / GSR_FILE
    return frozenset(_plain(pair.sentence) for pair in _read_json(path)) if path.exists() else frozenset()


def _plain(sentence: str) -> str:
    return re.sub(r"\W+", "", sentence.lower())


def category_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Return macro F1 over roots, quads and cooperation against conflict; outside the codebook as well."""
    total = sums(scores)
    metrics: dict[str, float | None] = {}
    for suffix, prefix in (("", "pair"), ("_outside_codebook", "outside")):
        roots = _confusion(total, prefix)
        metrics[f"macro_f1_root{suffix}"] = macro_f1(roots) if roots else None
        metrics[f"macro_f1_quad{suffix}"] = macro_f1(_coarser(roots, _quad)) if roots else None
        metrics[f"macro_f1_binary{suffix}"] = macro_f1(_coarser(roots, _side)) if roots else None
        metrics[f"pairs{suffix}"] = sum(roots.values())
    roots = _confusion(total, "pair")
    metrics["accuracy_root"] = ratio(sum(n for (gold, found), n in roots.items() if gold == found), sum(roots.values()))
    metrics["coverage"] = ratio(total.get("labelled", 0.0), sum(roots.values()))
    for root in sorted({gold for gold, _ in roots}):
        metrics[f"f1_{root}"] = label_f1(roots, root)
    return metrics


def _confusion(total: Mapping[str, float], prefix: str) -> dict[tuple[str, str], float]:
    cells = {}
    for name, count in total.items():
        if name.startswith(f"{prefix} "):
            _, gold, found = name.split(" ")
            cells[gold, found] = count
    return cells


def _quad(root: str) -> str:
    return str(QUAD[root])


def _side(root: str) -> str:
    return "cooperation" if QUAD[root] <= 2 else "conflict"


def _coarser(roots: Mapping[tuple[str, str], float], way: Callable[[str], str]) -> dict[tuple[str, str], float]:
    merged: dict[tuple[str, str], float] = {}
    for (gold, found), count in roots.items():
        cell = way(gold), way(found)
        merged[cell] = merged.get(cell, 0.0) + count
    return merged


class CategoryTask:
    """The ``category`` task."""

    name = "category"
    summary = "PLOVER category of what a source does to a target in a sentence"
    default_data = "plover-gsr"
    splits: tuple[str, ...] = ("all",)
    headline: tuple[str, ...] = ("macro_f1_root", "macro_f1_quad", "macro_f1_binary")
    published: tuple[Published, ...] = (
        Published("RoBERTa-large-MNLI", "macro_f1_root", 0.824, TABLE),
        Published("RoBERTa-large-MNLI", "macro_f1_quad", 0.896, TABLE),
        Published("RoBERTa-large-MNLI", "macro_f1_binary", 0.964, TABLE),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score every pair of a TSV or of the gold-standard JSON; a pair is a document here."""
        codebook = codebook_sentences()
        for pair, analysis in analyse_each(read_pairs(data), lambda each: each.sentence, limit):
            source, target = locate(pair.source, pair.sentence), locate(pair.target, pair.sentence)
            act = choose_act(acts(analysis), source, target)
            fits = act is not None and _fit(act, source, target) >= FITS
            shares = categories(analysis, source, target)
            cell = f"{pair.root} {root_of_pair(shares, root_of(act) if fits else None) or root_of(act)}"
            values: dict[str, list[float]] = {f"pair {cell}": [1.0], "labelled": [float(act is not None)]}
            if _plain(pair.sentence) not in codebook:
                values[f"outside {cell}"] = [1.0]
            yield DocumentScore(pair.id, word_count(pair.sentence), values)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return macro F1 at three grains."""
        return category_metrics(scores)


TASK: Task = CategoryTask()

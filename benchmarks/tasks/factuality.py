"""Did it happen, according to the text? Predicates scored from -3 (certainly not) to 3 (certainly).

Data: ``train``, ``dev``, ``test`` as JSON lines (plain or .xz) with tokenised ``text`` and ``targets``
(``span1``: token span, ``label``), as UDS-IH2 and MEANTIME come.

Our modality and negation become a number by a table per scale (below), set on the train parts, never on dev
or test. Hedging ("reportedly") moves neither corpus's medians and is left out.

Classes of the gold, which has only numbers: fact above 1, counterfact below -1, uncommitted between. Future
and conditional are not annotated there; for these two the "gold" is a surface cue in the three words before
the predicate (will, shall, going to) or an if-clause it stands in: a silver standard, so marked by the name.
"""

from __future__ import annotations

import json
import lzma
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ours import Assessment, analyse_each, assess_each, token_at
from benchmarks.scoring import label_f1, macro_f1, ratio, sums
from benchmarks.task import DocumentScore, Metrics, Published, Task
from benchmarks.tokenised import join_tokens
from reportedly.model import Modality

# The two corpora ask different questions. UDS-IH2 asks whether it happened: what is planned or foretold has
# not (about -2), and its crowd scattered over the whole scale where a predicate is negated. MEANTIME asks
# what the text commits itself to: a certain future is 3. Each table is modality: (value, value when negated),
# the medians of the cells on the train part of its corpus, rounded to halves; a cell that does not occur
# there takes a neighbour's.
HAPPENED = {
    Modality.ASSERTED: (2.5, 0.5),
    Modality.ONGOING: (2.5, 0.5),
    Modality.DENIED: (-2.0, 0.5),
    Modality.PLANNED: (-2.0, -2.0),
    Modality.OBLIGATED: (-1.5, -1.0),
    Modality.DEMANDED: (-2.0, -1.0),
    Modality.THREATENED: (-2.0, -2.0),
    Modality.PREDICTED: (-2.0, -2.0),
    Modality.CONDITIONAL: (-1.5, -1.5),
    Modality.QUESTIONED: (0.5, 0.5),
    Modality.HYPOTHETICAL: (-2.0, -1.0),
}
COMMITTED = {
    Modality.ASSERTED: (3.0, -1.5),
    Modality.ONGOING: (3.0, -1.5),
    Modality.DENIED: (-1.5, 0.0),
    Modality.PLANNED: (3.0, -1.5),
    Modality.OBLIGATED: (3.0, 0.0),
    Modality.DEMANDED: (2.0, -3.0),
    Modality.THREATENED: (2.0, 0.0),
    Modality.PREDICTED: (3.0, -3.0),
    Modality.CONDITIONAL: (3.0, 0.0),
    Modality.QUESTIONED: (2.0, 0.0),
    Modality.HYPOTHETICAL: (2.0, -3.0),
}
ATTEMPTED = {"happened": 0.0, "committed": 2.0}
SCALES = {"happened": HAPPENED, "committed": COMMITTED}
FUTURE_CUES = frozenset({"will", "'ll", "wo", "shall"})
CLAUSE_ENDS = frozenset(",;:.!?") | {"then"}
UDS = "UDS-IH2 test; second-hand figure, DLGRN 2022"
MEANTIME = "MEANTIME test; second-hand figure, DLGRN 2022"


@dataclass(frozen=True, slots=True)
class Target:
    """One predicate: index of its token in the corpus, and its gold value."""

    token: int
    value: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of prose with the bounds of its corpus tokens and its predicates."""

    id: str
    tokens: tuple[str, ...]
    text: str
    bounds: tuple[tuple[int, int], ...]
    targets: tuple[Target, ...]


def read_sentences(data: Path, split: str) -> Iterator[Sentence]:
    """Yield the sentences of a JSON lines file, or of the file of ``split`` in a folder."""
    paths = [data] if data.is_file() else _split_files(data, split)
    if not paths:
        raise FileNotFoundError(f"no {split}.jsonl or {split}.jsonl.xz in {data}")
    for path in paths:
        content = path.read_bytes()
        text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8")
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield to_sentence(f"{path.name}:{number}", line)


def _split_files(folder: Path, split: str) -> list[Path]:
    wanted = ("train", "dev", "test") if split == "all" else (split,)
    names = [f"{each}.jsonl{ending}" for each in wanted for ending in ("", ".xz")]
    return [folder / name for name in names if (folder / name).exists()]


def to_sentence(name: str, line: str) -> Sentence:
    """Read one JSON line; a predicate of several tokens is judged by its last."""
    row = json.loads(line)
    tokens = row["text"].split()
    text, bounds = join_tokens(tokens)
    targets = tuple(Target(each["span1"][1] - 1, float(each["label"])) for each in row["targets"])
    return Sentence(name, tuple(tokens), text, tuple(bounds), targets)


def scale_of(data: Path) -> str:
    """Return which question a corpus asks: MEANTIME, told by its name, "committed", all others "happened"."""
    return "committed" if "meantime" in str(data).lower() else "happened"


def to_value(assessment: Assessment, scale: str) -> float:
    """Return the factuality value from -3 to 3 of an assessment: by the table of the scale, or as the network read it.

    The network learnt from 22,108 predicates whether something happened; the 1,012 that tell what a text commits itself
    to taught it less than the table has (dev: r .29).
    """
    if scale == "happened" and assessment.happened is not None:
        return assessment.happened
    modality = Modality.CONDITIONAL if assessment.conditional else assessment.modality
    if assessment.future and modality in (Modality.ASSERTED, Modality.ONGOING):
        modality = Modality.PREDICTED
    plain, negated = SCALES[scale][modality]
    if assessment.attempted and not assessment.negated:
        return min(plain, ATTEMPTED[scale])
    return negated if assessment.negated else plain


def to_class(value: float) -> str:
    """Return fact, counterfact or uncommitted for a value."""
    return "fact" if value > 1 else "counterfact" if value < -1 else "uncommitted"


def has_future_cue(tokens: Sequence[str], place: int) -> bool:
    """Tell whether "will", "shall" or "going to" stands within three words before the token."""
    before = [token.lower() for token in tokens[max(0, place - 3) : place]]
    return bool(FUTURE_CUES & set(before)) or before[-2:] == ["going", "to"]


def has_condition_cue(tokens: Sequence[str], place: int) -> bool:
    """Tell whether the token stands in a clause that "if" or "unless" opens."""
    for token in reversed(tokens[:place]):
        if token.lower() in {"if", "unless"}:
            return True
        if token.lower() in CLAUSE_ENDS:
            return False
    return False


def score_sentence(sentence: Sentence, assessments: Sequence[Assessment], scale: str) -> DocumentScore:
    """Sum up errors, moments (for the correlation) and class counts of one sentence."""
    values: dict[str, list[float]] = {}
    for target, assessment in zip(sentence.targets, assessments, strict=True):
        x, y = target.value, to_value(assessment, scale)
        for name, number in _moments(x, y):
            values.setdefault(name, []).append(number)
        values.setdefault(f"class {to_class(x)} {to_class(y)}", []).append(1.0)
        future = has_future_cue(sentence.tokens, target.token)
        conditional = has_condition_cue(sentence.tokens, target.token)
        modality = assessment.modality
        for name, gold, found in (
            ("future", future, assessment.future or modality is Modality.PREDICTED),
            ("conditional", conditional, assessment.conditional or modality is Modality.CONDITIONAL),
        ):
            values.setdefault(f"silver {name} {_yes(gold)} {_yes(found)}", []).append(1.0)
    return DocumentScore(sentence.id, len(sentence.tokens), values)


def _moments(x: float, y: float) -> list[tuple[str, float]]:
    certain = [("n", 1.0), ("error", abs(x - y)), ("floor", abs(x - 3.0))]
    return [*certain, ("x", x), ("y", y), ("xx", x * x), ("yy", y * y), ("xy", x * y)]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def factuality_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Return MAE, Pearson r and F1 per class, with the all-certain floor beside them."""
    total = sums(scores)
    classes: dict[tuple[str, str], float] = {}
    silver: dict[str, dict[tuple[str, str], float]] = {"future": {}, "conditional": {}}
    for name, count in total.items():
        parts = name.split(" ")
        if parts[0] == "class":
            classes[parts[1], parts[2]] = count
        elif parts[0] == "silver":
            silver[parts[1]][parts[2], parts[3]] = count
    return {
        "mae": ratio(total["error"], total["n"]),
        "pearson_r": pearson(total),
        "f1_fact": label_f1(classes, "fact"),
        "f1_counterfact": label_f1(classes, "counterfact"),
        "f1_uncommitted": label_f1(classes, "uncommitted"),
        "f1_future": label_f1(silver["future"], "yes"),
        "f1_conditional": label_f1(silver["conditional"], "yes"),
        "macro_f1_class": macro_f1(classes, ("fact", "counterfact", "uncommitted")),
        "mae_all_certain": ratio(total["floor"], total["n"]),
        "predicates": total["n"],
    }


def pearson(total: dict[str, float]) -> float | None:
    """Return Pearson's r from summed moments, None when one side never varies."""
    n = total["n"]
    spread_x = total["xx"] - total["x"] ** 2 / n
    spread_y = total["yy"] - total["y"] ** 2 / n
    if spread_x <= 1e-12 or spread_y <= 1e-12:
        return None
    return (total["xy"] - total["x"] * total["y"] / n) / math.sqrt(spread_x * spread_y)


class FactualityTask:
    """The ``factuality`` task."""

    name = "factuality"
    summary = "did it happen, according to the text (UDS-IH2; MEANTIME with --data)"
    default_data = "factuality-uds-ih2"
    also: tuple[str, ...] = ("factuality-meantime",)
    splits: tuple[str, ...] = ("test", "dev", "train", "all")
    headline: tuple[str, ...] = ("mae", "pearson_r", "f1_counterfact", "f1_uncommitted")
    published: tuple[Published, ...] = (
        Published("DLGRN", "mae", 0.722, UDS),
        Published("DLGRN", "mae", 0.279, MEANTIME),
        Published("20 word rules", "mae", 1.607, "UDS-IH2 test, measured, corpora README"),
        Published("20 word rules", "mae", 0.484, "MEANTIME test, measured, corpora README"),
        Published("DLGRN", "pearson_r", 0.912, UDS),
        Published("DLGRN", "pearson_r", 0.516, MEANTIME),
        Published("20 word rules", "pearson_r", 0.447, "UDS-IH2 test, measured, corpora README"),
        Published("20 word rules", "pearson_r", 0.477, "MEANTIME test, measured, corpora README"),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score the sentences of a split; a sentence is a document here."""
        scale = scale_of(data)
        for sentence, analysis in analyse_each(read_sentences(data, split), lambda each: each.text, limit):
            tokens = [token_at(analysis, sentence.bounds[target.token][0]) for target in sentence.targets]
            yield score_sentence(sentence, assess_each(analysis, tokens), scale)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return errors, correlation and F1 per class."""
        return factuality_metrics(scores)


TASK: Task = FactualityTask()

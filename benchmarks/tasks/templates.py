"""MUC-4 templates: who attacked whom, where, when, with what, how far it got and how sure the attribution is.

Data: the corpus as NIST distributed it (``corpora/``), with ``gtt-processed/`` and ``grit-processed/``
beside it where they are. The scorers and what they simplify are described in
``benchmarks/muc4/official.py``, ``compare.py`` and ``role_fillers.py``; how our claims become templates in
``incidents.py`` and ``filler.py``.

Figures per slot are F (P&R) over all templates, partial credit one half. ``text_filtering_f1`` says how well
relevant reports are told from the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import reportedly
from benchmarks.muc4.corpus import (
    ROLES,
    SPLITS,
    Document,
    Entity,
    RoleTemplate,
    read_documents,
    read_role_fillers,
    read_role_templates,
)
from benchmarks.muc4.filler import fill_templates
from benchmarks.muc4.official import Tally, add_tallies, score_document
from benchmarks.muc4.role_fillers import Hits, list_roles, merge_roles, score_ceaf_ree, score_role_templates
from benchmarks.muc4.template import Slot, Template
from benchmarks.task import DocumentScore, Metrics, Published
from reportedly.model import Reading

Filler = Callable[[Document], Sequence[Template]]

_OFFICIAL = "MUC-4 proceedings (1992), ALL TEMPLATES, P&R, partly scored by hand"
_MODERN = "recomputed from the stored predictions with the authors' scorer (tst3 + tst4)"


def read_document(document: Document) -> Reading:
    """Read one report as a user would, in its capitals, dated by its dateline."""
    published = document.dated.isoformat() if document.dated is not None else None
    return reportedly.read(document.text, published=published)


def answer(document: Document) -> Sequence[Template]:
    """Return our templates for one document."""
    return fill_templates(read_document(document))


def score_answers(
    document: Document,
    templates: Sequence[Template],
    fillers: tuple[tuple[Entity, ...], ...] | None,
    role_templates: tuple[RoleTemplate, ...] | None,
) -> DocumentScore:
    """Score the templates of one document against the key and, where given, the GRIT and GTT gold."""
    values: dict[str, Sequence[float]] = {
        f"slot:{slot}": astuple(tally) for slot, tally in score_document(templates, document.templates).items()
    }
    relevant = any(not template.optional for template in document.templates)
    if relevant or not document.templates:  # a report with optional templates only is right either way
        values["filter"] = (float(bool(templates) and relevant), float(bool(templates)), float(relevant))
    roles = [list_roles(template) for template in templates]
    if fillers is not None:
        for name, ours, theirs in zip(ROLES, merge_roles(roles), fillers, strict=True):
            values[f"ree:{name}"] = astuple(score_ceaf_ree(ours, theirs))
    if role_templates is not None:
        values["gtt"] = astuple(score_role_templates(roles, role_templates))
    return DocumentScore(document.id, len(document.text.split()), values)


def _sum(scores: Sequence[DocumentScore], name: str) -> tuple[float, ...]:
    rows = [score.values[name] for score in scores if name in score.values]
    return tuple(map(sum, zip(*rows, strict=True)))


def _figures(scores: Sequence[DocumentScore]) -> Mapping[str, float | None]:
    tallies = {slot: Tally(*_sum(scores, f"slot:{slot}")) for slot in Slot}
    total = add_tallies(tallies.values())
    confidence = tallies[Slot.ORG_CONFIDENCE]
    hits = {role: Hits(*_sum(scores, f"ree:{role}")) for role in ROLES}
    roles = Hits()
    for hit in hits.values():
        roles += hit
    figures: dict[str, float | None] = {
        "f_all_templates": total.f,
        "recall_all_templates": total.recall,
        "precision_all_templates": total.precision,
        "ceaf_ree_micro_f1": roles.f1 if roles.gold else None,
        "gtt_micro_f1": Hits(*_sum(scores, "gtt")).f1 if _sum(scores, "gtt") else None,
        "text_filtering_f1": _filter_f1(_sum(scores, "filter")),
        "org_confidence_recall": confidence.recall,
        "org_confidence_precision": confidence.precision,
    }
    figures |= {str(slot): tally.f for slot, tally in tallies.items()}
    return figures | {f"ceaf_ree_{role.lower()}_f1": hit.f1 if hit.gold else None for role, hit in hits.items()}


def _filter_f1(sums: tuple[float, ...]) -> float | None:
    if not sums or not sums[2]:
        return None
    right, given, wanted = sums
    return 2 * right / (given + wanted)


@dataclass(frozen=True, slots=True)
class TemplatesTask:
    """The task; ``fill`` can be replaced to score other systems."""

    fill: Filler = answer
    name: str = "templates"
    summary: str = "MUC-4: incident templates from newswire of 1989 and 1990"
    default_data: str = "muc4"
    splits: tuple[str, ...] = SPLITS
    headline: tuple[str, ...] = (
        "f_all_templates",
        "ceaf_ree_micro_f1",
        "gtt_micro_f1",
        "org_confidence",
        "stage",
    )
    published: tuple[Published, ...] = (
        Published("GE NLToolset, TST3", "f_all_templates", 0.5593, _OFFICIAL),
        Published("GE NLToolset, TST4", "f_all_templates", 0.5715, _OFFICIAL),
        Published("UMass CIRCUS, TST3", "f_all_templates", 0.5152, _OFFICIAL),
        Published("UMass CIRCUS, TST4", "f_all_templates", 0.4645, _OFFICIAL),
        Published("median of 17 sites, TST3", "f_all_templates", 0.293, _OFFICIAL),
        Published("median of 17 sites, TST4", "f_all_templates", 0.329, _OFFICIAL),
        Published("GRIT (BERT)", "ceaf_ree_micro_f1", 0.5450, _MODERN),
        Published("GTT (BERT)", "gtt_micro_f1", 0.5023, _MODERN),
        Published("best site of 1992", "org_confidence_recall", 0.41, _OFFICIAL),
        Published("best site of 1992", "org_confidence_precision", 0.58, _OFFICIAL),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score the documents of a split: "dev" is a fixed sample of 200, "test" is tst3 and tst4."""
        fillers, role_templates = read_role_fillers(data), read_role_templates(data)
        for document in read_documents(data, split)[:limit]:
            yield score_answers(
                document, self.fill(document), fillers.get(document.id), role_templates.get(document.id)
            )

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Sum the tallies of the documents and turn them into figures."""
        return _figures(scores)


TASK = TemplatesTask()

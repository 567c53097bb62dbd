"""The two modern scores on MUC-4: CEAF-REE over role fillers (GRIT) and templates of role fillers (GTT).

Written from the definitions in Du, Rush and Cardie, "GRIT: Generative Role-filler Transformers for
Document-level Event Entity Extraction" (EACL 2021) and "Template Filling with Generative Transformers"
(NAACL 2021): a predicted entity is right when all its mentions are among the mentions of the gold entity;
strings are compared without case, punctuation, articles and extra blanks.

CEAF-REE: per document and role, the one-to-one assignment with the most right entities; figures are summed
over documents and roles. GTT: templates of the same incident type are assigned one to one per document; the
incident type counts as one more role. The papers choose the assignment with the best F1 of the document,
here the one with the best sum of precision and recall (they can differ where the two pull apart).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.muc4.assignment import assign
from benchmarks.muc4.corpus import ROLES, Entity, RoleTemplate
from benchmarks.muc4.template import Slot, Template

_ROLE_SLOTS = (Slot.INDIVIDUAL, Slot.ORGANIZATION, Slot.PHYS_ID, Slot.HUM_NAME, Slot.INSTRUMENT_ID)


@dataclass(frozen=True, slots=True)
class Hits:
    """Right predictions of so many, and gold entities found of so many."""

    right: float = 0
    predicted: float = 0
    found: float = 0
    gold: float = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 where undefined."""
        precision = self.right / self.predicted if self.predicted else 0.0
        recall = self.found / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def list_roles(template: Template) -> RoleTemplate:
    """Return a template as GTT sees it: its type and five roles, every filler an entity of one mention."""
    kinds = template.fills(Slot.TYPE)
    return RoleTemplate(
        kinds[0].values[0].lower() if kinds else "",
        tuple(tuple((fill.values[0],) for fill in template.fills(slot)) for slot in _ROLE_SLOTS),
    )


def merge_roles(templates: Iterable[RoleTemplate]) -> tuple[tuple[Entity, ...], ...]:
    """Return the entities of each role over all templates of a document, each once (GRIT's extracts)."""
    merged: list[dict[Entity, None]] = [{} for _ in ROLES]
    for template in templates:
        for at, entities in enumerate(template.roles):
            merged[at].update(dict.fromkeys(_normalise(entity) for entity in entities))
    return tuple(tuple(entity for entity in entities if entity) for entities in merged)


def score_ceaf_ree(predicted: Sequence[Entity], gold: Sequence[Entity]) -> Hits:
    """Score the entities of one role in one document."""
    ours = [_normalise(entity) for entity in predicted]
    theirs = [_normalise(entity) for entity in gold]
    right = len(assign([[float(_is_right(entity, wanted)) for wanted in theirs] for entity in ours]))
    return Hits(right, len(ours), right, len(theirs))


def score_role_templates(predicted: Sequence[RoleTemplate], gold: Sequence[RoleTemplate]) -> Hits:
    """Score the templates of one document, incident types included."""
    every = Hits(0, sum(map(_count, predicted)), 0, sum(map(_count, gold)))
    pairs = [[_score_pair(template, wanted) for wanted in gold] for template in predicted]
    weights = [
        [pair.right / max(1.0, every.predicted) + pair.found / max(1.0, every.gold) for pair in row] for row in pairs
    ]
    for i, j in assign(weights):
        every += Hits(right=pairs[i][j].right, found=pairs[i][j].found)
    return every


def _count(template: RoleTemplate) -> int:
    return 1 + sum(len(entities) for entities in template.roles)


def _score_pair(predicted: RoleTemplate, gold: RoleTemplate) -> Hits:
    """Count what is right in one pair; nothing is when the types differ ("attack / bombing" takes both)."""
    if predicted.incident_type not in [kind.strip() for kind in gold.incident_type.split("/")]:
        return Hits()
    right, found = 1.0, 1.0
    for ours, theirs in zip(predicted.roles, gold.roles, strict=True):
        entities, wanted = [_normalise(e) for e in ours], [_normalise(e) for e in theirs]
        right += sum(any(_is_right(entity, other) for other in wanted) for entity in entities)
        found += sum(any(_is_right(entity, other) for entity in entities) for other in wanted)
    return Hits(right=right, found=found)


def _is_right(predicted: Entity, gold: Entity) -> bool:
    return bool(predicted) and set(predicted) <= set(gold)


def _normalise(entity: Entity) -> Entity:
    return tuple(dict.fromkeys(filter(None, map(normalise_mention, entity))))


def normalise_mention(text: str) -> str:
    """Return a mention without case, punctuation, articles and extra blanks.

    >>> normalise_mention('The "Santo Tomas"  farm')
    'santo tomas farm'
    """
    plain = text.lower().translate(str.maketrans("", "", string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", plain).split())

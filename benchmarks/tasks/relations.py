"""Relations between mentions in re3d: those that the network reads, and those that follow from our acts and states.

Nothing is published on these relations. The floor is the nearest pair: two gold entities that follow each
other within a sentence, with the relation that their types suggest most often in the train split.

How acts become relations (the only place where the two schemes meet):

===============================  ==================  ===================================
act or state                     relation            ends
===============================  ==================  ===================================
ASSAULT, COERCE, THREATEN        FightingAgainst     actor - recipient
MOBILIZE                         FightingAgainst     actor - recipient
AGREE, COOPERATE, SUPPORT, AID   AlliesOf            actor - recipient, or between actors
CONSULT, REQUEST, ACCUSE,        CommWith            actor - recipient, or between actors
REJECT                                               (CONSULT only)
is allied with, is linked to     AlliesOf            actor - recipient
is part of                       BelongsTo           actor > recipient
controls                         InChargeOf          actor > recipient, theme or place
any, with a place                CoLocated           actor, recipient, instrument - place
===============================  ==================  ===================================

A negated act gives no relation. The headline figures are over these six kinds, as before the network read relations;
``micro_f1_all_kinds`` is over re3d's eleven (attribute, synonym, likes, dislikes, apart, too).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from pathlib import Path

from benchmarks.ours import acts, analyse_each, arguments, mentions
from benchmarks.re3d import SPLITS, GoldRelation, Re3dDocument, read_re3d
from benchmarks.scoring import Labelled, f1, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task
from reportedly.language.analysis import Analysis, FoundAct, Role
from reportedly.language.relations import find_relations
from reportedly.model import Category, Span, State

KINDS = ("FightingAgainst", "AlliesOf", "CommWith", "BelongsTo", "InChargeOf", "CoLocated")
SYMMETRIC = frozenset({"FightingAgainst", "AlliesOf", "CommWith", "CoLocated", "IsSynonymOf", "Apart"})

OF_CATEGORY = {
    Category.ASSAULT: "FightingAgainst",
    Category.COERCE: "FightingAgainst",
    Category.THREATEN: "FightingAgainst",
    Category.MOBILIZE: "FightingAgainst",
    Category.AGREE: "AlliesOf",
    Category.COOPERATE: "AlliesOf",
    Category.SUPPORT: "AlliesOf",
    Category.AID: "AlliesOf",
    Category.CONSULT: "CommWith",
    Category.REQUEST: "CommWith",
    Category.ACCUSE: "CommWith",
    Category.REJECT: "CommWith",
}
OF_STATE = {
    State.ALLIED: "AlliesOf",
    State.LINKED: "AlliesOf",
    State.MEMBER: "BelongsTo",
    State.CONTROLS: "InChargeOf",
}
MUTUAL = frozenset({Category.AGREE, Category.COOPERATE, Category.CONSULT})

# The commonest relation of neighbouring entity types in the train split (counted there, not on test).
NEAREST = {
    ("Location", "Organisation"): "CoLocated",
    ("Location", "Person"): "CoLocated",
    ("Location", "Weapon"): "CoLocated",
    ("Location", "MilitaryPlatform"): "CoLocated",
    ("Location", "Location"): "CoLocated",
    ("Organisation", "Organisation"): "FightingAgainst",
    ("Person", "Person"): "CommWith",
    ("Organisation", "Person"): "CommWith",
    ("Organisation", "Weapon"): "InChargeOf",
    ("MilitaryPlatform", "Organisation"): "InChargeOf",
}


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A relation with ends in text order where it is symmetric, so that equal relations compare equal."""

    kind: str
    source: Labelled
    target: Labelled


def relation(kind: str, source: Labelled, target: Labelled) -> Relation:
    """Return the relation with bare ends, in text order when the kind has no direction."""
    ends = (Labelled(source.start, source.end), Labelled(target.start, target.end))
    first, second = sorted(ends) if kind in SYMMETRIC else ends
    return Relation(kind, first, second)


def derive_relations(found: Iterable[FoundAct]) -> set[Relation]:
    """Turn acts and states into relations by the table above."""
    relations: set[Relation] = set()
    for act in found:
        if not act.negated:
            relations.update(_of_act(act))
    return relations


def _of_act(act: FoundAct) -> Iterator[Relation]:
    actors = arguments(act, Role.ACTOR)
    recipients = arguments(act, Role.RECIPIENT)
    places = arguments(act, Role.PLACE)
    kind = OF_STATE.get(act.state) if act.state else OF_CATEGORY.get(act.category) if act.category else None
    if kind is not None:
        targets = [*recipients, *arguments(act, Role.THEME), *places] if kind == "InChargeOf" else recipients
        yield from (relation(kind, *ends) for ends in product(actors, targets) if ends[0] != ends[1])
        if act.category in MUTUAL:
            yield from (relation(kind, *ends) for ends in combinations(actors, 2))
    if act.state is not State.CONTROLS:
        there = [*actors, *recipients, *arguments(act, Role.INSTRUMENT)]
        yield from (relation("CoLocated", *ends) for ends in product(there, places))


def read_relations(analysis: Analysis, entities: Iterable[Labelled]) -> set[Relation]:
    """Return the relations that the network reads between entities."""
    found = find_relations(analysis, [Span(each.start, each.end) for each in entities])
    return {relation(each.kind, _as_label(each.source), _as_label(each.target)) for each in found}


def _as_label(span: Span) -> Labelled:
    return Labelled(span.start, span.end)


def snap(relations: Iterable[Relation], entities: Sequence[Labelled]) -> set[Relation]:
    """Move the ends of relations onto gold entities (largest overlap); drop those with an end on none."""
    snapped = set()
    for each in relations:
        source, target = _entity_at(each.source, entities), _entity_at(each.target, entities)
        if source is not None and target is not None and source != target:
            snapped.add(relation(each.kind, source, target))
    return snapped


def _entity_at(span: Labelled, entities: Sequence[Labelled]) -> Labelled | None:
    touching = [entity for entity in entities if span.overlap(entity)]
    return max(touching, key=lambda entity: (span.overlap(entity), -entity.start), default=None)


def match_overlapping(gold: Iterable[Relation], found: Iterable[Relation]) -> dict[str, int]:
    """Count, per kind, relations both of whose ends overlap those of a gold one; each is used once."""
    free = sorted(gold)
    hits: dict[str, int] = {}
    for each in sorted(found):
        for other in free:
            if each.kind == other.kind and _same_ends(each, other):
                free.remove(other)
                hits[each.kind] = hits.get(each.kind, 0) + 1
                break
    return hits


def _same_ends(one: Relation, other: Relation) -> bool:
    straight = one.source.overlap(other.source) and one.target.overlap(other.target)
    crossed = one.source.overlap(other.target) and one.target.overlap(other.source)
    return bool(straight or (one.kind in SYMMETRIC and crossed))


def nearest_pairs(text: str, entities: Sequence[Labelled]) -> set[Relation]:
    """Return the floor: neighbouring gold entities in a sentence, related as their types suggest."""
    floor = set()
    ordered = sorted(entities)
    for one, other in pairwise(ordered):
        kind = NEAREST.get((min(one.label, other.label), max(one.label, other.label)))
        if kind is not None and not re.search(r"[.!?\n]\s", text[one.end : other.start]):
            floor.add(relation(kind, one, other))
    return floor


def score_document(document: Re3dDocument, given: set[Relation], found: set[Relation]) -> DocumentScore:
    """Count hits between gold entities (given), between our own (found), and of the floor."""
    gold = {_gold(each) for each in document.relations}
    snapped = snap(given, document.entities)
    floor = nearest_pairs(document.text, document.entities)
    own = match_overlapping(gold, found)
    values: dict[str, list[float]] = {}
    for kind in sorted({each.kind for each in (*gold, *found, *floor)}):
        values[f"gold {kind}"] = [float(_count(gold, kind))]
        values[f"given found {kind}"] = [float(_count(snapped, kind))]
        values[f"given hits {kind}"] = [float(_count(gold & snapped, kind))]
        values[f"own found {kind}"] = [float(_count(found, kind))]
        values[f"own hits {kind}"] = [float(own.get(kind, 0))]
        values[f"floor found {kind}"] = [float(_count(floor, kind))]
        values[f"floor hits {kind}"] = [float(_count(gold & floor, kind))]
    return DocumentScore(document.id, word_count(document.text), values)


def _gold(each: GoldRelation) -> Relation:
    return relation(each.kind, each.source, each.target)


def _count(relations: Iterable[Relation], kind: str) -> int:
    return sum(each.kind == kind for each in relations)


def relation_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Return micro F1 over the six kinds in scope, over all of re3d's kinds, and per kind."""
    total = sums(scores)
    every = sorted(name[5:] for name in total if name.startswith("gold "))
    metrics: dict[str, float | None] = {
        "micro_f1": _micro(total, "given", KINDS),
        "micro_f1_own_entities": _micro(total, "own", KINDS),
        "micro_precision": ratio(_add(total, "given hits", KINDS), _add(total, "given found", KINDS)),
        "micro_recall": ratio(_add(total, "given hits", KINDS), _add(total, "gold", KINDS)),
        "micro_f1_all_kinds": _micro(total, "given", every),
        "floor_micro_f1": _micro(total, "floor", KINDS),
    }
    for kind in KINDS:
        metrics[f"f1_{kind}"] = _micro(total, "given", (kind,))
        metrics[f"f1_own_{kind}"] = _micro(total, "own", (kind,))
        metrics[f"floor_f1_{kind}"] = _micro(total, "floor", (kind,))
        metrics[f"gold_{kind}"] = total.get(f"gold {kind}", 0.0)
    return metrics


def _add(total: dict[str, float], name: str, kinds: Iterable[str]) -> float:
    return sum(total.get(f"{name} {kind}", 0.0) for kind in kinds)


def _micro(total: dict[str, float], way: str, kinds: Sequence[str]) -> float | None:
    hits, found = _add(total, f"{way} hits", kinds), _add(total, f"{way} found", kinds)
    return f1(hits, found, _add(total, "gold", kinds))


class Relations:
    """The ``relations`` task."""

    name = "relations"
    summary = "who fights, allies with, talks to, belongs to, is in charge of, is where (re3d)"
    default_data = "re3d"
    splits: tuple[str, ...] = SPLITS
    headline: tuple[str, ...] = ("micro_f1", "micro_f1_own_entities", "floor_micro_f1")
    published: tuple[Published, ...] = ()

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score re3d folders."""
        pairs: Iterator[tuple[Re3dDocument, Analysis]] = analyse_each(
            read_re3d(data, split), lambda each: each.text, limit
        )
        for document, analysis in pairs:
            given = read_relations(analysis, document.entities) | derive_relations(acts(analysis))
            own = read_relations(analysis, mentions(document.text)) | derive_relations(acts(analysis))
            yield score_document(document, given, own)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return micro F1 with gold and with own entities, beside the floor."""
        return relation_metrics(scores)


TASK: Task = Relations()

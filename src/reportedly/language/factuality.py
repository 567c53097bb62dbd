"""What is found out about one predicate, and how a governing word adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.language.lexicon import Governor
from reportedly.language.tree import Tree
from reportedly.model import Modality, Span


@dataclass(slots=True)
class Factuality:
    """How one predicate is put.

    attempted: it was tried ("tried to enter"), which is not yet that it succeeded.
    antecedent: the token of the conditional clause it stands in; consequent_of: the token of the if-clause
        that it depends on. speech: it stands in the content of somebody's words (the voice decides more).
    """

    modality: Modality = Modality.ASSERTED
    negated: bool = False
    attempted: bool = False
    hedges: list[Span] = field(default_factory=list)
    antecedent: int | None = None
    consequent_of: int | None = None
    future: bool = False
    reasons: list[str] = field(default_factory=list)


def apply_governor(governor: Governor | None, found: Factuality, why: str, span: Span | None = None) -> None:
    """Let a governing word say something; what stands nearer to the predicate has already spoken."""
    if governor is None:
        return
    if governor.effect == "negated":
        found.negated = not found.negated
    elif governor.effect == "attempted":
        found.attempted = True
    elif governor.effect == "hedged" and span is not None:
        found.hedges.append(span)
    elif governor.modality is not None:
        nearest = found.modality is Modality.ASSERTED
        weaker = found.modality is Modality.ONGOING and governor.modality is not Modality.ONGOING
        would_have_to = found.modality is Modality.OBLIGATED and governor.modality is Modality.HYPOTHETICAL
        if nearest or weaker or would_have_to:
            found.modality = governor.modality
        else:
            return
    found.reasons.append(f"governed by {why}")


def negate(tree: Tree, child: int, found: Factuality) -> None:
    """Negate, unless the negator is the first half of "not only ... but" or "no longer than"."""
    after = [tree[i].text.lower() for i in range(child + 1, min(child + 3, len(tree)))]
    if after[:1] and after[0] in {"only", "just", "merely", "simply", "least"}:
        return
    if tree[child].text.lower() == "no" and after[:1] == ["less"]:
        return
    found.negated = not found.negated
    found.reasons.append(f"negated by '{tree[child].text.lower()}'")


def is_infinitive(tree: Tree, node: int) -> bool:
    return any(tree[child].text.lower() == "to" for child in tree.children(node, "aux"))

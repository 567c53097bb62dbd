"""A second opinion on how a predicate is put: the network's, where it is surer than the rules usually are.

Thresholds were chosen on the dev part of ``benchmarks/data/modality.jsonl``.
"""

from __future__ import annotations

from reportedly.language.factuality import Factuality
from reportedly.language.reader.findings import WordScores
from reportedly.model import Modality

SURE = 0.6  # enough where the rules found nothing that says how it is put
EXPLICIT = 0.75  # needed against a word that the rules can name ("should", "denied")
FLAG = 0.3  # that it is yet to come, or hangs on a condition
UNLIKELY = 0.08  # below this, the network overrules the grammar's "yet to come" and "hangs on a condition"

# Words decide between these ("should", "called on", "might"; "plans to", "threatens to"), but the voice between
# predicted and planned (the doer's plan is another's prediction).
KIN = (
    frozenset({Modality.OBLIGATED, Modality.DEMANDED}),
    frozenset({Modality.OBLIGATED, Modality.HYPOTHETICAL}),
    frozenset({Modality.PREDICTED, Modality.PLANNED}),
    frozenset({Modality.PLANNED, Modality.THREATENED}),
)


def second_opinion(found: Factuality, scores: WordScores) -> None:
    """Let the network overrule the rules on ``found``, with its reason."""
    found.future = scores.future > (UNLIKELY if found.future else FLAG)
    explicit = found.negated or found.modality not in (Modality.ASSERTED, Modality.ONGOING)
    if scores.confidence <= (EXPLICIT if explicit else SURE):
        return
    modality = Modality(scores.modality)
    denied = modality is Modality.DENIED
    said = Modality.ASSERTED if denied else modality
    if (found.negated, found.modality) == (denied, said) or (denied and found.modality is Modality.DENIED):
        return
    if found.attempted or any({found.modality, said} <= kin for kin in KIN):
        return
    found.negated, found.modality = denied, said
    found.reasons.append(f"read as {modality.value} ({scores.confidence:.2f})")


def hangs(found: Factuality, scores: WordScores | None) -> bool:
    """Tell whether a predicate is in an if-half or depends on one."""
    by_grammar = found.antecedent is not None or found.consequent_of is not None
    return by_grammar if scores is None else scores.conditional > (UNLIKELY if by_grammar else FLAG)

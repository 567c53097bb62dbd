"""An approximation of the MUC-4 scorer: templates aligned, slots tallied, "ALL TEMPLATES" summed.

After Chinchor, "MUC-4 Evaluation Metrics" (1992) and the scoring guidelines, version 7. Simplifications:

- Alignment is one to one and maximises the summed credit of the slots; a pair is allowed when the incident
  type matches at least partially and so does one perpetrator or target slot (the guidelines' content-based
  conditions; a key template that fills none of these slots needs the incident type only).
  In 1992 the scorer's proposal could be changed by hand.
- No interaction: what people judged by hand is judged by the rules of ``compare``.
- Slots that the key marks "*" are not scored; the template-id row is left out of the totals.
- Within a slot, fillers are assigned for the greatest credit; of the rest, a response and a required key
  filler left over are paired as incorrect, further responses are spurious, further key fillers missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from benchmarks.muc4.assignment import assign
from benchmarks.muc4.compare import compare_fills
from benchmarks.muc4.template import CONTENT_SLOTS, Fill, Slot, Template


@dataclass(frozen=True, slots=True)
class Tally:
    """Fillers counted by outcome."""

    correct: float = 0
    partial: float = 0
    incorrect: float = 0
    spurious: float = 0
    missing: float = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def credit(self) -> float:
        """Return correct plus half of partial."""
        return self.correct + 0.5 * self.partial

    @property
    def recall(self) -> float:
        """Return credit over what was possible."""
        return _divide(self.credit, self.correct + self.partial + self.incorrect + self.missing)

    @property
    def precision(self) -> float:
        """Return credit over what was given."""
        return _divide(self.credit, self.correct + self.partial + self.incorrect + self.spurious)

    @property
    def f(self) -> float:
        """Return the harmonic mean of precision and recall (P&R)."""
        return _divide(2 * self.precision * self.recall, self.precision + self.recall)


def _divide(above: float, below: float) -> float:
    return above / below if below else 0.0


def score_document(responses: Sequence[Template], keys: Sequence[Template]) -> Mapping[Slot, Tally]:
    """Return the tally of every slot over one document's templates."""
    pairs = align_templates(responses, keys)
    taken = {i for i, _ in pairs}
    found = {j for _, j in pairs}
    tallies = dict.fromkeys(Slot, Tally())
    for slot in Slot:
        parts = [score_slot(slot, responses[i], keys[j]) for i, j in pairs]
        parts += [Tally(spurious=len(r.fills(slot))) for i, r in enumerate(responses) if i not in taken]
        parts += [
            Tally(missing=sum(not fill.optional for fill in key.fills(slot)))
            for j, key in enumerate(keys)
            if j not in found and not key.optional
        ]
        tallies[slot] = add_tallies(parts)
    return tallies


def add_tallies(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    total = Tally()
    for tally in tallies:
        total += tally
    return total


def align_templates(responses: Sequence[Template], keys: Sequence[Template]) -> list[tuple[int, int]]:
    """Return (response, key) index pairs of the best alignment; equal credit prefers required templates."""
    return assign([[_weigh_pair(response, key) for key in keys] for response in responses])


def _weigh_pair(response: Template, key: Template) -> float:
    if not score_slot(Slot.TYPE, response, key).credit:
        return 0.0
    described = any(key.fills(slot) for slot in CONTENT_SLOTS)
    if described and not any(score_slot(slot, response, key).credit for slot in CONTENT_SLOTS):
        return 0.0
    credit = sum(score_slot(slot, response, key).credit for slot in Slot)
    return credit - (1e-6 if key.optional else 0.0)


def score_slot(slot: Slot, response: Template, key: Template) -> Tally:
    """Return the tally of one slot of an aligned pair of templates."""
    if slot in key.inapplicable:
        return Tally()
    ours, theirs = response.fills(slot), key.fills(slot)
    credits = [[_prefer_required(compare_fills(slot, fill, wanted), wanted) for wanted in theirs] for fill in ours]
    pairs = assign(credits)
    correct = sum(credits[i][j] > 0.9 for i, j in pairs)
    rest = len(ours) - len(pairs)
    required = sum(not fill.optional for j, fill in enumerate(theirs) if j not in {j for _, j in pairs})
    incorrect = min(rest, required)
    return Tally(correct, len(pairs) - correct, incorrect, rest - incorrect, required - incorrect)


def _prefer_required(credit: float, key: Fill) -> float:
    return credit - 1e-6 if credit and key.optional else credit

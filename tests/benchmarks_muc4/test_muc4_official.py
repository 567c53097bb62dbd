"""The approximated official scorer, on cases worked by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.muc4.assignment import assign
from benchmarks.muc4.official import Tally, add_tallies, align_templates, score_document, score_slot
from benchmarks.muc4.template import Fill, Slot, Template, choose_first


def template(kind: str, optional: bool = False, **slots: tuple[Fill, ...]) -> Template:
    filled = {Slot.TYPE: (Fill((kind,)),)} | {Slot(name): fills for name, fills in slots.items()}
    return Template("DEV-MUC3-0001", filled, optional=optional)


def fills(*values: str) -> tuple[Fill, ...]:
    return tuple(Fill((value,)) for value in values)


def total(responses: list[Template], keys: list[Template]) -> Tally:
    return add_tallies(score_document(responses, keys).values())


ATTACK = template("ATTACK", phys_id=fills("BRIDGE", "TOWER"), individual=fills("GUERRILLAS"))
BOMBING = template("BOMBING", phys_id=fills("BANK"), stage=fills("ACCOMPLISHED"))


def test_the_key_as_answer_scores_one() -> None:
    keys = [ATTACK, BOMBING]
    assert total([choose_first(key) for key in reversed(keys)], keys).f == 1.0


def test_no_answer_scores_nothing_and_misses_everything() -> None:
    tally = total([], [ATTACK, BOMBING])
    assert tally.f == 0.0
    assert tally == Tally(missing=7)


def test_one_slot_by_hand() -> None:
    # BRIDGE right; "STONE TOWER" partial of TOWER; HOUSE left over, CHURCH (required) missed: one incorrect.
    response = template("ATTACK", phys_id=fills("BRIDGE", "STONE TOWER", "HOUSE"))
    key = template("ATTACK", phys_id=fills("BRIDGE", "TOWER", "CHURCH"))
    assert score_slot(Slot.PHYS_ID, response, key) == Tally(correct=1, partial=1, incorrect=1)


def test_figures_by_hand() -> None:
    # type and BRIDGE right; HOUSE and TOWER left over: one incorrect; GUERRILLAS missing
    response = template("ATTACK", phys_id=fills("BRIDGE", "HOUSE"))
    tally = total([response], [ATTACK])
    assert tally == Tally(correct=2, incorrect=1, missing=1)
    assert tally.recall == pytest.approx(2 / 4)
    assert tally.precision == pytest.approx(2 / 3)
    assert tally.f == pytest.approx(4 / 7)


def test_a_spurious_template_costs_precision() -> None:
    tally = total([choose_first(ATTACK), BOMBING], [ATTACK])
    assert tally == Tally(correct=4, spurious=3)


def test_templates_with_nothing_in_common_are_not_aligned() -> None:
    assert align_templates([template("ATTACK", phys_id=fills("HOUSE"))], [ATTACK]) == []


def test_templates_of_other_types_are_not_aligned_unless_the_response_says_attack() -> None:
    same = fills("BRIDGE")
    assert align_templates([template("ARSON", phys_id=same)], [template("BOMBING", phys_id=same)]) == []
    assert align_templates([template("ATTACK", phys_id=same)], [template("BOMBING", phys_id=same)]) == [(0, 0)]


def test_optional_templates_and_fillers_are_missed_at_no_cost() -> None:
    key = template("ATTACK", phys_id=(Fill(("BRIDGE",)), Fill(("TOWER",), optional=True)))
    assert total([], [template("ATTACK", optional=True, phys_id=fills("BRIDGE"))]) == Tally()
    assert total([template("ATTACK", phys_id=fills("BRIDGE"))], [key]) == Tally(correct=2)


def test_an_optional_filler_that_is_given_counts() -> None:
    key = template("ATTACK", phys_id=(Fill(("BRIDGE",)), Fill(("TOWER",), optional=True)))
    assert total([template("ATTACK", phys_id=fills("BRIDGE", "TOWER"))], [key]) == Tally(correct=3)


def test_inapplicable_slots_are_not_scored() -> None:
    key = Template("D", {Slot.TYPE: fills("KIDNAPPING"), Slot.INDIVIDUAL: fills("MEN")},
                   inapplicable=frozenset({Slot.PHYS_ID}))  # fmt: skip
    response = template("KIDNAPPING", individual=fills("MEN"), phys_id=fills("CAR"))
    assert total([response], [key]) == Tally(correct=2)


weights = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


@given(weights)
def test_no_assignment_is_better(rows: list[list[int]]) -> None:
    columns = len(rows[0])
    wide = max(len(rows), columns)
    best = max(
        sum(rows[i][j] for i, j in enumerate(order[: len(rows)]) if j < columns) for order in permutations(range(wide))
    )
    pairs = assign(rows)
    assert sum(rows[i][j] for i, j in pairs) == best
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


def test_nothing_is_assigned_to_nothing() -> None:
    assert assign([]) == [] and assign([[]]) == [] and assign([[0.0]]) == []

"""CEAF-REE and GTT scores, on cases worked by hand."""

from __future__ import annotations

import pytest

from benchmarks.muc4.corpus import RoleTemplate
from benchmarks.muc4.role_fillers import Hits, list_roles, merge_roles, score_ceaf_ree, score_role_templates
from benchmarks.muc4.template import Fill, Slot, Template

EMPTY: tuple[tuple[str, ...], ...] = ()


def roles(
    kind: str, perpetrators: tuple[tuple[str, ...], ...] = EMPTY, targets: tuple[tuple[str, ...], ...] = EMPTY
) -> RoleTemplate:
    return RoleTemplate(kind, (perpetrators, EMPTY, targets, EMPTY, EMPTY))


def test_an_entity_is_right_when_all_its_mentions_are_the_gold_entitys() -> None:
    gold = [("two men", "the gunmen"), ("the driver",)]
    assert score_ceaf_ree([("The gunmen",), ("Driver.",)], gold) == Hits(2, 2, 2, 2)
    assert score_ceaf_ree([("two men", "the driver")], gold) == Hits(0, 1, 0, 2)


def test_two_names_of_one_entity_count_once() -> None:
    assert score_ceaf_ree([("men",), ("gunmen",)], [("men", "gunmen")]) == Hits(1, 2, 1, 1)


def test_assignment_does_not_waste_a_gold_entity() -> None:
    # "men" fits both gold entities, "gunmen" the first only: both must be found.
    assert score_ceaf_ree([("men",), ("gunmen",)], [("men", "gunmen"), ("men",)]) == Hits(2, 2, 2, 2)


def test_templates_of_different_types_share_nothing() -> None:
    assert score_role_templates([roles("arson", (("men",),))], [roles("attack", (("men",),))]) == Hits(0, 2, 0, 2)


def test_either_type_of_a_disjunction_is_right() -> None:
    assert score_role_templates([roles("bombing")], [roles("attack / bombing")]).f1 == 1.0


def test_templates_by_hand() -> None:
    gold = [roles("attack", (("men",),), (("bank",),)), roles("attack", (("rebels",),))]
    ours = [roles("attack", (("rebels",),), (("church",),))]
    # type and rebels right of 3 given; 2 of 5 found
    hits = score_role_templates(ours, gold)
    assert hits == Hits(2, 3, 2, 5)
    assert hits.f1 == pytest.approx(0.5)


def test_gold_as_answer_scores_one_and_no_answer_nothing() -> None:
    gold = [roles("attack", (("men",),)), roles("bombing", EMPTY, (("bank", "the bank"),))]
    assert score_role_templates(gold, gold).f1 == 1.0
    assert score_role_templates([], gold).f1 == 0.0


def test_templates_become_roles_and_document_entities_are_merged() -> None:
    one = Template("D", {Slot.TYPE: (Fill(("BOMBING",)),), Slot.INDIVIDUAL: (Fill(("THE MEN",)),)})
    two = Template("D", {Slot.TYPE: (Fill(("ATTACK",)),), Slot.INDIVIDUAL: (Fill(("MEN",)), Fill(("A BOY",)))})
    listed = [list_roles(one), list_roles(two)]
    assert listed[0].incident_type == "bombing"
    assert merge_roles(listed)[0] == (("men",), ("boy",))

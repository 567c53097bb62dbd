"""Acts, roles and how they are put, read off sentences written for these tests."""

from __future__ import annotations

import pytest

from reportedly.language import Analysis, FoundAct, Role, default_analyzer
from reportedly.model import Category, Modality, State


def read(text: str) -> Analysis:
    return default_analyzer().analyse([text])[0]


def act(text: str, category: Category | None = None, state: State | None = None) -> FoundAct:
    found = [a for a in read(text).acts if a.category == category and a.state == state]
    assert found, f"no {category or state} in {[(a.category, a.state) for a in read(text).acts]}"
    return found[0]


def words(text: str, found: FoundAct, role: Role) -> list[str]:
    return [a.span.of(text) for a in found.arguments if a.role is role]


@pytest.mark.parametrize(
    ("text", "category", "actor", "recipient"),
    [
        ("Government troops attacked the rebels near the bridge.", Category.ASSAULT, "Government troops", "the rebels"),
        ("The rebels were attacked by government troops.", Category.ASSAULT, "government troops", "The rebels"),
        ("The ministry condemned the militia.", Category.ACCUSE, "The ministry", "the militia"),
        ("Soldiers detained three journalists on Monday.", Category.COERCE, "Soldiers", "three journalists"),
        ("The gunmen carried out an attack on the police.", Category.ASSAULT, "The gunmen", "the police"),
        ("The militia threatened the monitors.", Category.THREATEN, "The militia", "the monitors"),
    ],
    ids=["active", "passive", "verbal", "plural", "light-verb", "threat"],
)
def test_who_does_what_to_whom(text: str, category: Category, actor: str, recipient: str) -> None:
    found = act(text, category)
    assert words(text, found, Role.ACTOR) == [actor]
    assert words(text, found, Role.RECIPIENT) == [recipient]


@pytest.mark.parametrize(
    ("text", "category", "modality"),
    [
        ("The army shelled the village.", Category.ASSAULT, Modality.ASSERTED),
        ("The army is shelling the village.", Category.ASSAULT, Modality.ONGOING),
        ("The army plans to shell the village.", Category.ASSAULT, Modality.PLANNED),
        ("The army should withdraw from the village.", Category.RETREAT, Modality.OBLIGATED),
        ("The envoy urged the army to withdraw from the village.", Category.RETREAT, Modality.DEMANDED),
        ("The army may attack the village.", Category.ASSAULT, Modality.HYPOTHETICAL),
        ("The army will attack the village.", Category.ASSAULT, Modality.PREDICTED),
        ("If the army attacks the village, the rebels will leave.", Category.ASSAULT, Modality.CONDITIONAL),
        ("Did the army attack the village?", Category.ASSAULT, Modality.QUESTIONED),
    ],
    ids=[
        "asserted",
        "ongoing",
        "planned",
        "obligated",
        "demanded",
        "hypothetical",
        "predicted",
        "conditional",
        "questioned",
    ],
)
def test_how_an_act_is_put(text: str, category: Category, modality: Modality) -> None:
    assert act(text, category).modality is modality


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The rebels did not attack the convoy.", True),
        ("No soldiers attacked the convoy.", True),
        ("The rebels refused to release the hostages.", True),
        ("The rebels not only attacked the convoy but also burned the village.", False),
        ("The rebels attacked the convoy without warning.", False),
    ],
    ids=["not", "no-subject", "refused", "not-only", "without-something-else"],
)
def test_negation(text: str, negated: bool) -> None:
    found = [a for a in read(text).acts if a.category in (Category.ASSAULT, Category.RETREAT)]
    assert found[0].negated is negated


def test_not_only_but_asserts_both_acts() -> None:
    text = "Militants not only rejected the agreement but also threatened the patrols."
    found = {a.category: a for a in read(text).acts}
    assert not found[Category.REJECT].negated
    assert not found[Category.THREATEN].negated


def test_a_should_clause_is_not_told_as_done() -> None:
    text = "They threatened Russian forces that should conduct patrols with the Turkish military there."
    patrol = act(text, Category.COOPERATE)
    assert patrol.modality is Modality.OBLIGATED
    assert words(text, patrol, Role.ACTOR) == ["Russian forces", "the Turkish military"]


def test_control_is_read_from_a_phrase() -> None:
    text = "The valley remains in the hands of the militia."
    found = act(text, state=State.CONTROLS)
    assert words(text, found, Role.ACTOR) == ["the militia"]
    assert words(text, found, Role.PLACE) == ["The valley"]


def test_the_halves_of_a_conditional_point_at_each_other() -> None:
    text = "If the rebels attack the convoy, the army will shell the village."
    analysis = read(text)
    roles = {a.condition_role: (i, a.condition) for i, a in enumerate(analysis.acts)}
    assert roles["antecedent"] == (0, 1)
    assert roles["consequent"] == (1, 0)


def test_coordinated_verbs_share_subject_and_object() -> None:
    text = "The army besieged and captured the town."
    acts = [a for a in read(text).acts if a.category is Category.COERCE]
    assert [words(text, a, Role.ACTOR) for a in acts] == [["The army"], ["The army"]]


def test_an_attempt_is_not_told_as_done() -> None:
    assert act("The rebels tried to capture the airport.", Category.COERCE).modality is Modality.PLANNED


def test_the_doer_of_a_deed_is_the_doer_of_its_harm() -> None:
    text = "Russian airstrikes killed six civilians in the town."
    found = [a for a in read(text).acts if a.lemma == "kill"]
    assert words(text, found[0], Role.ACTOR) == ["Russian"]


def test_the_same_text_reads_the_same_alone_and_in_a_batch() -> None:
    texts = ["The army shelled the village.", "Protesters blocked the road near the town.", "He said no."]
    alone = [default_analyzer().analyse([text])[0] for text in texts]
    assert default_analyzer().analyse(texts) == alone


def test_an_empty_text_has_nothing() -> None:
    analysis = read("")
    assert analysis.acts == () and analysis.attributions == ()


def test_what_followed_a_passive_act_is_not_the_deed_of_its_victim() -> None:
    """A helicopter that was shot down did not kill its crew."""
    text = "A military helicopter was shot down over the valley on Monday killing all five people on board."
    doers = [w for a in read(text).acts for w in words(text, a, Role.ACTOR)]
    assert doers == []


def test_what_an_active_doer_did_besides_stays_his_deed() -> None:
    text = "The militia stormed the village on Monday, killing five people."
    found = next(a for a in read(text).acts if a.lemma == "kill")
    assert words(text, found, Role.ACTOR) == ["The militia"]

"""Who did what to whom: acts and states with their arguments, from word frames and the dependency tree."""

from __future__ import annotations

from reportedly.language.analysis import Argument, FoundAct, Role
from reportedly.language.constructions import find_constructions
from reportedly.language.draft import Draft, noun_argument
from reportedly.language.factuality import Factuality
from reportedly.language.frames import TIME_ENTITIES
from reportedly.language.lexicon import Lexicon
from reportedly.language.modality import assess
from reportedly.language.nominals import is_deed_in_ing, read_adjective, read_noun
from reportedly.language.opinion import second_opinion
from reportedly.language.reader.findings import Findings
from reportedly.language.tree import Tree
from reportedly.language.verbs import read_verb
from reportedly.model import Category, Modality


def find_acts(tree: Tree, lexicon: Lexicon, findings: Findings | None = None) -> list[FoundAct]:
    """Return the acts and states of a text, in text order, conditions linked.

    findings: the network's, asked for a second opinion on how each is put.
    """
    drafts: list[Draft] = list(find_constructions(tree, lexicon))
    used: set[int] = {index for draft in drafts for index in draft.consumed}
    for token in tree.tokens:
        if token.index in used:
            continue
        draft = _read_token(tree, token.index, lexicon)
        if draft is not None:
            drafts.append(draft)
            used.update(draft.consumed)
    return _finish(tree, lexicon, sorted(drafts, key=lambda d: d.token), findings)


def _read_token(tree: Tree, index: int, lexicon: Lexicon) -> Draft | None:
    token = tree[index]
    if token.pos == "VERB" or (token.pos == "AUX" and token.lemma not in {"be", "have", "do"}):
        if token.dep in {"aux", "auxpass"}:
            return None
        if is_deed_in_ing(tree, index, lexicon):
            return read_noun(tree, index, lexicon)
        return read_verb(tree, index, lexicon) or _misread_noun(tree, index, lexicon)
    if token.pos in {"NOUN", "PROPN"} and token.dep not in {"compound", "nmod"} and token.entity not in TIME_ENTITIES:
        return read_noun(tree, index, lexicon)
    if token.pos == "ADJ" and token.dep == "acomp":
        return read_adjective(tree, index, lexicon)
    return None


def _misread_noun(tree: Tree, index: int, lexicon: Lexicon) -> Draft | None:
    """Read a token that only the parser takes for a verb ("killed in Syrian regime airstrikes")."""
    token = tree[index]
    is_verb = any(("v", word) in lexicon.acts for word in (token.lemma, tree.lemma(index)))
    return None if is_verb or ("n", token.lemma) not in lexicon.acts else read_noun(tree, index, lexicon)


def _finish(tree: Tree, lexicon: Lexicon, drafts: list[Draft], findings: Findings | None) -> list[FoundAct]:
    """Assess how each draft is put, link the halves of conditionals, drop what repeats a light verb."""
    light = {d.light_verb for d in drafts if d.light_verb is not None}
    kept = [d for d in drafts if d.token not in light or d.nominal]
    facts = [assess(tree, d.assessed, lexicon) for d in kept]
    if findings is not None:
        for draft, fact in zip(kept, facts, strict=True):
            second_opinion(fact, findings.word(draft.assessed))
    acts = [_as_act(tree, draft, fact) for draft, fact in zip(kept, facts, strict=True)]
    return _link_conditions(tree, acts, kept, facts)


def _as_act(tree: Tree, draft: Draft, fact: Factuality) -> FoundAct:
    negated = fact.negated ^ draft.negated
    modality = (
        draft.modality
        if draft.modality is not None and fact.modality in (Modality.ASSERTED, Modality.ONGOING, Modality.PREDICTED)
        else fact.modality
    )
    reasons = [*draft.reasons, *fact.reasons]
    confidence = 0.85 - 0.15 * draft.nominal - 0.1 * (not draft.arguments)
    confidence -= 0.05 * sum(a.implied for a in draft.arguments)
    if fact.attempted:
        reasons.append("attempted: not said to have succeeded")
        modality = Modality.PLANNED if modality in (Modality.ASSERTED, Modality.ONGOING) else modality
    if draft.ended:
        # "did not halt the attack" lets it go on; whatever else governs it, what was halted is over.
        negated = not any(r.startswith("negated by") for r in fact.reasons)
        reasons = [*reasons, "said to have ended or not to have begun"]
    category, mode = draft.category, draft.mode
    if category is Category.MOBILIZE and draft.is_joint_patrol(tree):
        category, mode = Category.COOPERATE, None
    head = draft.light_verb if draft.light_verb is not None else draft.token
    return FoundAct(
        category=category,
        state=draft.state,
        mode=mode,
        lemma=draft.lemma,
        token=draft.token,
        trigger=draft.trigger,
        clause=draft.clause(tree, head),
        arguments=(*draft.arguments, *(noun_argument(tree, m) for m in draft.modifiers), *_linked(draft)),
        modality=modality,
        negated=negated,
        confidence=round(max(confidence, 0.2), 2),
        hedges=tuple(fact.hedges),
        agreement=draft.agreement(tree),
        weak=draft.weak,
        nominal=draft.nominal,
        attempted=fact.attempted,
        future=fact.future,
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _linked(draft: Draft) -> tuple[Argument, ...]:
    """Return the name inside a compound such as "al-Qaeda-linked" as the act's recipient."""
    if draft.linked_name is None:
        return ()
    return (Argument(Role.RECIPIENT, draft.linked_name, draft.token, relation="modifier"),)


def _link_conditions(tree: Tree, acts: list[FoundAct], drafts: list[Draft], facts: list[Factuality]) -> list[FoundAct]:
    """Point each half of a conditional at the other (consequents at their first antecedent, and back)."""
    linked = []
    for i, (act, fact) in enumerate(zip(acts, facts, strict=True)):
        role, partner = None, None
        if fact.antecedent is not None:
            role = "antecedent"
            partner = next((j for j, f in enumerate(facts) if f.consequent_of == fact.antecedent), None)
        elif fact.consequent_of is not None:
            role = "consequent"
            partner = next((j for j, f in enumerate(facts) if f.antecedent == fact.consequent_of), None)
        linked.append(act if role is None else act.with_condition(partner if partner != i else None, role))
    return linked

"""Who did what to whom: acts and states with their arguments, from word frames and the dependency tree."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.language.analysis import Argument, FoundAct, Role
from reportedly.language.constructions import find_constructions
from reportedly.language.draft import Draft, noun_argument
from reportedly.language.lexicon import ActEntry, Lexicon, load_lexicon
from reportedly.language.modality import Factuality, assess
from reportedly.language.subjects import find_subjects, resolve_pronoun
from reportedly.language.tree import OBJECTS, PERSONAL, Tree
from reportedly.model import Category, Modality

ROLES = {"A": Role.ACTOR, "R": Role.RECIPIENT, "P": Role.PLACE, "T": Role.THEME, "I": Role.INSTRUMENT}
PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "around",
        "inside",
        "outside",
        "along",
        "across",
        "throughout",
        "toward",
        "towards",
        "into",
        "over",
        "on",
        "north",
        "south",
        "east",
        "west",
        "between",
        "from",
    }
)
TIME_ENTITIES = frozenset({"DATE", "TIME"})
TRANSPARENT = frozenset(
    {"round", "wave", "series", "spate", "string", "act", "campaign", "number", "kind", "type", "form", "part"}
)


def find_acts(tree: Tree, lexicon: Lexicon) -> list[FoundAct]:
    """Return the acts and states of a text, in text order, conditions linked."""
    drafts: list[Draft] = list(find_constructions(tree, lexicon))
    used: set[int] = {index for draft in drafts for index in draft.consumed}
    for token in tree.tokens:
        if token.index in used:
            continue
        draft = _read_token(tree, token.index, lexicon)
        if draft is not None:
            drafts.append(draft)
            used.update(draft.consumed)
    return _finish(tree, lexicon, sorted(drafts, key=lambda d: d.token))


def _read_token(tree: Tree, index: int, lexicon: Lexicon) -> Draft | None:
    token = tree[index]
    if token.pos == "VERB" or (token.pos == "AUX" and token.lemma not in {"be", "have", "do"}):
        if token.dep in {"aux", "auxpass"}:
            return None
        if _is_deed_in_ing(tree, index, lexicon):
            return _read_noun(tree, index, lexicon)
        return _read_verb(tree, index, lexicon)
    if token.pos in {"NOUN", "PROPN"} and token.dep not in {"compound", "nmod"} and token.entity not in TIME_ENTITIES:
        return _read_noun(tree, index, lexicon)
    if token.pos == "ADJ" and token.dep == "acomp":
        return _read_adjective(tree, index, lexicon)
    return None


def _is_deed_in_ing(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Tell whether a form in -ing that the parser takes for a verb names a deed ("reported isolated shelling")."""
    token = tree[index]
    bare = not tree.children(index, "dobj", "nsubj", "nsubjpass", "aux", "auxpass", "prt")
    return token.tag == "VBG" and bare and token.dep not in {"advcl", "acl"} and ("n", token.text.lower()) in lexicon.acts


def _read_verb(tree: Tree, verb: int, lexicon: Lexicon) -> Draft | None:
    for entry in _verb_entries(tree, verb, lexicon):
        if tree[verb].dep in {"amod", "compound"}:
            return None
        draft = _verb_draft(tree, verb, entry, lexicon)
        draft.consumed.update(c for c in tree.children(verb, "dobj") if entry.word.endswith(f"_{tree[c].lemma}"))
        if _frame_fits(tree, draft, entry, lexicon):
            return draft
    return None


def _verb_entries(tree: Tree, verb: int, lexicon: Lexicon) -> Iterator[ActEntry]:
    """Yield the readings of a verb, with particle or preposition or bare object first."""
    lemma = tree[verb].lemma
    for child in tree.children(verb, "prt", "prep", "dobj", "advmod"):
        yield from lexicon.acts.get(("v", f"{lemma}_{tree[child].lemma}"), ())
    if not (tree.children(verb, "prt") and ("v", tree.lemma(verb)) not in lexicon.acts):
        yield from lexicon.acts.get(("v", lemma), ())


def _verb_draft(tree: Tree, verb: int, entry: ActEntry, lexicon: Lexicon) -> Draft:
    passive = tree.is_passive(verb)
    draft = Draft(entry, verb, trigger=tree.span(verb, verb))
    particle = tree.child(verb, "prt")
    if particle is not None and "_" in entry.word and particle == verb + 1:
        draft.trigger = tree.span(verb, particle)
    subject_role = entry.roles.get("obj", "R") if passive else entry.roles.get("subj", "A")
    if passive and subject_role == "-":
        subject_role = "R"
    for subject in find_subjects(tree, verb):
        if subject_role == "A" and ("n", tree[subject.head].lemma) in lexicon.acts:
            _add_doers_of_deed(tree, draft, subject.head)
        else:
            draft.add(subject_role, tree, subject.head, implied=subject.implied, why=subject.why)
    for head in tree.children(verb, *OBJECTS):
        if passive and tree[head].dep != "dobj":
            continue
        for noun in tree.conjuncts(head):
            _add_object(tree, draft, noun, verb, "T" if passive else entry.roles.get("obj", "R"))
    if not tree.children(verb, *OBJECTS):
        _add_shared_object(tree, draft, verb, entry)
    _add_prepositions(tree, verb, entry, draft)
    if entry.category is Category.ASSAULT:
        _add_means(tree, verb, draft, lexicon)
    return draft


def _add_means(tree: Tree, verb: int, draft: Draft, lexicon: Lexicon) -> None:
    """Take doer, place and mode from the deed in which somebody came to harm: "killed in a rocket attack by X"."""
    for preposition, deed in tree.preposition_objects(verb):
        entry = _noun_entry(tree, deed, lexicon)
        if preposition not in {"in", "by", "during", "with"} or entry is None or entry.category is not Category.ASSAULT:
            continue
        draft.arguments = [a for a in draft.arguments if a.head != deed]
        _add_doers_of_deed(tree, draft, deed)
        draft.mode_override = draft.mode or entry.mode
        draft.consumed.add(deed)


def _add_doers_of_deed(tree: Tree, draft: Draft, deed: int) -> None:
    """Take the doer from a deed that is the subject: in "Russian airstrikes killed ..." it is Russia."""
    why = f"doer of '{tree[deed].text}'"
    for owner in tree.children(deed, "poss"):
        draft.add("A", tree, owner, why=why)
    for modifier in tree.children(deed, "amod", "compound", "nmod"):
        if tree[modifier].entity in {"NORP", "GPE", "ORG"} or tree[modifier].pos == "PROPN":
            draft.modifiers.append(modifier)
    for preposition, noun in tree.preposition_objects(deed):
        if preposition in {"by", "between"}:
            draft.add("A", tree, noun, why=why, relation=preposition)
        elif preposition in PLACE_PREPOSITIONS - {"on", "from"}:
            draft.add("P", tree, noun, relation=preposition)
    draft.deed = tree.subtree_span(deed)


def _add_object(tree: Tree, draft: Draft, noun: int, verb: int, role: str) -> None:
    if tree[noun].text.lower() in PERSONAL:
        for subject in resolve_pronoun(tree, noun, verb):
            draft.add(role, tree, subject.head, implied=True, why=subject.why)
        draft.pronoun = draft.pronoun or noun
    else:
        draft.add(role, tree, noun)


def _add_shared_object(tree: Tree, draft: Draft, verb: int, entry: ActEntry) -> None:
    """Give "besiege and capture it" its object: coordinated verbs share the last one's object."""
    if entry.roles.get("obj") == "-" or tree.is_passive(verb):
        return
    for other in tree.children(verb, "conj"):
        if tree[other].pos != "VERB" or tree.children(other, "nsubj", "aux"):
            continue
        for noun in tree.children(other, *OBJECTS):
            _add_object(tree, draft, noun, other, entry.roles.get("obj", "R"))
        return


def _add_prepositions(tree: Tree, node: int, entry: ActEntry, draft: Draft) -> None:
    for preposition, noun in tree.preposition_objects(node):
        role = entry.roles.get(preposition)
        if role is None and preposition in PLACE_PREPOSITIONS:
            role = "P"
        if tree[noun].entity in TIME_ENTITIES or (role == "P" and not _can_be_place(tree, noun)):
            continue
        if role is not None:
            draft.add(role, tree, noun, relation=preposition)


def _can_be_place(tree: Tree, noun: int) -> bool:
    """Tell whether a noun after "in" or "on" can be ground ("in Idlib", "at the camp"; not "in support", "on Monday")."""
    return tree[noun].pos in {"PROPN", "PRON"} or load_lexicon().is_noun("ground", tree[noun].lemma)


def _frame_fits(tree: Tree, draft: Draft, entry: ActEntry, lexicon: Lexicon) -> bool:
    """Tell whether the conditions on a reading hold (see the header of ``acts.tsv``)."""
    if entry.category is Category.REJECT and any(
        ("v", tree[c].lemma) in lexicon.cues for c in tree.children(draft.token, "xcomp")
    ):
        return False  # "refused to say" rejects nothing
    themes = [a.head for a in draft.arguments if a.role in (Role.THEME, Role.RECIPIENT, Role.PLACE) and not a.relation]
    lemmas = [w for head in themes for w in _theme_lemmas(tree, head)]
    wanted = {"deal": "deal", "need": "ground", "need-force": "force", "need-aid": "aid", "need-relation": "relation"}
    if "no-obj" in entry.flags and tree.children(draft.token, *OBJECTS):
        return False
    if "subj-force" in entry.flags:
        doers = [a.head for a in draft.arguments if a.role is Role.ACTOR]
        if not any(lexicon.is_noun("force", w) for head in doers for w in _theme_lemmas(tree, head)):
            return False
    for flag, kind in wanted.items():
        if flag not in entry.flags:
            continue
        fits = any(lexicon.is_noun(kind, lemma) for lemma in lemmas)
        named_ground = kind == "ground" and any(tree[h].entity in {"GPE", "LOC", "FAC"} for h in themes)
        if not fits and not named_ground:
            return False
    return True


def _theme_lemmas(tree: Tree, head: int) -> Iterator[str]:
    """Yield the lemma of a noun and of what it stands for ("implementation of the agreement")."""
    yield tree[head].lemma
    for preposition, noun in tree.preposition_objects(head):
        if preposition == "of":
            yield tree[noun].lemma


def _read_noun(tree: Tree, noun: int, lexicon: Lexicon) -> Draft | None:
    entry = _noun_entry(tree, noun, lexicon)
    if entry is None or {"negative-attr", "weak-attr"} & entry.flags:
        return None
    draft = Draft(entry, noun, trigger=tree.span(noun, noun))
    compound = next((c for c in tree.children(noun, "compound", "amod") if c == noun - 1), None)
    if compound is not None and f"{tree[compound].lemma}_{tree[noun].lemma}" == entry.word:
        draft.trigger = tree.span(compound, noun)
    for owner in tree.children(noun, "poss"):
        draft.add(entry.roles.get("poss", "A"), tree, owner)
    for modifier in tree.children(noun, "amod", "compound", "nmod"):
        if tree[modifier].entity in {"NORP", "GPE", "ORG"} or tree[modifier].pos == "PROPN":
            draft.modifiers.append(modifier)
    _add_prepositions(tree, noun, entry, draft)
    if not _frame_fits(tree, draft, entry, lexicon) and "deal" in entry.flags:
        return None
    _add_light_verb(tree, noun, entry, draft, lexicon)
    draft.nominal = True
    return draft


def _noun_entry(tree: Tree, noun: int, lexicon: Lexicon) -> ActEntry | None:
    for child in reversed(tree.children(noun, "compound", "amod", "nmod")):
        for entry in lexicon.acts.get(("n", f"{tree[child].lemma}_{tree[noun].lemma}"), ()):
            return entry
    word = tree[noun].text.lower() if tree[noun].tag == "VBG" else tree[noun].lemma
    return next(iter(lexicon.acts.get(("n", word), ())), None)


def _add_light_verb(tree: Tree, noun: int, entry: ActEntry, draft: Draft, lexicon: Lexicon) -> None:
    """Take the doer from a light verb: "X carried out an attack", "patrols were conducted by X"."""
    token = tree[_transparent(tree, noun)]
    governor, relation = token.head, ""
    if token.dep == "pobj":
        relation, governor = tree[governor].lemma, tree[governor].head
    if token.dep == "conj":
        governor = tree[token.head].head
    if not tree.is_predicate(governor):
        return
    lemma = tree.lemma(governor)
    lemmas = {lemma, f"{tree[governor].lemma}_{relation}"}
    if token.dep == "pobj":
        lemmas.discard(lemma)  # "suspended because of shelling" does nothing to the shelling; "took part in" does
    if not any(lexicon.is_noun("light", word) for word in lemmas):
        return
    if not lexicon.is_noun("attack", tree[noun].lemma) and _read_verb(tree, governor, lexicon) is not None:
        return  # the verb says something of its own: "threatened the patrols", "suspended the talks"
    draft.light_verb = governor
    passive = tree.is_passive(governor) and token.dep == "nsubjpass"
    if any(lexicon.is_noun("receive", word) for word in lemmas):
        role = entry.roles.get("of", "R")
        for subject in find_subjects(tree, governor):
            draft.add("R" if role in {"A", "T"} else role, tree, subject.head, implied=subject.implied, why=subject.why)
    elif passive:
        for preposition, agent in tree.preposition_objects(governor):
            if preposition == "by":
                draft.add("A", tree, agent, relation="by")
    elif token.dep in {"dobj", "pobj", "conj"}:
        for subject in find_subjects(tree, governor):
            draft.add("A", tree, subject.head, implied=subject.implied, why=subject.why)
    _add_prepositions(tree, governor, entry, draft)
    if lexicon.is_noun("ending", lemma):
        draft.ended = True


def _transparent(tree: Tree, noun: int) -> int:
    """Return the noun that stands for this one in its clause: "a new round of escalation" behaves as "escalation"."""
    token = tree[noun]
    if token.dep == "pobj" and tree[token.head].lemma == "of" and tree[tree[token.head].head].lemma in TRANSPARENT:
        return _transparent(tree, tree[token.head].head)
    return noun


def _read_adjective(tree: Tree, index: int, lexicon: Lexicon) -> Draft | None:
    for entry in lexicon.acts.get(("a", tree[index].lemma), ()):
        draft = Draft(entry, index, trigger=tree.span(index, index))
        for subject in find_subjects(tree, tree[index].head):
            draft.add("P" if entry.state is not None else "A", tree, subject.head)
        _add_prepositions(tree, tree[index].head, entry, draft)
        return draft
    return None


def _finish(tree: Tree, lexicon: Lexicon, drafts: list[Draft]) -> list[FoundAct]:
    """Assess how each draft is put, link the halves of conditionals, drop what repeats a light verb."""
    light = {d.light_verb for d in drafts if d.light_verb is not None}
    kept = [d for d in drafts if d.token not in light or d.nominal]
    facts = [assess(tree, d.assessed, lexicon) for d in kept]
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
        negated, reasons = not negated, [*reasons, "said to have ended or not to have begun"]
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

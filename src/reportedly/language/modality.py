"""How is a predicate put? Modality, negation, hedges and conditions, read off auxiliaries and governors."""

from __future__ import annotations

from reportedly.language.conditions import find_condition, is_asked
from reportedly.language.factuality import Factuality, apply_governor, negate
from reportedly.language.governors import climb, hear_modal
from reportedly.language.lexicon import Lexicon
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Modality

NEGATORS = frozenset(
    {"not", "n't", "never", "no", "neither", "nor", "hardly", "barely", "scarcely", "without", "nobody", "none"}
)
ONGOING_ADVERBS = frozenset({"currently", "now", "still", "continuously", "constantly", "increasingly"})


def assess(tree: Tree, index: int, lexicon: Lexicon) -> Factuality:
    """Assess the predicate (verb, noun or adjective) at ``index``."""
    found = Factuality()
    _look_at_own_words(tree, index, lexicon, found)
    climb(tree, index, lexicon, found)
    find_condition(tree, index, found)
    if found.modality is Modality.ASSERTED and _is_imperative(tree, index):
        found.modality = Modality.DEMANDED
        found.reasons.append("imperative")
    if found.modality in (Modality.ASSERTED, Modality.ONGOING) and is_asked(tree, index):
        found.modality = Modality.QUESTIONED
        found.reasons.append("question")
    return found


def _look_at_own_words(tree: Tree, index: int, lexicon: Lexicon, found: Factuality) -> None:
    for child in tree.children(index):
        token = tree[child]
        word = token.text.lower()
        if token.dep in {"aux", "auxpass"}:
            hear_modal(tree, index, word, lexicon, found)
        elif token.dep in {"neg", "det", "preconj", "mark", "cc"} and word in NEGATORS:
            negate(tree, child, found)
        elif token.dep in {"advmod", "amod"}:
            _look_at_modifier(tree, child, lexicon, found)
    token = tree[index]
    if found.modality is Modality.ASSERTED and token.tag == "VBG" and _has_form_of_be(tree, index):
        found.modality = Modality.ONGOING
    for subject in tree.children(index, "nsubj", "nsubjpass", "dobj"):
        relative = token.dep == "relcl" and subject < index and tree[subject].tag in {"WDT", "WP"}
        if found.modality is Modality.ASSERTED and _is_generic(tree, token.head if relative else subject):
            found.modality = Modality.HYPOTHETICAL
            found.reasons.append("of anybody, not of somebody")
        if tree[subject].text.lower() in {"nobody", "none", "nothing"} or any(
            tree[det].text.lower() == "no" for det in tree.children(subject, "det")
        ):
            found.negated = not found.negated
            found.reasons.append("negated argument")


def _is_imperative(tree: Tree, index: int) -> bool:
    """Tell whether a bare verb heads its sentence without a subject ("Stop the shelling now")."""
    token = tree[index]
    if token.dep == "conj" and token.tag == "VB" and not tree.children(index, "nsubj", "aux"):
        return _is_imperative(tree, token.head)
    blocked = tree.children(index, "nsubj", "nsubjpass", "expl", "csubj")
    helpers = {tree[c].text.lower() for c in tree.children(index, "aux", "auxpass")}
    return token.tag == "VB" and token.dep in {"ROOT", "parataxis"} and not blocked and helpers <= {"do"}


def _is_generic(tree: Tree, noun: int) -> bool:
    """Tell whether a noun phrase is about anybody: "any group", "anyone who", "whoever"."""
    if tree[noun].text.lower() in {"anyone", "anybody", "whoever", "whatever", "anything", "those"}:
        return True
    return any(tree[c].text.lower() == "any" for c in tree.children(noun, "det"))


def _look_at_modifier(tree: Tree, child: int, lexicon: Lexicon, found: Factuality) -> None:
    token = tree[child]
    word = token.text.lower()
    if word in lexicon.hedges:
        found.hedges.append(token.span)
    elif token.dep == "amod" and tree[token.head].pos in NOUNS:
        governor = lexicon.governors.get(("a", word)) or lexicon.governors.get(("a", token.lemma))
        if governor is not None:
            apply_governor(governor, found, f"'{word}'", token.span)
    elif word in NEGATORS and token.dep == "advmod":
        negate(tree, child, found)
    elif (
        word in ONGOING_ADVERBS
        and found.modality is Modality.ASSERTED
        and tree[token.head].tag in {"VBG", "VBZ", "VBP"}
    ):
        found.modality = Modality.ONGOING


def _has_form_of_be(tree: Tree, index: int) -> bool:
    return any(tree[child].lemma == "be" for child in tree.children(index, "aux"))

"""Conditions and questions: is the predicate one half of an if-sentence, or what is asked?"""

from __future__ import annotations

from reportedly.language.factuality import Factuality
from reportedly.language.tree import Tree
from reportedly.model import Modality

CONDITIONALS = frozenset({"if", "unless", "provided", "providing", "assuming", "lest", "once"})
COMMITTING = frozenset({"threaten", "warn", "vow", "promise", "pledge", "offer", "agree", "say"})
FIXED_IF = frozenset({"true", "any", "so", "not", "necessary", "possible", "needed", "you", "anything"})


def find_condition(tree: Tree, index: int, found: Factuality) -> None:
    """Find out whether the predicate stands in an if-clause or depends on one."""
    node = index
    while True:
        marker = _conditional_marker(tree, node)
        if marker is not None:
            found.antecedent = node
            found.reasons.append(f"condition '{tree[marker].text.lower()}'")
            if tree[marker].text.lower() == "unless":
                found.negated = not found.negated
            found.modality = Modality.CONDITIONAL
            return
        clause = next((c for c in tree.children(node, "advcl") if _conditional_marker(tree, c) is not None), None)
        if (
            clause is not None
            and node == index
            and tree[node].lemma in COMMITTING
            and tree.children(node, "xcomp", "ccomp")
        ):
            clause = None  # "threatened to attack unless ...": the attack is conditional, the threat is not
        if clause is not None:
            found.consequent_of = clause
            found.modality = Modality.CONDITIONAL
            found.reasons.append("depends on a condition")
            return
        token = tree[node]
        stop = token.dep in {"ROOT", "relcl", "acl", "appos", "ccomp", "parataxis"} and not (
            token.dep == "ccomp" and node == index
        )
        if stop or token.head == node:
            return
        node = token.head


def _conditional_marker(tree: Tree, node: int) -> int | None:
    for child in tree.children(node, "mark", "advmod", "prep"):
        word = tree[child].text.lower()
        if word not in CONDITIONALS or child > node:
            continue
        if word == "once" and tree[node].tag not in {"VBZ", "VBP"}:
            continue  # "once they were arrested" is when, not if
        before = tree[child - 1].text.lower() if child else ""
        if before in {"as", "even", "what", "wonder", "ask"}:
            continue
        following = tree[child + 1].text.lower() if child + 1 < len(tree) else ""
        if following in FIXED_IF and node <= child + 3:
            continue
        if tree[node].dep == "ccomp":  # "asked if", "see if": a question, not a condition
            continue
        return child
    return None


def is_asked(tree: Tree, index: int) -> bool:
    """Tell whether the predicate is what a question asks: the main one of a yes/no question, or after "whether"."""
    node = index
    while tree[node].dep == "conj" and tree.is_predicate(tree[node].head):
        node = tree[node].head
    token = tree[node]
    if token.dep == "ccomp":
        return any(tree[c].text.lower() in {"whether", "if"} for c in tree.children(node, "mark"))
    if token.head != node:
        return False
    below = tree.subtree(node)
    asks = any(tree[i].text == "?" and tree[i].head == node for i in below)
    return asks and not any(tree[i].tag in {"WP", "WRB", "WDT", "WP$"} for i in below if i < node)

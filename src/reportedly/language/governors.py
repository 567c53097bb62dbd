"""What the words above a predicate say of it: "plans to", "refused to", "are to begin", "a threat of".

Method: climb from the predicate towards the root; each governing word (``data/language/modality.tsv``) is heard, the
nearest first (after Saurí & Pustejovsky 2009 on event-selecting predicates and Karttunen 1971 on implicatives).
"""

from __future__ import annotations

from reportedly.language.factuality import Factuality, apply_governor, is_infinitive, negate
from reportedly.language.lexicon import Governor, Lexicon
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Modality

# What stands after these is a circumstance: "threatened revenge after the killing" threatens no killing.
ADJUNCTS = frozenset(
    {"since", "after", "before", "despite", "amid", "following", "during", "because", "over", "while", "upon", "under"}
    | {"given", "by", "at", "near", "until"}
)
KEEPING = frozenset(
    {"prevent", "stop", "block", "bar", "ban", "keep", "hinder", "prohibit", "refrain", "discourage", "deter"}
)
OCCASIONS = frozenset(
    {
        "response",
        "light",
        "view",
        "wake",
        "retaliation",
        "revenge",
        "protest",
        "spite",
        "face",
        "reaction",
        "reply",
        "course",
    }
)
FUTURE = frozenset({"will", "'ll", "shall", "wo"})
# Links through which a governing word reaches the predicate.
REACHING = frozenset(
    {
        "xcomp",
        "acomp",
        "ccomp",
        "acl",
        "advcl",
        "pcomp",
        "dobj",
        "pobj",
        "prep",
        "conj",
        "nsubjpass",
        "attr",
        "oprd",
        "dative",
        "agent",
        "nmod",
        "compound",
        "nsubj",
        "relcl",
        "csubj",
        "parataxis",
        "appos",
        "advmod",
    }
)


def climb(tree: Tree, index: int, lexicon: Lexicon, found: Factuality) -> None:
    """Let everything that governs the predicate at ``index`` say what it does to it."""
    node = index
    for _ in range(6):
        token = tree[node]
        if token.head == node or token.dep not in REACHING:
            return
        head = token.head
        if token.dep in {"pcomp", "pobj"} and tree[head].lemma == "without":
            found.negated = not found.negated
            found.reasons.append("'without'")
            return
        if not _reaches(tree, node, head):
            return
        if token.dep == "conj" and tree.children(node, "aux", "nsubj"):
            node = head
            if tree[head].dep in {"ccomp", "xcomp", "relcl"}:
                continue
            return
        _hear_governor(tree, node, head, lexicon, found)
        if token.dep == "ccomp" and not is_infinitive(tree, node):
            return  # beyond a that-clause the speaking is governed, not what is said ("refused to admit that ...")
        node = head


def _reaches(tree: Tree, node: int, head: int) -> bool:
    """Tell whether what is said of ``head`` bears on ``node``."""
    dep, governor = tree[node].dep, tree[head]
    if dep in {"relcl", "nsubj", "nsubjpass", "appos", "nmod", "compound", "parataxis"}:
        # A finite relative clause or a subject is presupposed, not governed; passives of nominal acts are.
        return dep == "nsubjpass" and governor.pos in {"VERB", "AUX"} and tree[node].pos in NOUNS
    if dep == "advcl":
        return is_infinitive(tree, node)
    if dep == "acl":
        return governor.pos in NOUNS and is_infinitive(tree, node)
    if dep == "prep":
        return tree[node].lemma not in ADJUNCTS
    if dep in {"pobj", "pcomp"} and _is_circumstance(tree, node, head):
        return False
    if dep == "pobj" and tree[governor.head].pos in NOUNS:
        return governor.text.lower() in {"of", "for", "to", "against"}
    return True


def _is_circumstance(tree: Tree, node: int, preposition: int) -> bool:
    """Tell whether a prepositional object is only the occasion: "since calling for", "in response to the killing"."""
    if tree[preposition].lemma in ADJUNCTS:
        return True
    if tree[preposition].lemma == "from":
        return tree[tree[preposition].head].lemma not in KEEPING
    noun = tree[tree[preposition].head]
    return noun.lemma in OCCASIONS


def _hear_governor(tree: Tree, node: int, head: int, lexicon: Lexicon, found: Factuality) -> None:
    governor = tree[head]
    if governor.pos in {"VERB", "AUX"}:
        _hear_verb(tree, node, head, lexicon, found)
    elif governor.pos in NOUNS:
        entry = lexicon.governors.get(("n", governor.lemma))
        if tree[node].dep == "acl":
            _leave_open(tree, node, head, entry=entry, modality=Modality.HYPOTHETICAL, found=found)
        apply_governor(entry, found, f"'{governor.lemma}'", governor.span)
        for modifier in tree.children(head, "det"):
            if tree[modifier].text.lower() == "no":
                negate(tree, modifier, found)
    elif governor.pos == "ADJ":
        entry = lexicon.governors.get(("a", governor.lemma))
        if governor.lemma == "able" and any(tree[c].tag == "VBD" for c in (governor.head, *tree.children(head))):
            return  # "was able to leave": they left
        _leave_open(tree, node, head, entry=entry, modality=Modality.HYPOTHETICAL, found=found)
        apply_governor(entry, found, f"'{governor.lemma}'", governor.span)


def _hear_verb(tree: Tree, node: int, head: int, lexicon: Lexicon, found: Factuality) -> None:
    dep, governor = tree[node].dep, tree[head]
    entry = lexicon.governors.get(("v", tree.lemma(head))) or lexicon.governors.get(("v", governor.lemma))
    if dep == "ccomp" and not is_infinitive(tree, node) and not (entry is not None and entry.clause):
        return  # a that-clause is simply what somebody says: the voice layer's part
    if dep == "advcl" and governor.lemma not in {"prepare", "ready"}:
        if is_infinitive(tree, node) and found.modality is Modality.ASSERTED:
            found.modality = Modality.PLANNED
            found.reasons.append("purpose clause")
        return
    if dep != "conj":
        if governor.lemma == "have" and governor.tag == "VBD":
            entry = None  # "had to leave": they left
        elif dep in {"xcomp", "acl"}:
            _leave_open(tree, node, head, entry=entry, modality=Modality.PLANNED, found=found)
        apply_governor(entry, found, f"'{governor.lemma}'", governor.span)
        if entry is None and dep in {"pcomp", "prep"}:
            return
    _hear_auxiliaries(tree, head, lexicon, found, dep)


def _leave_open(
    tree: Tree, node: int, head: int, *, entry: Governor | None, modality: Modality, found: Factuality
) -> None:
    """Take a to-infinitive as open unless its governor is known (implicatives such as "managed to" are known)."""
    perfect = any(tree[c].lemma == "have" for c in tree.children(node, "aux"))  # "is thought to have been killed"
    if (
        entry is None
        and is_infinitive(tree, node)
        and not perfect
        and found.modality in (Modality.ASSERTED, Modality.ONGOING)
    ):
        found.modality = modality
        found.reasons.append(f"infinitive after '{tree[head].lemma}'")


def _hear_auxiliaries(tree: Tree, head: int, lexicon: Lexicon, found: Factuality, dep: str) -> None:
    """A governing verb's own modals and negation bear on what it governs ("will not launch an attack")."""
    if dep not in {"xcomp", "dobj", "pobj", "prep", "attr", "nsubjpass", "oprd", "acomp", "conj", "pcomp"}:
        return
    for child in tree.children(head):
        word = tree[child].text.lower()
        if tree[child].dep == "aux":
            hear_modal(tree, head, word, lexicon, found)
        elif tree[child].dep == "neg" and dep != "conj":
            negate(tree, child, found)
        elif tree[child].dep == "advmod" and word in lexicon.hedges:
            found.hedges.append(tree[child].span)


def hear_modal(tree: Tree, verb: int, word: str, lexicon: Lexicon, found: Factuality) -> None:
    """Let a modal auxiliary say something; "would" in what somebody said is the future as seen from then."""
    future = word in FUTURE or (word in {"would", "'d"} and _is_reported(tree, verb))
    found.future = found.future or future
    apply_governor(
        Governor(Modality.PREDICTED, "") if future else lexicon.governors.get(("m", word)), found, f"'{word}'"
    )


def _is_reported(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is the content of speech in the past ("said that it would withdraw")."""
    node = verb
    while tree[node].dep == "conj" and tree.is_predicate(tree[node].head):
        node = tree[node].head
    token = tree[node]
    if token.dep == "ccomp" and token.head != node:
        return tree[token.head].tag in {"VBD", "VBN"}
    return any(tree[c].dep == "parataxis" and tree[c].tag == "VBD" for c in tree.children(node))

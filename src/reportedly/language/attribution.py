"""Who says what: sources, cues and contents of attributed speech and thought, direct and indirect.

Five constructions are read off the dependency tree: a speech verb with a clause ("X said that ..."), a speech verb with
a quotation or a floating clause ("..., X said"), a fixed phrase ("according to X, ..."), a verb of accusation with a
gerund ("accused Y of shelling ..."), a noun with a clause ("X's claim that ...", "a statement saying ...").
A verb with a plain object and no clause ("reported a blast", "denied the attack") attributes the object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.language.analysis import Attribution
from reportedly.language.lexicon import Lexicon, load_lexicon
from reportedly.language.subjects import find_subjects
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Span

# A straight mark opens before a word and closes after one, so that one lost mark does not turn the rest inside out.
QUOTATION = re.compile(r"(?:(?<![\w.,!?])\"(?=\S)|[“«])([^\"“”«»]{2,600}?)(?:(?<=\S)\"(?!\w)|[”»])")
ACCUSING = frozenset({"accuse", "suspect", "blame", "charge", "convict", "acquit"})
WITH_INFINITIVE = frozenset({"demand", "promise", "predict", "claim", "believe", "deny"})
OBJECT_CUES = frozenset(
    {
        "report",
        "deny",
        "announce",
        "confirm",
        "claim",
        "allege",
        "predict",
        "admit",
        "expect",
        "forecast",
        "document",
        "record",
        "monitor",
        "declare",
        "acknowledge",
        "refute",
    }
)


def find_attributions(tree: Tree, text: str, lexicon: Lexicon) -> list[Attribution]:
    """Return the attributions of a text, in the order of their cues."""
    quotations = [Span(*match.span(1)) for match in QUOTATION.finditer(text)]
    found: list[Attribution] = []
    for token in tree.tokens:
        if token.pos in {"VERB", "AUX"} or token.tag.startswith("VB"):
            found.extend(_from_verb(tree, token.index, quotations, lexicon))
        elif token.pos in NOUNS:
            found.extend(_from_noun(tree, token.index, lexicon))
    found.extend(_from_phrases(tree, text, lexicon))
    found.extend(_extend_quotations(tree, found, quotations))
    unique = {(a.source, a.cue, a.content): a for a in found if len(a.content)}
    return sorted(unique.values(), key=lambda a: (a.cue, a.content))


def _from_verb(tree: Tree, verb: int, quotations: list[Span], lexicon: Lexicon) -> Iterator[Attribution]:
    lemma = tree.lemma(verb)
    stances = lexicon.cues.get(("v", lemma)) or lexicon.cues.get(("v", tree[verb].lemma))
    if not stances or tree[verb].dep in {"amod", "aux", "auxpass"}:
        return
    contents = list(_contents(tree, verb, lemma, stances[0]))
    if not contents:
        return
    source = _source_of(tree, verb)
    cue = tree[verb].span
    for content, stance in contents:
        direct = any(q.contains(content) or content.contains(q) or _mostly(q, content) for q in quotations)
        yield Attribution(source, cue, content, stance, direct)


def _mostly(quotation: Span, content: Span) -> bool:
    shared = min(quotation.end, content.end) - max(quotation.start, content.start)
    return shared > 0.6 * max(len(content), 1)


def _contents(tree: Tree, verb: int, lemma: str, stance: str) -> Iterator[tuple[Span, str]]:
    """Yield (content, stance) of what a verb of speech or thought governs."""
    if lemma in ACCUSING:
        yield from ((tree.subtree_span(i), "claim") for i in _after(tree, verb, {"of", "for", "with"}))
        return
    for child in tree.children(verb, "ccomp"):
        if child < verb and any(tree[c].text.lower() in {"that"} for c in tree.children(child, "mark")):
            continue
        yield _without_cue(tree, child, verb), stance
    host = _floating_host(tree, verb)
    if host is not None:
        yield host, stance
    yield from ((_without_asides(tree, i), stance) for i in _phrases(tree, verb, lemma, stance))


def _without_asides(tree: Tree, head: int) -> Span:
    """Return the span of a content up to a clause of time of its own ("denies losing X as Y shells Z")."""
    members = tree.subtree(head)
    for clause in (i for i in members if tree[i].dep == "advcl" and tree.children(i, "nsubj", "nsubjpass")):
        marks = {tree[c].text.lower() for c in tree.children(clause, "mark", "advmod")}
        if marks & {"as", "while", "after", "before", "when", "amid", "despite"}:
            first = tree.subtree(clause)[0]
            members = [i for i in members if i < first] or members
    return tree.span(members[0], members[-1])


def _phrases(tree: Tree, verb: int, lemma: str, stance: str) -> Iterator[int]:
    """Yield the heads of contents that are no clause: infinitives, nouns, prepositional objects."""
    asked_passively = lemma in {"ask", "request", "propose"} and tree.is_passive(verb)
    if stance in WITH_INFINITIVE and not tree.children(verb, "ccomp") and not asked_passively:
        yield from tree.children(verb, "xcomp")
    if lemma in OBJECT_CUES and not tree.children(verb, "ccomp", "xcomp"):
        yield from (i for i in tree.children(verb, "dobj", "nsubjpass") if tree[i].pos in NOUNS)
    if stance in {"demand", "predict"}:
        yield from _after(tree, verb, {"of", "for", "against"})


def _after(tree: Tree, verb: int, prepositions: set[str]) -> list[int]:
    found = [p for p in tree.children(verb, "prep") if tree[p].lemma in prepositions]
    return [i for preposition in found for i in tree.children(preposition, "pcomp", "pobj")]


def _without_cue(tree: Tree, content: int, verb: int) -> Span:
    """Return the span of a content clause; where the cue floats inside it, the part that holds its head."""
    members = [i for i in tree.subtree(content) if tree[i].pos != "SPACE"]
    while len(members) > 1 and tree[members[-1]].pos == "PUNCT" and tree[members[-1]].text not in {'"', "”"}:
        members.pop()
    while len(members) > 1 and (tree[members[0]].pos == "PUNCT"):
        members.pop(0)
    if members[0] < verb < members[-1]:
        members = [i for i in members if (i < verb) == (content < verb)]
    return tree.span(members[0], members[-1])


def _floating_host(tree: Tree, verb: int) -> Span | None:
    """Return what a floating "..., X said, ..." belongs to, when the parser hangs the cue below its content."""
    token = tree[verb]
    if token.dep not in {"parataxis", "advcl", "ccomp", "conj"} or token.head == verb:
        return None
    if token.dep in {"advcl", "ccomp", "conj"} and not _set_off(tree, verb):
        return None
    if tree.children(verb, "ccomp", "dobj", "xcomp", "mark") or not tree.children(verb, "nsubj"):
        return None
    below = set(tree.subtree(verb))
    members = [i for i in tree.subtree(token.head) if i not in below and tree[i].pos != "PUNCT"]
    if not members:
        return None
    own = [i for i in members if i < min(below)] if token.head < verb else members
    return tree.span(own[0], own[-1]) if own else None


def _set_off(tree: Tree, verb: int) -> bool:
    first = tree.subtree(verb)[0]
    return first > 0 and tree[first - 1].text in {",", '"', "”", "—", "-", "–"}


def _source_of(tree: Tree, verb: int) -> Span | None:
    """Return who speaks: the subject, or for passives the agent ("was reported by X")."""
    if tree.is_passive(verb):
        for preposition in tree.children(verb, "agent"):
            for noun in tree.children(preposition, "pobj"):
                return tree.phrase(noun)
        return None
    for subject in find_subjects(tree, verb):
        if not _can_speak(tree, subject.head):
            return None
        return _full_source(tree, subject.head) if not subject.implied else subject.span
    return None


def _can_speak(tree: Tree, head: int) -> bool:
    """Tell whether a noun can be a source: people, bodies, documents; not "fighting" or "the road"."""
    token, lexicon = tree[head], load_lexicon()
    if token.pos != "NOUN" or lexicon.is_noun("party_noun", token.lemma):
        return True
    return not lexicon.is_noun("ground", token.lemma) and ("n", token.lemma) not in lexicon.acts


def _full_source(tree: Tree, head: int) -> Span:
    """Return a source with its short "of ..." complement: "a spokesman for the ministry"."""
    span = tree.phrase(head)
    for preposition in tree.children(head, "prep"):
        if tree[preposition].lemma in {"of", "for", "from", "in", "at", "with", "close"} and preposition == head + 1:
            for noun in tree.children(preposition, "pobj"):
                whole = span.cover(tree.phrase(noun))
                return whole.cover(_full_source(tree, noun)) if tree[noun].pos == "PROPN" else whole
    return span


def _from_noun(tree: Tree, noun: int, lexicon: Lexicon) -> Iterator[Attribution]:
    stances = lexicon.cues.get(("n", tree[noun].lemma))
    if not stances:
        return
    for clause in tree.children(noun, "acl", "ccomp", "relcl"):
        if not any(tree[c].text.lower() == "that" and tree[c].dep == "mark" for c in tree.children(clause)):
            continue
        owner = next(iter(tree.children(noun, "poss")), None)
        by = next((n for p, n in tree.preposition_objects(noun) if p in {"by", "from", "of"} and n < clause), None)
        head = owner if owner is not None else by
        yield Attribution(
            None if head is None else tree.phrase(head), tree[noun].span, tree.subtree_span(clause), stances[0]
        )


def _from_phrases(tree: Tree, text: str, lexicon: Lexicon) -> Iterator[Attribution]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters change length in lower case; then offsets would lie
        return
    starts = {token.span.start: token.index for token in tree.tokens}
    for phrase, stance in lexicon.phrases:
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", lowered):
            first = starts.get(match.start())
            if first is not None:
                yield from _from_phrase(tree, first, Span(*match.span()), stance)


def _from_phrase(tree: Tree, first: int, cue: Span, stance: str) -> Iterator[Attribution]:
    """Read "according to X": X is the noun after the cue, the content the rest of its clause."""
    after = first
    while after < len(tree) and tree[after].span.start < cue.end:
        after += 1
    head = _noun_at(tree, after)
    if head is None:
        return
    source = _full_source(tree, head)
    governor = tree[first].head
    while tree[governor].span.start >= cue.start and governor != tree[governor].head and governor >= first:
        governor = tree[governor].head
    if governor == first or tree[governor].sentence != tree[first].sentence:
        return
    top = _clause_top(tree, governor)
    skip = Span(cue.start, source.end)
    members = [
        i for i in tree.subtree(top) if not skip.overlaps(tree[i].span) and tree[i].pos not in {"PUNCT", "SPACE"}
    ]
    before = [i for i in members if tree[i].span.end <= skip.start]
    behind = [i for i in members if tree[i].span.start >= skip.end]
    part = behind if (not before or (top in behind)) else before
    if part:
        yield Attribution(source, cue, tree.span(part[0], part[-1]), stance)


def _noun_at(tree: Tree, index: int) -> int | None:
    """Return the head of the noun phrase that begins at token ``index``."""
    for i in range(index, min(index + 12, len(tree))):
        if tree[i].pos in NOUNS | {"PRON"} and tree.phrase(i).start <= tree[index].span.start:
            head = i
            while tree[head].dep in {"compound", "nmod", "amod", "poss"} and tree[head].head > head:
                head = tree[head].head
            return head
    return None


def _clause_top(tree: Tree, index: int) -> int:
    """Return the head of the finite clause around a token."""
    node = index
    while tree[node].head != node and not (
        tree.is_predicate(node) and tree[node].dep in {"ccomp", "advcl", "relcl", "ROOT", "conj", "parataxis"}
    ):
        node = tree[node].head
    return node


def _extend_quotations(tree: Tree, found: list[Attribution], quotations: list[Span]) -> Iterator[Attribution]:
    """Give the rest of a quotation to the speaker of its first part, and bare quotations to the nearest cue."""
    for quotation in quotations:
        inside = [a for a in found if quotation.overlaps(a.content)]
        if inside:
            best = inside[0]
            if not best.content.contains(quotation) and best.source is not None:
                yield Attribution(best.source, best.cue, quotation, best.stance, direct=True)
            continue
        near = [a for a in found if a.direct and 0 <= quotation.start - a.content.end < 120]
        if near and near[-1].source is not None and quotation.start > near[-1].cue.start:
            yield Attribution(near[-1].source, near[-1].cue, quotation, near[-1].stance, direct=True)

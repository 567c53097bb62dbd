"""Walks over the dependency tree of one text: subjects, phrases, clauses.

Labels are ClearNLP's (nsubj, nsubjpass, dobj, pobj, agent, ccomp, xcomp, advcl, acl, relcl, conj ...).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.language.analysis import Token
from reportedly.model import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "dative"})
NOUNS = frozenset({"NOUN", "PROPN"})
PERSONAL = frozenset({"they", "them", "it", "he", "him", "she", "her", "itself", "themselves", "himself"})
RELATIVE = frozenset({"that", "which", "who", "whom"})
# Left and right dependents that belong to a noun phrase's own words (its clauses and prepositions do not).
PHRASE_LEFT = frozenset(
    {"det", "amod", "compound", "nummod", "quantmod", "poss", "nmod", "npadvmod", "advmod"}
    | {"punct", "predet", "case", "conj", "cc", "neg"}
)
# Verbs that in headlines, without an object, tell what befell their subject.
BEFALLING = frozenset(
    {"kill", "wound", "injure", "arrest", "detain", "abduct", "kidnap", "displace", "evacuate", "jail", "execute"}
    | {"damage", "destroy", "torture", "beat", "shoot", "hang", "capture", "seize", "release", "rescue", "bomb"}
)
NEVER_IN_PHRASE = frozenset({"(", ")", "“", "”", '"', "«", "»", ":", ";", "–", "—"})


class Tree:
    """Navigates tokens; built once per text."""

    __slots__ = ("_children", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        children: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                children[token.head].append(token.index)
        self._children = children

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def __len__(self) -> int:
        return len(self.tokens)

    def children(self, index: int, *deps: str) -> list[int]:
        """Return the dependents of a token in text order, those with one of ``deps`` if any are given."""
        if not deps:
            return self._children[index]
        return [child for child in self._children[index] if self.tokens[child].dep in deps]

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first dependent with one of ``deps``, or None."""
        found = self.children(index, *deps)
        return found[0] if found else None

    def subtree(self, index: int) -> list[int]:
        """Return a token and everything below it, in text order."""
        found, queue = [index], [index]
        while queue:
            below = self._children[queue.pop()]
            found.extend(below)
            queue.extend(below)
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the governors of a token, nearest first."""
        while (head := self.tokens[index].head) != index:
            yield head
            index = head

    def span(self, first: int, last: int) -> Span:
        """Return the characters from the first to the last token, both included."""
        return Span(self.tokens[first].span.start, self.tokens[last].span.end)

    def subtree_span(self, index: int) -> Span:
        """Return the characters covered by a token and everything below it."""
        below = self.subtree(index)
        return self.span(below[0], below[-1])

    def lemma(self, index: int) -> str:
        """Return a token's lemma, with its particle for particle verbs ("take_over")."""
        particle = self.child(index, "prt")
        lemma = self.tokens[index].lemma
        return f"{lemma}_{self.tokens[particle].lemma}" if particle is not None else lemma

    def phrase(self, index: int) -> Span:
        """Return the noun phrase of a head noun without its clauses, prepositions and appositions."""
        first = last = index
        while first > 0 and self._joins_left(first - 1, index):
            first -= 1
        while first < index and self.tokens[first].dep in {"punct", "cc"}:
            first += 1
        return self.span(first, last)

    def _joins_left(self, candidate: int, head: int) -> bool:
        token = self.tokens[candidate]
        if token.pos == "SPACE":
            return candidate > 0 and self._joins_left(candidate - 1, head)
        if token.entity == "DATE" and self.tokens[head].entity != "DATE":
            return False  # "On Friday Hamas ..."
        if token.text in NEVER_IN_PHRASE or token.text == ",":
            return False
        node = candidate
        while node != head:
            current = self.tokens[node]
            if current.dep not in PHRASE_LEFT or current.head == node or current.head > head:
                return False
            node = current.head
        return True

    def conjuncts(self, index: int) -> list[int]:
        """Return a token and the nouns coordinated with it, in text order."""
        found, queue = [index], [index]
        while queue:
            for child in self.children(queue.pop(), "conj"):
                if self.tokens[child].pos in {"NOUN", "PROPN", "PRON", "ADJ", "NUM"}:
                    found.append(child)
                    queue.append(child)
        return found

    def preposition_objects(self, index: int) -> list[tuple[str, int]]:
        """Return (preposition, object head) pairs attached to a token, coordination expanded.

        Chains such as "together with" give the inner preposition.
        """
        found: list[tuple[str, int]] = []
        for child in self.children(index, "prep", "agent", "dative", "prt"):
            token = self.tokens[child]
            for inner in self.children(child):
                dep = self.tokens[inner].dep
                if dep in {"pobj", "pcomp"} and self.tokens[inner].pos != "VERB":
                    found.extend((token.lemma, noun) for noun in self.conjuncts(inner))
                elif dep == "prep":
                    found.extend((self.tokens[inner].lemma, noun) for noun in self.children(inner, "pobj"))
                elif dep == "conj" and self.tokens[inner].pos == "ADP":
                    found.extend(
                        (self.tokens[inner].lemma, noun)
                        for first in self.children(inner, "pobj")
                        for noun in self.conjuncts(first)
                    )
        return found

    def clause_tokens(self, index: int) -> list[int]:
        """Return the tokens of the clause headed by ``index``, without coordinated and relative clauses."""
        found, queue = [index], [index]
        while queue:
            for child in self._children[queue.pop()]:
                token = self.tokens[child]
                if token.dep in {"relcl", "advcl", "ccomp", "parataxis"}:
                    continue
                if token.dep == "conj" and token.pos in {"VERB", "AUX"}:
                    continue
                found.append(child)
                queue.append(child)
        return sorted(found)

    def clause_span(self, index: int) -> Span:
        """Return the characters of the clause headed by ``index``."""
        members = self.clause_tokens(index)
        while len(members) > 1 and self.tokens[members[-1]].pos == "PUNCT":
            members.pop()
        while len(members) > 1 and (self.tokens[members[0]].pos in {"PUNCT", "CCONJ"}):
            members.pop(0)
        return self.span(members[0], members[-1])

    def is_predicate(self, index: int) -> bool:
        """Tell whether a token heads a clause (a verb that is neither auxiliary nor adjectival)."""
        token = self.tokens[index]
        return token.pos in {"VERB", "AUX"} and token.dep not in {"aux", "auxpass", "amod", "compound"}

    def is_passive(self, index: int) -> bool:
        """Tell whether a verb is passive (auxiliary passive, or a bare participle after a noun)."""
        token = self.tokens[index]
        if self.children(index, "auxpass"):
            return True
        if self.children(index, "nsubjpass"):  # the label alone is not enough: "ISIL has killed 70 members"
            perfect = any(self.tokens[c].lemma == "have" for c in self.children(index, "aux"))
            return not (perfect and self.children(index, "dobj"))
        bare = not self.children(index, "dobj", "nsubj", "nsubjpass", "aux", "prt")
        if token.dep == "conj" and token.tag in {"VBD", "VBN"} and bare and self.is_passive(token.head):
            return True  # "was beaten by police and detained"
        if (
            token.lemma in BEFALLING
            and token.tag in {"VBD", "VBN"}
            and not self.children(index, "dobj", "aux", "agent")
        ):
            return bool(self.children(index, "nsubj")) or token.dep == "acl"  # "Two soldiers killed in Idlib"
        if token.tag != "VBN":
            return False
        if token.dep == "acl":
            return True
        if token.dep == "conj" and not self.children(index, "nsubj", "aux"):
            return self.is_passive(token.head)
        return bool(self.children(index, "agent")) and not self.children(index, "dobj")

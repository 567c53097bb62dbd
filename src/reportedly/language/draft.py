"""An act while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.language.analysis import Argument, Role
from reportedly.language.lexicon import ActEntry
from reportedly.language.tree import Tree
from reportedly.model import Category, Modality, Span, State

LETTERS = {"A": Role.ACTOR, "R": Role.RECIPIENT, "P": Role.PLACE, "T": Role.THEME, "I": Role.INSTRUMENT}
AGREEMENT_NOUNS = frozenset(
    {
        "agreement",
        "deal",
        "ceasefire",
        "cease-fire",
        "truce",
        "accord",
        "pact",
        "memorandum",
        "treaty",
        "protocol",
        "armistice",
    }
)


@dataclass(slots=True)
class Draft:
    """One act in the making. ``assessed`` is the token whose governors decide how it is put."""

    entry: ActEntry | None
    token: int
    trigger: Span
    arguments: list[Argument] = field(default_factory=list)
    modifiers: list[int] = field(default_factory=list)
    consumed: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    light_verb: int | None = None
    pronoun: int | None = None
    nominal: bool = False
    negated: bool = False
    ended: bool = False
    modality: Modality | None = None
    state_override: State | None = None
    category_override: Category | None = None
    mode_override: str | None = None
    linked_name: Span | None = None
    deed: Span | None = None

    @property
    def assessed(self) -> int:
        """Return the token to assess for modality."""
        return self.token

    @property
    def category(self) -> Category | None:
        """Return the PLOVER category, None for a state."""
        if self.state_override is not None:
            return None
        return self.category_override or (self.entry.category if self.entry else None)

    @property
    def state(self) -> State | None:
        """Return the state, None for an act."""
        if self.category_override is not None:
            return None
        return self.state_override or (self.entry.state if self.entry else None)

    @property
    def mode(self) -> str | None:
        """Return the PLOVER mode, if any."""
        return self.mode_override or (self.entry.mode if self.entry else None)

    @property
    def lemma(self) -> str:
        """Return the word that names the act."""
        return self.entry.word.replace("_", " ") if self.entry else ""

    @property
    def weak(self) -> bool:
        """Tell whether the act counts only with a party on each side."""
        return self.entry is not None and "weak" in self.entry.flags

    def add(
        self, role: str, tree: Tree, head: int, *, implied: bool = False, why: str = "", relation: str = ""
    ) -> None:
        """Add an argument unless its head is there already or the frame gives it no role."""
        if role == "-" or role not in LETTERS or any(a.head == head for a in self.arguments):
            return
        self.arguments.append(Argument(LETTERS[role], tree.phrase(head), head, implied, relation, why))

    def is_joint_patrol(self, tree: Tree) -> bool:
        """Tell whether a patrol has partners: then it is cooperation, not posture."""
        if self.entry is None or not self.entry.word.endswith("patrol"):
            return False
        actors = [a for a in self.arguments if a.role is Role.ACTOR]
        joint = any(tree[c].lemma in {"joint", "common"} for c in tree.children(self.token, "amod", "compound"))
        return (
            joint
            or any(a.relation in {"with", "between"} for a in actors)
            or len(actors) > 1
            or _two_nationalities(tree, self)
        )

    def agreement(self, tree: Tree) -> Span | None:
        """Return the span of the deal that the act is about, if one is named among its arguments."""
        for argument in self.arguments:
            for node in tree.subtree(argument.head):
                if tree[node].lemma in AGREEMENT_NOUNS and not argument.implied:
                    return tree.phrase(node)
        return None

    def clause(self, tree: Tree, head: int) -> Span:
        """Return the words to quote: the clause of the predicate, widened to the arguments inside its sentence."""
        span = tree.clause_span(head) if tree.is_predicate(head) else self.trigger
        if self.deed is not None and tree[self.token].span.start - self.deed.end < 40:
            span = span.cover(self.deed)
        for argument in self.arguments:
            if not argument.implied and tree[argument.head].sentence == tree[self.token].sentence:
                span = span.cover(argument.span)
        return span.cover(self.trigger)


def _two_nationalities(tree: Tree, draft: Draft) -> bool:
    return sum(tree[m].entity == "NORP" for m in draft.modifiers) > 1


def noun_argument(tree: Tree, modifier: int) -> Argument:
    """Return the actor that a nationality or name before a nominal act stands for ("Russian airstrikes")."""
    return Argument(Role.ACTOR, tree.span(modifier, modifier), modifier, relation="modifier")

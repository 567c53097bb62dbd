"""What an analyzer returns for one text. All spans count from the beginning of that text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from reportedly.model import Category, Modality, Quantity, Span, State

if TYPE_CHECKING:
    from reportedly.language.reader.findings import Findings


@dataclass(frozen=True, slots=True)
class Token:
    """One token with its place in the dependency tree.

    head: index of the governing token (its own index for a root); sentence: index of its sentence;
    pos: universal part of speech; tag: Penn tag; dep: ClearNLP dependency label; entity: model label or "".
    """

    index: int
    span: Span
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that the language model marked, with its own label (OntoNotes: PERSON, GPE, ORG ...)."""

    span: Span
    label: str


class Role(StrEnum):
    """What an argument does in an act."""

    ACTOR = "actor"
    RECIPIENT = "recipient"
    PLACE = "place"
    TIME = "time"
    INSTRUMENT = "instrument"
    THEME = "theme"  # a thing acted on that is no party: an agreement, a convoy, a demand


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of an act.

    span: the noun phrase without its clauses; head: index of its head token.
    implied: supplied by grammar (control, pronoun, coordination) from another clause; why: how.
    relation: preposition that joins it ("in", "from", "along"), "" for subjects and objects.
    """

    role: Role
    span: Span
    head: int
    implied: bool = False
    relation: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class FoundAct:
    """A predicate that does or states something, with its arguments and how it is put.

    trigger: the words that name it; token: index of the head word; clause: the words to quote.
    condition: index (in ``Analysis.acts``) of the act that is the other half of a conditional.
    hedges: spans of softening words. agreement: span of the deal that it is about, if any.
    weak: a common word, which counts only with parties. nominal: named by a noun ("the attack on X").
    attempted: tried, not said to have succeeded. future: told with "will".
    """

    category: Category | None
    state: State | None
    mode: str | None
    lemma: str
    token: int
    trigger: Span
    clause: Span
    arguments: tuple[Argument, ...]
    modality: Modality
    negated: bool
    confidence: float
    condition: int | None = None
    condition_role: str | None = None
    hedges: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    agreement: Span | None = None
    weak: bool = False
    nominal: bool = False
    attempted: bool = False
    future: bool = False
    reasons: tuple[str, ...] = ()

    def with_condition(self, partner: int | None, role: str) -> FoundAct:
        """Return the act as one half of a conditional."""
        return replace(self, condition=partner, condition_role=role)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or stance: who (source), by which words (cue), saying what (content).

    source is None where the text names nobody ("reportedly"). direct: inside quotation marks.
    stance: "say", "claim", "deny", "believe", "threaten", "demand", "ask", "see".
    """

    source: Span | None
    cue: Span
    content: Span
    stance: str
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the analyzer found in one text.

    findings: what the network says beyond syntax; None where another analyzer read the text.
    notes: what the reader should know about how it was read ("llm: 3 values not found in the text were dropped").
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    acts: tuple[FoundAct, ...]
    attributions: tuple[Attribution, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Span, ...]
    weapons: tuple[tuple[Span, str, str | None], ...]  # span, "weapon" | "platform" | "vehicle", implied ASSAULT mode
    notes: tuple[str, ...] = ()
    findings: Findings | None = field(default=None, compare=False, repr=False)


def words_of(tokens: Sequence[Token], span: Span) -> tuple[int, int] | None:
    """Return the first token that a span touches and the token after its last, None where it touches none."""
    starts = [token.span.start for token in tokens]
    first = max(0, bisect_right(starts, span.start) - 1)
    while first < len(tokens) and tokens[first].span.end <= span.start:
        first += 1
    last = bisect_left(starts, span.end)
    return (first, last) if last > first else None

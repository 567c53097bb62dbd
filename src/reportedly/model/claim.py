"""Claims: in report R, voice V says, at span S, that actor A did act E to recipient B ..."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.model.actor import ActorLink
from reportedly.model.place import PlaceLink
from reportedly.model.span import Evidence, Span
from reportedly.model.when import When


class Category(StrEnum):
    """The 16 PLOVER (2021) event categories."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class State(StrEnum):
    """What holds rather than happens: claims for which PLOVER has no event category."""

    CONTROLS = "controls"
    LOCATED = "is at"
    ALLIED = "is allied with"
    LINKED = "is linked to"
    MEMBER = "is part of"
    COMPLIES = "complies with"
    BREACHES = "fails to comply with"
    ESCALATES = "escalates"
    CALM = "is calm"
    HARMED = "was harmed"  # casualties and damage told without an act or a doer
    DISPLACED = "was displaced"


class Modality(StrEnum):
    """How a claim is put; it never disappears on the way to an event, an export or a map."""

    ASSERTED = "asserted"
    ONGOING = "ongoing"
    DENIED = "denied"
    PLANNED = "planned"
    OBLIGATED = "obligated"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    PREDICTED = "predicted"
    CONDITIONAL = "conditional"
    QUESTIONED = "questioned"
    HYPOTHETICAL = "hypothetical"


class VoiceKind(StrEnum):
    """Who speaks: a step of the voice chain."""

    AUTHOR = "author"  # the article's unnamed writer
    COMMENTER = "commenter"
    NAMED = "named"  # a resolved actor or an outlet
    CLASS = "class"  # "pro-government sources", "activists"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Voice:
    """One step of a voice chain. ``name`` shows who; ``span`` and ``cue`` where the text says so."""

    kind: VoiceKind
    name: str
    actor: ActorLink | None = None
    span: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a claim; ``implied`` marks one that the grammar supplies and the words do not."""

    link: ActorLink
    span: Span | None
    text: str
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a claim. ``relation``: "at", "from", "to", "along", "near"."""

    link: PlaceLink
    span: Span
    text: str
    relation: str = "at"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a claim: ``low`` to ``high`` of ``unit`` ("killed", "wounded", "soldiers").

    Equal bounds for an exact figure; "at least 12" has high None; "dozens" has both None.
    """

    text: str
    span: Span
    unit: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Act:
    """What is done (a PLOVER category and mode) or what holds (a state); exactly one of the two."""

    category: Category | None
    state: State | None
    mode: str | None
    lemma: str
    span: Span

    def __post_init__(self) -> None:
        if (self.category is None) == (self.state is None):
            raise ValueError("an act has either a category or a state")

    @property
    def label(self) -> str:
        """Return the act in words for tables: "ASSAULT aerial", "controls"."""
        if self.category is None:
            return str(self.state)
        return f"{self.category} {self.mode}" if self.mode else str(self.category)


@dataclass(frozen=True, slots=True)
class Claim:
    """The unit of the ledger.

    id: "{report id}.c{n}", n from 1 in text order.
    voices: the chain, outermost first; never empty.
    negated: the voice says that it did not happen or does not hold. ``Modality.DENIED`` is kept for a
        voice that denies what somebody said; a plain "did not" is asserted and negated.
    condition: id of the claim that is its other half (modality conditional); condition_role says which
        half this one is: "antecedent" or "consequent".
    same_as: spans elsewhere that tell the same claim again (a headline): evidence, not a second claim.
    hedges: words that soften it ("reportedly", "apparently"), verbatim.
    confidence: of the extraction (0 to 1), apart from the credibility of the content.
    sentence: the sentence or clause to show as the quotation.
    """

    id: str
    report_id: str
    passage: int
    in_comment: bool
    act: Act
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[Where, ...]
    when: tuple[When, ...]
    modality: Modality
    voices: tuple[Voice, ...]
    sentence: Span
    confidence: float
    evidence: tuple[Evidence, ...]
    negated: bool = False
    condition: str | None = None
    condition_role: str | None = None
    quantities: tuple[Quantity, ...] = ()
    instruments: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    agreement: str | None = None
    same_as: tuple[Span, ...] = ()
    reasons: tuple[str, ...] = ()

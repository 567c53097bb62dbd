"""Arguments of acts as parties and places: who is a party, what is only a thing, where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reportedly.claims.context import Context
from reportedly.language import Argument, FoundAct, Role
from reportedly.language.frames import is_doer_modifier
from reportedly.language.lexicon import load_lexicon
from reportedly.language.tree import BEFALLING
from reportedly.model import ActorLink, LinkStatus, Party, PlaceKind, PlaceLink, Span, Where

RELATIONS = {
    "from": "from",
    "to": "to",
    "towards": "to",
    "toward": "to",
    "into": "to",
    "along": "along",
    "near": "near",
    "around": "near",
    "outside": "near",
    "between": "along",
    "across": "along",
}
# Words before a noun that say how many or which, not who.
QUANTIFIERS = re.compile(
    r"^(?:(?:at least|more than|up to|as many as|dozens of|hundreds of|thousands of|some|several|many|most|all|both"
    r"|other|a|an|the|these|those|this|that|each|every|any|two|three|four|five|six|seven|eight|nine|ten"
    r"|more and more|more|about|nearly|around|over|another|few|number of|group of|million|milion"
    r"|thousand|hundred|\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
LOCATIVE = frozenset({"in", "at", "near", "inside", "around", "outside", "along", "across"})
COUNTING = frozenset(
    {
        "total",
        "number",
        "majority",
        "dozen",
        "hundred",
        "thousand",
        "score",
        "handful",
        "part",
        "rest",
        "half",
        "one",
        "none",
        "many",
        "most",
        "several",
    }
)
MEMBERS = frozenset(
    {
        "member",
        "group",
        "band",
        "column",
        "squad",
        "unit",
        "element",
        "team",
        "gang",
        "cell",
        "fighter",
        "soldier",
        "crowd",
    }
)
MIN_NAME = 4
PRONOUNS = frozenset({"PRON", "DET"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one act, sorted out."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[Where, ...]
    themes: tuple[Span, ...]


def read_arguments(context: Context, arguments: tuple[Argument, ...]) -> Arguments:
    """Turn the arguments of an act into parties, places and themes (spans of the report)."""
    actors: list[Party] = []
    recipients: list[Party] = []
    places: list[Where] = []
    themes: list[Span] = []
    for argument in arguments:
        if argument.role is Role.TIME or argument.role is Role.INSTRUMENT:
            continue
        if argument.role is Role.THEME:
            themes.append(context.here(argument.span))
            continue
        where = _as_place(context, argument)
        if where is None and argument.role is Role.PLACE:
            where = []
        if where is not None:
            if not where and argument.role is not Role.ACTOR:
                where = _unresolved(context, argument)
            if argument.role is Role.RECIPIENT:
                for party in _holders(context, argument):
                    _add_once(recipients, party)
            places.extend(w for w in where if all(w.span != p.span for p in places))
            continue
        found = _as_parties(context, argument)
        if not found and argument.role is Role.RECIPIENT and _belongs(context, argument):
            found = _holders(context, argument)
        if not found:
            themes.append(context.here(argument.span))
        for party in found:
            _add_once(actors if argument.role is Role.ACTOR else recipients, party)
    recipients = [r for r in recipients if all(r.span != a.span for a in actors)]
    return Arguments(tuple(actors), tuple(recipients), tuple(places), tuple(themes))


def add_nearby_places(context: Context, act: FoundAct, arguments: Arguments) -> Arguments:
    """Give an act without a place the places that its own clause states with "in", "at" or "near".

    They hang below another noun ("posts in the province of Deir ez-Zor"), which is where the act is all the same.
    """
    if any(w.link.place is not None for w in arguments.places) or act.state is not None:
        return arguments
    parties = [p.span for p in (*arguments.actors, *arguments.recipients) if p.span is not None]
    found = []
    clause = context.here(act.clause)
    for span, link in context.places_in(act.clause):
        if link.place is None or any(p.overlaps(span) for p in parties) or not clause.contains(span):
            continue
        head = _head_in(context, span.shift(-context.offset))
        if head is not None and _locative(context, head):
            found.append(_where(context, span, link, ""))
    return replace(arguments, places=(*arguments.places, *found))


def _head_in(context: Context, span: Span) -> int | None:
    """Return the token of a span that is governed from outside it."""
    for token in context.tree.tokens:
        if span.overlaps(token.span) and not span.overlaps(context.tree[token.head].span):
            return token.index
    return None


def _locative(context: Context, head: int) -> bool:
    """Tell whether a noun, or the ground that it names ("the town of X"), stands after a locative preposition."""
    tree = context.tree
    for node in (head, *tree.ancestors(head)):
        token = tree[node]
        if token.pos == "ADP" and token.lemma != "of":
            return token.lemma in LOCATIVE and not _describes_somebody(context, token.head)
        if token.pos in {"VERB", "AUX"}:
            return False
    return False


def _describes_somebody(context: Context, node: int) -> bool:
    """Tell whether "in X" says where somebody is from or works ("the consul in Costa Rica"), not where the act was."""
    tree, lexicon = context.tree, load_lexicon()
    if tree[node].pos in {"NOUN", "PROPN"} and lexicon.is_noun("party_noun", tree[node].lemma):
        return tree[node].dep not in {"nsubjpass", "dobj"} or any(tree[a].dep == "appos" for a in tree.ancestors(node))
    for other in (node, *tree.ancestors(node)):
        if tree[other].dep == "appos":
            return True
        if tree.is_predicate(other):
            return False
    return False


def _add_once(parties: list[Party], party: Party) -> None:
    known = {p.link.actor_id or p.text for p in parties}
    if (party.link.actor_id or party.text) not in known:
        parties.append(party)


def _as_place(context: Context, argument: Argument) -> list[Where] | None:
    """Return the places of an argument that is ground, None if it is (or may be) a party."""
    head_span = context.tree[argument.head].span
    mentions = context.places_in(argument.span)
    on_head = [m for m in mentions if m[0].overlaps(context.here(head_span))]
    if argument.role is Role.PLACE:
        found = mentions or context.places_in(_with_complement(context, argument.head))
        return [_where(context, span, link, argument.relation) for span, link in found]
    if not on_head:
        return _ground(context, argument)
    link = on_head[0][1]
    if link.place is None:
        unknown = context.linker.link(context.words(argument.span), in_comment=context.in_comment)
        ground = argument.role is Role.RECIPIENT and unknown.status is LinkStatus.UNKNOWN
        return [_where(context, span, link, argument.relation) for span, link in on_head] if ground else None
    if link.place.kind is PlaceKind.COUNTRY:
        return None
    if argument.role is Role.RECIPIENT or argument.relation == "modifier":
        return [_where(context, span, link, argument.relation) for span, link in on_head]
    # A town as the doer stands for whoever governs from it, if it is a seat of government; else it is no party.
    as_actor = context.linker.link(context.words(argument.span), in_comment=context.in_comment, metonym_ok=True)
    return None if as_actor.status is LinkStatus.RESOLVED else []


def _ground(context: Context, argument: Argument) -> list[Where] | None:
    """Return the place in "the city of X" or "a village near X", when its head noun is ground."""
    if not load_lexicon().is_noun("ground", context.tree[argument.head].lemma):
        return None
    if context.tree[argument.head].lemma in {"side", "front", "post", "base", "camp"} and argument.role is Role.ACTOR:
        return None
    found = context.places_in(_with_complement(context, argument.head))
    return [_where(context, span, link, argument.relation) for span, link in found]


def _holders(context: Context, argument: Argument) -> list[Party]:
    """Return whose ground it is that is acted upon: "a mortar position of Hayat Tahrir al-Sham", "rebel positions"."""
    tree = context.tree
    owners = [n for p, n in tree.preposition_objects(argument.head) if p in {"of", "from"}]
    owners += tree.children(argument.head, "poss")
    owners += [m for m in tree.children(argument.head, "compound", "amod", "nmod") if is_doer_modifier(tree, m)]
    found = []
    for owner in owners:
        held = Argument(Role.RECIPIENT, tree.phrase(owner), owner)
        if not any(m[0].overlaps(context.here(tree[owner].span)) for m in context.places_in(held.span)):
            found += _as_parties(context, held)
    return found


def _belongs(context: Context, argument: Argument) -> bool:
    """Tell whether what is hit is somebody's: "Houthi targets", "Israeli ships"."""
    return load_lexicon().is_noun("belonging", context.tree[argument.head].lemma)


def _unresolved(context: Context, argument: Argument) -> list[Where]:
    """Return ground that is named only by a common noun ("the area") as a place that nobody can draw."""
    if not load_lexicon().is_noun("ground", context.tree[argument.head].lemma):
        return []
    words = context.words(argument.span)
    span = context.here(argument.span)
    link = context.discourse.place(words, span)
    if link is None:
        link = PlaceLink(LinkStatus.UNKNOWN, words, reasons=("a common noun: the text does not name the place here",))
    return [Where(link, span, words, RELATIONS.get(argument.relation, "at"))]


def _with_complement(context: Context, head: int) -> Span:
    """Return a noun with its prepositional complements, but not its clauses or appositions."""
    tree = context.tree
    span = tree.phrase(head)
    for child in tree.children(head, "prep"):
        span = span.cover(tree.subtree_span(child)) if not _has_clause(context, child) else span
    return span


def _has_clause(context: Context, node: int) -> bool:
    return any(context.tree[i].dep in {"relcl", "acl", "advcl", "ccomp"} for i in context.tree.subtree(node))


def _where(context: Context, span: Span, link: PlaceLink, preposition: str) -> Where:
    return Where(link, span, span.of(context.report.text), RELATIONS.get(preposition, "at"))


TWO_NATIONS = re.compile(r"^(?:the\s+)?(\w+(?:-\w+)?) (?:and|or) (\w+(?:-\w+)?) ([a-z][\w\s-]*)$", re.IGNORECASE)


def _as_parties(context: Context, argument: Argument) -> list[Party]:
    """Return who an argument is: one party, or two in "Russian and Turkish forces"."""
    match = TWO_NATIONS.match(context.words(argument.span))
    if match is not None:
        first, second, noun = match.groups()
        links = [context.linker.link(f"{nation} {noun}", in_comment=context.in_comment) for nation in (first, second)]
        if all(link.status is LinkStatus.RESOLVED for link in links):
            return [_party(context, link, argument) for link in links]
    party = _as_party(context, argument)
    return [party] if party is not None else []


def _as_party(context: Context, argument: Argument) -> Party | None:
    token = context.tree[argument.head]
    text = context.words(argument.span)
    partitive = token.lemma in COUNTING and context.tree.children(argument.head, "prep")
    if token.pos in PRONOUNS and not partitive and argument.relation != "modifier":
        return None
    if _only_counts(context, argument):
        people = ActorLink(
            LinkStatus.CLASS,
            f"{text} people",
            "class:people",
            "class (group)",
            ("UNK",),
            confidence=0.6,
            reasons=("a number of people, not said who",),
        )
        return _party(context, people, argument)
    surface = QUANTIFIERS.sub("", text).strip() or text
    acts = argument.role is Role.ACTOR and argument.relation != "modifier"
    link = context.who(surface, argument.span, metonym_ok=acts)
    if token.pos == "NUM" and link.status is not LinkStatus.RESOLVED:
        return None
    if link.status is not LinkStatus.RESOLVED and token.lemma in MEMBERS:
        link = _members(context, argument) or link
    if link.status is LinkStatus.UNKNOWN:
        link = _with_of_phrase(context, argument) or link
    if link.status is LinkStatus.UNKNOWN and not _may_be_party(context, argument):
        return None
    return _party(context, link, argument)


def _only_counts(context: Context, argument: Argument) -> bool:
    """Tell whether a phrase is only a number of people: "six wounded", "and another injured"."""
    token = context.tree[argument.head]
    harmed = argument.role is Role.RECIPIENT and context.tree[token.head].lemma in BEFALLING
    counts = token.pos == "NUM" or token.text.lower() in {
        "another",
        "others",
        "several",
        "many",
        "dozens",
        "hundreds",
        "scores",
    }
    return harmed and counts and not context.tree.children(argument.head, "prep")


def _party(context: Context, link: ActorLink, argument: Argument) -> Party:
    span = context.here(argument.span)
    return Party(link, span, span.of(context.report.text), argument.implied)


def _members(context: Context, argument: Argument) -> ActorLink | None:
    """Return whose members they are: "a group of subversives", "presumed members of the Shining Path"."""
    for preposition, noun in context.tree.preposition_objects(argument.head):
        if preposition in {"of", "from"}:
            words = QUANTIFIERS.sub("", context.words(context.tree.phrase(noun))).strip()
            link = context.linker.link(words, in_comment=context.in_comment)
            if link.status is not LinkStatus.UNKNOWN:
                return replace(link, reasons=(f"'{context.tree[argument.head].text}' of them", *link.reasons))
    return None


def _with_of_phrase(context: Context, argument: Argument) -> ActorLink | None:
    """Try "X of Y": "members of the Islamic State", "the government of Sudan", "a total of 33 people"."""
    span = context.tree.phrase(argument.head)
    head = context.tree[argument.head]
    if head.lemma in COUNTING or head.pos == "NUM":
        inner = next((n for p, n in context.tree.preposition_objects(argument.head) if p == "of"), None)
        if inner is not None:
            words = QUANTIFIERS.sub("", context.words(context.tree.phrase(inner))).strip()
            return context.linker.link(words, in_comment=context.in_comment)
    if not load_lexicon().is_noun("party_noun", context.tree[argument.head].lemma):
        return None
    for child in context.tree.children(argument.head, "prep"):
        if context.tree[child].lemma == "of" and not _has_clause(context, child):
            longer = context.linker.link(
                context.words(span.cover(context.tree.subtree_span(child))), in_comment=context.in_comment
            )
            if longer.status is not LinkStatus.UNKNOWN:
                return longer
    return None


def _may_be_party(context: Context, argument: Argument) -> bool:
    """Tell whether an unknown phrase can be a party: a proper name of somebody, or a noun for people."""
    token = context.tree[argument.head]
    lexicon = load_lexicon()
    word = token.text.lower()
    deed = ("n", word) in lexicon.acts and not lexicon.is_noun("party_noun", token.lemma)
    if lexicon.is_noun("deal", word) or lexicon.is_noun("ground", word) or deed:
        return False  # "Ceasefire agreed in Idlib": a common noun that only opens the sentence
    if argument.relation == "modifier":
        return token.entity in {"NORP", "GPE", "ORG", "PERSON"}
    if token.pos == "PROPN":
        if context.in_comment and len(token.text) < MIN_NAME:
            return False  # "Ypu": a slip of the finger
        return token.entity not in {
            "DATE",
            "TIME",
            "MONEY",
            "CARDINAL",
            "PERCENT",
            "LAW",
            "EVENT",
            "WORK_OF_ART",
            "LANGUAGE",
            "PRODUCT",
            "QUANTITY",
            "ORDINAL",
            "FAC",
            "LOC",
        }
    return load_lexicon().is_noun("party_noun", token.lemma)

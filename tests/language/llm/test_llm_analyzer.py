"""Good answers: quotations become acts, arguments and voices at exact places; what stands nowhere is dropped."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from fake_endpoint import KEY, FakeEndpoint, act, says, voice

from reportedly.language import Analysis, Argument, Role, default_analyzer
from reportedly.language.llm import LlmAnalyzer
from reportedly.model import Category, Modality, Span, State

TEXT = "Government forces shelled Sarmin on Saturday, activists said. The army denied shelling Sarmin."
SHELLED = act(
    "shelled",
    mode="heavy-weapons",
    clause="Government forces shelled Sarmin on Saturday",
    actors=["Government forces"],
    places=["Sarmin"],
)
SHELLING = act(
    "shelling", clause="The army denied shelling Sarmin", actors=["The army"], places=["Sarmin"], modality="denied"
)
VOICES = (
    voice("activists", "said", "Government forces shelled Sarmin on Saturday"),
    voice("The army", "denied", "shelling Sarmin", stance="deny"),
)


def read(analyzer: LlmAnalyzer, text: str = TEXT) -> Analysis:
    (analysis,) = analyzer.analyse([text])
    return analysis


def words(analysis: Analysis, arguments: tuple[Argument, ...], role: Role) -> list[str]:
    return [a.span.of(analysis.text) for a in arguments if a.role is role]


def test_acts_and_voices_come_from_the_model_and_the_rest_from_the_base(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    endpoint.plays_only(says(SHELLED, SHELLING, voices=VOICES))
    analysis = read(analyzer)
    (base,) = default_analyzer().analyse([TEXT])
    assert replace(analysis, acts=base.acts, attributions=base.attributions) == base
    first, second = analysis.acts
    assert (first.category, first.mode, first.modality) == (Category.ASSAULT, "heavy-weapons", Modality.ASSERTED)
    assert words(analysis, first.arguments, Role.ACTOR) == ["Government forces"]
    assert words(analysis, first.arguments, Role.PLACE) == ["Sarmin"]
    assert second.modality is Modality.DENIED
    told = [
        (a.source and a.source.of(TEXT), a.cue.of(TEXT), a.content.of(TEXT), a.stance) for a in analysis.attributions
    ]
    assert told == [(v["source"], v["cue"], v["content"], v["stance"]) for v in VOICES]
    assert analysis.notes == ()


def test_of_a_value_that_stands_twice_the_one_nearest_to_the_trigger_counts(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    endpoint.plays_only(says(SHELLED, SHELLING))
    first, second = read(analyzer).acts
    assert [a.span.start for a in first.arguments if a.role is Role.PLACE] == [TEXT.index("Sarmin")]
    assert [a.span.start for a in second.arguments if a.role is Role.PLACE] == [TEXT.rindex("Sarmin")]


def test_a_trigger_that_stands_twice_is_told_apart_by_its_clause_and_else_by_its_turn(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    text = "Rebels attacked Ariha. Troops attacked Saraqib."
    endpoint.plays_only(says(act("attacked", clause="Troops attacked Saraqib"), act("attacked")))
    assert [a.trigger.start for a in read(analyzer, text).acts] == [text.index("attacked"), text.rindex("attacked")]


def test_values_that_do_not_stand_in_the_text_are_dropped_and_counted(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    wrong = act(
        "shelled", clause=SHELLED["clause"], actors=["the Syrian Army"], places=["sarmin", "Sarmin"], hedges=["Sat"]
    )
    endpoint.plays_only(says(wrong, act("bombed"), voices=(voice("activists", "told", "it"),)))
    analysis = read(analyzer)
    (found,) = analysis.acts
    assert words(analysis, found.arguments, Role.ACTOR) == []
    assert words(analysis, found.arguments, Role.PLACE) == ["Sarmin"]
    assert analysis.notes == ("llm: 6 values not found in the text were dropped",)
    assert analyzer.usage.not_found == 6
    endpoint.plays_only(says(SHELLED))
    assert found.confidence < read(analyzer).acts[0].confidence


def test_a_value_that_stands_only_inside_a_word_is_not_found(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(says(act("shelled", actors=["arm", "Gov"])))
    (found,) = read(analyzer).acts
    assert found.arguments == ()


def test_a_mode_of_another_category_is_dropped_and_counted(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(says({**SHELLED, "mode": "curfew"}))
    analysis = read(analyzer)
    assert [a.mode for a in analysis.acts] == [None]
    assert analysis.notes == ("llm: 1 value that cannot be used was dropped",)


def test_what_is_named_in_another_sentence_is_marked_as_implied(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    text = "Turkey sent a convoy to Idlib. Later it crossed the border."
    endpoint.plays_only(says(act("crossed", kind="MOBILIZE", clause="it crossed the border", actors=["Turkey"])))
    (found,) = read(analyzer, text).acts
    assert [(a.implied, a.why) for a in found.arguments] == [(True, "named in another sentence")]
    assert "Turkey" not in found.clause.of(text)


def test_a_clause_ends_with_its_sentence(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(says({**SHELLED, "clause": TEXT}))
    (found,) = read(analyzer).acts
    assert found.clause.of(TEXT) == "Government forces shelled Sarmin on Saturday, activists said."


def test_the_halves_of_a_conditional_point_at_each_other(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    text = "If the groups do not withdraw, the army will attack the town."
    then = act("attack", modality="conditional", condition="consequent", condition_of=1)
    when = act(
        "withdraw", kind="RETREAT", mode="withdraw", modality="conditional", negated=True, condition="antecedent"
    )
    endpoint.plays_only(says(then, {**when, "condition_of": 0}))
    first, second = read(analyzer, text).acts
    assert (first.lemma, first.condition, first.condition_role) == ("withdraw", 1, "antecedent")
    assert (second.lemma, second.condition, second.condition_role) == ("attack", 0, "consequent")


@pytest.mark.parametrize("of", [None, 0, 7, -1, 10**30])
def test_a_condition_that_points_nowhere_points_nowhere(endpoint: FakeEndpoint, analyzer: LlmAnalyzer, of: int) -> None:
    endpoint.plays_only(says({**SHELLED, "condition": "antecedent", "condition_of": of}))
    assert [(a.condition, a.condition_role) for a in read(analyzer).acts] == [(None, "antecedent")]


def test_an_attribution_without_its_content_is_read_as_the_rules_read_it(
    endpoint: FakeEndpoint, analyzer: LlmAnalyzer
) -> None:
    endpoint.plays_only(says(SHELLED, voices=(voice("activists", "said", "the forces had shelled Sarmin"),)))
    analysis = read(analyzer)
    (base,) = default_analyzer().analyse([TEXT])
    assert analysis.attributions == tuple(a for a in base.attributions if a.cue.of(TEXT) == "said")
    assert analysis.attributions


def test_a_state_has_no_category(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    text = "Rebels hold the town of Ariha."
    endpoint.plays_only(says(act("hold", kind="controls", actors=["Rebels"], places=["the town of Ariha"])))
    (found,) = read(analyzer, text).acts
    assert (found.category, found.state) == (None, State.CONTROLS)


def test_each_passage_is_asked_about_alone_and_in_order(endpoint: FakeEndpoint) -> None:
    analyzer = LlmAnalyzer(default_analyzer(), endpoint.settings, at_once=3)
    endpoint.plays_only(lambda passage: says(act(passage.split()[1])))
    texts = ["Rebels attacked Ariha.", "Troops shelled Sarmin.", " \n ", "Jets bombed Saraqib.", "12:30"]
    analyses = analyzer.analyse(texts)
    assert [[a.trigger.of(x.text) for a in x.acts] for x in analyses] == [["attacked"], ["shelled"], [], ["bombed"], []]
    assert sorted(endpoint.passages) == sorted(text for text in texts if any(map(str.isalpha, text)))
    assert all(len(request["messages"]) == 2 for request in endpoint.requests)


def test_the_request_is_strict_cold_and_without_tools(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(says())
    read(analyzer)
    (request,) = endpoint.requests
    assert endpoint.paths == ["/v1/chat/completions"]
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert (request["model"], request["temperature"], type(request["seed"])) == ("test-model", 0, int)
    assert not {"tools", "tool_choice", "functions"} & set(request)
    shape = request["response_format"]
    assert (shape["type"], shape["json_schema"]["strict"]) == ("json_schema", True)
    objects = [shape["json_schema"]["schema"]]
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        objects += [p["items"] for p in one["properties"].values() if p.get("items", {}).get("type") == "object"]
    assert [set(one["properties"]) for one in objects[1:]] == [set(act("x")), set(voice(None, "x", "y"))]


def test_it_works_where_an_event_loop_runs_already(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    async def in_a_notebook() -> Analysis:
        return read(analyzer)

    endpoint.plays_only(says(SHELLED))
    assert len(asyncio.run(in_a_notebook()).acts) == 1


def test_the_name_says_which_model_and_what_it_stands_on(analyzer: LlmAnalyzer) -> None:
    assert analyzer.name == f"llm.v1 test-model on {default_analyzer().name}"


def test_the_cost_is_counted_over_all_passages(endpoint: FakeEndpoint) -> None:
    settings = replace(endpoint.settings, price_in=2.0, price_out=10.0)
    analyzer = LlmAnalyzer(default_analyzer(), settings, at_once=4)
    endpoint.plays_only(says())
    analyzer.analyse(["Rebels attacked Ariha."] * 5)
    analyzer.analyse(["Troops shelled Sarmin."] * 5)
    usage = analyzer.usage
    assert (usage.asked, usage.requests, usage.tokens_in, usage.tokens_out) == (10, 10, 1000, 200)
    assert "1,000 tokens sent, 200 answered; cost 0.0040" in analyzer.describe_usage()


def test_spans_are_whole_and_inside_the_text(endpoint: FakeEndpoint, analyzer: LlmAnalyzer) -> None:
    endpoint.plays_only(says(SHELLED, SHELLING, voices=VOICES))
    analysis = read(analyzer)
    assert all(Span(0, len(TEXT)).contains(a.clause) and len(a.trigger) for a in analysis.acts)

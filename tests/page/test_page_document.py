"""The page as a document: self-contained, safe, complete, the same every time."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise

import pytest
from page_parsing import Node, parse
from sample_readings import LISTED_WORD, PAYLOADS, first_report, many_readings, sample_events, sample_readings

from reportedly._errors import EnvironmentProblem
from reportedly.model import Modality, PassageKind, VoiceKind
from reportedly.page import render_page
from reportedly.page.assets import built, policy_hash
from reportedly.page.marks import visible

ALLOWED_TAGS = frozenset(
    """html head meta title style script body header main section nav footer article form
    div p span a em b i ol ul li
    h1 h2 h3 h4 h5 small bdi mark blockquote pre dl dt dd table thead tbody tr th td details summary noscript
    label select option input output button meter svg rect path text g defs pattern filter fegaussianblur
    """.split()  # noqa: SIM905
)


def render(readings: list, events: list) -> str:
    return render_page(readings, events, title="Sample", generated="1 May 2020", version="0.1.0")


@cache
def sample_html() -> str:
    readings = sample_readings()
    return render(readings, sample_events(readings))


@cache
def sample_page() -> Node:
    return parse(sample_html())


def own_part() -> str:
    """Return the page without the libraries and our scripts and styles."""
    return re.sub(r"<(script|style)>.*?</\1>", "", sample_html(), flags=re.DOTALL)


def test_same_content_in_any_order_gives_the_same_page() -> None:
    readings = sample_readings()
    events = sample_events(readings)
    assert render(readings[::-1], events[::-1]) == sample_html()


def test_page_names_no_resource_to_load() -> None:
    for node in sample_page().walk():
        assert not {"src", "srcset", "data", "action", "background", "poster"} & set(node.attributes), node
        assert node.tag not in {"link", "img", "iframe", "object", "embed", "base"}
    assert "url(" not in re.sub(r"url\(#\w+\)", "", "".join(one.text for one in sample_page().by_tag("style")))
    assert "sourceMappingURL" not in sample_html()


def test_links_stay_on_the_page_or_are_plain_web_addresses() -> None:
    outward = []
    for node in sample_page().by_tag("a"):
        href = node.attributes["href"]
        if not href.startswith("#"):
            outward.append(href)
            assert "noopener" in node.attributes["rel"]
    assert outward == ["https://northern-desk.example/a1"]


def test_every_link_inside_the_page_has_a_target() -> None:
    ids = [node.attributes["id"] for node in sample_page().walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    for node in sample_page().by_tag("a"):
        if node.attributes["href"].startswith("#"):
            assert node.attributes["href"][1:] in ids


def test_hostile_text_makes_no_element_and_no_handler() -> None:
    for node in sample_page().walk():
        if node.tag:
            assert node.tag in ALLOWED_TAGS
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
    scripts = sample_page().by_tag("script")
    assert [one.attributes.get("type") for one in scripts] == ["application/json", None]


def test_hostile_text_is_still_there_to_read() -> None:
    (report,) = [one for one in sample_page().by_class("report") if "attacked <b>Binnish</b>" in one.text]
    for payload in PAYLOADS:
        assert visible(payload) in report.text


def test_embedded_data_cannot_close_its_element() -> None:
    data = sample_page().by_id("data").text
    assert not set("<>&\u2028\u2029") & set(data)
    assert PAYLOADS[1] in [shape["name"] for shape in json.loads(data)["map"]["shapes"]]


def test_policy_allows_exactly_the_inlined_script_and_style() -> None:
    (policy,) = [one.attributes["content"] for one in sample_page().by_tag("meta") if "http-equiv" in one.attributes]
    (script,) = [one.text for one in sample_page().by_tag("script") if "type" not in one.attributes]
    (style,) = [one.text for one in sample_page().by_tag("style")]
    assert "default-src 'none'" in policy
    assert f"script-src {policy_hash(script)};" in policy
    assert f"style-src {policy_hash(style)};" in policy
    assert "unsafe" not in policy


def test_no_published_name_of_a_commenter_is_on_the_page() -> None:
    for name in ("Marta", "Lindqvist", "OldHillWalker", "Zed", "Jo B"):
        assert name not in own_part()
    assert "reader-" in own_part()


def test_answered_name_is_replaced_where_the_answer_says_it() -> None:
    renamed = [one.text for one in sample_page().by_class("renamed")]
    marta = next(one.pseudonym for one in first_report().passages if one.author == "Marta Lindqvist")
    assert renamed == [f"[{marta}]", f"[{marta}]"]


def test_hateful_words_stand_only_behind_a_warning() -> None:
    holders = [
        one for one in sample_page().walk() if any(isinstance(t, str) and LISTED_WORD in t for t in one.children)
    ]
    assert holders
    assert all(one.inside("warned") for one in holders)
    assert all("open" not in one.attributes for one in sample_page().by_class("warned"))
    assert "▮▮▮" in sample_page().by_id("events-title").parent.text  # type: ignore[union-attr]


def test_passages_are_shown_verbatim() -> None:
    reading = first_report()
    (report,) = [one for one in sample_page().by_class("report") if "Patrols planned" in one.text]
    shown = [one.text for one in report.by_class("text") if not one.inside("discussion")]
    wanted = [one.span.of(reading.report.text) for one in reading.passages if one.kind is PassageKind.PARAGRAPH]
    assert shown == wanted


@pytest.mark.parametrize("reading", sample_readings(), ids=lambda one: one.report.outlet)
def test_marks_cover_every_act_and_party_verbatim(reading) -> None:
    page = parse(render([reading], []))
    ordered = sorted(reading.claims, key=lambda claim: claim.act.span)
    for number, claim in enumerate(ordered, start=1):
        marks = page.find(lambda one, n=str(number): n in one.attributes.get("data-c", "").split())
        words = " ".join(one.text for one in marks)
        for span in (
            claim.act.span,
            *(party.span for party in (*claim.actors, *claim.recipients) if party.span),
        ):
            assert visible(span.of(reading.report.text)) in words


def test_act_words_link_to_the_claim_and_back() -> None:
    for card in sample_page().by_class("claim"):
        (back,) = card.by_class("words")
        words = sample_page().by_id(back.attributes["href"][1:])
        marks = words.parent.attributes["data-c"].split()  # type: ignore[union-attr]
        assert card.attributes["id"][1:] in marks


def test_every_claim_says_how_it_is_put_by_whom_and_how_surely() -> None:
    readings = sample_readings()
    cards = sample_page().by_class("claim")
    assert len(cards) == sum(len(one.claims) for one in readings)
    for card in cards:
        (chip,) = card.by_class("chip")
        assert chip.text in set(Modality)
        assert card.by_class("act")[0].text
        assert "Voice" in card.text
        assert card.by_tag("meter")
        assert card.by_tag("blockquote")[0].text


def test_attributed_claim_shows_its_chain_of_voices() -> None:
    (card,) = [one for one in sample_page().by_class("claim") if "two villages" in one.by_class("says")[0].text]
    voices = [one.text for one in card.by_tag("dd")]
    assert "Article › Orontes Watch" in voices
    assert "southern Idlib (sub-region, as an area)" in voices
    assert "10 March 2020 (“on Tuesday”)" in voices
    assert "3 or more killed" in voices


def test_undated_and_unplaced_claims_say_so() -> None:
    (card,) = [one for one in sample_page().by_class("claim") if one.attributes["id"] == "c2"]
    assert "Not told" in card.text
    assert "where, when" in card.text
    (returned,) = [one for one in sample_page().by_class("claim") if "displaced families" in one.text]
    assert "the week is not told apart" in returned.text
    assert "ambiguous: Kafr Zaita, Hama or Kafr Zita, Idlib" in returned.text


def test_disputed_denied_and_negated_differ_by_form() -> None:
    chips = {(one.attributes["class"].removeprefix("chip "), one.text) for one in sample_page().by_class("chip")}
    assert ("f-solid is-hatched", "asserted") in chips
    assert ("f-struck is-hatched", "denied") in chips
    assert ("f-hollow", "planned") in chips
    assert ("f-dotted", "questioned") in chips
    assert ("f-ongoing", "ongoing") in chips
    assert ("f-solid is-not is-soft", "asserted") in chips


def test_comments_and_article_never_share_a_voice() -> None:
    readers = sample_page().by_class("by-readers")[0]
    articles = sample_page().by_class("in-articles")[0]
    in_comments = {
        str(number)
        for number, row in enumerate(json.loads(sample_page().by_id("data").text)["claims"], start=1)
        if row[3]
    }
    assert {one.attributes["data-ref"] for one in readers.find(lambda n: "data-ref" in n.attributes)} == in_comments
    assert not in_comments & {one.attributes["data-ref"] for one in articles.find(lambda n: "data-ref" in n.attributes)}


def test_country_is_listed_and_never_drawn() -> None:
    data = json.loads(sample_page().by_id("data").text)["map"]
    assert "Syria" not in [shape["name"] for shape in data["shapes"]]
    lists = sample_page().by_class("place-lists")[0]
    (heading,) = [one for one in lists.by_tag("h3") if one.text.startswith("Countries")]
    assert "Syria" in heading.parent.text  # type: ignore[union-attr]


def test_shapes_carry_area_line_or_radius() -> None:
    shapes = {shape["name"]: shape for shape in json.loads(sample_page().by_id("data").text)["map"]["shapes"]}
    assert shapes["M4 highway"]["type"] == "line"
    assert shapes["southern Idlib"]["type"] == "area"
    assert (shapes["Saraqib"]["type"], shapes["Saraqib"]["km"]) == ("disc", 6.0)
    assert shapes["southern Idlib"]["classes"] == "f-solid is-hatched"


def test_handles_a_language_that_is_not_analysed() -> None:
    (report,) = [one for one in sample_page().by_class("report") if "Aucun tir" in one.text]
    assert "Not analysed: language “fr”" in report.text
    assert report.by_class("article-text")[0].attributes["lang"] == "fr"


def test_headings_never_skip_a_level() -> None:
    levels = [int(one.tag[1]) for one in sample_page().walk() if re.fullmatch(r"h\d", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_empty_ledger_still_makes_a_page() -> None:
    page = parse(render([], []))
    assert "No reports yet." in page.text
    assert "0 reports" in page.text


def test_events_of_absent_claims_do_not_break_the_page() -> None:
    readings = sample_readings()
    page = parse(render([], sample_events(readings)))
    assert "not on this page" in page.text


def test_large_ledger_stays_compact() -> None:
    readings = list(many_readings(40, 10))
    html = render(readings, sample_events(readings))
    assert len(html) < 450_000 + 400 * 3_200
    assert '<details class="report-body"><summary>' in html


def test_missing_libraries_are_named_with_the_remedy() -> None:
    with pytest.raises(EnvironmentProblem, match=r"never-built\.js"):
        built("never-built.js")


def test_commenter_voice_is_always_the_pseudonym() -> None:
    reading = first_report()
    spoken = [claim for claim in reading.claims if claim.voices[0].kind is VoiceKind.COMMENTER]
    assert spoken
    names = {one.author for one in reading.passages if one.author}
    for card in sample_page().by_class("discussion")[0].by_class("claim"):
        chain = next(one.text for one in card.by_tag("dd") if "reader-" in one.text)
        assert not any(name in chain for name in names)

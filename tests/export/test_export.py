"""Every format: deterministic, honest about modality and places, silent about who commented."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.export import EXPORTERS, describe, export
from reportedly.export.claims_csv import COLUMNS, _line
from reportedly.ledger import MASK, Ledger, pseudonymise
from reportedly.model import (
    Evidence,
    Geometry,
    LinkStatus,
    Mention,
    MentionKind,
    Modality,
    Party,
    Place,
    PlaceKind,
    Quantity,
    Reading,
    Span,
    Voice,
    VoiceKind,
    When,
    Where,
)
from reportedly.model.actor import ActorLink

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))
from ledger_samples import (
    ARMY,
    COUNTRY,
    MILITANTS,
    PROVINCE,
    TOWN,
    change_claim,
    day,
    link_place,
    make_event,
    make_reading,
    readings,
)

COMMENTS = [
    ("Jane Q. Public", "I was in Saraqib."),
    ("Saraqib", "It was quiet, Jane Q. Public."),
    (None, "Nobody."),
]
SECRET = "Jane Q. Public"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Open a new ledger."""
    with Ledger.open(tmp_path / "l.sqlite") as opened:
        yield opened


@pytest.fixture
def commented(ledger: Ledger) -> Ledger:
    """A report whose comments name a commenter in every way that a reading can."""
    reading = make_reading(["The army shelled Saraqib, it is said."], COMMENTS)
    jane = reading.passages[2]
    assert jane.author_span is not None
    stranger = ActorLink(LinkStatus.UNKNOWN, SECRET)
    name = Span(reading.report.text.rindex(SECRET), reading.report.text.rindex(SECRET) + len(SECRET))
    reading = change_claim(
        reading,
        1,
        voices=(Voice(VoiceKind.COMMENTER, SECRET, stranger, jane.author_span),),
        evidence=(
            *reading.claims[1].evidence,
            Evidence("voice", jane.author_span, SECRET),
        ),
    )
    reading = change_claim(
        reading,
        2,
        actors=(Party(stranger, name, SECRET),),
        evidence=(Evidence("actor", name, SECRET), Evidence("act", Span(name.start, name.start + 4), "Jane")),
        reasons=(f"the verb's subject is {SECRET}",),
    )
    mention = Mention(MentionKind.PERSON, name, SECRET, 3, stranger)
    reading = replace(reading, mentions=(mention,), notes=(f"answers {SECRET}",))
    reading = replace(
        reading,
        passages=tuple(replace(p, answers_why=f"names {SECRET}") if p.index == 3 else p for p in reading.passages),
    )
    ledger.add(reading)
    ledger.set_events([make_event(claim) for claim in reading.claims])
    return ledger


def written(ledger: Ledger, format: str, **options: bool) -> str:
    """Return an export as text."""
    stream = io.BytesIO()
    export(ledger, format, stream, **options)
    return stream.getvalue().decode()


def rows_of(ledger: Ledger, **options: bool) -> list[dict[str, str]]:
    """Return the CSV as a reader of RFC 4180 sees it."""
    return list(csv.DictReader(io.StringIO(written(ledger, "csv", **options), newline="")))


def features_of(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the features of the GeoJSON."""
    collection = json.loads(written(ledger, "geojson"))
    assert collection["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = collection["features"]
    return found


# All formats


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_same_contents_give_the_same_bytes_in_whatever_order(format: str, tmp_path: Path) -> None:
    added = [make_reading(comments=COMMENTS, key=f"https://example.org/{n}") for n in range(3)]
    results = set()
    for name, order in (("a", added), ("b", added[::-1])):
        with Ledger.open(tmp_path / f"{name}.sqlite") as ledger:
            for reading in order:
                ledger.add(reading)
            ledger.set_events([make_event(claim) for reading in order for claim in reading.claims])
            results.add(written(ledger, format))
    assert len(results) == 1


@pytest.mark.parametrize("comment_text", [True, False])
@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_no_export_holds_a_commenters_name(commented: Ledger, format: str, comment_text: bool) -> None:
    text = written(commented, format, comment_text=comment_text)
    assert "Jane" not in text
    assert "Public" not in text
    if format != "geojson":
        assert "reader-" in text


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_text_and_binary_streams_get_the_same(commented: Ledger, format: str) -> None:
    text = io.StringIO(newline="")
    export(commented, format, text)
    assert text.getvalue() == written(commented, format)


@pytest.mark.parametrize("format", sorted(EXPORTERS))
def test_empty_ledger_can_be_exported(ledger: Ledger, format: str) -> None:
    assert written(ledger, format).endswith("\n")


def test_unknown_format_names_the_known_ones(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="csv, geojson, json"):
        export(ledger, "xlsx", io.BytesIO())


def test_description_tells_what_was_written(commented: Ledger) -> None:
    stream = io.BytesIO()
    described = json.loads(describe(export(commented, "csv", stream, comment_text=False)))
    assert described["sha256"] == hashlib.sha256(stream.getvalue()).hexdigest()
    assert described["size_bytes"] == len(stream.getvalue())
    assert (described["reports"], described["claims"], described["events"]) == (1, 4, 4)
    assert described["comment_text"] is False


# JSON


def test_json_holds_every_record_and_its_digest_is_the_ledgers(commented: Ledger) -> None:
    text = written(commented, "json")
    whole = json.loads(text)
    lists = {name: len(records) for name, records in whole.items() if isinstance(records, list)}
    assert lists == {
        "reports": 1,
        "passages": 5,
        "claims": 4,
        "events": 4,
        "actors": 1,
        "places": 1,
        "sources": 4,
    }
    assert hashlib.sha256(text.encode()).hexdigest() == commented.digest()


def test_json_quotations_stand_at_their_offsets_in_the_masked_text(commented: Ledger) -> None:
    whole = json.loads(written(commented, "json"))
    text = whole["reports"][0]["report"]["text"]
    assert MASK * 4 in text
    assert "I was in Saraqib." in text
    for claim in whole["claims"]:
        assert claim["evidence"]
        for evidence in claim["evidence"]:
            assert text[evidence["span"]["start"] : evidence["span"]["end"]] == evidence["quote"]


def test_json_passages_have_pseudonyms_and_no_authors(commented: Ledger) -> None:
    passages = json.loads(written(commented, "json"))["passages"]
    assert all(line["passage"]["author"] is None for line in passages)
    assert all(line["passage"]["author_span"] is None for line in passages)
    assert len({line["passage"]["pseudonym"] for line in passages[2:]}) == 3


def test_commenters_name_that_the_article_uses_stays_in_the_text(commented: Ledger) -> None:
    assert "The army shelled Saraqib, it is said." in written(commented, "json")


def test_json_without_comment_text_keeps_claims_and_masks_words(commented: Ledger) -> None:
    whole = json.loads(written(commented, "json", comment_text=False))
    text = whole["reports"][0]["report"]["text"]
    assert "quiet" not in json.dumps(whole)
    assert "The army shelled Saraqib" in text
    assert len(whole["claims"]) == 4
    assert [line["words"] for line in whole["passages"][2:]] == [None] * 3
    for claim in whole["claims"]:
        for evidence in claim["evidence"]:
            assert text[evidence["span"]["start"] : evidence["span"]["end"]] == evidence["quote"]


@given(readings())
@settings(max_examples=40, deadline=None)
def test_masking_moves_nothing_and_hides_every_author(reading: Reading) -> None:
    public = pseudonymise(reading)
    text = public.report.text
    assert len(text) == len(reading.report.text)
    assert all(passage.author is None for passage in public.passages)
    for passage in reading.passages:
        if passage.author_span:
            assert (
                set(passage.author_span.of(text)) <= {MASK, *"\t\n\r\x0b\x0c "}
                or passage.author_span.of(text).replace(MASK, "").isspace()
            )
    for claim, public_claim in zip(reading.claims, public.claims, strict=True):
        assert public_claim.sentence == claim.sentence
        assert all(e.quote == e.span.of(text) for e in public_claim.evidence)


def test_reading_without_comments_is_left_as_it_is() -> None:
    reading = make_reading()
    assert pseudonymise(reading) == reading


# CSV


def test_csv_has_a_header_and_one_line_a_claim(commented: Ledger) -> None:
    rows = rows_of(commented)
    assert tuple(rows[0]) == COLUMNS
    assert [row["part"] for row in rows] == ["article", "comments", "comments", "comments"]
    assert all(row["modality"] and row["negated"] and row["voice"] for row in rows)
    assert rows[0]["quote"] == "The army shelled Saraqib, it is said."
    assert "\r\n" in written(commented, "csv")


def test_csv_without_comment_text_has_no_quotations_of_comments(commented: Ledger) -> None:
    rows = rows_of(commented, comment_text=False)
    assert [bool(row["quote"]) for row in rows] == [True, False, False, False]


def test_csv_tells_parties_places_times_and_numbers(ledger: Ledger) -> None:
    at = Span(0, 6)
    reading = change_claim(
        make_reading(),
        actors=(Party(ARMY, at, "x"), Party(ActorLink(LinkStatus.UNKNOWN, "Smith; sons"), at, "x")),
        recipients=(Party(MILITANTS, at, "x"),),
        places=(Where(link_place(COUNTRY), at, "x"), Where(link_place(PROVINCE), at, "x")),
        when=(When("on 5 March", day("2020-03-05")),),
        modality=Modality.PLANNED,
        negated=True,
        quantities=(Quantity("at least 12", at, "killed", 12, None),),
        hedges=("reportedly", "apparently"),
    )
    ledger.add(reading)
    ledger.set_events([make_event(*reading.claims)])
    (row,) = rows_of(ledger)
    assert row["actors"] == "Northern Army;Smith, sons"
    assert row["actor_ids"] == "northern-army;"
    assert row["recipients"] == "militant groups"
    assert row["places"] == "Syria;Idlib Governorate"
    assert (row["lat"], row["lon"], row["radius_km"], row["where_prec"]) == ("35.8", "36.7", "60.0", "4")
    assert (row["start"], row["end"]) == ("2020-03-05T00:00:00Z", "2020-03-06T00:00:00Z")
    assert (row["time_text"], row["modality"], row["negated"]) == ("on 5 March", "planned", "true")
    assert (row["quantities"], row["hedges"]) == ("at least 12 killed", "reportedly;apparently")
    assert (row["published"], row["event_status"]) == ("2020-03-05", "reported")


def test_csv_gives_a_country_no_position_and_an_undated_claim_no_date(ledger: Ledger) -> None:
    at = Span(0, 6)
    ledger.add(change_claim(make_reading(published=None), places=(Where(link_place(COUNTRY), at, "x"),)))
    (row,) = rows_of(ledger)
    assert [row[c] for c in ("lat", "lon", "radius_km", "start", "end", "published")] == [""] * 6


@pytest.mark.parametrize("sentence", ["=1+1", "+49 30", "-12 degrees", "@jane wrote", "\tindented"])
def test_csv_cells_are_never_formulas(ledger: Ledger, sentence: str) -> None:
    ledger.add(make_reading([sentence]))
    (row,) = rows_of(ledger)
    assert row["quote"] == f"'{sentence}"


def test_csv_numbers_below_zero_stay_numbers(ledger: Ledger) -> None:
    south = replace(TOWN, lat=-33.4)
    ledger.add(change_claim(make_reading(), places=(Where(link_place(south), Span(0, 6), "x"),)))
    assert rows_of(ledger)[0]["lat"] == "-33.4"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30))
def test_csv_cells_come_back_as_they_were_said(text: str) -> None:
    ((cell, after),) = csv.reader(io.StringIO(_line([text, "end"]), newline=""))
    assert (cell.removeprefix("'") if text[0] in "=+-@\t\r" else cell, after) == (text, "end")


# GeoJSON


def drawn(ledger: Ledger, place: Place | None) -> dict[str, Any]:
    """Return the feature of one event at the place."""
    places = (Where(link_place(place, "Nowhere"), Span(0, 6), "x"),)
    reading = change_claim(make_reading(), places=places)
    ledger.add(reading)
    ledger.set_events([make_event(*reading.claims, place=place)])
    (feature,) = features_of(ledger)
    return feature


def test_town_is_a_point_with_its_precision(ledger: Ledger) -> None:
    feature = drawn(ledger, TOWN)
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.8, 35.86]}
    told = feature["properties"]
    assert (told["precision_m"], told["where_prec"], told["country"]) == (3000, 1, "SYR")
    assert (told["modality"], told["negated"], told["status"]) == ("asserted", False, "reported")


def test_country_is_never_a_pin(ledger: Ledger) -> None:
    outlined = replace(COUNTRY, geometry=PROVINCE.geometry)
    feature = drawn(ledger, outlined)
    assert feature["geometry"] is None
    assert feature["properties"]["country"] == "SYR"


def test_event_without_a_place_has_a_null_geometry(ledger: Ledger) -> None:
    feature = drawn(ledger, None)
    assert feature["geometry"] is None
    assert feature["properties"]["precision_m"] is None


def test_area_is_a_polygon_turned_anticlockwise(ledger: Ledger) -> None:
    feature = drawn(ledger, PROVINCE)
    (ring,) = feature["geometry"]["coordinates"]
    assert feature["geometry"]["type"] == "Polygon"
    assert ring[0] == ring[-1]
    assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) > 0


def test_area_without_an_outline_is_a_disc(ledger: Ledger) -> None:
    feature = drawn(ledger, replace(PROVINCE, geometry=None))
    (ring,) = feature["geometry"]["coordinates"]
    assert feature["properties"]["outline"] == "disc"
    assert max(lat for _, lat in ring) - min(lat for _, lat in ring) == pytest.approx(120 / 111.195, rel=0.01)


@pytest.mark.parametrize(("lat", "lon"), [(89.9, 0.0), (0.0, 179.9), (-89.9, 10.0)])
def test_disc_over_a_pole_or_the_date_line_is_left_out(ledger: Ledger, lat: float, lon: float) -> None:
    feature = drawn(ledger, replace(PROVINCE, geometry=None, lat=lat, lon=lon))
    assert feature["geometry"] is None


def test_route_is_a_line_and_parts_are_polygons(ledger: Ledger) -> None:
    line = ((36.0, 35.0), (37.0, 35.1234567))
    route = replace(TOWN, id="route:m4", kind=PlaceKind.ROUTE, geometry=Geometry("LineString", (line,)))
    assert drawn(ledger, route)["geometry"] == {
        "type": "LineString",
        "coordinates": [[36.0, 35.0], [37.0, 35.123457]],
    }


@pytest.mark.parametrize(("type_", "depth"), [("MultiLineString", 2), ("MultiPolygon", 3), ("Polygon", 2)], ids=str)
def test_shapes_of_many_parts_nest_as_the_standard_says(ledger: Ledger, type_: str, depth: int) -> None:
    assert PROVINCE.geometry is not None
    (ring,) = PROVINCE.geometry.rings
    feature = drawn(ledger, replace(PROVINCE, geometry=Geometry(type_, (ring, ring))))
    part = feature["geometry"]["coordinates"]
    for _ in range(depth):
        part = part[0]
    assert len(part) == 2
    assert isinstance(part[0], float)


def test_numbers_are_told_with_who_said_them(ledger: Ledger) -> None:
    reading = make_reading()
    claim = reading.claims[0].id
    figures = (
        ("killed", 12, None),
        ("killed", 3, 5),
        ("wounded", 4, 4),
        ("fled", None, None),
        ("held", None, 9),
    )
    ledger.add(reading)
    numbers = tuple((unit, low, high, claim) for unit, low, high in figures)
    ledger.set_events([make_event(*reading.claims, numbers=numbers)])
    told = features_of(ledger)[0]["properties"]["numbers"].replace(f" ({claim})", "")
    assert told == "killed at least 12;killed 3 to 5;wounded 4;fled not stated;held up to 9"

"""What goes into the ledger comes out of it, in whatever order it was added."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_samples import PROVINCE, change_claim, link_place, make_reading, one_event_per_claim, readings

from reportedly import DataError, NotInLedger
from reportedly.ledger import Added, Ledger
from reportedly.model import ActorLink, Evidence, LinkStatus, Mention, MentionKind, Reading, Span

_few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
_fewer = settings(_few, max_examples=15)


@_few
@given(readings())
def test_reading_comes_back_as_it_was_added(reading: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.sqlite") as ledger:
        assert ledger.add(reading) is Added.NEW
        assert ledger.reading(reading.report.id) == reading
        assert ledger.verify() == []


@_fewer
@given(st.tuples(*(readings(key=f"https://example.org/{n}") for n in range(3))), st.permutations(range(3)))
def test_order_of_adding_does_not_change_the_digest(added: tuple[Reading, ...], order: list[int]) -> None:
    digests = set()
    for readings_in_order in (added, [added[n] for n in order]):
        with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.sqlite") as ledger:
            for reading in readings_in_order:
                ledger.add(reading)
            ledger.set_events(one_event_per_claim(list(ledger.readings())))
            digests.add(ledger.digest())
            whole = "".join(ledger.canonical())
    assert len(digests) == 1
    assert hashlib.sha256(whole.encode()).hexdigest() in digests


def test_adding_again_changes_nothing(ledger: Ledger) -> None:
    reading = make_reading()
    ledger.add(reading)
    before = ledger.digest()
    assert ledger.add(reading) is Added.UNCHANGED
    assert ledger.digest() == before
    assert len(ledger.reports(all_versions=True)) == 1


def test_other_text_changes_the_digest(tmp_path: Path) -> None:
    digests = set()
    for sentence in ("The army left.", "The army stayed."):
        with Ledger.open(tmp_path / f"{len(sentence)}.sqlite") as ledger:
            ledger.add(make_reading([sentence]))
            digests.add(ledger.digest())
    assert len(digests) == 2


def test_changed_text_is_a_new_version_and_views_show_only_that(ledger: Ledger) -> None:
    old = make_reading(["The army shelled Saraqib."])
    new = make_reading(["The army did not shell Saraqib."])
    assert ledger.add(old) is Added.NEW
    assert ledger.add(new) is Added.NEW_VERSION
    assert [row.id for row in ledger.reports()] == [new.report.id]
    assert [claim.report_id for claim in ledger.claims()] == [new.report.id]
    assert {hit.report_id for hit in ledger.search("Saraqib")} == {new.report.id}
    superseded = [row for row in ledger.reports(all_versions=True) if row.superseded_by]
    assert [(row.id, row.superseded_by, row.version) for row in superseded] == [(old.report.id, new.report.id, 1)]
    assert ledger.reading(old.report.id) == old
    assert ledger.verify() == []


def test_older_text_added_again_does_not_come_back(ledger: Ledger) -> None:
    old, new = make_reading(["First."]), make_reading(["Second."])
    for reading in (old, new):
        ledger.add(reading)
    assert ledger.add(old) is Added.UNCHANGED
    assert [row.id for row in ledger.reports()] == [new.report.id]


def test_confidences_are_rounded_on_the_way_in(ledger: Ledger) -> None:
    link = ActorLink(LinkStatus.RESOLVED, "Northern Army", "northern-army", confidence=0.1 + 0.2)
    reading = change_claim(make_reading(), confidence=1 / 3)
    reading = replace(reading, mentions=(Mention(MentionKind.GROUP, Span(0, 6), "Sample", 0, link),))
    ledger.add(reading)
    back = ledger.reading(reading.report.id)
    assert back.claims[0].confidence == 0.3333
    assert back.mentions[0].actor is not None
    assert back.mentions[0].actor.confidence == 0.3


def test_outline_shared_by_many_mentions_is_stored_once(ledger: Ledger, path: Path) -> None:
    corners = tuple((36 + n / 100_000, 35.0) for n in range(5_000))
    outline = replace(PROVINCE.geometry, rings=((*corners, (36.0, 36.0), corners[0]),))  # type: ignore[type-var]
    link = link_place(replace(PROVINCE, geometry=outline))
    mentions = tuple(Mention(MentionKind.PLACE, Span(n, n + 1), "x", 0, place=link) for n in range(10))
    reading = replace(make_reading(), mentions=mentions)
    ledger.add(reading)
    assert ledger.reading(reading.report.id) == reading
    ledger.close()
    assert path.stat().st_size < 600_000


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"evidence": (Evidence("act", Span(0, 6), "sample"),)}, "not what the text says"),
        ({"evidence": (Evidence("act", Span(90_000, 90_001), "x"),)}, "not what the text says"),
        ({"evidence": ()}, "no evidence"),
        ({"voices": ()}, "nobody says it"),
        ({"passage": 7}, "passage 7 is missing"),
        ({"in_comment": True}, "mixed up"),
        ({"condition": "r-1.c9"}, "other half"),
        ({"report_id": "r-1"}, "another report"),
        ({"sentence": Span(0, 90_000)}, "beyond the text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_claim_that_contradicts_its_text_is_refused(ledger: Ledger, changes: dict[str, Any], complaint: str) -> None:
    reading = change_claim(make_reading(), **changes)
    with pytest.raises(DataError, match=complaint):
        ledger.add(reading)
    assert not ledger.has(reading.report.id)


def test_id_that_does_not_fit_its_text_is_refused(ledger: Ledger) -> None:
    reading = make_reading()
    wrong = replace(reading, report=replace(reading.report, key="https://example.org/2"))
    with pytest.raises(DataError, match="does not fit"):
        ledger.add(wrong)


def test_half_a_surrogate_pair_is_refused_in_words(ledger: Ledger) -> None:
    reading = make_reading()
    with pytest.raises(DataError, match="cannot be stored"):
        ledger.add(replace(reading, notes=("\ud800",)))
    assert ledger.counts().reports == 0


def test_unknown_report_is_not_in_the_ledger(ledger: Ledger) -> None:
    with pytest.raises(NotInLedger, match="r-0"):
        ledger.reading("r-0")

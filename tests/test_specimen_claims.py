"""The report that the project began with, read whole; its readers' list is ``reading.md`` beside it (not part of the project).

Nothing in the code knows this report: what is asserted here must follow from rules that hold for any report.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportedly.model import Category, Claim, LinkStatus, Modality, PassageKind, Reading, State
from reportedly.read import read_path
from reportedly.run.pipeline import read_report

CORPORA = Path(os.environ.get("REPORTEDLY_CORPORA", Path(__file__).parents[1].parent / "shared" / "corpora"))
SPECIMEN = CORPORA.parent / "specimen" / "report.txt"
pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not SPECIMEN.exists(), reason="the specimen report is not on this machine"),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    (report,) = read_path(SPECIMEN)
    assert not isinstance(report, Exception)
    return read_report(report)


def find(reading: Reading, category: Category | None = None, state: State | None = None) -> list[Claim]:
    return [c for c in reading.claims if not c.in_comment and c.act.category is category and c.act.state is state]


def actors(claim: Claim) -> set[str]:
    return {p.link.actor_id or p.text for p in claim.actors}


def test_article_and_comments_are_parted_exactly(reading: Reading) -> None:
    comments = [p for p in reading.passages if p.kind is PassageKind.COMMENT]
    assert len(comments) == 20
    assert sum(p.author is None for p in comments) == 4
    assert comments[0].span.start == 1193
    assert [p.span.end for p in reading.passages if p.in_article][-1] == 1190


def test_the_forecast_keeps_its_source_and_the_headline_is_the_same_claim(reading: Reading) -> None:
    (claim,) = [c for c in find(reading, Category.ASSAULT) if c.modality in (Modality.PREDICTED, Modality.PLANNED)]
    assert [v.name for v in claim.voices][1:] == ["pro-government sources"]
    assert claim.same_as
    assert any("Jisr" in w.text for w in claim.places)


def test_should_conduct_is_not_conducted(reading: Reading) -> None:
    (patrol,) = [c for c in find(reading, Category.COOPERATE) if c.modality is Modality.OBLIGATED]
    assert actors(patrol) == {"russian-armed-forces", "turkey-armed-forces"}
    assert not patrol.recipients


def test_not_only_but_negates_nothing_and_the_groups_do_both(reading: Reading) -> None:
    (threat,) = find(reading, Category.THREATEN)
    rejections = find(reading, Category.REJECT)
    assert not threat.negated and not any(r.negated for r in rejections)
    assert {p.link.actor_id for p in threat.recipients} == {"russian-armed-forces"}
    assert all("situation" not in p.text for c in (threat, *rejections) for p in c.actors)


def test_deployment_preparation_and_control_are_read(reading: Reading) -> None:
    (deployment,) = find(reading, Category.MOBILIZE)
    assert actors(deployment) == {"syrian-army", "national-defence-forces"}
    assert len(deployment.places) == 2
    holders = {a for c in find(reading, state=State.CONTROLS) for a in actors(c)}
    assert {"hayat-tahrir-al-sham", "turkistan-islamic-party"} <= holders


def test_the_conditional_halves_are_conditional(reading: Reading) -> None:
    halves = find(reading, Category.COERCE)
    assert {c.act.mode for c in halves} == {"restrict", "seize"}
    assert all(c.modality is Modality.CONDITIONAL and c.condition_role == "antecedent" for c in halves)


def test_nothing_is_claimed_that_the_text_does_not_say(reading: Reading) -> None:
    article = [c for c in reading.claims if not c.in_comment]
    done = [c for c in article if c.act.category is Category.ASSAULT and c.modality is Modality.ASSERTED]
    assert done == []
    assert reading.report.published is None and reading.report.outlet is None
    assert all(w.interval is None for c in article for w in c.when)


def test_the_misplaced_village_is_not_put_into_another_province_with_confidence(reading: Reading) -> None:
    links = [m.place for m in reading.mentions if m.place is not None and m.text.startswith("Kobani")]
    assert all(link.status is not LinkStatus.RESOLVED or "Latakia" in link.name for link in links)


def test_turkistan_stays_open(reading: Reading) -> None:
    for mention in reading.mentions:
        if mention.text == "Turkistan":
            assert mention.actor is None or mention.actor.status is not LinkStatus.RESOLVED
            assert mention.place is None or mention.place.status is not LinkStatus.RESOLVED


def test_commenters_are_voices_under_pseudonyms(reading: Reading) -> None:
    comments = [c for c in reading.claims if c.in_comment]
    authors = {p.author for p in reading.passages if p.author}
    assert comments
    assert all(v.name not in authors for c in comments for v in c.voices)

"""Claims of whole reports: parties, voices, modality, evidence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly
from reportedly.model import Category, Claim, LinkStatus, Modality, PassageKind, Reading, State, VoiceKind


def read(text: str, published: str | None = None) -> Reading:
    return reportedly.read(text, published=published)


def claims(text: str, category: Category | None = None, state: State | None = None) -> list[Claim]:
    return [c for c in read(text).claims if c.act.category == category and c.act.state == state]


def names(claim: Claim) -> tuple[list[str], list[str]]:
    return [p.link.name for p in claim.actors], [p.link.name for p in claim.recipients]


def test_a_class_source_is_kept_as_the_voice_and_not_equated_with_a_party() -> None:
    (claim,) = claims("According to pro-government sources, the rebels shelled Aleppo on Monday.", Category.ASSAULT)
    assert [v.kind for v in claim.voices] == [VoiceKind.AUTHOR, VoiceKind.CLASS]
    assert claim.voices[1].name == "pro-government sources"
    assert claim.voices[1].actor is not None and claim.voices[1].actor.actor_id == "class:pro-government-sources"


def test_attribution_governs_its_own_sentence_only() -> None:
    text = "Troops attacked the rebels in Aleppo. According to residents, the rebels shelled Homs. Police arrested a journalist in Hama."
    by_category = {(c.act.category, c.places[0].text if c.places else ""): c for c in read(text).claims}
    assert len(by_category[Category.ASSAULT, "Homs"].voices) == 2
    assert len(by_category[Category.ASSAULT, "Aleppo"].voices) == 1
    assert len(by_category[Category.COERCE, "Hama"].voices) == 1


def test_a_denial_is_denied_by_its_voice() -> None:
    (claim,) = claims("The army denied that its soldiers had attacked the hospital in Homs.", Category.ASSAULT)
    assert claim.modality is Modality.DENIED
    assert len(claim.voices) == 2


def test_what_a_speaker_says_of_itself_is_a_plan_and_of_others_a_prediction() -> None:
    (own,) = claims("The Russian army said the Russian army will withdraw from Aleppo.", Category.RETREAT)
    (other,) = claims("Analysts said the Russian army will withdraw from Aleppo.", Category.RETREAT)
    assert own.modality is Modality.PLANNED
    assert other.modality is Modality.PREDICTED


def test_the_headline_that_drops_the_attribution_is_the_same_claim_as_the_body() -> None:
    text = "Rebels Shell Aleppo Market\n\nAccording to state media, rebels shelled a market in Aleppo on Tuesday. The streets were quiet later.\n"
    found = claims(text, Category.ASSAULT)
    assert len(found) == 1
    assert len(found[0].voices) == 2
    assert found[0].same_as


@pytest.mark.parametrize(
    ("phrase", "status"),
    [("Turkish military", LinkStatus.RESOLVED), ("radical militant groups", LinkStatus.CLASS)],
)
def test_nationalities_resolve_and_classes_stay_classes(phrase: str, status: LinkStatus) -> None:
    (claim,) = claims(f"The {phrase} attacked a convoy of civilians near Aleppo.", Category.ASSAULT)
    assert claim.actors[0].link.status is status


def test_a_capital_that_speaks_is_a_government_and_not_a_place() -> None:
    (claim,) = claims("Damascus rejected the ceasefire agreement.", Category.REJECT)
    assert claim.actors[0].link.country == "SYR"
    assert claim.places == ()


def test_relative_times_stay_open_without_a_date_and_resolve_with_one() -> None:
    text = "Rebels attacked the army in Aleppo on Tuesday."
    (undated,) = read(text).claims
    (dated,) = read(text, published="2020-03-18").claims
    assert undated.when[0].interval is None
    assert dated.when[0].interval is not None
    assert str(dated.when[0].interval.start)[:10] == "2020-03-17"


def test_a_reader_is_the_voice_of_a_comment() -> None:
    text = (
        "Rebels attack army near Aleppo\n\nRebels attacked the army near Aleppo on Monday, officials said. "
        "Two soldiers died in the fighting.\n\n"
        "The front line has moved several times this year and nobody expects it to hold.\n\n3 Comments\n\n"
        "Harold Finch says:\nMarch 18, 2020 at 10:14 am\nTurkey supplied the rebels, everybody knows that.\n\n"
        "Mina K says:\nMarch 18, 2020 at 11:02 am\nI doubt it, where is your evidence?\n\n"
        "Harold Finch says:\nMarch 18, 2020 at 11:40 am\nRead the news, Mina. It is all there.\n"
    )
    reading = read(text)
    comments = [c for c in reading.claims if c.in_comment]
    assert any(p.kind is PassageKind.COMMENT for p in reading.passages)
    assert comments and all(c.voices[0].kind is VoiceKind.COMMENTER for c in comments)
    assert all("Harold" not in v.name for c in comments for v in c.voices)
    assert all(c.voices[0].kind is VoiceKind.AUTHOR for c in reading.claims if not c.in_comment)


def test_a_report_in_another_language_is_stored_and_not_analysed() -> None:
    reading = read(
        "Die Regierung hat am Montag die Vereinbarung über den Waffenstillstand zurückgewiesen und neue Truppen entsandt."
    )
    assert reading.claims == ()
    assert any("not analysed" in note for note in reading.notes)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Rebels shelled Aleppo.",
            "The army denied it.",
            "According to residents, two men died in Homs 😀.",
            "“We will not leave,” he said.",
            "Troops may attack if talks fail.",
            "وقف إطلاق النار",
            "No one was hurt.",
            "\n\n",
            "Readers: why?",
            "The U.N. urged calm - again.",
        ]
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SENTENCES)
def test_every_quotation_is_verbatim_at_its_offsets(sentences: list[str]) -> None:
    reading = read(" ".join(sentences) + " End of the report.")
    for claim in reading.claims:
        assert claim.voices
        assert claim.evidence
        for evidence in claim.evidence:
            assert evidence.span.of(reading.report.text) == evidence.quote
        for party in (*claim.actors, *claim.recipients):
            assert party.span is None or party.span.of(reading.report.text) == party.text

"""What a report mentions: people, parties, places, times, numbers, weapons."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import LinkStatus, Mention, MentionKind
from reportedly.read import read_text
from reportedly.run.pipeline import read_report


@cache
def mentions(text: str) -> tuple[Mention, ...]:
    return read_report(read_text(text, name="report")).mentions


def kinds(text: str) -> dict[str, MentionKind]:
    return {mention.text: mention.kind for mention in mentions(text)}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("We destroyed the depot on Sunday.", "We", MentionKind.GROUP),
        ("The commander said he would return to Idlib.", "he", MentionKind.PERSON),
        ("The prime minister visited Baghdad.", "The prime minister", MentionKind.PERSON),
        ("Three ministers visited Baghdad.", "ministers", MentionKind.GROUP),
        ("Aircraft hit an ISIL-held building near Raqqa.", "an ISIL-held building", MentionKind.PLACE),
        ("The army shelled two supply routes.", "supply routes", MentionKind.PLACE),
        ("The army shelled two supply routes.", "two", MentionKind.QUANTITY),
        ("Rebels in the city of Mosul surrendered.", "the city of Mosul", MentionKind.PLACE),
    ],
)
def test_the_head_noun_says_what_a_phrase_names(text: str, words: str, kind: MentionKind) -> None:
    assert kinds(text)[words] is kind


def test_a_country_that_acts_is_an_organisation_and_one_that_locates_a_place() -> None:
    acting = next(m for m in mentions("Turkey attacked the rebels on Monday.") if m.text == "Turkey")
    assert acting.kind is MentionKind.ORGANISATION
    assert acting.actor is not None
    assert acting.actor.status is LinkStatus.RESOLVED
    locating = next(m for m in mentions("Rebels were trained in Turkey on Monday.") if m.text == "Turkey")
    assert locating.kind is MentionKind.PLACE
    assert locating.place is not None


def test_pronouns_are_linked_to_nobody() -> None:
    found = [m for m in mentions("They fled Idlib after we warned them.") if m.kind is MentionKind.GROUP]
    assert [m.text for m in found] == ["They", "we", "them"]
    assert all(m.actor is None for m in found)


def test_a_known_group_is_no_nationality() -> None:
    found = [m for m in mentions("The Taliban attacked a convoy near Kabul.") if "Taliban" in m.text]
    assert [(m.text, m.kind) for m in found] == [("The Taliban", MentionKind.ORGANISATION)]
    assert found[0].actor is not None


def test_adverbs_and_the_bare_one_are_no_mentions() -> None:
    found = kinds("The army now holds the town and recently lost one tank.")
    assert not {"now", "recently", "one"} & set(found)


def test_a_surname_is_the_person_named_in_full_before() -> None:
    found = kinds("The spokesman was John Davis. In the evening Davis spoke to reporters.")
    assert found["Davis"] is MentionKind.PERSON


def test_a_weapon_includes_the_noun_that_does_not_name_it_alone() -> None:
    assert kinds("They handed over artillery systems in Idlib.")["artillery systems"] is MentionKind.WEAPON


def test_a_preposition_that_opens_a_sentence_is_no_part_of_a_person() -> None:
    found = mentions("Near Hammam Tawila, two strikes destroyed three tunnels.")
    assert [m.kind for m in found if "Tawila" in m.text] == [MentionKind.PLACE]


def test_an_organisation_includes_what_its_of_phrase_names() -> None:
    assert kinds("The Department of Defense announced a strike.")["The Department of Defense"] in {
        MentionKind.ORGANISATION,
        MentionKind.GROUP,
    }


PIECES = [
    "Turkey",
    "the army of Iraq",
    "two",
    "soldiers",
    "near",
    "Near",
    "Raqqa",
    "on Monday",
    "we",
    "said",
    "bombed",
    "an ISIL-held building",
    ",",
    ".",
    "one",
    "rocket launchers",
    "President Smith",
    "of",
    "and",
    "’s",
    "\n",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_mentions_are_verbatim_ordered_and_apart(pieces: list[str]) -> None:
    report = read_text("Reports. " + " ".join(pieces), name="report")
    found = read_report(report).mentions
    assert all(m.text == m.span.of(report.text) and m.text for m in found)
    assert all(not a.span.overlaps(b.span) for a, b in pairwise(found))

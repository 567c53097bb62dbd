"""Phrases become actors, classes, or honest "ambiguous" and "unknown"."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.actors import ActorLinker, load_actors
from reportedly.model import LinkStatus

TEXT = (
    "Hayat Tahrir al-Sham and the Northern Valley Brigade (NVB) fought the Syrian Army in Idlib, Syria. "
    "Turkey and Russia watched. The Turkistan Islamic Party (TIP) stayed away."
)


@pytest.fixture(scope="module")
def linker() -> ActorLinker:
    return ActorLinker(load_actors(), TEXT)


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("the Syrian Army", "syrian-army"),
        ("SAA", "syrian-army"),
        ("Hayat Tahrir al-Sham", "hayat-tahrir-al-sham"),
        ("HTS", "hayat-tahrir-al-sham"),
        ("Turkish military", "turkey-armed-forces"),
        ("Syrian government", "syria"),
        ("the Kremlin", "russia"),
        ("TIP", "turkistan-islamic-party"),
        ("Turkish President Recep Tayyip Erdogan", "recep-tayyip-erdogan"),
        ("Hezbollah fighters", "hezbollah"),
    ],
)
def test_known_names_and_organs_of_states_resolve(linker: ActorLinker, phrase: str, actor: str) -> None:
    link = linker.link(phrase)
    assert link.status is LinkStatus.RESOLVED
    assert link.actor_id == actor
    assert link.reasons


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("radical militant groups", "REB"),
        ("pro-government sources", "UNK"),
        ("more and more militant groups", "REB"),
        ("al-Qaeda-linked groups", "REB"),
        ("Turkish-backed rebels", "REB"),
        ("guerrilla forces", "REB"),
        ("Syrian civilians", "CVL"),
    ],
)
def test_classes_stay_classes(linker: ActorLinker, phrase: str, sector: str) -> None:
    link = linker.link(phrase)
    assert link.status is LinkStatus.CLASS
    assert link.actor_id is not None and link.actor_id.startswith("class:")
    assert sector in link.sectors


def test_a_leaning_is_no_nationality(linker: ActorLinker) -> None:
    assert linker.link("pro-Russian forces").country == ""
    assert linker.link("Russian forces").country == "RUS"


def test_a_leaders_forces_are_not_the_leader(linker: ActorLinker) -> None:
    assert linker.link("Assad's forces").kind != "person"


def test_part_of_a_longer_name_is_ambiguous(linker: ActorLinker) -> None:
    link = linker.link("Turkistan")
    assert link.status is LinkStatus.AMBIGUOUS
    assert "turkistan-islamic-party" in link.candidates


def test_an_abbreviation_counts_only_as_written(linker: ActorLinker) -> None:
    assert linker.link("hts").status is not LinkStatus.RESOLVED


def test_an_abbreviation_that_the_text_defines_gets_its_long_form(linker: ActorLinker) -> None:
    assert linker.link("NVB").name == "Northern Valley Brigade"


def test_a_capital_is_its_government_only_where_the_grammar_says_so(linker: ActorLinker) -> None:
    assert linker.link("Damascus", metonym_ok=True).actor_id == "syria"
    assert linker.link("Damascus").status is not LinkStatus.RESOLVED


def test_a_misspelling_is_less_sure_than_a_name(linker: ActorLinker) -> None:
    exact, close = linker.link("Hurras al-Din"), linker.link("Hurass al-Din")
    assert close.actor_id == exact.actor_id
    assert close.confidence < exact.confidence


def test_an_unknown_name_is_unknown(linker: ActorLinker) -> None:
    assert linker.link("Quentin Abernathy-Fforde").status is LinkStatus.UNKNOWN


@given(st.text(max_size=40))
def test_no_phrase_makes_it_raise(phrase: str) -> None:
    link = ActorLinker(load_actors(), "").link(phrase, metonym_ok=True)
    assert 0 <= link.confidence <= 1


@given(
    st.lists(st.sampled_from(["HTS", "Turkey", "the Syrian Army", "said", "🙂", "in", "al-Qaeda", "\n"]), max_size=12)
)
def test_names_found_are_verbatim_and_in_order(words: list[str]) -> None:
    text = " ".join(words)
    hits = load_actors().find(text)
    assert all(hit.span.of(text) == hit.surface for hit in hits)
    assert all(a.span.end <= b.span.start for a, b in pairwise(hits))

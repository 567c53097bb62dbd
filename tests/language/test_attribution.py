"""Sources, cues and contents of attributions."""

from __future__ import annotations

import pytest

from reportedly.language import Attribution, default_analyzer


def read(text: str) -> list[Attribution]:
    return list(default_analyzer().analyse([text])[0].attributions)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The ministry said that two soldiers had died.", "The ministry", "two soldiers had died"),
        ("According to residents, the shelling began at dawn.", "residents", "the shelling began at dawn"),
        ("The shelling began at dawn, according to residents.", "residents", "The shelling began at dawn"),
        ("Two soldiers died in the blast, a spokesman said.", "a spokesman", "Two soldiers died in the blast"),
        ("The army denied that it had shelled the town.", "The army", "it had shelled the town"),
        ("Activists accused the army of shelling the town.", "Activists", "shelling the town"),
    ],
    ids=["that-clause", "according-first", "according-last", "floating", "denial", "accusation"],
)
def test_who_says_what(text: str, source: str, content: str) -> None:
    found = [a for a in read(text) if a.source is not None and a.source.of(text) == source]
    assert found, read(text)
    assert content in found[0].content.of(text)


def test_a_denial_has_the_stance_of_a_denial() -> None:
    assert read("The army denied that it had shelled the town.")[0].stance == "deny"


def test_a_quotation_is_direct() -> None:
    text = '"We will not leave this town," the commander said.'
    found = [a for a in read(text) if a.source is not None and "commander" in a.source.of(text)]
    assert found and found[0].direct


def test_chains_are_nested_contents() -> None:
    text = "The paper reported that officials said the convoy had left."
    outer, inner = sorted(read(text), key=lambda a: -len(a.content))[:2]
    assert outer.content.contains(inner.content)
    assert outer.source is not None and outer.source.of(text) == "The paper"


def test_a_sentence_without_a_speaker_has_no_attribution() -> None:
    assert read("The convoy crossed the bridge at noon.") == []

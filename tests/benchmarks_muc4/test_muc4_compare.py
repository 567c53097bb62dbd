"""Credit of single fillers, by the examples of the scoring guidelines."""

from __future__ import annotations

import pytest

from benchmarks.muc4.compare import (
    compare_dates,
    compare_fills,
    compare_locations,
    compare_numbers,
    compare_strings,
)
from benchmarks.muc4.template import Fill, Slot


@pytest.mark.parametrize(
    ("response", "key", "credit"),
    [
        ("THE 3 PEASANTS", "PEASANTS", 1.0),
        ("Salvadoran peasants", "PEASANTS", 1.0),
        ("BRIGADE", "6TH INFANTRY BRIGADE", 0.5),
        ("THE 3 PEASANTS, WHICH THE GOVERNMENT ADMITTED", "PEASANTS", 0.5),
        ("ARMY OF NATIONAL LIBERATION (ELN)", "ARMY OF NATIONAL LIBERATION", 1.0),
        ("SOLDIERS", "PEASANTS", 0.0),
        ("THE", "PEASANTS", 0.0),
    ],
)
def test_string_fillers(response: str, key: str, credit: float) -> None:
    assert compare_strings(response, key) == credit


def test_a_title_before_a_name_does_no_harm() -> None:
    assert compare_strings("MR. XYZ", "XYZ", names=True) == 1.0
    assert compare_strings("TORRES", "ALBERTO ROBERTO TORRES", names=True) == 0.5


@pytest.mark.parametrize(
    ("response", "key", "credit"),
    [
        ("26 AUG 89", "25 AUG 89 - 26 AUG 89", 0.5),
        ("26 AUG 89", "- 26 AUG 89", 0.5),
        ("25 AUG 89", "- 26 AUG 89", 0.5),
        ("- 26 AUG 89", "25 AUG 89 - 26 AUG 89", 0.5),
        ("- 26 AUG 89", "26 AUG 89", 0.5),
        ("- 26 AUG 89", "16 AUG 89", 0.0),
        ("- 26 AUG 89", "24 AUG 89 - 25 AUG 89", 0.0),
        ("26 AUG 89", "26 AUG 89", 1.0),
        ("- 26 AUG 89", "- 26 AUG 89", 1.0),
        ("27 AUG 89", "26 AUG 89", 0.0),
        ("99 AUG 89", "26 AUG 89", 0.0),
    ],
)
def test_dates(response: str, key: str, credit: float) -> None:
    assert compare_dates(response, key) == credit


@pytest.mark.parametrize(
    ("response", "key", "credit"),
    [
        ("COLOMBIA: MEDELLIN (CITY)", "COLOMBIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)", 1.0),
        ("COLOMBIA: MEDELLIN (CITY)", "COLOMBIA: MEDELLIN (CITY) - CALI (CITY)", 0.5),
        ("BOLIVIA: MEDELLIN (CITY)", "COLOMBIA: MEDELLIN (CITY)", 0.5),
        ("COLOMBIA", "COLOMBIA: MEDELLIN (CITY)", 0.5),
        ("COLOMBIA: CALI (CITY)", "COLOMBIA", 0.5),
        ("COLOMBIA", "COLOMBIA", 1.0),
        ("PERU", "COLOMBIA", 0.0),
    ],
)
def test_locations(response: str, key: str, credit: float) -> None:
    assert compare_locations(response, key) == credit


@pytest.mark.parametrize(
    ("response", "key", "credit"),
    [("7", "5 - 7", 0.5), ("7", "~7", 0.5), ("6", "5 - 7", 0.0), ("7", "7", 1.0)],
)
def test_numbers(response: str, key: str, credit: float) -> None:
    assert compare_numbers(response, key) == credit


@pytest.mark.parametrize(
    ("slot", "response", "key", "credit"),
    [
        (Slot.TYPE, "ATTACK", "BOMBING", 0.5),
        (Slot.TYPE, "BOMBING", "ATTACK", 0.0),
        (Slot.STAGE, "ATTEMPTED", "ACCOMPLISHED", 0.0),
        (Slot.CATEGORY, "TERRORIST ACT", "TERRORIST ACT", 1.0),
    ],
)
def test_set_fillers(slot: Slot, response: str, key: str, credit: float) -> None:
    assert compare_fills(slot, Fill((response,)), Fill((key,))) == credit


@pytest.mark.parametrize(
    ("slot", "response", "key", "credit"),
    [
        (Slot.INSTRUMENT_TYPE, ("GUN", "AK-47"), ("MACHINE GUN", "AK-47"), 0.5),
        (Slot.INSTRUMENT_TYPE, ("GUN", "BULLET"), ("MACHINE GUN", "-"), 0.5),
        (Slot.INSTRUMENT_TYPE, ("MACHINE GUN", "AK-47"), ("GUN", "AK-47"), 0.0),
        (Slot.PHYS_EFFECT, ("DESTROYED", "BANK"), ("SOME DAMAGE", "BANK"), 0.5),
        (Slot.PHYS_EFFECT, ("SOME DAMAGE", "BANK"), ("SOME DAMAGE", "CHURCH"), 0.5),
        (Slot.HUM_DESCRIPTION, ("MAYOR", "SANCHEZ"), ("MAYOR OF ACHI", "TORRES"), 0.5),
        (Slot.HUM_TYPE, ("CIVILIAN", "PEASANTS"), ("CIVILIAN", "THE PEASANTS"), 1.0),
        (Slot.HUM_TYPE, ("DIPLOMAT", "PEASANTS"), ("CIVILIAN", "PEASANTS"), 0.0),
        (
            Slot.ORG_CONFIDENCE,
            ("SUSPECTED OR ACCUSED", "FMLN"),
            ("SUSPECTED OR ACCUSED BY AUTHORITIES", "FMLN"),
            0.5,
        ),
    ],
)
def test_cross_referenced_fillers(slot: Slot, response: tuple[str, str], key: tuple[str, str], credit: float) -> None:
    ours, theirs = Fill(response[:1], response[1:]), Fill(key[:1], key[1:])
    assert compare_fills(slot, ours, theirs) == credit


def test_the_best_of_several_forms_counts() -> None:
    key = Fill(("SOME DAMAGE", "DESTROYED"), ("HOUSES", "HOMES"))
    assert compare_fills(Slot.PHYS_EFFECT, Fill(("DESTROYED",), ("HOMES",)), key) == 1.0

"""Answer keys: columns, alternatives, question marks, null and inapplicable slots."""

from __future__ import annotations

from benchmarks.muc4.keys import parse_fill, parse_templates, render_templates
from benchmarks.muc4.template import Fill, Slot, choose_first

KEY = """;;; a comment of the annotators
0.  MESSAGE: ID                     DEV-MUC3-0901 (NCCOSC)
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
2.  INCIDENT: DATE                  - 08 JAN 90
3.  INCIDENT: LOCATION              PERU: LIMA (CITY)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
6.  INCIDENT: INSTRUMENT ID         *
11. PERP: ORGANIZATION CONFIDENCE   POSSIBLE: "SHINING PATH" / "THE \\"PATH\\""
12. PHYS TGT: ID                    "BANK"
                                    ? "SHOP: \\"EL SOL\\"" / "SHOP"
16. PHYS TGT: EFFECT OF INCIDENT    SOME DAMAGE / DESTROYED: "BANK"
18. HUM TGT: NAME                   -
19. HUM TGT: DESCRIPTION            "MAYOR": "ANA RUIZ" / "RUIZ"
                                    "GUARDS"
23. HUM TGT: EFFECT OF INCIDENT     NO INJURY / -: "-"

0.  MESSAGE: ID                     DEV-MUC3-0902 (NCCOSC)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
"""


def test_an_irrelevant_document_has_no_templates() -> None:
    assert parse_templates(KEY)["DEV-MUC3-0902"] == ()


def test_a_template_is_read_slot_by_slot() -> None:
    (template,) = parse_templates(KEY)["DEV-MUC3-0901"]
    assert template.optional
    assert template.inapplicable == {Slot.INSTRUMENT_ID}
    assert template.fills(Slot.DATE) == (Fill(("- 08 JAN 90",)),)
    assert template.fills(Slot.LOCATION) == (Fill(("PERU: LIMA (CITY)",)),)
    assert template.fills(Slot.TYPE) == (Fill(("BOMBING", "ATTACK")),)
    assert template.fills(Slot.HUM_NAME) == ()


def test_forms_question_marks_and_cross_references_are_read() -> None:
    (template,) = parse_templates(KEY)["DEV-MUC3-0901"]
    assert template.fills(Slot.ORG_CONFIDENCE) == (Fill(("POSSIBLE",), ("SHINING PATH", 'THE "PATH"')),)
    assert template.fills(Slot.PHYS_ID)[1] == Fill(('SHOP: "EL SOL"', "SHOP"), optional=True)
    assert template.fills(Slot.PHYS_EFFECT) == (Fill(("SOME DAMAGE", "DESTROYED"), ("BANK",)),)
    assert template.fills(Slot.HUM_DESCRIPTION) == (Fill(("MAYOR",), ("ANA RUIZ", "RUIZ")), Fill(("GUARDS",)))


def test_null_among_the_forms_makes_a_filler_optional() -> None:
    assert parse_fill(Slot.HUM_EFFECT, 'NO INJURY / -: "-"') == Fill(("NO INJURY", "-"), ("-",), optional=True)


def test_a_null_filler_is_no_filler() -> None:
    assert parse_fill(Slot.PHYS_ID, "-") is None


def test_what_is_written_is_read_back() -> None:
    template = choose_first(parse_templates(KEY)["DEV-MUC3-0901"][0])
    (again,) = parse_templates(render_templates((template,), "DEV-MUC3-0901"))["DEV-MUC3-0901"]
    assert again.slots == template.slots

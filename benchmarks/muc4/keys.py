"""Read answer keys and system responses: both are columns of numbered slots with one filler a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.muc4.template import CROSS_REFERENCED, SLOT_BY_LABEL, STRING_SLOTS, Fill, Slot, Template

_LABELS = tuple(sorted((*SLOT_BY_LABEL, "MESSAGE: ID", "MESSAGE: TEMPLATE"), key=len, reverse=True))
_DOCUMENT = re.compile(r"\b((?:DEV|TST\d+)-MUC\d-\d{4})\b")


def parse_templates(text: str) -> dict[str, tuple[Template, ...]]:
    """Read a key or response file: templates by document; a document judged irrelevant has none."""
    found: dict[str, list[Template]] = {}
    for rows in _split_templates(text):
        document = _DOCUMENT.search(rows[0][1])
        if document is None:
            continue
        templates = found.setdefault(document.group(1), [])
        number = next((value for label, value in rows if label == "MESSAGE: TEMPLATE"), "*")
        if number.strip() not in ("*", "-", ""):
            templates.append(_build_template(document.group(1), number, rows))
    return {document: tuple(templates) for document, templates in found.items()}


def _split_templates(text: str) -> Iterator[list[tuple[str, str]]]:
    """Yield templates as (slot label, filler line) rows, the "MESSAGE: ID" row first."""
    rows: list[tuple[str, str]] = []
    label = ""
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(";"):
            continue
        row = _read_row(line)
        if row is not None:
            label = row[0]
            if label == "MESSAGE: ID":
                if rows:
                    yield rows
                rows = []
            rows.append(row)
        elif label and line.startswith(" "):
            rows.append((label, line.strip()))
    if rows:
        yield rows


def _read_row(line: str) -> tuple[str, str] | None:
    numbered = re.match(r"^\s*\d{1,2}\.\s+", line)
    if numbered is None:
        return None
    rest = line[numbered.end() :]
    label = next((label for label in _LABELS if rest.startswith(label)), None)
    return None if label is None else (label, rest[len(label) :].strip())


def _build_template(document: str, number: str, rows: list[tuple[str, str]]) -> Template:
    slots: dict[Slot, list[Fill]] = {}
    inapplicable = set()
    for label, value in rows:
        slot = SLOT_BY_LABEL.get(label)
        if slot is None or value in ("", "-"):
            continue
        if value == "*":
            inapplicable.add(slot)
            continue
        fill = parse_fill(slot, value)
        if fill is not None:
            slots.setdefault(slot, []).append(fill)
    return Template(
        document,
        {slot: tuple(fills) for slot, fills in slots.items()},
        optional="OPTIONAL" in number,
        inapplicable=frozenset(inapplicable - set(slots)),
    )


def parse_fill(slot: Slot, line: str) -> Fill | None:
    """Read one filler: "?" marks it optional, "/" separates forms, ":" the cross-reference.

    >>> parse_fill(Slot.PHYS_EFFECT, '? SOME DAMAGE / DESTROYED: "HOUSES"')
    Fill(values=('SOME DAMAGE', 'DESTROYED'), tags=('HOUSES',), optional=True)
    """
    line = line.strip()
    optional = line.startswith("?")
    line = line.lstrip("? ")
    value, tag = line, ""
    if slot in CROSS_REFERENCED:
        parts = _split_outside_quotes(line, ":")
        value, tag = parts[0], ":".join(parts[1:])
    values = tuple(filter(None, (_unquote(part) for part in _split_outside_quotes(value, "/"))))
    tags = tuple(filter(None, (_unquote(part) for part in _split_outside_quotes(tag, "/"))))
    if not values or values == ("-",):
        return None
    return Fill(values, tags, optional or "-" in values)


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    parts = [""]
    quoted = False
    escaped = False
    for character in text:
        if character == '"' and not escaped:
            quoted = not quoted
        if character == separator and not quoted:
            parts.append("")
        else:
            parts[-1] += character
        escaped = character == "\\"
    return parts


def _unquote(part: str) -> str:
    part = part.strip().lstrip("?").strip()
    if len(part) >= 2 and part.startswith('"') and part.endswith('"'):
        part = part[1:-1]
    return " ".join(part.replace('\\"', '"').split())


def render_templates(templates: tuple[Template, ...], document: str) -> str:
    """Write templates in the layout of the key files (what a 1992 site handed in)."""
    blocks = []
    for number, template in enumerate(templates, start=1):
        lines = [f"0.  {'MESSAGE: ID':<32}{document}", f"1.  {'MESSAGE: TEMPLATE':<32}{number}"]
        for at, slot in enumerate(Slot, start=2):
            fills = [_render_fill(slot, fill) for fill in template.fills(slot)] or ["-"]
            lines.append(f"{f'{at}.':<4}{slot.label:<32}{fills[0]}")
            lines.extend(" " * 36 + fill for fill in fills[1:])
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _render_fill(slot: Slot, fill: Fill) -> str:
    value = fill.values[0]
    text = f'"{value}"' if slot in STRING_SLOTS else value
    return f'{text}: "{fill.tags[0]}"' if fill.tags else text

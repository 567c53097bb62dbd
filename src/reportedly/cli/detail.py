"""How is one record shown? With its quotation, every piece of evidence, and the reasons behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from reportedly.cli import words
from reportedly.cli.as_json import print_json, record_without_names
from reportedly.cli.short_ids import abbreviate
from reportedly.cli.tables import (
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    emit,
    print_table,
    row_of_claim,
    row_of_event,
    style_of,
)
from reportedly.ledger.privacy import pseudonymise
from reportedly.ledger.rows import (
    ActorRecord,
    ClaimRecord,
    ClaimRow,
    EventRecord,
    PassageRecord,
    PlaceRecord,
    Record,
    ReportRecord,
    ReportRow,
    SourceRecord,
)
from reportedly.model import Claim, Event, Modality, Party, Passage, PassageKind, Place, Reading, Span, Where

Shorten = Callable[[str], str]
Line = tuple[str, str | Text]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what is known around it: who its outer voices are, and where it was published."""

    claim: Claim
    quote: str
    author: str
    reader: str
    published_in: str


def print_record(record: Record, report_ids: Iterable[str], *, as_json: bool) -> None:
    """Print one record of the ledger, as text for a person or as JSON."""
    if as_json:
        print_json(record_without_names(record))
        return
    shorten = abbreviate(report_ids)
    match record:
        case ClaimRecord(row=row, report=report, events=events):
            print_claim(_told(row, report), shorten, events)
        case EventRecord(event=event, claims=claims, place=place):
            print_event(event, claims, place, shorten)
        case ReportRecord(row=row, reading=reading, versions=versions):
            print_report(row, versions, shorten)
            print_reading(reading, shorten)
        case PassageRecord():
            print_passage(record, shorten)
        case ActorRecord(row=row, claims=claims):
            state = f"{row.status} {row.kind} {row.country}".strip()
            _print_lines(f"Actor {row.id or row.name}", [("name", row.name), ("is", state)])
            _print_claim_rows(claims, shorten)
        case PlaceRecord(row=row, claims=claims):
            _print_lines(f"Place {row.id or row.name}", _lines_of_place(row.place, row.name, row.status))
            _print_claim_rows(claims, shorten)
        case SourceRecord(source=source, claims=claims):
            grades = f"{source.reliability}{source.credibility} (reliability A to F, credibility 1 to 6)"
            lines = [("name", source.name), ("is", source.kind), ("grades", grades)]
            _print_lines(f"Source {source.id}", lines)
            _print_claim_rows(claims, shorten)


def print_claim(told: Told, shorten: Shorten, events: Sequence[Event] = ()) -> None:
    """Print a claim with its evidence, its parties and places with reasons, and the events it tells of."""
    claim = told.claim
    lines = list(_lines_of_claim(told, shorten))
    lines += [("event", f"{event.id}: {event.status}, {event.act}") for event in events]
    lines += [("evidence", f"{item.role} {_at(item.span)} “{_flat(item.quote)}”") for item in claim.evidence]
    lines += [("because", reason) for reason in claim.reasons]
    _print_lines(f"Claim {shorten(claim.id)}", lines)


def print_event(event: Event, claims: Sequence[ClaimRow], place: Place | None, shorten: Shorten) -> None:
    """Print an event: what it is, what independent sources make of it, and every claim behind it."""
    style = style_of(Modality(event.modality), event.negated)
    lines: list[Line] = [
        ("status", f"{event.status}{' (told by readers only)' if event.comments_only else ''}"),
        ("how put", Text(event.modality, style=style)),
        ("act", Text(f"not {event.act}" if event.negated else event.act, style=style)),
        ("who", ", ".join(event.actors) or words.NOTHING),
        ("whom", ", ".join(event.recipients) or words.NOTHING),
        ("where", ", ".join(event.places) or words.NOTHING),
        *([("drawn at", _describe_place(place))] if place else []),
        ("when", words.write_days(event.start, event.end) or words.NOTHING),
        ("sources", ", ".join(event.sources) or "none that is independent"),
    ]
    for unit, low, high, claim_id in event.numbers:
        lines.append(("number", f"{_range(low, high)} {unit} ({shorten(claim_id)})"))
    lines += [("because", reason) for reason in event.reasons]
    _print_lines(f"Event {event.id}", lines)
    _print_claim_rows(claims, shorten)


def print_report(row: ReportRow, versions: Sequence[str], shorten: Shorten) -> None:
    """Print what is known about a report."""
    lines: list[Line] = [
        ("title", row.title or words.NOTHING),
        ("outlet", row.outlet or words.NOTHING),
        ("published", row.published or "not stated"),
        ("from", row.url or row.key),
        ("language", row.language),
        ("read by", row.analyzer),
        ("version", f"{row.version} of {len(versions)}"),
    ]
    if row.superseded_by:
        lines.append(("newer", shorten(row.superseded_by)))
    _print_lines(f"Report {shorten(row.id)}", lines)


def print_reading(reading: Reading, shorten: Shorten) -> None:
    """Print a reading: passages in order, commenters under pseudonyms, and the claims and events in it."""
    reading = pseudonymise(reading)
    text = reading.report.text
    lines: list[Line] = [
        (f"p{passage.index} {_label_passage(passage)}", _flat(passage.span.of(text)) or "(no words)")
        for passage in reading.passages
        if passage.kind is not PassageKind.FURNITURE
    ]
    lines += [("note", note) for note in reading.notes]
    emit()
    _print_lines("Text", lines)
    emit()
    pseudonyms = {passage.index: passage.pseudonym for passage in reading.passages}
    print_table(
        CLAIM_COLUMNS,
        (
            row_of_claim(claim, shorten, author=reading.report.outlet, reader=pseudonyms.get(claim.passage))
            for claim in reading.claims
        ),
        empty="No claims.",
    )
    if reading.events:
        emit()
        print_table(EVENT_COLUMNS, map(row_of_event, reading.events), empty="No events.")


def print_passage(record: PassageRecord, shorten: Shorten) -> None:
    """Print a passage with its claims."""
    passage = record.passage
    lines: list[Line] = [("in", record.report.title or record.report.key), ("is", _label_passage(passage))]
    if passage.kind is PassageKind.COMMENT:
        answered = "the article" if passage.answers is None else f"{shorten(record.report.id)}.p{passage.answers}"
        lines.append(("answers", f"{answered} ({passage.answers_certainty or 'not told'})"))
    lines.append(("words", record.words or "(no words)"))
    _print_lines(f"Passage {shorten(record.id)}", lines)
    _print_claim_rows(record.claims, shorten)


def _lines_of_claim(told: Told, shorten: Shorten) -> Iterator[Line]:
    claim = told.claim
    style = style_of(claim.modality, claim.negated)
    yield "quote", f"“{_flat(told.quote)}” {_at(claim.sentence)}"
    yield "in", told.published_in + (f", a comment by {told.reader}" if claim.in_comment else "")
    yield "how put", Text(words.label_modality(claim), style=style)
    yield "act", Text(f"{words.label_act(claim)} (“{claim.act.lemma}”)", style=style)
    yield from (("who", _describe_party(party)) for party in claim.actors)
    yield from (("whom", _describe_party(party)) for party in claim.recipients)
    yield from (("where", _describe_where(where)) for where in claim.places)
    for when in claim.when:
        stated = words.write_interval(when.interval) or f"not resolved: {when.why or 'no reason given'}"
        yield "when", f"“{when.text}”: {stated}"
    yield "according to", words.name_voices(claim.voices, told.author, told.reader)
    for number in claim.quantities:
        yield "number", f"“{number.text}”: {_range(number.low, number.high)} {number.unit}"
    if claim.instruments:
        yield "with", ", ".join(claim.instruments)
    if claim.hedges:
        yield "hedged by", ", ".join(f"“{hedge}”" for hedge in claim.hedges)
    if claim.condition:
        yield "other half", shorten(claim.condition)
    if claim.agreement:
        yield "agreement", claim.agreement
    yield "sure", f"{words.write_share(claim.confidence)} (that the text says so, not that it is so)"
    yield from (("told again", _at(span)) for span in claim.same_as)


def _describe_party(party: Party) -> str:
    link = party.link
    known = f"{link.actor_id or 'no id'}, {link.status} {words.write_share(link.confidence)}"
    stated = f"“{_flat(party.text)}” {_at(party.span)}" if party.span else "not in the words"
    return "\n".join([f"{words.name_actor(link)} ({known}) {stated}", *_reasons(link.reasons, link.candidates)])


def _describe_where(where: Where) -> str:
    link = where.link
    place = f" ({_describe_place(link.place)})" if link.place else f" ({link.status})"
    stated = f"“{_flat(where.text)}” {_at(where.span)}"
    candidates = [label for _, label, _ in link.candidates] if len(link.candidates) > 1 else []
    head = f"{where.relation} {words.name_place(link)}{place} {stated}"
    return "\n".join([head, *_reasons(link.reasons, candidates)])


def _reasons(reasons: Sequence[str], candidates: Sequence[str]) -> Iterator[str]:
    if reasons:
        yield f"  because {'; '.join(reasons)}"
    if len(candidates) > 1:
        yield f"  considered: {', '.join(candidates[:5])}"


def _describe_place(place: Place) -> str:
    inside = f" in {', '.join(reversed(place.admin))}" if place.admin else ""
    return f"{place.id}, {place.kind}{inside}, ± {place.radius_km:.0f} km"


def _lines_of_place(place: Place | None, name: str, status: str) -> list[Line]:
    if place is None:
        return [("name", name), ("is", status)]
    middle = f"{place.lat:.3f}, {place.lon:.3f} (latitude, longitude of a point within it)"
    return [("name", place.name), ("is", _describe_place(place)), ("about", middle)]


def _told(row: ClaimRow, report: ReportRow) -> Told:
    published = ", ".join(part for part in (row.title or report.key, row.outlet, row.published) if part)
    return Told(row.claim, row.quote, row.outlet or "the article", row.pseudonym or "a reader", published)


def _print_claim_rows(rows: Sequence[ClaimRow], shorten: Shorten) -> None:
    emit()
    print_table(
        CLAIM_COLUMNS,
        (row_of_claim(row.claim, shorten, author=row.outlet, reader=row.pseudonym) for row in rows),
        empty="No claims.",
    )


def _print_lines(heading: str, lines: Iterable[Line]) -> None:
    """Print labelled lines under a heading; a label that repeats is printed once."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    before = ""
    for label, value in lines:
        grid.add_row("" if label == before else label, value if isinstance(value, Text) else Text(value))
        before = label
    emit(Text(heading, style="bold"), grid)


def _label_passage(passage: Passage) -> str:
    if passage.kind is PassageKind.COMMENT:
        return passage.pseudonym or "a reader"
    return str(passage.kind)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _at(span: Span) -> str:
    return f"[{span.start}:{span.end}]"


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "some"
    if low is not None and high is not None:
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"at least {low:g}" if low is not None else f"at most {high:g}"

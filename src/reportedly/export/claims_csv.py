"""CSV: one row a claim (RFC 4180: commas, CR LF, quotes where needed, a header row).

Lists are joined with ``;`` (one inside an element becomes a comma), steps of a voice chain with `` > ``. Text
cells that a spreadsheet would take for a formula (beginning with = + - @, a tab or CR) get an apostrophe in
front. An empty cell means that the report does not say. Columns:

claim_id, report_id     ids in the ledger
published               date of the report, as precise as stated (2020-03, 2020-03-05)
outlet, title, url      of the report
part                    article or comments
pseudonym               of the commenter, for claims in comments
voice, voice_kinds      who says it, outermost first
act                     PLOVER category and mode, or a state
category, mode, state   the same apart
actors, actor_ids       who did it; recipients, recipient_ids: to whom (ids: empty elements for unknown names)
places, place_ids       where
lat, lon, radius_km     of the first known place that is not a country; never a pin without its radius
where_prec              UCDP precision of that place, 1 (exact) to 7
start, end              first moment and the moment after the last, UTC, where the claim itself states a time
time_text               the words for the time
modality, negated       always present: asserted, planned, denied ...; true or false
condition, condition_role   the claim that is its other half
hedges, quantities, instruments, agreement
confidence              of the extraction, 0 to 1; says nothing about the truth of the content
events                  ids of the events it tells of; event_status: their status
quote                   the sentence, verbatim
quote_start, quote_end  its offsets in the report's text, in Unicode code points
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportedly.export.options import ExportOptions
from reportedly.ledger import Ledger, pseudonymise
from reportedly.ledger.codec import iso_prefix, timestamp
from reportedly.model import Claim, Event, Interval, Party, Place, PlaceKind, Quantity, Reading

Cell = str | int | float | None

COLUMNS = (
    *("claim_id", "report_id", "published", "outlet", "title", "url", "part", "pseudonym"),
    *("voice", "voice_kinds", "act", "category", "mode", "state"),
    *("actors", "actor_ids", "recipients", "recipient_ids", "places", "place_ids"),
    *("lat", "lon", "radius_km", "where_prec", "start", "end", "time_text"),
    *("modality", "negated", "condition", "condition_role", "hedges", "quantities", "instruments"),
    *("agreement", "confidence", "events", "event_status", "quote", "quote_start", "quote_end"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_csv(ledger: Ledger, options: ExportOptions) -> Iterator[str]:
    """Yield the header, then one line a claim, by report id and place in the text."""
    events: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(ledger.events(), key=lambda event: event.id):
        for claim_id in event.claims:
            events[claim_id].append(event)
    yield _line(COLUMNS)
    for reading in ledger.readings():
        public = pseudonymise(reading, comment_text=options.comment_text)
        for claim in public.claims:
            yield _line(_cells(claim, public, events, options))


def _cells(claim: Claim, reading: Reading, events: Mapping[str, Sequence[Event]], options: ExportOptions) -> list[Cell]:
    report = reading.report
    told = events.get(claim.id, ())
    quoted = options.comment_text or not claim.in_comment
    return [
        *(claim.id, report.id, iso_prefix(report.published), report.outlet, report.title, report.url),
        *("comments" if claim.in_comment else "article", reading.passages[claim.passage].pseudonym),
        *(" > ".join(v.name for v in claim.voices), " > ".join(v.kind for v in claim.voices)),
        *(claim.act.label, claim.act.category, claim.act.mode, claim.act.state),
        *_party_cells(claim.actors),
        *_party_cells(claim.recipients),
        _join(where.link.name for where in claim.places),
        _join(where.link.place.id if where.link.place else "" for where in claim.places),
        *_position_cells(claim),
        *_time_cells(claim),
        *(claim.modality, "true" if claim.negated else "false", claim.condition, claim.condition_role),
        _join(claim.hedges),
        _join(_quantity(quantity) for quantity in claim.quantities),
        *(_join(claim.instruments), claim.agreement, claim.confidence),
        *(_join(event.id for event in told), _join(event.status for event in told)),
        claim.sentence.of(report.text) if quoted else None,
        *(claim.sentence.start, claim.sentence.end),
    ]


def _party_cells(parties: Sequence[Party]) -> tuple[str, str]:
    names = _join(party.link.name for party in parties)
    return names, _join(party.link.actor_id or "" for party in parties)


def _position_cells(claim: Claim) -> tuple[Cell, Cell, Cell, Cell]:
    places = [w.link.place for w in claim.places if w.link.place is not None]
    drawn: Place | None = next((p for p in places if p.kind is not PlaceKind.COUNTRY), None)
    if drawn is None:
        return None, None, None, None
    return round(drawn.lat, 6), round(drawn.lon, 6), drawn.radius_km, drawn.ucdp_precision


def _time_cells(claim: Claim) -> tuple[str | None, str | None, str]:
    intervals: list[Interval] = [when.interval for when in claim.when if when.interval is not None]
    starts = [timestamp(interval.start) or "" for interval in intervals]
    ends = [timestamp(interval.end) or "" for interval in intervals]
    start = min(starts) if starts and all(starts) else None
    end = max(ends) if ends and all(ends) else None
    return start, end, _join(when.text for when in claim.when)


def _quantity(quantity: Quantity) -> str:
    return f"{quantity.text} {quantity.unit}" if quantity.unit not in quantity.text else quantity.text


def _join(elements: Iterable[str]) -> str:
    listed = [element.replace(";", ",") for element in elements]
    return ";".join(listed) if any(listed) else ""


def _line(cells: Sequence[Cell]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([_escape(cell) for cell in cells])
    return buffer.getvalue()


def _escape(cell: Cell) -> Cell:
    """Keep spreadsheets from running text; a NUL, which many of them stop at, is shown as U+FFFD."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

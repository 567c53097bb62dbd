"""How do others read it? One module per format; each yields text from a ledger.

Rules that hold for every format: UTF-8, ISO 8601 dates, null is null, modality and negation always present,
commenters only under their pseudonyms, and the same ledger gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, TextIO

import msgspec

from reportedly._version import __version__
from reportedly.export.claims_csv import export_csv
from reportedly.export.events_geojson import export_geojson
from reportedly.export.options import ExportOptions
from reportedly.export.whole_json import export_json
from reportedly.ledger import SCHEMA_VERSION, Ledger

__all__ = ["EXPORTERS", "ExportDescription", "ExportOptions", "Exporter", "describe", "export"]

Exporter = Callable[[Ledger, ExportOptions], Iterator[str]]

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {"csv": export_csv, "geojson": export_geojson, "json": export_json}
)


@dataclass(frozen=True, slots=True)
class ExportDescription:
    """What was exported: for the file that goes beside it (``describe``).

    sha256, size_bytes: of the export in UTF-8; reports, claims, events: how many the ledger holds.
    """

    tool: str
    version: str
    schema: int
    format: str
    comment_text: bool
    reports: int
    claims: int
    events: int
    size_bytes: int
    sha256: str


def export(ledger: Ledger, format: str, stream: TextIO | BinaryIO, *, comment_text: bool = True) -> ExportDescription:
    """Write the ledger to ``stream`` in ``format``, one of ``EXPORTERS``; return what was written.

    stream: binary, or text opened with ``newline=""`` (CSV lines end in CR LF).
    comment_text: whether the words of reader comments go out; their claims do in any case.
    Raises ValueError for an unknown format, LedgerError.
    """
    if format not in EXPORTERS:
        raise ValueError(f"no format {format!r} (there are: {', '.join(sorted(EXPORTERS))})")
    digest = hashlib.sha256()
    size_bytes = 0
    counts = ledger.counts()
    for piece in EXPORTERS[format](ledger, ExportOptions(comment_text=comment_text)):
        data = piece.encode()
        digest.update(data)
        size_bytes += len(data)
        if isinstance(stream, io.TextIOBase):
            stream.write(piece)
        else:
            stream.write(data)  # type: ignore[arg-type]
    return ExportDescription(
        tool="reportedly",
        version=__version__,
        schema=SCHEMA_VERSION,
        format=format,
        comment_text=comment_text,
        reports=counts.reports,
        claims=counts.claims,
        events=counts.events,
        size_bytes=size_bytes,
        sha256=digest.hexdigest(),
    )


def describe(exported: ExportDescription) -> str:
    """Return the JSON for a file beside an export ("claims.csv.meta.json"), ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(exported, order="sorted"), indent=2).decode() + "\n"

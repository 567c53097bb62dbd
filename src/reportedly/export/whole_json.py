"""JSON: the whole ledger in its canonical form.

One object: ``format``, ``schema``, and the lists ``reports``, ``passages``, ``claims``, ``events``,
``actors``, ``places``, ``sources``, one record a line. Records are the value types of ``reportedly.model``;
offsets count Unicode code points of the report's ``text``, in which commenters' names are masked character
for character. Geometries stand in ``places`` only. The SHA-256 of this export is the ledger's digest.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.export.options import ExportOptions
from reportedly.ledger import Ledger


def export_json(ledger: Ledger, options: ExportOptions) -> Iterator[str]:
    """Yield the canonical JSON of the ledger."""
    yield from ledger.canonical(comment_text=options.comment_text)

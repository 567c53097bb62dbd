"""What ``reportedly.read`` does; apart from the façade, so that importing the package stays cheap."""

from __future__ import annotations

import secrets
from os import PathLike
from pathlib import Path

from reportedly._errors import InputError, UnsuitableInput
from reportedly.model import Interval, Reading, Report
from reportedly.read import read_path, read_text
from reportedly.read.dates import parse_stated_date
from reportedly.run.pipeline import read_report

_KEY_BYTES = 32


def read_one(
    source: str | PathLike[str],
    *,
    title: str | None,
    outlet: str | None,
    published: str | Interval | None,
    url: str | None,
    key: bytes | None,
) -> Reading:
    """Analyse a text or the one report in a file; see ``reportedly.read``."""
    key = key or secrets.token_bytes(_KEY_BYTES)
    if not isinstance(source, str):
        return read_report(_only_report(Path(source)), key=key)
    date = _as_interval(published)
    return read_report(read_text(source, title=title, outlet=outlet, published=date, url=url), key=key)


def _only_report(path: Path) -> Report:
    found = list(read_path(path))
    if len(found) != 1:
        raise UnsuitableInput(path.name, f"holds {len(found)} reports, not one; add them to a ledger")
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def _as_interval(published: str | Interval | None) -> Interval | None:
    if not isinstance(published, str):
        return published
    interval = parse_stated_date(published)
    if interval is None:
        raise ValueError(f"not a date: {published!r}; write 2020-03-05, 2020-03 or 2020")
    return interval

"""Ledgers to write into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.ledger import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a ledger may be made."""
    return tmp_path / "reports.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """Open a new ledger."""
    with Ledger.open(path) as opened:
        yield opened

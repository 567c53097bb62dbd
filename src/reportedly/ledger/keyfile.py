"""Where is the key that makes commenters' pseudonyms? In a file beside the ledger, never inside it.

Whoever gets a copy of the ledger file alone cannot try names until one gives the pseudonym.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from reportedly._errors import LedgerError, LedgerReadOnly

_KEY_BYTES = 32
_CHECKED = b"reportedly ledger key"


def key_path(ledger: Path) -> Path:
    """Return where the key of a ledger lies.

    >>> key_path(Path("reports.sqlite")).name
    'reports.sqlite.key'
    """
    return ledger.with_name(ledger.name + ".key")


def make_key(ledger: Path) -> bytes:
    """Make the key of a new ledger, readable by its owner only; a key that is there already is kept."""
    target = key_path(ledger)
    if target.exists():
        return read_key(ledger)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)  # in one step: a key is there whole or not at all
    except OSError as error:
        raise LedgerReadOnly(f"{target}: the key cannot be written: {error.strerror}") from error
    return key


def read_key(ledger: Path) -> bytes:
    """Read the key; LedgerError if it is missing or broken."""
    path = key_path(ledger)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except FileNotFoundError as error:
        raise LedgerError(
            f"{path}: the key of this ledger is missing: reading works, adding needs it; put it back"
        ) from error
    except OSError as error:
        raise LedgerError(f"{path}: the key cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise LedgerError(f"{path}: this is not a key; put the right one back") from error
    if len(key) != _KEY_BYTES:
        raise LedgerError(f"{path}: this is not a key; put the right one back")
    return key


def fingerprint(key: bytes) -> str:
    """Return what the ledger keeps to notice a wrong key; tells nothing about the key."""
    return hmac.new(key, _CHECKED, hashlib.sha256).hexdigest()[:16]

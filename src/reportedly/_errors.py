"""Every error that Reportedly raises on purpose.

::

    ReportedlyError
    ├── InputError          a report cannot be read (the batch goes on, the report is quarantined)
    │   ├── UnreadableInput     no such file, no permission, a folder where a file was meant
    │   └── UnsuitableInput     empty, binary, too large, broken JSON line
    ├── DataError           something in the ledger or a data file contradicts itself
    ├── LedgerError         the ledger cannot be opened, read or written
    │   ├── LedgerLocked        another process holds it longer than the time-out
    │   ├── LedgerReadOnly      no permission, read-only medium, disk full
    │   └── NotInLedger         no record has this id
    └── EnvironmentProblem  the installation lacks something (a model, the built gazetteer)

Each error carries one line for a person (what, where, what to do) and an ``exit_code``:
1 finished with quarantined items, 2 usage, 3 data, 4 environment.
"""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of all errors raised on purpose; ``str(error)`` is one line for a person."""

    exit_code = 3


class InputError(ReportedlyError):
    """A report cannot be read. ``name`` says which file or line, ``cause`` says why."""

    exit_code = 1

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"{name}: {cause}")
        self.name = name
        self.cause = cause


class UnreadableInput(InputError):
    """The bytes cannot be had: no such file, no permission."""


class UnsuitableInput(InputError):
    """The bytes are there but are not a report: empty, binary, too large, broken JSON."""


class DataError(ReportedlyError):
    """A data file or a stored record contradicts itself."""


class LedgerError(ReportedlyError):
    """The ledger cannot be opened, read or written."""

    exit_code = 4


class LedgerLocked(LedgerError):
    """Another process holds the ledger longer than the time-out."""


class LedgerReadOnly(LedgerError):
    """The ledger cannot be written: permissions, read-only medium, full disk."""


class NotInLedger(LedgerError):
    """No record in the ledger has this id."""

    exit_code = 3


class EnvironmentProblem(ReportedlyError):
    """The installation lacks something that it needs."""

    exit_code = 4

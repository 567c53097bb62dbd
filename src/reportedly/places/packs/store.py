"""Keeps packs: one file each in the user's folder. A pack is moved into place whole, or not at all."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from reportedly._errors import DataError, EnvironmentProblem
from reportedly.places.gazetteer import Gazetteer, pack_folder
from reportedly.places.packs.build import PackSummary, build_pack
from reportedly.places.packs.entry import Entry

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,30}")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack in the folder. source: what to credit; digest: of its content; megabytes: its size on disk."""

    code: str
    places: int
    names: int
    countries: tuple[str, ...]
    source: str
    digest: str
    megabytes: float
    path: Path


class PackStore:
    """The packs of one folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or pack_folder()

    def packs(self) -> list[Pack]:
        """Return the packs by their code. Raise EnvironmentProblem for a file that is none."""
        return [_read_pack(path) for path in sorted(self.folder.glob("*.sqlite"))]

    def path(self, code: str) -> Path:
        """Return where the pack ``code`` lies or would lie. Raise DataError for a code that is no file name."""
        if not _CODE.fullmatch(code):
            raise DataError(f"{code!r} is no name for a pack: letters, digits, - and _ (a country's code: SY)")
        return self.folder / f"{code.upper() if len(code) == 2 else code}.sqlite"

    def add(self, entries: Iterable[Entry], code: str, source: str, world: Gazetteer) -> PackSummary:
        """Build a pack and put it in the place of the one before. On any error, that one stays as it is."""
        target = self.path(code)
        draft = target.with_name(f"{target.stem}.{os.getpid()}.part")
        try:
            summary = build_pack(entries, target.stem, source, draft, world)
            draft.replace(target)
        except OSError as error:
            raise EnvironmentProblem(f"{target}: the pack cannot be written: {error.strerror or error}") from error
        finally:
            with suppress(OSError):  # it may be that not even the folder could be made
                draft.unlink(missing_ok=True)
        return summary

    def remove(self, code: str) -> None:
        """Delete a pack. Raise DataError if there is none of this code."""
        path = self.path(code)
        if not path.is_file():
            known = ", ".join(sorted(p.stem for p in self.folder.glob("*.sqlite"))) or "none"
            raise DataError(f"no pack is called {code!r}; there are: {known}")
        try:
            path.unlink()
        except OSError as error:
            raise EnvironmentProblem(f"{path}: it cannot be removed: {error.strerror or error}") from error


def installed_packs() -> list[Pack]:
    """Return the packs of this user."""
    return PackStore().packs()


def _read_pack(path: Path) -> Pack:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            meta: Mapping[str, str] = dict(db.execute("SELECT key, value FROM meta").fetchall())
        return Pack(
            path.stem, int(meta["places"]), int(meta["names"]), tuple(meta["countries"].split()), meta["source"],
            meta["digest"], round(path.stat().st_size / 1e6, 1), path,
        )  # fmt: skip
    except (sqlite3.Error, OSError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise EnvironmentProblem(f"{path}: it is no pack ({error}); delete it, and add the pack anew") from error

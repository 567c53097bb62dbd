"""How are packs made from the command line? Checks what was asked for, downloads, builds, shows how far it is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import typer

from reportedly._errors import DataError, EnvironmentProblem, ReportedlyError
from reportedly.cli.faults import say
from reportedly.places import Gazetteer, open_gazetteer
from reportedly.places.packs import (
    Entry,
    PackError,
    PackStore,
    download_geonames,
    read_source,
)
from reportedly.places.packs.download import GEONAMES_URL
from reportedly.places.packs.sources import GEONAMES, WHOSONFIRST
from reportedly.places.packs.tables import TableFormat, parse_columns

Meter = Callable[[str, int, int], None]  # what is being done, how far it is, of how much (0: not known)
_SHOWN = 3  # broken rows
_EVERY = 500  # entries between two looks at the bar
# "SY.txt", "SY.places.tsv.xz"; "whosonfirst-data-admin-sy-latest.db"
_CODE_IN_NAME = re.compile(r"([A-Z]{2})\.[a-z.]+|whosonfirst-data-admin-([a-z]{2})\b.*\.db")


@dataclass(frozen=True, slots=True)
class Order:
    """What packs to make. source: the file to make them of; None: from GeoNames at ``url``."""

    codes: tuple[str, ...]
    source: Path | None
    country: str
    columns: Mapping[str, str]
    url: str
    skip_broken: bool

    @classmethod
    def check(
        cls,
        codes: Sequence[str],
        source: Path | None,
        country: str | None,
        columns: list[str],
        url: str | None,
        *,
        skip_broken: bool,
    ) -> Self:
        """Return an order that makes sense; raise a usage error if it does not."""
        if country and not is_country_code(country):
            raise typer.BadParameter(f"{country!r} is not a country's code of two letters (SY)", param_hint="--country")
        if source is None:
            _check_download(codes, country, columns)
        elif not codes:
            codes = [_code_of(source)]
        try:
            named = parse_columns(columns)
        except PackError as error:
            raise typer.BadParameter(str(error), param_hint="--column") from None
        spelt = [code.upper() if is_country_code(code) else code for code in codes]
        return cls(
            tuple(dict.fromkeys(spelt)), source, (country or "").upper(), named, url or GEONAMES_URL, skip_broken
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that was made. skipped: broken rows left out; first_skipped: what was wrong with the first of them."""

    code: str
    places: int
    names: int
    countries: tuple[str, ...]
    districts: int
    source: str
    digest: str
    path: Path
    megabytes: float
    seconds: float
    replaced: bool
    skipped: int = 0
    first_skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A pack that could not be made."""

    code: str
    error: ReportedlyError


@dataclass(slots=True)
class _Skipped:
    """Takes note of broken rows, or refuses the file for the first one."""

    allowed: bool
    count: int = 0
    first: list[str] = field(default_factory=list)

    def reject(self, error: PackError) -> None:
        if not self.allowed:
            raise PackError(f"{error} (--skip-broken leaves such rows out)")
        self.count += 1
        if len(self.first) < _SHOWN:
            self.first.append(str(error))


def make_packs(order: Order) -> tuple[list[Made], list[Failed]]:
    """Make the packs one after the other; say what is wrong with those that cannot be made."""
    if order.source is not None:
        _check_source(order, order.source)
    store, world = PackStore(), open_gazetteer(())
    made: list[Made] = []
    failed: list[Failed] = []
    for code in order.codes:
        try:
            with _show_meter() as meter:
                made.append(_make_pack(order, code, store, world, meter))
        except (DataError, EnvironmentProblem) as error:
            say(f"{code}: {error}")
            failed.append(Failed(code, error))
    return made, failed


def _make_pack(order: Order, code: str, store: PackStore, world: Gazetteer, meter: Meter) -> Made:
    started = time.monotonic()
    replaced = store.path(code).is_file()
    if order.source is not None:
        path = order.source
    else:
        if world.country(code) is None:
            raise DataError("no country has this code (ISO 3166-1 alpha-2: SY for Syria)")
        path = download_geonames(code, store.folder / "downloads", _show_bytes(meter, code), url=order.url)
    skipped = _Skipped(order.skip_broken)
    alpha2 = code if is_country_code(code) else ""
    form = TableFormat(code, order.country or alpha2, order.columns)
    entries, credit = read_source(path, form, (alpha2,) if alpha2 else (), skipped.reject)
    summary = store.add(_counted(entries, meter, code), code, credit, world)
    if order.source is None:
        path.unlink()
        with suppress(OSError):  # other downloads are in it
            path.parent.rmdir()
    target = store.path(code)
    return Made(
        summary.code, summary.places, summary.names, summary.countries, summary.districts, credit, summary.digest,
        target, round(target.stat().st_size / 1e6, 1), round(time.monotonic() - started, 1), replaced, skipped.count,
        tuple(skipped.first),
    )  # fmt: skip


def is_country_code(given: str) -> bool:
    """Tell whether ``given`` looks like ISO 3166-1 alpha-2."""
    return len(given) == 2 and given.isascii() and given.isalpha()


def _check_download(codes: Sequence[str], country: str | None, columns: list[str]) -> None:
    if not codes:
        raise typer.BadParameter("which country? For example: reportedly places add SY", param_hint="CODE")
    for code in codes:
        if not is_country_code(code):
            raise typer.BadParameter(
                f"{code!r} is not a country's code of two letters (SY); for a list of your own give --from FILE",
                param_hint="CODE",
            )
    if country or columns:
        raise typer.BadParameter("it is for lists of your own, with --from", param_hint="--country, --column")


def _code_of(source: Path) -> str:
    """Return the country that a file's name tells ("SY.zip")."""
    found = _CODE_IN_NAME.fullmatch(source.name)
    if found is None:
        raise typer.BadParameter(
            f"the name {source.name!r} does not tell it; for example: reportedly places add my-sites --from FILE",
            param_hint="CODE",
        )
    return (found[1] or found[2]).upper()


def _check_source(order: Order, source: Path) -> None:
    """Refuse a file of no known format, and options that its format has no use for."""
    _, credit = read_source(source, TableFormat("", columns=order.columns))
    if credit not in (GEONAMES, WHOSONFIRST):
        if len(order.codes) > 1:
            raise typer.BadParameter("only a GeoNames dump can be made into several packs", param_hint="CODE")
    elif order.country or order.columns:
        raise typer.BadParameter(
            f"the format of {source.name} is known; this is for lists of your own", param_hint="--country, --column"
        )


def _counted(entries: Iterable[Entry], meter: Meter, code: str) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if number % _EVERY == 0:
            meter(f"{code}: {number:,} places", 0, 0)
        yield entry
    meter(f"{code}: sorting the names", 0, 0)


def _show_bytes(meter: Meter, code: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        of = f" of {total / 1e6:.1f}" if total else ""
        meter(f"{code}: {done / 1e6:.1f}{of} MB", done, total)

    return show


@contextmanager
def _show_meter() -> Iterator[Meter]:
    """Show a bar on stderr while the block runs; nothing without a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda words, done, total: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(bar_width=20), TextColumn("{task.description}"), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=console, transient=True) as bar:
        measured = bar.add_task("", visible=False)  # a download; the time left is told
        counted = bar.add_task("", total=None, visible=False)  # of which nobody knows how much there is

        def update(words: str, done: int, total: int) -> None:
            bar.update(measured, description=words, completed=done, total=total, visible=total > 0)
            bar.update(counted, description=words, visible=total == 0)

        yield update

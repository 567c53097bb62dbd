"""Commands about places: the list of the ledger's; packs of villages; what a name may be, and why it was read so.

Commands import what they need when they run, so that ``--help`` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reportedly.cli.faults import ExitCode, say
from reportedly.cli.look import cut, open_ledger
from reportedly.cli.options import JsonOption, LedgerOption, LimitOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly._errors import InputError
    from reportedly.model import Reading

CodesArgument = Annotated[list[str], typer.Argument(metavar="CODE...", help="Codes of packs, as `list` shows them.")]
NAME = "places"
_REPORT = "r-"

group = typer.Typer(rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(group, name=NAME)


@group.callback(invoke_without_command=True)
def places(
    ctx: typer.Context, limit: LimitOption = 50, ledger: LedgerOption = None, as_json: JsonOption = False
) -> None:
    """List places; add packs of villages; find a name.

    Without a command: the places of the ledger, with their radius of uncertainty.
    """
    from reportedly.cli.listings import print_places

    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return
    with open_ledger(ledger) as source:
        print_places(cut(source.places(public=True), limit), as_json=as_json)


@group.command()
def add(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE...", help="Countries (SY), or a label for a list of your own (my-sites)."),
    ] = None,
    *,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="A GeoNames dump, a Who's On First export, CSV, TSV or GeoJSON."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option("--country", metavar="XX", help="The country of rows in your own list that state none."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="OURS=HEADER", help="What a column of your own list is called."),
    ] = None,
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Leave out rows with errors instead of refusing the file.")
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="URL",
            envvar="REPORTEDLY_GEONAMES_URL",
            show_envvar=False,
            help="Where to download dumps from. Default: $REPORTEDLY_GEONAMES_URL, else GeoNames.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Add packs: the villages of a country, or your own list.

    Without --from, the country's dump is downloaded from GeoNames. A pack of the same code is replaced; on any
    error it stays as it was. With several codes, one that fails does not stop the others.
    """
    from reportedly.cli.place_packs import Order, make_packs
    from reportedly.cli.place_words import print_additions

    order = Order.check(codes or [], source, country, columns or [], url, skip_broken=skip_broken)
    made, failed = make_packs(order)
    print_additions(made, failed, as_json=as_json)
    _finish(len(made), [failure.error for failure in failed])


@group.command("list")
def list_packs(as_json: JsonOption = False) -> None:
    """List the packs, after the built-in gazetteer of the world."""
    from reportedly.cli.place_words import print_packs
    from reportedly.places import open_gazetteer
    from reportedly.places.packs import installed_packs

    print_packs(open_gazetteer(()).size(), installed_packs(), as_json=as_json)


@group.command()
def remove(codes: CodesArgument, as_json: JsonOption = False) -> None:
    """Remove packs."""
    from reportedly._errors import DataError
    from reportedly.cli.as_json import print_json
    from reportedly.places.packs import PackStore

    store = PackStore()
    removed: list[str] = []
    failed: list[Exception] = []
    for code in codes:
        try:
            store.remove(code)
            removed.append(store.path(code).stem)
        except DataError as error:
            say(str(error))
            failed.append(error)
    if as_json:
        print_json({"removed": removed})
    else:
        for code in removed:
            typer.echo(f"Pack {code} is removed.")
    _finish(len(removed), failed)


@group.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a report writes it.")],
    countries: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="XX", help="Only in this country, typing errors included. Repeatable."),
    ] = None,
    limit: LimitOption = 10,
    as_json: JsonOption = False,
) -> None:
    """Show which places a name may be, best fit first.

    Spellings and vowels may differ (the latter in packs). Typing errors are looked for only with --country.
    """
    from reportedly.cli.place_words import print_candidates, suggest_packs
    from reportedly.places import open_gazetteer
    from reportedly.places.packs import installed_packs
    from reportedly.places.regions import find_regions
    from reportedly.places.search import search_places

    codes = [_check_country(code) for code in countries or []]
    gazetteer = open_gazetteer()
    named = [region for region in find_regions(name, gazetteer) if not codes or {*codes} & {*region.countries}]
    found = [*named, *search_places(name, gazetteer, codes)]
    print_candidates(name, cut(found, limit), gazetteer, as_json=as_json)
    if not found:
        say(suggest_packs(codes, installed_packs()))


@group.command()
def explain(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A file, - for stdin, or the id of a report in the ledger.")
    ],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how each place name of a report was read, and why.

    With what else it could be, what is uncertain about it, and which claims use it.
    """
    from reportedly._errors import InputError
    from reportedly.cli.pack_hint import hint_at_packs, links_of
    from reportedly.cli.place_words import print_explanations

    readings: list[Reading] = []
    failed: list[Exception] = []
    for read in _readings(report, ledger):
        if isinstance(read, InputError):
            say(str(read))
            failed.append(read)
        else:
            readings.append(read)
    print_explanations(readings, as_json=as_json)
    hint_at_packs([links_of(reading) for reading in readings])
    _finish(len(readings), failed)


def _readings(report: str, ledger: Path | None) -> Iterator[Reading | InputError]:
    """Yield the readings of a file as ``reportedly read`` does, or the one of the ledger that has this id."""
    from reportedly._errors import DataError
    from reportedly.cli.short_ids import expand
    from reportedly.cli.take import read_file
    from reportedly.ledger import pseudonymise

    if not report.startswith(_REPORT) or Path(report).exists():
        yield from (read if isinstance(read, Exception) else pseudonymise(read) for read in read_file(report))
        return
    if "." in report:
        raise DataError(f"{report}: this is a part of a report; explain takes {report.partition('.')[0]}")
    with open_ledger(ledger) as source:
        ids = [row.id for row in source.reports(all_versions=True)]
        yield pseudonymise(source.reading(expand(report, ids)))


def _check_country(given: str) -> str:
    from reportedly.cli.place_packs import is_country_code

    if not is_country_code(given):
        raise typer.BadParameter(f"{given!r} is not a country's code of two letters (SY)", param_hint="--country")
    return given.upper()


def _refuse_options(ctx: typer.Context) -> None:
    """Raise a usage error for an option of the list that was given before a command."""
    for parameter in ctx.command.params:
        origin: Any = ctx.get_parameter_source(parameter.name or "")
        if origin is not None and origin.name == "COMMANDLINE":
            raise typer.BadParameter(
                f"it is for the list of places; options of {ctx.invoked_subcommand} go after it",
                param_hint=parameter.opts[0],
            )


def _finish(done: int, failed: list[Exception]) -> None:
    """Leave with 1 where a part failed, with the error's own code where everything did."""
    from reportedly.cli.faults import describe

    if failed:
        described = describe(failed[0])
        assert described is not None
        raise typer.Exit(ExitCode.QUARANTINED if done else described[1])

"""How are packs, candidates and resolved names shown? In the style of ``show``, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from rich.table import Table
from rich.text import Text

from reportedly.cli import words
from reportedly.cli.as_json import print_json
from reportedly.cli.place_packs import Failed, Made
from reportedly.cli.short_ids import abbreviate
from reportedly.cli.tables import Column, emit, print_table
from reportedly.model import LinkStatus, Place, PlaceKind, PlaceLink, Reading, Span
from reportedly.places import Candidate, Gazetteer
from reportedly.places.computed import admin_chain
from reportedly.places.fold import fold_name
from reportedly.places.packs import Pack
from reportedly.places.packs.advice import covered_countries, promise
from reportedly.places.regions import get_region

_BUILT_IN = "GeoNames, towns of 500 and more (CC BY 4.0); Natural Earth"
_MATCHES = {
    "exact": "exact",
    "other name": "another name of it",
    "romanised": "written otherwise",
    "consonants": "same consonants",
    "part": "part of the name",
    "similar": "similar",
}
_AREAS = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2)
_MOST_COUNTRIES = 4


@dataclass(frozen=True, slots=True)
class Explained:
    """A place name as written in a report, wherever it was read in the same way.

    claims: ids of the claims that it is a place of.
    """

    words: str
    spans: tuple[Span, ...]
    link: PlaceLink
    claims: tuple[str, ...]


def print_additions(made: Sequence[Made], failed: Sequence[Failed], *, as_json: bool) -> None:
    """Print the packs that were made."""
    if as_json:
        causes = [{"code": one.code, "cause": str(one.error)} for one in failed]
        print_json({"packs": [asdict(one) | {"path": str(one.path)} for one in made], "failed": causes})
        return
    for number, one in enumerate(made):
        if number:
            emit()
        _print_lines(f"Pack {one.code}{' (made anew)' if one.replaced else ''}", _lines_of_pack(one))


def _lines_of_pack(made: Made) -> Iterator[tuple[str, str]]:
    with_districts = f", {made.districts:,} of them districts" if made.districts else ""
    yield "places", f"{made.places:,}{with_districts}"
    yield "names", f"{made.names:,}"
    yield "in", _list_countries(made.countries)
    yield "size", f"{_write_size(made.megabytes)} MB, made in {made.seconds} s"
    yield "credit", made.source
    yield "lies at", str(made.path)
    if made.skipped:
        yield "left out", f"{made.skipped:,} broken {'row' if made.skipped == 1 else 'rows'}"
        yield from (("left out", cause) for cause in made.first_skipped)
        if made.skipped > len(made.first_skipped):
            yield "left out", "..."


def print_packs(built: tuple[int, int, int], packs: Sequence[Pack], *, as_json: bool) -> None:
    """Print the packs. built: places, names and countries of the gazetteer that is built in."""
    places, names, countries = built
    if as_json:
        first = {"code": None, "places": places, "names": names, "countries": countries, "source": _BUILT_IN}
        print_json([first, *(asdict(pack) | {"path": str(pack.path)} for pack in packs)])
        return
    columns = (
        Column("code"),
        Column("places", justify="right"),
        Column("names", justify="right"),
        Column("in", share=2),
        Column("MB", justify="right"),
        Column("source", share=5),
        Column("digest"),
    )
    rows = [
        ("built in", f"{places:,}", f"{names:,}", f"{countries} countries", words.NOTHING, _BUILT_IN, words.NOTHING)
    ]
    rows += [
        (pack.code, f"{pack.places:,}", f"{pack.names:,}", _list_countries(pack.countries), _write_size(pack.megabytes),
         pack.source, pack.digest)
        for pack in packs
    ]  # fmt: skip
    print_table(columns, rows, empty="")


def _write_size(megabytes: float) -> str:
    return f"{megabytes}" if megabytes else "<0.1"


def _list_countries(codes: Sequence[str]) -> str:
    more = len(codes) - _MOST_COUNTRIES
    return " ".join(codes[:_MOST_COUNTRIES]) + (f" and {more} more" if more > 0 else "")


def print_candidates(name: str, found: Sequence[Candidate], gazetteer: Gazetteer, *, as_json: bool) -> None:
    """Print what a name may be."""
    if as_json:
        print_json([_as_record(name, place, gazetteer) for place in found])
        return
    columns = (
        Column("fit", justify="right"),
        Column("matched", share=4),
        Column("place", share=8),
        Column("kind, people", share=5),
        Column("position, id", share=6),
    )
    print_table(columns, (_row_of_candidate(name, place, gazetteer) for place in found), empty="Nothing found.")


def _row_of_candidate(name: str, place: Candidate, gazetteer: Gazetteer) -> tuple[str | Text, ...]:
    inside = _inside(place, gazetteer)
    what = Text(place.name, style="bold")
    what.append(f"\n{inside}" if inside else "", style="not bold")
    kind = f"{place.kind} ({place.feature})" if place.kind is PlaceKind.SITE else str(place.kind)
    people = f"\n{place.population:,}" if place.population else ""
    at = f"{place.lat:.4f}, {place.lon:.4f}\n{place.id}"
    return words.write_share(place.fit), _MATCHES[_match_of(name, place)], what, kind + people, at


def _as_record(name: str, place: Candidate, gazetteer: Gazetteer) -> dict[str, object]:
    return {
        "id": place.id,
        "name": place.name,
        "fit": place.fit,
        "match": _match_of(name, place),
        "kind": str(place.kind),
        "feature": place.feature,
        "countries": list(place.countries),
        "admin": list(_chain(place, gazetteer)),
        "population": place.population or None,
        "lat": place.lat,
        "lon": place.lon,
    }


def _match_of(name: str, place: Candidate) -> str:
    """Return how a candidate was matched; regions and routes know only that one of their names is it."""
    if place.kind in (PlaceKind.REGION, PlaceKind.ROUTE) and fold_name(get_region(place.id).names[0]) != fold_name(
        name
    ):
        return "other name"
    return place.match


def _chain(place: Candidate, gazetteer: Gazetteer) -> list[str]:
    """Return what a place lies in, from the country downwards, without itself."""
    if len(place.countries) > 1 and not place.disputed:
        return [found.name for code in place.countries if (found := gazetteer.country(code))]
    return _without_itself(admin_chain(place, gazetteer), place)


def _without_itself(admin: Sequence[str], place: Candidate | Place) -> list[str]:
    """Return an admin chain without the area itself that ends it: "Idlib" is in Syria, the town of that name in it."""
    return list(admin[:-1] if admin and admin[-1] == place.name and place.kind in _AREAS else admin)


def _inside(place: Candidate, gazetteer: Gazetteer) -> str:
    return ", ".join(reversed(_chain(place, gazetteer)))


def suggest_packs(countries: Sequence[str], packs: Sequence[Pack]) -> str:
    """Say what to do when nothing was found."""
    lacking = [code for code in countries if code not in covered_countries(packs)]
    if lacking:
        return f"not in the gazetteer at hand; `reportedly places add {' '.join(lacking)}` {promise(lacking)}"
    if countries:
        return "not in the gazetteer at hand, nor anything like it; a list of your own can add it (docs/places.md)"
    return (
        "not in the gazetteer at hand; with --country XX names with typing errors are found too, and "
        "`reportedly places add XX` adds the villages of a country"
    )


def explain_names(reading: Reading) -> list[Explained]:
    """Return the place names of a report in the order of its text, alike ones together."""
    text = reading.report.text
    used: dict[Span, list[str]] = {}
    found: dict[Span, PlaceLink] = {}
    for claim in reading.claims:
        for where in claim.places:
            used.setdefault(where.span, []).append(claim.id)
            found[where.span] = where.link
    for mention in reading.mentions:
        if mention.place is not None and not any(mention.span.overlaps(span) for span in used):
            found[mention.span] = mention.place
    alike: dict[tuple[str, PlaceLink], list[Span]] = {}
    for span, link in sorted(found.items()):
        alike.setdefault((" ".join(span.of(text).split()), link), []).append(span)
    return [
        Explained(said, tuple(spans), link, tuple(dict.fromkeys(c for span in spans for c in used.get(span, ()))))
        for (said, link), spans in alike.items()
    ]


def print_explanations(readings: Sequence[Reading], *, as_json: bool) -> None:
    """Print how the place names of reports were read."""
    if as_json:
        print_json([{"report": reading.report.id, "names": explain_names(reading)} for reading in readings])
        return
    shorten = abbreviate(reading.report.id for reading in readings)
    for number, reading in enumerate(readings):
        names = explain_names(reading)
        if number:
            emit()
        title = f": {reading.report.title}" if reading.report.title else ""
        emit(Text(f"Report {shorten(reading.report.id)}{title}", style="bold"), Text(_count(names)))
        for note in reading.notes:
            emit(Text(note))
        for one in names:
            emit()
            at = " ".join(f"[{span.start}:{span.end}]" for span in one.spans)
            _print_lines(f"“{one.words}” {at}", _lines_of_name(one, [shorten(claim) for claim in one.claims]))


def _count(names: Sequence[Explained]) -> str:
    if not names:
        return "no names of places"
    statuses = [one.link.status for one in names]
    counts = ", ".join(f"{statuses.count(s)} {s}" for s in dict.fromkeys(sorted(statuses, key=list(LinkStatus).index)))
    return f"{len(names)} {'name' if len(names) == 1 else 'names'} of places ({counts})"


def _lines_of_name(one: Explained, claims: Sequence[str]) -> Iterator[tuple[str, str]]:
    link, place = one.link, one.link.place
    losers, reasons = _weigh_losers(link)
    if place is None:
        yield str(link.status), reasons[0] if reasons else link.name
        reasons = reasons[1:]
    else:
        yield str(link.status), f"{place.name}, {_sort_of(place)} ({place.id})"
        precision = f"precision {place.ucdp_precision} of 7 (UCDP), {place.acled_precision} of 3 (ACLED)"
        yield "how exact", f"± {place.radius_km:,.0f} km; {precision}"
        share = link.candidates[0][2] if link.candidates else 0
        yield "sure", words.write_share(link.confidence) + (f" (share {share:.0%})" if 0 < share < 0.995 else "")
    yield from (("because", reason) for reason in reasons)
    yield from (("rather than", loser) for loser in losers)
    yield "claims", ", ".join(claims) or "none"


def _sort_of(place: Place) -> str:
    """Return what a place is and lies in: "town in Idlib, Syria"."""
    kind = "computed area" if place.kind is PlaceKind.RELATIVE else str(place.kind)
    inside = _without_itself(place.admin, place)
    if inside and inside[-1].startswith(f"{place.name} ("):  # a disputed area lies in no country
        return f"{kind} {inside[-1].removeprefix(place.name).strip()}"
    return f"{kind} in {', '.join(reversed(inside))}" if inside else kind


def _weigh_losers(link: PlaceLink) -> tuple[list[str], list[str]]:
    """Return the candidates that lost, each with its share or why it is out, and the reasons for the winner."""
    reasons = list(link.reasons)
    losers: list[str] = []
    hopeless: list[str] = []
    won = 1 if link.place is not None and link.candidates and link.candidates[0][2] > 0 else 0
    for _, label, share in link.candidates[won:]:
        why = [reason for reason in reasons if reason.startswith(f"not {label}: ")]
        told = [reason for reason in reasons if reason.startswith(f"{label} is less likely here")]
        reasons = [reason for reason in reasons if reason not in (*why, *told)]
        if why:
            losers.append(f"{label}: {why[0].removeprefix(f'not {label}: ')}")
        elif share >= 0.005:
            losers.append(f"{label}: {share:.0%}")
        else:
            hopeless.append(label)
    if hopeless:
        losers.append(f"under 1%{' each' if len(hopeless) > 1 else ''}: {'; '.join(hopeless)}")
    return losers, reasons


def _print_lines(heading: str, lines: Iterator[tuple[str, str]]) -> None:
    """Print labelled lines under a heading; a label that repeats is printed once."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    before = ""
    for label, value in lines:
        grid.add_row("" if label == before else label, Text(value))
        before = label
    emit(Text(heading, style="bold"), grid)

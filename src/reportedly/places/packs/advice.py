"""Would a pack help? What to tell a person when names of reports were not found."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from importlib.resources import files

from reportedly.model import LinkStatus, PlaceKind, PlaceLink
from reportedly.places.fold import fold_name
from reportedly.places.packs.sources import GEONAMES, WHOSONFIRST
from reportedly.places.packs.store import Pack

_MOSTLY = 0.5  # of a report's places lie in countries without a pack
_WORTH_NAMING = 0.25  # of its places lie in this country
_MOST_CODES = 3


@functools.cache
def load_sizes() -> Mapping[str, int]:
    """Load how many places a country's pack has, by ISO 3166-1 alpha-2 code; not all countries are known."""
    text = (files("reportedly.data") / "places" / "pack_sizes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {code: int(places) for code, places in rows}


def covered_countries(packs: Iterable[Pack]) -> frozenset[str]:
    """Return the countries whose villages the packs know.

    A list of the user's own covers a country only if it is called by its code: five bases in Syria are not Syria.
    """
    found: set[str] = set()
    for pack in packs:
        whole = pack.source in (GEONAMES, WHOSONFIRST)
        found |= {code for code in pack.countries if whole or code == pack.code}
    return frozenset(found)


def advise(
    reports: Iterable[Sequence[PlaceLink]], covered: Collection[str], to_alpha2: Callable[[str], str]
) -> str | None:
    """Return which packs would help with the names that were not found, None where none would.

    reports: the links of each report, resolved and not. covered: countries with a pack, ISO 3166-1 alpha-2.
    to_alpha2: from the alpha-3 codes of places, "" where there is none. Only reports count whose places lie mostly in
    countries without a pack, and each name counts once a report.
    """
    names = 0
    wanted: Counter[str] = Counter()
    for links in reports:
        unknown = {fold_name(link.name) for link in links if link.status is LinkStatus.UNKNOWN and _is_name(link.name)}
        countries = _count_countries(links, to_alpha2) if unknown else Counter()
        lacking = Counter({code: count for code, count in countries.items() if code not in covered})
        if lacking.total() > _MOSTLY * countries.total():
            names += len(unknown)
            least = _WORTH_NAMING * countries.total()
            wanted.update({code: count for code, count in lacking.items() if count >= least})
    if not names or not wanted:
        return None
    codes = [code for code, _ in sorted(wanted.items(), key=lambda item: (-item[1], item[0]))][:_MOST_CODES]
    were = "1 name was" if names == 1 else f"{names:,} names were"
    return f"{were} not found; `reportedly places add {' '.join(codes)}` {promise(codes)}"


def _is_name(words: str) -> bool:
    """Tell whether the words are a name, and not "the area"."""
    return words != words.lower()


def _count_countries(links: Sequence[PlaceLink], to_alpha2: Callable[[str], str]) -> Counter[str]:
    """Count distinct places by country; countries themselves only where a report names nothing smaller in any."""
    places = {link.place.id: link.place for link in links if link.place and link.status is LinkStatus.RESOLVED}
    local = [place for place in places.values() if place.kind is not PlaceKind.COUNTRY]
    counts = Counter(to_alpha2(place.country) for place in local or places.values() if place.country)
    del counts[""]
    return counts


def promise(codes: Sequence[str]) -> str:
    """Say what packs of these countries would add: "adds about 10,600 places"."""
    sizes = load_sizes()
    if all(code in sizes for code in codes):
        return f"adds about {sum(sizes[code] for code in codes):,} places"
    return "adds the villages that GeoNames knows there"

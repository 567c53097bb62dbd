"""Would a pack help? The hint that ends ``read``, ``add`` and ``places explain`` where names were not found."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.cli.faults import say
from reportedly.model import PlaceLink, Reading
from reportedly.places import open_gazetteer
from reportedly.places.packs import installed_packs
from reportedly.places.packs.advice import advise, covered_countries


def hint_at_packs(reports: Sequence[Sequence[PlaceLink]]) -> str | None:
    """Say which packs would help with the names that were not found, and return what was said.

    reports: the links of each report (``links_of``).
    """
    gazetteer = open_gazetteer()

    def to_alpha2(alpha3: str) -> str:
        found = gazetteer.by_id(f"country:{alpha3}")
        return found.country if found else ""

    advice = advise(reports, covered_countries(installed_packs()), to_alpha2)
    if advice:
        say(advice)
    return advice


def links_of(reading: Reading) -> list[PlaceLink]:
    """Return what the place names of a report were resolved to, in mentions and in claims."""
    links = [mention.place for mention in reading.mentions if mention.place is not None]
    return links + [where.link for claim in reading.claims for where in claim.places]

"""Places that no gazetteer lists: "6 km north of Ariha", "the M4 near Ariha", "within 30 km of the Turkish border".

Data: ``computed_places.jsonl``, written for this project without sight of the code (``benchmarks/data/README.md`` has
the format). Names are found by the analyzer and read by ``read_places``; scored is the mention whose phrase overlaps
the one asked for (``pick``). ``right``: all three of these hold, and an item without a place fails.

* ``inside_ok``: every inside point lies in the geometry or within the item's tolerance of it.
* ``outside_ok``: no outside point lies in the geometry. A line has no inside, so for a line the item's tolerance
  counts on both sides: a band. A point is a disc of the place's radius, as is a place without a geometry.
* ``radius_ok``: the radius of the place is at most the item's bound: the whole country is no answer.

The three are shares of the ``answered``; ``right`` and ``answered`` are shares of all items. ``right_PATTERN`` is
``right`` among the items of one pattern.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from shapely.geometry import LineString, Polygon
from shapely.geometry import Point as PlanePoint
from shapely.geometry.base import BaseGeometry

from benchmarks.scoring import ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task
from benchmarks.tasks.toponyms import candidates_from
from reportedly.model import Geometry, Place, Span
from reportedly.places import PlaceMention, read_places
from reportedly.places.geometry import distance_km

KM_PER_DEGREE = 111.195
LINES = ("LineString", "MultiLineString")
PATTERN = "right "  # begins the name of a count kept for one pattern

Position = tuple[float, float]  # latitude, longitude: as in the data


@dataclass(frozen=True, slots=True)
class Item:
    """One phrase and where its place is and is not.

    phrase: the words whose place is asked for, once in the text; name: the toponym in it; where the phrase joins
    several, from the first to the last.
    """

    id: str
    split: str
    pattern: str
    country: str
    text: str
    phrase: str
    name: str
    inside: tuple[Position, ...]
    outside: tuple[Position, ...]
    max_radius_km: float
    tolerance_km: float

    @property
    def phrase_span(self) -> Span:
        """Where the phrase is in the text."""
        start = self.text.index(self.phrase)
        return Span(start, start + len(self.phrase))

    @property
    def name_span(self) -> Span:
        """Where the toponym is in the text."""
        start = self.phrase_span.start + self.phrase.index(self.name)
        return Span(start, start + len(self.name))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the place found for an item does; without a place nothing holds."""

    answered: bool = False
    inside: bool = False
    outside: bool = False
    radius: bool = False

    @property
    def right(self) -> bool:
        """All of it holds."""
        return self.answered and self.inside and self.outside and self.radius


def read_items(data: Path) -> list[Item]:
    """Read the items of a file, or of ``computed_places.jsonl`` in a folder."""
    path = data if data.is_file() else data / "computed_places.jsonl"
    return [_item(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _item(line: str) -> Item:
    fields = json.loads(line)
    for key in ("inside", "outside"):
        fields[key] = tuple((float(lat), float(lon)) for lat, lon in fields[key])
    return Item(**fields)


def pick(item: Item, found: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the mention for the phrase: it overlaps the phrase, and its name the item's, if there is such a one.

    The one that shares most with the phrase wins, then the first.
    """
    phrase = item.phrase_span
    near = [mention for mention in found if mention.span.overlaps(phrase)]
    named = [mention for mention in near if mention.core.overlaps(item.name_span)]
    return max(named or near, key=lambda mention: _shared(mention.span, phrase), default=None)


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def off_km(place: Place, lat: float, lon: float) -> float:
    """Return how far a point is from the geometry of a place, 0 when it lies in it."""
    geometry = place.geometry
    if geometry is None:
        return max(0.0, distance_km(place.lat, place.lon, lat, lon) - place.radius_km)
    if geometry.type == "Point":
        ((east, north),) = geometry.rings[0]
        return max(0.0, distance_km(north, east, lat, lon) - place.radius_km)
    origin = PlanePoint(0.0, 0.0)
    return min(float(part.distance(origin)) for part in _in_plane(geometry, lat, lon))


def _in_plane(geometry: Geometry, lat: float, lon: float) -> list[BaseGeometry]:
    """Return the parts of a geometry in kilometres from a point; true to scale near that point."""
    narrow = math.cos(math.radians(lat))
    rings = [
        [((east - lon) * narrow * KM_PER_DEGREE, (north - lat) * KM_PER_DEGREE) for east, north in ring]
        for ring in geometry.rings
    ]
    if geometry.type in LINES:
        return [LineString(ring) for ring in rings]
    if geometry.type == "Polygon":
        return [Polygon(rings[0], rings[1:])]
    return [Polygon(ring) for ring in rings]


def judge(item: Item, place: Place | None) -> Verdict:
    """Hold a place against the points of an item."""
    if place is None:
        return Verdict()
    is_line = place.geometry is not None and place.geometry.type in LINES
    band = item.tolerance_km if is_line else 0.0
    return Verdict(
        answered=True,
        inside=all(off_km(place, *point) <= item.tolerance_km for point in item.inside),
        outside=all(off_km(place, *point) > band for point in item.outside),
        radius=place.radius_km <= item.max_radius_km,
    )


def find(item: Item) -> PlaceMention | None:
    """Read the text of an item and return the mention for its phrase."""
    return pick(item, read_places(item.text, candidates_from(item.text)))


def score_item(item: Item, mention: PlaceMention | None) -> DocumentScore:
    """Score one item."""
    verdict = judge(item, None if mention is None else mention.link.place)
    counts: dict[str, list[float]] = {
        "items": [1],
        "right": [verdict.right],
        "answered": [verdict.answered],
        "inside": [verdict.inside],
        "outside": [verdict.outside],
        "radius": [verdict.radius],
        PATTERN + item.pattern: [verdict.right],
    }
    return DocumentScore(item.id, word_count(item.text), counts)


class ComputedPlacesTask:
    """The task ``computed-places``."""

    name = "computed-places"
    summary = "places that no gazetteer lists, computed from the phrase (no known tool answers these)"
    default_data = "benchmarks/data/computed_places.jsonl"
    splits = ("test", "dev", "all")
    headline = ("right", "answered")
    published: tuple[Published, ...] = ()

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Read each text and judge the place of its phrase."""
        items = (item for item in read_items(data) if split in ("all", item.split))
        for item in islice(items, limit):
            yield score_item(item, find(item))

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn counts into figures."""
        total = sums(scores)
        figures = {
            "right": ratio(total["right"], total["items"]),
            "answered": ratio(total["answered"], total["items"]),
            "inside_ok": ratio(total["inside"], total["answered"]),
            "outside_ok": ratio(total["outside"], total["answered"]),
            "radius_ok": ratio(total["radius"], total["answered"]),
        }
        for count in sorted(name for name in total if name.startswith(PATTERN)):
            items = sum(count in score.values for score in scores)
            figures[count.replace(" ", "_")] = ratio(total[count], items)
        return figures


TASK: Task = ComputedPlacesTask()

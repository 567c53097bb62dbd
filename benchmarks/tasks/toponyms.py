"""Places found and resolved: GeoVirus, LGL, TR-News, GeoWebNews (XML), WikToR (JSONL), UCDP silver headlines (TSV).

Two runs over each text. With gold spans: where does each gold name lie? (``acc161``, ``acc25``, ``acc5``, ``mean_km``
and ``auc`` over the resolved, ``acc161_all`` over all gold names, ``ceiling161``: a right candidate was at hand.)
End to end: names are found by the analyzer and resolved. A found name matches a gold one when the text is the same and
the midpoints are less than 10 characters apart (the rule of EUPEG); ``e2e161`` is the share of gold names found and
placed within 161 km (100 miles). ``sure161``: share within 161 km of resolutions stated with confidence .9 or more.
Which point stands for a country or a sea is a convention (two gazetteers put Canada 389 km apart), so ``sure161``
counts right countries as errors; ``sure_right`` counts an area as right when the gold point lies in it (or half a
degree off), towns as before; ``sure_town`` is ``sure161`` of towns alone.

Reliability: ``right_LOW_HIGH`` is the share within 161 km of the found names that were resolved with a confidence in
that band, ``share_LOW_HIGH`` how many are; ``ece`` is the expected calibration error over the bands.

Only the gazetteer that comes with the package is used, but for the UCDP headlines, which are about villages: they get
the pack of ``benchmarks/packs.py`` where there is one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from shapely.geometry import Point

from benchmarks.packs import packs_for
from benchmarks.scoring import f1, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task
from benchmarks.toponym_corpora import GoldToponym, ToponymDocument, in_split, read_toponyms
from reportedly.language import default_analyzer
from reportedly.model import PlaceKind, Span
from reportedly.places import Gazetteer, PlaceMention, ToponymCandidate, open_gazetteer, read_places
from reportedly.places.geometry import distance_km
from reportedly.places.regions import region_shape

NEAR_KM = 161.0
BORDER_DEGREES = 0.5  # outlines are simplified, and islands and coasts are drawn roughly
LONGEST_KM = 20_039.0  # half the circumference of the earth: the worst error
BANDS = ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))  # of stated confidence
SILVER = "headline_mentions_silver"
EUPEG = "recomputed from EUPEG's stored outputs, design/geo.md 1.2"
MORDECAI = "Mordecai 3 README, gold spans, on a subset"


def candidates_from(text: str) -> list[ToponymCandidate]:
    """Return what the analyzer in use offers as names: the one place to change when its interface does."""
    (analysis,) = default_analyzer().analyse([text])
    found = [ToponymCandidate(entity.span, entity.label) for entity in analysis.entities]
    runs: list[Span] = []
    for token in analysis.tokens:
        if token.pos != "PROPN":
            continue
        if runs and token.span.start - runs[-1].end <= 1:
            runs[-1] = runs[-1].cover(token.span)
        else:
            runs.append(token.span)
    taken = [candidate.span for candidate in found]
    return found + [ToponymCandidate(r, "PROPN") for r in runs if not any(r.overlaps(t) for t in taken)]


def matches(gold: GoldToponym, name: str, span: Span) -> bool:
    """Tell whether a found name is the gold one: same words, midpoints less than 10 characters apart."""
    return name == gold.name and abs((span.start + span.end) - (gold.span.start + gold.span.end)) < 20


def error_km(gold: GoldToponym, mention: PlaceMention | None) -> float | None:
    """Return how far a resolution is off, None when there is none.

    The corpora annotate the name: in "northern India" the place of "India" is asked for, not that of the phrase.
    """
    place = None if mention is None else mention.named or mention.link.place
    return None if place is None else distance_km(gold.lat, gold.lon, place.lat, place.lon)


def is_right_place(gold: GoldToponym, mention: PlaceMention, gazetteer: Gazetteer) -> bool:
    """Tell whether a resolution is the place meant: within 161 km, or the gold point lies in the area or next to it."""
    error = error_km(gold, mention)
    if error is None or error <= NEAR_KM:
        return error is not None
    place = mention.named or mention.link.place
    assert place is not None
    listed = place.id.startswith("region:")
    outline = region_shape(place.id, gazetteer) if listed else gazetteer.outline(place.id)  # None for towns
    return outline is not None and bool(outline.dwithin(Point(gold.lon, gold.lat), BORDER_DEGREES))


def score_end_to_end(
    document: ToponymDocument, found: Sequence[PlaceMention], gazetteer: Gazetteer
) -> dict[str, list[float]]:
    """Count recognition and end-to-end hits of one document."""
    left = list(found)
    hits, near, sure, sure_near, sure_right, towns, towns_near = 0, 0, 0, 0, 0, 0, 0
    stated: list[float] = []
    outcomes: list[float] = []
    for gold in document.toponyms:
        mention = next((m for m in left if matches(gold, m.core.of(document.text), m.core)), None)
        if mention is None:
            continue
        left.remove(mention)
        hits += 1
        error = error_km(gold, mention)
        right = error is not None and error <= NEAR_KM
        near += right
        if error is not None:
            stated.append(mention.link.confidence)
            outcomes.append(float(right))
        if mention.link.confidence >= 0.9:
            sure, sure_near = sure + 1, sure_near + right
            sure_right += is_right_place(gold, mention, gazetteer)
            place = mention.named or mention.link.place
            if place is not None and place.kind is PlaceKind.TOWN:
                towns, towns_near = towns + 1, towns_near + right
    return {
        "gold": [len(document.toponyms)],
        "found": [len(found)] if document.complete else [],
        "hits": [hits],
        "e2e": [near],
        "sure": [sure],
        "sure near": [sure_near],
        "sure right": [sure_right],
        "sure towns": [towns],
        "sure towns near": [towns_near],
        "stated": stated,
        "outcomes": outcomes,
    }


def score_gold_spans(document: ToponymDocument, gazetteer: Gazetteer) -> dict[str, list[float]]:
    """Resolve the gold names of one document and list the errors of those that got a place."""
    candidates = [ToponymCandidate(gold.span, "GPE") for gold in document.toponyms]
    mentions = read_places(document.text, candidates, gazetteer)
    errors, ceiling = [], 0
    for gold in document.toponyms:
        mention = next((m for m in mentions if m.core.overlaps(gold.span)), None)
        error = error_km(gold, mention)
        if error is not None:
            errors.append(error)
        near = [distance_km(gold.lat, gold.lon, c.lat, c.lon) for c in gazetteer.lookup(gold.name)]
        ceiling += min([*near, error if error is not None else math.inf], default=math.inf) <= NEAR_KM
    return {"errors": errors, "ceiling": [ceiling]}


class ToponymTask:
    """The task ``toponyms``."""

    name = "toponyms"
    summary = "places found and resolved in news"
    default_data = "geovirus/GeoVirus.xml.xz"
    also = ("ucdp-ged-syria/headline_mentions_silver.tsv.xz", "wiktor/wiktor.jsonl.xz")
    splits = ("test", "dev", "all")
    headline = ("f1", "e2e161", "acc161")
    published = (
        Published("CamCoder", "e2e161", 0.618, f"GeoVirus, {EUPEG}"),
        Published("StanfordNER + population", "e2e161", 0.592, f"GeoVirus, {EUPEG}"),
        Published("StanfordNER + population", "f1", 0.915, f"GeoVirus, {EUPEG}"),
        Published("CamCoder", "acc161", 0.770, f"GeoVirus, own spans, {EUPEG}"),
        Published("Edinburgh", "acc161", 0.807, f"GeoVirus, own spans, {EUPEG}"),
        Published("Edinburgh (2017 run)", "e2e161", 0.415, f"LGL, {EUPEG}"),
        Published("CamCoder", "e2e161", 0.526, f"TR-News, {EUPEG}"),
        Published("Edinburgh", "e2e161", 0.496, f"GeoWebNews, {EUPEG}"),
        Published("mordecai3", "acc161", 0.827, f"LGL, {MORDECAI}"),
        Published("mordecai3", "acc161", 0.873, f"TR-News, {MORDECAI}"),
        Published("mordecai3", "acc161", 0.941, f"GeoWebNews, {MORDECAI}"),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score each text twice: end to end and with gold spans."""
        documents = (document for document in read_toponyms(data) if in_split(document, split))
        village_level = [pack.path for pack in packs_for(data, ["SY"])] if data.name.startswith(SILVER) else []
        gazetteer = open_gazetteer(village_level)
        for document in islice(documents, limit):
            found = read_places(document.text, candidates_from(document.text), gazetteer)
            values = score_end_to_end(document, found, gazetteer) | score_gold_spans(document, gazetteer)
            yield DocumentScore(document.name, word_count(document.text), values)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn counts and errors into figures."""
        total = sums(scores)
        errors = [error for score in scores for error in score.values["errors"]]
        gold, hits = total["gold"], total["hits"]
        logs = [math.log1p(error) for error in errors]
        return {
            "f1": f1(hits, total.get("found", 0.0), gold) if total.get("found") else None,
            "precision": ratio(hits, total.get("found", 0.0)),
            "recall": ratio(hits, gold),
            "e2e161": ratio(total["e2e"], gold),
            "acc161": ratio(_within(errors, NEAR_KM), len(errors)),
            "acc25": ratio(_within(errors, 25.0), len(errors)),
            "acc5": ratio(_within(errors, 5.0), len(errors)),
            "mean_km": ratio(math.fsum(errors), len(errors)),
            "auc": ratio(math.fsum(logs) / math.log(LONGEST_KM), len(errors)),
            "acc161_all": ratio(_within(errors, NEAR_KM), gold),
            "resolved": ratio(len(errors), gold),
            "ceiling161": ratio(total["ceiling"], gold),
            "sure": ratio(total["sure"], hits),
            "sure161": ratio(total["sure near"], total["sure"]),
            "sure_right": ratio(total["sure right"], total["sure"]),
            "sure_town": ratio(total["sure towns near"], total["sure towns"]),
            "acc5_all": ratio(_within(errors, 5.0), gold),
            "acc25_all": ratio(_within(errors, 25.0), gold),
            **reliability(
                [value for score in scores for value in score.values["stated"]],
                [value for score in scores for value in score.values["outcomes"]],
            ),
        }


def reliability(stated: Sequence[float], outcomes: Sequence[float]) -> Metrics:
    """Return, for bands of stated confidence, the share that was right and how many are in it; and the ECE."""
    curve: dict[str, float | None] = {}
    gap = 0.0
    for low, high in BANDS:
        inside = [(c, right) for c, right in zip(stated, outcomes, strict=True) if low <= c < high]
        name = f"{round(100 * low)}_{round(100 * min(high, 1))}"
        share_right = ratio(math.fsum(right for _, right in inside), len(inside))
        curve[f"right_{name}"] = share_right
        curve[f"share_{name}"] = ratio(len(inside), len(stated))
        if share_right is not None:
            gap += abs(share_right * len(inside) - math.fsum(c for c, _ in inside))
    return curve | {"ece": ratio(gap, len(stated))}


def _within(errors: Sequence[float], km: float) -> int:
    return sum(error <= km for error in errors)


TASK: Task = ToponymTask()

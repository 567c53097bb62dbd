"""Known names overrule the language model's labels: it calls Azerbaijan a person and Jisr al-Shughur, too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from reportedly.actors import load_actors
from reportedly.language import Analyzer, Entity
from reportedly.language.rules import RulesAnalyzer
from reportedly.model import Actor, Occupied, Span
from reportedly.places import open_gazetteer

DOUBTFUL = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "DATE"})
MIN_LETTERS = 4


@cache
def knowing_analyzer() -> Analyzer:
    """Return the default analyzer with the knowledge base and the gazetteer above its labels, once a process."""
    return RulesAnalyzer(relabel)


def relabel(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """Return the entities with the labels of known actors and places.

    A knowledge-base name takes the place of whatever the model marked there. A name that the model takes for a
    person or an
    organisation, and that only the gazetteer knows, is a place.
    """
    base = load_actors()
    known = [
        Entity(hit.span, _label(base.actors[hit.candidates[0]]))
        for hit in base.find(text)
        if len(hit.candidates) == 1 and len(hit.surface) >= 3
    ]
    taken = Occupied(k.span for k in known)
    kept = [_as_place(text, e) for e in entities if not taken.overlaps(e.span)]
    clashing = [e for e in entities if taken.overlaps(e.span)]
    inside = {e.span: [k for k in known if e.span.contains(k.span)] for e in clashing} if clashing else {}
    longer = [e for e in clashing if any(_much_longer(e.span, k.span) for k in inside[e.span])]
    covered = Occupied(e.span for e in longer)
    known = [k for k in known if not covered.overlaps(k.span)]
    return sorted({*kept, *known, *longer}, key=lambda e: e.span)


def _label(actor: Actor) -> str:
    if actor.kind == "person":
        return "PERSON"
    return "GPE" if actor.kind == "state" else "ORG"


def _much_longer(entity: Span, known: Span) -> bool:
    """Tell whether the model's name holds the known one inside ("Sadr City", "the Syria Trust")."""
    return entity.contains(known) and len(entity) >= len(known) + 4


def _as_place(text: str, entity: Entity) -> Entity:
    if entity.label not in DOUBTFUL or len(entity.span) < MIN_LETTERS:
        return entity
    name = entity.span.of(text)
    if entity.label == "PERSON" and "-" not in name and " " in name:
        return entity  # "Maria Lopez" is somebody, whatever village has that name
    return Entity(entity.span, "GPE") if _is_place_name(name) else entity


@lru_cache(maxsize=20_000)
def _is_place_name(name: str) -> bool:
    """Tell whether the gazetteer has a name; another romanisation counts only for names with an article ("al-")."""
    gazetteer = open_gazetteer(())  # not the user's packs: in them, every second forename is a village
    return gazetteer.holds_key(name) or ("-" in name and bool(gazetteer.lookup(name)))

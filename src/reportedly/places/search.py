"""Which places could this name be, if it is spelt otherwise? From the strict key down to typing errors.

Tiers, best first; each place keeps the first tier that finds it:

1. exact, other name: the strict key (case, accents, punctuation);
2. romanised: the same but for the way of writing it in Latin letters;
3. consonants: the same but for the vowels (packs only);
4. part: one name of a double one ("Kafrah/Kesra", "Aaliyah (Qurujah)"), or the name without a generic word or a
   direction ("Kafr Batna suburb", "East Farahaniah");
5. similar: the most similar names of the given countries (Levenshtein ratio of the romanised keys).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from rapidfuzz import fuzz, process

from reportedly.model import PlaceKind
from reportedly.places import fold
from reportedly.places.candidate import Candidate, similar
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.lexicon import load_words

_ALIKE = 75  # of 100: the least similarity worth showing
_PART = 0.85  # what a part of the name is worth beside the whole
_JOINTS = re.compile(r"\s*[/()\[\]]\s*")


def search_places(
    name: str, gazetteer: Gazetteer, countries: Sequence[str] = (), *, enough: int = 5, vague: int = 4
) -> list[Candidate]:
    """Return what ``name`` may be, best fit first, then the most populous.

    countries: ISO 3166-1 alpha-2 codes; only places in them count (all, if none is given; similarity needs some).
    enough: similar names are looked for only until so many places are found. vague: how many places with the same
    consonants are worth showing.
    """
    found: dict[str, Candidate] = {}
    for variant, worth in _variants(name):
        _take(found, _in(gazetteer.lookup(variant, loose=False), countries), worth)
    for variant, worth in _variants(name):
        _take(found, _in(gazetteer.romanised(variant), countries), worth)
    for variant, worth in _variants(name):
        alike = [_weighed(place, variant) for place in _in(gazetteer.consonants(variant), countries)]
        alike.sort(key=lambda place: (-place.fit, -place.population, place.id))
        _take(found, [place for place in alike if place.id not in found][:vague], worth)
    for variant, worth in _variants(name):
        if len(found) >= enough:
            break
        likest = (place for place in similar_places(variant, gazetteer, countries) if place.id not in found)
        _take(found, [place for place, _ in zip(likest, range(enough - len(found)), strict=False)], worth)
    return sorted(found.values(), key=lambda p: (-p.fit, p.kind is PlaceKind.ADMIN2, -p.population, p.id))


def similar_places(name: str, gazetteer: Gazetteer, countries: Sequence[str]) -> Iterator[Candidate]:
    """Yield the places of the countries whose names are most similar to ``name``, the most similar first."""
    key = fold.fold_romanised(name)
    if len(key) < 4:
        return
    for country in countries:
        keys, ids = gazetteer.keys_of(country)
        for _, score, at in process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=12):
            place = gazetteer.by_id(ids[at])
            if place is not None:
                yield similar(place, round(0.5 * score / 100, 3))


def _variants(name: str) -> list[tuple[str, float]]:
    """Return the name and its parts that may be names by themselves, with what each is worth."""
    words = load_words()
    variants = {name: 1.0}
    pieces = [piece for piece in _JOINTS.split(name) if len(piece) > 2]
    if len(pieces) > 1:
        variants |= dict.fromkeys(pieces, _PART)
    for piece in list(variants):
        tokens = piece.split()
        plain = [token.lower().replace("-", "") for token in tokens]
        last = len(tokens)
        while last > 1 and (plain[last - 1] in words.generics or plain[last - 1] in ("i", "ii", "iii")):
            last -= 1
        first = 0
        while first < last - 1 and (plain[first] in words.directions or plain[first] in ("old", "new", "greater")):
            first += 1
        shorter = (" ".join(tokens[0:last]), " ".join(tokens[first:last]))
        for rest in shorter:
            variants.setdefault(rest, _PART)
    return list(variants.items())


def _in(places: Sequence[Candidate], countries: Sequence[str]) -> list[Candidate]:
    return [place for place in places if not countries or place.country in countries]


def _weighed(place: Candidate, name: str) -> Candidate:
    """Return a place found by its consonants with a fit that says how like the whole names are."""
    ratio = fuzz.ratio(fold.fold_romanised(name), fold.fold_romanised(place.name)) / 100
    return msgspec.structs.replace(place, fit=round(place.fit * (0.5 + 0.5 * ratio), 3))


def _take(found: dict[str, Candidate], places: Sequence[Candidate], worth: float) -> None:
    for place in places:
        if place.id not in found:
            fits = place if worth == 1 else msgspec.structs.replace(place, fit=place.fit * worth, match="part")
            found[place.id] = fits

"""Which place does each name mean? All the names of a text decide together, and the losers get a reason.

A candidate's score is the sum of what speaks for it: how well the name fits, how well known the place is, whether it
lies in what the text says it lies in, how many other names of the text lie in the same country and division, and how
near the next of them is. The weights are in ``weigh``; they were tuned on the development half of GeoVirus and
checked by reading reports on conflicts.

Confidence is the best candidate's share (with what is the same ground), lowered where something speaks against it.
Stated against right place on that half (a listed area is right where the point asked for lies in it): .3 to .5: .47;
.5 to .7: .89; .7 to .9: .83; .9 and more: .99, of towns .98. So no further mapping is laid over it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model import PlaceKind
from reportedly.places import fold, geometry, regions
from reportedly.places.anchors import Anchors
from reportedly.places.candidate import Candidate
from reportedly.places.containment import containment_of
from reportedly.places.evidence import Votes, count_peoples, fit_reason, is_great, is_same_ground, lie_beside
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.inside import Inside
from reportedly.places.spelling import OtherSpellings
from reportedly.places.toponym import Phrase, Ranking
from reportedly.places.weigh import LOOSE, WEIGHTS, WITH_DISTRICTS, fame, softmax

_ROUNDS = 3
_SUPPORT = 0.3  # votes from which a country counts as one that the report is about
_PACKS = 0.5  # what the user's packs say about which countries a report is about, in votes of other names
_FEW_PACKS = 3
_TRUST = {"romanised": 0.85, "part": 0.75, "consonants": 0.65, "similar": 0.5}
_INSTEAD = 0.5  # most confidence of a place that is not called as the text says: shown as ambiguous
_FOREIGN = 0.45  # most confidence of a place far from everything else: shown as ambiguous
_NEIGHBOUR_KM = 150.0
_SMALL = 15_000  # inhabitants of a town that is not named far from home without a word for what it is
_BIG_SEAT = 250_000  # inhabitants of a seat that is meant by its bare name rather than its division
_SMALL_LAND_KM2 = 60_000.0  # a division larger than that (New York) is meant more often than its city
_VAST_KM2 = 1_500_000.0
_VAST = 0.85  # most confidence of a continent, an ocean, "West Africa": where such a thing ends, each writer decides
_OWN_NAMED = frozenset(["county", "parish", "borough", "township"])  # rarely named after a town in them


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome for one phrase. ``ranked``: (candidate, share of the confidence), best first.

    rejected: (candidate, why). container: the phrase of the stated container, where that is all that is known.
    """

    ranked: tuple[tuple[Candidate, float], ...]
    confidence: float
    reasons: tuple[str, ...]
    rejected: tuple[tuple[Candidate, str], ...] = ()
    container: int | None = None


def choose_places(
    text: str, phrases: Sequence[Phrase], gazetteer: Gazetteer, operating: Mapping[str, float] | None = None
) -> list[Choice]:
    """Return the choice for each phrase, in the same order. The order of mentions does not matter.

    operating: countries (ISO alpha-2) in which the actors of the report are known to operate, with how many do.
    """
    return _Resolver(text, phrases, gazetteer, operating or {}).choose()


class _Resolver:
    def __init__(
        self, text: str, phrases: Sequence[Phrase], gazetteer: Gazetteer, operating: Mapping[str, float]
    ) -> None:
        self.phrases = phrases
        self.gazetteer = gazetteer
        self.peoples = count_peoples(text)
        self.operating = operating
        self.places = [_without_districts(phrase) + self._rivers(phrase) for phrase in phrases]
        self.inside = Inside(phrases, self.places, containment_of(gazetteer))
        self.spellings = OtherSpellings(phrases, self.places, gazetteer, self.inside)
        self.rankings = [Ranking() for _ in phrases]
        self.beside: dict[int, set[str]] = {}
        self.anchors = Anchors.of((), (), ())
        self.last_votes: Votes | None = None
        self.shares: list[dict[str, float]] = []
        self._same_name: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(phrases):
            self._same_name[fold.fold_name(phrase.toponym.text)].append(number)

    def choose(self) -> list[Choice]:
        shares = [self._shares_by_fame(number) for number in range(len(self.phrases))]
        self.spellings.add(lambda name: self._countries_about(shares, name))
        shares = [self._shares_by_fame(number) for number in range(len(self.phrases))]
        for _ in range(_ROUNDS):
            self.anchors = Anchors.of(self.phrases, self.places, shares)
            votes = self.last_votes = self._votes(shares)
            shares = [self._shares(number, votes, shares) for number in range(len(self.phrases))]
        self.shares = shares
        return [self._choice(number, shares[number]) for number in range(len(self.phrases))]

    def _rivers(self, phrase: Phrase) -> list[Candidate]:
        """Return the river where a bank or a river is asked for and the bare name is that of a town ("the Dnipro")."""
        if phrase.sort not in ("bank", "water", "article"):
            return []
        known = {place.id for place in phrase.toponym.places}
        found = regions.find_regions(f"{phrase.toponym.text} River", self.gazetteer)
        return [place for place in found if place.id not in known]

    def _stated_container(self, number: int) -> int | None:
        """Return the container that the text states: an area, or a town ("X in Damascus")."""
        phrase = self.phrases[number]
        if not phrase.stated or not phrase.inside:
            return None
        container = self.inside.container(number)
        if container is None and any(place.kind is PlaceKind.TOWN for place in self.places[phrase.inside[0]]):
            return phrase.inside[0]
        return container

    def _fame(self, number: int, place: Candidate) -> float:
        return fame(self.phrases[number], place, self.places[number])

    def _shares_by_fame(self, number: int) -> dict[str, float]:
        return softmax({place.id: self._fame(number, place) for place in self.places[number]})

    # --- what the others say ------------------------------------------------------------------------------------

    def _votes(self, shares: Sequence[Mapping[str, float]]) -> Votes:
        """Count the countries and divisions of the names, each name once however often it is written.

        A name that only resembles a place speaks for no country that nothing else speaks for: two of them would
        otherwise vouch for each other.
        """
        votes = Votes(defaultdict(dict), defaultdict(dict))
        for country, count in self.peoples.items():
            votes.countries[country]["people"] = min(2.0, 0.5 * count)
        for country in self.gazetteer.pack_countries:
            votes.countries[country]["packs"] = _PACKS / len(self.gazetteer.pack_countries)
        for country, weight in self.operating.items():
            votes.countries[country]["actors"] = min(1.5, 0.5 * weight)
        self._count(votes, shares, lambda place: place.match not in LOOSE)
        about = {country for country, voters in votes.countries.items() if max(voters.values()) >= _SUPPORT}
        self._count(votes, shares, lambda place: place.match in LOOSE and not about.isdisjoint(place.countries))
        return votes

    def _count(
        self, votes: Votes, shares: Sequence[Mapping[str, float]], may_vote: Callable[[Candidate], bool]
    ) -> None:
        for number, phrase in enumerate(self.phrases):
            name = fold.fold_name(phrase.toponym.text)
            for place in filter(may_vote, self.places[number]):
                share = shares[number].get(place.id, 0.0)
                for country in place.countries:
                    known = votes.countries[country].get(name, 0.0)
                    votes.countries[country][name] = max(known, share / max(1, len(place.countries)) ** 0.5)
                division = place.id if place.kind is PlaceKind.ADMIN1 else place.division
                if division:
                    votes.divisions[division][name] = max(votes.divisions[division].get(name, 0.0), share)

    def _shares(self, number: int, votes: Votes, shares: Sequence[Mapping[str, float]]) -> dict[str, float]:
        phrase, ranking = self.phrases[number], Ranking()
        self.rankings[number] = ranking
        name = fold.fold_name(phrase.toponym.text)
        held = self.inside.held(number)
        self.beside[number] = {key for key, beside in held.items() if beside}
        distances = self.anchors.distances_km(name, self.places[number])
        for place in self.places[number]:
            score = self._fame(number, place)
            reasons = ranking.reasons.setdefault(place.id, [])
            others = max((votes.without(votes.countries[c], name) for c in place.countries), default=0.0)
            score += WEIGHTS.country_vote * math.log1p(others)
            if others < _SUPPORT and place.match in LOOSE:
                score += WEIGHTS.unsupported
            division = place.id if place.kind is PlaceKind.ADMIN1 else place.division
            near = votes.without(votes.divisions[division], name) if division else 0.0
            score += WEIGHTS.division_vote * math.log1p(near)
            if others > _SUPPORT and place.kind is not PlaceKind.COUNTRY:
                named = any(votes.by_names(votes.countries[c], name) > _SUPPORT for c in place.countries)
                what = (
                    "other names of the report lie in the same country" if named else "the report is about its country"
                )
                reasons.append(what)
            if near > 0.5:
                reasons.append("other names of the report lie in the same division")
            if (km := distances.get(place.id)) is not None:
                score += WEIGHTS.near * math.log2(1 + 100 / (km + 10))
                if km < 60 and len(self.places[number]) > 1:
                    reasons.append(f"another place of the report lies {max(1, round(km))} km away")
            if place.id in held:
                container = self.inside.container(number)
                outer = self.phrases[phrase.inside[0] if container is None else container]
                if held[place.id]:
                    score += WEIGHTS.contained / 2
                    reasons.append(f"it lies in {outer.toponym.text}, but not in {outer.quote}, as the text says")
                else:
                    score += WEIGHTS.contained
                    reasons.append(f"it lies in {outer.quote}, as the text says")
            elif held or (phrase.stated and self.inside.must_be_inside(number)):
                self._reject(number, place, ranking, shares)
            score += self._said_elsewhere(number, place, shares)
            tied = self._tied(number, place, shares)
            score += tied
            score += self.inside.holds_others(number, place, shares)
            score += self._seat_or_division(number, place)
            score += self._area_of_others(number, place)
            if place.kind is PlaceKind.ROUTE and others < _SUPPORT and not tied:
                ranking.rejected[place.id] = "nothing else in the report lies in the countries of this road"
            ranking.scores[place.id] = score
        open_scores = {key: value for key, value in ranking.scores.items() if key not in ranking.rejected}
        return softmax(open_scores)

    def _reject(self, number: int, place: Candidate, ranking: Ranking, shares: Sequence[Mapping[str, float]]) -> None:
        container = self.inside.container(number)
        if place.kind is PlaceKind.ROUTE or container is None:
            return
        likely = max(self.places[container], key=lambda area: shares[container].get(area.id, 0.0))
        away = geometry.distance_km(place.lat, place.lon, likely.lat, likely.lon)
        ranking.rejected[place.id] = (
            f"it lies outside {self.phrases[container].quote}, about {away:.0f} km from its middle"
        )

    def _said_elsewhere(self, number: int, place: Candidate, shares: Sequence[Mapping[str, float]]) -> float:
        """Weigh what the same name means where the text says in which area it lies: "Paris, Texas ... in Paris"."""
        phrase = self.phrases[number]
        if phrase.inside:
            return 0.0
        said = [
            shares[other].get(place.id, 0.0)
            for other in self._same_name[fold.fold_name(phrase.toponym.text)]
            if other != number and self.phrases[other].inside
        ]
        return WEIGHTS.said_elsewhere * max(said, default=0.0)

    def _tied(self, number: int, place: Candidate, shares: Sequence[Mapping[str, float]]) -> float:
        """Weigh what is named in one breath: "the M4 near X", "between X and Y": they lie beside each other."""
        phrase = self.phrases[number]
        lead = number if phrase.lead is None else phrase.lead
        members = {lead, *self.phrases[lead].others, *self.phrases[lead].narrow} - {number}
        best = 0.0
        for other in members:
            near = any(
                shares[other].get(candidate.id, 0) > 0.0005 and lie_beside(place, candidate, self.gazetteer)
                for candidate in self.places[other]
            )
            best = max(best, WEIGHTS.tied if near else 0.0)
        return best

    def _seat_or_division(self, number: int, place: Candidate) -> float:
        """Weigh a division against its seat of the same name when no generic word decides.

        A town that has most of the division's townspeople stands for itself, else the name is the division's.
        """
        others = self.places[number]
        if place.kind is PlaceKind.TOWN and place.division:
            division = next((p for p in others if p.id == place.division), None)
            own_name = place.fit >= 0.9 and division is not None and division.match != "exact"  # Mosul, of Ninawa
            small_land = division is not None and division.area_km2 < _SMALL_LAND_KM2
            big = (place.population >= _BIG_SEAT and small_land) or own_name
            if division is not None and (big or place.population > 0.45 * division.population):
                return WEIGHTS.seat_or_division + math.log10((division.population + 50) / (place.population + 50))
        if place.kind is PlaceKind.ADMIN1:
            seat = max((p.population for p in others if p.division == place.id), default=None)
            named = place.match == "exact" or not any(p.division == place.id and p.fit >= 0.9 for p in others)
            big = seat is not None and seat >= _BIG_SEAT and place.area_km2 < _SMALL_LAND_KM2
            if seat is not None and seat <= 0.45 * place.population and not big and named:
                return WEIGHTS.seat_or_division
        return 0.0

    def _countries_about(self, shares: Sequence[Mapping[str, float]], name: str) -> list[str]:
        """Return the countries that the report is most about, without the vote of ``name`` itself.

        They are two at most; those of the packs if nothing tells.
        """
        votes, own = self._votes(shares), fold.fold_name(name)
        totals = sorted(((votes.without(v, own), c) for c, v in votes.countries.items()), reverse=True)
        about = [country for total, country in totals[:2] if total >= 0.8]
        return about or list(self.gazetteer.pack_countries[:_FEW_PACKS])

    def _area_of_others(self, number: int, place: Candidate) -> float:
        """Weigh a region against the town of its name: "in Gaza, shells hit Rafah and Khan Younis" means the Strip."""
        towns = [rival for rival in self.places[number] if rival.kind is PlaceKind.TOWN and rival.fit >= 0.9]
        if place.kind is not PlaceKind.REGION or not towns:
            return 0.0
        name = fold.fold_name(self.phrases[number].toponym.text)
        held = self.anchors.count_inside(name, self.inside.containment, place, towns)
        return WEIGHTS.container * min(2, held) / 2

    # --- the outcome ----------------------------------------------------------------------------------------------

    def _choice(self, number: int, share: Mapping[str, float]) -> Choice:
        places = {place.id: place for place in self.places[number]}
        ranking = self.rankings[number]
        rejected = tuple((places[key], why) for key, why in sorted(ranking.rejected.items()))
        ranked = sorted(((places[key], value) for key, value in share.items()), key=lambda x: (-x[1], x[0].id))
        if not ranked:
            reasons: tuple[str, ...] = () if rejected else ("no gazetteer at hand has this name",)
            return Choice((), 0.0, reasons, rejected, self._stated_container(number))
        strangers: list[tuple[Candidate, str]] = []
        while ranked and (why := self._why_strange(number, ranked[0][0])):
            strangers.append((ranked.pop(0)[0], why))
        if not ranked:
            return Choice((), 0.0, ("no place of this name fits the report",), (*strangers[:3], *rejected[:3]))
        left = sum(value for _, value in ranked)
        ranked = [(place, value / left if left else 0.0) for place, value in ranked]
        best = ranked[0][0]
        confidence = self._confidence(number, ranked)
        if self._is_foreign(number, best):
            confidence = min(_FOREIGN, 0.5 * confidence)
            ranking.reasons.setdefault(best.id, []).append("nothing else in the report lies there or near it")
        reasons = (*fit_reason(best), *ranking.reasons.get(best.id, ()))
        return Choice(tuple(ranked[:6]), round(min(0.98, confidence), 3), reasons, (*strangers[:3], *rejected[:4]))

    def _confidence(self, number: int, ranked: Sequence[tuple[Candidate, float]]) -> float:
        """Return how sure the first candidate is: its share, with the same ground, less what tells against."""
        best = ranked[0][0]
        together = sum(value for place, value in ranked if is_same_ground(place, best))
        confidence = together * _TRUST.get(best.match, 1.0)
        if best.id in self.spellings.instead.get(number, ()):
            confidence = min(confidence, _INSTEAD)
            container = self.inside.container(number)
            outer = "" if container is None else self.phrases[container].quote
            self.rankings[number].reasons.setdefault(best.id, []).insert(
                0, f"no place called {self.phrases[number].toponym.text} lies in {outer}; {best.name} does"
            )
        if not self.phrases[number].toponym.trusted:
            confidence *= 0.95
        if best.kind is PlaceKind.REGION and best.area_km2 > _VAST_KM2:
            confidence = min(confidence, _VAST)
        if self.phrases[number].generic in _OWN_NAMED and best.kind is PlaceKind.TOWN:
            confidence *= 0.5
        return min(confidence, 0.6) if best.id in self.beside.get(number, ()) else confidence

    def _why_strange(self, number: int, place: Candidate) -> str:
        """Say why a place cannot be meant though its name fits: "" where it can."""
        if place.kind not in (PlaceKind.TOWN, PlaceKind.SITE) or not self._is_foreign(number, place):
            return ""
        if place.match != "exact":
            bare = "it has this name only as another name" if place.match == "other name" else "it is written otherwise"
            return f"{bare}, and nothing else in the report lies in its country"
        if place.population < _SMALL and not _names_place(self.phrases[number]):
            return "it is small and far from all else in the report, and no word says that a place is meant"
        return ""

    def _is_foreign(self, number: int, best: Candidate) -> bool:
        """Tell whether a place lies where nothing else of the report does, though two names or more lie elsewhere.

        For a place that is written otherwise, one name elsewhere is enough.
        Countries, capitals, great cities and the listed regions are named anywhere; so is what lies near the others.
        """
        if (
            best.kind not in (PlaceKind.TOWN, PlaceKind.SITE, PlaceKind.ADMIN1, PlaceKind.ADMIN2)
            or self.last_votes is None
        ):
            return False
        if best.match == "exact" and any(is_great(p) and is_same_ground(p, best) for p in self.places[number]):
            return False
        votes, name = self.last_votes.countries, fold.fold_name(self.phrases[number].toponym.text)
        if sum(Votes.without(votes[c], name) for c in best.countries if c in votes) >= _SUPPORT:
            return False
        voters = {voter for country in votes.values() for voter, share in country.items() if share >= 0.3} - {name}
        needed = 1 if best.match in LOOSE else 2
        if len(voters) < needed or best.id in self.inside.held(number):
            return False
        return not any(
            geometry.distance_km(place.lat, place.lon, best.lat, best.lon) < _NEIGHBOUR_KM
            for other, places in enumerate(self.places)
            if fold.fold_name(self.phrases[other].toponym.text) != name
            for place in places
            if place.kind is PlaceKind.TOWN and self.shares[other].get(place.id, 0.0) > 0.5
        )


def _names_place(phrase: Phrase) -> bool:
    """Tell whether the words around a name treat it as a place: "in X", "the town of X", "X, Y"."""
    return bool(phrase.relation or phrase.sort or phrase.inside or phrase.shape != "itself")


def _without_districts(phrase: Phrase) -> list[Candidate]:
    """Return the places of a name without the districts around a town of the name, unless the text asks for one."""
    places = phrase.toponym.places
    if phrase.sort in WITH_DISTRICTS or not any(place.kind is PlaceKind.ADMIN2 for place in places):
        return list(places)
    towns = {place.district for place in places if place.kind is PlaceKind.TOWN}
    return [place for place in places if place.kind is not PlaceKind.ADMIN2 or place.id not in towns]

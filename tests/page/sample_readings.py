"""A made-up set of readings that holds everything a page must cope with. Texts are the project's own."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reportedly.model import (
    Act,
    ActorLink,
    Category,
    Certainty,
    Claim,
    Event,
    EventStatus,
    Evidence,
    Geometry,
    Interval,
    LinkStatus,
    Modality,
    Party,
    Passage,
    PassageKind,
    Place,
    PlaceKind,
    PlaceLink,
    Quantity,
    Reading,
    Report,
    Span,
    State,
    TimePrecision,
    Voice,
    VoiceKind,
    When,
    Where,
)

PAYLOADS = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "</script><script>window.pwned=1</script><!--",
    "javascript:window.pwned=1",
    "{{ 7*7 }} \u2028 &lt;b&gt; \x00 \x1b[31m",
)
# A listed word that offends nobody by itself could not be tested: this one is on the list.
LISTED_WORD = "unterm" + "enschen"


def day(year: int, month: int, number: int, days: int = 1, precision: TimePrecision = TimePrecision.DAY) -> Interval:
    start = datetime(year, month, number, tzinfo=UTC)
    return Interval(start, start + timedelta(days=days), precision)


def resolved(name: str, slug: str, kind: str = "armed forces") -> ActorLink:
    return ActorLink(LinkStatus.RESOLVED, name, slug, kind, ("MIL",), "SYR", 0.95, (slug,), ("alias in the list",))


def class_of(words: str) -> ActorLink:
    return ActorLink(LinkStatus.CLASS, words, "class:" + words.replace(" ", "-"), reasons=("plural of a common noun",))


def unknown(words: str) -> ActorLink:
    return ActorLink(LinkStatus.UNKNOWN, words, reasons=("no entry is near enough",))


def ambiguous(words: str, *candidates: str) -> ActorLink:
    return ActorLink(LinkStatus.AMBIGUOUS, words, candidates=candidates)


def town(name: str, lat: float, lon: float, radius: float = 2.5) -> PlaceLink:
    place = Place(f"geonames:{name}", name, PlaceKind.TOWN, lat, lon, radius, None, "SYR", ("Syria",))
    return PlaceLink(LinkStatus.RESOLVED, name, place, 0.9, ((place.id, name, 0.9),), ("in the country named before",))


def shaped(kind: PlaceKind, name: str, geometry: Geometry, radius: float) -> PlaceLink:
    lon, lat = geometry.rings[0][0]
    place = Place(f"{kind}:{name}", name, kind, lat, lon, radius, geometry, "SYR")
    return PlaceLink(LinkStatus.RESOLVED, name, place, 0.8, (), ("computed",))


M4 = shaped(
    PlaceKind.ROUTE,
    "M4 highway",
    Geometry(
        "LineString",
        (((35.79, 35.53), (36.1, 35.71), (36.32, 35.81), (36.6, 35.81), (36.7, 35.88), (37.1, 36.2)),),
    ),
    3.0,
)
SOUTH_IDLIB = shaped(
    PlaceKind.SUBREGION,
    "southern Idlib",
    Geometry(
        "Polygon",
        (
            (
                (36.2, 35.4),
                (36.75, 35.42),
                (36.9, 35.62),
                (36.6, 35.78),
                (36.3, 35.7),
                (36.15, 35.55),
                (36.2, 35.4),
            ),
        ),
    ),
    12.0,
)
GHAB = shaped(
    PlaceKind.REGION,
    "Ghab plain",
    Geometry("Polygon", (((36.25, 35.2), (36.42, 35.2), (36.45, 35.55), (36.3, 35.75), (36.25, 35.2)),)),
    6.0,
)
SYRIA = PlaceLink(
    LinkStatus.RESOLVED,
    "Syria",
    Place("country:SYR", "Syria", PlaceKind.COUNTRY, 35.0, 38.0, 400.0, None, "SYR"),
    0.99,
)
TWO_TOWNS = PlaceLink(
    LinkStatus.AMBIGUOUS,
    "Kafr Zaita",
    None,
    0.4,
    (("geonames:1", "Kafr Zaita, Hama", 0.4), ("geonames:2", "Kafr Zita, Idlib", 0.38)),
    ("two towns fit equally well",),
)
NOT_FOUND = PlaceLink(LinkStatus.UNKNOWN, "Tell Nowhere", None, 0.0, (), ("no gazetteer entry",))
HALF_SURE = replace(town("Salma", 35.67, 36.07, 9.0), status=LinkStatus.AMBIGUOUS)


class Draft:
    """Builds a reading paragraph by paragraph, finding every span by its words."""

    def __init__(self, key: str, outlet: str | None, published: Interval | None, url: str | None = None) -> None:
        self.id = "r-" + hashlib.sha256(key.encode()).hexdigest()[:16]
        self.text = ""
        self.passages: list[Passage] = []
        self.claims: list[Claim] = []
        self.key, self.outlet, self.published, self.url = key, outlet, published, url
        self._numbers = itertools.count(1)
        self._comments = itertools.count(1)

    def add(self, kind: PassageKind, words: str, **fields: object) -> int:
        author = fields.pop("author", None)
        if author:
            self.text += f"{author}\n"
        start = len(self.text)
        self.text += words + "\n\n"
        index = len(self.passages)
        if kind is PassageKind.COMMENT:
            fields.setdefault("comment", next(self._comments))
            name = author or f"unnamed {self.id} {index}"
            fields.setdefault("pseudonym", "reader-" + hashlib.sha256(str(name).encode()).hexdigest()[:6])
        passage = Passage(index, kind, Span(start, start + len(words)), author=author, **fields)  # type: ignore[arg-type]
        self.passages.append(passage)
        return index

    def find(self, words: str, passage: int) -> Span:
        span = self.passages[passage].span
        start = self.text.index(words, span.start, span.end)
        return Span(start, start + len(words))

    def claim(
        self,
        passage: int,
        act: str,
        kind: Category | State,
        mode: str | None = None,
        *,
        actors: Sequence[tuple[str, ActorLink]] = (),
        recipients: Sequence[tuple[str, ActorLink]] = (),
        places: Sequence[tuple[str, PlaceLink, str]] = (),
        when: Sequence[When] = (),
        modality: Modality = Modality.ASSERTED,
        voices: Sequence[Voice] = (),
        sentence: str | None = None,
        confidence: float = 0.8,
        **more: object,
    ) -> Claim:
        found = self.passages[passage]
        comment = found.kind is PassageKind.COMMENT
        who = Voice(VoiceKind.COMMENTER, found.author or "?") if comment else Voice(VoiceKind.AUTHOR, "author")
        span = self.find(act, passage)
        actor_parties = tuple(Party(link, self.find(words, passage), words) for words, link in actors)
        recipient_parties = tuple(Party(link, self.find(words, passage), words) for words, link in recipients)
        wheres = tuple(Where(link, self.find(words, passage), words, relation) for words, link, relation in places)
        whole = self.find(sentence, passage) if sentence else found.span
        evidence = [Evidence("act", span, act), Evidence("claim", whole, whole.of(self.text))]
        evidence += [Evidence("actor", one.span, one.text) for one in actor_parties if one.span]
        evidence += [Evidence("recipient", one.span, one.text) for one in recipient_parties if one.span]
        evidence += [Evidence("place", one.span, one.text) for one in wheres]
        claim = Claim(
            id=f"{self.id}.c{next(self._numbers)}",
            report_id=self.id,
            passage=passage,
            in_comment=comment,
            act=Act(
                kind if isinstance(kind, Category) else None,
                kind if isinstance(kind, State) else None,
                mode,
                act.split(maxsplit=1)[0],
                span,
            ),
            actors=actor_parties,
            recipients=recipient_parties,
            places=wheres,
            when=tuple(when),
            modality=modality,
            voices=(who, *voices),
            sentence=whole,
            confidence=confidence,
            evidence=tuple(evidence),
            **more,  # type: ignore[arg-type]
        )
        self.claims.append(claim)
        return claim

    def reading(self, notes: Sequence[str] = (), language: str = "en") -> Reading:
        title = next((one.span.of(self.text) for one in self.passages if one.kind is PassageKind.TITLE), None)
        report = Report(
            id=self.id,
            key=self.key,
            text=self.text,
            sha256=hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest(),
            origin="sample",
            format="text",
            language=language,
            language_confidence=0.99,
            title=title,
            outlet=self.outlet,
            url=self.url,
            published=self.published,
        )
        return Reading(report, tuple(self.passages), (), tuple(self.claims), (), "rules.v1", tuple(notes))


ARMY = resolved("Syrian Army", "syrian-army")
TURKEY = resolved("Turkish Armed Forces", "turkish-armed-forces")
RUSSIA = resolved("Russian Armed Forces", "russian-armed-forces")
MONITOR = resolved("Orontes Watch", "orontes-watch", "monitor")
GROUPS = class_of("armed groups")


def first_report() -> Reading:
    draft = Draft("north-desk-1", "The Northern Desk", day(2020, 3, 12), "https://northern-desk.example/a1")
    title = draft.add(PassageKind.TITLE, "Patrols planned along the M4 as shelling is reported in southern Idlib")
    one = draft.add(
        PassageKind.PARAGRAPH,
        "Turkish and Russian troops will begin joint patrols along the M4 highway on 15 March, the Turkish "
        "Defence Ministry said. Armed groups have threatened the convoys.",
    )
    two = draft.add(
        PassageKind.PARAGRAPH,
        "According to Orontes Watch, the Syrian Army shelled two villages in southern Idlib on Tuesday, "
        "killing at least three people. The army denied that it had attacked the area. "
        "Troops are massing near Saraqib, and if the truce fails "
        "the army could push towards Jisr al-Shughur.",
    )
    three = draft.add(
        PassageKind.PARAGRAPH,
        "No displaced families returned to Kafr Zaita this week. "
        "Has anyone seen the observers in Tell Nowhere? "
        "Locals say the fighters of Salma 😀 still hold the hills, and قرية صغيرة remains empty.",
    )
    draft.claim(
        one,
        "will begin joint patrols",
        Category.COOPERATE,
        "military",
        actors=[("Turkish", TURKEY), ("Russian troops", RUSSIA)],
        places=[("the M4 highway", M4, "along")],
        when=[When("on 15 March", day(2020, 3, 15))],
        modality=Modality.PLANNED,
        voices=[Voice(VoiceKind.NAMED, "Turkish Defence Ministry", resolved("Turkish Defence Ministry", "tmd"))],
        sentence="Turkish and Russian troops will begin joint patrols along the M4 highway on 15 March",
        confidence=0.91,
        same_as=(draft.find("Patrols planned along the M4", title),),
        agreement="Sochi additional protocol",
    )
    draft.claim(
        one,
        "have threatened",
        Category.THREATEN,
        "violence",
        actors=[("Armed groups", GROUPS)],
        recipients=[("the convoys", unknown("the convoys"))],
        modality=Modality.ONGOING,
        sentence="Armed groups have threatened the convoys.",
    )
    draft.claim(
        two,
        "shelled",
        Category.ASSAULT,
        "artillery",
        actors=[("Syrian Army", ARMY)],
        recipients=[("two villages", class_of("two villages"))],
        places=[("southern Idlib", SOUTH_IDLIB, "at")],
        when=[When("on Tuesday", day(2020, 3, 10))],
        voices=[
            Voice(
                VoiceKind.NAMED,
                "Orontes Watch",
                MONITOR,
                draft.find("Orontes Watch", two),
                draft.find("According to", two),
            )
        ],
        quantities=(Quantity("at least three", draft.find("at least three", two), "killed", 3, None),),
        sentence="According to Orontes Watch, the Syrian Army shelled two villages in southern Idlib",
        confidence=0.94,
        reasons=("“shelled” is ASSAULT artillery in the verb list",),
    )
    draft.claim(
        two,
        "attacked",
        Category.ASSAULT,
        actors=[("The army", ARMY)],
        places=[("southern Idlib", SOUTH_IDLIB, "at")],
        modality=Modality.DENIED,
        voices=[Voice(VoiceKind.NAMED, "Syrian Army", ARMY)],
        sentence="The army denied that it had attacked the area.",
    )
    draft.claim(
        two,
        "are massing",
        Category.MOBILIZE,
        "troops",
        actors=[("Troops", unknown("Troops"))],
        places=[("Saraqib", town("Saraqib", 35.864, 36.806, 6.0), "near")],
        when=[When("", None)],
        modality=Modality.ONGOING,
        sentence="Troops are massing near Saraqib",
    )
    condition = draft.claim(
        two,
        "fails",
        State.BREACHES,
        modality=Modality.CONDITIONAL,
        sentence="if the truce fails",
        condition_role="antecedent",
        confidence=0.6,
    )
    draft.claim(
        two,
        "push towards",
        Category.ASSAULT,
        actors=[("the army", ARMY)],
        places=[("Jisr al-Shughur", town("Jisr al-Shughur", 35.812, 36.317), "to")],
        modality=Modality.CONDITIONAL,
        sentence="if the truce fails the army could push towards Jisr al-Shughur",
        condition=condition.id,
        condition_role="consequent",
        hedges=("could",),
    )
    draft.claim(
        three,
        "returned",
        Category.RETREAT,
        actors=[("displaced families", class_of("displaced families"))],
        places=[("Kafr Zaita", TWO_TOWNS, "to")],
        when=[When("this week", None, "the week is not told apart from the one before")],
        negated=True,
        sentence="No displaced families returned to Kafr Zaita this week.",
    )
    draft.claim(
        three,
        "seen",
        State.LOCATED,
        actors=[("the observers", class_of("the observers"))],
        places=[("Tell Nowhere", NOT_FOUND, "at")],
        modality=Modality.QUESTIONED,
        sentence="Has anyone seen the observers in Tell Nowhere?",
    )
    draft.claim(
        three,
        "still hold",
        State.CONTROLS,
        actors=[("the fighters", ambiguous("the fighters", "group-a", "group-b"))],
        places=[("Salma", HALF_SURE, "at")],
        modality=Modality.ONGOING,
        voices=[Voice(VoiceKind.CLASS, "Locals", class_of("locals"))],
        sentence="Locals say the fighters of Salma 😀 still hold the hills",
    )
    _discussion(draft)
    return draft.reading(notes=["2 names were not found"])


def _discussion(draft: Draft) -> None:
    root = draft.add(
        PassageKind.COMMENT,
        "Turkey will never clear that road. The groups are their own, and Moscow sells weapons to all of them.",
        author="Marta Lindqvist",
        posted=day(2020, 3, 12),
    )
    answer = draft.add(
        PassageKind.COMMENT,
        "Marta, you said the same last year. If the army takes Salma the whole range falls.",
        author="OldHillWalker",
        answers=root,
        answers_certainty=Certainty.CLEAR,
        answers_why="names Marta Lindqvist",
    )
    draft.add(
        PassageKind.COMMENT,
        "Both of you should read the text before writing. Marta Lindqvist never quotes anything.",
        answers=answer,
        answers_certainty=Certainty.LIKELY,
        answers_why="second person",
    )
    draft.add(PassageKind.COMMENT, "", author="Jo B", answers_certainty=None)
    hateful = draft.add(
        PassageKind.COMMENT,
        f"These {LISTED_WORD} shelled their own market in Saraqib, everyone knows it.",
        author="Zed <b>Zed</b>",
        answers=root,
        answers_certainty=Certainty.AMBIGUOUS,
    )
    draft.claim(
        root,
        "sells weapons",
        Category.AID,
        "military",
        actors=[("Moscow", resolved("Russia", "russia", "state"))],
        recipients=[("The groups", GROUPS)],
        places=[],
        modality=Modality.ONGOING,
    )
    draft.claim(
        root,
        "clear",
        Category.RETREAT,
        actors=[("Turkey", resolved("Turkey", "turkey", "state"))],
        modality=Modality.PREDICTED,
        negated=True,
        sentence="Turkey will never clear that road.",
    )
    draft.claim(
        answer,
        "takes",
        Category.COERCE,
        "seize",
        actors=[("the army", ARMY)],
        places=[("Salma", town("Salma", 35.67, 36.07), "at")],
        modality=Modality.HYPOTHETICAL,
    )
    draft.claim(
        hateful,
        "shelled",
        Category.ASSAULT,
        "artillery",
        actors=[(f"These {LISTED_WORD}", unknown(f"These {LISTED_WORD}"))],
        places=[("Saraqib", town("Saraqib", 35.864, 36.806, 6.0), "at")],
    )


def second_report() -> Reading:
    draft = Draft("levant-wire-1", "Levant Wire", day(2020, 3, 13))
    draft.add(PassageKind.TITLE, "Army says no shells fell south of the road")
    one = draft.add(
        PassageKind.PARAGRAPH,
        "State media insisted on Thursday that no shells were fired into southern Idlib in March. "
        "Aircraft struck positions in the Ghab plain on 11 March, "
        "killing between 4 and 7 fighters, residents said.",
    )
    two = draft.add(
        PassageKind.PARAGRAPH,
        "Under the deal Ankara must withdraw heavy weapons. Moscow demanded that it do so at once, "
        "and an envoy predicted that Syria would be calm by summer.",
    )
    draft.claim(
        one,
        "were fired",
        Category.ASSAULT,
        "artillery",
        places=[("southern Idlib", SOUTH_IDLIB, "at")],
        when=[When("in March", day(2020, 3, 1, 31, TimePrecision.MONTH))],
        modality=Modality.DENIED,
        voices=[Voice(VoiceKind.NAMED, "State media", resolved("Syrian state media", "sana", "outlet"))],
        sentence="no shells were fired into southern Idlib in March",
    )
    draft.claim(
        one,
        "struck",
        Category.ASSAULT,
        "aerial",
        actors=[("Aircraft", unknown("Aircraft"))],
        recipients=[("positions", unknown("positions"))],
        places=[("Ghab plain", GHAB, "at")],
        when=[When("on 11 March", day(2020, 3, 11))],
        voices=[Voice(VoiceKind.CLASS, "residents", class_of("residents"))],
        quantities=(Quantity("between 4 and 7", draft.find("between 4 and 7", one), "killed", 4, 7),),
        sentence="Aircraft struck positions in the Ghab plain on 11 March, killing between 4 and 7 fighters",
    )
    draft.claim(
        two,
        "must withdraw",
        Category.RETREAT,
        actors=[("Ankara", resolved("Turkey", "turkey", "state"))],
        modality=Modality.OBLIGATED,
        agreement="the deal",
        sentence="Under the deal Ankara must withdraw heavy weapons.",
        instruments=("heavy weapons",),
    )
    draft.claim(
        two,
        "demanded",
        Category.REQUEST,
        actors=[("Moscow", resolved("Russia", "russia", "state"))],
        recipients=[("Ankara", resolved("Turkey", "turkey", "state"))],
        modality=Modality.DEMANDED,
        sentence="Moscow demanded that it do so at once",
    )
    draft.claim(
        two,
        "would be calm",
        State.CALM,
        places=[("Syria", SYRIA, "at")],
        when=[When("by summer", day(2020, 6, 1, 92, TimePrecision.SEASON))],
        modality=Modality.PREDICTED,
        voices=[Voice(VoiceKind.NAMED, "an envoy", None)],
        sentence="an envoy predicted that Syria would be calm by summer",
    )
    return draft.reading()


def bare_report() -> Reading:
    """Return a report that has nothing but text: no title, date, outlet, place or actor."""
    draft = Draft("bare", None, None)
    one = draft.add(PassageKind.PARAGRAPH, "Somewhere, shots were fired.")
    claim = draft.claim(one, "shots", Category.ASSAULT, confidence=0.3)
    draft.claims[-1] = replace(claim, evidence=(), voices=(Voice(VoiceKind.UNKNOWN, ""),))
    return draft.reading()


def hostile_report() -> Reading:
    """Return a report whose every field is an attack."""
    bad = PAYLOADS[0]
    draft = Draft("hostile" + bad, PAYLOADS[1], day(2020, 3, 14), PAYLOADS[3])
    draft.add(PassageKind.TITLE, f"Title {PAYLOADS[2]}")
    one = draft.add(PassageKind.PARAGRAPH, " ".join(("Gunmen", *PAYLOADS, "attacked <b>Binnish</b>.")))
    link = replace(town(PAYLOADS[1], 35.95, 36.71), reasons=PAYLOADS)
    draft.claim(
        one,
        "attacked",
        Category.ASSAULT,
        PAYLOADS[2],
        actors=[("Gunmen", unknown(PAYLOADS[2]))],
        places=[("<b>Binnish</b>", link, PAYLOADS[1])],
        when=[When(PAYLOADS[2], None, PAYLOADS[1])],
        voices=[Voice(VoiceKind.NAMED, PAYLOADS[2])],
        reasons=PAYLOADS,
        hedges=PAYLOADS,
    )
    draft.add(PassageKind.COMMENT, PAYLOADS[2], author=PAYLOADS[0])
    return draft.reading(notes=PAYLOADS)


def french_report() -> Reading:
    draft = Draft("fr", "La Vigie", day(2020, 3, 14))
    draft.add(PassageKind.TITLE, "Calme précaire au nord")
    draft.add(PassageKind.PARAGRAPH, "La nuit a été calme.\nAucun tir n’a été entendu.")
    return draft.reading(notes=["not analysed: language fr"], language="fr")


def sample_readings() -> list[Reading]:
    return [first_report(), second_report(), bare_report(), hostile_report(), french_report()]


def sample_events(readings: Sequence[Reading]) -> list[Event]:
    """Return one event per claim, except that the contradicting claims about shelling share one."""
    claims = [claim for reading in readings for claim in reading.claims]
    shelling = [
        one for one in claims if not one.in_comment and any(where.text == "southern Idlib" for where in one.places)
    ]
    events = [_event([one], EventStatus.REPORTED) for one in claims if one not in shelling]
    if shelling:
        events.append(_event(shelling, EventStatus.DISPUTED, "both tell of shells on southern Idlib in March"))
    return events


def _event(claims: Sequence[Claim], status: EventStatus, *reasons: str) -> Event:
    first = claims[0]
    interval = next((one.interval for one in first.when if one.interval), None)
    smallest = min(one.id for one in claims)
    return Event(
        id="e-" + hashlib.sha256(smallest.encode()).hexdigest()[:12],
        act=first.act.label,
        category=str(first.act.category or ""),
        modality=str(first.modality),
        negated=first.negated,
        status=status,
        actors=tuple(party.link.name for party in first.actors),
        recipients=tuple(party.link.name for party in first.recipients),
        places=tuple(where.link.name for where in first.places),
        place_id=first.places[0].link.place.id if first.places and first.places[0].link.place else None,
        start=interval.start.date().isoformat() if interval and interval.start else "",
        end=(interval.end - timedelta(seconds=1)).date().isoformat() if interval and interval.end else "",
        claims=tuple(one.id for one in claims),
        sources=tuple(dict.fromkeys(one.voices[-1].name for one in claims)),
        numbers=tuple((one.unit, one.low, one.high, first.id) for one in first.quantities),
        reasons=reasons,
        comments_only=all(one.in_comment for one in claims),
    )


def many_readings(reports: int, claims_each: int) -> Iterator[Reading]:
    """Yield plain reports in bulk, to see that a large page still opens."""
    for number in range(reports):
        draft = Draft(f"bulk-{number}", f"Outlet {number % 7}", day(2020, 3, 1 + number % 28))
        draft.add(PassageKind.TITLE, f"Report {number} from the road")
        for part in range(claims_each):
            words = f"In hamlet {part} the Syrian Army shelled positions near Saraqib, officials said. "
            index = draft.add(PassageKind.PARAGRAPH, words + "Nothing else was known that evening. " * 3)
            draft.claim(
                index,
                "shelled",
                Category.ASSAULT,
                "artillery",
                actors=[("the Syrian Army", ARMY)],
                recipients=[("positions", unknown("positions"))],
                places=[("Saraqib", town("Saraqib", 35.864, 36.806, 6.0), "near")],
                voices=[Voice(VoiceKind.CLASS, "officials", class_of("officials"))],
                sentence=words.strip(),
            )
        yield draft.reading()

"""What a model said about one text becomes acts and attributions of that text; what does not stand in it is dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from reportedly.language.analysis import Analysis, Argument, Attribution, FoundAct, Role
from reportedly.language.llm.locate import Locator
from reportedly.language.llm.schema import NO_MODE, Kinds, Said, SaidAct, SaidAttribution, load_kinds
from reportedly.language.llm.usage import Usage
from reportedly.language.tree import NOUNS
from reportedly.model import Category, Span, State

CONFIDENCE = 0.75  # flat and not calibrated: a model's own figures say little
LESS_SURE = 0.1  # where a part of what it said about an act had to be dropped
MOST = 100  # acts, and attributions, of one passage
MOST_VALUES = 20  # of one list; places of a cue and a content that are weighed against each other
LONGEST_TRIGGER = 80
LONGEST_VALUE = 200
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


@dataclass(frozen=True, slots=True)
class Built:
    """Acts and attributions of one text, and the count of what was dropped on the way."""

    acts: tuple[FoundAct, ...]
    attributions: tuple[Attribution, ...]
    dropped: Usage


def build(base: Analysis, said: Said) -> Built:
    """Turn an answer into acts and attributions of the text that it is about. base: what another analyzer found."""
    builder = _Builder(base)
    acts = builder.acts(said.acts)
    attributions = builder.attributions(said.attributions)
    return Built(acts, attributions, Usage(not_found=builder.not_found, unfit=builder.unfit))


class _Builder:
    def __init__(self, base: Analysis) -> None:
        self._base = base
        self._locator = Locator(base)
        self._kinds: Kinds = load_kinds()
        self._used: set[Span] = set()
        self.not_found = 0
        self.unfit = 0

    def acts(self, said: Sequence[SaidAct]) -> tuple[FoundAct, ...]:
        self.unfit += max(0, len(said) - MOST)
        built = {n: act for n, one in enumerate(said[:MOST]) if (act := self._act(one)) is not None}
        order = sorted(built, key=lambda n: (built[n].trigger, n))
        position = {n: at for at, n in enumerate(order)}
        linked = []
        for n in order:
            one, act = said[n], built[n]
            if one.condition != "none":
                of = one.condition_of
                act = act.with_condition(position.get(of) if of is not None and of != n else None, one.condition)
            linked.append(act)
        return tuple(linked)

    def _act(self, said: SaidAct) -> FoundAct | None:
        found = self._trigger(said)
        if found is None:
            return None
        trigger, token, told = found
        dropped_before = self.not_found + self.unfit
        sentence = self._locator.sentence(token)
        clause = trigger if told is None else _within(told, sentence).cover(trigger)
        arguments = tuple(self._arguments(said, trigger, token, clause))
        for argument in arguments:
            if sentence.contains(argument.span):
                clause = clause.cover(argument.span)
        hedges = tuple(self._values(said.hedges, trigger, clause))
        agreement = next(self._values([said.agreement] if said.agreement else [], trigger, clause), None)
        mode = self._mode(said)
        confidence = CONFIDENCE - LESS_SURE * (self.not_found + self.unfit > dropped_before)
        head = self._locator.tree[token]
        return FoundAct(
            category=Category(said.kind) if said.kind in set(Category) else None,
            state=State(said.kind) if said.kind in set(State) else None,
            mode=mode,
            lemma=self._locator.tree.lemma(token).replace("_", " "),
            token=token,
            trigger=trigger,
            clause=clause,
            arguments=arguments,
            modality=said.modality,
            negated=said.negated,
            confidence=round(confidence, 2),
            hedges=hedges,
            agreement=agreement,
            nominal=head.pos in NOUNS,
            reasons=("read by a language model",),
        )

    def _trigger(self, said: SaidAct) -> tuple[Span, int, Span | None] | None:
        """Return the trigger's span and head, and the span of the clause around it if that stands in the text.

        Of several places the first that no other act has taken counts, those inside the quoted clause before others.
        """
        places = self._locator.all(said.trigger)
        if not places:
            self.not_found += 1
            return None
        clauses = self._locator.all(said.clause)
        around = [(t, next((c for c in clauses if c.contains(t)), None)) for t in places]
        told = [(t, c) for t, c in around if c is not None] or around
        trigger, clause = next(((t, c) for t, c in told if t not in self._used), told[0])
        if clause is None and said.clause.strip():
            self.not_found += 1
        token = self._locator.head(trigger)
        if token is None or len(trigger) > LONGEST_TRIGGER or not self._locator.sentence(token).contains(trigger):
            self.unfit += 1
            return None
        self._used.add(trigger)
        return trigger, token, clause

    def _arguments(self, said: SaidAct, trigger: Span, token: int, clause: Span) -> Iterator[Argument]:
        lists = (
            (Role.ACTOR, said.actors),
            (Role.RECIPIENT, said.recipients),
            (Role.PLACE, said.places),
            (Role.THEME, said.themes),
        )
        taken: set[tuple[Role, Span]] = set()
        for role, values in lists:
            for span in self._values(values, trigger, clause):
                head = self._locator.head(span)
                if head is None or (role, span) in taken:
                    continue
                taken.add((role, span))
                yield self._argument(role, span, head, token)

    def _argument(self, role: Role, span: Span, head: int, token: int) -> Argument:
        tree = self._locator.tree
        governor = tree[tree[head].head]
        before = self._locator.before(span)
        relation = ""
        if governor.index == token and tree[head].dep in MODIFIERS and role is Role.ACTOR:
            relation = "modifier"
        elif governor.pos == "ADP" and governor.index != head:
            relation = governor.lemma
        elif before is not None and before.pos == "ADP":
            relation = before.lemma
        if self._locator.sentence(token).contains(span):
            return Argument(role, span, head, relation=relation)
        return Argument(role, span, head, implied=True, relation=relation, why="named in another sentence")

    def _values(self, values: Sequence[str], trigger: Span, clause: Span) -> Iterator[Span]:
        """Yield where values stand, nearest to the trigger; count those that stand nowhere."""
        self.unfit += max(0, len(values) - MOST_VALUES)
        for value in values[:MOST_VALUES]:
            span = self._locator.nearest(value, trigger, clause)
            if span is None:
                self.not_found += 1
            elif len(span) > LONGEST_VALUE:
                self.unfit += 1
            else:
                yield span

    def _mode(self, said: SaidAct) -> str | None:
        if said.mode == NO_MODE:
            return None
        if said.mode in self._kinds.modes.get(said.kind, ()):
            return said.mode
        self.unfit += 1
        return None

    def attributions(self, said: Sequence[SaidAttribution]) -> tuple[Attribution, ...]:
        self.unfit += max(0, len(said) - MOST)
        found: list[Attribution] = []
        for one in said[:MOST]:
            found.extend(self._attribution(one))
        unique = {(a.source, a.cue, a.content): a for a in found}
        return tuple(sorted(unique.values(), key=lambda a: (a.cue, a.content)))

    def _attribution(self, said: SaidAttribution) -> Iterator[Attribution]:
        contents = self._locator.all(said.content)
        cues = self._locator.all(said.cue)
        self.not_found += (not contents) + (not cues)
        if not cues:
            return
        if not contents:
            # Without its content an attribution is lost, and with it whose words these are: what the rules read at the
            # same cue stands in for it.
            yield from (a for a in self._base.attributions if any(a.cue.overlaps(cue) for cue in cues))
            return
        cue, content = min(product(cues[:MOST_VALUES], contents[:MOST_VALUES]), key=_apart)
        if len(cue) > LONGEST_VALUE:
            self.unfit += 1
            return
        source = None
        if said.source is not None:
            source = next(self._values([said.source], cue, self._sentence_of(cue)), None)
        yield Attribution(source, cue, content, said.stance, said.direct)

    def _sentence_of(self, span: Span) -> Span:
        head = self._locator.head(span)
        return span if head is None else self._locator.sentence(head)


def _apart(pair: tuple[Span, Span]) -> tuple[int, Span, Span]:
    """Order pairs of cue and content: the closest first."""
    cue, content = pair
    return (max(cue.start - content.end, content.start - cue.end, 0), content, cue)


def _within(span: Span, bounds: Span) -> Span:
    """Return the part of a span inside another that overlaps it."""
    return replace(span, start=max(span.start, bounds.start), end=min(span.end, bounds.end))

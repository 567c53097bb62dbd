"""The first analyzer: spaCy's small English parser, and word lists and rules of our own above it."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.language.acts import find_acts
from reportedly.language.analysis import Analysis
from reportedly.language.attribution import find_attributions
from reportedly.language.lexicon import Lexicon, load_lexicon
from reportedly.language.quantities import find_quantities, find_times, find_weapons
from reportedly.language.syntax import Parsed, Relabel, load_model, parse_texts
from reportedly.language.tree import Tree


class RulesAnalyzer:
    """Parses with spaCy, reads acts, voices and modality by rule. See ``analyzer.Analyzer``.

    relabel: overrules the model's names with known ones (knowledge base, gazetteer); None: the model's stay.
    """

    name = "rules.v1"

    def __init__(self, relabel: Relabel | None = None) -> None:
        load_model()
        self._lexicon = load_lexicon()
        self._relabel = relabel

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text on its own; the result is in the order of ``texts``."""
        return [_analyse(parsed, self._lexicon) for parsed in parse_texts(texts, self._relabel)]


def _analyse(parsed: Parsed, lexicon: Lexicon) -> Analysis:
    tree = Tree(parsed.tokens)
    text = parsed.text
    return Analysis(
        text=text,
        tokens=parsed.tokens,
        sentences=parsed.sentences,
        entities=parsed.entities,
        acts=tuple(find_acts(tree, lexicon)),
        attributions=tuple(find_attributions(tree, text, lexicon)),
        quantities=tuple(find_quantities(tree, text)),
        times=tuple(find_times(tree, text, ((e.span, e.label) for e in parsed.entities))),
        weapons=tuple(find_weapons(tree, text, lexicon)),
    )

"""The analyzer in use: the network reads syntax, names and second opinions; word lists and rules stand above it."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.language.acts import find_acts
from reportedly.language.analysis import Analysis
from reportedly.language.attribution import find_attributions
from reportedly.language.lexicon import Lexicon, load_lexicon
from reportedly.language.quantities import find_quantities, find_times, find_weapons
from reportedly.language.reader.findings import find
from reportedly.language.reader.model import load_network
from reportedly.language.reader.parse import Parsed
from reportedly.language.syntax import Relabel, parse_texts
from reportedly.language.tree import Tree
from reportedly.language.voices import add_voices


class RulesAnalyzer:
    """Reads with the network, and acts, voices and modality by rule above it. See ``analyzer.Analyzer``.

    relabel: overrules the model's names with known ones (knowledge base, gazetteer); None: the model's stay.
    """

    name = "reader.v1"

    def __init__(self, relabel: Relabel | None = None) -> None:
        load_network()
        self._lexicon = load_lexicon()
        self._relabel = relabel

    def analyse(self, texts: Sequence[str]) -> list[Analysis]:
        """Analyse each text on its own; the result is in the order of ``texts``."""
        return [_analyse(parsed, self._lexicon) for parsed in parse_texts(texts, self._relabel)]


def _analyse(parsed: Parsed, lexicon: Lexicon) -> Analysis:
    tree = Tree(parsed.tokens)
    text, findings = parsed.text, find(parsed)
    return Analysis(
        text=text,
        tokens=parsed.tokens,
        sentences=parsed.sentences,
        entities=parsed.entities,
        acts=tuple(find_acts(tree, lexicon, findings)),
        attributions=tuple(add_voices(find_attributions(tree, text, lexicon), findings, tree, text, lexicon)),
        quantities=tuple(find_quantities(tree, text)),
        times=tuple(find_times(tree, text, ((e.span, e.label) for e in parsed.entities))),
        weapons=tuple(find_weapons(tree, text, lexicon)),
        findings=findings,
    )

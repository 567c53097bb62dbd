"""Score the templates that the sites of MUC-4 handed in, to see how far our scorer is from the official one.

    python -m benchmarks.muc4.calibrate FOLDER_OF_MUC4

Reads ``results/TST3/responses`` and ``results/TST4/responses`` where they are (they are held out of the
development copy) and prints, per response file, recall, precision and F over all templates by our scorer. The
official figures stand in the proceedings; a site whose order or size differs much shows where we are off.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.muc4.corpus import read_documents
from benchmarks.muc4.keys import parse_templates
from benchmarks.muc4.official import Tally, add_tallies, score_document


@dataclass(frozen=True, slots=True)
class SiteScore:
    """What our scorer gives one response file."""

    test: str
    site: str
    tally: Tally


def score_responses(data: Path) -> Iterator[SiteScore]:
    """Yield the score of every response file below ``results/`` that answers one of the test sets."""
    for test in ("tst3", "tst4"):
        folder = data / "results" / test.upper() / "responses"
        if not folder.is_dir():
            continue
        documents = read_documents(data, test)
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            answers = parse_templates(file.read_text(encoding="latin-1"))
            if answers:
                tallies = (score_document(answers.get(d.id, ()), d.templates) for d in documents)
                site = str(file.relative_to(folder))
                yield SiteScore(test, site, add_tallies(slot for tally in tallies for slot in tally.values()))


def main(arguments: list[str]) -> int:
    """Print one line per response file."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.muc4.calibrate FOLDER_OF_MUC4", file=sys.stderr)
        return 2
    scores = list(score_responses(Path(arguments[0])))
    for score in scores:
        tally = score.tally
        figures = f"R {tally.recall:.3f}  P {tally.precision:.3f}  F {tally.f:.3f}"
        print(f"{score.test}  {score.site:<40} {figures}")
    if not scores:
        print("no responses below results/: nothing to calibrate on", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

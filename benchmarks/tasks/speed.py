"""Words a second, start-up and memory, beside spaCy's full pipeline in the same run.

Data: any folder of reports (.txt, .html, .jsonl with a ``text`` each, or re3d folders). Every figure comes
from a process of its own (``benchmarks.measure``). Throughput is of warm processes and leaves reading of
files out; ``startup_s`` is the wall time of ``python -m reportedly read`` on a report of 1,000 words from a
cold start. Wall times move with what else runs on the machine, so the ratio to spaCy counts more than the
words a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.framework import BenchmarkError
from benchmarks.measure import peer_model
from benchmarks.scoring import mean, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task

STARTUP_WORDS = 1000
QUIET = "quiet machine, 1 thread, design/models.md 2"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds per text and peak memory of one reader."""

    seconds: tuple[float, ...]
    peak_rss_mb: float | None


def read_texts(data: Path) -> Iterator[str]:
    """Yield the texts of a file or of every report in a folder, in the order of their names."""
    paths = [data] if data.is_file() else sorted(path for path in data.rglob("*") if path.is_file())
    for path in paths:
        if path.suffix in (".txt", ".html", ".htm"):
            yield path.read_text(encoding="utf-8", errors="replace")
        elif path.suffix == ".jsonl" or path.name == "documents.json":
            for line in path.read_text(encoding="utf-8-sig").splitlines():
                row = json.loads(line) if line.strip() else {}
                if isinstance(row, dict) and isinstance(row.get("text"), str):
                    yield row["text"]


def time_reader(who: str, texts: Sequence[str]) -> Timing:
    """Run one reader in a process of its own."""
    return _measure(who, "".join(json.dumps(text) + "\n" for text in texts))


def time_startup(texts: Sequence[str]) -> Timing:
    """Run ``python -m reportedly read`` on a fresh report of 1,000 words; no seconds if it fails."""
    return _measure("command", sample_report(texts, STARTUP_WORDS))


def _measure(who: str, content: str) -> Timing:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(content, encoding="utf-8")
        command = [sys.executable, "-m", "benchmarks.measure", who, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchmarkError(f"{who} did not run: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    fields = json.loads(done.stdout.strip().splitlines()[-1])
    return Timing(tuple(fields["seconds"]), fields["peak_rss_mb"])


def sample_report(texts: Iterable[str], words: int) -> str:
    """Join texts into one report of ``words`` words."""
    collected: list[str] = []
    paragraphs: list[str] = []
    for paragraph in (line for text in texts for line in text.splitlines() if line.strip()):
        taken = paragraph.split()[: words - len(collected)]
        collected += taken
        paragraphs.append(" ".join(taken))
        if len(collected) >= words:
            break
    return "\n\n".join(paragraphs)


def speed_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Return words a second and ratios from the seconds that each document took."""
    total = sums(scores)
    ours = ratio(total["words"], total["ours"])
    two = ratio(total["words"], total["ours two"])
    peer = ratio(total["words"], total["spacy"]) if "spacy" in total else None
    constants = {
        name: mean(value for score in scores for value in score.values.get(name, ()))
        for name in ("startup_s", "startup_rss_mb", "peak_rss_mb", "peer_rss_mb")
    }
    return {
        "words_per_s": ours,
        "words_per_s_two": two,
        "peer_words_per_s": peer,
        "ratio_to_peer": ours / peer if ours and peer else None,
        "ratio_two_to_one": two / ours if ours and two else None,
        **constants,
    }


def _known(value: float | None) -> list[float]:
    return [] if value is None else [value]


class Speed:
    """The ``speed`` task."""

    name = "speed"
    summary = "words a second in one process and two, cold start, peak memory, beside spaCy"
    default_data = "re3d"
    splits: tuple[str, ...] = ("all",)
    headline: tuple[str, ...] = ("words_per_s", "ratio_to_peer", "startup_s", "peak_rss_mb")
    published: tuple[Published, ...] = (
        Published("spaCy en_core_web_md full pipeline", "words_per_s", 3496, QUIET),
        Published("spaCy en_core_web_sm full pipeline", "words_per_s", 3210, QUIET),
        Published("spaCy en_core_web_md full pipeline, two processes", "words_per_s_two", 6953, QUIET),
        Published("geoparser 0.6.2", "peak_rss_mb", 1460, "measured, design/benchmarks.md"),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Time our reader and the peer on every report of a folder."""
        texts = [text for text in read_texts(data) if text.strip()][:limit]
        if not texts:
            return
        ours, two = (time_reader(who, texts) for who in ("ours", "ours-two"))
        peer = time_reader("spacy", texts) if peer_model() is not None else None
        startup = time_startup(texts)
        for number, text in enumerate(texts):
            values: dict[str, Sequence[float]] = {
                "words": [word_count(text)],
                "ours": [ours.seconds[number]],
                "ours two": [two.seconds[number]],
                "startup_s": startup.seconds,
                "startup_rss_mb": _known(startup.peak_rss_mb),
                "peak_rss_mb": _known(ours.peak_rss_mb),
            }
            if peer is not None:
                values |= {"spacy": [peer.seconds[number]], "peer_rss_mb": _known(peer.peak_rss_mb)}
            yield DocumentScore(str(number), word_count(text), values)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return throughput, ratios, start-up and memory."""
        return speed_metrics(scores)


TASK: Task = Speed()

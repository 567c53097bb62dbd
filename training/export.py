"""Turns trained weights into what ships: one ONNX graph for the words, a small one for pairs, labels, vocabulary."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import torch
from torch import Tensor, nn

from training.fit import restore
from training.net import HIDDEN, Reader

SHIPPED = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "data" / "reader"
OPSET = 17
OUTPUTS = ("words", "labels", "arcs", "dep", "act_roles", "voice_roles")


class _Pass(nn.Module):
    """One window in, everything about its words out; never a batch, so that nothing depends on neighbours."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        words = self.reader.encode(ids[None], shapes[None], firsts[None])
        return tuple(each[0] for each in (words, *self.reader(words)))


def export(folder: Path, encoder: Path, out: Path = SHIPPED) -> dict[str, int]:
    """Write the shipped files for the weights in ``folder``; returns their sizes in bytes.

    The encoder's weights are int8 per channel with a reduced range: without VNNI instructions a CPU adds products of
    full-range bytes with saturation, and would read differently.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    reader, pairs, inventory = restore(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "reader.onnx"
        example = (torch.arange(1000, 1012), torch.zeros(12, dtype=torch.int64), torch.arange(1, 11))
        axes = {"ids": {0: "pieces"}, "shapes": {0: "pieces"}, "firsts": {0: "count"}}
        axes |= {name: {0: "count"} for name in ("words", "labels", "dep")}
        axes |= {"arcs": {0: "count", 1: "count"}}
        axes |= {name: {1: "count", 2: "count"} for name in ("act_roles", "voice_roles")}
        torch.onnx.export(_Pass(reader), example, str(whole), input_names=["ids", "shapes", "firsts"],
                          output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=OPSET, dynamo=False)  # fmt: skip
        quantize_dynamic(whole, out / "reader.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                         nodes_to_exclude=_heads(whole))  # fmt: skip
    weights = [torch.rand(3, 10) for _ in range(4)]
    torch.onnx.export(pairs, (torch.rand(3, 10, HIDDEN), *weights), str(out / "pairs.onnx"),
                      input_names=["words", "source", "target", "between", "scope"],
                      output_names=["category", "relation"], opset_version=OPSET, dynamo=False,
                      dynamic_axes={name: {0: "pairs", 1: "count"} for name in
                                    ("words", "source", "target", "between", "scope")}
                      | {name: {0: "pairs"} for name in ("category", "relation")})  # fmt: skip
    inventory.write(out / "labels.json")
    plain = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    plain["truncation"] = plain["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    return {path.name: path.stat().st_size for path in sorted(out.iterdir())}


def _heads(graph: Path) -> list[str]:
    """Return the names of the matrix products outside the encoder: small, and better left as they are."""
    import onnx

    nodes = onnx.load(graph).graph.node
    return [node.name for node in nodes if node.op_type in ("MatMul", "Gemm") and "/encoder/" not in node.name]


def keep(folder: Path, where: Path) -> None:
    """Copy the trained weights to a safe place (they are not part of the project)."""
    where.mkdir(parents=True, exist_ok=True)
    shutil.copy2(folder / "reader.pt", where / "reader.pt")

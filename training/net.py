"""The reader's network: a BERT encoder (MiniLM, 6 layers) over word pieces, and heads over words.

Sources: encoder, Devlin et al. 2019 and Wang et al. 2020 (MiniLM); arcs, Dozat and Manning 2017; one pass for all
heads. A word is its first piece. Capitals, which the uncased vocabulary drops, come back as an embedding of the
word's shape.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from reportedly.language.reader.model import EXTRA_WIDTHS

HIDDEN, LAYERS, ATTENTION_HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
SHAPES = 6
ARC, ROLE, PAIR = 192, 96, 256


@dataclass(frozen=True)
class Sizes:
    """The number of labels of each head over words."""

    tag: int
    pos: int
    dep: int
    lemma: int
    name: int
    mention: int
    act: int
    modality: int

    def total(self) -> int:
        """Return the width of the joint output of the heads over words (starts, cues, scales and flags, too)."""
        return sum(asdict(self).values()) - self.dep + sum(EXTRA_WIDTHS.values())


class Layer(nn.Module):
    """One encoder layer, normalised after each half as BERT is."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the layer's output; mask: additive, None where nothing is padded."""
        batch, length, _ = x.shape
        size = HIDDEN // ATTENTION_HEADS
        q, k, v = (
            part.view(batch, length, ATTENTION_HEADS, size).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1)
        )
        weights = (q @ k.transpose(-1, -2)) * (1 / math.sqrt(size))  # torch's fused attention is slower on a CPU
        mixed = torch.softmax(weights if mask is None else weights + mask, dim=-1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces and shapes to vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(SHAPES, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return a vector a piece; mask: additive attention mask [batch, 1, 1, pieces]."""
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.pieces(ids) + self.positions(where)[None] + self.shapes(shapes)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of all-MiniLM-L6-v2; its segment embedding 0 is added to the positions."""
        take = self._take
        with torch.no_grad():
            take(self.pieces.weight, weights["embeddings.word_embeddings.weight"])
            positions = weights["embeddings.position_embeddings.weight"]
            take(self.positions.weight, positions + weights["embeddings.token_type_embeddings.weight"][0])
            _norm(self.norm, weights, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}"
                for kind in ("weight", "bias"):
                    parts = [weights[f"{at}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                    take(getattr(layer.qkv, kind), torch.cat(parts))
                    take(getattr(layer.out, kind), weights[f"{at}.attention.output.dense.{kind}"])
                    take(getattr(layer.up, kind), weights[f"{at}.intermediate.dense.{kind}"])
                    take(getattr(layer.down, kind), weights[f"{at}.output.dense.{kind}"])
                _norm(layer.norm1, weights, f"{at}.attention.output.LayerNorm")
                _norm(layer.norm2, weights, f"{at}.output.LayerNorm")

    @staticmethod
    def _take(mine: Tensor, theirs: Tensor) -> None:
        mine.copy_(theirs)


def _norm(norm: Any, weights: dict[str, Tensor], name: str) -> None:
    norm.weight.copy_(weights[f"{name}.weight"])
    norm.bias.copy_(weights[f"{name}.bias"])


class Biaffine(nn.Module):
    """Scores for every pair of words: [batch, labels, words, words]; rows govern columns."""

    def __init__(self, size: int, labels: int) -> None:
        super().__init__()
        self.row = nn.Linear(HIDDEN, size)
        self.column = nn.Linear(HIDDEN, size)
        self.weight = nn.Parameter(torch.empty(labels, size + 1, size + 1))
        nn.init.xavier_uniform_(self.weight)
        self.dropout = nn.Dropout(0.2)

    def forward(self, words: Tensor) -> Tensor:
        """Return the scores of each label for each pair."""
        row = self.dropout(functional.gelu(self.row(words)))
        column = self.dropout(functional.gelu(self.column(words)))
        row = functional.pad(row, (0, 1), value=1.0)
        column = functional.pad(column, (0, 1), value=1.0)
        return (row[:, None] @ self.weight[None]) @ column.transpose(-1, -2)[:, None]


class Reader(nn.Module):
    """All heads over words in one pass."""

    def __init__(self, sizes: Sizes, act_roles: int, voice_roles: int) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder()
        self.dropout = nn.Dropout(0.2)
        self.words = nn.Linear(HIDDEN, sizes.total())
        self.arcs = Biaffine(ARC, 1)
        self.dep_word = nn.Linear(HIDDEN, PAIR)
        self.dep_head = nn.Linear(HIDDEN, PAIR)
        self.dep = nn.Linear(PAIR, sizes.dep)
        self.act_roles = Biaffine(ROLE, act_roles)
        self.voice_roles = Biaffine(ROLE, voice_roles)

    def encode(self, ids: Tensor, shapes: Tensor, firsts: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return a vector a word: that of its first piece."""
        pieces = self.encoder(ids, shapes, mask)
        index = firsts[:, :, None].expand(-1, -1, HIDDEN)
        return torch.gather(pieces, 1, index)

    def forward(self, words: Tensor, present: Tensor | None = None) -> tuple[Tensor, ...]:
        """Return the joint output over words, arcs, dependency labels, act roles and voice roles.

        arcs[b, i, j]: how well word j depends on word i. The label of a word is read off it and the mixture of its
        likely heads. present: which words are no padding.
        """
        words = self.dropout(words)
        arcs = self.arcs(words)[:, 0]
        scores = arcs if present is None else arcs.masked_fill(~present[:, :, None], -1e4)
        heads = torch.softmax(scores, dim=1).transpose(1, 2) @ words
        dep = self.dep(functional.gelu(self.dep_word(words) + self.dep_head(heads)))
        return self.words(words), arcs, dep, self.act_roles(words), self.voice_roles(words)


class PairHead(nn.Module):
    """A label for an ordered pair of spans (or for the whole text): category of the act, relation."""

    def __init__(self, categories: int, relations: int) -> None:
        super().__init__()
        self.nothing = nn.Parameter(torch.zeros(HIDDEN))
        self.query = nn.Linear(2 * HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.dropout = nn.Dropout(0.3)
        self.category = nn.Sequential(nn.Linear(4 * HIDDEN, PAIR), nn.GELU(), nn.Linear(PAIR, categories))
        self.relation = nn.Sequential(nn.Linear(4 * HIDDEN, PAIR), nn.GELU(), nn.Linear(PAIR, relations))

    def forward(
        self, words: Tensor, source: Tensor, target: Tensor, between: Tensor, scope: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return category and relation logits.

        words: [pairs, words, HIDDEN]; source, target, between, scope: weights [pairs, words] that sum to 1 (or are all
        0); scope says which words may be looked at.
        """
        ends = [self._pool(words, each) for each in (source, target)]
        middle = self._pool(words, between)
        query = self.query(torch.cat(ends, dim=-1))[:, None]
        looks = (query @ self.key(words).transpose(-1, -2))[:, 0] / math.sqrt(HIDDEN)
        looks = torch.softmax(looks + (scope - 1.0) * 1e4, dim=-1)
        seen = (looks[:, None] @ words)[:, 0]
        joined = self.dropout(torch.cat([*ends, middle, seen], dim=-1))
        return self.category(joined), self.relation(joined)

    def _pool(self, words: Tensor, weights: Tensor) -> Tensor:
        held = weights.sum(-1, keepdim=True)
        return (weights[:, None] @ words)[:, 0] + (1.0 - held) * self.nothing

"""What does the text say, word by word? Passages become mentions, acts with roles, voices and factuality.

One ``Analyzer`` protocol with versioned implementations; ``default_analyzer()`` gives the one in use.
"""

from reportedly.language.analysis import (
    Analysis,
    Argument,
    Attribution,
    Entity,
    FoundAct,
    Role,
    Token,
)
from reportedly.language.analyzer import Analyzer, default_analyzer

__all__ = [
    "Analysis",
    "Analyzer",
    "Argument",
    "Attribution",
    "Entity",
    "FoundAct",
    "Role",
    "Token",
    "default_analyzer",
]

"""Who says that who did what, and how surely? Analyses become claims with voices, parties, places and times."""

from reportedly.claims.build import build_claims
from reportedly.claims.context import Part

__all__ = ["Part", "build_claims"]

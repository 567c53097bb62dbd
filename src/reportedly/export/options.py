"""What may be chosen about an export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """comment_text: whether the words of reader comments go out (always under pseudonyms), or only claims."""

    comment_text: bool = True

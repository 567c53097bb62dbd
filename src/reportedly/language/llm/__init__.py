"""The optional analyzer that asks a language model; off unless somebody chooses it (``--analyzer llm``, docs/llm.md).

The model says what is done and who says so, as verbatim quotations; everything else comes from the analyzer below it.
What it answers is data: it is turned into spans of the one passage that was asked about, or dropped and counted.
"""

from reportedly.language.llm.analyzer import LlmAnalyzer
from reportedly.language.llm.settings import Settings, read_settings
from reportedly.language.llm.usage import Usage

__all__ = ["LlmAnalyzer", "Settings", "Usage", "read_settings"]

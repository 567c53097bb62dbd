"""Build hook: makes what ships in the wheel but must not be committed.

Three steps: the gazetteer index (from GeoNames data), the named regions (from the package's own data files) and the
page's browser libraries (from npm packages). The slow ones are skipped when they have been done from the same inputs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class BuiltDataHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``src/reportedly/_built`` before hatchling collects files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name not in {"wheel", "editable"}:
            return
        sys.path.insert(0, str(ROOT))
        try:
            from build_tools import gazetteer, named, web
        finally:
            sys.path.remove(str(ROOT))
        target = ROOT / "src" / "reportedly" / "_built"
        target.mkdir(exist_ok=True)
        gazetteer.build(target)
        named.build(target)
        web.build(target)

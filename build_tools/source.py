"""Imports single modules of the package while it is being built, that is before it and its dependencies are there."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

SOURCE = Path(__file__).parent.parent / "src"


def import_module(name: str) -> ModuleType:
    """Import ``reportedly.places.fold`` and its like without running any ``__init__`` of the package.

    name: a module that needs nothing but the standard library, the build requirements and others of its kind. Where
    the package is installed, that is used as it is.
    """
    parts = name.split(".")[:-1]
    package = sys.modules.get("reportedly")
    bare = package.__spec__ is None if package else importlib.util.find_spec("reportedly") is None
    if bare:
        for depth in range(1, len(parts) + 1):
            stub = ModuleType(".".join(parts[:depth]))
            stub.__path__ = [str(SOURCE.joinpath(*parts[:depth]))]
            sys.modules.setdefault(stub.__name__, stub)
    return importlib.import_module(name)

"""Whose packs do the tests read? Nobody's: a developer's own would change the results."""

from __future__ import annotations

import os
import tempfile

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Point REPORTEDLY_PACKS at an empty folder before anything opens a gazetteer, in subprocesses too."""
    folder = tempfile.TemporaryDirectory(prefix="reportedly-no-packs-")
    before = os.environ.get("REPORTEDLY_PACKS")
    os.environ["REPORTEDLY_PACKS"] = folder.name

    def restore() -> None:
        folder.cleanup()
        os.environ.pop("REPORTEDLY_PACKS", None)
        if before is not None:
            os.environ["REPORTEDLY_PACKS"] = before

    config.add_cleanup(restore)

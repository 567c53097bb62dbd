"""A place to work in, and a user without privileges."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_command import Command

NOBODY = 65534


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Return the command, with a ledger in a folder of its own."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    return Command(folder)


@pytest.fixture
def plain_user() -> Iterator[Command]:
    """Return the command as started by somebody whom permissions bind: nobody, where the tests run as root."""
    if os.name == "nt":
        pytest.skip("permissions of POSIX systems")
    folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
    user = NOBODY if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user, user)
        can = subprocess.run(
            [sys.executable, "-c", "import reportedly"], user=user, group=user, cwd="/", capture_output=True, check=False
        )
        if can.returncode:
            pytest.skip("another user than root cannot read this installation")
    yield Command(folder, user)
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)

"""A place to work in, and a user without privileges."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_command import WITHOUT_RIGHTS, Command


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Return the command, with a ledger in a folder of its own."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    return Command(folder)


@pytest.fixture
def bound(command: Command) -> Iterator[Command]:
    """Return the command as started by somebody whom permissions bind, also where the tests run as root."""
    if os.name == "nt":
        pytest.skip("permissions of POSIX systems")
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None or subprocess.run([*WITHOUT_RIGHTS, "true"], check=False).returncode:
            pytest.skip("the tests run as root, who may read and write everything")
        command = Command(command.folder, bound=True)
    yield command
    for path in (command.folder, *command.folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make, once, a ledger of one report with two comments, one of which names the author of the other."""
    folder = tmp_path_factory.mktemp("made")
    feed = {
        "text": "Government forces shelled Sarmin on Saturday, activists said. The army denied shelling Sarmin.",
        "title": "Shells on Sarmin — “again”",
        "url": "https://example.org/1",
        "published": "2020-03-16",
        "comments": [
            {"author": "Ömer Kaya", "text": "Turkey attacked Kobani."},
            {"author": "Jane Quill", "text": "Ömer Kaya attacked Sarmin yesterday."},
        ],
    }
    (folder / "one.jsonl").write_text(json.dumps(feed), encoding="utf-8")
    assert Command(folder).look("add", str(folder / "one.jsonl")).code == 0
    return folder


@pytest.fixture
def filled(command: Command, made: Path) -> Command:
    """Return the command with a ledger of one analysed report in it."""
    for name in ("ledger.sqlite", "ledger.sqlite.key"):
        shutil.copy(made / name, command.folder)
    return command

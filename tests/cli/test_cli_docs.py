"""Every command and option is described in docs/cli.md, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from reportedly.cli.app import app
from reportedly.cli.faults import ExitCode

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_each_of_its_options_is_documented(name: str) -> None:
    section = SECTIONS[name]
    options = {
        option
        for parameter in COMMANDS[name].params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    for option in options:
        if option.startswith("--"):
            assert re.search(rf"{option}\b", section), f"{name} {option}"


def test_no_command_or_option_is_documented_that_is_not_there() -> None:
    assert set(SECTIONS) - {"Exit"} == set(COMMANDS)
    known = {option for c in COMMANDS.values() for p in c.params for option in (*p.opts, *p.secondary_opts)}
    assert set(re.findall(r"--[a-z][a-z-]+", DOCS)) <= known | {"--help", "--version"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_takes_json(name: str) -> None:
    assert "--json" in {option for parameter in COMMANDS[name].params for option in parameter.opts}


def test_every_exit_code_is_documented() -> None:
    assert set(map(int, re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE))) == set(ExitCode)

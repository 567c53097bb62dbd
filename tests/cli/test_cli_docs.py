"""Every command and option is described in docs/cli.md, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from reportedly.cli.app import app
from reportedly.cli.faults import ExitCode

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL))
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def parameters_of(command: Any) -> list[Any]:
    """Return the parameters of a command; of a group, those of its commands as well."""
    inner = getattr(command, "commands", {}).values()
    return [*command.params, *(parameter for each in inner for parameter in parameters_of(each))]


def options_of(command: Any) -> set[str]:
    """Return the options of a command or group."""
    return {option for p in parameters_of(command) for option in (*p.opts, *p.secondary_opts)}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_each_of_its_options_is_documented(name: str) -> None:
    section = SECTIONS[name]
    for option in options_of(COMMANDS[name]):
        if option.startswith("--"):
            assert re.search(rf"{option}\b", section), f"{name} {option}"


def test_no_command_or_option_is_documented_that_is_not_there() -> None:
    assert set(SECTIONS) - {"Exit"} == set(COMMANDS)
    known = {option for command in COMMANDS.values() for option in options_of(command)}
    assert set(re.findall(r"--[a-z][a-z-]+", DOCS)) <= known | {"--help", "--version"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_takes_json(name: str) -> None:
    for command in (COMMANDS[name], *getattr(COMMANDS[name], "commands", {}).values()):
        assert "--json" in {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_of_a_group_has_its_line_in_the_section(name: str) -> None:
    for inner in getattr(COMMANDS[name], "commands", {}):
        assert f"    reportedly {name} {inner} " in SECTIONS[name]


def test_every_exit_code_is_documented() -> None:
    assert set(map(int, re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE))) == set(ExitCode)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_line_in_the_docs_is_one_that_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"(?:^ {4}|\$ |`|bin/)reportedly ([a-z]+)([^\n`#]*)", text, re.MULTILINE)
    for name, rest in lines:
        assert name in COMMANDS, f"reportedly {name}"
        known = options_of(COMMANDS[name])
        assert set(re.findall(r"--[a-z][a-z-]+", rest)) <= known | {"--help"}, f"reportedly {name}{rest}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_docs_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


def test_the_python_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    first = re.findall(r"```python\n(.*?)```", PAGES[0].read_text(encoding="utf-8"), re.DOTALL)[0]
    exec(compile(first, "README.md", "exec"), {})
    assert "denied ASSAULT" in capsys.readouterr().out

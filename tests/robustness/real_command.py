"""The real command in a process of its own, as a person starts it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import typer.testing

from reportedly.cli.app import app

PATIENCE_S = 60
WITHOUT_RIGHTS = ("setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search")
ONE_LINE = re.compile(r"reportedly: [^\n]+\n")
SENTENCE = "Government forces shelled Sarmin on Saturday, activists said. The army denied shelling Sarmin."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: bytes
    err: str

    @property
    def said(self) -> str:
        """Return standard output as text."""
        return self.out.decode()


@dataclass(frozen=True, slots=True)
class Command:
    """Starts the command on a ledger in ``folder``.

    bound: begin it without root's right to read and write everything.
    """

    folder: Path
    bound: bool = False

    @property
    def ledger(self) -> Path:
        """Return the ledger that the command uses."""
        return self.folder / "ledger.sqlite"

    def start(
        self, *words: str, env: Mapping[str, str | None] | None = None, wrap: str = "", pipe_in: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start the command. env: changes, None takes a variable away. wrap: shell text with {} for the command."""
        environment = {**os.environ, "REPORTEDLY_LEDGER": str(self.ledger), "COLUMNS": "80"}
        environment.pop("REPORTEDLY_DEBUG", None)
        for name, value in (env or {}).items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        arguments = [sys.executable, "-m", "reportedly", *words]
        if self.bound:
            arguments = [*WITHOUT_RIGHTS, *arguments]
        if wrap:
            arguments = ["bash", "-c", wrap.format('"$@"'), "bash", *arguments]
        return subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE if pipe_in else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )

    def run(
        self,
        *words: str,
        stdin: bytes | None = None,
        env: Mapping[str, str | None] | None = None,
        wrap: str = "",
    ) -> Answer:
        """Run the command to its end; a traceback is a failure whatever else happens."""
        process = self.start(*words, env=env, wrap=wrap, pipe_in=stdin is not None)
        return self.finish(process, stdin)

    def finish(self, process: subprocess.Popen[bytes], stdin: bytes | None = None) -> Answer:
        """Wait for a started command."""
        out, err = process.communicate(stdin, timeout=PATIENCE_S)
        answer = Answer(process.returncode, out, err.decode())
        assert "Traceback" not in answer.err, answer.err
        assert answer.code != 70, answer.err
        return answer

    def look(self, *words: str, stdin: bytes | None = None, columns: int = 80) -> Answer:
        """Run a command that needs no process of its own in this one: quicker."""
        ran = typer.testing.CliRunner(env={"REPORTEDLY_LEDGER": str(self.ledger), "COLUMNS": str(columns)}).invoke(
            app, list(words), input=stdin, prog_name="reportedly"
        )
        return Answer(ran.exit_code, ran.stdout_bytes, ran.stderr)

    def reports(self) -> dict[str, dict[str, object]]:
        """Return the ledger's reports by key, as ``reports --json`` lists them."""
        rows = json.loads(self.look("reports", "--limit", "0", "--json").said)["reports"]
        return {row["key"]: row for row in rows}

    def quarantine(self) -> dict[str, str]:
        """Return the causes in the quarantine by name."""
        rows = json.loads(self.look("reports", "--json").said)["quarantined"]
        return {row["name"]: row["cause"] for row in rows}

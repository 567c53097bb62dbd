"""``--analyzer``: off by default, says what read the report and what it cost, and one bad report stops nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand_made import Run

sys.path.append(str(Path(__file__).parents[1] / "language" / "llm"))
from fake_endpoint import KEY, FakeEndpoint, Play, act, says, serve

REPORT = (
    "Title: Shells fall\nOutlet: Orontes Courier\nDate: 2020-03-16\n\nGovernment forces shelled Sarmin on Saturday.\n"
)
MOVED = act("shelled", kind="MOBILIZE", actors=["Government forces"], places=["Sarmin"])


def reading(passage: str) -> Play:
    """Fail at reports that are named so; read the others."""
    if "Poison" in passage:
        return Play(b"{" * 1000)
    return says(MOVED) if "shelled" in passage else says()


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    with serve() as state:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("REPORTEDLY_LLM_URL", state.url)
        monkeypatch.setenv("REPORTEDLY_LLM_MODEL", "test-model")
        monkeypatch.setenv("REPORTEDLY_LLM_KEY", KEY)
        monkeypatch.setenv("REPORTEDLY_LLM_RETRIES", "0")
        monkeypatch.setenv("REPORTEDLY_LLM_PRICE_IN", "1")
        state.plays_only(reading)
        yield state


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_nothing_is_asked_unless_it_is_chosen(run: Run, endpoint: FakeEndpoint, report: Path) -> None:
    default = run("read", "--json", str(report))
    named = run("read", "--json", "--analyzer", "reader", str(report))
    assert endpoint.requests == []
    assert "llm" not in default.out + default.err
    (first,), (second,) = json.loads(default.out), json.loads(named.out)
    assert first["claims"] == second["claims"] and first["analyzer"] == second["analyzer"]


def test_a_report_is_read_by_the_model_and_says_so(run: Run, endpoint: FakeEndpoint, report: Path) -> None:
    answer = run("read", "--json", "--analyzer", "llm", str(report))
    assert answer.code == 0
    (told,) = json.loads(answer.out)
    assert told["analyzer"].startswith("llm.v1 test-model on ")
    assert [claim["act"]["category"] for claim in told["claims"]] == ["MOBILIZE"]
    assert "llm test-model: 2 passages in 2 requests; 200 tokens sent, 40 answered; cost 0.0002" in answer.err
    assert KEY not in answer.out + answer.err


def test_ledger_and_page_say_which_analyzer_read_what(
    run: Run, endpoint: FakeEndpoint, report: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(REPORT.replace("Shells fall", "Poison"), encoding="utf-8")
    ledger = ("--ledger", str(tmp_path / "new.sqlite"))
    answer = run("add", "--analyzer", "llm", "--jobs", "3", str(report), str(other), *ledger)
    assert (answer.code, answer.out[:5]) == (0, "2 new")
    assert "4 passages in 4 requests" in answer.err
    assert "1 passage without a usable answer" in answer.err
    shown = [
        run("show", row["id"], *ledger).out for row in json.loads(run("reports", "--json", *ledger).out)["reports"]
    ]
    assert all("llm.v1 test-model on" in " ".join(out.split()) for out in shown)
    assert sum("no usable answer" in " ".join(out.split()) for out in shown) == 1
    page = tmp_path / "page.html"
    run("page", str(page), *ledger)
    html = page.read_text(encoding="utf-8")
    assert "llm.v1 test-model on" in html
    assert "no usable answer (the answer is no chat completion)" in html
    assert KEY not in html + "".join(shown)
    assert KEY.encode() not in (tmp_path / "new.sqlite").read_bytes()
    assert run("verify", *ledger).code == 0


def test_without_an_endpoint_it_is_said_in_one_line_before_anything_is_made(
    run: Run, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORTEDLY_LLM_URL", raising=False)
    answer = run("add", "--analyzer", "llm", str(report), "--ledger", str(tmp_path / "new.sqlite"))
    assert answer.code == 4
    assert answer.err.startswith("reportedly: the llm analyzer needs REPORTEDLY_LLM_URL")
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / "new.sqlite").exists()


def test_a_wrong_key_stops_the_run_and_the_cost_is_told_all_the_same(
    run: Run, endpoint: FakeEndpoint, report: Path, tmp_path: Path
) -> None:
    endpoint.plays_only(Play(status=401))
    answer = run("add", "--analyzer", "llm", str(report), "--ledger", str(tmp_path / "new.sqlite"))
    assert answer.code == 4
    assert "1 passage in 1 request" in answer.err.splitlines()[0]
    assert "answers 401: check REPORTEDLY_LLM_KEY" in answer.err.splitlines()[-1]
    assert KEY not in answer.err


def test_an_analyzer_that_is_not_there_is_wrong_usage(run: Run, report: Path) -> None:
    assert run("read", "--analyzer", "oracle", str(report)).code == 2

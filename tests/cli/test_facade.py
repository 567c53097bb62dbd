"""``import reportedly``: what it offers, and that it costs little."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import reportedly


def run_python(script: str) -> str:
    """Run a script in a fresh interpreter and return what it printed."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_all_is_sorted_and_every_name_in_it_is_there() -> None:
    assert reportedly.__all__ == sorted(reportedly.__all__)
    assert all(getattr(reportedly, name) is not None for name in reportedly.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = reportedly.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "imports",
    [
        "import reportedly",
        "import reportedly; from reportedly.read import walk",
        "from reportedly.read import walk; import reportedly",
        "import reportedly.read.files; import reportedly",
        "from reportedly import Ledger, Claim; import reportedly.read.files",
    ],
)
def test_read_is_the_function_in_whatever_order_things_are_imported(imports: str) -> None:
    assert run_python(f"{imports}; print(type(reportedly.read).__name__)") == "function"


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = ("spacy", "trafilatura", "shapely", "sqlite3", "numpy", "rich", "typer", "lxml")
    assert run_python(f"import sys, reportedly; print([m for m in {heavy!r} if m in sys.modules])") == "[]"


def test_text_is_read_with_what_is_known_about_it() -> None:
    reading = reportedly.read(
        "Turkish troops shelled Sarmin on Saturday.", outlet="Orontes Courier", published="2020-03-16"
    )
    assert reading.report.outlet == "Orontes Courier"
    assert reading.report.published is not None
    assert any("ASSAULT" in claim.act.label for claim in reading.claims)


def test_a_path_is_a_file_and_a_string_is_not(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("The army denied shelling Sarmin.\n", encoding="utf-8")
    assert "denied" in reportedly.read(file).report.text
    assert reportedly.read(str(file)).report.text == str(file)


def test_a_date_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a date"):
        reportedly.read("The truce held.", published="soon")


def test_a_file_with_several_reports_is_not_one_report(tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    file.write_text('{"text": "The truce held."}\n{"text": "The truce broke."}\n', encoding="utf-8")
    with pytest.raises(reportedly.UnsuitableInput, match="2 reports"):
        reportedly.read(file)


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(reportedly.InputError, match=r"none\.txt"):
        reportedly.read(tmp_path / "none.txt")

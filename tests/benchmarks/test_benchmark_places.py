"""The reliability curve, worked by hand, and where packs for benchmarks come from."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from benchmarks import packs
from benchmarks.tasks.gazetteer import read_settlements
from benchmarks.tasks.toponyms import reliability
from reportedly.places.gazetteer import built_path

HEADER = "wof_id\tplacetype\tgn_id\tname\tlat\tlon\tpopulation\tcounty_id\tnames\n"


def test_reliability_counts_the_right_ones_in_each_band_of_confidence() -> None:
    curve = reliability([0.95, 0.95, 0.98, 0.6, 0.6], [1.0, 1.0, 0.0, 1.0, 0.0])
    assert curve["right_90_100"] == pytest.approx(2 / 3)
    assert curve["share_90_100"] == pytest.approx(3 / 5)
    assert curve["right_50_70"] == pytest.approx(1 / 2)
    assert curve["right_30_50"] is None


def test_calibration_error_is_the_mean_gap_between_stated_and_right() -> None:
    assert reliability([1.0, 1.0], [1.0, 1.0])["ece"] == pytest.approx(0.0)
    # .9 band: stated .95 + .95, right 1 of 2: a gap of .9 over four names; .3 band: stated .4 + .4, right 0: .8
    curve = reliability([0.95, 0.95, 0.4, 0.4], [1.0, 0.0, 0.0, 0.0])
    assert curve["ece"] == pytest.approx((0.9 + 0.8) / 4)


def test_nothing_resolved_has_no_calibration_error() -> None:
    assert reliability([], [])["ece"] is None


def test_settlements_leave_out_camps_roads_and_what_is_not_exact(tmp_path: Path) -> None:
    table = tmp_path / "places.tsv"
    rows = ["Sarmin town\t35.9\t36.7\t1", "Rukban camp\t33.3\t38.7\t1", "Idlib governorate\t35.8\t36.6\t4"]
    table.write_text("where_coordinates\tlatitude\tlongitude\twhere_prec\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert list(read_settlements(table)) == [("Sarmin", 35.9, 36.7)]


@pytest.mark.skipif(not built_path().is_file(), reason="the gazetteer is not built: python -m build_tools")
def test_pack_source_beside_the_data_is_built_and_comes_before_the_gazetteer_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTEDLY_GAZETTEERS", str(tmp_path / "nowhere"))
    data = tmp_path / "places.tsv"
    data.write_text("where_coordinates\n", encoding="utf-8")
    assert packs.packs_for(data, ["SY"]) == []
    source = tmp_path / "SY.places.tsv"
    source.write_text(HEADER + "7\tlocality\t\tZurbaya\t35.9\t36.7\t\t\teng*:Zurbaya\n", encoding="utf-8")
    (built,) = packs.packs_for(data, ["SY"])
    assert built.path.is_file()
    assert built.seconds is not None
    assert math.isclose(built.megabytes, built.path.stat().st_size / 1e6)

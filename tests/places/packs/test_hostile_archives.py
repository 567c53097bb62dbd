"""Files that are huge, packed to burst or damaged: refused at once, and the pack that was there stays as it was."""

from __future__ import annotations

import gzip
import lzma
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import geonames_row

Refuse = Callable[..., str]


@pytest.mark.parametrize("name", ["XA.txt", "list.csv", "list.geojson", "XA.places.tsv", "XA.db", "XA.zip"])
def test_file_of_five_gigabytes_is_refused_unread(refuse: Refuse, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    os.truncate(path, 5 * 1024**3)
    assert "5.0 GB" in refuse(path, within_s=0.8)


def test_geojson_that_would_fill_the_memory_is_refused_unread(refuse: Refuse, tmp_path: Path) -> None:
    path = tmp_path / "list.geojson"
    path.touch()
    os.truncate(path, 300 * 1024**2)
    assert "more than any gazetteer" in refuse(path, within_s=0.8)


def write_bomb(path: Path, block: bytes) -> Path:
    times = 300 * 1024**2 // len(block)
    if path.suffix == ".zip":
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open("XA.txt", "w") as out,
        ):
            for _ in range(times):
                out.write(block)
    elif path.suffix == ".gz":
        with gzip.open(path, "wb", compresslevel=1) as packed:
            for _ in range(times):
                packed.write(block)
    else:  # an .xz may be made of several streams
        path.write_bytes(lzma.compress(block, preset=0) * times)
    return path


@pytest.mark.parametrize("block", ["zeros", "rows"])
@pytest.mark.parametrize("suffix", ["zip", "gz", "xz"])
def test_file_packed_to_burst_is_refused_at_once(refuse: Refuse, tmp_path: Path, suffix: str, block: str) -> None:
    size = 4 * 1024**2
    row = (geonames_row(7, "Village") + "\n").encode()
    content = bytes(size) if block == "zeros" else row * (size // len(row))
    path = write_bomb(tmp_path / ("XA.zip" if suffix == "zip" else f"XA.txt.{suffix}"), content)
    assert "it unpacks to more than" in refuse(path, within_s=2.0)


def pack_zip(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("_", "."), text)
    return path


def test_zip_with_two_candidates_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    path = pack_zip(tmp_path / "both.zip", XA_txt=geonames_row(1, "A"), XB_txt=geonames_row(2, "B"))
    assert "there are 2" in refuse(path)


def test_encrypted_zip_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    path = pack_zip(tmp_path / "XA.zip", XA_txt=geonames_row(1, "A"))
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    path.write_bytes(content)
    assert "encrypted" in refuse(path)


@pytest.mark.parametrize("suffix", ["zip", "xz", "gz"])
@pytest.mark.parametrize("harm", ["cut short", "overwritten", "garbage", "empty"])
def test_damaged_archive_is_refused(refuse: Refuse, tmp_path: Path, suffix: str, harm: str) -> None:
    text = "".join(geonames_row(n, f"Village {n * n}") + "\n" for n in range(1, 3000))
    if suffix == "zip":
        path = pack_zip(tmp_path / "XA.zip", XA_txt=text)
    else:
        path = tmp_path / f"XA.txt.{suffix}"
        path.write_bytes((lzma if suffix == "xz" else gzip).compress(text.encode()))
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {
            "cut short": content[:middle],
            "overwritten": content[:middle] + b"\xff\x00" * 40 + content[middle + 80 :],
            "garbage": b"nothing that was ever packed" * 9,
            "empty": b"",
        }[harm]
    )
    refuse(path)

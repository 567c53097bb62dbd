"""Country dumps are fetched from a server that breaks off, changes its mind or answers nonsense."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_up import geonames_row

from reportedly import EnvironmentProblem
from reportedly.places.packs import download_geonames


def make_zip(member: str = "XA.txt", rows: int = 3_000) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(member, "".join(geonames_row(n, f"Village {n}") + "\n" for n in range(1, rows)))
    return packed.getvalue()


DUMP = make_zip()


@dataclass
class Server:
    """What the server holds, how it misbehaves, and which ranges it was asked for."""

    body: bytes = DUMP
    etag: str = '"one"'
    status: int = 200
    cut_after: list[int] = field(default_factory=list)  # bytes after which the next answers break off
    ignores_start: bool = False
    asked: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append(wanted)
            start, status = 0, state.status
            if wanted and self.headers.get("If-Range") == state.etag:
                start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
                if start >= len(state.body):
                    start, status = 0, 416
                if state.ignores_start:
                    start = 0
            body = state.body[start:] if status in (200, 206) else b"an answer for people"
            self.send_response(status)
            if state.etag:
                self.send_header("ETag", state.etag)
            if status == 206:
                self.send_header("Content-Range", f"bytes {start}-{len(state.body) - 1}/{len(state.body)}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: state.cut_after.pop(0)] if state.cut_after else body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        state.url = f"http://127.0.0.1:{http.server_address[1]}/export/dump/"
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield state
        http.shutdown()


Fetch = Callable[[], Path]


@pytest.fixture
def fetch(server: Server, tmp_path: Path) -> Fetch:
    return lambda: download_geonames("XA", tmp_path, lambda done, total: None, url=server.url)


def begin(folder: Path, content: bytes, etag: str | None) -> None:
    (folder / "XA.zip.part").write_bytes(content)
    if etag is not None:
        (folder / "XA.zip.etag").write_text(etag, encoding="utf-8")


def test_dump_is_downloaded_and_nothing_else_is_left(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = download_geonames("XA", tmp_path / "new", lambda *sizes: seen.append(sizes), url=server.url)
    assert path.read_bytes() == DUMP
    assert [p.name for p in path.parent.iterdir()] == ["XA.zip"]
    assert seen[-1] == (len(DUMP), len(DUMP))


def test_download_that_breaks_off_is_continued_at_once(server: Server, fetch: Fetch) -> None:
    server.cut_after = [70_000, 50_000]
    assert fetch().read_bytes() == DUMP
    assert server.asked == ["", "bytes=70000-", "bytes=120000-"]


def test_download_is_continued_another_day(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    begin(tmp_path, DUMP[:1000], '"one"')
    assert fetch().read_bytes() == DUMP
    assert server.asked == ["bytes=1000-"]


@pytest.mark.parametrize("etag", ['"other"', None, "", "\u00e9\n\n", '"a"\r\nX-Evil: 1'])
def test_file_that_has_changed_is_fetched_whole(fetch: Fetch, tmp_path: Path, etag: str | None) -> None:
    begin(tmp_path, b"x" * 1000, etag)
    assert fetch().read_bytes() == DUMP


def test_server_without_etags_is_asked_for_the_whole_again(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    server.etag, server.cut_after = "", [9_000]
    begin(tmp_path, DUMP[:1000], '"one"')
    assert fetch().read_bytes() == DUMP
    assert server.asked == ["bytes=1000-", ""]


def test_part_that_is_already_the_whole_file_is_no_obstacle(fetch: Fetch, tmp_path: Path) -> None:
    begin(tmp_path, DUMP, '"one"')
    assert fetch().read_bytes() == DUMP


def test_answer_that_begins_elsewhere_is_not_appended(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    server.ignores_start = True
    begin(tmp_path, DUMP[:1000], '"one"')
    assert fetch().read_bytes() == DUMP


def test_server_that_always_closes_early_is_given_up_and_the_part_kept(
    server: Server, fetch: Fetch, tmp_path: Path
) -> None:
    server.cut_after = [1000] * 9
    with pytest.raises(EnvironmentProblem, match=r"kept and continued next time.*--from FILE"):
        fetch()
    assert (tmp_path / "XA.zip.part").read_bytes() == DUMP[:4000]
    server.cut_after = []
    assert fetch().read_bytes() == DUMP


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"<html>Please log in to the hotel's network</html>", "not a zip"),
        (b"", "not a zip"),
        (DUMP[: len(DUMP) // 2], "not a zip"),
        (DUMP.replace(b"Village 77", b"Village 78"), "checksum"),
        (make_zip("XB.txt"), "no XA.txt"),
    ],
)
def test_answer_that_is_no_dump_is_thrown_away(
    server: Server, fetch: Fetch, tmp_path: Path, body: bytes, cause: str
) -> None:
    server.body = body
    with pytest.raises(EnvironmentProblem, match=f"{cause}.*thrown away"):
        fetch()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("status", "cause"), [(404, "no such file"), (403, "answers 403"), (500, "answers 500")])
def test_refusal_of_the_server_is_told(server: Server, fetch: Fetch, tmp_path: Path, status: int, cause: str) -> None:
    server.status = status
    with pytest.raises(EnvironmentProblem, match=cause) as refused:
        fetch()
    assert "XA.zip" in str(refused.value)
    assert list(tmp_path.glob("*.zip")) == []


def test_old_dump_stays_when_the_new_one_cannot_be_had(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    (tmp_path / "XA.zip").write_bytes(b"old")
    server.body = b"garbage"
    with pytest.raises(EnvironmentProblem):
        fetch()
    assert (tmp_path / "XA.zip").read_bytes() == b"old"


@pytest.mark.parametrize("code", ["../XA", "", "X/A", "XA?x=1"])
def test_code_that_is_no_country_is_not_asked_for(server: Server, tmp_path: Path, code: str) -> None:
    with pytest.raises(EnvironmentProblem, match="no code of a country"):
        download_geonames(code, tmp_path, lambda done, total: None, url=server.url)
    assert server.asked == []


def test_folder_that_cannot_be_written_is_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        download_geonames("XA", tmp_path / "file", lambda done, total: None, url=server.url)

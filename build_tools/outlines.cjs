// Turns world-atlas TopoJSON into GeoJSON on standard output.
// Usage: node outlines.cjs NODE_MODULES SCALE   (SCALE is "110m" or "10m")
"use strict";
const path = require("node:path");
const [modules, scale] = process.argv.slice(2);
const topojson = require(path.resolve(modules, "topojson-client"));
const world = require(path.resolve(modules, "world-atlas", `countries-${scale}.json`));
process.stdout.write(JSON.stringify(topojson.feature(world, world.objects.countries)));

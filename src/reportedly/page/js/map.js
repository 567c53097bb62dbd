// The map: places as areas over outlines that came with the page. Text goes in as text, never as markup.
(() => {
  "use strict";
  const LEAST_PIXELS = 6;
  const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}").map;
  const box = /** @type {HTMLElement} */ (document.getElementById("map"));
  if (typeof L === "undefined") return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    attributionControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    scrollWheelZoom: false,
    worldCopyJump: false,
    minZoom: 1,
    maxZoom: 13,
    zoomSnap: 0.25,
  });
  L.control.scale({ imperial: false }).addTo(map);
  // The wheel scrolls the page until the reader has clicked into the map.
  map.on("click focus", () => map.scrollWheelZoom.enable());
  map.on("mouseout blur", () => map.scrollWheelZoom.disable());

  const ground = { interactive: false, renderer: L.svg({ padding: 0.5, pane: "tilePane" }) };
  data.far.forEach((/** @type {any} */ part) => L.polygon(part, { ...ground, className: "land" }).addTo(map));
  if (data.window) L.rectangle(data.window, { ...ground, className: "water" }).addTo(map);
  data.near.forEach((/** @type {any} */ country) => {
    country.parts.forEach((/** @type {any} */ part) =>
      L.polygon(part, { ...ground, className: "land near" }).addTo(map));
  });
  data.near.forEach((/** @type {any} */ country) => {
    if (country.lines.length) L.polyline(country.lines, { ...ground, className: "border" }).addTo(map);
    if (country.label) nameCountry(country.name, country.label);
  });

  /** @param {string} name @param {[number, number]} at */
  function nameCountry(name, at) {
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className: "country-name", html: text, iconSize: [0, 0] });
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
  }

  /** @typedef {{shape: any, layer: any, extras: any[]}} Drawn */
  /** @type {Drawn[]} */
  const drawn = data.shapes.map(draw);
  [...drawn].sort((one, other) => extent(other.shape) - extent(one.shape)).forEach(({ layer, extras }) =>
    [...extras.filter((one) => one.below), layer, ...extras.filter((one) => !one.below)].forEach((one) => one.addTo(map)));

  /** @param {any} shape @returns {Drawn} */
  function draw(shape) {
    const className = `shape ${shape.type} ${shape.classes}${shape.comments ? " in-comments" : ""}`;
    // Plain numbers and "none" here are defaults only: the style sheet gives every form its look.
    const options = { className, bubblingMouseEvents: false, smoothFactor: 0.5 };
    const extras = [];
    let layer;
    if (shape.type === "disc") {
      layer = L.circle(shape.at, { ...options, radius: Math.max(1, shape.km * 1000) });
    } else if (shape.type === "line") {
      extras.push(Object.assign(L.polyline(shape.parts, { className: "reach", interactive: false }), { below: true }));
      layer = L.polyline(shape.parts, options);
    } else {
      layer = L.polygon(shape.parts.map((/** @type {any} */ ring) => [ring]), options);
    }
    layer.bindPopup(() => describe(shape), { maxWidth: 280, autoPan: true });
    if (shape.classes.includes("f-ongoing")) extras.push(doubled(layer));
    if (shape.classes.includes("f-struck")) extras.push(struck(layer));
    label(layer, shape);
    return { shape, layer, extras };
  }

  /** @param {any} shape @returns {number} so that small places lie on top of large ones, and lines on areas */
  function extent({ type, bbox: [west, south, east, north] }) {
    return type === "line" ? 0.01 : (east - west) * (north - south);
  }

  /** Hide names that would run into the name of a place with more claims. */
  const unclutter = () => {
    /** @type {DOMRect[]} */
    const taken = [];
    [...drawn].sort((one, other) => other.shape.claims.length - one.shape.claims.length).forEach(({ layer }) => {
      const name = layer.getTooltip().getElement();
      if (!name || !layer._map) return;
      const box = name.getBoundingClientRect();
      const isCrowded = taken.some((other) =>
        box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      name.classList.toggle("crowded", isCrowded);
      if (!isCrowded) taken.push(box);
    });
  };

  /** @param {any} layer @param {any} shape */
  function label(layer, shape) {
    const text = document.createElement("span");
    text.textContent = shape.classes.includes("is-not") ? `not: ${shape.name}` : shape.name;
    const options = { permanent: true, direction: "right", className: "place-name", offset: [6, 0], interactive: false };
    layer.bindTooltip(text, options);
    // A line is named at its end: its middle is where the places along it are.
    if (shape.type === "line") layer.on("tooltipopen", () => layer.getTooltip().setLatLng(shape.parts.at(-1).at(-1)));
  }

  /** @param {any} layer @returns {any} the light line that makes an outline double */
  function doubled(layer) {
    const options = { className: "core-line", interactive: false };
    if (layer instanceof L.Circle) return L.circle(layer.getLatLng(), { ...options, radius: layer.getRadius() });
    return L.polyline(closed(layer), options);
  }

  /** @param {any} layer @returns {any[]} */
  function closed(layer) {
    const lines = layer.getLatLngs().flat(layer instanceof L.Polygon ? 1 : 0);
    const list = Array.isArray(lines[0]) ? lines : [lines];
    return layer instanceof L.Polygon ? list.map((/** @type {any[]} */ ring) => [...ring, ring[0]]) : list;
  }

  /** @param {any} layer @returns {any} the line that strikes a denied shape */
  function struck(layer) {
    const line = L.polyline([], { className: "strike", interactive: false });
    line.bounds = () => (layer._map || layer.getLatLngs ? layer.getBounds() : null);
    line.owner = layer;
    return line;
  }

  /** @param {any} shape @returns {HTMLElement} */
  function describe(shape) {
    const text = document.createElement("div");
    const head = document.createElement("p");
    const name = document.createElement("b");
    name.textContent = shape.name;
    head.append(name, document.createElement("br"), shape.detail + (shape.comments ? ", comments only" : ""));
    const list = document.createElement("ul");
    shape.claims.slice(0, 12).forEach((/** @type {number} */ number) => {
      const link = document.createElement("a");
      const says = document.querySelector(`#c${number} .says`);
      const chip = document.querySelector(`#c${number} .head .chip`);
      link.href = `#c${number}`;
      link.textContent = says ? (says.textContent || "").replace(/\s+/g, " ") : `claim ${number}`;
      const item = document.createElement("li");
      if (chip) item.append(chip.cloneNode(true), " ");
      item.append(link);
      list.append(item);
    });
    text.append(head, list);
    if (shape.comments) text.className = "in-comments";
    return text;
  }

  /** Keep small discs visible and give lines their width of uncertainty, at every zoom. */
  const resize = () => {
    drawn.forEach(({ shape, layer, extras }) => {
      const metres = metresPerPixel(layer);
      if (shape.type === "disc") {
        const radius = Math.max(shape.km * 1000, LEAST_PIXELS * metres);
        [layer, ...extras].forEach((one) => one instanceof L.Circle && one.setRadius(radius));
      }
      extras.forEach((one) => {
        if (one.owner) strikeThrough(one);
      });
    });
  };

  /** @param {any} layer @returns {number} */
  const metresPerPixel = (layer) => {
    const at = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
    return (40075016.7 * Math.cos((at.lat * Math.PI) / 180)) / 256 / 2 ** map.getZoom();
  };

  /** @param {any} line */
  const strikeThrough = (line) => {
    const bounds = line.owner.getBounds();
    const lat = bounds.getCenter().lat;
    const reach = (bounds.getEast() - bounds.getWest()) * 0.15;
    line.setLatLngs([[lat, bounds.getWest() - reach], [lat, bounds.getEast() + reach]]);
  };

  if (data.view) {
    const [west, south, east, north] = data.view;
    map.fitBounds([[south, west], [north, east]], { padding: [28, 28], maxZoom: 10, animate: false });
  } else {
    map.setView([20, 10], 1);
  }
  map.on("zoomend", resize);
  map.on("zoomend moveend", unclutter);
  resize();
  unclutter();

  document.querySelectorAll("button.go").forEach((button) =>
    button.addEventListener("click", () => {
      const { layer } = drawn[Number(button.getAttribute("data-shape"))];
      map.fitBounds(layer.getBounds(), { padding: [60, 60], maxZoom: 9, animate: !still });
      layer.openPopup();
      box.scrollIntoView({ block: "nearest" });
    }));

  document.addEventListener("reportedly:kept", (event) => {
    const { kept } = /** @type {CustomEvent} */ (event).detail;
    drawn.forEach(({ shape, layer, extras }) => {
      const isShown = shape.claims.some((/** @type {number} */ number) => kept.has(number));
      [layer, ...extras].forEach((one) => (isShown ? one.addTo(map) : one.remove()));
    });
    unclutter();
  });
})();

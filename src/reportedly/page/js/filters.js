// Filters: one set of kept claims, announced to every part of the page.
(() => {
  "use strict";
  const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}");
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.filters"));
  const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
  /** @typedef {[number, string, string, number, string, string, number]} Row voice, modality, kind, part, first, last, event */
  const rows = /** @type {Row[]} */ (data.claims);
  const links = [...document.querySelectorAll("[data-ref]")];
  const events = [...document.querySelectorAll("[data-event]")];
  const marks = [...document.querySelectorAll("mark[data-c]")];
  const places = [...document.querySelectorAll(".place[data-claims]")];
  const voices = [...document.querySelectorAll("details.voice")];
  const groups = [...document.querySelectorAll(".comment-claims")];

  /** @param {string} name @returns {string} */
  const chosen = (name) => {
    const field = form.elements.namedItem(name);
    return field && "value" in field ? String(field.value) : "";
  };

  /** @param {Row} row @returns {boolean} a claim without a date stays: it may lie in the stretch */
  const isKept = ([voice, modality, kind, part, first, last]) =>
    (!chosen("voice") || Number(chosen("voice")) === voice) &&
    (!chosen("modality") || chosen("modality") === modality) &&
    (!chosen("kind") || chosen("kind") === kind) &&
    (!chosen("part") || Number(chosen("part")) === part) &&
    (!first || !chosen("from") || last >= chosen("from")) &&
    (!first || !chosen("to") || first <= chosen("to"));

  /** @param {Element} element @param {string} name @param {Set<number>} kept @returns {boolean} */
  const keepsAny = (element, name, kept) =>
    (element.getAttribute(name) || "").split(" ").some((number) => kept.has(Number(number)));

  const apply = () => {
    /** @type {Set<number>} */
    const kept = new Set();
    /** @type {Set<number>} */
    const keptEvents = new Set();
    rows.forEach((row, index) => {
      if (!isKept(row)) return;
      kept.add(index + 1);
      if (row[6]) keptEvents.add(row[6]);
    });
    const all = kept.size === rows.length;
    document.querySelectorAll(".claim").forEach((card) => {
      /** @type {HTMLElement} */ (card).hidden = !kept.has(Number(card.id.slice(1)));
    });
    links.forEach((one) => {
      /** @type {HTMLElement} */ (one).hidden = !kept.has(Number(one.getAttribute("data-ref")));
    });
    events.forEach((one) => one.toggleAttribute("hidden", !all && !keepsAny(one, "data-event", keptEvents)));
    places.forEach((one) => one.toggleAttribute("hidden", !keepsAny(one, "data-claims", kept)));
    marks.forEach((one) => one.classList.toggle("dimmed", !keepsAny(one, "data-c", kept)));
    voices.forEach((one) => one.toggleAttribute("hidden", !one.querySelector("[data-ref]:not([hidden])")));
    groups.forEach((one) => one.toggleAttribute("hidden", !one.querySelector(".claim:not([hidden])")));
    output.textContent = all ? "" : `${kept.size} of ${rows.length} claims`;
    document.dispatchEvent(new CustomEvent("reportedly:kept", { detail: { kept } }));
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
})();

// Brushing: a drag across the timeline sets the filter's two dates.
(() => {
  "use strict";
  const DAY_MS = 86400000;
  const drawing = /** @type {SVGSVGElement | null} */ (/** @type {unknown} */ (document.getElementById("timeline")));
  const form = /** @type {HTMLFormElement} */ (document.querySelector("form.filters"));
  if (!drawing) return;
  const brush = /** @type {SVGRectElement} */ (drawing.querySelector(".brush"));
  const from = /** @type {HTMLInputElement} */ (form.elements.namedItem("from"));
  const to = /** @type {HTMLInputElement} */ (form.elements.namedItem("to"));
  const width = drawing.viewBox.baseVal.width;
  const first = Date.parse(drawing.dataset.first || "");
  const days = (Date.parse(drawing.dataset.last || "") - first) / DAY_MS + 1;
  let start = NaN;

  /** @param {PointerEvent} event @returns {number} */
  const xOf = (event) => {
    const box = drawing.getBoundingClientRect();
    return Math.max(0, Math.min(width, ((event.clientX - box.left) / box.width) * width));
  };

  /** @param {number} x @returns {string} */
  const dayAt = (x) =>
    new Date(first + Math.min(days - 1, Math.floor((x / width) * days)) * DAY_MS).toISOString().slice(0, 10);

  /** Draw the brush where the two dates are. */
  const show = () => {
    const left = from.value ? (Date.parse(from.value) - first) / DAY_MS : 0;
    const right = to.value ? (Date.parse(to.value) - first) / DAY_MS + 1 : days;
    const none = !from.value && !to.value;
    brush.setAttribute("x", String(none ? 0 : (left / days) * width));
    brush.setAttribute("width", String(none ? 0 : Math.max(0, ((right - left) / days) * width)));
  };

  drawing.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) start = xOf(event);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (Number.isNaN(start) || Math.abs(xOf(event) - start) < 6) return;
    if (!drawing.hasPointerCapture(event.pointerId)) drawing.setPointerCapture(event.pointerId);
    const [left, right] = [Math.min(start, xOf(event)), Math.max(start, xOf(event))];
    from.value = dayAt(left);
    to.value = dayAt(right);
    show();
  });
  drawing.addEventListener("pointerup", (event) => {
    if (!Number.isNaN(start) && Math.abs(xOf(event) - start) >= 6) {
      form.dispatchEvent(new Event("input"));
    }
    start = NaN;
  });
  drawing.addEventListener("pointercancel", () => (start = NaN));
  // A link inside the drawing would otherwise be dragged along.
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
})();

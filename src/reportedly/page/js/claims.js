// Words and claims: hover or focus on marked words shows their claims; a claim goes to its words.
(() => {
  "use strict";
  const MOST_SHOWN = 3;
  const HIDE_AFTER_MS = 180;
  const LOOKS = 8;
  const pop = /** @type {HTMLElement} */ (document.getElementById("pop"));
  let hiding = 0;
  /** @type {Element | null} */
  let shownFor = null;

  /** @param {Element} mark @returns {string[]} numbers of the claims that the words are evidence for */
  const claimsOf = (mark) => (mark.getAttribute("data-c") || "").split(" ").filter(Boolean);

  /** @param {string} number @returns {Element[]} every piece of evidence for a claim */
  const wordsOf = (number) => {
    const card = document.getElementById(`c${number}`);
    const report = card && card.closest(".report");
    return report ? [...report.querySelectorAll(`mark[data-c~="${number}"]`)] : [];
  };

  const unlight = () => document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));

  /** @param {string} number */
  const light = (number) => wordsOf(number).forEach((one) => one.classList.add("lit"));

  /** @param {Element} mark */
  const place = (mark) => {
    const box = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const width = pop.offsetWidth;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    const below = box.bottom + 8;
    const fitsBelow = below + pop.offsetHeight < innerHeight;
    const top = fitsBelow ? below : Math.max(8, box.top - pop.offsetHeight - 8);
    pop.style.left = `${left + scrollX}px`;
    pop.style.top = `${top + scrollY}px`;
  };

  const hide = () => {
    clearTimeout(hiding);
    pop.hidden = true;
    if (shownFor) (shownFor.querySelector("a") || shownFor).removeAttribute("aria-describedby");
    shownFor = null;
    unlight();
  };

  /** @param {Element} mark */
  const show = (mark) => {
    clearTimeout(hiding);
    if (mark === shownFor) return;
    hide();
    const numbers = claimsOf(mark).filter((number) => {
      const card = document.getElementById(`c${number}`);
      return card && !card.hidden;
    });
    if (!numbers.length) return;
    pop.replaceChildren(...numbers.slice(0, MOST_SHOWN).map(copyOf));
    if (numbers.length > MOST_SHOWN) {
      const more = document.createElement("p");
      more.className = "more";
      more.textContent = `and ${numbers.length - MOST_SHOWN} more claims`;
      pop.append(more);
    }
    pop.classList.toggle("in-comments", Boolean(mark.closest(".discussion")));
    pop.hidden = false;
    shownFor = mark;
    (mark.querySelector("a") || mark).setAttribute("aria-describedby", "pop");
    light(numbers[0]);
    place(mark);
  };

  /** @param {string} number @returns {Node} the card's core without ids and tab stops */
  const copyOf = (number) => {
    const card = /** @type {HTMLElement} */ (document.getElementById(`c${number}`));
    return /** @type {Element} */ (card.querySelector(".core")).cloneNode(true);
  };

  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = window.setTimeout(hide, HIDE_AFTER_MS);
  };

  /** @param {EventTarget | null} target @returns {Element | null} */
  const markAt = (target) => (target instanceof Element ? target.closest("mark[data-c]") : null);

  /**
   * Open everything that hides an element, scroll to it and give it the focus.
   * @param {Element} element
   */
  const reveal = (element) => {
    for (let box = element.closest("details"); box; box = box.parentElement && box.parentElement.closest("details")) {
      box.open = true;
    }
    // Sections off screen have estimated heights until they are drawn: look again until it stays in sight.
    let looks = 0;
    const look = () => {
      element.scrollIntoView({ block: "center", behavior: "instant" });
      if (++looks < LOOKS) requestAnimationFrame(look);
    };
    look();
    if (!element.matches("a, button, [tabindex]")) element.setAttribute("tabindex", "-1");
    /** @type {HTMLElement} */ (element).focus({ preventScroll: true });
  };

  document.addEventListener("mouseover", (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
    else if (event.target instanceof Node && pop.contains(event.target)) clearTimeout(hiding);
    else if (shownFor) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
    else if (shownFor) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  const cardOver = (/** @type {EventTarget | null} */ target) =>
    target instanceof Element ? target.closest(".claim") : null;
  document.addEventListener("mouseover", (event) => {
    const card = cardOver(event.target);
    if (!card) return;
    unlight();
    light(card.id.slice(1));
  });
  document.addEventListener("mouseout", (event) => {
    if (cardOver(event.target) && !cardOver(event.relatedTarget)) unlight();
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link) return;
    const target = document.getElementById((link.getAttribute("href") || "").slice(1));
    if (!target || !target.matches(".claim, .event, .comment, .report, a[id^=w]")) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    hide();
    reveal(target);
    const number = link.getAttribute("data-n") || (target.matches(".claim") ? target.id.slice(1) : "");
    if (number) light(number);
    document.querySelectorAll(".arrived").forEach((one) => one.classList.remove("arrived"));
    target.classList.add("arrived");
  });
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target) reveal(target);
  });
})();

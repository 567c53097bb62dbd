// Light or dark: the system decides until the reader does; the choice lives as long as the page is open.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("button.theme"));
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {boolean} whether the page is dark now */
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  const show = () => {
    button.setAttribute("aria-pressed", String(isDark()));
    button.textContent = isDark() ? "Light" : "Dark";
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    show();
  });
  system.addEventListener("change", show);
  show();
})();

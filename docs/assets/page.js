/* The buttons of a page (menu, search), and what a number of a source stands for. Without this script the
   sections stand open below the header, and a number leads to its source. */
(() => {
  "use strict";

  // The theme shows a title on hover, focus and touch. It is taken from the list, which holds it once.
  for (const link of document.querySelectorAll(".cite a[href^='#ref-']")) {
    const parts = document.getElementById(link.hash.slice(1)).childNodes;
    link.title = [...parts].map((part) => (part.className === "ref-kind" ? `[${part.textContent}]` : part.textContent)).join("");
  }

  // From the list of all sources to the place of one of them on a page that uses it, before the link is followed.
  const leadOn = ({ target }) => {
    const link = target.closest("[data-block='sources'] .row-note a");
    if (link) link.hash = link.closest("li").id.replace("source-", "ref-");
  };
  for (const list of document.querySelectorAll("[data-block='sources']")) {
    for (const move of ["pointerdown", "focusin"]) list.addEventListener(move, leadOn);
  }

  // The sections of the menu open by labels, on which the theme takes Enter alone.
  const stops = () => [...document.querySelectorAll(".md-sidebar--primary :is(a, label[tabindex])")];
  for (const label of document.querySelectorAll(".md-sidebar--primary label:not([for='__drawer'])")) {
    label.tabIndex = 0;
    label.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      label.click();
    });
  }

  // The theme opens the menu and the search with hidden checkboxes, which no keyboard reaches.
  const openers = [...document.querySelectorAll("[data-opens]")].map((button) => {
    const box = document.getElementById(button.dataset.opens);
    const tell = () => button.setAttribute("aria-expanded", String(box.checked));
    button.addEventListener("click", () => box.click());
    box.addEventListener("change", () => {
      tell();
      if (!box.checked) return;
      if (box.id === "__search") document.querySelector(".md-search__input").focus();
      // The menu slides in; only what is visible takes the focus.
      else setTimeout(() => stops().find((stop) => stop.checkVisibility({ visibilityProperty: true }))?.focus(), 300);
    });
    return { button, box, tell };
  });

  // On window and before the theme's own listeners.
  addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape") {
        for (const { button, box, tell } of openers) {
          if (!box.checked) continue;
          if (box.id === "__drawer") box.click();
          tell();
          button.focus();
        }
      }
      // The theme takes single letters as commands (f, s, n, p), which speech control sets off by mistake.
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key.length === 1 && event.key !== " " && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );
})();

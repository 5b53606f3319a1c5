/* Fetches the theme's script (search, tooltips, back to top) at the reader's first move, not before: a page is
   read without it. At once when the address asks for something that only it can show. And what paints the words that
   were searched for, when the address names them. */
(() => {
  "use strict";

  const own = document.currentScript;
  const moves = ["pointerover", "pointerdown", "touchstart", "keydown", "focusin", "wheel", "scroll"];
  let begun = false;
  let stood = false;
  document.addEventListener("DOMContentLoaded", () => { stood = true; }, { once: true });

  const fetched = (name) => {
    const script = document.createElement("script");
    script.src = new URL(name, own.src);
    script.async = false; // in the order in which they are asked for
    document.body.append(script);
    return script;
  };

  // A browser can refuse storage, at which the theme's script would stop: then what it notes lasts as long as the page.
  const keepWithoutStorage = (name) => {
    try {
      if (window[name].length >= 0) return;
    } catch {
      const kept = new Map();
      const getItem = (key) => kept.get(key) ?? null;
      const setItem = (key, text) => kept.set(key, String(text));
      const value = { getItem, setItem, removeItem: (key) => kept.delete(key) };
      Object.defineProperty(window, name, { value, configurable: true });
    }
  };
  const sayWithoutSearch = (why) => {
    const input = document.querySelector(".md-search__input");
    input.disabled = true;
    input.placeholder = why;
    document.querySelector(".md-search-result__meta").textContent = why;
  };

  const begin = () => {
    if (begun) return;
    begun = true;
    for (const move of moves) removeEventListener(move, begin, true);
    try {
      ["localStorage", "sessionStorage"].forEach(keepWithoutStorage);
    } catch {
      sayWithoutSearch("No search: this browser refuses storage");
      return;
    }
    const script = fetched(own.dataset.themeScript);
    script.addEventListener("error", () => sayWithoutSearch("No search: its program did not come"));
    script.addEventListener("load", () => {
      // The theme waits for this event, which may have passed.
      if (stood) document.dispatchEvent(new Event("DOMContentLoaded"));
      // The pointer and the focus came before the script did: tell it where they are.
      for (const element of document.querySelectorAll(":hover")) element.dispatchEvent(new MouseEvent("mouseenter"));
      if (document.activeElement !== document.body) document.activeElement.dispatchEvent(new FocusEvent("focus"));
      document.documentElement.dataset.theme = "ready";
    });
  };

  const asked = new URLSearchParams(location.search);
  if (asked.get("h")) ["search-words.js", "search-highlight.js"].forEach(fetched);
  if (location.hash || asked.has("q") || document.activeElement !== document.body) begin();
  else for (const move of moves) addEventListener(move, begin, { capture: true, passive: true });
})();

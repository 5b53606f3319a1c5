/* Fetches the theme's script (search, tooltips, back to top) at the reader's first move, not before: a page is
   read without it. At once when the address asks for something that only it can show. */
(() => {
  "use strict";

  const own = document.currentScript;
  const moves = ["pointerover", "pointerdown", "touchstart", "keydown", "focusin", "wheel", "scroll"];
  let begun = false;
  let stood = false;
  document.addEventListener("DOMContentLoaded", () => { stood = true; }, { once: true });

  const begin = () => {
    if (begun) return;
    begun = true;
    for (const move of moves) removeEventListener(move, begin, true);
    const script = document.createElement("script");
    script.src = new URL(own.dataset.themeScript, own.src);
    script.addEventListener("load", () => {
      // The theme waits for this event, which may have passed.
      if (stood) document.dispatchEvent(new Event("DOMContentLoaded"));
      // The pointer and the focus came before the script did: tell it where they are.
      for (const element of document.querySelectorAll(":hover")) element.dispatchEvent(new MouseEvent("mouseenter"));
      if (document.activeElement !== document.body) document.activeElement.dispatchEvent(new FocusEvent("focus"));
      document.documentElement.dataset.theme = "ready";
    });
    document.body.append(script);
  };

  const asked = new URLSearchParams(location.search);
  if (location.hash || asked.has("h") || asked.has("q") || document.activeElement !== document.body) begin();
  else for (const move of moves) addEventListener(move, begin, { capture: true, passive: true });
})();

/* Fetches the theme's script (search, tooltips, back to top) at the reader's first move, not before: a page is
   read without it. At once when the address asks for something that only it can show. */
(() => {
  "use strict";

  const own = document.currentScript;
  const moves = ["pointerover", "pointerdown", "touchstart", "keydown", "focusin", "wheel", "scroll"];
  let begun = false;

  const begin = () => {
    if (begun) return;
    begun = true;
    for (const move of moves) removeEventListener(move, begin, true);
    const script = document.createElement("script");
    script.src = new URL(own.dataset.themeScript, own.src);
    document.body.append(script);
  };

  const asked = new URLSearchParams(location.search);
  if (location.hash || asked.has("h") || asked.has("q") || document.activeElement !== document.body) begin();
  else for (const move of moves) addEventListener(move, begin, { capture: true, passive: true });
})();

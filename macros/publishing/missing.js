/* For a site without a public address: the page for a missing address takes its links as from the host's root. Where the
   site lies in a folder, this finds the folder and mends them. */
(async () => {
  "use strict";

  const steps = location.pathname.split("/");
  for (let count = 1; count < steps.length; count += 1) {
    const root = `${steps.slice(0, count).join("/")}/`;
    const answer = await fetch(`${root}assets/logo.svg`).catch(() => null);
    if (!answer?.ok) continue;
    if (root === "/") return;
    for (const name of ["href", "src"]) {
      for (const found of document.querySelectorAll(`[${name}^="/"]`)) {
        const mended = root + found.getAttribute(name).slice(1);
        if (found.localName !== "script") {
          found.setAttribute(name, mended);
          continue;
        }
        // A script that could not be fetched runs only as a new one.
        const script = document.createElement("script");
        Object.assign(script.dataset, found.dataset);
        script.src = mended;
        found.replaceWith(script);
      }
    }
    return;
  }
})();

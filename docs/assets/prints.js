/* Says whether a print is current. The QR code of a print leads to its page with ?v=VERSION&s=SHEET&p=FINGERPRINT; the
   page holds, hidden, the present fingerprint of each of its sheets, the versions there are and the changes recorded.
   Only the same fingerprint is called current. Nothing is sent anywhere. Without this script compare by eye. */
(() => {
  "use strict";

  const compare = (a, b) => {
    const [x, y] = [a, b].map((version) => version.split(".").map(Number));
    const index = [0, 1, 2].find((place) => x[place] !== y[place]);
    return index === undefined ? 0 : x[index] - y[index];
  };
  // As printed, however it was typed.
  const asVersion = (words) => words.replace(/\s/g, "").replace(/^v(ersion)?/i, "");
  const asFingerprint = (words) => words.toLowerCase().replace(/[\s-]/g, "").replace(/^fingerprint:?/, "");

  // From a folder, or from the saved copy when there is no network (worker.js).
  const isCopy = location.protocol === "file:" || document.documentElement.dataset.saved !== undefined;

  /* What the page says of a print: the state, one line, what stands above the changes, and the changes. */
  const judged = (box, asked) => {
    const current = box.dataset.version;
    const version = asVersion(asked.get("v") ?? "");
    const print = asFingerprint(asked.get("p") ?? "");
    const slug = (asked.get("s") ?? "").trim();
    const sheets = [...box.querySelectorAll("data")];
    const sheet = sheets.find((one) => one.dataset.sheet === slug);
    const known = box.dataset.versions.split(" ").includes(version);
    // An older address names no sheet: the changes of all sheets of the page are told.
    const newer = [...box.querySelectorAll("li")].filter(
      (item) =>
        known && compare(item.dataset.version, version) > 0 && (!slug || item.dataset.sheets.split(" ").includes(slug)),
    );
    const unknown = (why) => ({
      state: "unknown",
      line: `${why} Whether this print is current is not known: print it anew.`,
      above: newer.length ? `Changes recorded since version ${version}:` : "",
      newer,
    });

    if (sheet && print === sheet.value) {
      const same = version === current ? `version ${current}` : `version ${current} prints the same`;
      const older = isCopy ? " This is a saved copy of the site; a newer one may exist." : "";
      return { state: "current", line: `This print is current: ${same}, fingerprint ${print}.${older}`, above: "", newer: [] };
    }
    if (!/^\d+\.\d+\.\d+$/.test(version)) return unknown("The version of this print cannot be read.");
    if (!known && compare(version, current) > 0) {
      return unknown(`This print is version ${version}, newer than this copy of the site (version ${current}); reload the page.`);
    }
    if (!known) return unknown(`There is no version ${version} of this site.`);
    if (!print) return unknown(`This print of version ${version} has no fingerprint.`);
    if (!/^[0-9a-f]{8}$/.test(print)) return unknown("The fingerprint of this print cannot be read.");
    if (!sheet) return unknown("This page has no such sheet.");
    return {
      state: "changed",
      line: `What this sheet prints has changed since this print (version ${version}, fingerprint ${print}): print it anew.`,
      above: newer.length
        ? `Changes recorded since version ${version}:`
        : "No recorded change touches it: the text of this sheet has been edited.",
      newer,
    };
  };

  const paragraph = (words, name) => {
    const line = document.createElement("p");
    line.textContent = words;
    line.className = name;
    return line;
  };

  const box = document.querySelector("[data-print-status]");
  const asked = new URLSearchParams(location.search);
  if (box && (asked.has("v") || asked.has("p"))) {
    const { state, line, above, newer } = judged(box, asked);
    box.querySelector("ul").replaceChildren(...newer);
    box.querySelector("ul").hidden = !newer.length;
    if (above) box.prepend(paragraph(above, "print-status-since"));
    box.prepend(paragraph(line, "print-status-line"));
    box.dataset.state = state;
    box.hidden = false;
  }

  for (const form of document.querySelectorAll("[data-print-check]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { sheet, version, fingerprint } = form.elements;
      const print = asFingerprint(fingerprint.value);
      const given = { v: asVersion(version.value), s: sheet.selectedOptions[0].dataset.sheet, ...(print && { p: print }) };
      location.href = `${sheet.value}?${new URLSearchParams(given)}`;
    });
  }
})();

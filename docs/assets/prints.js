/* Says whether a print is current. The QR code of a print leads to its page with ?v=VERSION; the changes of the
   page stand in it, hidden. Nothing is sent anywhere. Without this script compare the version at the foot by eye. */
(() => {
  "use strict";

  const parts = (version) => version.split(".").map(Number);
  const compare = (a, b) => {
    const [x, y] = [parts(a), parts(b)];
    const index = [0, 1, 2].find((place) => x[place] !== y[place]);
    return index === undefined ? 0 : x[index] - y[index];
  };

  const box = document.querySelector("[data-print-status]");
  const printed = new URLSearchParams(location.search).get("v");
  if (box && printed !== null) {
    const current = box.dataset.version;
    const changes = [...box.querySelectorAll("li")];
    const line = document.createElement("p");
    let state = "current";
    let newer = [];
    if (!/^\d+\.\d+\.\d+$/.test(printed)) {
      state = "unknown";
      line.textContent = `The version in the address cannot be read. This page is version ${current}; compare it with the foot of your print.`;
    } else if (compare(printed, current) === 0) {
      line.textContent = `This print is current: version ${current}.`;
    } else if (compare(printed, current) > 0) {
      state = "unknown";
      line.textContent = `This print is version ${printed}, newer than this copy of the site (version ${current}). Reload the page.`;
    } else {
      newer = changes.filter((item) => compare(item.dataset.version, printed) > 0);
      state = newer.length ? "outdated" : "current";
      line.textContent = newer.length
        ? `This print is version ${printed} and out of date; this page is version ${current}. Since then:`
        : `This print is version ${printed}. This page is now version ${current}, and nothing on it has changed since: the print is still good.`;
    }
    for (const item of changes) if (!newer.includes(item)) item.remove();
    line.className = "print-status-line";
    box.prepend(line);
    box.dataset.state = state;
    box.hidden = false;
  }

  for (const form of document.querySelectorAll("[data-print-check]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const version = encodeURIComponent(form.elements.version.value.trim());
      location.href = `${form.elements.sheet.value}?v=${version}`;
    });
  }
})();

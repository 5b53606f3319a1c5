/* Filter and sort what stands on the page; a frame takes the focus only while it scrolls. Paper always gets all rows.
   Without this script everything is shown, in the page's order. */
(() => {
  "use strict";

  const button = (text, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  };

  const filters = new Map();
  for (const holder of document.querySelectorAll("[data-filter]")) {
    const items = [...holder.querySelectorAll("[data-group]")];
    const counts = new Map();
    for (const item of items) counts.set(item.dataset.group, (counts.get(item.dataset.group) || 0) + 1);

    const bar = document.createElement("div");
    bar.className = "filter";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `${holder.dataset.filter}: show`);
    const status = document.createElement("p");
    status.className = "filter-status";
    status.setAttribute("role", "status");

    const show = (group, pressed) => {
      for (const item of items) item.classList.toggle("filtered-out", Boolean(group) && item.dataset.group !== group);
      for (const other of bar.children) other.setAttribute("aria-pressed", String(other === pressed));
      status.textContent = group ? `${counts.get(group)} of ${items.length} shown` : `All ${items.length} shown`;
    };
    const all = button("All", () => show("", all));
    bar.append(all);
    for (const group of [...counts.keys()].sort()) {
      const one = button(`${group} (${counts.get(group)})`, () => show(group, one));
      bar.append(one);
    }
    const place = holder.closest(".table-wrap") || holder;
    place.before(bar, status);
    show("", all);
    filters.set(holder, () => show("", all));
  }

  /* What a link leads to is shown: a filter that hides it shows all again, a closed note opens. */
  const reveal = (hash) => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      // An address with a stray % leads nowhere.
    }
    if (!target) return;
    const wasHidden = !target.checkVisibility();
    if (target.closest(".filtered-out")) filters.get(target.closest("[data-filter]"))();
    for (let note = target.closest("details"); note; note = note.parentElement.closest("details")) note.open = true;
    if (wasHidden) target.scrollIntoView();
  };
  addEventListener("hashchange", () => reveal(location.hash));
  // A second click on the same link changes no address. On window and before the browser follows the link.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link && link.origin + link.pathname === location.origin + location.pathname) reveal(link.hash);
  });
  reveal(location.hash);

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const body = table.tBodies[0];
    const original = [...body.rows];
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      const sort = button("", () => {
        const turned = cell.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        cell.setAttribute("aria-sort", turned);
        const key = (row) => row.cells[column].textContent.trim();
        const ordered = [...original].sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }));
        if (turned === "descending") ordered.reverse();
        body.append(...ordered);
      });
      sort.className = "sort";
      sort.append(...cell.childNodes);
      cell.append(sort);
    });
  }

  const frames = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const frame of document.querySelectorAll(".table-wrap, .figure-wide figure")) frames.observe(frame);
})();

/* The preparation finder: shows one row of the tables of this page, large. It only reads cells that are printed
   in the tables and computes nothing. The choice stands in the address (?ml=1.5&syringes=2&ratio=1-4), so that
   a link opens the same row. Without this script the finder stays hidden and the tables stand there. */
(() => {
  "use strict";

  const finder = document.querySelector("[data-block='preparation-finder']");
  const form = finder.querySelector("form");
  const status = finder.querySelector("[role='status']");
  const card = finder.querySelector(".finder-card");
  const sourceList = finder.querySelector(".finder-sources ul");
  const onlyWithRow = finder.querySelectorAll("[data-finder-with-row]");
  const address = finder.querySelector("[data-finder-address]");
  const names = ["ml", "syringes", "ratio"];
  const words = { ml: "syringe size", syringes: "number of syringes", ratio: "ratio" };

  const element = (tag, className, ...content) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...content);
    return made;
  };
  const copy = (found) => [...found.cloneNode(true).childNodes];
  const plain = (found) => found.textContent.replace(/\s+/g, " ").trim();
  const choices = (name) => [...form.elements[name]];
  const chosen = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
  const shown = (name) => plain(choices(name).find((choice) => choice.checked).closest("label"));

  /* The cell that is printed for a choice, or nothing. */
  const cellOf = (choice) =>
    [...document.querySelectorAll("td [data-ml]")].find((cell) =>
      names.every((name) => cell.dataset[name] === choice[name]),
    );

  const figure = (label, value, className = "") =>
    element("div", `finder-figure ${className}`, element("dt", "", label), element("dd", "", value));

  /* The row as a card, made of copies of what its cells print. */
  const show = (add) => {
    const cell = add.closest("td");
    const row = cell.parentElement;
    const heads = [...row.closest("table").tHead.rows[0].cells];
    const standing = row.cells[row.cells.length - 1];
    const product = plain(heads[cell.cellIndex].querySelector("small")).replace(" product", "");
    const diluent = `${plain(add)} mL`;
    const total = plain(cell.querySelector(".total"));

    const volumes = element("dl", "finder-volumes");
    volumes.append(figure("Product", product), figure("Add diluent", diluent, "finder-add"), figure("Mixture", total));
    const shares = element("dl", "finder-shares");
    for (const index of [row.cells.length - 3, row.cells.length - 2]) {
      shares.append(figure(plain(heads[index]), plain(row.cells[index])));
    }
    const ratio = element("span", "finder-ratio", plain(row.cells[0].querySelector(".ratio")));
    const syringes = `${plain(heads[cell.cellIndex].firstChild)} of ${shown("ml")}`;
    const title = element("p", "finder-title", ratio, element("span", "finder-syringes", syringes));
    const marks = [...standing.querySelectorAll(".mark")].map((mark) => mark.cloneNode(true));
    card.classList.toggle("finder-unstudied", add.classList.contains("unstudied"));
    card.replaceChildren(title, element("p", "finder-standing", ...marks), volumes, shares);
    sourceList.replaceChildren();
    for (const link of standing.querySelectorAll(".cite a")) {
      const source = document.getElementById(link.hash.slice(1));
      if (source) sourceList.append(element("li", "", ...copy(source)));
    }
    for (const named of finder.querySelectorAll(".finder-card [id], .finder-sources [id]")) named.removeAttribute("id");
    status.textContent =
      `${plain(ratio)}, ${syringes}: ${product} product ${diluent} diluent ${total} mixture. ` +
      `${marks.map(plain).join(". ")}.`;
    cell.classList.add("finder-found");
  };

  /* Brings card, address line and print into line with the choice; `problem` goes before all else. */
  const update = (problem = "") => {
    const choice = chosen();
    const missing = names.filter((name) => !choice[name]);
    const add = missing.length ? undefined : cellOf(choice);
    for (const old of document.querySelectorAll(".finder-found")) old.classList.remove("finder-found");
    for (const part of onlyWithRow) part.hidden = !add;
    document.documentElement.toggleAttribute("data-finder-row", Boolean(add));
    status.classList.toggle("visually-hidden", Boolean(add));
    if (add) {
      show(add);
      address.href = address.textContent = addressOf(choice);
    } else {
      card.replaceChildren();
      const still = missing.map((name) => words[name]).join(", ");
      const advice = missing.length ? `Still to choose: ${still}.` : "No table on this page prints this combination.";
      status.textContent = `${problem} ${advice}`.trim();
    }
  };

  /* The address of the choice; what the search box added to it (?h=) is left out. */
  const addressOf = (choice) => {
    const target = new URL(location.href);
    target.searchParams.delete("h");
    for (const name of names) {
      if (choice[name]) target.searchParams.set(name, choice[name]);
      else target.searchParams.delete(name);
    }
    target.hash = "";
    return target.href.replace(/#$/, "");
  };

  /* Choose what the address asks for; says what it asks for that is not printed. */
  const readAddress = () => {
    const asked = new URLSearchParams(location.search);
    const unknown = [];
    for (const name of names) {
      const value = asked.get(name);
      if (value === null) continue;
      const match = choices(name).find((choice) => choice.value === value);
      if (match) match.checked = true;
      else unknown.push(`${words[name]} “${value}”`);
    }
    return unknown.length ? `The address asks for ${unknown.join(" and ")}, which no table here prints.` : "";
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  const change = () => {
    update();
    history.replaceState(history.state, "", addressOf(chosen()));
  };
  form.addEventListener("change", change);
  finder.querySelector("[data-finder-print]").addEventListener("click", () => print());
  finder.querySelector("[data-finder-clear]").addEventListener("click", () => {
    form.reset();
    change();
    choices("ml")[0].focus();
  });

  // The script stands inside the finder, so the controls are there before the tables are read: nothing that is
  // on the screen moves. A link to a row shows the row; room for it is kept free until the tables are there.
  finder.hidden = false;
  const problem = readAddress();
  const asked = names.some((name) => new URLSearchParams(location.search).has(name));
  finder.classList.toggle("finder-asked", asked);
  const start = () => {
    update(problem);
    if (asked || location.hash === "#find-one-row") finder.scrollIntoView();
  };
  // Once: start.js sends the event again for the theme, and the reader must not be taken back to the top.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
})();

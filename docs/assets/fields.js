/* The fields of sheets: what is typed stands whole on paper, and the clinic's own lines are remembered when the reader
   asks for it. Those three are all that is ever kept, in this browser alone; nothing is sent. Without this script the
   fields can be typed into and printed all the same. */
(() => {
  "use strict";

  // What is kept, and what stands before it in the head of a printed page.
  const CLINIC = { clinic: "", clinic_phone: "", emergency_number: "Emergency: " };
  const PLACE = "clinic";

  const article = document.querySelector("article");
  const fields = [...article.querySelectorAll("[data-field]")];
  const own = fields.filter((field) => field.dataset.field in CLINIC);
  const remember = article.querySelector("[data-remember]");

  /* The lines that are remembered; none where the browser refuses storage, or where something else is kept. */
  const remembered = () => {
    try {
      const kept = Object.entries(JSON.parse(localStorage.getItem(PLACE)) ?? {});
      return Object.fromEntries(kept.filter(([name, line]) => name in CLINIC && typeof line === "string"));
    } catch {
      return {};
    }
  };
  const keep = () => {
    const lines = remembered();
    for (const { dataset, value } of own) lines[dataset.field] = value.trim();
    try {
      localStorage.setItem(PLACE, JSON.stringify(lines));
    } catch {
      remember.checked = false;
      remember.closest("p").querySelector("small").textContent = "This browser keeps nothing: it refuses storage.";
    }
  };
  const forget = () => localStorage.removeItem(PLACE);

  // A browser fills in anew what stood in a page that is loaded again: not here, where it may be a patient's.
  for (const field of [...fields, remember]) if (field) field.autocomplete = "off";

  for (const [name, line] of Object.entries(remembered())) {
    for (const field of own) if (field.dataset.field === name && line) field.value = line;
  }
  for (const field of own) {
    field.addEventListener("input", () => {
      for (const same of own) if (same.dataset.field === field.dataset.field) same.value = field.value;
      if (remember?.checked) keep();
    });
  }
  if (remember) {
    remember.checked = Object.keys(remembered()).length > 0;
    remember.addEventListener("change", () => (remember.checked ? keep() : forget()));
    remember.closest("p").classList.add("remember-ready");
  }

  // Some browsers do not let a field grow with its text.
  if (!CSS.supports("field-sizing", "content")) {
    article.addEventListener("input", ({ target }) => {
      if (!target.matches("textarea[data-field]")) return;
      target.style.height = "auto";
      target.style.height = `${target.scrollHeight}px`;
    });
  }

  /* On paper what was typed is text, which is cut off nowhere; and the remembered lines stand in the head. */
  const undo = [];
  const asOnScreen = () => {
    while (undo.length) undo.pop()();
  };
  const asText = (field) => {
    const words = document.createElement("span");
    words.className = `${field.className} field-typed`;
    words.textContent = field.value;
    field.after(words);
    field.hidden = true;
    undo.push(() => {
      words.remove();
      field.hidden = false;
    });
  };
  addEventListener("beforeprint", () => {
    asOnScreen();
    for (const field of fields) if (field.type !== "checkbox" && field.value) asText(field);
    const lines = remembered();
    const told = Object.keys(CLINIC).filter((name) => lines[name]).map((name) => CLINIC[name] + lines[name]);
    if (!told.length) return;
    const head = document.createElement("p");
    head.className = "clinic-lines";
    head.textContent = told.join(" · ");
    article.querySelector(".page-head").append(head);
    undo.push(() => head.remove());
  });
  addEventListener("afterprint", asOnScreen);
})();

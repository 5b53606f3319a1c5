/* Open a figure larger in a dialog. Without this script the figure stands on the page as it is. */
(() => {
  "use strict";

  let dialog;
  let opener;

  const button = (text, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  };

  // One dialog serves all figures; it is made when the first one opens.
  const made = () => {
    if (dialog) return dialog;
    dialog = document.createElement("dialog");
    dialog.className = "figure-dialog";
    dialog.dataset.print = "off";
    const place = document.createElement("div");
    place.className = "figure-dialog-place";
    // Larger than the window, so the keys must be able to scroll it.
    place.tabIndex = 0;
    dialog.append(button("Close", () => dialog.close()), place);
    dialog.addEventListener("click", (event) => {
      // A link may lead to a place on this page: get out of its way, and leave the focus to it.
      const link = event.target.closest("a");
      if (link) opener = null;
      if (link || event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => {
      place.replaceChildren();
      opener?.focus();
    });
    document.body.append(dialog);
    return dialog;
  };

  const open = (art, from) => {
    opener = from;
    const place = made().lastElementChild;
    const name = art.querySelector("title").textContent;
    dialog.setAttribute("aria-label", name);
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", name);
    // Drawings carry no ids, so a copy of one can stand on the same page.
    place.replaceChildren(art.cloneNode(true));
    dialog.showModal();
    dialog.firstElementChild.focus();
  };

  for (const foot of document.querySelectorAll(".figure-foot")) {
    const art = foot.parentElement.querySelector(".figure-art");
    const name = art.querySelector("title").textContent;
    const larger = button("Open larger", () => open(art, larger));
    larger.setAttribute("aria-label", `Open larger: ${name}`);
    larger.setAttribute("aria-haspopup", "dialog");
    foot.prepend(larger);
    art.classList.add("figure-opens");
    art.addEventListener("click", (event) => {
      if (!event.target.closest("a")) open(art, larger);
    });
  }
})();

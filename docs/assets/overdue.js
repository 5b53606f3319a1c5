/* A day of review that has passed by the reader's clock: the line that says so stands in the head of the page. Runs in the
   page, right behind it, so that nothing moves. Without this script no line is shown. */
(() => {
  "use strict";

  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  for (const line of document.querySelectorAll("[data-due]")) {
    const passed = line.dataset.due.split(" ").filter((day) => day && day < today).length;
    for (const number of line.querySelectorAll("span")) number.textContent = passed;
    line.hidden = !passed;
  }
})();

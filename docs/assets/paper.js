/* What the screen folds away is printed too: notes open for paper, and the answers of questions stand at the end, where
   nobody reads them by accident. Without this script, and on a screen again, the page is as it was. */
(() => {
  "use strict";

  const undo = [];

  const opened = (note) => {
    note.open = true;
    undo.push(() => {
      note.open = false;
    });
  };

  /* The answers, each behind the number of its question, in a list of their own. */
  const answersAtTheEnd = (answers) => {
    const list = document.createElement("section");
    list.className = "paper-answers";
    const title = document.createElement("h2");
    title.textContent = "Answers";
    list.append(title);
    for (const answer of answers) {
      const line = document.createElement("p");
      const number = answer.closest(".question").querySelector("p > strong").cloneNode(true);
      line.append(number, " ", ...[...answer.querySelector("p").cloneNode(true).childNodes]);
      list.append(line);
    }
    for (const named of list.querySelectorAll("[id]")) named.removeAttribute("id");
    [...document.querySelectorAll("[data-block='questions']")].pop().after(list);
    undo.push(() => list.remove());
  };

  addEventListener("beforeprint", () => {
    const answers = [...document.querySelectorAll(".question > .answer")];
    if (answers.length) answersAtTheEnd(answers);
    for (const note of document.querySelectorAll("article details:not([open], .answer)")) opened(note);
  });
  addEventListener("afterprint", () => {
    while (undo.length) undo.pop()();
  });
})();

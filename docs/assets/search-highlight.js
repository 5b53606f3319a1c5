/* Paints on a page the words for which the search led there (?h=): whole words in their normal form, or nothing. Not in
   the numbers of sources, which are no words of the text. The page itself stays as it is; a browser that cannot paint
   a range of text (CSS Custom Highlight) shows it plain. Fetched by start.js, behind search-words.js. */
(() => {
  "use strict";

  if (!CSS.highlights) return;
  const wanted = new Set(new URLSearchParams(location.search).get("h").split(" "));
  const found = new Highlight();
  const texts = document.createNodeIterator(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement.closest("script, style, .cite, .headerlink")) continue;
    for (const { word, start, end } of self.searchWords(node.data)) {
      if (start === end || !wanted.has(word)) continue;
      found.add(new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }));
    }
  }
  CSS.highlights.set("found", found);
})();

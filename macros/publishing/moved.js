/* An address that a page had leads on: a section to where it went, all else to the page in its place. What a print asks
   goes along (docs/assets/prints.js). */
(() => {
  "use strict";

  let place = null;
  try {
    place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    // An address with a stray % names no section.
  }
  const to = new URL((place ?? document).querySelector("a").href);
  to.search = location.search;
  location.replace(to);
})();

/* A worker around the theme's search program: it loads the index at the first query, not with every page.
   The build leaves an index without documents where the theme looks for it, and the real one beside it
   (macros/search_index.py). In the live preview the theme's own index arrives and goes straight through. */
"use strict";

const SETUP = 0;
const READY = 1;
const QUERY = 2;
let deferred = null; // the set-up message, until the first query
let loaded = null; // the promise of the loaded index, from then on

const pass = (data) => self.dispatchEvent(Object.assign(new MessageEvent("message", { data }), { passed: true }));

const load = async () => {
  const answer = await fetch(new URL("../search/pages.json", self.location));
  const { config, docs } = await answer.json();
  pass({ type: SETUP, data: { ...deferred, config, docs } });
};

// Registered before the theme's own listener, so that it can hold a message back.
self.addEventListener("message", (event) => {
  const { type, data } = event.data;
  if (event.passed) return;
  if (type === SETUP && data.docs.length === 0) {
    event.stopImmediatePropagation();
    deferred = data;
    self.postMessage({ type: READY });
  } else if (type === QUERY && deferred) {
    event.stopImmediatePropagation();
    if (!loaded && !data.trim()) return; // the box is still empty
    loaded ??= load();
    // Without network the next key tries again.
    loaded.then(() => pass(event.data), () => (loaded = null));
  }
});

// The page names the theme's file behind the #. A copy saved on the device loses that part of its address; there the
// build has filled in the name.
const program = self.location.hash.slice(1) || "{{PROGRAM}}";
self.importScripts(new URL(`javascripts/workers/${program}`, self.location));

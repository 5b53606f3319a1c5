/* Reading offline. Made by the build: the constants below are filled in there.
   Online, everything comes from the host, so that nobody reads an old warning from a cache. Without network, the
   copy saved on this device answers, and the page says so with its version (docs/assets/offline.js). */
"use strict";

const BUILD = "{{BUILD}}";
const VERSION = "{{VERSION}}";
// Path below the site: short hash of its content.
const FILES = {{FILES}};

const ROOT = new URL("./", self.location);
// Several sites can lie on one host: each keeps to caches of its own name.
const PREFIX = `saved${ROOT.pathname}`;
const CACHE = `${PREFIX}#${BUILD}`;

const address = (path, hash) => `${new URL(path, ROOT)}?saved=${hash}`;

/* Fill the new cache; what has not changed is taken from the old one. One file missing, and the old copy stays. */
async function save() {
  const olds = await Promise.all((await caches.keys()).filter(ours).map((name) => caches.open(name)));
  const cache = await caches.open(CACHE);
  const paths = Object.keys(FILES);
  const next = async () => {
    for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
      const key = address(path, FILES[path]);
      let answer;
      for (const old of olds) answer ||= await old.match(key);
      // Some hosts send index.html on to its folder, and a page that was sent on cannot be shown from a cache.
      answer ||= await fetch(new URL(path.replace(/(^|\/)index\.html$/, "$1"), ROOT), { cache: "no-cache" });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      await cache.put(key, answer);
    }
  };
  await Promise.all([next(), next(), next(), next()]);
}

const ours = (name) => name.startsWith(`${PREFIX}#`);

async function forgetOld() {
  for (const name of await caches.keys()) if (ours(name) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

/* The saved copy of an address, or undefined. The query is the reader's: ?v=1.0.0 is the same page. */
async function saved(url) {
  const path = decodeURI(url.pathname.slice(ROOT.pathname.length));
  const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const hash = FILES[name];
  return hash && (await caches.open(CACHE)).match(address(name, hash));
}

/* Says in the page itself that it is a saved copy: a page cannot see where it came from. */
async function marked(answer) {
  const text = (await answer.text()).replace("<html", `<html data-saved="${VERSION}"`);
  return new Response(text, { headers: answer.headers });
}

async function answer(request) {
  try {
    return await fetch(request);
  } catch (problem) {
    const url = new URL(request.url);
    const copy = await saved(url);
    if (copy) return request.mode === "navigate" && /html/.test(copy.headers.get("Content-Type")) ? marked(copy) : copy;
    if (request.mode !== "navigate") throw problem;
    return new Response("You are offline, and this file is not saved on this device.", {
      status: 503,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
    });
  }
}

self.addEventListener("install", (event) => event.waitUntil(save()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(ROOT.href)) event.respondWith(answer(event.request));
});
self.addEventListener("message", (event) => {
  if (event.data === "which") event.ports[0].postMessage({ build: BUILD, version: VERSION });
  if (event.data === "take over") self.skipWaiting();
});

/* Reading without network. The build fills in what stands in double braces (offline.py).
   FILES are saved at the first visit, in the order of RULES (a file belongs to the first row that its path fits), each
   by itself and only if its hash is right; ASKED when a reader asks. The host answers first; the copy does in its place
   for one of the reasons in WHY, and says so above the page. */
"use strict";

const RULES = [
  { path: /^assets\/(style|script)\.\w+\./, device: true }, // the copy at once: such a name changes with the content
  { path: /^safety\/.*\.html$/ }, // the warnings before all other pages
  { path: /\.html$/ },
  { path: /^(?!pdf\/)/ }, // pictures, search
  { path: /^pdf\// }, // sheets and their pictures, as many as a first save may hold
];
const WHY = {
  offline: "You are offline.", // the host cannot be reached
  silent: "This site does not answer.", // not with the whole file within LIMIT
  trouble: "This site has a fault.", // the status is 429, or 500 and above
  foreign: "Something else answered for this site, such as the sign-in page of a network.", // no page of ours
};
const GONE = "You are offline, and this file is not saved on this device.";
const LIMIT = 2500; // milliseconds, so that the copy stands within three seconds
const PATIENCE = 120000; // with a file that is saved
const BUILD = "{{BUILD}}";
const VERSION = "{{VERSION}}";
// Path below the site: the first twelve digits of the hash of its content; in ASKED with its bytes.
const FILES = {{FILES}};
const ASKED = {{ASKED}};
const ROOT = new URL("./", self.location);
const PREFIX = `saved${ROOT.pathname}#`; // several sites can lie on one host: each keeps to caches of its own name
const CACHE = PREFIX + BUILD;
const MARK = /<meta\s+name=["']?build\b/; // in every page of ours, the one for a missing address too
const isPage = (path) => path.endsWith(".html");
const place = (path) => new URL(path, ROOT).href;
const key = (path) => `${place(path)}?saved=${FILES[path] ?? ASKED[path]?.[0]}`;
const rank = (path) => RULES.findIndex((rule) => rule.path.test(path));
let away = false; // the last page came from this device, and so do the files that it asks for
let through = false; // the reader wants to see what answers in place of the host

/* What is not saved yet, in the order of the rules. */
async function missing() {
  const saved = (await (await caches.open(CACHE)).keys()).map(({ url }) => url);
  return Object.keys(FILES).filter((path) => !saved.includes(key(path))).sort((a, b) => rank(a) - rank(b));
}

async function sent(by, request, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), by - Date.now());
  const answer = await fetch(request, { ...options, signal: stop.signal });
  const content = await answer.clone().arrayBuffer();
  clearTimeout(timer);
  return { answer, content };
}

/* Save a file; what has not changed is taken from the copy of another build. */
async function keep(path) {
  const cache = await caches.open(CACHE);
  const same = await caches.match(key(path));
  if (same) return cache.put(key(path), same);
  // Some hosts send index.html on to its folder.
  const url = place(path).replace(/\/index\.html$/, "/");
  const { answer, content } = await sent(Date.now() + PATIENCE, url, { cache: "no-cache" });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!key(path).endsWith(hash.slice(0, 12))) throw new Error(`${path}: not saved, the host sends another file`);
  const headers = { "Content-Type": answer.headers.get("Content-Type"), "X-Version": VERSION, "X-Saved": Date() };
  return cache.put(key(path), new Response(content, { headers }));
}

async function install() {
  const paths = navigator.connection?.saveData ? [] : await missing();
  const failed = (fault) => {
    console.warn(fault.message);
    if (fault.name === "QuotaExceededError") paths.length = 0; // no room for what is less important
  };
  const next = async () => {
    while (paths.length) await keep(paths.shift()).catch(failed);
  };
  await Promise.all([next(), next(), next(), next()]);
  const lost = await missing();
  if (self.registration.active || Object.keys(FILES).some((path) => isPage(path) && !lost.includes(path))) return;
  await caches.delete(CACHE);
  throw new Error("no page is saved");
}

/* When a page is opened: save what is missing; at the first fault it is left for the next page. */
async function mend() {
  for (const path of await missing()) await keep(path);
  await tidy();
}

/* Copies of other builds go when every page of this one is saved; until then they answer, and say how old they are.
   A newer worker that is installing or waiting has a copy of its own here. */
async function tidy() {
  if (self.registration.installing || self.registration.waiting || (await missing()).some(isPage)) return;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
}

/* The host's answer, or a reason of WHY. */
async function asked(request, path) {
  const by = Date.now() + LIMIT;
  const ask = (redirect, otherwise) =>
    sent(by, request, { redirect }).catch(({ name }) => ({ why: name === "AbortError" ? "silent" : otherwise }));
  let { answer, content, why } = await ask("manual", "offline");
  // Sent on to another host, this fails.
  if (answer?.type === "opaqueredirect") ({ answer, content, why } = await ask("follow", "foreign"));
  if (why) return why;
  if (answer.status === 429 || answer.status >= 500) return "trouble";
  const html = /html/.test(answer.headers.get("Content-Type"));
  if (isPage(path) ? !MARK.test(new TextDecoder().decode(content)) : html || !answer.ok) return "foreign";
  return answer.redirected && request.mode === "navigate" ? Response.redirect(answer.url) : answer;
}

/* A copy of a page says so in its first words, and to the scripts of the page. */
async function marked(copy, why) {
  const version = copy.headers.get("X-Version");
  const day = new Date(copy.headers.get("X-Saved")).toLocaleDateString("en-GB", { dateStyle: "long" });
  const note = `<div class="site-note" role="status"><p><span>${WHY[why]}</span> This is version ${version}, as saved on
    this device. It was saved on ${day}; a newer one may exist.</p></div>`;
  const page = (await copy.text()).replace("<html", `<html data-saved="${version}" data-why="${why}"`);
  return new Response(page.replace(/<body[^>]*>/, (body) => body + note), { headers: copy.headers });
}

async function give(request) {
  const visit = request.mode === "navigate";
  if (visit && through) return fetch(request).finally(() => (through = false));
  const { pathname, search } = new URL(request.url);
  const path = pathname.slice(ROOT.pathname.length).replace(/(^|\/)$/, "$1index.html");
  if (visit && `${path}/index.html` in FILES) return Response.redirect(`${place(path)}/${search}`);
  const older = path.startsWith("assets/") || (path in FILES && isPage(path)); // better than none: a page says its age
  const copy = (await caches.match(key(path))) ?? (older && (await caches.match(place(path), { ignoreSearch: true })));
  if (!copy) return fetch(request).catch(() => (visit ? new Response(GONE, { status: 503 }) : Response.error()));
  if (RULES[rank(path)].device || (away && !visit)) return copy;
  const answer = await asked(request, path);
  if (visit) away = answer in WHY;
  return !(answer in WHY) ? answer : visit && isPage(path) ? marked(copy, answer) : copy;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(ROOT.href)) event.respondWith(give(event.request));
});
self.addEventListener("message", (event) => {
  const { data, ports: [port] } = event;
  if (data === "which") port.postMessage({ build: BUILD, version: VERSION, asked: ASKED });
  if (data === "take over") self.skipWaiting();
  if (data === "through") port.postMessage((through = true));
  if (data === "mend") event.waitUntil(mend().catch(() => {}));
  if (data.keep) event.waitUntil(keep(data.keep).then(() => port.postMessage(true), () => port.postMessage(false)));
});

/* Reading without network: a page says when it may be old, offers a newer version, and has a large file saved when
   asked. What is saved and who answers is in macros/publishing/worker.js. The live preview has no worker. */
(() => {
  "use strict";

  const root = new URL("../", document.currentScript.src);
  const page = document.querySelector("meta[name=build]")?.content;
  const version = document.querySelector("[data-print-status]")?.dataset.version;
  const { saved, why } = document.documentElement.dataset;
  const workers = navigator.serviceWorker;
  const first = workers?.controller;
  let registration = null;

  // A saved copy comes with its note from the worker, and keeps it whatever happens.
  const note = document.querySelector(".site-note") ?? document.createElement("div");
  if (!note.isConnected) {
    note.className = "site-note";
    note.setAttribute("role", "status");
  }
  const lead = note.querySelector("span")?.textContent ?? "";
  const loaded = version ? ` This page is version ${version}, as it was loaded; a newer one may exist.` : "";
  const age = lead ? note.textContent.trim().slice(lead.length) : loaded;

  const button = (label, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", action);
    return made;
  };
  const say = (words, ...buttons) => {
    // What is said already keeps its buttons: one of them may be pressed just now.
    if (!note.hidden && note.querySelector("button") && note.firstElementChild.textContent === words) return;
    const line = document.createElement("p");
    line.textContent = words;
    note.replaceChildren(line, ...buttons);
    note.hidden = false;
    // Not before there is something to say: a first child of the body has the whole page styled anew.
    if (!note.isConnected) document.body.prepend(note);
  };

  const ask = (worker, question) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(question, [port2]);
    });

  /* A newer worker that waits takes over first: without network it has the newer copy. Not before it has: a page that is
     asked for while a worker takes over may never come (seen in Chromium 156). */
  const reload = () => {
    const next = registration?.waiting ?? registration?.active;
    if (!next || next.state === "activated") {
      location.reload();
      return;
    }
    const go = () => location.reload();
    next.addEventListener("statechange", () => next.state === "activating" || go());
    setTimeout(() => next.state === "installed" && go(), 1000); // the older one is busy: the button does what it says
    next.postMessage("take over");
  };
  const again = () => button("Reload", reload);
  // A page that came from the host may lose its note.
  const close = () => (lead ? [] : [button("Close", () => (note.hidden = true))]);
  const see = () => ask(workers.controller, "through").then(() => location.reload());

  if (lead) say(lead + age, again(), ...(why === "foreign" ? [button("Show what answers", see)] : []));
  else if (!navigator.onLine) say(`You are offline.${age}`, ...close());
  addEventListener("offline", () => say(`You are offline.${age}`, ...(lead ? [again()] : close())));
  addEventListener("online", () => say(`You are online again.${age}`, again(), ...close()));

  // The first save takes up to three megabytes; not from a reader who asked their device to spare data.
  if (!page || !workers || navigator.connection?.saveData) return;

  /* The newest worker is the one that waits, or the one that has taken over since this page was opened: another tab may
     have let it. On a page that is as new as the worker there is nothing to ask. */
  const compare = async () => {
    const worker = registration.waiting ?? (workers.controller === first ? null : workers.controller);
    if (!worker) return;
    const newer = await ask(worker, "which");
    if (newer.build === page) {
      registration.waiting?.postMessage("take over");
      return;
    }
    const named = newer.version === version ? "A corrected page" : `Version ${newer.version}`;
    say(`${named} is ready.${lead && age}`, again());
  };

  /* A file that is not saved unasked gets a button beside its link; not in the head of a page, which all below hangs on. */
  const offerFiles = async (worker) => {
    const { build, asked } = await ask(worker, "which");
    for (const link of build === page ? document.querySelectorAll("a[href$='.pdf']:not([aria-hidden], .tool)") : []) {
      const path = link.href.slice(root.href.length);
      const [hash, bytes] = asked[path] ?? [];
      if (!hash) continue;
      const size = bytes < 1e6 ? `${Math.ceil(bytes / 1000)}\u00a0KB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
      const name = document.createElement("span");
      name.className = "visually-hidden";
      name.textContent = `: ${link.textContent.trim()}`;
      const keep = button(`Save for reading offline, ${size}`, async () => {
        keep.disabled = true;
        keep.firstChild.data = "Saving …";
        keep.disabled = await ask(worker, { keep: path });
        keep.firstChild.data = keep.disabled ? "Saved on this device" : `Not saved. Try again, ${size}`;
      });
      keep.className = "tool";
      keep.dataset.print = "off";
      keep.append(name);
      link.parentElement.append(" ", keep);
      if (await caches.match(`${link.href}?saved=${hash}`)) {
        keep.disabled = true;
        keep.firstChild.data = "Saved on this device";
      }
    }
  };

  const watch = (found) => {
    registration = found;
    compare();
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed") compare();
      });
    });
    workers.addEventListener("controllerchange", compare);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible") return;
      compare();
      if (navigator.onLine) registration.update().catch(() => {});
    });
    workers.ready.then(({ active }) => {
      if (!lead) active.postMessage("mend");
      offerFiles(active);
    });
  };
  // Without storage, as in a private window, the site is read online only.
  const register = () => workers.register(new URL("sw.js", root), { scope: root.pathname }).then(watch, () => {});
  // After the page stands: saving the site must not slow its first view.
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
})();

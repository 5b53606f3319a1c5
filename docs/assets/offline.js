/* Reading without network: saves the site on this device after the first visit, says when the page is a saved copy,
   and offers a newer version. Only in a built site: the live preview has no worker. */
(() => {
  "use strict";

  const root = new URL("../", document.currentScript.src);
  const page = document.querySelector("meta[name=build]")?.content;
  const version = document.querySelector("[data-print-status]")?.dataset.version;
  const note = document.createElement("div");
  note.className = "site-note";
  note.setAttribute("role", "status");
  note.hidden = true;

  const say = (text, label, action) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", action);
    note.replaceChildren(text, button);
    note.hidden = false;
  };
  const close = () => {
    note.hidden = true;
  };
  const sayOffline = () => {
    const copy = document.documentElement.dataset.saved || version;
    const which = copy ? ` This is version ${copy}, as saved on this device.` : "";
    say(`You are offline.${which} A newer one may exist.`, "Close", close);
  };

  document.body.append(note);
  if (document.documentElement.dataset.saved !== undefined || !navigator.onLine) sayOffline();
  addEventListener("offline", sayOffline);
  addEventListener("online", close);

  // Saving takes about two megabytes; not from a reader who asked their device to spare data.
  if (!page || !navigator.serviceWorker || navigator.connection?.saveData) return;

  const which = (worker) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage("which", [port2]);
    });

  /* A newer worker waits until the reader agrees; on a page that is as new as the worker there is nothing to ask. */
  const offer = async (worker) => {
    const newer = await which(worker);
    if (newer.build === page) {
      worker.postMessage("take over");
      return;
    }
    const named = newer.version === version ? "A corrected page" : `Version ${newer.version}`;
    say(`${named} is ready.`, "Reload", () => {
      // Another tab may have let it take over already, or an even newer one may have come: then too.
      const reload = () => {
        if (worker.state !== "installed" && worker.state !== "activating") location.reload();
      };
      worker.addEventListener("statechange", reload);
      worker.postMessage("take over");
      reload();
    });
  };
  const watch = (registration) => {
    if (registration.waiting) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed" && registration.active) offer(worker);
      });
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && navigator.onLine) registration.update().catch(() => {});
    });
  };
  const register = () =>
    // Without storage, as in a private window, the site is read online only.
    navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname }).then(watch, () => {});
  // After the page stands: saving the site must not slow its first view.
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
})();

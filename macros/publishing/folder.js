/* For the site opened from a folder: a browser starts no worker from a file, so the search runs in a hidden frame.
   Before the theme's script, which looks for IFrameWorker. */
(() => {
  "use strict";

  if (location.protocol !== "file:") return;

  class IFrameWorker extends EventTarget {
    constructor(source) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.inside = frame.contentWindow;
      // What the worker says to itself is meant for the page.
      this.inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      // In a frame a script cannot wait for another (importScripts): the worker finds its words there.
      const program = new URL(source, location);
      const scripts = [new URL("search-words.js", program), program].map((address) => {
        const script = frame.contentDocument.createElement("script");
        script.async = false;
        script.src = address;
        return script;
      });
      this.ready = new Promise((resolve) => scripts.at(-1).addEventListener("load", resolve));
      frame.contentDocument.body.append(...scripts);
    }

    postMessage(data) {
      this.ready.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })));
    }
  }

  window.IFrameWorker = IFrameWorker;
  window.Worker = IFrameWorker;
})();

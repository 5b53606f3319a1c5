/* What must be settled before the first paint. Light or dark: the reader's choice, else what the device says, stored
   as the theme stores it, so that its script carries on from here. And that scripts run, so that the search shows. */
(() => {
  "use strict";

  document.documentElement.classList.replace("no-js", "js");

  const inputs = [...document.querySelectorAll("[data-md-component=palette] input")];
  const colors = (input) => ({
    media: input.dataset.mdColorMedia,
    scheme: input.dataset.mdColorScheme,
    primary: input.dataset.mdColorPrimary,
    accent: input.dataset.mdColorAccent,
  });
  const show = (index) => {
    const input = inputs[index];
    input.checked = true;
    for (const [key, value] of Object.entries(colors(input))) document.body.setAttribute(`data-md-color-${key}`, value);
    // The label beside a choice leads to the other one.
    for (const other of inputs) other.nextElementSibling.hidden = other !== input;
  };

  let stored = null;
  try {
    stored = __md_get("__palette");
  } catch {
    // Storage can be switched off; then the device decides.
  }
  const device = inputs.findIndex((input) => matchMedia(input.dataset.mdColorMedia).matches);
  show(inputs[stored?.index] ? stored.index : Math.max(0, device));

  inputs.forEach((input, index) =>
    input.addEventListener("change", () => {
      show(index);
      __md_set("__palette", { index, color: colors(input) });
    }),
  );
})();

/* The words of a text in their normal form: one form for the index, for what is typed (search-worker.js) and for what
   is painted on a page (search-highlight.js), so that what is found does not hang on how it is written. The cases in
   tests/browser/search_words.yml show it.
   - Accents, capitals, plurals and Unicode's other codings of the same sign make no difference; signs are no words.
   - A ratio is one word: 1:4 is neither 1:1 nor 4.
   - A number and its unit are one word, together or apart: 28G, 28 G, 28-gauge. Its parts are words too.
   - A power is one word, raised or typed: 10⁶ is 10^6 and never 106. */
(() => {
  "use strict";

  // After a number: as it can be written, and the sign that stands for it.
  const UNITS = {
    ml: "ml", cc: "ml", milliliter: "ml", millilitre: "ml",
    mg: "mg", milligram: "mg", "μg": "μg", ug: "μg", mcg: "μg", microgram: "μg",
    "μm": "μm", um: "μm", micron: "μm", micrometer: "μm", micrometre: "μm",
    mm: "mm", millimeter: "mm", millimetre: "mm", cm: "cm", centimeter: "cm", centimetre: "cm",
    g: "gauge", ga: "gauge", gauge: "gauge", "%": "%", percent: "%", "per cent": "%", mhz: "mhz",
  };
  // Signs that Unicode keeps apart and a keyboard does not.
  const SIGNS = {
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "∶": ":", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
  };

  const PART = String.raw`\d+(?:[.,]\d+)?`;
  const THOUSANDS = String.raw`[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?`;
  const SIGN = String.raw`[\p{L}\p{N}]`;
  const UNIT = String.raw`(?:${Object.keys(UNITS).join("|")})s?(?!${SIGN})`;
  // A word, a version or a date; a ratio (two groups); a power (two); a number with or without its unit (three); 3D and %.
  const TOKEN = new RegExp(
    String.raw`(\p{L}${SIGN}*(?:'${SIGN}+)*|\d+(?:\.\d+){2,}|\d{4}-\d\d-\d\d)` +
      String.raw`|(?<!\d:)(${PART})(?: : |:)(${PART})(?!:?\d)` +
      String.raw`|(${PART})\^\+?(-?\d+)(?!${SIGN})` +
      String.raw`|(${THOUSANDS}|${PART}|\.\d+)(?:([\s-]?)(${UNIT})|(?!${SIGN}))` +
      String.raw`|(${SIGN}+|%)`,
    "gu",
  );
  const ALL_THOUSANDS = new RegExp(`^${THOUSANDS}$`);
  // Between two numbers of which only the second bears the unit: 25–45 µm.
  const RANGE = /^ ?(?:-|to|or|and) ?$/;
  const RAISED = /^[⁰¹²³⁴-⁹⁺⁻]$/;

  /* The text without accents and capitals, and for each of its signs the place where it stood. */
  const fold = (text) => {
    if (/^[\0-\x7f]*$/.test(text)) return { folded: text.toLowerCase(), place: (i) => i };
    let folded = "";
    const places = [];
    for (const { 0: found, index } of text.matchAll(/[\0-\x7f]+(?!\p{M})|[^\p{M}]\p{M}*|\p{M}+/gu)) {
      const ascii = found.charCodeAt(found.length - 1) < 128;
      const power = RAISED.test(found) && /\d$/.test(folded) && !RAISED.test(text[index - 1]) ? "^" : "";
      const plain = ascii ? found.toLowerCase() : power + bare(SIGNS[found] ?? found);
      for (let i = 0; i < plain.length; i += 1) places.push(ascii ? index + i : index);
      folded += plain;
    }
    places.push(text.length);
    return { folded, place: (i) => places[i] };
  };
  const bare = (sign) =>
    [...sign.normalize("NFKC").toLowerCase().normalize("NFD")]
      .map((part) => SIGNS[part] ?? part.replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/u, ""))
      .join("");

  const decimal = (number) => String(Number(number.replace(",", ".")));
  const whole = (number) => (ALL_THOUSANDS.test(number) ? String(Number(number.replaceAll(",", ""))) : decimal(number));
  const singular = (word) =>
    word.endsWith("s") && word.length > 3
      ? word.replace(/(?<![ae])ies$|(?<![aeo]e|[uis])s$/, (end) => (end === "ies" ? "y" : ""))
      : word;

  /* Each word of a text with its place; `part` marks what stands within another word: the 28 and the G of 28 G. */
  self.searchWords = (text) => {
    const { folded, place } = fold(text);
    const words = [];
    const add = (word, from, to, part = false) => words.push({ word, start: place(from), end: place(to), part });
    let alone = null; // the number before, when it bears no unit
    for (const match of folded.matchAll(TOKEN)) {
      const [found, word, product, diluent, base, exponent, number, gap, unit, odd] = match;
      const from = match.index;
      const to = from + found.length;
      if (word || odd) {
        add(singular(found.replaceAll("'", "")), from, to);
      } else if (product) {
        add(`${decimal(product)}:${decimal(diluent)}`, from, to);
      } else if (base) {
        add(`${decimal(base)}^${exponent}`, from, to);
      } else {
        const plain = whole(number);
        if (unit) {
          const sign = UNITS[unit] ?? UNITS[unit.slice(0, -1)];
          // To be found, not to be painted: it takes up no room.
          if (alone && RANGE.test(folded.slice(alone.to, from))) add(alone.plain + sign, from, from, true);
          add(plain + sign, from, to);
          add(plain, from, from + number.length, true);
          add(sign, from + number.length + gap.length, to, true);
        } else {
          add(plain, from, to);
        }
        alone = unit ? null : { plain, to };
      }
    }
    return words;
  };
})();

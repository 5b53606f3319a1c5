/* The search: it answers the theme's search box in the theme's messages, in the place of the theme's own program.
   The index (macros/publishing/search_index.py) is loaded at the first query, not with every page; in the live preview
   and in the site opened from a folder it comes with the first message. What is typed is words and nothing else: no
   sign is a command. A word that stands nowhere is taken for the nearest one that does, and the result says so. The
   name of a region leads to its page. A ratio without a row is told as that: the row of another one is no answer. */
(() => {
  "use strict";

  if (!self.searchWords) self.importScripts("search-words.js");
  const wordsOf = self.searchWords;

  // The kinds of the theme's messages.
  const SETUP = 0;
  const READY = 1;
  const QUERY = 2;
  const RESULT = 3;
  // How much a word counts by the place where it stands; `names` and `also` are searched and never shown.
  const WEIGHTS = { title: 25, names: 20, text: 1, also: 1 };
  // How much a word of the index counts for the one that is typed: the same, one that begins with it, its number alone.
  const SAME = 1;
  const LONGER = 0.5;
  const NUMBER = 0.1;
  // Words of a question that say nothing of what is asked for.
  const EMPTY = new Set(
    "a an and are at by can do does for from how i in is it of on or the to what when which with".split(" "),
  );
  const EXCERPT = 240; // characters of a line that are shown

  const plain = (html) =>
    html
      .replace(/<[^>]+>/g, "\n")
      .replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" })[name]);
  const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
  const lineOf = (text) => ({ text, words: wordsOf(text) });
  const telling = (text) => wordsOf(text).filter(({ part, word }) => !part && !EMPTY.has(word));

  // --- the index --------------------------------------------------------------------------------

  /* The documents as they are searched, and by word the weight that it has in each. */
  const makeIndex = (given) => {
    const index = { docs: [], weights: new Map(), names: new Set(), regions: new Map(), ratios: null };
    for (const one of given) {
      const { location, title, text: html, names = "", region = [], also = {}, boost = 1, ratio, ratios } = one;
      const number = index.docs.length;
      const lines = plain(html).split("\n").filter(Boolean).map(lineOf);
      const page = location.split("#")[0];
      const doc = { location, page, boost, ratio, title: lineOf(plain(title)), lines, standsFor: new Map() };
      const called = region.map((wording) => telling(wording).map(({ word }) => word)).filter(({ length }) => length);
      if (called.length) index.regions.set(page, called);
      if (ratios) index.ratios = { ...ratios, page: location };
      const text = lines.flatMap(({ words }) => words);
      const places = { title: doc.title.words, names: wordsOf([names, ...region].join("\n")), text, also: [] };
      for (const [wording, others] of Object.entries(also)) {
        const shown = wordsOf(wording).map(({ word }) => word);
        for (const other of wordsOf(others)) {
          places.also.push(other);
          doc.standsFor.set(other.word, [...(doc.standsFor.get(other.word) ?? []), ...shown]);
        }
      }
      for (const [place, words] of Object.entries(places)) {
        const counts = new Map();
        for (const { word } of words) counts.set(word, (counts.get(word) ?? 0) + 1);
        for (const [word, count] of counts) {
          if (!index.weights.has(word)) index.weights.set(word, new Map());
          const weights = index.weights.get(word);
          // The tenth time says little more than the third.
          weights.set(number, (weights.get(number) ?? 0) + (WEIGHTS[place] * 2.2 * count) / (1.2 + count));
        }
      }
      for (const { start, end } of doc.title.words) index.names.add(doc.title.text.slice(start, end).toLowerCase());
      index.docs.push(doc);
    }
    return index;
  };

  // --- what is meant ----------------------------------------------------------------------------

  const isLetters = (word) => /^\p{L}+$/u.test(word);

  /* The words of the index that answer a typed one, with how much each counts. */
  const answers = (word, { weights }) => {
    const found = new Map();
    if (isLetters(word)) for (const known of weights.keys()) if (known.startsWith(word)) found.set(known, LONGER);
    const [number] = /^[\d.]+(?=[^\d.:^])/.exec(word) ?? [];
    if (weights.has(word)) found.set(word, SAME);
    else if (weights.has(number)) found.set(number, NUMBER);
    return found;
  };

  /* How many letters are wrong, missing, too many or changed for their neighbor; more than `most` is one too many. */
  const slips = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let older = [];
    let row = [...b, ""].map((_, j) => j);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], older[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [older, row] = [row, next];
    }
    return row[b.length];
  };

  const common = (word, { weights }) => weights.get(word)?.size ?? 0;

  /* Whether a first letter is wrong where it must not be: with two slips, or in a short word. Batch is no match. */
  const elsewhere = (word, known, number) =>
    known[0] !== word[0] && (number > 1 || word.length < 7) && !(known[0] === word[1] && known[1] === word[0]);

  /* The known word with the fewest slips, the more common of two. */
  const nearest = (word, index, most) => {
    let best = null;
    let fewest = most + 1;
    for (const known of index.weights.keys()) {
      if (known.length < 3 || !isLetters(known)) continue;
      const number = slips(word, known, Math.min(fewest, most));
      if (elsewhere(word, known, number)) continue;
      if (number < fewest || (number === fewest && number <= most && common(known, index) > common(best, index))) {
        [best, fewest] = [known, number];
      }
    }
    return best;
  };

  /* Two known words that a typed one was joined of, the rarer of them as common as may be. */
  const parted = (word, index, known) => {
    let best = null;
    let most = 0;
    for (let i = 3; i <= word.length - 3; i += 1) {
      const parts = [word.slice(0, i), word.slice(i)].map(known);
      const rarer = Math.min(...parts.map((part) => common(part, index)));
      if (rarer > most) [best, most] = [parts, rarer];
    }
    return best;
  };

  /* The words meant by one that stands nowhere; none when nothing resembles it. */
  const meantBy = (word, index) => {
    if (word.length < 4 || !isLetters(word)) return null;
    const one = nearest(word, index, 1);
    if (one) return [one];
    const two = parted(word, index, (part) => part);
    if (two) return two;
    const far = word.length < 9 ? null : nearest(word, index, 2);
    if (far) return [far];
    // One of the two may have a slip, when it is long enough to be known by its other letters: earlobe is no ear loses.
    const known = (part) => (index.weights.has(part) || part.length < 5 ? part : nearest(part, index, 1));
    return parted(word, index, known);
  };

  /* Neighbors that are one word on this site, joined: hyper-diluted. */
  const joined = (terms, index) => {
    const whole = [];
    for (const term of terms) {
      const before = whole.at(-1);
      const word = (before?.word ?? "") + term.word;
      const rarer = Math.min(common(before?.word, index), common(term.word, index));
      if (before && isLetters(word) && index.weights.has(word) && common(word, index) >= rarer) {
        whole.splice(-1, 1, { word, written: `${before.written} ${term.written}`, corrected: true });
      } else {
        whole.push(term);
      }
    }
    return whole;
  };

  /* A word as the site writes it most often. */
  const asPrinted = (word, { docs }) => {
    const ways = new Map();
    for (const { title, lines } of docs) {
      for (const line of [title, ...lines]) {
        for (const found of line.words) {
          if (found.word !== word) continue;
          const way = line.text.slice(found.start, found.end);
          ways.set(way, (ways.get(way) ?? 0) + 1);
        }
      }
    }
    const [[way] = [word]] = [...ways].sort(([, a], [, b]) => b - a);
    return way;
  };

  /* What is looked for: the typed words, with those in their place that are meant. */
  const understood = (query, index) => {
    const asked = telling(query);
    const used = asked.length ? asked : wordsOf(query).filter(({ part }) => !part);
    const terms = used.map(({ word, start, end }) => ({ word, written: query.slice(start, end) }));
    const known = joined(terms, index).flatMap((term) => {
      const meant = answers(term.word, index).size ? null : meantBy(term.word, index);
      return meant ? meant.map((word) => ({ ...term, word, corrected: true })) : [term];
    });
    return joined(known, index).map((term) =>
      term.corrected ? { ...term, written: asPrinted(term.word, index) } : term,
    );
  };

  // --- ratios -----------------------------------------------------------------------------------

  /* Parts of diluent to one of product; nothing for a word that is no ratio. */
  const partsOf = (word) => {
    const [, product, diluent] = /^([\d.]+):([\d.]+)$/.exec(word) ?? [];
    return Number(product) ? diluent / product : null;
  };

  /* What there is in the place of a ratio without a row: "No row for 1:5. Nearest: 1:4 and 1:6". */
  const noRow = (ratio, { rows, studied }) => {
    const byParts = [...rows].sort((a, b) => partsOf(a) - partsOf(b));
    const lower = byParts.findLast((row) => partsOf(row) <= partsOf(ratio));
    const higher = byParts.find((row) => partsOf(row) >= partsOf(ratio));
    const nearest = [...new Set([lower, higher])].filter(Boolean).join(" and ");
    return `No row for ${ratio}. Nearest: ${nearest}${studied ? `; nothing was found beyond ${studied}` : ""}`;
  };

  // --- results ----------------------------------------------------------------------------------

  /* Part of a line as HTML, whole words of `found` marked. */
  const marked = ({ text, words }, found, from = 0, to = text.length) => {
    let html = "";
    let place = from;
    for (const { word, start, end } of words) {
      if (!found.has(word) || start < place || end > to || start === end) continue;
      html += `${escaped(text.slice(place, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
      place = end;
    }
    return html + escaped(text.slice(place, to));
  };

  /* The two lines that hold most of what was found, each around its first find. */
  const excerpt = ({ lines }, found) => {
    const hits = (line) => new Set(line.words.filter(({ word }) => found.has(word)).map(({ word }) => word)).size;
    const counted = lines.map((line) => [hits(line), line]).filter(([number]) => number);
    const best = counted.sort(([a], [b]) => b - a).slice(0, 2);
    const shown = best.length ? best.map(([, line]) => line) : lines.slice(0, 1);
    return lines.filter((line) => shown.includes(line)).map((line) => {
      const { text, words } = line;
      const first = words.find(({ word }) => found.has(word))?.start ?? 0;
      const from = first < EXCERPT - 60 ? 0 : text.lastIndexOf(" ", first - 60) + 1;
      const space = text.length - from > EXCERPT ? text.lastIndexOf(" ", from + EXCERPT) : text.length;
      const to = space > first ? space : text.length;
      return `<p>${from ? "… " : ""}${marked(line, found, from, to)}${to < text.length ? " …" : ""}</p>`;
    }).join("");
  };

  /* An address that tells the page which words to paint (search-highlight.js). */
  const painting = (location, found) => {
    if (!found.size) return location;
    const [path, anchor] = location.split("#");
    const asked = `${path.includes("?") ? "&" : "?"}h=${encodeURIComponent([...found].slice(0, 12).join(" "))}`;
    return path + asked + (anchor === undefined ? "" : `#${anchor}`);
  };

  const isPage = ({ doc }) => doc.location === doc.page;

  /* How far a page goes before all others: as many words as its region's name has of those that are typed, when it is
     typed alone or beside words that stand on the page too. `held` are the terms found there. */
  const lead = (page, held, terms, { regions }) => {
    const words = new Set(terms.map(({ word }) => word));
    const named = (regions.get(page) ?? []).filter((name) => name.every((word) => words.has(word)));
    const most = Math.max(0, ...named.map((name) => name.length));
    return most === words.size || held.size === terms.length ? most : 0;
  };

  /* The documents in which something was found, with their score, the terms found and the words that stand there. */
  const matches = (terms, ratios, index) => {
    const found = new Map();
    for (const term of terms) {
      const best = new Map();
      const here = answers(term.word, index);
      for (const [word, counts] of here) {
        for (const [number, weight] of index.weights.get(word)) {
          best.set(number, Math.max(best.get(number) ?? 0, counts * weight));
        }
      }
      const rare = Math.log(1 + index.docs.length / (1 + best.size));
      for (const [number, weight] of best) {
        const match = found.get(number) ?? { doc: index.docs[number], score: 0, terms: new Set(), words: new Set() };
        found.set(number, match);
        match.score += weight * rare;
        match.terms.add(term);
        for (const [word, counts] of here) {
          if (counts === NUMBER || !index.weights.get(word).has(number)) continue;
          for (const shown of [word, ...(match.doc.standsFor.get(word) ?? [])]) match.words.add(shown);
        }
      }
    }
    const heldOn = new Map();
    for (const { doc, terms: held } of found.values()) {
      heldOn.set(doc.page, new Set([...(heldOn.get(doc.page) ?? []), ...held]));
    }
    const leads = new Map([...heldOn].map(([page, held]) => [page, lead(page, held, terms, index)]));
    for (const match of found.values()) {
      // The row of a ratio, too, goes before what names it among others.
      if (ratios.length && match.doc.ratio && match.terms.size === terms.length) leads.set(match.doc.page, 1);
      // What holds every word goes before what holds one of them, and a page before its sections.
      match.score *= match.doc.boost * (match.terms.size / terms.length) ** 3 * (isPage(match) ? 2.5 : 1);
    }
    // The row of another ratio is none of those that are asked for; what lacks one that has no row may pass for it.
    const answersRatio = ({ doc, terms: held }) =>
      ratios.every(({ term, known }) => known || held.has(term)) &&
      (!ratios.length || !doc.ratio || ratios.some(({ term }) => term.word === doc.ratio));
    return [...found.values()].filter(answersRatio).sort(
      (a, b) => leads.get(b.doc.page) - leads.get(a.doc.page) || b.score - a.score,
    );
  };

  /* What was found, by page; a page in whose sections alone something was found stands there too. */
  const byPage = (found, index) => {
    const pages = new Map();
    for (const match of found) {
      const { page } = match.doc;
      if (!pages.has(page)) pages.set(page, []);
      pages.get(page).push(match);
    }
    for (const [page, held] of pages) {
      if (held.some(isPage)) continue;
      const words = new Set(held.flatMap((match) => [...match.words]));
      held.push({ doc: index.docs.find(({ location }) => location === page), score: 0, terms: null, words });
    }
    return [...pages.values()];
  };

  /* The answer to a query as the theme shows it: pages, each with its sections. */
  const search = (query, index) => {
    const terms = understood(query, index);
    const ratios = terms
      .filter(({ word }) => index.ratios && partsOf(word) !== null)
      .map((term) => ({ term, known: index.ratios.rows.includes(term.word) }));
    const item = ({ doc, score, terms: held, words }) => ({
      location: painting(doc.location, words),
      title: marked(doc.title, words),
      text: held ? excerpt(doc, words) : "",
      score,
      // The theme names those that are missing.
      terms: held ? Object.fromEntries(terms.map((term) => [term.written, held.has(term)])) : {},
    });
    const pages = byPage(matches(terms, ratios, index), index);
    const items = pages.map((held) => held.map(item));
    if (pages.length && terms.some(({ corrected }) => corrected)) {
      const meant = terms.map(({ written }) => written).join(" ");
      const head = items[0][pages[0].findIndex(isPage)];
      head.title = `<small class="search-meant">Did you mean “${escaped(meant)}”?</small> ${head.title}`;
    }
    const missing = ratios.filter(({ known }) => !known).map(({ term }) => [
      { location: index.ratios.page, title: noRow(term.word, index.ratios), text: "", score: 0, terms: {} },
    ]);
    items.unshift(...missing);
    const last = query.toLowerCase().split(/[\s-]/).pop();
    return { items, suggest: last ? [...index.names].filter((name) => name.startsWith(last)).slice(0, 1) : [] };
  };

  // --- messages ---------------------------------------------------------------------------------

  const BROKEN = {
    location: "",
    title: "The search cannot be loaded",
    text: "<p>There is no network, and this device has no copy of it. Try again later.</p>",
    score: 0,
    terms: {},
  };
  let given = []; // documents that came with the first message
  let index = null; // the promise of the index, from the first query on
  let newest = "";

  const load = async () => {
    const answer = await fetch(new URL("../search/pages.json", self.location));
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).docs;
  };
  const answer = async (query) => {
    newest = query;
    let result = { items: [] };
    if (query.trim()) {
      try {
        index ??= (given.length ? Promise.resolve(given) : load()).then(makeIndex);
        result = search(query, await index);
      } catch (problem) {
        console.warn(problem);
        index = null; // the next key tries again
        result = { items: [[BROKEN]] };
      }
    }
    if (query === newest) self.postMessage({ type: RESULT, data: result });
  };

  self.addEventListener("message", ({ data: { type, data } }) => {
    if (type === SETUP) {
      given = data.docs;
      self.postMessage({ type: READY });
    } else if (type === QUERY) {
      answer(data);
    }
  });
})();

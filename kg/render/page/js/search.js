// Search over every label and alternative label in every language: beginnings of labels first, then
// beginnings of words, then anything inside. On the map it offers concepts, in the table it narrows rows.

const MOST = 12;
const found = { items: [], active: -1, pathFrom: null };

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const ALTERNATIVE = 1.5;

/** Folded name and how much less it counts, for every name of every concept. */
const names = concepts.map((concept, index) => [
  ...concept.labels.filter(Boolean).map((label) => [fold(label), 0]),
  ...about[index].alternatives.map(([, label]) => [fold(label), ALTERNATIVE]),
  [fold(concept.key), ALTERNATIVE],
]);

const tableQuery = () => (state.view === "table" ? fold(state.query) : "");

/** 0 for the best match, null for none. */
function rank(index, query) {
  const ranks = names[index].map(([name, less]) => {
    const at = name.indexOf(query);
    if (at < 0) return 9;
    if (at === 0) return less + (name.length === query.length ? 0 : 1);
    return less + (/[\s\-–(/]/.test(name[at - 1]) ? 2 : 3);
  });
  const best = Math.min(...ranks);
  return best === 9 ? null : best;
}

function search(query) {
  return concepts
    .map((concept, index) => ({ index, rank: rank(index, query) }))
    .filter((hit) => hit.rank !== null)
    .sort((a, b) => a.rank - b.rank || concepts[b.index].passages - concepts[a.index].passages || a.index - b.index)
    .map((hit) => hit.index);
}

const matching = { query: null, concepts: [], relations: [] };

/** What the rows of the table are narrowed to, worked out once for each query. */
function matches() {
  const query = fold(state.query);
  if (matching.query !== query) {
    const named = ({ term }) => terms[term].labels.some((label) => fold(label).includes(query));
    Object.assign(matching, {
      query, concepts: concepts.map((_, index) => rank(index, query) !== null), relations: relations.map(named),
    });
  }
  return matching;
}

const matchesConcept = (concept) => matches().concepts[concept.id];
const matchesEdge = ({ from, to, of, relation }) =>
  [from, to, of].some((end) => matches().concepts[end]) || matches().relations[relation];

/** The name that matched, where it is not the one that is shown. */
function otherName(index, query) {
  const all = [...concepts[index].labels, ...about[index].alternatives.map(([, name]) => name)];
  const match = all.filter(Boolean).find((name) => fold(name).includes(query));
  return match && match !== conceptLabel(index) ? words(match) : "";
}

/** In the table the search narrows the rows, unless the end of a path is looked for. */
const offersConcepts = () => state.view !== "table" || found.pathFrom !== null;

function offer() {
  const query = fold(byId("search").value);
  if (found.pathFrom === null) change({ query: byId("search").value }, { record: "typing" });
  const hits = query && offersConcepts() ? search(query) : [];
  found.items = hits.slice(0, MOST);
  found.active = found.items.length ? 0 : -1;
  const options = found.items.map((index, number) => option(index, number, query));
  const rest = hits.length - found.items.length;
  const note = !query || !offersConcepts() ? "" : hits.length ? rest && say("more-found", { n: rest }) : say("none-found");
  byId("found").replaceChildren(...options, ...(note ? [el("li", { class: "note", role: "presentation" }, note)] : []));
  showOffer(Boolean(options.length || note));
}

function option(index, number, query) {
  const pick = (event) => {
    event.preventDefault();
    choose(index);
  };
  return el("li", { role: "option", id: `found-${number}`, on: { mousedown: pick } },
    glyph(concepts[index].group),
    el("span", { class: "hit" },
      el("span", { class: "name" }, conceptWords(index)), " ", el("span", { class: "other" }, otherName(index, query)),
      el("span", { class: "what" }, termWords(classes[concepts[index].group].term), ofEvidence(" · ", quotedIn(index)))));
}

/** How many passages mention it, as the filter leaves them. */
function quotedIn(index) {
  const n = passagesShown(index);
  return n ? say("passages-count", { n }) : say("unmentioned");
}

function showOffer(open) {
  byId("found").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  mark();
}

function mark() {
  [...byId("found").querySelectorAll("[role=option]")].forEach((item, number) => {
    item.setAttribute("aria-selected", String(number === found.active));
    if (number === found.active) item.scrollIntoView({ block: "nearest" });
  });
  const active = found.active < 0 || byId("found").hidden ? "" : `found-${found.active}`;
  byId("search").setAttribute("aria-activedescendant", active);
}

function choose(index) {
  const from = found.pathFrom;
  leaveSearch();
  if (from === null || from === index) change({ ...NOTHING, concept: index, query: "" });
  else selectPath(from, index);
  focusPanel();
}

/** What is typed next names the other end of a path. */
function seekPath(from) {
  found.pathFrom = from;
  byId("search").value = "";
  byId("search").placeholder = say("path-search", { concept: conceptLabel(from) });
  byId("search").focus();
}

function leaveSearch() {
  byId("search").value = "";
  byId("search").blur();
}

/** Neither filter nor search any more. */
function forgetFilters() {
  byId("search").value = "";
  if (state.query) change({ query: "" }, { record: false });
  showAll();
}

function onSearchBlur() {
  if (found.pathFrom !== null) byId("search").value = state.query;
  found.pathFrom = null;
  byId("search").placeholder = say("search");
  showOffer(false);
}

function onSearchKey(event) {
  const { length } = found.items;
  if (event.key === "Escape") {
    byId("search").value = "";
    offer();
    leaveSearch();
  } else if (event.key === "ArrowDown" && length) found.active = (found.active + 1) % length;
  else if (event.key === "ArrowUp" && length) found.active = (found.active + length - 1) % length;
  else if (event.key === "Enter" && found.active >= 0) choose(found.items[found.active]);
  else return;
  event.preventDefault();
  event.stopPropagation();
  mark();
}

// What the reader has chosen. View, language and selection live in the address, so that they can be
// sent to a colleague and the browser's back button undoes them.

const state = { view: "map", language: DATA.languages[0], concept: null, edge: null, query: "", open: "" };
const filter = { classes: new Set(), relations: new Set(), kinds: new Set(), unmentioned: false };
const listeners = [];

const onChange = (listener) => listeners.push(listener);

/** Take over the changes and tell everyone which names changed. */
function change(changes, { record = true } = {}) {
  const changed = Object.keys(changes).filter((name) => state[name] !== changes[name]);
  if (!changed.length) return;
  Object.assign(state, changes);
  if (record && changed.some((name) => name !== "query")) remember();
  for (const listener of listeners) listener(new Set(changed));
}

const select = (concept) => change({ concept, edge: null });
const selectEdge = (edge) => change({ concept: null, edge });
const unselect = () => change({ concept: null, edge: null });

function refilter(act) {
  act();
  for (const listener of listeners) listener(new Set(["filter"]));
}

function address() {
  const parts = new URLSearchParams();
  if (state.view !== "map") parts.set("view", state.view);
  if (state.language !== DATA.languages[0]) parts.set("language", state.language);
  if (state.concept !== null) parts.set("concept", concepts[state.concept].key);
  if (state.edge !== null) parts.set("relation", edges[state.edge].id);
  if (state.open) parts.set("open", state.open);
  return `#${parts}`;
}

/** A sandboxed frame has no history: the page works there without one. */
function remember() {
  try {
    history.pushState(null, "", address());
  } catch {
    /* nothing to remember with */
  }
}

/** What the address asks for; whatever is not known here counts as not said. */
function recalled() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const language = parts.get("language");
  return {
    view: parts.get("view") === "table" ? "table" : "map",
    language: DATA.languages.includes(language) ? language : DATA.languages[0],
    concept: conceptByKey.get(parts.get("concept")) ?? null,
    edge: edgeByKey.get(parts.get("relation")) ?? null,
    open: parts.get("open") ?? "",
  };
}

// ── What the filter leaves ──────────────────────────────────────────────────────────────────────

const conceptShown = (concept) =>
  !filter.classes.has(concept.group) && !(filter.unmentioned && !concept.passages);

const edgeShown = (edge) =>
  !filter.relations.has(edge.relation) &&
  !filter.kinds.has(edge.kind) &&
  conceptShown(concepts[edge.from]) &&
  conceptShown(concepts[edge.to]);

/** What is switched off, in words. */
function switchedOff() {
  return [
    ...[...filter.classes].map((cls) => termLabel(classes[cls].term)),
    ...(filter.unmentioned ? [say("unmentioned")] : []),
    ...[...filter.kinds].map((kind) => say(`kind-${kind}`)),
    ...[...filter.relations].map((relation) => termLabel(relations[relation].term)),
  ];
}

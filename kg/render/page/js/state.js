// What the reader has chosen. View, language and selection live in the address, so that they can be
// sent to a colleague and the browser's back button undoes them.

const state = {
  view: FIRST_VIEW, language: DATA.languages[0], theme: null, query: "",
  concept: null, edge: null, cell: null, layer: null, document: null, passage: null,
};
const filter = {
  classes: new Set(), relations: new Set(), kinds: new Set(), unmentioned: false,
  documents: new Set(), coders: new Set(), modalities: new Set(),
};
const UNRECORDED = new Set(["query", "theme"]);
const listeners = [];

const onChange = (listener) => listeners.push(listener);

/** Take over the changes and tell everyone which names changed. */
function change(changes, { record = true } = {}) {
  const changed = Object.keys(changes).filter((name) => state[name] !== changes[name]);
  if (!changed.length) return;
  Object.assign(state, changes);
  if (record && changed.some((name) => !UNRECORDED.has(name))) remember();
  tell(...changed);
}

function tell(...changed) {
  for (const listener of listeners) listener(new Set(changed));
}

const NOTHING = { concept: null, edge: null, cell: null };
const select = (concept) => change({ ...NOTHING, concept });
const selectEdge = (edge) => change({ ...NOTHING, edge });
const selectCell = (cell) => change({ ...NOTHING, cell });
const unselect = () => change(NOTHING);

function refilter(act) {
  act();
  tell("filter");
}

function address() {
  const parts = new URLSearchParams();
  if (state.view !== "map") parts.set("view", state.view);
  if (state.language !== DATA.languages[0]) parts.set("language", state.language);
  if (state.concept !== null) parts.set("concept", concepts[state.concept].key);
  if (state.edge !== null) parts.set("relation", edges[state.edge].id);
  if (state.cell !== null) parts.set("cell", state.cell);
  if (state.layer !== null) parts.set("layer", state.layer);
  if (state.document !== null) parts.set("document", documents[state.document].key);
  if (state.passage !== null) parts.set("passage", placeOf(state.passage));
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

/** A passage is told by its document and its place there. */
const placeOf = (passage) => `${passages[passage].start}-${passages[passage].end}`;

/** What the address asks for; whatever is not known here counts as not said. */
function recalled() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const language = parts.get("language");
  const document = documents.findIndex(({ key }) => key === parts.get("document"));
  const passage = passages.findIndex((known, index) =>
    known.document === document && placeOf(index) === parts.get("passage"));
  return {
    view: knownView(parts.get("view")),
    language: DATA.languages.includes(language) ? language : DATA.languages[0],
    concept: conceptByKey.get(parts.get("concept")) ?? null,
    edge: edgeByKey.get(parts.get("relation")) ?? null,
    cell: cellByKey.has(parts.get("cell")) ? parts.get("cell") : null,
    layer: layerKeys.has(parts.get("layer")) ? parts.get("layer") : null,
    document: document < 0 ? null : document,
    passage: passage < 0 ? null : passage,
  };
}

// ── What the filter leaves ──────────────────────────────────────────────────────────────────────

const conceptShown = (concept) =>
  !filter.classes.has(concept.group) && !(filter.unmentioned && !concept.passages);

/** A statement, flow or classification: whether its document, coder and modality are switched on. */
const sayingShown = (saying) =>
  !filter.coders.has(saying.coder) &&
  !filter.modalities.has(saying.modality) &&
  !(saying.passage !== undefined && filter.documents.has(passages[saying.passage].document));

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

// What the reader has chosen. All of it but the theme lives in the address (address.js), so that it
// can be sent to a colleague and the browser's back button undoes it.

const state = {
  view: FIRST_VIEW, language: DATA.languages[0], theme: null, open: "",
  concept: null, edge: null, path: null, cell: null, depth: 1,
  layer: null, document: null, passage: null,
  query: "", sheet: "concepts", sort: null,
};
const UNRECORDED = new Set(["theme"]);
const listeners = [];

const onChange = (listener) => listeners.push(listener);

/** Take over the changes and tell everyone which names changed; `record` is push, typing or false. */
function change(changes, { record = "push" } = {}) {
  const changed = Object.keys(changes).filter((name) => state[name] !== changes[name]);
  if (!changed.length) return;
  Object.assign(state, changes);
  if (record && changed.some((name) => !UNRECORDED.has(name))) remember(record);
  tell(...changed);
}

function tell(...changed) {
  for (const listener of listeners) listener(new Set(changed));
}

const NOTHING = { concept: null, edge: null, path: null, cell: null };
const select = (concept) => change({ ...NOTHING, concept });
const selectEdge = (edge) => change({ ...NOTHING, edge });
const selectCell = (cell) => change({ ...NOTHING, cell });
const selectPath = (concept, path) => change({ ...NOTHING, concept, path });
const unselect = () => change(NOTHING);

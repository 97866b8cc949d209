// The address: everything that is not as it is of itself, by name. Whatever in it is not known here
// counts as not said, bit by bit, so that an address survives a slip of the pen and a new build.

const conceptCode = (concept) => concepts[concept].key;
const passageCode = (passage) => `${passages[passage].start}-${passages[passage].end}`;

/** A passage is told by its document and its place there. */
function passageByCode(document, code) {
  const found = passages.findIndex((passage, index) => passage.document === document && passageCode(index) === code);
  return found < 0 ? null : found;
}

function address() {
  const parts = [];
  const put = (name, ...values) => parts.push(`${name}=${values.map(encodeURIComponent).join(",")}`);
  if (state.view !== FIRST_VIEW) put("view", state.view);
  if (state.language !== DATA.languages[0]) put("language", state.language);
  if (state.concept !== null) put("concept", conceptCode(state.concept));
  if (state.path !== null) put("path", conceptCode(state.path));
  if (state.edge !== null) put("relation", edges[state.edge].id);
  if (state.cell !== null) put("cell", ...state.cell.split(" "));
  if (state.layer !== null) put("layer", state.layer);
  if (state.open) put("open", ...state.open.split(" "));
  if (state.depth !== 1) put("depth", state.depth);
  if (state.document !== null) put("document", documents[state.document].key);
  if (state.passage !== null) put("passage", passageCode(state.passage));
  if (state.view === "table") putTable(put);
  putFilter(put);
  return `#${parts.join("&")}`;
}

function putTable(put) {
  if (state.sheet !== "concepts") put("sheet", state.sheet);
  if (state.sort) put("sort", state.sort);
  if (state.query) put("search", state.query);
}

/** Of a facet, what is on or what is off, whichever is shorter. */
function putFilter(put) {
  for (const [name, { keys, codes, off }] of Object.entries(FACETS)) {
    if (filter[name].size === off.length && off.every((key) => filter[name].has(key))) continue;
    const out = codes.filter((_, at) => filter[name].has(keys[at]));
    const on = codes.filter((_, at) => !filter[name].has(keys[at]));
    if (on.length < out.length) put(name, ...on);
    else put(`no-${name}`, ...out);
  }
  if (filter.unmentioned) put("unmentioned", "no");
  if (filter.least) put("least", filter.least);
  if (filter.from) put("from", filter.from);
  if (filter.until) put("until", filter.until);
  if (filter.around) put("around", conceptCode(filter.around.concept), filter.around.depth);
}

const memory = { last: null, lost: [] };

/**
 * One step back undoes one change; what is typed or dragged without a pause is one change. A
 * sandboxed frame has no history: the page works there without one.
 */
function remember(how) {
  const now = address();
  const again = how === "typing" && memory.last === how;
  Object.assign(memory, { last: how, lost: [] });
  if (now === (location.hash || "#")) return;
  try {
    history[again ? "replaceState" : "pushState"](null, "", now);
  } catch {
    /* nothing to remember with */
  }
}

/** The parts of the address by name, each a list; what cannot be decoded is left out. */
function askedParts() {
  const parts = new Map();
  for (const part of location.hash.slice(1).split("&").filter(Boolean)) {
    const [name, value = ""] = part.split("=");
    try {
      parts.set(name, value.split(",").map((code) => decodeURIComponent(code.replaceAll("+", " "))));
    } catch {
      /* a percent sign that means nothing */
    }
  }
  return parts;
}

/** What the address asks for, as a state. */
function recalledState(parts) {
  const one = (name) => parts.get(name)?.[0];
  const language = one("language");
  const document = documents.findIndex(({ key }) => key === one("document"));
  const concept = conceptByKey.get(one("concept")) ?? null;
  const path = conceptByKey.get(one("path")) ?? null;
  const sheet = Object.hasOwn(SHEETS, one("sheet")) ? one("sheet") : "concepts";
  return {
    view: knownView(one("view")),
    language: DATA.languages.includes(language) ? language : DATA.languages[0],
    concept,
    path: concept === null || path === concept ? null : path,
    edge: concept === null ? edgeByKey.get(one("relation")) ?? null : null,
    ...recalledCell(concept, parts),
    depth: wholeNumber(one("depth"), 1, DEEPEST),
    open: recalledOpen(parts.get("open") ?? []),
    document: document < 0 ? null : document,
    passage: passageByCode(document, one("passage")),
    sheet,
    sort: isSort(sheet, one("sort")) ? one("sort") : null,
    query: one("search") ?? "",
  };
}

/** What the address names and the page does not have, by the word for its kind. */
function lostIn(parts) {
  const known = {
    view: (name) => Object.hasOwn(VIEWS, name),
    concept: (key) => conceptByKey.has(key),
    path: (key) => conceptByKey.has(key),
    relation: (id) => edgeByKey.has(id),
    document: (key) => documents.some((document) => document.key === key),
    passage: (code) => passageByCode(documents.findIndex(({ key }) => key === parts.get("document")?.[0]), code) !== null,
    around: (key) => conceptByKey.has(key),
    filter: () => filtersKnown(parts),
  };
  const asked = (name) => name === "filter" || parts.has(name);
  const lost = Object.keys(known).filter((name) => asked(name) && !known[name](parts.get(name)?.[0]));
  return [...new Set(lost.map((name) => (["path", "around"].includes(name) ? "concept" : name)))];
}

/** Whether all values that are switched on or off by name are there to be switched. */
const filtersKnown = (parts) =>
  Object.entries(FACETS).every(([name, { codes }]) =>
    [name, `no-${name}`].flatMap((part) => parts.get(part) ?? []).every((code) => code === "" || codes.includes(code)));

const lostNote = () =>
  memory.lost.map((name) => say("lost", { what: say(name).toLowerCase() })).join(say("gap"));

/** A number between two others, the first of them where nothing better is said. */
function wholeNumber(text, least, most) {
  return /^\d{1,9}$/.test(text) ? Math.min(most, Math.max(least, Number(text))) : least;
}

function recallFilter(parts) {
  clearFilter();
  for (const [name, { keys, codes }] of Object.entries(FACETS)) {
    const named = (codesOf) => new Set(keys.filter((_, at) => codesOf.includes(codes[at])));
    const on = parts.has(name) && named(parts.get(name));
    if (parts.has(`no-${name}`)) filter[name] = named(parts.get(`no-${name}`));
    else if (on && (on.size || parts.get(name).join("") === "")) filter[name] = new Set(keys.filter((key) => !on.has(key)));
  }
  const [around, depth] = parts.get("around") ?? [];
  filter.unmentioned = parts.get("unmentioned")?.[0] === "no";
  filter.least = wholeNumber(parts.get("least")?.[0], 0, mostEvidence);
  filter.from = dates.find((date) => date === parts.get("from")?.[0]) ?? null;
  filter.until = dates.find((date) => date === parts.get("until")?.[0]) ?? null;
  filter.around = conceptByKey.has(around) ? { concept: conceptByKey.get(around), depth: wholeNumber(depth, 1, DEEPEST) } : null;
}

/** Everything as the address says; the names of what that changes. */
function recall() {
  const parts = askedParts();
  Object.assign(memory, { last: null, lost: lostIn(parts) });
  const before = JSON.stringify(filterParts());
  recallFilter(parts);
  sift();
  const now = recalledState(parts);
  const changed = Object.keys(now).filter((name) => state[name] !== now[name]);
  Object.assign(state, now);
  return before === JSON.stringify(filterParts()) ? changed : [...changed, "filter"];
}

function filterParts() {
  const parts = [];
  putFilter((name, ...values) => parts.push([name, values]));
  return parts;
}

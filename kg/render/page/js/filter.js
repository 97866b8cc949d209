// What is switched off, and what that leaves. It is worked out once for each change, so that asking
// whether something is shown costs nothing.

const filter = { unmentioned: false, least: 0, from: null, until: null, around: null };
for (const [name, { off }] of Object.entries(FACETS)) filter[name] = new Set(off);

const kept = { sayings: [], mentions: [], counts: [], edges: [], concepts: [] };

const conceptShown = (concept) => kept.concepts[concept.id];
const edgeShown = (edge) => kept.edges[edge.at];
const sayingShown = (saying) => kept.sayings[saying.at];

/** How many distinct passages of those that are left say a line, or mention a concept. */
const evidenceOf = (edge) => kept.counts[edge] ?? 0;
const passagesLeft = (concept) =>
  new Set((mentionsOfConcept.get(concept) ?? [])
    .filter((at) => kept.mentions[at] && mentions[at].status === undefined)
    .map((at) => mentions[at].passage)).size;

const passagesShown = (concept) => (asksEvidence() ? passagesLeft(concept) : concepts[concept].passages);
const backing = (line) => sayingsLeft(line).filter((at) => !sayings[at].apart);
const sayingsLeft = (line) => (sayingsOfEdge.get(line) ?? []).filter((at) => kept.sayings[at]);

sayings.forEach((saying, index) => (saying.at = index));
mentions.forEach((mention, index) => (mention.at = index));

/** Whether the filter asks something of the evidence: then only what passages say is shown. */
const asksEvidence = () =>
  filter.least > 0 || Boolean(filter.from || filter.until) ||
  ["documents", "modalities", "coders"].some((name) => filter[name].size);

const isOn = (name, item) => [FACETS[name].keyOf(item)].flat().some((key) => !filter[name].has(key));

/** A date may be a year or a month only; then it stands for all of it. */
function inTime({ issued }) {
  if (!filter.from && !filter.until) return true;
  return Boolean(issued) && issued >= (filter.from ?? "") &&
    (!filter.until || issued <= filter.until || issued.startsWith(filter.until));
}

function sift() {
  const inDocument = documents.map((document, index) => !filter.documents.has(index) && inTime(document));
  const everywhere = inDocument.every(Boolean);
  const placed = ({ passage }) => everywhere || (passage !== undefined && inDocument[passages[passage].document]);
  kept.sayings = sayings.map((saying) =>
    placed(saying) && !filter.coders.has(saying.coder) && !filter.modalities.has(saying.modality ?? NONE));
  kept.mentions = mentions.map((mention) => placed(mention) && !filter.coders.has(mention.coder));
  kept.counts = edges.map((edge, index) => support(index));
  const allowed = concepts.map((concept) =>
    !filter.classes.has(concept.group) && isOn("lanes", concept) && !(filter.unmentioned && !concept.passages));
  kept.edges = edges.map((edge) => stands(edge, allowed));
  kept.concepts = allowed;
  if (asksEvidence()) keepBacked();
  if (filter.around) keepAround();
  edges.forEach((edge, index) => (edge.width = lineWidth(kept.counts[index])));
}

/** How many passages back a line with what is left; null where nothing does. */
function support(edge) {
  const all = backing(edge);
  if (all.length < 2) return all.length ? Number(sayings[all[0]].passage !== undefined) : null;
  return new Set(all.map((at) => sayings[at].passage).filter((passage) => passage !== undefined)).size;
}

const lineWidth = (count) => DATA.widths[Math.min(count ?? 0, DATA.widths.length - 1)];

function stands(edge, allowed) {
  if (filter.relations.has(edge.relation) || filter.kinds.has(edge.kind)) return false;
  if (!allowed[edge.from] || !allowed[edge.to]) return false;
  return !asksEvidence() || (kept.counts[edge.at] !== null && kept.counts[edge.at] >= filter.least);
}

/** Of the concepts, those at a line that is left, or mentioned where nothing is asked of the lines. */
function keepBacked() {
  const backed = new Set(edges.filter(edgeShown).flatMap(({ from, to, of, via }) => [from, to, of, via]));
  const mentionCounts = !filter.least && !filter.modalities.size;
  kept.concepts = kept.concepts.map((allowed, index) =>
    allowed && (backed.has(index) || (mentionCounts && passagesLeft(index) > 0)));
}

function keepAround() {
  const near = neighbourhood(filter.around.concept, filter.around.depth);
  kept.edges = kept.edges.map((shown, index) => shown && near.edges.has(index));
  kept.concepts = kept.concepts.map((shown, index) => shown && near.concepts.has(index));
}

// ── Switching ───────────────────────────────────────────────────────────────────────────────────

/** Change the filter by `act`; `record` as in `change`. */
function refilter(act, { record = "push" } = {}) {
  act();
  sift();
  if (record) remember(record);
  tell("filter");
}

function clearFilter() {
  for (const [name, { off }] of Object.entries(FACETS)) filter[name] = new Set(off);
  Object.assign(filter, { unmentioned: false, least: 0, from: null, until: null, around: null });
}

const showAll = () => refilter(clearFilter);

// ── In words ────────────────────────────────────────────────────────────────────────────────────

/** Why something is not shown: what is off by name; of a facet that is nearly all off, what is on. */
function reasons() {
  const off = [];
  const only = [];
  for (const [name, { keys, off: usual }] of Object.entries(FACETS)) {
    const out = keys.filter((key) => filter[name].has(key) && !usual.includes(key)).map((key) => nameOf(name, key));
    const on = keys.filter((key) => !filter[name].has(key)).map((key) => nameOf(name, key));
    if (!on.length && out.length > 1) only.push(say("because-none", { facet: say(`facet-${name}`) }));
    else if (on.length < out.length) only.push(say("because-only", { facet: say(`facet-${name}`), names: enumerate(on) }));
    else off.push(...out);
  }
  if (filter.unmentioned) off.push(say("unmentioned"));
  return [
    off.length && say("because-off", { names: enumerate(off), n: off.length }),
    ...only,
    filter.least && say("because-least", { n: filter.least }),
    filter.from && say("because-from", { date: filter.from }),
    filter.until && say("because-until", { date: filter.until }),
    filter.around && say("because-around", { concept: conceptLabel(filter.around.concept), n: filter.around.depth }),
    tableQuery() && say("because-search", { query: state.query }),
  ].filter(Boolean);
}

/** What follows from other lines counts only when it is asked for. */
const counted = () => edges.filter(({ kind }) => kind !== "inferred" || !filter.kinds.has("inferred"));

sift();
const mostEvidence = kept.counts.reduce((most, count) => Math.max(most, count ?? 0), 0);

// What can be filtered by: for each facet its values, what has which of them, and how a value is
// called on the page and in the address. A facet with a single value is no choice and is not offered.

const NONE = -1;

/** The bands that a concept stands in, NONE for one that stands in no band. */
const bands = DATA.lanes?.bands ?? [];
const standingOf = groupBy(DATA.standing ?? [], (standing) => standing.concept);
const bandsOf = ({ id }) =>
  standingOf.has(id) ? [...new Set(standingOf.get(id).map((at) => DATA.standing[at].band))] : [NONE];

const documentOf = ({ passage }) => (passage === undefined ? [] : passages[passage].document);
const mostFirst = (groups) => (a, b) => groups.get(b).length - groups.get(a).length || a - b;
const byNumber = () => (a, b) => a - b;
const byKind = () => (a, b) => KINDS.indexOf(a) - KINDS.indexOf(b);

const FACETS = {
  classes: facet(concepts, (concept) => concept.group, fromFile ? mostFirst : byNumber, {
    words: (cls) => termWords(classes[cls].term), code: (cls) => terms[classes[cls].term].key,
  }),
  lanes: facet(concepts, bandsOf, byNumber, {
    words: (band) => (band === NONE ? say("no-lane") : termWords(bands[band].term)),
    code: (band) => (band === NONE ? "none" : terms[bands[band].term].key),
  }),
  kinds: facet(edges, (edge) => edge.kind, byKind, {
    words: (kind) => say(`kind-${kind}`), code: (kind) => kind, off: ["inferred"],
  }),
  documents: facet(sayings, documentOf, byNumber, {
    words: (at) => words(documentName(at), documents[at].language),
    code: (at) => documents[at].key,
  }),
  modalities: facet(sayings, (saying) => saying.modality ?? NONE, mostFirst, {
    words: (term) => (term === NONE ? say("no-modality") : termWords(term)),
    code: (term) => (term === NONE ? "none" : terms[term].key.replace(/^modality-/, "")),
  }),
  coders: facet(sayings, (saying) => saying.coder, mostFirst, { words: termWords, code: (term) => terms[term].key.replace(/^coder-/, "") }),
  relations: facet(edges, (edge) => edge.relation, mostFirst, {
    words: (relation) => termWords(relations[relation].term), code: (relation) => terms[relations[relation].term].key,
  }),
};

/** `off` are the values that are off until they are asked for; NONE comes last. */
function facet(items, keyOf, order, { words: wordsOf, code, off = [] }) {
  const groups = groupBy(items, keyOf);
  const last = (key) => (key === NONE ? 1 : 0);
  const keys = [...groups.keys()].sort((a, b) => last(a) - last(b) || order(groups)(a, b));
  return { items, keyOf, groups, keys, wordsOf, codes: distinct(keys.map(code)), off };
}

/** Names that are used twice get a number. */
function distinct(all) {
  const seen = new Map();
  return all.map((name) => {
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return seen.get(name) > 1 ? `${name}~${seen.get(name)}` : name;
  });
}

const nameOf = (name, key) => {
  const said = FACETS[name].wordsOf(key);
  return said.textContent ?? said;
};

const isChoice = (name) => FACETS[name].keys.filter((key) => key !== NONE).length > 1;

/** When the documents were issued, where they differ in that. */
const dates = [...new Set(documents.map(({ issued }) => issued).filter(Boolean))].sort();
const datesDiffer = dates.length > 1;

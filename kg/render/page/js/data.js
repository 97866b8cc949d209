// What the page shows: the tables that Python wrote, and how to read them.
// All texts come from documents and coders; they reach the page as text nodes only.

const DATA = JSON.parse(document.getElementById("data").textContent);
for (const [name, value] of Object.entries(DATA)) if (value.columns) DATA[name] = unpacked(value);
const { nodes: concepts, edges, classes, relations, documents, passages, mentions, sayings, terms } = DATA;
concepts.forEach((concept) => (concept.key = concept.label));

/** A page of anybody's file: no texts stand behind it, so that nothing is said of evidence. */
const fromFile = DATA.file !== undefined;
const ofEvidence = (...parts) => (fromFile ? [] : parts);

/** What the ontology says of a concept, with nothing left open. */
const about = DATA.about.map((notes, index) => ({
  iri: `${DATA.base}concept/${concepts[index].key}`,
  definitions: [], alternatives: [], scopes: [], confusions: [],
  ...notes,
}));
edges.forEach((edge, index) => (edge.at = index));
const KINDS = ["direct", "classification", "flow", "background", "inferred"];

/** The label in the chosen language, else in any; `labels` stand in the order of DATA.languages. */
function inLanguage(labels, language = state.language) {
  return labels[DATA.languages.indexOf(language)] || labels.find(Boolean) || "";
}

/** The language that `inLanguage` answers in, for lang attributes. */
function languageOf(labels, language = state.language) {
  const wanted = DATA.languages.indexOf(language);
  return DATA.languages[labels[wanted] ? wanted : labels.findIndex(Boolean)];
}

const conceptLabel = (index) => inLanguage(concepts[index].labels) || concepts[index].key;
const termLabel = (index) => inLanguage(terms[index].labels) || terms[index].key;
const relationLabel = (edge) => termLabel(relations[edge.relation].term);

/** A document without a title is called by its key, and said to be. */
const documentName = (index) => documents[index].title || say("untitled", { key: documents[index].key });

/** Only what a browser opens as a page may become a link. */
const isWeb = (iri) => /^https?:\/\/[^\s<>"]+$/i.test(iri);

function groupBy(items, keyOf) {
  const groups = new Map();
  items.forEach((item, index) => {
    for (const key of [keyOf(item, index)].flat()) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(index);
    }
  });
  return groups;
}

const edgesAt = groupBy(edges, (edge) => (edge.from === edge.to ? edge.from : [edge.from, edge.to]));
const sayingsOfEdge = groupBy(sayings, (saying) => saying.edge);
const mentionsOfConcept = groupBy(mentions, (mention) => mention.concept);
const mentionsInPassage = groupBy(mentions, (mention) => mention.passage);
const conceptByKey = new Map(concepts.map((concept, index) => [concept.key, index]));
const edgeByKey = new Map(edges.map((edge, index) => [edge.id, index]));

/** A stretch of a document. Offsets count code points, JavaScript counts UTF-16 units. */
function textBetween(document, start, end) {
  const body = bodyAround(document, start, end);
  return body ? body.slice(start - body.start, end - body.start) : "";
}

function bodyAround(document, start, end) {
  return documents[document].bodies.find((body) => body.start <= start && end <= body.end);
}

for (const { bodies } of documents) {
  for (const body of bodies) {
    const points = /[\ud800-\udfff]/.test(body.text) ? Array.from(body.text) : null;
    body.end = body.start + (points || body.text).length;
    body.slice = points
      ? (from, to) => points.slice(Math.max(0, from), to).join("")
      : (from, to) => body.text.slice(Math.max(0, from), to);
  }
}

// The view as a question: a SPARQL query that returns the statements, flows and classifications of
// what is chosen and shown, with their words, documents and coders. Its text is a file of the
// program; a line `VALUES ?name { UNDEF }` takes values, or falls away where everything counts.

const dataIri = (id) => `<${DATA.base}data/${id}>`;

function question() {
  const lines = linesInQuestion();
  const values = {
    claim: wholePicture() ? null : lines.map((line) => dataIri(edges[line].id)),
    within: documentsAsked(),
    coder: ofFacet("coders", (term) => dataIri(terms[term].key)),
    manner: ofFacet("modalities", (term) => (term === NONE ? "pkg:Classification" : `pkg:${terms[term].key}`)),
  };
  return DATA.question.replace(/^ *VALUES \?(\w+) \{ UNDEF \}\n/gm, (line, name) =>
    values[name] ? line.replace("UNDEF", values[name].join(" ")) : "");
}

/** Nothing chosen, every line shown and nothing coded beside them: then no list of lines is needed. */
const wholePicture = () =>
  !DATA.undrawn && state.concept === null && state.edge === null &&
  edges.every((edge, line) => kept.edges[line] || !sayingsOfEdge.has(line));

function ofFacet(name, iri) {
  if (!filter[name].size) return null;
  return FACETS[name].keys.filter((key) => !filter[name].has(key)).map(iri);
}

function documentsAsked() {
  const left = documents.filter((document, at) => !filter.documents.has(at) && inTime(document));
  return left.length === documents.length ? null : left.map(({ key }) => dataIri(`doc-${key}`));
}

function questionButton() {
  if (fromFile) return "";
  const copy = el("button", { type: "button", class: "quiet", "data-tool": "question",
    on: { click: () => copyText(question(), copy) } }, say("copy-question"));
  return el("p", { class: "question" }, copy, " ", askLink());
}

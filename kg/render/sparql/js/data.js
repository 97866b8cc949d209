// What Python wrote: the terms of the graph with their labels, the named questions, the prefixes.

const DATA = JSON.parse(document.getElementById("data").textContent);
const { prefixes, questions } = DATA;
const terms = unpacked(DATA.terms);
const termByIri = new Map(terms.map((term) => [term.iri, term]));
const questionByName = new Map(questions.map((question) => [question.name, question]));

const state = { language: DATA.languages[0], theme: null };

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Only what a browser opens as a page may become a link. */
const isWeb = (iri) => /^https?:\/\/[^\s<>"]+$/i.test(iri);

const localName = (iri) => iri.replace(/[/#]+$/, "").split(/[/#]/).pop();

const namespaces = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
const LOCAL = /^[A-Za-z0-9_](?:[\w-]*[\w])?$/;

/** The prefixed name of an IRI, or the IRI in angle brackets where it cannot have one. */
function shortName(iri) {
  const found = namespaces.find(([, namespace]) => iri.startsWith(namespace) && LOCAL.test(iri.slice(namespace.length)));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
}

/** What people read instead of an IRI: its label in the chosen language, else in any, else its short name. */
function nameOf(iri) {
  const labels = termByIri.get(iri)?.labels ?? [];
  return labels[DATA.languages.indexOf(state.language)] || labels.find(Boolean) || shortName(iri).replace(/^<|>$/g, "");
}

/** The language that `nameOf` answers in. */
function tongueOf(iri) {
  const labels = termByIri.get(iri)?.labels ?? [];
  const wanted = DATA.languages.indexOf(state.language);
  return labels.length < 2 && DATA.languages.length > 1 ? null : DATA.languages[labels[wanted] ? wanted : labels.findIndex(Boolean)];
}

/** The key by which `kg` knows a term: what is left of its IRI. */
function keyOf(iri) {
  const { kind } = termByIri.get(iri) ?? {};
  return localName(iri).replace(kind === "document" ? /^doc-/ : kind === "coder" ? /^coder-/ : /^(?=$)/, "");
}

const termsOfKind = (kind) => terms.filter((term) => term.kind === kind);

const summaryOf = (question) => question.summaries[state.language] || question.summaries[""] || question.name;

/** Language tags as the project writes them; Oxigraph folds them to lower case. */
const writtenTags = new Map(DATA.languages.map((tag) => [tag.toLowerCase(), tag]));
const writtenTag = (tag) => writtenTags.get(tag) ?? tag;

/** The address of the graph page with something chosen in it. */
function inGraph(choice = {}) {
  const language = state.language === DATA.languages[0] ? {} : { language: state.language };
  const parts = Object.entries({ ...language, ...choice }).map(([name, value]) =>
    `${name}=${[value].flat().map(encodeURIComponent).join(",")}`);
  return `${DATA.graph}${parts.length ? `#${parts.join("&")}` : ""}`;
}

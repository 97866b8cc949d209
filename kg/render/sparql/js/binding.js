// Parameters of a named question: the lines  VALUES ?x { UNDEF }  carry a value or are taken out,
// and with them what stands in the same braces on a line of its own, { VALUES ?x { UNDEF } … }.
// Where there is a value, what ends a line as { SELECT * WHERE { … } } is looked up row by row: { … }.

const OPEN = /VALUES\s*\?([\p{L}\p{N}_]+)\s*\{\s*UNDEF\s*\}/gu;
const ONE_PASS = /\{ SELECT \* WHERE (\{[^{}\n]*\}) \}(?=\r?\n)/gu;
const NARROWING = /^ *\{ VALUES \?([\p{L}\p{N}_]+) \{ UNDEF \} .*\}\n/gmu;

/** The query with values for some of its parameters, written as N-Triples writes terms. */
const bind = (sparql, given) =>
  (Object.keys(given).length ? sparql.replace(ONE_PASS, "$1") : sparql).replace(NARROWING, (line, name) => (Object.hasOwn(given, name) ? line : "")).replace(OPEN, (_, name) => (Object.hasOwn(given, name) ? `VALUES ?${name} { ${given[name]} }` : ""));

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };
const quoted = (text) => `"${text.replace(/[\\"\n\r]/g, (char) => ESCAPES[char])}"`;

/** A question in SPARQL, without its head; `given` maps parameters to IRIs or texts. */
function worded(question, given) {
  const written = {};
  for (const { name, kind } of question.parameters) {
    if (given[name]) written[name] = kind === "text" ? quoted(given[name]) : `<${given[name]}>`;
  }
  const lines = bind(question.sparql.replace(/^\ufeff/, ""), written).split("\n");
  return lines.filter((line) => !line.startsWith("#+")).join("\n").replace(/^[ \t]+\n/gm, "").trim();
}

/** The parameters that must be given and are not. */
const lacking = (question, given) => question.parameters.filter(({ name, required }) => required && !given[name]);

/** What a person or an address calls a term, as an IRI: its key, a label in any language, or the IRI. */
function resolved(kind, text) {
  if (kind === "text") return text;
  const known = termsOfKind(kind);
  const found =
    known.find(({ iri }) => iri === text || keyOf(iri) === text) ??
    known.find(({ labels, others = [] }) => [...labels, ...others].some((name) => name && fold(name) === fold(text)));
  return found?.iri;
}

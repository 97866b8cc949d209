// What a query answered: a form (rows, yes or no, triples), columns, and rows of terms.

const ENDS = ["subject", "predicate", "object"];
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((name) => XSD + name));
const PLAIN = new Set([...NUMBERS, ...["string", "boolean", "date", "dateTime"].map((name) => XSD + name)]);

function readAnswer({ results, triples, seconds }) {
  if (triples) return { form: "triples", columns: ENDS, rows: distinct(triples.map(withTags)), seconds };
  const { head, boolean, results: found } = JSON.parse(results);
  if (boolean !== undefined) return { form: "boolean", columns: [], rows: [], boolean, seconds };
  return { form: "rows", columns: head.vars, rows: found.bindings.map(withTags), seconds };
}

function withTags(row) {
  for (const term of Object.values(row)) if (term["xml:lang"]) term["xml:lang"] = writtenTag(term["xml:lang"]);
  return row;
}

/** Each triple once, in the order of its N-Triples. */
function distinct(rows) {
  const lines = new Map(rows.map((row) => [ENDS.map((end) => ntriples(row[end])).join(" "), row]));
  return [...lines.keys()].sort().map((line) => lines.get(line));
}

/** A term as N-Triples writes it. */
function ntriples(term) {
  if (!term) return "";
  if (term.type === "uri") return `<${term.value}>`;
  if (term.type === "bnode") return `_:${term.value}`;
  if (term.type === "triple") return `<<( ${ENDS.map((end) => ntriples(term.value[end])).join(" ")} )>>`;
  return quoted(term.value) + suffix(term, (iri) => `<${iri}>`);
}

/** The language or the type behind a literal; what is plainly text has none. */
function suffix(term, written) {
  if (term["xml:lang"]) return `@${term["xml:lang"]}`;
  return term.datatype && term.datatype !== `${XSD}string` ? `^^${written(term.datatype)}` : "";
}

/** What people read. */
function textOf(term) {
  if (!term) return "";
  if (term.type === "uri") return nameOf(term.value);
  return term.type === "literal" ? term.value : ntriples(term);
}

/** The value in full, as SPARQL CSV has it. */
const valueOf = (term) => (!term ? "" : typeof term.value === "string" ? term.value : ntriples(term));

const isNumber = (term) => term?.type === "literal" && NUMBERS.has(term.datatype);

/** A column that holds numbers only. */
const isNumeric = (answer, column) =>
  answer.rows.some((row) => row[column]) && answer.rows.every((row) => !row[column] || isNumber(row[column]));

/** The keys of the concepts that an answer names, in the order in which they come. */
function conceptsIn(answer) {
  const found = new Set();
  for (const row of answer.rows) {
    for (const column of answer.columns) {
      const { type, value } = row[column] ?? {};
      if (type === "uri" && termByIri.get(value)?.kind === "concept") found.add(localName(value));
    }
  }
  return [...found];
}

function sortedRows(answer, { column, direction }) {
  const order = new Intl.Collator(state.language, { numeric: true });
  const compare = isNumeric(answer, column)
    ? (a, b) => Number(a[column]?.value ?? NaN) - Number(b[column]?.value ?? NaN) || 0
    : (a, b) => order.compare(textOf(a[column]), textOf(b[column]));
  return [...answer.rows].sort((a, b) => direction * compare(a, b));
}

// The answer: a table with labels instead of IRIs, a yes or no, or triples.

const FIRST_ROWS = 1000;
const LONG = 60;
const PHRASE = 28;
const shown = { answer: null, query: null, sort: null, all: false };

function showAnswer(answer, query) {
  Object.assign(shown, { answer, query, sort: null, all: false });
  drawAnswer();
}

function forgetAnswer() {
  Object.assign(shown, { answer: null, query: null });
  byId("fault").hidden = true;
  drawAnswer();
}

function drawAnswer() {
  const { answer, query } = shown;
  byId("answer").hidden = !answer;
  if (!answer) return;
  byId("told").textContent = told(answer);
  byId("downloads").replaceChildren(...(answer.rows.length || answer.form === "boolean" ? downloadButtons(answer, stemOf(query)) : []));
  drawHighlight(conceptsIn(answer));
  byId("verdict").hidden = answer.form !== "boolean";
  byId("verdict").textContent = answer.form === "boolean" ? say(answer.boolean ? "yes" : "no") : "";
  drawRows();
}

function told({ form, rows, seconds }) {
  const time = new Intl.NumberFormat(state.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(seconds);
  return form === "boolean" ? say("took", { time }) : `${count(form, rows.length)} · ${say("took", { time })}`;
}

const count = (form, n) => say(form === "triples" ? "triples-count" : "rows-count", { n, number: new Intl.NumberFormat(state.language).format(n) });

/** The way to the graph page with the concepts of the answer standing out. */
function drawHighlight(keys) {
  const link = byId("highlight");
  link.hidden = !DATA.graph || !keys.length;
  if (link.hidden) return;
  link.textContent = say("highlight", { n: keys.length });
  link.href = inGraph({ concepts: keys });
}

function drawRows() {
  const { answer, sort, all } = shown;
  const rows = sort ? sortedRows(answer, sort) : answer.rows;
  const numeric = new Set(answer.columns.filter((column) => isNumeric(answer, column)));
  const seen = all ? rows : rows.slice(0, FIRST_ROWS);
  byId("rows").replaceChildren(
    el("caption", {}, say("answer")),
    el("thead", {}, el("tr", {}, answer.columns.map((column) => head(column, numeric)))),
    el("tbody", {}, seen.map((row) => el("tr", {}, answer.columns.map((column) => cell(row[column], column, numeric.has(column)))))),
  );
  byId("rows").hidden = !answer.rows.length;
  byId("show-rows").hidden = seen.length === rows.length;
  byId("show-rows").textContent = say("show-rows", { number: new Intl.NumberFormat(state.language).format(rows.length) });
}

function head(column, numeric) {
  const own = shown.sort?.column === column ? shown.sort.direction : 0;
  const arrow = own > 0 ? "↑" : own < 0 ? "↓" : "";
  const sort = () => {
    shown.sort = { column, direction: own ? -own : numeric.has(column) ? -1 : 1 };
    drawRows();
    byId("rows").querySelector("[aria-sort=ascending] button, [aria-sort=descending] button").focus();
  };
  const order = own > 0 ? "ascending" : own < 0 ? "descending" : "none";
  return el("th", { scope: "col", "aria-sort": order, class: numeric.has(column) ? "number" : null },
    el("button", { type: "button", title: `?${column}`, on: { click: sort } }, words(nameOfVariable(column)), el("span", { class: "arrow", "aria-hidden": "true" }, arrow)));
}

function cell(term, column, number) {
  if (!term) return el("td", {});
  const look = number ? "number" : lengthOf(term);
  return el("td", { class: look, title: ntriples(term), dir: "auto", "data-name": nameOfVariable(column) },
    term.type === "uri" ? iriWords(term.value) : literalWords(term));
}

/** Quotes and other long texts are set as such; what is a line long gets room. */
function lengthOf(term) {
  const { length } = textOf(term);
  return length > LONG && term.type === "literal" ? "long" : length > PHRASE ? "phrase" : null;
}

/** A concept leads to the graph, a foreign web address to itself; anything else is text. */
function iriWords(iri) {
  const name = words(nameOf(iri), tongueOf(iri));
  if (DATA.graph && termByIri.get(iri)?.kind === "concept") return el("a", { href: inGraph({ concept: localName(iri) }) }, name);
  const foreign = isWeb(iri) && !termByIri.has(iri) && !iri.startsWith(DATA.base) && shortName(iri).startsWith("<");
  return foreign ? el("a", { href: iri, rel: "noopener noreferrer", target: "_blank" }, name) : name;
}

function literalWords(term) {
  if (term.type !== "literal") return words(ntriples(term));
  const more = term["xml:lang"] ?? (PLAIN.has(term.datatype) || !term.datatype ? "" : shortName(term.datatype));
  return [words(term.value, term["xml:lang"]), more ? el("span", { class: "tag" }, more) : ""];
}

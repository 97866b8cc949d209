// The table: all concepts and all relations as rows, sortable; the way in for keyboard and screen reader.

const USUAL_SORT = { concepts: "-passages", relations: "-passages" };
const ROWS_AT_ONCE = 120;
const FAR = 3000;
const table = { drawing: 0 };

VIEWS.table = {
  draw(changed) {
    const names = ["view", "language", "filter", "query", "theme", "sheet", "sort"];
    if (names.some((name) => changed.has(name))) drawTable();
    else markRow();
    if (["view", "concept", "edge"].some((name) => changed.has(name))) bringRow();
  },
};

const lineCount = (index) => (edgesAt.get(index) ?? []).filter((line) => kept.edges[line]).length;

const SHEETS = {
  concepts: {
    rows: () => concepts.map((concept, index) => index).filter((index) => inTableOrMap(conceptShown, matchesConcept)(concepts[index])),
    columns: () => [
      { key: "concept", name: say("concept"), text: conceptLabel, cell: (index) => rowButton(() => select(index), glyph(concepts[index].group), conceptWords(index)) },
      { key: "names", name: DATA.languages.filter((tag) => tag !== state.language).map(languageName).join(", "), text: otherLabels, cell: otherLabels, skip: DATA.languages.length < 2, spare: true },
      { key: "class", name: say("class"), text: (index) => termLabel(classes[concepts[index].group].term), cell: (index) => termWords(classes[concepts[index].group].term) },
      { key: "passages", name: say("passages"), number: passagesShown, skip: fromFile },
      { key: "relations", name: say("relations"), number: lineCount },
    ],
    chosen: (index) => index === state.concept,
  },
  relations: {
    rows: () => edges.map((edge, index) => index).filter((index) => inTableOrMap(edgeShown, matchesEdge)(edges[index])),
    columns: () => [
      { key: "from", name: say("from"), text: (index) => conceptLabel(edges[index].from), cell: (index) => rowButton(() => selectEdge(index), glyph(concepts[edges[index].from].group), conceptWords(edges[index].from)) },
      { key: "relation", name: say("relation"), text: (index) => relationLabel(edges[index]), cell: relationCell },
      { key: "to", name: say("to"), text: (index) => conceptLabel(edges[index].to), cell: (index) => [glyph(concepts[edges[index].to].group), conceptWords(edges[index].to)] },
      { key: "kind", name: say("kind"), text: kindName, cell: (index) => el("span", { class: "whole" }, kindName(index)), spare: true, skip: fromFile },
      { key: "passages", name: say("passages"), number: evidenceOf, skip: fromFile },
    ],
    chosen: (index) => index === state.edge,
  },
};

const otherLabels = (index) =>
  DATA.languages.map((tag, at) => (tag === state.language ? "" : concepts[index].labels[at])).filter(Boolean).join(" · ");

function relationCell(index) {
  const { relation, of } = edges[index];
  return of === undefined ? termWords(relations[relation].term) : [termWords(relations[relation].term), " (", conceptWords(of), ")"];
}

const kindName = (index) => say(`kind-${edges[index].kind}`);

const rowButton = (act, ...content) => el("button", { type: "button", class: "cell", on: { click: act } }, ...content);

/** Which column the rows are ordered by, and whether upwards or downwards. */
function tableOrder() {
  const sort = state.sort ?? USUAL_SORT[state.sheet];
  return { key: sort.replace(/^-/, ""), direction: sort.startsWith("-") ? -1 : 1 };
}

const isSort = (sheet, sort) =>
  sort !== undefined && SHEETS[sheet].columns().some(({ key }) => key === sort.replace(/^-/, ""));

const shownColumns = () => SHEETS[state.sheet].columns().filter((column) => !column.skip);

/** The rows of the sheet as they stand, by their numbers. */
function tableRows() {
  const { key, direction } = tableOrder();
  return sorted(SHEETS[state.sheet].rows(), SHEETS[state.sheet].columns().find((column) => column.key === key), direction);
}

/** What is seen first comes at once, the rest when the browser has time. */
function drawTable() {
  const rows = tableRows();
  const body = el("tbody", { on: { keydown: onRowKey } });
  byId("sheet").replaceChildren(
    el("caption", {}, say(state.sheet)),
    el("thead", {}, el("tr", {}, shownColumns().map(head))),
    body,
  );
  for (const tab of byId("sheets").children) tab.setAttribute("aria-pressed", String(tab.dataset.sheet === state.sheet));
  table.rest = rows;
  drawRows(body, ROWS_AT_ONCE);
}

function drawRows(body, many) {
  cancelAnimationFrame(table.drawing);
  const columns = shownColumns();
  body.append(...table.rest.slice(0, many).map((index) => tableRow(index, columns)));
  table.rest = table.rest.slice(many);
  if (table.rest.length) table.drawing = requestAnimationFrame(() => drawRows(body, ROWS_AT_ONCE));
}

/** All of it now, for paper. */
const finishTable = () => byId("sheet").tBodies[0] && drawRows(byId("sheet").tBodies[0], Infinity);

function tableRow(index, columns) {
  const cells = columns.map((column, number) => {
    const content = column.cell ? column.cell(index) : column.text ? column.text(index) : String(column.number(index));
    return el(number ? "td" : "th", { dir: "auto", scope: number ? null : "row", class: classOf(column) }, content);
  });
  return el("tr", { "data-row": index, "aria-current": SHEETS[state.sheet].chosen(index) ? "true" : null }, cells);
}

function sorted(rows, column, direction) {
  const by = new Map(rows.map((row) => [row, (column.number ?? column.text)(row)]));
  const words = new Intl.Collator(state.language, { numeric: true });
  const compare = column.number ? (a, b) => a - b : words.compare;
  return rows.sort((a, b) => direction * compare(by.get(a), by.get(b)) || a - b);
}

/** Numbers stand at the right; what can be spared is not shown on a phone. */
const classOf = ({ key, number, spare }) => (number ? "number" : spare ? "spare" : key === "class" ? "class" : null);

function head(column) {
  const { key, direction } = tableOrder();
  const ordered = key === column.key ? (direction > 0 ? "ascending" : "descending") : "none";
  const down = key === column.key ? direction > 0 : Boolean(column.number);
  const sort = () => {
    change({ sort: `${down ? "-" : ""}${column.key}` });
    byId("sheet").querySelector(`[data-column="${column.key}"]`).focus();
  };
  return el("th", { scope: "col", "aria-sort": ordered, class: classOf(column) },
    el("button", { type: "button", "data-column": column.key, on: { click: sort } }, column.name,
      el("span", { "aria-hidden": "true", class: "arrow" }, { ascending: "↑", descending: "↓", none: "" }[ordered])));
}

/** Up and down go from row to row. */
function onRowKey(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const next = step && event.target.closest("tr")?.[step]?.querySelector("button");
  if (!next) return;
  next.focus();
  event.preventDefault();
}

/** What is chosen comes into sight, unless it stands very far down. */
function bringRow() {
  if (table.rest.length < FAR && table.rest.some(SHEETS[state.sheet].chosen)) finishTable();
  byId("sheet").querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
}

function markRow() {
  for (const line of byId("sheet").tBodies[0].rows) {
    if (SHEETS[state.sheet].chosen(Number(line.dataset.row))) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

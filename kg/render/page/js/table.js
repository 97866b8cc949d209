// The table: all concepts and all relations as rows, sortable; the way in for keyboard and screen reader.

const table = { sheet: "concepts", sort: { concepts: [3, -1], relations: [4, -1] } };

VIEWS.table = {
  draw(changed) {
    const names = ["view", "language", "filter", "query", "theme"];
    if (names.some((name) => changed.has(name))) drawTable();
    else markRow();
  },
};

const lineCount = (index) => (edgesAt.get(index) || []).length;
const quoteCount = (index) => passagesOf(sayingsOfEdge.get(index) || []).length;

const SHEETS = {
  concepts: {
    rows: () => concepts.map((concept, index) => index).filter((index) => inTableOrMap(conceptShown, matchesConcept)(concepts[index])),
    columns: () => [
      { name: say("concept"), text: conceptLabel, cell: (index) => rowButton(() => select(index), glyph(concepts[index].group), conceptWords(index)) },
      { name: DATA.languages.filter((tag) => tag !== state.language).map(languageName).join(", "), text: otherLabels, cell: otherLabels, skip: DATA.languages.length < 2, spare: true },
      { name: say("class"), text: (index) => termLabel(classes[concepts[index].group].term), cell: (index) => termWords(classes[concepts[index].group].term) },
      { name: say("passages"), number: (index) => concepts[index].passages },
      { name: say("relations"), number: lineCount },
    ],
    chosen: (index) => index === state.concept,
  },
  relations: {
    rows: () => edges.map((edge, index) => index).filter((index) => inTableOrMap(edgeShown, matchesEdge)(edges[index])),
    columns: () => [
      { name: say("from"), text: (index) => conceptLabel(edges[index].from), cell: (index) => rowButton(() => selectEdge(index), glyph(concepts[edges[index].from].group), conceptWords(edges[index].from)) },
      { name: say("relation"), text: (index) => relationLabel(edges[index]), cell: relationCell },
      { name: say("to"), text: (index) => conceptLabel(edges[index].to), cell: (index) => [glyph(concepts[edges[index].to].group), conceptWords(edges[index].to)] },
      { name: say("kind"), text: (index) => say(`kind-${edges[index].kind}`), spare: true },
      { name: say("passages"), number: quoteCount },
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

const rowButton = (act, ...content) => el("button", { type: "button", class: "cell", on: { click: act } }, ...content);

function drawTable() {
  const { rows, columns, chosen } = SHEETS[table.sheet];
  const shown = columns().filter((column) => !column.skip);
  const all = sorted(rows(), columns()[table.sort[table.sheet][0]], table.sort[table.sheet][1]);
  const heads = columns().map((column, number) => (column.skip ? "" : head(column, number)));
  const body = all.map((index) => {
    const cells = shown.map((column, number) => {
      const content = column.cell ? column.cell(index) : column.text ? column.text(index) : String(column.number(index));
      return el(number ? "td" : "th", { dir: "auto", scope: number ? null : "row", class: classOf(column) }, content);
    });
    return el("tr", { "aria-current": chosen(index) ? "true" : null }, cells);
  });
  byId("sheet").replaceChildren(
    el("caption", {}, say(table.sheet)),
    el("thead", {}, el("tr", {}, heads)),
    el("tbody", { on: { keydown: onRowKey } }, body),
  );
  for (const tab of byId("sheets").children) tab.setAttribute("aria-pressed", String(tab.dataset.sheet === table.sheet));
}

function sorted(rows, column, direction) {
  if (column.number) return rows.sort((a, b) => direction * (column.number(a) - column.number(b)) || a - b);
  const order = new Intl.Collator(state.language, { numeric: true });
  return rows.sort((a, b) => direction * order.compare(column.text(a), column.text(b)) || a - b);
}

/** Numbers stand at the right; what can be spared is not shown on a phone. */
const classOf = (column) => (column.number ? "number" : column.spare ? "spare" : null);

function head(column, number) {
  const [at, direction] = table.sort[table.sheet];
  const ordered = at === number ? (direction > 0 ? "ascending" : "descending") : "none";
  const sort = () => {
    table.sort[table.sheet] = [number, at === number ? -direction : column.number ? -1 : 1];
    drawTable();
    byId("sheet").querySelector(`[data-column="${number}"]`).focus();
  };
  return el("th", { scope: "col", "aria-sort": ordered, class: classOf(column) },
    el("button", { type: "button", "data-column": number, on: { click: sort } }, column.name,
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

function markRow() {
  const { rows, columns, chosen } = SHEETS[table.sheet];
  const all = sorted(rows(), columns()[table.sort[table.sheet][0]], table.sort[table.sheet][1]);
  [...byId("sheet").tBodies[0].rows].forEach((line, number) => {
    if (chosen(all[number])) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  });
}

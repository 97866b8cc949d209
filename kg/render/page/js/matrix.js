// The matrix: a cell counts the passages in which something of a row is said of something of a
// column. Which classes these are, and which one divides the cells, the ontology's header says.

const MOST_DRAWN = { row: 400, column: 60 };
const grid = { sort: "count", empty: false, layers: [], cut: { row: 0, column: 0 } };

if (DATA.matrix.row) {
  VIEWS.matrix = {
    draw(changed) {
      const anew = ["view", "language", "filter", "theme", "layer"].some((name) => changed.has(name));
      if (anew) drawMatrix();
      else markCell();
      if (["view", "concept", "cell"].some((name) => changed.has(name))) showChosen();
    },
    note: () => [emptyNote(cellsShown()), cutNote()].filter(Boolean).join(say("gap")),
    image: matrixPicture,
    rows: matrixRows,
  };
}

// ── What is counted ─────────────────────────────────────────────────────────────────────────────

const cellKey = (row, column) => `${concepts[row].key} ${concepts[column].key}`;
const cellByKey = groupBy(DATA.cells, ({ row, column }) => cellKey(row, column));
const layerKey = (layer) => (layer === undefined ? "" : concepts[layer].key);
/** The cell and the layer that the address asks for. */
function recalledCell(concept, parts) {
  const cell = parts.get("cell")?.join(" ");
  const layer = parts.get("layer")?.[0];
  return {
    cell: concept === null && cellByKey.has(cell) ? cell : null,
    layer: layerKeys.has(layer) ? layer : null,
  };
}

const layerKeys = new Set(DATA.cells.map(({ layer }) => layerKey(layer)));

/** The layers that any cell stands in, in the order of the bands, then of their names; "" is none. */
function layersUsed() {
  const used = [...new Set(DATA.cells.map(({ layer }) => layer))];
  const band = (layer) => DATA.standing.find(({ concept, by }) => concept === layer && by === undefined)?.band ?? 99;
  const order = new Intl.Collator(state.language);
  return used.sort((a, b) => (a === undefined) - (b === undefined) || (a === undefined ? 0 : band(a) - band(b) || order.compare(conceptLabel(a), conceptLabel(b))));
}

const saidShown = (index) => sayingShown(sayings[index]) && edgeShown(edges[sayings[index].edge]);

/** What a cell says in the chosen layer, or in all. */
function saidInCell(key, layer = state.layer) {
  const parts = (cellByKey.get(key) || []).map((at) => DATA.cells[at]);
  const wanted = parts.filter((part) => layer === null || layerKey(part.layer) === layer);
  return [...new Set(wanted.flatMap(({ said }) => said))].filter(saidShown);
}

/** All cells that hold something: their ends, passages and layers. */
function cellsShown() {
  return [...cellByKey].flatMap(([key, at]) => {
    const { row, column } = DATA.cells[at[0]];
    const said = saidInCell(key);
    const layers = at.map((part) => DATA.cells[part]).filter((part) => part.said.some(saidShown)).map(({ layer }) => layer);
    return said.length ? [{ key, row, column, passages: passagesOf(said), layers }] : [];
  });
}

const countOf = (cells) => new Set(cells.flatMap((cell) => cell.passages)).size;

// ── The table ───────────────────────────────────────────────────────────────────────────────────

function drawMatrix() {
  grid.layers = layersUsed();
  const cells = cellsShown();
  const rows = axis("row", cells);
  const columns = axis("column", cells);
  const most = Math.max(1, ...cells.map((cell) => cell.passages.length));
  const byPlace = new Map(cells.map((cell) => [cell.key, cell]));
  byId("grid-tools").replaceChildren(matrixLead(), layerChips(), gridTools(cells, most));
  byId("grid").replaceChildren(
    el("caption", {}, `${termLabel(DATA.matrix.row.term)} × ${termLabel(DATA.matrix.column.term)}`),
    el("thead", {}, el("tr", {}, corner(), columns.map((column) => el("th", { scope: "col" }, headButton(column))), el("th", { scope: "col", class: "total" }, say("total")))),
    el("tbody", {}, rows.map((row) => el("tr", {},
      el("th", { scope: "row" }, headButton(row)),
      columns.map((column) => cellOf(byPlace.get(cellKey(row, column)), row, column, most)),
      totalCell(cells.filter((cell) => cell.row === row))))),
    el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, say("total")),
      columns.map((column) => totalCell(cells.filter((cell) => cell.column === column))), totalCell(cells))),
  );
  markCell();
}

/** The concepts of an axis, those with the most passages, and of these with the most cells, first. */
function axis(name, cells) {
  const mine = groupBy(cells, (cell) => cell[name]);
  const weights = new Map([...mine].map(([id, at]) => [id, countOf(at.map((number) => cells[number])) + at.length / 1e6]));
  const order = new Intl.Collator(state.language);
  const byName = (a, b) => order.compare(conceptLabel(a), conceptLabel(b)) || a - b;
  const shown = DATA.matrix[name].concepts.filter((id) => conceptShown(concepts[id]) && (grid.empty || mine.has(id)));
  shown.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || byName(a, b));
  const drawn = shown.slice(0, MOST_DRAWN[name]);
  grid.cut[name] = shown.length - drawn.length;
  return grid.sort === "name" ? drawn.sort(byName) : drawn;
}

const corner = () => el("td", { class: "corner" },
  el("span", { class: "down" }, termWords(DATA.matrix.row.term), " ↓"), el("span", { class: "across" }, termWords(DATA.matrix.column.term), " →"));

const headButton = (id) => el("button", { type: "button", class: "head", "data-concept": id, on: { click: () => select(id) } }, glyph(concepts[id].group), conceptWords(id));

const totalCell = (cells) => el("td", { class: "total" }, cells.length ? String(countOf(cells)) : "");

function cellOf(cell, row, column, most) {
  if (!cell) return el("td", { class: "nothing" }, el("span", { "aria-hidden": "true" }, "·"));
  const count = cell.passages.length;
  const name = `${conceptLabel(row)} × ${conceptLabel(column)}: ${say("passages-count", { n: count })}`;
  const where = cell.layers.map(layerName).join("\n");
  const node = el("button", { type: "button", class: "box", "aria-label": name, title: `${name}\n${where}`, "data-cell": cell.key, tabindex: -1, on: { click: () => selectCell(cell.key) } },
    String(count), grid.layers.length > 1 ? layerLadder(cell.layers) : "");
  shade(node, count, most);
  return el("td", {}, node);
}

/** The more passages, the stronger; the ink stays readable on it. */
function shade(node, count, most) {
  const share = 0.14 + 0.66 * (count - 1) / Math.max(1, most - 1);
  node.style.setProperty("--shade-of", blend(blended("panel"), blended("accent"), share));
  node.style.setProperty("--ink-on", share > 0.5 ? paint("panel") : paint("ink"));
}

const blended = (name) => paint(name).replace(/^#(.)(.)(.)$/, "#$1$1$2$2$3$3");

/** One line for each cell and layer: who acts on what, where, and in how many passages. */
function matrixRows() {
  const named = ["row", "column", "layer"].flatMap((axis) => [axis, ...inEachLanguage(axis)]);
  const cells = DATA.cells.map(({ row, column, layer, said }) => [[row, column, layer], passagesOf(said.filter(saidShown)).length]);
  const nameOf = (id) => (id === undefined ? ["", ...labelsOf([])] : [about[id].iri, ...labelsOf(concepts[id].labels)]);
  const wanted = cells.filter(([[, , layer], count]) => count && (state.layer === null || layerKey(layer) === state.layer));
  return [[...named, "passages"], ...wanted.map(([ends, count]) => [...ends.flatMap(nameOf), count])];
}

/** The table, and above it what the bars in its cells mean. */
function matrixPicture() {
  const key = [...byId("grid-tools").querySelectorAll(".lead, .chips")];
  return piled(EDGE, ...[...key, byId("grid")].map(pictureOf));
}

// ── Layers and tools ────────────────────────────────────────────────────────────────────────────

const layerName = (layer) => (layer === undefined ? say("no-layer") : conceptLabel(layer));
const layerLadder = (layers) => ladder(grid.layers.length, layers.map((layer) => grid.layers.indexOf(layer)));

function matrixLead() {
  const { row, column, layer } = DATA.matrix;
  const names = { row: termLabel(row.term), column: termLabel(column.term), layer: layer ? termLabel(layer.term) : "" };
  return el("p", { class: "lead" }, say("matrix-how", names), grid.layers.length > 1 ? say("gap") + say("matrix-layers", names) : "");
}

/** One chip for each layer, with its number of passages, and one for all of them. */
function layerChips() {
  if (grid.layers.length < 2) return "";
  const chip = (key, mark, name) => {
    const said = [...cellByKey.keys()].flatMap((cell) => saidInCell(cell, key));
    return el("button", { type: "button", class: "chip layer", "aria-pressed": String(state.layer === key), on: { click: () => change({ layer: key }) } },
      mark, name, el("span", { class: "count" }, String(passagesOf(said).length)));
  };
  const names = grid.layers.map((layer) => chip(layerKey(layer), layerLadder([layer]), layer === undefined ? say("no-layer") : conceptWords(layer)));
  return el("div", { class: "chips", role: "group", "aria-label": termLabel(DATA.matrix.layer.term) }, chip(null, "", say("all-layers")), names);
}

function gridTools(cells, most) {
  const sorts = ["count", "name"].map((name) =>
    el("button", { type: "button", "aria-pressed": String(grid.sort === name), on: { click: () => rearrange({ sort: name }) } }, say(`by-${name}`)));
  const [rows, columns] = emptyAxes(cells);
  const box = el("input", { type: "checkbox", on: { change: () => rearrange({ empty: !grid.empty }) } });
  box.checked = grid.empty;
  return el("div", { class: "settings" },
    el("div", { class: "switch", role: "group", "aria-label": say("sort") }, sorts),
    rows + columns ? el("label", {}, box, say("show-empty", { n: rows + columns })) : "",
    most > 1 ? scale(most) : "");
}

function rearrange(how) {
  const at = [...byId("grid-tools").querySelectorAll("button, input")].indexOf(document.activeElement);
  Object.assign(grid, how);
  drawMatrix();
  drawNote();
  byId("grid-tools").querySelectorAll("button, input")[at]?.focus();
}

/** What the shades mean. */
function scale(most) {
  const steps = [...new Set([1, Math.ceil((1 + most) / 2), most])];
  return el("span", { class: "scale" }, steps.map((count) => {
    const swatch = el("span", { class: "box" }, String(count));
    shade(swatch, count, most);
    return swatch;
  }), say("passages").toLowerCase());
}

function emptyAxes(cells) {
  return ["row", "column"].map((name) => {
    const used = new Set(cells.map((cell) => cell[name]));
    return DATA.matrix[name].concepts.filter((id) => conceptShown(concepts[id]) && !used.has(id)).length;
  });
}

function emptyNote(cells) {
  const [rows, columns] = emptyAxes(cells);
  if (grid.empty || !(rows + columns)) return "";
  return say("empty-note", { rows: say("rows-count", { n: rows }), columns: say("columns-count", { n: columns }) });
}

/** More rows and columns than anybody reads are not drawn, but counted. */
function cutNote() {
  const { row, column } = grid.cut;
  return row + column ? say("cut-note", { rows: say("rows-count", { n: row }), columns: say("columns-count", { n: column }) }) : "";
}

// ── What is chosen ──────────────────────────────────────────────────────────────────────────────

function markCell() {
  const chosen = state.concept === null ? focus()?.concepts : new Set([state.concept]);
  const boxes = [...byId("grid").querySelectorAll(".box")];
  for (const node of boxes) {
    node.setAttribute("aria-pressed", String(node.dataset.cell === state.cell));
    node.tabIndex = -1;
  }
  const first = boxes.find((node) => node.dataset.cell === state.cell) || boxes[0];
  if (first) first.tabIndex = 0;
  for (const node of byId("grid").querySelectorAll(".head")) {
    node.setAttribute("aria-pressed", String(Boolean(chosen?.has(Number(node.dataset.concept)))));
  }
}

/** What was chosen comes out from under the panel. */
function showChosen() {
  const chosen = byId("grid").querySelector(".head[aria-pressed=true], .box[aria-pressed=true]");
  if (state.concept !== null || state.cell !== null) chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** The panel of a cell: both concepts, and every quote behind it. */
function cellPanel(key) {
  const { row, column } = DATA.cells[cellByKey.get(key)[0]];
  const said = saidInCell(key);
  const lines = [...new Set(said.map((index) => sayings[index].edge))];
  return [
    el("h2", { class: "claim", tabindex: -1 }, conceptButton(row), el("span", { class: "relation" }, "×"), conceptButton(column)),
    el("p", { class: "kind" }, say("passages-count", { n: passagesOf(said).length }), " · ", say("relations-count", { n: lines.length }),
      state.layer === null ? "" : [" · ", DATA.matrix.layer ? termWords(DATA.matrix.layer.term) : "", " ", state.layer === "" ? say("no-layer") : conceptWords(conceptByKey.get(state.layer))]),
    evidence(said, []),
  ];
}

/** The concepts and lines behind a cell, for the other views. */
function cellFocus(key) {
  const { row, column } = DATA.cells[cellByKey.get(key)[0]];
  return { concepts: new Set([row, column]), edges: new Set(saidInCell(key).map((index) => sayings[index].edge)) };
}

moveByArrows(byId("grid"), "tbody .box");

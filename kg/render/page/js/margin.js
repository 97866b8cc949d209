// The margin of the reader: a bracket beside each passage, with the names of its coders where they are
// others than before, and, where one is opened, a box under its words with what is said there.

const COLUMN = 9;

/** The passages of the document that somebody coded who is switched on. */
const passagesHere = () =>
  passages.map((passage, index) => index).filter((index) => passages[index].document === reader.document && passageShown(index));

const sayingsInPassage = groupBy(sayings, (saying) => saying.passage);
const codersInPassage = (index) => [...new Set([
  ...(mentionsInPassage.get(index) || []).filter((at) => accepted(mentions[at])).map((at) => mentions[at].coder),
  ...(sayingsInPassage.get(index) || []).map((at) => sayings[at].coder),
])].sort((a, b) => a - b);

function passageShown(index) {
  const coders = codersInPassage(index);
  return !coders.length || coders.some(coderShown);
}

/** Pieces stand in the order of the text and never cross the edge of a passage. */
function piecesOfPassage(index) {
  const { start, end } = passages[index];
  const first = firstPieceFrom(start);
  let last = first;
  while (reader.pieces[last]?.to <= end) last += 1;
  return reader.pieces.slice(first, last);
}

function firstPieceFrom(start) {
  let [low, high] = [0, reader.pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reader.pieces[middle].from < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawMargin() {
  const here = passagesHere();
  const wanted = new Set(occurrences());
  openBox(here);
  const frame = byId("page-text").getBoundingClientRect();
  const left = byId("page-text").querySelector(".body")?.getBoundingClientRect().left - frame.left;
  const columns = columnsOf(here);
  let [floor, before] = [-Infinity, ""];
  byId("margin").replaceChildren(...here.map((index) => {
    const span = spanOf(index, frame);
    if (!span) return "";
    const node = bracket(index, here, wanted);
    const label = node.querySelector(".who");
    const who = label.textContent;
    if (who === before) label.replaceChildren();
    before = who || before;
    const put = (each, name, value) => each.style.setProperty(name, `${value}px`);
    put(node, "top", span.top);
    put(node, "height", span.bottom - span.top);
    put(node, "left", left - 14 - columns.get(index) * COLUMN);
    put(label, "margin-top", Math.max(0, floor - span.top));
    put(label, "right", 10 + (Math.max(...columns.values()) - columns.get(index)) * COLUMN);
    if (label.childElementCount) floor = Math.max(floor, span.top) + 17 * label.childElementCount;
    return node;
  }));
}

/** From the first line of a passage to its last. */
function spanOf(index, frame) {
  const nodes = piecesOfPassage(index).map(({ node }) => node);
  if (!nodes.length) return null;
  const first = nodes[0].getClientRects()[0];
  const last = [...nodes.at(-1).getClientRects()].at(-1);
  return { top: first.top - frame.top, bottom: last.bottom - frame.top };
}

/** Passages that overlap stand side by side. */
function columnsOf(here) {
  const columns = new Map();
  const ends = [];
  for (const index of here) {
    const { start, end } = passages[index];
    let column = ends.findIndex((taken) => taken <= start);
    if (column < 0) column = ends.length;
    ends[column] = end;
    columns.set(index, column);
  }
  return columns;
}

function bracket(index, here, wanted) {
  const coders = codersInPassage(index).filter(coderShown);
  const { uncoded } = passages[index];
  const said = saidInPassage(index).length;
  const names = coders.length ? `, ${say("coded-by")} ${coders.map(termLabel).join(", ")}` : "";
  const what = say("passage-of", { n: here.indexOf(index) + 1, all: here.length });
  const kinds = ["bracket", wanted.has(index) ? "wanted" : "", index === state.passage ? "current" : "", coders.length ? "" : "uncoded"];
  return el("button", {
    type: "button", class: kinds.filter(Boolean).join(" "), "data-passage": index,
    "aria-expanded": String(reader.opened === index), "aria-label": `${what}${names}`,
    title: `${what}${names}\n${uncoded ? `${say("uncoded")} ${uncoded}` : say("statements-count", { n: said })}`,
    on: { click: () => openPassage(index) },
  }, el("span", { class: "who" }, coders.map((coder) => el("span", {}, termWords(coder)))));
}

const saidInPassage = (index) =>
  (sayingsInPassage.get(index) || []).filter((at) => sayingShown(sayings[at]) && edgeShown(edges[sayings[at].edge]));

function openPassage(index) {
  reader.opened = reader.opened === index ? null : index;
  if (state.passage !== index) change({ document: reader.document, passage: index });
  else markReader();
  byId("margin").querySelector(`[data-passage="${index}"]`)?.focus({ preventScroll: true });
}

// ── What is said in a passage ───────────────────────────────────────────────────────────────────

/** Under the words of the passage that was opened, or that the address names on its own. */
function openBox(here) {
  byId("page-text").querySelector(".said")?.remove();
  const index = reader.opened ?? (somethingChosen() ? null : state.passage);
  reader.opened = here.includes(index) ? index : null;
  if (reader.opened === null) return;
  piecesOfPassage(index).at(-1)?.node.after(saidBox(index, here));
}

function saidBox(index, here) {
  const { start, end, note, uncoded } = passages[index];
  const said = saidInPassage(index);
  const marked = (mentionsInPassage.get(index) || []).filter((at) => mentionShown(mentions[at]));
  const ofEdge = groupBy(said, (at) => sayings[at].edge);
  const ofConcept = groupBy(marked, (at) => mentions[at].concept);
  const coders = codersInPassage(index).filter(coderShown);
  const row = (...content) => el("span", { class: "row" }, ...content);
  return el("span", { class: "said", lang: state.language },
    row(el("b", {}, say("passage-of", { n: here.indexOf(index) + 1, all: here.length })), ` · ${say("characters", { start, end })}`,
      coders.length ? ` · ${say("coded-by")} ` : "", coders.map((coder, number) => [number ? ", " : "", termWords(coder)])),
    uncoded ? row(el("i", {}, say("uncoded")), " ", words(uncoded)) : "",
    note ? row(el("i", {}, say("note")), say("gap"), words(note)) : "",
    el("ul", { class: "sayings", role: "list" }, [...ofEdge].map(([edge, at]) => sayingItem(edge, at.map((number) => said[number])))),
    ofConcept.size ? el("span", { class: "row chips" }, el("i", {}, say("marked")), [...ofConcept.keys()].map((id) => conceptButton(id))) : "");
}

new ResizeObserver(() => state.view === "reader" && drawMargin()).observe(byId("reader"));

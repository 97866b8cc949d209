// The reader: a document as it is, its marked words underlined, its passages in the margin
// (margin.js). Words are laid out plain; marks are put in when a piece of the text comes near.

const PIECE = 2400;
const reader = { document: 0, pieces: [], cuts: [], marks: [], opened: null, last: null, watcher: null };

if (documents.length) {
  VIEWS.reader = {
    draw(changed) {
      const has = (...names) => names.some((name) => changed.has(name));
      if (has("view", "language", "document", "filter", "theme")) openDocument(has("document") && !has("view"));
      if (has("concept", "edge", "path", "cell", "filter")) reader.last = null;
      markReader();
      if (has("passage") && state.passage !== null) goTo(state.passage);
      else if (has("view", "concept", "edge", "path", "cell")) goToFirst();
    },
    note: readerNote,
  };
}

const documentShown = () =>
  state.document ?? (state.passage === null ? firstOccurrence() : passages[state.passage].document) ?? firstLeft();

/** The first document that the filter leaves. */
const firstLeft = () => Math.max(0, documents.findIndex((_, index) => !filter.documents.has(index)));

const firstOccurrence = () => (occurrences().length ? passages[occurrences()[0]].document : null);

function readerNote() {
  const off = mentions.filter((mention) => passages[mention.passage].document === reader.document && accepted(mention) && !mentionShown(mention)).length;
  return off ? say("marks-off", { n: off }) : "";
}

// ── The text ────────────────────────────────────────────────────────────────────────────────────

function openDocument(fromTop) {
  const top = fromTop ? 0 : byId("reader").scrollTop;
  reader.document = documentShown();
  reader.marks = marksIn(reader.document);
  reader.pieces = [];
  reader.cuts = [...new Set(passagesHere().flatMap((index) => [passages[index].start, passages[index].end]))].sort((a, b) => a - b);
  const { bodies, length, language } = documents[reader.document];
  const gaps = bodies.map(({ start }, number) => leftOut(start - (bodies[number - 1]?.end ?? 0)));
  const text = bodies.flatMap((body, number) => [gaps[number], el("div", { class: "body", lang: language || null }, linesOfBody(body))]);
  byId("page-text").replaceChildren(titlePage(), ...text.filter(Boolean), leftOut(length - (bodies.at(-1)?.end ?? 0)), el("div", { id: "margin" }));
  drawReaderTools();
  watchPieces();
  byId("reader").scrollTop = top;
}

function titlePage() {
  const { creator, issued, publisher, source, rights } = documents[reader.document];
  const parts = [creator, publisher, issued || say("undated")].filter(Boolean).map((part) => words(part));
  return el("header", {},
    el("h2", { dir: "auto" }, words(documentName(reader.document))),
    el("p", {}, parts.map((part, number) => [number ? " · " : "", part]), source ? [" · ", link(source)] : ""),
    rights ? el("p", { class: "rights", dir: "auto" }, words(rights)) : "");
}

/** What lies outside the body is not the document: it is said, not shown. */
const leftOut = (count) => (count > 0 ? el("p", { class: "left-out" }, say("left-out", { n: count })) : "");

/** A line of the file is a paragraph; within it, pieces end where passages begin or end. */
function linesOfBody(body) {
  let from = body.start;
  return body.text.split("\n").map((line) => {
    const to = from + pointsIn(line);
    const node = el("div", { class: "line", dir: "auto" }, line ? piecesOf(body, from, to) : el("br"));
    from = to + 1;
    return node;
  });
}

const pointsIn = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);

function piecesOf(body, from, to) {
  const cuts = [from, ...reader.cuts.filter((at) => at > from && at < to), to];
  return cuts.slice(0, -1).flatMap((start, number) => chunks(body, start, cuts[number + 1]));
}

/** Long pieces are cut between words, so that each is quickly marked. */
function chunks(body, from, to) {
  const found = [];
  for (let start = from; start < to;) {
    const text = body.slice(start - body.start, Math.min(to, start + PIECE) - body.start);
    const cut = start + PIECE < to ? text.search(/\S+$/) : 0;
    const kept = cut > 0 ? text.slice(0, cut) : text;
    const piece = { from: start, to: start + pointsIn(kept), node: el("span", { class: "piece" }, kept), body, marked: false };
    reader.pieces.push(piece);
    found.push(piece.node);
    start = piece.to;
  }
  return found;
}

// ── Marks ───────────────────────────────────────────────────────────────────────────────────────

/** Pieces are marked when they come near the screen. */
function watchPieces() {
  const pieceOf = new Map(reader.pieces.map((piece) => [piece.node, piece]));
  reader.watcher?.disconnect();
  reader.watcher = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) markPiece(pieceOf.get(target));
  }, { root: byId("reader"), rootMargin: "800px 0px" });
  for (const piece of reader.pieces) reader.watcher.observe(piece.node);
}

function markPiece(piece) {
  if (piece.marked) return;
  piece.marked = true;
  reader.watcher.unobserve(piece.node);
  const { body } = piece;
  piece.node.replaceChildren(...cutAt(reader.marks, piece.from, piece.to).map(({ from, to, over }) => {
    const text = body.slice(from - body.start, to - body.start);
    return over.length ? markNode(text, over) : text;
  }));
  const chosen = chosenMentions();
  for (const node of piece.node.children) markChosen(node, chosen);
  keepTabStop();
}

/** On paper all is near. */
function finishReader() {
  reader.pieces.forEach(markPiece);
  drawMargin();
}

/** One mark at least can be reached with Tab; arrows lead on from there. */
function keepTabStop() {
  const text = byId("page-text");
  const first = text.querySelector("mark[tabindex='0']") ?? text.querySelector("mark");
  if (first) first.tabIndex = 0;
}

function markNode(text, over) {
  const ids = [...new Set(over.map(({ concept }) => concept))];
  const node = el("mark", { role: "button", tabindex: -1, title: ids.map(conceptLabel).join(" · "), "data-concepts": ids.join(" "), "data-mentions": over.flatMap((mark) => mark.mentions).join(" ") }, text);
  underline(node, over);
  return node;
}

/** The concept of the words, from the inside out with every further click. */
function pressMark(node) {
  const ids = node.dataset.concepts.split(" ").map(Number);
  const passage = mentions[Number(node.dataset.mentions.split(" ")[0])].passage;
  select(ids[(ids.indexOf(state.concept) + 1) % ids.length]);
  reader.last = passage;
  drawReaderTools();
}

/** The mentions that speak for what is chosen. */
function chosenMentions() {
  if (state.concept !== null && state.path === null) return new Set(mentionsOfConcept.get(state.concept) || []);
  return new Set(chosenSayings().filter((index) => sayings[index].passage !== undefined).flatMap((index) => marksOf(sayings[index])));
}

const somethingChosen = () => state.concept !== null || state.edge !== null || state.cell !== null;

function chosenSayings() {
  if (state.cell !== null) return saidInCell(state.cell);
  return somethingChosen() ? linesInQuestion().flatMap(sayingsLeft) : [];
}

const markChosen = (node, chosen) =>
  node.classList.toggle("chosen", chosen.size > 0 && node.dataset.mentions.split(" ").some((index) => chosen.has(Number(index))));

function markReader() {
  const chosen = chosenMentions();
  byId("page-text").classList.toggle("focused", chosen.size > 0);
  for (const node of byId("page-text").querySelectorAll("mark")) markChosen(node, chosen);
  drawMargin();
  drawReaderTools();
}

// ── From passage to passage ─────────────────────────────────────────────────────────────────────

/** The passages behind what is chosen, in the order of the documents. */
function occurrences() {
  const marked = state.concept === null || state.path !== null ? [] : (mentionsOfConcept.get(state.concept) || []).filter((index) => mentionShown(mentions[index]));
  return passagesOf(chosenSayings(), marked);
}

function chosenName() {
  if (state.path !== null) return [conceptWords(state.concept), " – ", conceptWords(state.path)];
  if (state.concept !== null) return conceptWords(state.concept);
  if (state.edge !== null) return claimWords(state.edge);
  const { row, column } = DATA.cells[cellByKey.get(state.cell)[0]];
  return [conceptWords(row), " × ", conceptWords(column)];
}

function drawReaderTools() {
  const all = occurrences();
  const current = all.indexOf(all.includes(state.passage) ? state.passage : reader.last);
  const focused = document.activeElement?.dataset?.step;
  const step = (by, name, d) =>
    el("button", { type: "button", class: "icon", "data-step": by, "aria-label": say(name), title: say(name), disabled: !all.length, on: { click: () => goBy(by) } },
      svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d })));
  byId("reader-tools").replaceChildren(
    documents.length > 1 ? documentChoice() : "",
    !somethingChosen() ? el("p", { class: "how" }, say("reader-how")) : el("div", { class: "steps" },
      el("span", { class: "of", dir: "auto" }, chosenName()),
      el("span", { role: "status", class: "count" }, current < 0 ? say("passages-count", { n: all.length }) : say("step", { n: current + 1, all: all.length })),
      step(-1, "previous", "M10 3L5 8l5 5"), step(1, "next", "M6 3l5 5-5 5")));
  if (focused) byId("reader-tools").querySelector(`[data-step="${focused}"]`)?.focus();
}

function documentChoice() {
  const options = documents.map((_, index) => el("option", { value: index }, documentName(index)));
  const choice = el("select", { "aria-label": say("document"), on: { change: (event) => change({ document: Number(event.target.value), passage: null }) } }, options);
  choice.value = reader.document;
  return choice;
}

function goBy(step) {
  const all = occurrences();
  const at = all.indexOf(all.includes(state.passage) ? state.passage : reader.last);
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
  if (next === state.passage) goTo(next);
  else change({ document: passages[next].document, passage: next });
}

/** To what was just chosen, unless some of it is in sight. */
function goToFirst() {
  const here = occurrences().filter((index) => passages[index].document === reader.document);
  const seen = here.find((index) => piecesOfPassage(index).some(({ node }) => inOpenSight(node)));
  const wanted = here.includes(state.passage) ? state.passage : here[0];
  if (seen !== undefined) reader.last ??= seen;
  else if (wanted !== undefined) goTo(wanted);
  drawReaderTools();
}

/** Whether some of an element lies where nothing covers the text. */
function inOpenSight(node) {
  const sight = byId("reader").getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  const below = !byId("panel").hidden && panel.left <= sight.left + 1;
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > sight.top + byId("reader-tools").offsetHeight && top < (below ? panel.top : sight.bottom);
}

function goTo(passage) {
  reader.last = passage;
  const pieces = piecesOfPassage(passage);
  pieces.forEach(markPiece);
  const first = pieces[0]?.node.getClientRects()[0];
  const { top, height } = byId("reader").getBoundingClientRect();
  const above = byId("reader-tools").offsetHeight + Math.min(120, height / 5);
  if (first) byId("reader").scrollTop += first.top - top - above;
  drawReaderTools();
}

function onReaderPress(event) {
  const node = event.target.closest("mark");
  if (!node || !byId("page-text").contains(node)) return;
  if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return onMarkArrow(event, node);
  event.preventDefault();
  pressMark(node);
}

function onMarkArrow(event, node) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...byId("page-text").querySelectorAll("mark")];
  const next = all[all.indexOf(node) + step];
  event.preventDefault();
  if (next) focusOnly(node, next);
}

byId("page-text").addEventListener("click", onReaderPress);
byId("page-text").addEventListener("keydown", onReaderPress);

// What is shown as a file: a picture, or a table for a spreadsheet; and on paper.

const fileName = (ending) =>
  `${[projectTitle(), say(state.view)].join(" ").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").toLowerCase()}.${ending}`;

function saveFile(content, type, ending) {
  const made = URL.createObjectURL(new Blob([content], { type }));
  const anchor = el("a", { href: made, download: fileName(ending), class: "offscreen" });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(made), 60000);
}

/** The title, how much is shown, and of which build: what a picture or a page on paper needs. */
const caption = () => [projectTitle(), byId("shown").textContent, DATA.build ? `${say("build")} ${DATA.build}` : ""].filter(Boolean);

/** A frame in a notebook has none that leads anywhere. */
const hasAddress = location.protocol !== "about:";

const hasImage = () => Boolean(VIEWS[state.view].image);

/** The view's picture in the colours of the page, or in light ones. */
function pictured(light) {
  if (!light) return framed(VIEWS[state.view].image());
  dressFor(true);
  try {
    return framed(VIEWS[state.view].image());
  } finally {
    dressFor(false);
  }
}

function saveSvg(light) {
  saveFile(new XMLSerializer().serializeToString(pictured(light)), "image/svg+xml", "svg");
}

async function savePng(light) {
  const canvas = await rastered(pictured(light));
  canvas.toBlob((blob) => saveFile(blob, "image/png", "png"));
}

function saveCsv() {
  const rows = VIEWS[state.view].rows?.() ?? [csvHeader(), ...csvRows()];
  saveFile(`\ufeff${csvOf(rows)}`, "text/csv", "csv");
}

// ── A table ─────────────────────────────────────────────────────────────────────────────────────

const concernsConcepts = () => state.view === "table" && state.sheet === "concepts";

const inEachLanguage = (name) => DATA.languages.map((tag) => `${name}_${tag}`);
const labelsOf = (labels) => DATA.languages.map((_, at) => labels[at] ?? "");

function csvHeader() {
  if (concernsConcepts()) return ["concept", ...inEachLanguage("label"), ...inEachLanguage("class"), ...ofEvidence("passages"), "relations"];
  return ["claim", "kind", "from", ...inEachLanguage("from"), ...inEachLanguage("relation"), "to", ...inEachLanguage("to"),
    ...ofEvidence(...inEachLanguage("of"), "evidence", "documents")];
}

function csvRows() {
  if (concernsConcepts()) return tableRows().map(conceptRow);
  const lines = state.view === "table" ? tableRows() : linesInQuestion();
  return lines.map(lineRow);
}

function conceptRow(index) {
  const { labels, group } = concepts[index];
  return [about[index].iri, ...labelsOf(labels), ...labelsOf(terms[classes[group].term].labels), ...ofEvidence(passagesShown(index)), lineCount(index)];
}

function lineRow(index) {
  const { id, kind, from, to, of, relation } = edges[index];
  const inDocuments = new Set(backing(index).flatMap((at) => documentOf(sayings[at])));
  return [
    id, kind, about[from].iri, ...labelsOf(concepts[from].labels), ...labelsOf(terms[relations[relation].term].labels),
    about[to].iri, ...labelsOf(concepts[to].labels),
    ...ofEvidence(...labelsOf(of === undefined ? [] : concepts[of].labels), evidenceOf(index),
      [...inDocuments].map((at) => documents[at].key).join(" ")),
  ];
}

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front. */
const csvOf = (rows) => rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

function csvCell(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// ── The menu ────────────────────────────────────────────────────────────────────────────────────

function drawSaveMenu() {
  const item = (word, act) =>
    el("li", {}, el("button", { type: "button", on: { click: ({ currentTarget }) => act(currentTarget) } }, say(word)));
  const leaving = (act) => () => {
    closeSave();
    act();
  };
  byId("save-items").replaceChildren(
    ...(hasImage() ? [item("save-png", leaving(savePng)), item("save-svg", leaving(saveSvg))] : []),
    ...(hasImage() && isDark() ? [item("save-png-light", leaving(() => savePng(true))), item("save-svg-light", leaving(() => saveSvg(true)))] : []),
    item("save-csv", leaving(saveCsv)),
    item("print", leaving(() => print())),
    ...ofEvidence(item("copy-question", (button) => copyText(question(), button))),
    ...(hasAddress ? [item("copy-link", (button) => copyText(location.href.split("#")[0] + address(), button))] : []),
  );
}

const paper = { light: false, printing: false, undo: null };

function dressFor(light) {
  paper.light = light;
  tell("theme");
}

/** What breaks into pages of itself is not printed as a picture. */
const printsAsPicture = () => hasImage() && !VIEWS[state.view].paged;

/** On paper everything is light and stands in full: all rows of the table, all marks of the text, the picture as lines. */
function preparePaper() {
  dressFor(true);
  byId("paper-title").textContent = projectTitle();
  byId("paper-shown").textContent = caption().slice(1).join(" · ");
  if (state.view === "table") finishTable();
  if (state.view === "reader") finishReader();
  paper.undo ??= state.view === "lanes" ? unfoldRests() : null;
  document.body.classList.toggle("pictured", printsAsPicture());
  paper.printing = true;
  const picture = printsAsPicture() ? asPicture(VIEWS[state.view].image()) : null;
  byId("paper-picture").replaceChildren(...(picture ? [picture] : []));
  byId("paper").className = picture && byId("panel").hidden ? sheetFor(picture) : "";
}

/** Which way the sheet lies that a picture fills best; beside quotes it stands above them, as the printer has it. */
const sheetFor = (picture) =>
  Number(picture.getAttribute("width")) > Number(picture.getAttribute("height")) ? "across" : "upright";

function leavePaper() {
  paper.undo?.();
  Object.assign(paper, { printing: false, undo: null });
  dressFor(false);
}

// An answer as a file: CSV, TSV and JSON as SPARQL 1.1 has them, Turtle for triples.

/** A cell that no spreadsheet takes for a formula. */
const guarded = (cell) => (/^[=+\-@\t\r]/.test(cell) && !/^[+-]?(\d|\.\d)[\d.eE+-]*$/.test(cell) ? `'${cell}` : cell);

const csvCell = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csv = ({ columns, rows }) =>
  [columns, ...rows.map((row) => columns.map((column) => guarded(valueOf(row[column]))))]
    .map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");

const tsv = ({ columns, rows }) =>
  [columns.map((column) => `?${column}`), ...rows.map((row) => columns.map((column) => ntriples(row[column]).replaceAll("\t", "\\t")))]
    .map((cells) => `${cells.join("\t")}\n`).join("");

const json = ({ form, columns, rows, boolean }) =>
  `${JSON.stringify(form === "boolean" ? { head: {}, boolean } : { head: { vars: columns }, results: { bindings: rows } }, null, 1)}\n`;

const FORMATS = {
  csv: { type: "text/csv", write: csv, forms: ["rows", "triples"] },
  tsv: { type: "text/tab-separated-values", write: tsv, forms: ["rows", "triples"] },
  json: { type: "application/sparql-results+json", write: json, forms: ["rows", "boolean"] },
  ttl: { type: "text/turtle", write: ({ rows }) => turtle(rows), forms: ["triples"] },
};
const FORMAT_NAMES = { csv: "CSV", tsv: "TSV", json: "JSON", ttl: "Turtle" };

function download(answer, format, stem) {
  const { type, write } = FORMATS[format];
  const url = URL.createObjectURL(new Blob([write(answer)], { type: `${type};charset=utf-8` }));
  el("a", { href: url, download: `${stem}.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** A button for each format that can hold the answer. */
const downloadButtons = (answer, stem) =>
  Object.entries(FORMATS).filter(([, { forms }]) => forms.includes(answer.form)).map(([format]) =>
    el("button", { type: "button", class: "quiet", "data-format": format, title: say("download", { format: FORMAT_NAMES[format] }),
      on: { click: () => download(answer, format, stem) } }, FORMAT_NAMES[format]));

// Completion: what one may write next, found by prefixed name or by label in any language.

const OFFERED = 40;
const KEYWORDS = [
  "SELECT", "DISTINCT", "WHERE", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "BIND", "VALUES", "GROUP BY", "ORDER BY",
  "DESC", "HAVING", "LIMIT", "OFFSET", "COUNT", "SUM", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT", "NOT EXISTS", "EXISTS", "CONTAINS",
  "LCASE", "STR", "LANG", "BOUND", "IF", "COALESCE", "REGEX", "STRSTARTS", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX",
];
const WORD = /[\p{L}\p{N}_:.-]+$/u;
const NAMED = new Set(["concept", "relation", "class", "property"]);

const completions = terms.filter(({ kind }) => NAMED.has(kind)).map(({ iri, kind, labels, others = [] }) => {
  const short = shortName(iri);
  return { iri, kind, short, names: [short, localName(iri), ...labels.filter(Boolean), ...others].map(fold) };
});

function complete(mirror) {
  mirror.showHint({
    hint: offers, completeSingle: false, closeCharacters: /[\s()[\]{};,"'<>]/,
  });
}

/** Unasked, once two letters of a word, one Chinese character, or a prefix stand there. */
function completeWhileTyping(mirror) {
  if (mirror.state.completionActive) return;
  const word = wordBefore(mirror);
  if (/^[?$]./.test(word) || /[\p{L}\p{N}_-]{2}|\p{Script=Han}|\w:$/u.test(word)) complete(mirror);
}

function wordBefore(mirror) {
  const { line, ch } = mirror.getCursor();
  const before = mirror.getLine(line).slice(0, ch);
  if (/^(?:string|comment|variable-3)$/.test(mirror.getTokenTypeAt({ line, ch }) ?? "")) return "";
  return /[?$][\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? WORD.exec(before)?.[0] ?? "";
}

function offers(mirror) {
  const word = wordBefore(mirror);
  const { line, ch } = mirror.getCursor();
  const list = word.startsWith("?") || word.startsWith("$") ? variables(mirror, word) : named(mirror, word);
  return { list, from: { line, ch: ch - word.length }, to: { line, ch } };
}

function variables(mirror, word) {
  const found = new Set(mirror.getValue().match(/[?$][\p{L}_][\p{L}\p{N}_]*/gu));
  found.delete(word);
  return [...found].filter((name) => name.startsWith(word)).sort().map(plainOffer);
}

const plainOffer = (text) => ({ text, render: (item) => item.append(text) });

function named(mirror, word) {
  const wanted = fold(word);
  const favoured = favouredKind(mirror, word);
  const ranked = completions
    .map((completion) => ({ completion, rank: wanted ? rankOf(completion, wanted) : 3 }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => (b.completion.kind === favoured) - (a.completion.kind === favoured) || a.rank - b.rank ||
      a.completion.short.length - b.completion.short.length || (a.completion.short < b.completion.short ? -1 : 1));
  const keywords = wanted ? KEYWORDS.filter((keyword) => fold(keyword).startsWith(wanted) && fold(keyword) !== wanted) : [];
  return [
    ...keywords.slice(0, 4).map(plainOffer),
    ...ranked.slice(0, OFFERED).map(({ completion }) => ({ text: completion.short, render: (item) => drawOffer(item, completion) })),
  ];
}

/** 0 for the very name, then beginnings of names, beginnings of words in them, anything inside; 9 for none. */
function rankOf({ names }, wanted) {
  return Math.min(...names.map((name) => {
    const at = name.indexOf(wanted);
    if (at < 0) return 9;
    if (at === 0) return name.length === wanted.length ? 0 : 1;
    return /[\s\-–(/:]/.test(name[at - 1]) ? 2 : 3;
  }));
}

/** Relations where the grammar wants a verb, classes after `a`, concepts elsewhere. */
function favouredKind(mirror, word) {
  const { line, ch } = mirror.getCursor();
  const { state: grammar } = mirror.getTokenAt({ line, ch: ch - word.length }, true);
  if (grammar.possibleNext.includes("a")) return "relation";
  return ["a", "rdf:type"].includes(grammar.lastProperty) ? "class" : "concept";
}

function drawOffer(item, { short, iri, kind }) {
  item.append(el("span", { class: "offer-name" }, short),
    el("span", { class: "offer-label" }, words(nameOf(iri), tongueOf(iri))),
    el("span", { class: "offer-other" }, otherLabel(iri)), el("span", { class: "offer-kind" }, say(kind)));
}

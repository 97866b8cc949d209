// A passage as evidence: its words within their surroundings, the marked ones highlighted, who said
// so, how, and where to find it again.

const SURROUNDINGS = 200;

/** The passages of some sayings and mentions, in the order of the documents. */
function passagesOf(sayingIndexes, mentionIndexes = []) {
  const all = [
    ...sayingIndexes.map((index) => sayings[index].passage),
    ...mentionIndexes.map((index) => mentions[index].passage),
  ].filter((passage) => passage !== undefined);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** Where the coder marked what a saying speaks of; else wherever the passage mentions it. */
function marksOf(saying) {
  if (saying.marks) return saying.marks;
  const { from, to, of, via } = edges[saying.edge];
  return (mentionsInPassage.get(saying.passage) || []).filter((index) =>
    [from, to, of, via].includes(mentions[index].concept),
  );
}

function quoteCard(passage, sayingIndexes, mentionIndexes) {
  const { document, start, end } = passages[passage];
  const marked = new Set([...mentionIndexes, ...sayingIndexes.flatMap((index) => marksOf(sayings[index]))]);
  const quoted = el("blockquote", { dir: "auto", lang: documents[document].language || null },
    surroundings(document, start, end, -1),
    el("span", { class: "passage" }, markedText(passage, [...marked])),
    surroundings(document, start, end, 1));
  const said = groupBy(sayingIndexes, (index) => sayings[index].edge);
  return el("article", { class: "quote" }, quoted,
    el("ul", { class: "sayings" }, [...said].map(([edge, at]) => sayingItem(edge, at.map((i) => sayingIndexes[i])))),
    passages[passage].note ? el("p", { class: "note" }, el("i", {}, say("note")), say("gap"), words(passages[passage].note)) : "",
    sourceLine(passage, sayingIndexes, mentionIndexes));
}

/** At most 200 characters before or after, never beyond the body, cut between words. */
function surroundings(document, start, end, side) {
  const body = bodyAround(document, start, end);
  if (!body) return "";
  const edge = side < 0 ? Math.max(body.start, start - SURROUNDINGS) : Math.min(body.end, end + SURROUNDINGS);
  let text = side < 0 ? body.slice(edge - body.start, start - body.start) : body.slice(end - body.start, edge - body.start);
  const cut = side < 0 ? edge > body.start : edge < body.end;
  if (cut) text = side < 0 ? `… ${text.replace(/^\S{0,24}\s/, "")}` : `${text.replace(/\s\S{0,24}$/, "")} …`;
  return el("span", { class: "around" }, text);
}

/** The passage cut at every beginning and end of a mark, so that marks may overlap. */
function markedText(passage, mentionIndexes) {
  const { document, start, end } = passages[passage];
  const spans = mentionIndexes.flatMap((index) =>
    mentions[index].spans.map(([from, to]) => ({ from, to, concept: mentions[index].concept })),
  );
  const cuts = [...new Set([start, end, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((at) => at >= start && at <= end)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, number) => {
    const to = cuts[number + 1];
    const text = textBetween(document, from, to);
    const over = spans
      .filter((span) => span.from <= from && to <= span.to)
      .sort((a, b) => a.to - a.from - (b.to - b.from));
    if (!over.length) return text;
    const mark = el("mark", { title: [...new Set(over.map(({ concept }) => conceptLabel(concept)))].join(" · ") }, text);
    mark.style.setProperty("--class", classColour(concepts[over[0].concept].group));
    return mark;
  });
}

// ── What is said, and how ───────────────────────────────────────────────────────────────────────

/** The claim as a chip, and one line of particulars for each way it was read. */
function sayingItem(edge, sayingIndexes) {
  const manners = [...groupBy(sayingIndexes, (index) => particulars(sayings[index]).map(({ textContent }) => textContent).join("|")).values()]
    .map((at) => at.map((position) => sayingIndexes[position]));
  const chosen = edge === state.edge || state.path !== null;
  const chip = el("button", { type: "button", class: "chip", "aria-current": chosen ? "true" : null,
    on: { click: () => selectEdge(edge) } }, claimWords(edge));
  return el("li", {}, chosen ? "" : chip, manners.map((alike) => mannerOf(alike, manners.length > 1)));
}

/** Where coders read it differently, each manner says whose it is. */
const mannerOf = (alike, named) => el("span", { class: "manner" }, particulars(sayings[alike[0]]),
  named ? el("span", { class: "tag" }, `(${codersOf(alike, []).join(", ")})`) : "");

const claimWords = (edge) =>
  claimParts(edge, conceptWords).flatMap((part) => [part, part.className === "moved" ? say("gap") : " "]);

/** Subject, relation, object; or "what flows: from where → to where", "what flows → to where" where no more is said. `name` draws a concept. */
function claimParts(edge, name) {
  const { from, to, of, relation } = edges[edge];
  const middle = el("span", { class: "relation" }, termWords(relations[relation].term));
  middle.style.color = inkOf(edges[edge]);
  if (of === undefined) return [name(from), middle, name(to)];
  const moved = el("span", { class: "moved" }, name(of), from === of ? "" : say("colon"));
  return [moved, from === of ? "" : name(from), "→", to === of ? "" : name(to)].filter(Boolean);
}

/** Modality always; everything else where it is not what one would expect. */
function particulars(saying) {
  const tag = (...content) => el("span", { class: "tag" }, ...content);
  const named = (key, content) => tag(el("i", {}, say(key)), key === "note" ? say("gap") : " ", content);
  return [
    saying.modality === undefined ? "" : named("modality", termWords(saying.modality)),
    ...(saying.manner || []).map((term) => el("span", { class: "tag odd" }, termWords(term))),
    saying.source === undefined ? "" : named("attributed", conceptWords(saying.source)),
    edges[saying.edge].via === undefined ? "" : named("via", conceptWords(edges[saying.edge].via)),
    ...(saying.qualifiers || []).map(([term, value]) =>
      tag(el("i", {}, termWords(term)), " ", typeof value === "number" ? conceptWords(value) : words(value)),
    ),
    saying.confidence === undefined ? "" : named("confidence", saying.confidence),
    saying.note ? named("note", words(saying.note)) : "",
  ].filter(Boolean);
}

function codersOf(sayingIndexes, mentionIndexes) {
  const coders = [...sayingIndexes.map((index) => sayings[index].coder), ...mentionIndexes.map((index) => mentions[index].coder)];
  return [...new Set(coders)].map(termLabel);
}

function sourceLine(passage, sayingIndexes, mentionIndexes) {
  const { document, start, end } = passages[passage];
  const { issued, source } = documents[document];
  const name = documentName(document);
  const coders = codersOf(sayingIndexes, mentionIndexes);
  const copy = el("button", { type: "button", class: "quiet", on: { click: () => copyText(citation(passage, sayingIndexes, coders), copy) } }, say("copy"));
  const read = el("button", { type: "button", class: "quiet", on: { click: () => openInReader(passage) } }, say("read"));
  return el("footer", {},
    el("cite", { dir: "auto" }, isWeb(source) ? link(source, name) : words(name)),
    ` · ${issued || say("undated")} · ${say("characters", { start, end })} · `,
    `${say("coded-by")} `, coders.map((coder, number) => [number ? ", " : "", words(coder)]), " ",
    copy, Object.hasOwn(VIEWS, "reader") ? [" ", read] : "");
}

/** One line for a footnote. */
function citation(passage, sayingIndexes, coders) {
  const { document, start, end } = passages[passage];
  const { issued, source } = documents[document];
  const claims = [...new Set(sayingIndexes.map((index) => plainClaim(sayings[index])))];
  return [
    `“${textBetween(document, start, end)}”`,
    `${documentName(document)} (${issued || say("undated")}), ${say("characters", { start, end })}.`,
    claims.length ? say("coded-as", { claims: claims.join("; ") }) : "",
    say("cited-coder", { coders: coders.join(", ") }),
    isWeb(source) ? source : "",
    DATA.build ? `[${projectTitle()}, ${say("build")} ${DATA.build}]` : `[${projectTitle()}]`,
  ].filter(Boolean).join(" ");
}

function plainClaim(saying) {
  const manner = saying.modality === undefined ? "" : ` (${termLabel(saying.modality)})`;
  const between = edges[saying.edge].of === undefined ? " – " : " ";
  return claimParts(saying.edge, conceptLabel).map((part) => part.textContent ?? part).join(between) + manner;
}

/** The clipboard where the browser allows it, else the old way. */
async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = el("textarea", { readonly: true, class: "offscreen" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const before = button.textContent;
  button.textContent = say("copied");
  setTimeout(() => (button.textContent = before), 1600);
}

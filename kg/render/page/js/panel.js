// The evidence panel: what the project knows of a concept or a line, and every quote behind it.

const panel = { of: "" };
const FOLDED = 5;

function drawPanel() {
  const open = state.concept !== null || state.edge !== null || state.cell !== null;
  const held = byId("panel").contains(document.activeElement) ? document.activeElement : null;
  byId("panel").hidden = !open;
  document.body.classList.toggle("open", open);
  if (!open) return;
  byId("panel-content").replaceChildren(...panelContent().filter(Boolean));
  byId("panel-content").querySelector("h2").id = "panel-heading";
  const of = [state.concept, state.path, state.edge, state.cell].join();
  if (of !== panel.of) byId("panel-content").scrollTop = 0;
  panel.of = of;
  if (held) holdFocus(held);
}

function panelContent() {
  if (state.cell !== null) return cellPanel(state.cell);
  if (state.edge !== null) return edgePanel(state.edge);
  return state.path === null ? conceptPanel(state.concept) : pathPanel(state.concept, state.path);
}

/** Who was at a control of the panel is there again after it was drawn anew. */
function holdFocus({ dataset: { tool } }) {
  const same = tool && byId("panel-content").querySelector(`[data-tool="${tool}"]`);
  if (same) same.focus({ preventScroll: true });
  else focusPanel();
}

/** Whoever comes by keyboard goes on reading at the heading. */
const focusPanel = () => byId("panel-content").querySelector("h2")?.focus({ preventScroll: true });

// ── A concept ───────────────────────────────────────────────────────────────────────────────────

function conceptPanel(index) {
  const concept = concepts[index];
  const { iri, definitions, alternatives, scopes, confusions } = about[index];
  const lines = (edgesAt.get(index) ?? []).filter((line) => kept.edges[line]);
  const marked = (mentionsOfConcept.get(index) ?? []).filter((at) => kept.mentions[at]);
  const others = DATA.languages
    .map((tag, at) => [tag, concept.labels[at]])
    .filter(([tag, label]) => label && tag !== languageOf(concept.labels));
  return [
    el("h2", { dir: "auto", tabindex: -1 }, conceptWords(index)),
    others.length ? el("p", { class: "others" }, others.map(([tag, label], n) => [n ? " · " : "", words(label, tag)])) : "",
    el("p", { class: "kind" }, glyph(concept.group), termWords(classes[concept.group].term), " · ",
      fromFile ? "" : [jump("evidence", say("passages-count", { n: passagesShown(index) })), " · "],
      jump("relations", say("relations-count", { n: lines.length }))),
    conceptTools(index),
    offHere(index, lines),
    ...notes(definitions, "definition"),
    alsoCalled(alternatives),
    ...notes(scopes, "scope"),
    notConfused(confusions),
    knownOf(index),
    relationGroups(index, lines),
    fromFile ? "" : el("div", { id: "panel-evidence" }, evidence(lines.flatMap(sayingsLeft), marked) ||
      el("p", { class: "hint" }, say(concept.passages ? "no-passage-left" : "no-passage"))),
    questionButton(),
    el("p", { class: "iri" }, link(iri)),
  ];
}

/** What the filter keeps from this concept, in words. */
function offHere(index, lines) {
  const off = (edgesAt.get(index) ?? []).length - lines.length - followingAt(index);
  const unread = concepts[index].passages - passagesShown(index);
  const parts = [off && say("relations-count", { n: off }), unread && say("passages-count", { n: unread })].filter(Boolean);
  if (!parts.length && conceptShown(concepts[index])) return "";
  const why = parts.length ? say("filter-leaves-out", { what: parts.join(say("and")) }) : say("not-shown");
  return el("p", { class: "hint" }, why, " ", el("button", { type: "button", class: "quiet", "data-tool": "all", on: { click: showAll } }, say("show-all")));
}

/** The lines that are off of themselves: those that follow from others. */
const followingAt = (index) =>
  filter.kinds.has("inferred") ? (edgesAt.get(index) ?? []).filter((line) => edges[line].kind === "inferred").length : 0;

/** A count that leads to its section. */
function jump(section, text) {
  const go = () => byId(`panel-${section}`)?.scrollIntoView({ block: "start" });
  return el("button", { type: "button", class: "quiet", on: { click: go } }, text);
}

/** Texts in the chosen language where there are any, else all of them. */
function notes(texts, name) {
  const own = texts.filter(([tag]) => tag === state.language);
  return (own.length ? own : texts).map(([tag, text]) => el("p", { class: name, dir: "auto" }, words(text, tag)));
}

function alsoCalled(pairs) {
  if (!pairs.length) return "";
  const own = ([tag]) => (tag === state.language ? 0 : 1);
  return el("p", { class: "also" }, el("i", {}, say("also-called")), " ",
    [...pairs].sort((a, b) => own(a) - own(b)).map(([tag, name], number) => [number ? " · " : "", words(name, tag)]));
}

function notConfused(others) {
  if (!others.length) return "";
  return el("p", { class: "also chips" }, el("i", {}, say("not-confused")), others.map((other) => conceptButton(other)));
}

function conceptButton(index, count) {
  return el("button", { type: "button", class: "chip", on: { click: () => select(index) } },
    glyph(concepts[index].group), conceptWords(index), count ? el("span", { class: "count" }, String(count)) : "");
}

/** Neighbours under the name of their relation, read from this concept's side. */
function relationGroups(index, lines) {
  if (!lines.length) return "";
  const groups = groupBy(lines, (line) => groupName(index, edges[line]));
  const items = [...groups].map(([name, at]) =>
    el("li", {}, el("span", { class: "relation" }, name), lineChips(index, at.map((i) => lines[i]))));
  return el("section", { id: "panel-relations" }, el("h3", {}, say("relations")), el("ul", { class: "groups" }, items));
}

/** The best supported first; of many, the rest is folded (panel.css) so that quotes come soon, but not on paper. */
function lineChips(index, lines) {
  const sorted = [...lines].sort((a, b) => evidenceOf(b) - evidenceOf(a));
  const chips = el("span", { class: "chips" }, sorted.map((line) => lineButton(index, line)));
  if (lines.length <= FOLDED) return chips;
  const unfold = () => {
    chips.classList.remove("folded");
    more.remove();
    chips.children[FOLDED].focus();
  };
  const more = el("button", { type: "button", class: "quiet more", on: { click: unfold } }, say("show-n", { n: lines.length }));
  chips.classList.add("folded");
  chips.append(more);
  return chips;
}

function groupName(index, edge) {
  const { term, inverse, symmetric } = relations[edge.relation];
  if (symmetric) return termLabel(term);
  if (edge.of !== undefined) return `${termLabel(term)} ${edge.from === index ? "→" : "←"}`;
  if (edge.from === index) return termLabel(term);
  return inverse === undefined ? `← ${termLabel(term)}` : termLabel(inverse);
}

function lineButton(index, line) {
  const { from, to, of } = edges[line];
  const other = from === index ? to : from;
  const count = evidenceOf(line);
  const plain = of === undefined || of === other;
  const name = plain ? conceptWords(other)
    : [conceptWords(of), say(from === index ? "flow-to" : "flow-from"), conceptWords(other)];
  return el("button", { type: "button", class: `chip ${edges[line].kind}`, title: fromFile ? null : say(`kind-${edges[line].kind}`),
    on: { click: () => selectEdge(line) } }, glyph(concepts[other].group), name, count ? el("span", { class: "count" }, String(count)) : "");
}

// ── A line ──────────────────────────────────────────────────────────────────────────────────────

function edgePanel(index) {
  const { relation } = edges[index];
  const { definitions = [] } = relations[relation];
  return [
    el("h2", { class: "claim", tabindex: -1 }, claimParts(index, (concept) => conceptButton(concept))),
    kindLine(index),
    ...notes(definitions, "definition"),
    ...lineEvidence(index),
    questionButton(),
  ];
}

function kindLine(index) {
  if (fromFile) return "";
  const edge = edges[index];
  const count = evidenceOf(index);
  return el("p", { class: "kind" }, stroke(edgeColour(edge), DASHES[edge.kind]), say(`kind-${edge.kind}`),
    count ? ` · ${say("passages-count", { n: count })}` : "");
}

/** What a line means, what it follows from, and the words behind it. */
function lineEvidence(index, { meaning = true } = {}) {
  if (fromFile) return [];
  const { kind } = edges[index];
  const all = sayingsOfEdge.get(index) ?? [];
  const said = sayingsLeft(index);
  const unread = all.length - said.length;
  return [
    meaning ? el("p", { class: "hint" }, say(kind === "inferred" || all.length ? `meaning-${kind}` : "meaning-background")) : "",
    unread ? el("p", { class: "hint" }, say("sayings-left-out", { n: unread }), " ",
      el("button", { type: "button", class: "quiet", "data-tool": "all", on: { click: showAll } }, say("show-all"))) : "",
    ...(kind === "inferred" ? grounds(index) : []),
    evidence(said, []),
  ];
}

// ── What both share ─────────────────────────────────────────────────────────────────────────────

/** One card for each passage, however many relations it speaks for. */
function evidence(sayingIndexes, mentionIndexes) {
  const all = passagesOf(sayingIndexes, mentionIndexes);
  const unplaced = sayingIndexes.filter((index) => sayings[index].passage === undefined);
  if (!all.length && !unplaced.length) return "";
  const saidIn = groupBy(sayingIndexes, (index) => sayings[index].passage);
  const markedIn = groupBy(mentionIndexes, (index) => mentions[index].passage);
  const cards = all.map((passage) => quoteCard(passage,
    (saidIn.get(passage) || []).map((at) => sayingIndexes[at]),
    (markedIn.get(passage) || []).map((at) => mentionIndexes[at])));
  return el("section", {}, el("h3", {}, say("evidence")), unplaced.map(withoutPassage), cards);
}

/** A classification that an analyst made without pointing at words. */
function withoutPassage(index) {
  const saying = sayings[index];
  return el("article", { class: "quote" }, el("ul", { class: "sayings" }, sayingItem(saying.edge, [index])),
    el("footer", {}, say("no-words"), " · ", `${say("coded-by")} `, termWords(saying.coder)));
}

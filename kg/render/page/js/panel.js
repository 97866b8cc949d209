// The evidence panel: what the project knows of a concept or a line, and every quote behind it.

function drawPanel() {
  const panel = byId("panel");
  const open = state.concept !== null || state.edge !== null || state.cell !== null;
  const within = panel.contains(document.activeElement);
  panel.hidden = !open;
  document.body.classList.toggle("open", open);
  if (!open) return;
  const content = state.cell !== null ? cellPanel(state.cell)
    : state.edge !== null ? edgePanel(state.edge) : conceptPanel(state.concept);
  byId("panel-content").replaceChildren(...content.filter(Boolean));
  byId("panel-content").scrollTop = 0;
  if (within) focusPanel();
}

/** Whoever comes by keyboard goes on reading at the heading. */
const focusPanel = () => byId("panel-content").querySelector("h2")?.focus({ preventScroll: true });

// ── A concept ───────────────────────────────────────────────────────────────────────────────────

function conceptPanel(index) {
  const concept = concepts[index];
  const { iri, definitions, alternatives, scopes, confusions } = about[index];
  const lines = edgesAt.get(index) || [];
  const said = lines.flatMap((line) => sayingsOfEdge.get(line) || []);
  const marked = mentionsOfConcept.get(index) || [];
  const others = DATA.languages
    .map((tag, at) => [tag, concept.labels[at]])
    .filter(([tag, label]) => label && tag !== languageOf(concept.labels));
  return [
    el("h2", { dir: "auto", tabindex: -1 }, conceptWords(index)),
    others.length ? el("p", { class: "others" }, others.map(([tag, label], n) => [n ? " · " : "", words(label, tag)])) : "",
    el("p", { class: "kind" }, glyph(concept.group), termWords(classes[concept.group].term), " · ",
      jump("evidence", say("passages-count", { n: concept.passages })), " · ",
      jump("relations", say("relations-count", { n: lines.length }))),
    ...notes(definitions, "definition"),
    alsoCalled(alternatives),
    ...notes(scopes, "scope"),
    notConfused(confusions),
    relationGroups(index, lines),
    evidence(said, marked),
    el("p", { class: "iri" }, link(iri)),
  ];
}

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
    el("li", {}, el("span", { class: "relation" }, name), el("span", { class: "chips" }, at.map((i) => lineButton(index, lines[i])))));
  return el("section", { id: "panel-relations" }, el("h3", {}, say("relations")), el("ul", { class: "groups" }, items));
}

function groupName(index, edge) {
  const { term, inverse } = relations[edge.relation];
  if (edge.of !== undefined) return `${termLabel(term)} ${edge.from === index ? "→" : "←"}`;
  if (edge.from === index) return termLabel(term);
  return inverse === undefined ? `← ${termLabel(term)}` : termLabel(inverse);
}

function lineButton(index, line) {
  const { from, to, of } = edges[line];
  const other = from === index ? to : from;
  const count = passagesOf(sayingsOfEdge.get(line) || []).length;
  const name = of === undefined ? conceptWords(other) : [conceptWords(of), " · ", conceptWords(other)];
  return el("button", { type: "button", class: `chip ${edges[line].kind}`, title: say(`kind-${edges[line].kind}`),
    on: { click: () => selectEdge(line) } }, glyph(concepts[other].group), name, count ? el("span", { class: "count" }, String(count)) : "");
}

// ── A line ──────────────────────────────────────────────────────────────────────────────────────

function edgePanel(index) {
  const edge = edges[index];
  const said = sayingsOfEdge.get(index) || [];
  const { definitions = [] } = relations[edge.relation];
  return [
    el("h2", { class: "claim", tabindex: -1 }, claimParts(index, (concept) => conceptButton(concept))),
    el("p", { class: "kind" }, stroke(edgeColour(edge), DASHES[edge.kind]), say(`kind-${edge.kind}`),
      said.length ? ` · ${say("passages-count", { n: passagesOf(said).length })}` : ""),
    ...notes(definitions, "definition"),
    el("p", { class: "hint" }, say(said.length ? `meaning-${edge.kind}` : "meaning-background")),
    evidence(said, []),
  ];
}

// ── What both share ─────────────────────────────────────────────────────────────────────────────

/** One card for each passage, however many relations it speaks for. */
function evidence(sayingIndexes, mentionIndexes) {
  const all = passagesOf(sayingIndexes, mentionIndexes);
  const unplaced = sayingIndexes.filter((index) => sayings[index].passage === undefined);
  if (!all.length && !unplaced.length) {
    return state.edge === null ? el("p", { class: "hint" }, say("no-passage")) : "";
  }
  const saidIn = groupBy(sayingIndexes, (index) => sayings[index].passage);
  const markedIn = groupBy(mentionIndexes, (index) => mentions[index].passage);
  const cards = all.map((passage) => quoteCard(passage,
    (saidIn.get(passage) || []).map((at) => sayingIndexes[at]),
    (markedIn.get(passage) || []).map((at) => mentionIndexes[at])));
  return el("section", { id: "panel-evidence" }, el("h3", {}, say("evidence")), unplaced.map(withoutPassage), cards);
}

/** A classification that an analyst made without pointing at words. */
function withoutPassage(index) {
  const saying = sayings[index];
  return el("article", { class: "quote" }, el("ul", { class: "sayings" }, sayingItem(saying.edge, [index])),
    el("footer", {}, say("no-words"), " · ", `${say("coded-by")} `, termWords(saying.coder)));
}

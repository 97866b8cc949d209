// The legend is the filter: what is ticked is drawn. Each row says how many there are.

function drawLegend() {
  const ofClass = groupBy(concepts, (concept) => concept.group);
  const ofKind = groupBy(edges, (edge) => edge.kind);
  const unmentioned = concepts.filter((concept) => !concept.passages).length;
  const byCount = (groups) => [...groups.keys()].sort((a, b) => groups.get(b).length - groups.get(a).length || a - b);
  const classRow = (cls) =>
    row(filter.classes, cls, glyph(cls), termWords(classes[cls].term), ofClass.get(cls).length);
  const relationRow = (relation) =>
    row(filter.relations, relation, stroke(relationColour(relation)),
      termWords(relations[relation].term), edgesOfRelation.get(relation).length);
  const kindRow = (kind) =>
    row(filter.kinds, kind, stroke(paint("soft"), DASHES[kind], kind === "background" ? 1.2 : 2),
      say(`kind-${kind}`), ofKind.get(kind).length);
  const kinds = KINDS.filter((kind) => ofKind.has(kind));
  byId("legend-rows").replaceChildren(
    section("classes", filter.classes, [...ofClass.keys()].sort((a, b) => a - b), classRow),
    unmentioned ? el("ul", {}, unmentionedRow(unmentioned)) : "",
    section("kinds", filter.kinds, kinds, kindRow),
    section("relations", filter.relations, byCount(edgesOfRelation), relationRow),
  );
}

function section(name, off, keys, rowOf) {
  if (!keys.length) return "";
  const all = (key, act) => el("button", { type: "button", class: "quiet", on: { click: () => refilter(act) } }, say(key));
  const both = keys.length > 1
    ? [all("all", () => off.clear()), all("none", () => keys.forEach((key) => off.add(key)))]
    : [];
  const heading = el("h2", { id: `legend-${name}` }, say(name));
  return el("section", { "aria-labelledby": `legend-${name}` },
    el("div", { class: "heading" }, heading, el("span", {}, both)),
    el("ul", {}, keys.map(rowOf)));
}

function row(off, key, mark, name, count) {
  const toggle = () => refilter(() => (off.has(key) ? off.delete(key) : off.add(key)));
  const box = el("input", { type: "checkbox", on: { change: toggle } });
  box.checked = !off.has(key);
  box.dataset.key = key;
  return el("li", {}, el("label", {}, box, mark, el("span", { class: "name" }, name), el("span", { class: "count" }, String(count))));
}

function unmentionedRow(count) {
  const toggle = () => refilter(() => (filter.unmentioned = !filter.unmentioned));
  const box = el("input", { type: "checkbox", on: { change: toggle } });
  box.checked = !filter.unmentioned;
  const ring = svg("circle", { cx: 8, cy: 8, r: 5, fill: "none", stroke: paint("soft"), "stroke-width": 1.8 });
  const mark = svg("svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, ring);
  return el("li", {}, el("label", {}, box, mark, el("span", { class: "name" }, say("unmentioned")), el("span", { class: "count" }, String(count))));
}

/** After a click the rows stand where they were: only their ticks change. */
function tickLegend() {
  for (const box of byId("legend-rows").querySelectorAll("input")) {
    const { key } = box.dataset;
    const list = box.closest("section")?.getAttribute("aria-labelledby").slice("legend-".length);
    if (!list) box.checked = !filter.unmentioned;
    else box.checked = !filter[list].has(list === "kinds" ? key : Number(key));
  }
}

// ── How much of it all is shown ─────────────────────────────────────────────────────────────────

/** Always said, so that nobody takes what is switched off for what is missing. */
function reportShown() {
  const counts = {
    concepts: say("concepts-count", { n: concepts.length }),
    relations: say("relations-count", { n: edges.length }),
    shownConcepts: concepts.filter(inTableOrMap(conceptShown, matchesConcept)).length,
    shownRelations: edges.filter(inTableOrMap(edgeShown, matchesEdge)).length,
    ...(state.view === "map" ? standingCounts() : {}),
  };
  const reasons = [];
  const off = switchedOff();
  if (off.length) reasons.push(say("because-off", { names: enumerate(off), n: off.length }));
  if (tableQuery()) reasons.push(say("because-search", { query: state.query }));
  if (state.view === "map" && folds.marks.length) reasons.push(say("because-groups", { n: folds.marks.length }));
  const whole = counts.shownConcepts === concepts.length && counts.shownRelations === edges.length;
  byId("shown").textContent = whole && !reasons.length
    ? say("shown-all", counts)
    : say("shown-some", { ...counts, because: reasons.join(say("and")) });
  byId("show-all").hidden = !off.length;
  reportGroups();
}

const inTableOrMap = (shown, matches) => (item) => shown(item) && (!tableQuery() || matches(item));

function showAll() {
  refilter(() => {
    for (const off of [filter.classes, filter.relations, filter.kinds]) off.clear();
    filter.unmentioned = false;
  });
}

/** Labels that found no room are counted, not silently left out. */
function reportLabels() {
  const node = byId("labels");
  const text = labels.hidden ? say("labels-hidden", { n: labels.hidden }) : "";
  if (node.textContent !== text) node.textContent = text;
}

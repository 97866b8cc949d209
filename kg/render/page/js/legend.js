// The legend is the filter: what is ticked is drawn. Each row says how many there are, and how many
// of them are shown where that differs.

const legend = { rows: [], open: new Set(["classes", "kinds", "relations"]) };

const MARKS = {
  classes: (cls) => glyph(cls),
  kinds: (kind) => stroke(paint(kind === "inferred" ? "thread" : "soft"), DASHES[kind], kind === "background" ? 1.2 : 2),
  relations: (relation) => stroke(relationColour(relation)),
};

function drawLegend() {
  legend.rows = [];
  byId("legend-rows").replaceChildren(...[
    ...["classes", "lanes", ...(fromFile ? [] : ["kinds"])].map(facetSection),
    ...["documents", "modalities", "coders"].map(facetSection),
    evidenceSection(),
    facetSection("relations"),
  ].filter(Boolean));
  tickLegend();
}

// ── A facet: a row for each value ───────────────────────────────────────────────────────────────

function facetSection(name) {
  const { keys } = FACETS[name];
  if (!isChoice(name) && !(name in MARKS && keys.length)) return "";
  const rows = [...keys.map((key) => facetRow(name, key)), name === "classes" ? unmentionedRow() : ""];
  const quiet = (word, keysOff) =>
    el("button", { type: "button", class: "quiet", "aria-label": `${say(`facet-${name}`)}: ${say(word)}`,
      on: { click: () => refilter(() => (filter[name] = new Set(keysOff))) } }, say(word));
  return foldable(name, el("div", { class: "both" }, quiet("all", []), quiet("none", keys)), el("ul", {}, rows));
}

/** A section that can be closed; closed, it says how much in it is switched off. */
function foldable(name, ...content) {
  const off = el("span", { class: "off" });
  const summary = el("summary", {}, el("h2", {}, say(`facet-${name}`)), off);
  const section = el("details", { class: "facet", open: legend.open.has(name) }, summary, content);
  section.addEventListener("toggle", () => legend.open[section.open ? "add" : "delete"](name));
  legend.rows.push({ tick: () => (off.textContent = offCount(name)) });
  return section;
}

function offCount(name) {
  if (!FACETS[name]) return asksOfEvidence() ? say("set") : "";
  const n = [...filter[name]].filter((key) => !FACETS[name].off.includes(key)).length;
  return n ? say("off-count", { n }) : "";
}

function facetRow(name, key) {
  const { items, groups, wordsOf } = FACETS[name];
  const toggle = () => refilter(() => filter[name].delete(key) || filter[name].add(key));
  return tickRow({
    toggle,
    isOn: () => !filter[name].has(key),
    mark: MARKS[name]?.(key),
    name: wordsOf(key),
    total: groups.get(key).length,
    shown: () => countShown(items, groups.get(key)),
  });
}

function countShown(items, group) {
  const shown = items === concepts ? conceptShown : items === edges ? edgeShown : sayingInUse;
  return group.filter((at) => shown(items[at])).length;
}

const sayingInUse = (saying) => sayingShown(saying) && edgeShown(edges[saying.edge]);

function unmentionedRow() {
  const all = concepts.filter((concept) => !concept.passages);
  if (!all.length) return "";
  const ring = svg("circle", { cx: 8, cy: 8, r: 5, fill: "none", stroke: paint("soft"), "stroke-width": 1.8 });
  return tickRow({
    toggle: () => refilter(() => (filter.unmentioned = !filter.unmentioned)),
    isOn: () => !filter.unmentioned,
    mark: svg("svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, ring),
    name: say("unmentioned"),
    total: all.length,
    shown: () => all.filter(conceptShown).length,
  });
}

function tickRow({ toggle, isOn, mark, name, total, shown }) {
  const box = el("input", { type: "checkbox", on: { change: toggle } });
  const count = el("span", { class: "count" });
  legend.rows.push({
    tick() {
      const now = shown();
      box.checked = isOn();
      count.textContent = now === total ? String(total) : say("of", { n: now, total });
    },
  });
  return el("li", {}, el("label", {}, box, mark, el("span", { class: "name" }, name), count));
}

// ── How much evidence, and of when ──────────────────────────────────────────────────────────────

const asksOfEvidence = () => filter.least > 0 || Boolean(filter.from || filter.until);

function evidenceSection() {
  if (mostEvidence < 2 && !datesDiffer) return "";
  return foldable("evidence",
    mostEvidence < 2 ? "" : leastRow(),
    datesDiffer ? [dateRow("from-date", "from"), dateRow("until-date", "until")] : "");
}

function leastRow() {
  const field = el("input", { type: "number", id: "least", min: 0, max: mostEvidence, step: 1, inputmode: "numeric" });
  const set = (record) => () =>
    refilter(() => (filter.least = wholeNumber(field.value, 0, mostEvidence)), { record });
  field.addEventListener("input", set("typing"));
  field.addEventListener("change", set("push"));
  legend.rows.push({ tick: () => document.activeElement === field || (field.value = filter.least) });
  return el("label", { class: "field" }, el("span", { class: "name" }, say("least")), field, el("span", {}, say("least-unit")));
}

function dateRow(word, name) {
  const field = el("select", { "aria-label": say(word), on: { change: () => refilter(() => (filter[name] = field.value || null)) } },
    el("option", { value: "" }, say("any-date")), dates.map((date) => el("option", { value: date }, date)));
  legend.rows.push({ tick: () => (field.value = filter[name] ?? "") });
  return el("label", { class: "field" }, el("span", { class: "name" }, say(word)), field);
}

/** After a change the rows stand where they were: only their ticks and numbers change. */
function tickLegend() {
  legend.rows.forEach(({ tick }) => tick());
}

// ── How much of it all is shown ─────────────────────────────────────────────────────────────────

/** Always said, so that nobody takes what is switched off for what is missing. */
function reportShown() {
  const filtered = reasons();
  const because = [...filtered, ...whyGathered()];
  const counts = shownCounts();
  const how = { ...counts, because: because.join(say("and")) };
  reportNothing(!counts.shownConcepts && !counts.shownRelations && because.length ? say("shown-nothing", how) : "");
  byId("shown").textContent = [
    say(because.length ? "shown-some" : "shown-all", how),
    asksEvidence() ? say("shown-counts") : "",
    filter.modalities.size ? say("shown-mentions") : "",
    counts.shownConcepts ? following() : "",
    fromFile && DATA.file.things > concepts.length ? partOfFile() : "",
  ].filter(Boolean).join(say("gap"));
  byId("show-all").hidden = !filtered.length || (filtered.length === 1 && Boolean(tableQuery()));
  reportGroups();
}

/** An empty map says why it is empty, where one looks. */
function reportNothing(why) {
  byId("nothing").hidden = !why || state.view === "reader";
  byId("nothing").querySelector("p").textContent = why;
}

function shownCounts() {
  const lines = counted();
  return {
    concepts: say("concepts-count", { n: concepts.length }),
    relations: say("relations-count", { n: lines.length }),
    shownConcepts: concepts.filter(inTableOrMap(conceptShown, matchesConcept)).length,
    shownRelations: lines.filter(inTableOrMap(edgeShown, matchesEdge)).length,
    ...(state.view === "map" ? standingCounts() : {}),
  };
}

/** What follows is off of itself, or too much to be drawn at all. */
function following() {
  if (asksEvidence()) return "";
  const followers = edges.filter(({ kind, from, to }) => kind === "inferred" && kept.concepts[from] && kept.concepts[to]);
  const off = filter.kinds.has("inferred") ? followers.length : 0;
  if (off) return say("shown-inferred", { n: off });
  return DATA.following > 0 && !FACETS.kinds.groups.has("inferred") ? say("shown-inferred-many", { n: DATA.following }) : "";
}

function partOfFile() {
  const [n, things] = [concepts.length, DATA.file.things].map((count) => count.toLocaleString(interfaceTag()));
  return say("part-of-file", { n, things });
}

const inTableOrMap = (shown, matches) => (item) => shown(item) && (!tableQuery() || matches(item));

/** Labels that found no room are counted, not silently left out. */
function reportLabels() {
  const node = byId("labels");
  const text = labels.hidden ? say("labels-hidden", { n: labels.hidden }) : "";
  if (node.textContent !== text) node.textContent = text;
}

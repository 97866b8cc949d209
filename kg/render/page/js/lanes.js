// The lanes: bands from the top down, and in each the concepts that stand there. The header's
// relation is place here and no line; lines are left for what flows and what is chosen (arcs.js).

const lanes = { open: new Set(), places: new Map(), pills: new Map(), counts: [], pressed: null };

if (DATA.lanes.bands) {
  VIEWS.lanes = {
    draw(changed) {
      const anew = ["view", "language", "filter", "theme"].some((name) => changed.has(name));
      if (anew) drawLanes();
      markLanes();
      if (changed.has("concept")) bringIntoSight();
    },
    note: () => [noteLoose(), noteRepeated()].filter(Boolean).join(say("gap")),
    image: () => pictureOf(byId("bands")),
    paged: true,
  };
}

/** Concept → band → the lines that bring it there; none where the band holds it. */
function placesShown() {
  const places = new Map();
  for (const { band, concept, by } of DATA.standing) {
    if (!conceptShown(concepts[concept]) || (by !== undefined && !edgeShown(edges[by]))) continue;
    if (!places.has(concept)) places.set(concept, new Map());
    const lines = places.get(concept);
    lines.set(band, [...(lines.get(band) || []), ...(by === undefined ? [] : [by])]);
  }
  return places;
}

const holds = (band, concept) => DATA.lanes.bands[band].holds.includes(concept);

const repeatedConcepts = () => [...lanes.places.keys()].filter((id) => lanes.places.get(id).size > 1);

function noteRepeated() {
  const { length } = repeatedConcepts();
  return length ? say("several-bands", { n: length }) : "";
}

function drawLanes() {
  lanes.places = placesShown();
  lanes.counts = concepts.map(({ id }) => passagesShown(id));
  byId("bands").classList.toggle("still", !flowsShown().length);
  byId("bands").replaceChildren(
    lanesLead(),
    flowBlocks(),
    ...DATA.lanes.bands.map((band, number) => bandSection(number)),
    looseSection(),
    svg("svg", { id: "arcs", "aria-hidden": "true" }),
  );
  fitGutter();
}

/** How a concept comes into a band, in words; the relation is the ontology's. */
function lanesLead() {
  const { relation } = DATA.lanes;
  const how = relation === null ? say("lanes-held") : say("lanes-how", { relation: termLabel(relations[relation].term) });
  const repeated = repeatedConcepts();
  const ladders = repeated.length ? [bandLadder([...lanes.places.get(repeated[0]).keys()]), " ", say("lanes-ladder")] : [];
  const flowing = flowsShown().length ? [stroke(paint("stream"), [5, 3], 1.6), " ", say("lanes-flows")] : [];
  const nearest = DATA.led.length ? [say("lanes-led")] : [];
  return el("p", { class: "lead" }, [[how], nearest, ladders, flowing].filter((part) => part.length).map((part) => el("span", {}, part)));
}

// ── A band ──────────────────────────────────────────────────────────────────────────────────────

function bandSection(number) {
  const { term, holds: held } = DATA.lanes.bands[number];
  const here = [...lanes.places.keys()].filter((id) => lanes.places.get(id).has(number)).sort(byEvidence);
  const cards = here.filter((id) => held.includes(id));
  const others = here.filter((id) => !held.includes(id));
  const ends = flowEnds();
  const name = `band-${number}`;
  return el("section", { class: "band", "aria-labelledby": name },
    el("div", { class: "shelf" },
      el("h2", { id: name }, termWords(term)),
      el("p", { class: "many" }, say("concepts-count", { n: here.length })),
      el("ul", { class: "cards" }, cards.map((id) => el("li", { class: ends.has(id) ? "flowing" : lanes.counts[id] ? null : "bare" }, pill(id, number))))),
    el("div", { class: "gutter" }),
    el("div", { class: "ranks" }, classGroups(others, number), el("div", { class: "rest", "data-band": number })));
}

const byEvidence = (a, b) => lanes.counts[b] - lanes.counts[a] || lineCount(b) - lineCount(a) || a - b;

/** Concepts under the name of their class, which one class alone does not need. */
function classGroups(ids, band) {
  const groups = groupBy(ids, (id) => concepts[id].group);
  return [...groups.keys()].sort((a, b) => a - b).map((cls) =>
    el("div", { class: "group" },
      groups.size > 1 ? el("h3", {}, glyph(cls), termWords(classes[cls].term)) : "",
      el("ul", { class: "pills" }, groups.get(cls).map((at) => el("li", {}, pill(ids[at], band))))));
}

function pill(id, band) {
  const bands = [...(lanes.places.get(id)?.keys() || [])];
  return el("button", { type: "button", class: "pill", title: whyHere(id, band), "data-concept": id, tabindex: -1, on: { click: pressPill } },
    sizedGlyph(id), el("span", { class: "name" }, conceptWords(id)), bands.length > 1 ? bandLadder(bands) : "",
    lanes.counts[id] ? el("span", { class: "count" }, String(lanes.counts[id])) : "");
}

/** The larger, the more passages; hollow where there are none. */
function sizedGlyph(id) {
  const count = lanes.counts[id];
  const mark = glyph(concepts[id].group);
  mark.style.setProperty("--size", `${Math.min(18, 7 + 2.4 * Math.sqrt(count))}px`);
  if (!count) {
    const path = mark.firstChild;
    path.setAttribute("stroke", path.getAttribute("fill"));
    path.setAttribute("stroke-width", "1.8");
    path.setAttribute("fill", "none");
  }
  return mark;
}

const bandLadder = (bands) => ladder(DATA.lanes.bands.length, bands);

/** What a concept reaches in this band, and the other bands that it stands in. */
function whyHere(id, band) {
  const places = lanes.places.get(id);
  const reached = (places?.get(band) || []).map((line) => conceptLabel(edges[line].to));
  const why = reached.length ? `${relationLabel(edges[places.get(band)[0]])}: ${enumerate(reached)}` : "";
  const others = [...(places?.keys() || [])].filter((other) => other !== band)
    .map((other) => termLabel(DATA.lanes.bands[other].term));
  const also = others.length ? say("also-in", { names: enumerate(others) }) : "";
  return [conceptLabel(id), why, whyLed(id), also].filter(Boolean).join("\n");
}

// ── What is chosen ──────────────────────────────────────────────────────────────────────────────

/** What is chosen and what belongs to it stand out; the rest steps back. */
function markLanes() {
  const near = focus();
  drawRests(near);
  lanes.pills.clear();
  byId("lanes").classList.toggle("focused", near !== null);
  const all = [...byId("bands").querySelectorAll(".pill")];
  for (const node of all) {
    const id = Number(node.dataset.concept);
    lanes.pills.set(id, [...(lanes.pills.get(id) || []), node]);
    node.parentElement.classList.toggle("near", Boolean(near?.concepts.has(id)));
    node.setAttribute("aria-pressed", String(id === state.concept));
    node.tabIndex = -1;
  }
  const first = lanes.pills.get(state.concept)?.[0] || all[0];
  if (first) first.tabIndex = 0;
  drawArcs(near);
}

/** What was pressed stays under the hand, though the bands grow narrower and shorter. */
function pressPill({ currentTarget: node }) {
  const id = Number(node.dataset.concept);
  lanes.pressed = { at: lanes.pills.get(id).indexOf(node), top: node.getBoundingClientRect().top };
  select(id);
}

function bringIntoSight() {
  const nodes = lanes.pills.get(state.concept) || [];
  const { at, top } = lanes.pressed || {};
  lanes.pressed = null;
  if (nodes[at]) {
    byId("lanes").scrollTop += nodes[at].getBoundingClientRect().top - top;
    nodes[at].focus({ preventScroll: true });
  } else nodes[0]?.scrollIntoView({ block: "nearest" });
}

/** A concept under the pointer shows itself wherever it stands, and its neighbours. */
function hoverLanes(event) {
  const node = event.target.closest?.("[data-concept]");
  const id = event.type === "pointerover" && node ? Number(node.dataset.concept) : null;
  const lines = id === null ? [] : (edgesAt.get(id) || []).filter((line) => edgeShown(edges[line]));
  const around = new Set(lines.flatMap((line) => [edges[line].from, edges[line].to]));
  for (const [other, nodes] of lanes.pills) {
    for (const each of nodes) {
      each.classList.toggle("hovered", other === id);
      each.classList.toggle("beside", other !== id && around.has(other));
    }
  }
}

moveByArrows(byId("bands"), ".pill");
for (const name of ["pointerover", "pointerout"]) byId("bands").addEventListener(name, hoverLanes);

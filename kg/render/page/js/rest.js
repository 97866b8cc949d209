// What has no place of its own in the lanes: below each band what is nearest to it by its lines, and
// at the end what is nearest to none. Folded, each shows only what is chosen, what belongs to that,
// and what something flows from or to.

const NOWHERE = -1;
const ledTo = new Map((DATA.led ?? []).map((led) => [led.concept, led]));

/** What is shown and has no place of its own, by the band that it is nearest to. */
function restOf(band) {
  return concepts.map(({ id }) => id).filter((id) =>
    conceptShown(concepts[id]) && !lanes.places.has(id) && (ledTo.get(id)?.band ?? NOWHERE) === band);
}

function noteLoose() {
  const { length } = restOf(NOWHERE);
  return length ? say("no-band-note", { n: length }) : "";
}

function whyLed(id) {
  const led = lanes.places.has(id) ? undefined : ledTo.get(id);
  return led ? say("led-here", led) : "";
}

function looseSection() {
  const { length } = restOf(NOWHERE);
  return el("section", { id: "loose", class: "band", hidden: !length, "aria-labelledby": "loose-name" },
    el("div", { class: "shelf" },
      el("h2", { id: "loose-name" }, say("no-band")),
      el("p", { class: "many" }, say("concepts-count", { n: length }))),
    el("div", { class: "gutter" }),
    el("div", { class: "ranks" }, el("div", { class: "rest", "data-band": NOWHERE })));
}

function drawRests(near) {
  for (const node of byId("bands").querySelectorAll(".rest")) drawRest(node, Number(node.dataset.band), near);
}

function drawRest(node, band, near) {
  const rest = restOf(band).sort(byEvidence);
  const open = lanes.open.has(band);
  const wanted = (id) => open || near?.concepts.has(id) || flowEnds().has(id);
  node.hidden = !rest.length;
  node.classList.toggle("folded", !open);
  node.replaceChildren(
    el("p", { class: "tally" },
      band === NOWHERE ? "" : el("span", { class: "title" }, say("nearest")),
      open ? "" : classCounts(rest), foldButton(band, rest.length)),
    ...classGroups(rest.filter(wanted), band === NOWHERE ? null : band));
}

/** How many there are of each class. */
function classCounts(rest) {
  const groups = groupBy(rest, (id) => concepts[id].group);
  return [...groups.keys()].sort((a, b) => a - b).map((cls) =>
    el("span", {}, glyph(cls), termWords(classes[cls].term), " ", el("span", { class: "count" }, String(groups.get(cls).length))));
}

function foldButton(band, n) {
  const open = lanes.open.has(band);
  return el("button", { type: "button", class: "quiet fold", "aria-expanded": String(open), on: { click: () => toggleRest(band) } },
    open ? say("fold") : say("show-n", { n }));
}

function toggleRest(band) {
  if (!lanes.open.delete(band)) lanes.open.add(band);
  markLanes();
  byId("bands").querySelector(`.rest[data-band="${band}"] .fold`).focus();
}

/** On paper nothing is folded. */
function unfoldRests() {
  const before = [...lanes.open];
  lanes.open = new Set([NOWHERE, ...DATA.lanes.bands.keys()]);
  markLanes();
  return () => {
    lanes.open = new Set(before);
    markLanes();
  };
}

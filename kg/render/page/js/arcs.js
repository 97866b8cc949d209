// Lines over the lanes: what flows, from band to band, beside a block that says what; and the lines
// of the chosen concept. All stand on one layer, drawn from where the concepts stand on the screen.

const FLOW_GAP = 8;
const TRACK = 8;
const GUTTER = 216;
const CROWD = 16;
const NARROW = 700;

const flowsShown = () => edges.map((edge, index) => index).filter((index) => edges[index].kind === "flow" && edgeShown(edges[index]));

/** Where something flows from and to; what moves stands in for an end that is not said. */
const endsOf = ({ from, to, of }) => [from === of ? null : from, to === of ? null : to];

const flowEnds = () => new Set(flowsShown().flatMap((index) => endsOf(edges[index])).filter((end) => end !== null));

/** Flows with the same ends, in the order of the bands. */
function bundles() {
  const shown = flowsShown();
  return [...groupBy(shown, (index) => endsOf(edges[index]).join(" ")).values()]
    .map((at) => at.map((number) => shown[number]));
}

function flowBlocks() {
  return el("div", { id: "flows" }, bundles().map((lines) => {
    const [from, to] = endsOf(edges[lines[0]]);
    const same = groupBy(lines, (line) => edges[line].of);
    return el("div", { class: "flow-block", "data-lines": lines.join(" ") },
      el("p", { class: "ends" }, from === null ? say("not-said") : conceptWords(from), " → ", to === null ? say("not-said") : conceptWords(to)),
      [...same.values()].map((at) => flowButton(at.map((number) => lines[number]))));
  }));
}

/** What flows the same way by several means has one name, and one line more with every click. */
function flowButton(lines) {
  const { of } = edges[lines[0]];
  const press = () => selectEdge(lines[(lines.indexOf(state.edge) + 1) % lines.length]);
  return el("button", { type: "button", class: "flow", "data-lines": lines.join(" "), title: lines.map(flowTitle).join("\n"), on: { click: press } },
    glyph(concepts[of].group), conceptWords(of), lines.length > 1 ? el("span", { class: "count" }, `×${lines.length}`) : "");
}

function flowTitle(line) {
  const { of, via } = edges[line];
  const [from, to] = endsOf(edges[line]).map((end) => (end === null ? say("not-said") : conceptLabel(end)));
  const by = via === undefined ? "" : ` (${say("via")} ${conceptLabel(via)})`;
  return `${conceptLabel(of)}: ${from} → ${to}${by}`;
}

/** The room between the shelves and the rest is as wide as what flows through it needs. */
function fitGutter() {
  const blocks = [...byId("flows").children];
  const widest = Math.max(0, ...blocks.map(({ offsetWidth }) => offsetWidth));
  byId("bands").style.setProperty("--gutter", `${Math.min(GUTTER, 26 + blocks.length * TRACK + widest)}px`);
}

const linesOn = (node) => node.dataset.lines.split(" ").map(Number);

// ── Where things stand ──────────────────────────────────────────────────────────────────────────

/** The rectangle of an element, from the corner of the bands. */
function boxIn(sheet, node) {
  const box = node.getBoundingClientRect();
  const left = box.left - sheet.left;
  const top = box.top - sheet.top;
  const card = Boolean(node.closest(".cards"));
  return { left, top, right: left + box.width, y: top + box.height / 2, x: left + box.width / 2, card };
}

function drawArcs(near) {
  const root = byId("bands");
  const sheet = root.getBoundingClientRect();
  const arcs = byId("arcs");
  arcs.replaceChildren();
  arcs.setAttribute("width", sheet.width);
  arcs.setAttribute("height", sheet.height);
  if (!sheet.width) return;
  lanes.narrow = sheet.width < NARROW;
  const boxes = new Map([...lanes.pills].map(([id, nodes]) => [id, nodes.map((node) => boxIn(sheet, node))]));
  const parts = [...flowArcs(root, sheet, boxes, near), ...chosenArcs(boxes, near)];
  arcs.classList.toggle("many", near?.edges.size > CROWD);
  arcs.append(...parts);
}

// ── What flows ──────────────────────────────────────────────────────────────────────────────────

function flowArcs(root, sheet, boxes, near) {
  const blocks = [...root.querySelectorAll(".flow-block")].map((node) => {
    const lines = linesOn(node);
    return { node, lines, ends: endsOf(edges[lines[0]]).map((end) => boxes.get(end)?.[0] ?? null) };
  });
  for (const { node, lines } of blocks) {
    node.classList.toggle("away", near !== null && !lines.some((line) => near.edges.has(line)));
    for (const flow of node.querySelectorAll(".flow")) flow.setAttribute("aria-pressed", String(linesOn(flow).includes(state.edge)));
  }
  blocks.forEach((block, number) => (block.ports = portsOf(block, number, blocks)));
  if (lanes.narrow) return blocks.flatMap((block, number) => marginArc(block, 24 - (number % 5) * 4.5, near));
  const gutter = boxIn(sheet, root.querySelector(".gutter"));
  stack(blocks, gutter, sheet.height);
  return layTracks(blocks, gutter).flatMap((block) => trackArc(block, gutter, near));
}

/** Lines that meet at a concept come in side by side. */
function portsOf({ ends }, number, blocks) {
  return ends.map((end) => {
    const meeting = blocks.filter((block) => block.ends.includes(end));
    const step = Math.min(6, 18 / meeting.length);
    return end && end.y + (meeting.indexOf(blocks[number]) - (meeting.length - 1) / 2) * step;
  });
}

/** Each block stands between the heights of its ends, and none over another. */
function stack(blocks, gutter, height) {
  const wish = ({ ports }) => ports.filter(Boolean).reduce((sum, y, _, all) => sum + y / all.length, 0);
  const order = blocks.map((block) => ({ block, half: block.node.offsetHeight / 2, y: wish(block) })).sort((a, b) => a.y - b.y);
  let floor = gutter.top;
  for (const item of order) {
    item.y = Math.max(item.y, floor + item.half);
    floor = item.y + item.half + FLOW_GAP;
  }
  let ceiling = height - FLOW_GAP;
  for (const item of order.toReversed()) {
    item.y = Math.min(item.y, ceiling - item.half);
    ceiling = item.y - item.half - FLOW_GAP;
  }
  for (const { block, half, y } of order) {
    block.y = y;
    block.node.style.setProperty("top", `${y - half}px`);
  }
}

/** Each line has a track of its own, the longer the farther out; the blocks stand beside them all. */
function layTracks(blocks, gutter) {
  const reach = ({ ports, y }) => Math.max(...ports.filter(Boolean), y) - Math.min(...ports.filter(Boolean), y);
  const order = [...blocks].sort((a, b) => reach(a) - reach(b));
  order.forEach((block, number) => (block.x = gutter.left + 10 + number * TRACK));
  const beside = gutter.left + 10 + blocks.length * TRACK;
  for (const { node } of blocks) {
    node.style.setProperty("left", `${beside}px`);
    node.style.setProperty("max-width", `${gutter.right - beside - 6}px`);
  }
  return order;
}

/** From where it comes along the track to where it goes, with a spur to the block that names it. */
function trackArc({ node, lines, ends, ports, x, y }, gutter, near) {
  const [from, to] = ends;
  const side = (end) => (end.left >= gutter.right ? end.left - 2 : end.right + 2);
  const spur = node.offsetLeft - 3;
  const start = from ? [side(from), ports[0]] : [spur, y];
  const end = to ? [side(to), ports[1]] : [spur, y];
  const turn = to ? Math.sign(end[0] - x) : 0;
  const parts = arc(lines, track(start, x, [end[0] - turn * 5, end[1]]), to && [end[0], end[1], turn, 0], near);
  const joint = Math.max(Math.min(...ports), Math.min(Math.max(...ports), y));
  return from && to ? [...parts, ...arc(lines, `M${x} ${joint}V${y}H${spur}`, null, near)] : parts;
}

/** Across to the track, along it, and across again, with round corners. */
function track([x0, y0], x, [x1, y1]) {
  const down = Math.sign(y1 - y0);
  const bend = Math.min(9, Math.abs(y1 - y0) / 2);
  if (!down) return `M${x0} ${y0}H${x1}`;
  const [into, out] = [Math.sign(x - x0), Math.sign(x1 - x)];
  return `M${x0} ${y0}H${x - into * bend}Q${x} ${y0} ${x} ${y0 + down * bend}V${y1 - down * bend}Q${x} ${y1} ${x + out * bend} ${y1}H${x1}`;
}

/** On a phone flows run down the margin; their blocks stand above the bands. */
function marginArc({ lines, ends: [from, to], ports }, x, near) {
  if (!from || !to) return [];
  return arc(lines, track([from.left, ports[0]], x, [to.left - 6, ports[1]]), [to.left - 1, ports[1], 1, 0], near);
}

// ── What is chosen ──────────────────────────────────────────────────────────────────────────────

/** A line that is place already is drawn only where it is chosen itself. */
function chosenArcs(boxes, near) {
  if (!near) return [];
  return [...near.edges]
    .filter((line) => edges[line].kind !== "flow" && (line === state.edge || edges[line].relation !== DATA.lanes.relation))
    .flatMap((line) => {
      const pair = nearestPair(boxes.get(edges[line].from), boxes.get(edges[line].to));
      return pair && edges[line].from !== edges[line].to ? pillArc(line, ...pair, near) : [];
    });
}

function nearestPair(some = [], others = []) {
  const pairs = some.flatMap((a) => others.map((b) => [Math.abs(a.y - b.y) + Math.abs(a.x - b.x), a, b]));
  return pairs.sort((a, b) => a[0] - b[0])[0]?.slice(1);
}

/** From side to side; between what stands in one column a bow to where there is room. */
function pillArc(line, a, b, near) {
  const across = b.left >= a.right + 8 ? 1 : b.right <= a.left - 8 ? -1 : 0;
  const bow = (a.card && b.card) || lanes.narrow ? 1 : -1;
  const [from, to] = [across || bow, -across || bow];
  const at = (box, side) => (side > 0 ? box.right + 1 : box.left - 1);
  const [x, end] = [at(a, from), at(b, to) + to * 6];
  const bend = across ? Math.max(24, Math.abs(end - x) / 2) : Math.min(40, 16 + Math.abs(b.y - a.y) / 8);
  return arc([line], `M${x} ${a.y}C${x + from * bend} ${a.y} ${end + to * bend} ${b.y} ${end} ${b.y}`, [end - to * 5, b.y, -to, 0], near);
}

/** A line, its head at [x, y] pointing along [dx, dy], and a broad unseen one to click on. */
function arc(lines, d, head, near) {
  const edge = edges[lines[0]];
  const chosen = Boolean(near) && lines.some((line) => near.edges.has(line));
  const away = near && !chosen;
  const colour = edgeColour(edge);
  const look = { class: `arc ${edge.kind}${away ? " away" : ""}${chosen ? " chosen" : ""}`, d, stroke: colour, fill: "none", "stroke-width": Math.max(1.3, edge.width * 0.9) };
  if (DASHES[edge.kind]) look["stroke-dasharray"] = edge.kind === "flow" ? "6 4" : DASHES[edge.kind].join(" ");
  const title = svg("title", {}, plainLine(lines));
  const hit = svg("path", { class: "hit", d, fill: "none", stroke: "transparent", "stroke-width": 11 }, title);
  hit.addEventListener("click", () => selectEdge(lines[0]));
  return [svg("g", { "data-lines": lines.join(" ") }, svg("path", look), ...(head ? [arrowhead(head, colour, away)] : []), hit)];
}

function plainLine(lines) {
  if (edges[lines[0]].kind === "flow") return lines.map(flowTitle).join("\n");
  const { from, to } = edges[lines[0]];
  return `${conceptLabel(from)} – ${relationLabel(edges[lines[0]])} – ${conceptLabel(to)}`;
}

function arrowhead([x, y, dx, dy], colour, away) {
  const corner = (along, across) => `${x - dx * along - dy * across} ${y - dy * along + dx * across}`;
  return svg("path", { class: `head${away ? " away" : ""}`, d: `M${x} ${y}L${corner(8, 4)}L${corner(8, -4)}Z`, fill: colour });
}

/** A line and its block point out each other. */
function hoverFlow(event) {
  const over = event.type === "pointerover" && event.target.closest?.(".flow-block, #arcs g")?.dataset.lines;
  for (const node of byId("bands").querySelectorAll(".flow-block, #arcs g")) {
    node.classList.toggle("hovered", Boolean(over) && linesOn(node).some((line) => over.split(" ").includes(String(line))));
  }
}

for (const name of ["pointerover", "pointerout"]) byId("bands").addEventListener(name, hoverFlow);
new ResizeObserver(() => state.view === "lanes" && drawArcs(focus())).observe(byId("bands"));

// The map on a plain canvas, for very many concepts. Towards the rest of the page it is what vis-network
// is: it has a view that can be moved, says what lies under the hand, and tells of clicks and gestures.

const NEAR = 5;
const STILL = 4;
const LONG = 500;
const ZOOM = { wheel: 0.0012, line: 16, least: 0.002, most: 8 };
const plain = {
  canvas: null, heard: new Map(), sets: [], concepts: [], lines: [],
  view: { translation: { x: 0, y: 0 }, scale: 1 }, drawing: false, blocked: false, wanted: false,
  fingers: new Map(), press: null, under: {},
};

function plainMap(container) {
  plain.canvas = el("canvas", { id: "plain" });
  container.replaceChildren(plain.canvas);
  listenToHands(container);
  new ResizeObserver(() => {
    redrawPlain();
    tellPlain("resize");
  }).observe(container);
  const middle = () => ({ x: container.clientWidth / 2, y: container.clientHeight / 2 });
  return {
    body: { view: plain.view },
    on: (event, act) => plain.heard.set(event, [...(plain.heard.get(event) || []), act]),
    getScale: () => plain.view.scale,
    getViewPosition: () => onMap(middle()),
    canvasToDOM: (place) => onScreen({ ...plain.view.translation, scale: plain.view.scale }, place),
    DOMtoCanvas: onMap,
    moveTo({ position, scale = plain.view.scale }) {
      const { x, y } = middle();
      setView(x - position.x * scale, y - position.y * scale, scale);
      redrawPlain();
    },
    redraw: redrawPlain,
    redress: dressPlain,
    replace: dressPlain,
    block(held) {
      plain.blocked = held;
      if (!held && plain.wanted) redrawPlain();
    },
  };
}

const tellPlain = (event, what = {}) => (plain.heard.get(event) || []).forEach((act) => act(what));

function setView(x, y, scale) {
  Object.assign(plain.view.translation, { x, y });
  plain.view.scale = scale;
}

/** From the map's corner on the screen to the map. */
const onMap = ({ x, y }) => ({
  x: (x - plain.view.translation.x) / plain.view.scale,
  y: (y - plain.view.translation.y) / plain.view.scale,
});

// ── Drawing ─────────────────────────────────────────────────────────────────────────────────────

/** What stands on the map, after the filter or the groups have changed. */
function dressPlain() {
  plain.sets = alike(edges.keys());
  regroup();
  const standing = (flags) => [...flags.keys()].filter((index) => flags[index]);
  plain.concepts = standing(folds.standing);
  plain.lines = standing(folds.lines);
  redrawPlain();
}

/** Before the next frame, once; while a gesture holds the picture, when it is let go. */
function redrawPlain() {
  plain.wanted = true;
  if (plain.drawing || plain.blocked) return;
  plain.drawing = true;
  requestAnimationFrame(() => {
    plain.drawing = false;
    if (!plain.blocked) drawPlain();
  });
}

function drawPlain() {
  plain.wanted = false;
  const view = sight();
  const context = cleared(plain.canvas, view);
  paintLines(context, view, plain.sets, (index) => folds.lines[index], quietness);
  paintTies(context, view);
  paintMarks(context, view, plain.concepts, 1);
  paintGroups(context, view);
  tellPlain("afterDrawing");
}

// ── What lies under the hand ────────────────────────────────────────────────────────────────────

/** What stands out is meant before what stands behind it. All of it is looked through: that is quick. */
function whatIsAt(at) {
  const near = focus() ?? { concepts: [], edges: [] };
  const node = nearestConcept(at, near.concepts);
  const group = node === null ? groupAt(at) : null;
  if (group !== null) return { nodes: [], edges: [], group };
  const concept = node ?? nearestConcept(at, plain.concepts);
  const line = concept === null ? nearestLine(at, near.edges) ?? nearestLine(at, plain.lines) : null;
  const list = (index) => (index === null ? [] : [index]);
  return { nodes: list(concept), edges: list(line), group: null };
}

function nearestConcept(at, among) {
  const view = sight();
  let [nearest, least] = [null, Infinity];
  for (const index of among) {
    const { x, y } = onScreen(view, concepts[index]);
    const away = Math.hypot(x - at.x, y - at.y) - Math.max(CHOSEN.least, radiusOf(concepts[index], view));
    if (away < Math.min(least, NEAR)) [nearest, least] = [index, away];
  }
  return nearest;
}

function nearestLine(at, among) {
  const reach = NEAR / plain.view.scale;
  const place = onMap(at);
  let [nearest, least] = [null, reach];
  for (const index of among) {
    const away = distanceTo(index, place, reach);
    if (away < least) [nearest, least] = [index, away];
  }
  return nearest;
}

// ── Hands ───────────────────────────────────────────────────────────────────────────────────────

function listenToHands(container) {
  const heed = (event, act) => container.addEventListener(event, act, { passive: false });
  heed("pointerdown", pressed);
  heed("pointermove", moved);
  heed("pointerup", lifted);
  heed("pointercancel", lifted);
  heed("pointerleave", () => plain.fingers.size || overNothing());
  heed("wheel", wheeled);
}

function pointOf(event) {
  const { left, top } = byId("map").getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function pressed(event) {
  if (event.button > 0) return;
  byId("map").setPointerCapture(event.pointerId);
  plain.fingers.set(event.pointerId, pointOf(event));
  plain.press = { at: pointOf(event), since: performance.now(), still: plain.fingers.size === 1, dragged: false };
}

function moved(event) {
  const before = plain.fingers.get(event.pointerId);
  const at = pointOf(event);
  if (!before) return lookUnder(at);
  if (plain.press.still && Math.hypot(at.x - plain.press.at.x, at.y - plain.press.at.y) < STILL) return;
  plain.press.still = false;
  if (!plain.press.dragged) tellPlain("dragStart");
  plain.press.dragged = true;
  const [others, grown] = spread(event.pointerId, before, at);
  const { translation, scale } = plain.view;
  const [from, to] = [mean([before, ...others]), mean([at, ...others])];
  const wanted = bounded(scale * grown);
  setView(to.x - ((from.x - translation.x) / scale) * wanted, to.y - ((from.y - translation.y) / scale) * wanted, wanted);
  plain.fingers.set(event.pointerId, at);
  tellPlain("dragging");
}

/** The other fingers, and how much farther apart they are than before. */
function spread(moving, before, at) {
  const others = [...plain.fingers].filter(([id]) => id !== moving).map(([, place]) => place);
  if (!others.length) return [others, 1];
  const apart = (place) => Math.hypot(place.x - others[0].x, place.y - others[0].y) || 1;
  return [others, apart(at) / apart(before)];
}

const mean = (places) => ({
  x: places.reduce((sum, { x }) => sum + x, 0) / places.length,
  y: places.reduce((sum, { y }) => sum + y, 0) / places.length,
});

const bounded = (scale) => Math.min(ZOOM.most, Math.max(ZOOM.least, scale));

function lifted(event) {
  if (!plain.fingers.delete(event.pointerId) || plain.fingers.size) return;
  const { still, since, dragged, at } = plain.press;
  if (dragged) tellPlain("dragEnd");
  else if (event.type === "pointerup" && still && performance.now() - since < LONG) tellPlain("click", whatIsAt(at));
}

function wheeled(event) {
  event.preventDefault();
  const { x, y } = pointOf(event);
  const delta = event.deltaY * (event.deltaMode ? ZOOM.line : 1);
  const { translation, scale } = plain.view;
  const wanted = bounded(scale * Math.exp(-ZOOM.wheel * delta));
  setView(x - ((x - translation.x) / scale) * wanted, y - ((y - translation.y) / scale) * wanted, wanted);
  tellPlain("zoom");
}

/** Once a frame is enough to know what lies under a moving hand. */
function lookUnder(at) {
  if (!plain.under.at) requestAnimationFrame(hoverUnder);
  plain.under.at = at;
}

function hoverUnder() {
  const { nodes, edges: lines, group } = whatIsAt(plain.under.at);
  plain.under.at = null;
  const [hovered, hoveredEdge] = [nodes[0] ?? null, lines[0] ?? null];
  if (hovered === map.hovered && hoveredEdge === map.hoveredEdge && group === folds.hovered) return;
  folds.hovered = group;
  hover({ hovered, hoveredEdge });
}

const overNothing = () => {
  folds.hovered = null;
  hover({ hovered: null, hoveredEdge: null });
};

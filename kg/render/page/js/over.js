// What lies over the finished picture: what is chosen, with the picture stepped back behind it, and the
// labels. To choose or to hover draws this layer only, however much the picture holds.

const CHOSEN = { opacity: 0.95, lines: { grown: 1.5, least: 1.4 }, least: 3.5, most: 6 };
const POINTED = { opacity: 0.85, lines: { grown: 1.2, least: 1.1 } };
const PAST = { lines: [], concepts: new Set() };
const over = { canvas: null, stale: false, placed: null };

function layOver() {
  over.canvas = el("canvas", { id: "over", "aria-hidden": "true" });
  byId("map").append(over.canvas);
  map.network.on("afterDrawing", () => {
    over.placed = null;
    drawOver();
  });
  drawOver();
}

/** Before the next frame, once; where only the hand has moved, labels stay where they are. */
function requestOver({ anew = true } = {}) {
  over.stale = true;
  if (anew) over.placed = null;
  requestAnimationFrame(() => over.stale && drawOver());
}

function drawOver() {
  over.stale = false;
  const view = sight();
  const context = cleared(over.canvas, view);
  const near = focus();
  byId("map").classList.toggle("focused", Boolean(near));
  if (near) {
    paintLines(context, view, alike(near.edges), () => true, () => CHOSEN.opacity, CHOSEN.lines);
    const marks = [...near.concepts].filter((index) => conceptShown(concepts[index]));
    paintMarks(context, view, marks, CHOSEN.least, true);
    paintMarks(context, view, marks.filter((index) => index === state.concept), CHOSEN.most, true);
  }
  const pointed = near ? PAST : pointedAt();
  paintLines(context, view, alike(pointed.lines), () => true, () => POINTED.opacity, POINTED.lines);
  paintMarks(context, view, pointed.concepts, 1, true);
  over.placed ??= placeLabels(view, near);
  labels.boxes = withHovered(view, over.placed.boxes, over.placed.room);
  labels.hidden = over.placed.hidden;
  for (const box of [...labels.boxes].reverse()) drawLabel(context, pointed.concepts.has(box.index) ? { ...box, ink: "ink" } : box);
  reportLabels();
}

/** The lines of what lies under the hand, and the concepts at their ends. */
function pointedAt() {
  const at = map.hovered === null ? [map.hoveredEdge].filter((line) => line !== null) : edgesAt.get(map.hovered) ?? [];
  const seen = (index) => onShow(concepts[index], index);
  const lines = at.filter((line) => edgeShown(edges[line]) && seen(edges[line].from) && seen(edges[line].to));
  const ends = lines.flatMap((line) => [edges[line].from, edges[line].to]);
  return { lines, concepts: new Set(map.hovered === null ? ends : [map.hovered, ...ends]) };
}

/** The context of an empty canvas as large as the view, in the screen's own pixels. */
function cleared(canvas, { width, height }) {
  const [across, down] = [width, height].map((side) => Math.round(side * devicePixelRatio));
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down });
  const context = canvas.getContext("2d");
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, across, down);
  context.scale(devicePixelRatio, devicePixelRatio);
  return context;
}

/** The map as it is seen, on one canvas. */
function mapPicture() {
  if (plain.wanted) drawPlain();
  const base = byId("map").querySelector("canvas");
  const whole = el("canvas", { width: over.canvas.width, height: over.canvas.height });
  const context = whole.getContext("2d");
  context.fillStyle = paint("paper");
  context.fillRect(0, 0, whole.width, whole.height);
  context.globalAlpha = Number(getComputedStyle(base).opacity);
  context.drawImage(base, 0, 0, whole.width, whole.height);
  context.globalAlpha = 1;
  context.drawImage(over.canvas, 0, 0);
  return whole;
}

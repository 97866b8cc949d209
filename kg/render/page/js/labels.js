// Labels: drawn over the finished picture. Each concept, the best known first, takes the first of
// eight places around its mark that is clear of labels, marks and the edge of the map, or has none.

const FONT = getComputedStyle(document.body).fontFamily;
const WRAP = 19;
const CELL = 48;
const FEW_LINES = 16;
const labels = { boxes: [], hidden: 0, widths: new Map() };

/** Long labels stand on two lines, broken near the middle. */
function linesOf(text) {
  const wide = [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 1.8 : 1), 0);
  if (wide <= WRAP) return [text];
  const breaks = [...text.matchAll(/[\s–-]+|(?<=[\u3000-\u9fff])(?=[\u3000-\u9fff])/g)];
  const middle = text.length / 2;
  const best = breaks
    .map((match) => match.index + match[0].length)
    .filter((at) => at > 2 && at < text.length - 2)
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return best ? [text.slice(0, best).trimEnd(), text.slice(best)] : [text];
}

/** How wide a label stands at a scale of 1. */
function labelWidth(index) {
  const context = byId("map").querySelector("canvas").getContext("2d");
  const font = `450 ${DATA.letters}px ${FONT}`;
  return Math.max(...linesOf(conceptLabel(index)).map((line) => widthOf(context, line, font)));
}

function widthOf(context, text, font) {
  const key = `${font} ${text}`;
  if (!labels.widths.has(key)) {
    context.font = font;
    labels.widths.set(key, context.measureText(text).width);
  }
  return labels.widths.get(key);
}

/** What is taken already, in cells, so that a question looks at its own corner only. */
function occupancy() {
  const cells = new Map();
  const cellsOf = (box, act) => {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) act(`${x} ${y}`);
    }
  };
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return {
    take: (box) => cellsOf(box, (cell) => cells.set(cell, [...(cells.get(cell) || []), box])),
    isFree(box) {
      let free = true;
      cellsOf(box, (cell) => {
        if (free && cells.has(cell)) free = !cells.get(cell).some((other) => meets(box, other));
      });
      return free;
    },
  };
}

/** The eight places: right, left, below, above, then the corners. */
function candidates({ x, y }, radius, width, height) {
  const gap = radius + 4;
  const slant = radius * 0.7 + 3;
  const at = (left, top, align) => ({ left, top, right: left + width, bottom: top + height, align });
  return [
    at(x + gap, y - height / 2, "left"),
    at(x - gap - width, y - height / 2, "right"),
    at(x - width / 2, y + gap - 1, "center"),
    at(x - width / 2, y - gap - height + 1, "center"),
    at(x + slant, y + slant - 4, "left"),
    at(x - slant - width, y + slant - 4, "right"),
    at(x + slant, y - slant - height + 4, "left"),
    at(x - slant - width, y - slant - height + 4, "right"),
  ];
}

function fontOf(index, scale) {
  const chosen = index === state.concept || index === map.hovered;
  const size = Math.max(10.5, Math.min(15.5, DATA.letters * Math.sqrt(scale)));
  return { size, font: `${chosen ? 650 : 450} ${size}px ${FONT}` };
}

/** Chosen first, then hovered, then by how much is said of a concept. */
function byImportance(near) {
  const weight = (index) =>
    (index === state.concept ? 1e6 : index === map.hovered ? 1e5 : 0) +
    concepts[index].passages * 2 +
    (edgesAt.get(index) || []).length;
  return concepts
    .map((concept, index) => index)
    .filter((index) => conceptShown(concepts[index]) && (!near || near.concepts.has(index) || index === map.hovered))
    .sort((a, b) => weight(b) - weight(a) || a - b);
}

function placeLabels(context, place, scale) {
  const near = focus();
  const taken = occupancy();
  const area = openArea();
  const within = (box) =>
    box.left >= area.left + 3 && box.right <= area.right - 3 && box.top >= area.top + 2 && box.bottom <= area.bottom - 2;
  for (const index of byImportance(near)) {
    const { x, y } = place(concepts[index]);
    const reach = concepts[index].size * map.boost * scale;
    taken.take({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach });
  }
  const boxes = [];
  let hidden = 0;
  for (const index of byImportance(near)) {
    const { size, font } = fontOf(index, scale);
    const lines = linesOf(conceptLabel(index));
    const width = Math.max(...lines.map((line) => widthOf(context, line, font)));
    const around = candidates(place(concepts[index]), concepts[index].size * map.boost * scale, width, lines.length * size * 1.18);
    const free = around.find((box) => within(box) && taken.isFree(box));
    const box = free || (index === map.hovered || index === state.concept ? around[0] : null);
    if (!box) hidden += inSight(place(concepts[index]), area) ? 1 : 0;
    else {
      taken.take(box);
      boxes.push({ ...box, lines, size, font, index, forced: !free });
    }
  }
  placeLineLabels(context, place, taken, within, boxes, near);
  return { boxes, hidden };
}

const inSight = ({ x, y }, area) => x > area.left && x < area.right && y > area.top && y < area.bottom;

/** Lines are named where they are hovered, chosen, few, or carry something, if there is room. */
function placeLineLabels(context, place, taken, within, boxes, near) {
  edges.forEach((edge, index) => {
    const asked = index === map.hoveredEdge || index === state.edge;
    const carries = edge.of !== undefined;
    const named = near ? near.edges.has(index) && (carries || near.edges.size <= FEW_LINES) : carries;
    if (!edgeShown(edge) || !(asked || named)) return;
    const font = `italic ${asked ? 600 : 450} 11px ${FONT}`;
    const text = edge.of === undefined ? relationLabel(edge) : conceptLabel(edge.of);
    const width = widthOf(context, text, font);
    const around = [0.5, 0.38, 0.62].map((share) => {
      const { x, y } = place(map.network.body.edges[index].edgeType.getPoint(share));
      return { left: x - width / 2, right: x + width / 2, top: y - 7, bottom: y + 7 };
    });
    const free = around.find((box) => within(box) && taken.isFree(box));
    if (!free && !asked) return;
    const box = free || around[0];
    taken.take(box);
    boxes.push({ ...box, align: "center", lines: [text], size: 11, font, edge: index, forced: asked });
  });
}

function drawLabels(context) {
  const { translation, scale } = map.network.body.view;
  const place = ({ x, y }) => ({ x: x * scale + translation.x, y: y * scale + translation.y });
  const ratio = map.network.canvas.pixelRatio;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(labels, placeLabels(context, place, scale));
  for (const box of [...labels.boxes].reverse()) drawLabel(context, box);
  context.restore();
  reportLabels();
}

function drawLabel(context, box) {
  const anchor = { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align];
  context.font = box.font;
  context.textAlign = box.align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = box.forced ? 7 : 3.5;
  context.strokeStyle = paint("paper");
  context.fillStyle = box.edge === undefined ? paint("ink") : inkOf(edges[box.edge]);
  box.lines.forEach((line, number) => {
    const y = box.top + box.size * 1.18 * (number + 0.5);
    context.strokeText(line, anchor, y);
    context.fillText(line, anchor, y);
  });
}

// Labels: each mark, the best known first, takes the first of the places around it that is clear of
// labels, marks and the edge of the map, or has none.

const FONT = getComputedStyle(document.body).fontFamily;
const WRAP = 19;
const LEADING = 1.18;
const LETTERS = { least: 11, most: 15.5 };
const MEASURED = 40;
const CELL = 48;
const OBSTACLE = 2.2;
const FEW_LINES = 16;
const MOST_TRIED = 4000;
const labels = { boxes: [], hidden: 0, widths: new Map(), lines: new Map() };

/** Long labels stand on two lines, broken near the middle. */
function linesOf(text) {
  if (!labels.lines.has(text)) labels.lines.set(text, broken(text));
  return labels.lines.get(text);
}

function broken(text) {
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
const labelWidth = (index) => widthOf(linesOf(conceptLabel(index)), "450", DATA.letters);

const measuring = el("canvas").getContext("2d");

/** The width of the widest line; measured once at one size, since letters grow evenly. */
function widthOf(lines, style, size) {
  const widths = lines.map((line) => {
    const key = `${style} ${line}`;
    if (!labels.widths.has(key)) {
      measuring.font = `${style} ${MEASURED}px ${FONT}`;
      labels.widths.set(key, measuring.measureText(line).width / MEASURED);
    }
    return labels.widths.get(key);
  });
  return Math.max(...widths) * size;
}

/** What is taken already, in cells, so that a question looks at its own corner only. */
function occupancy() {
  const cells = new Map();
  const cellsOf = (box) => {
    const found = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x++) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y++) found.push(x * 65536 + y);
    }
    return found;
  };
  return {
    take(box) {
      for (const cell of cellsOf(box)) {
        if (cells.has(cell)) cells.get(cell).push(box);
        else cells.set(cell, [box]);
      }
    },
    isFree: (box) => !cellsOf(box).some((cell) => cells.get(cell)?.some((other) => meet(box, other))),
  };
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The eight places: right, left, below, above, then the corners. */
function candidates({ x, y, radius }, width, height) {
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

/** The chosen concept first, then by how much is said of a concept. */
function byImportance(near) {
  if (near) {
    const weight = (index) => (index === state.concept ? Infinity : importance(index));
    return [...near.concepts].sort((a, b) => weight(b) - weight(a) || a - b);
  }
  labels.order ??= [...concepts.keys()].sort((a, b) => importance(b) - importance(a) || a - b);
  return labels.order;
}

const importance = (index) => concepts[index].passages * 2 + (edgesAt.get(index)?.length ?? 0);

/** The marks that may have a label, in order, each with its place on the screen. */
function labelled(view, near) {
  const found = [];
  for (const index of byImportance(near)) {
    if (!conceptShown(concepts[index]) || !sees(view, concepts[index], 0)) continue;
    found.push({ index, ...onScreen(view, concepts[index]), radius: radiusOf(concepts[index], view), text: conceptLabel(index) });
  }
  return found;
}

function placeLabels(view, near) {
  const taken = occupancy();
  const area = openArea();
  const within = (box) =>
    box.left >= area.left + 3 && box.right <= area.right - 3 && box.top >= area.top + 2 && box.bottom <= area.bottom - 2;
  const marks = labelled(view, near).filter((mark) => inSight(mark, area));
  for (const { x, y, radius } of marks) {
    if (radius > OBSTACLE) taken.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
  const free = (box) => within(box) && taken.isFree(box);
  const boxes = [];
  for (const mark of marks.slice(0, MOST_TRIED)) {
    const box = boxFor(mark, view.scale, free);
    if (!box) continue;
    taken.take(box);
    boxes.push(box);
  }
  const hidden = marks.length - boxes.length;
  placeLineLabels(view, near, taken, within, boxes);
  return { boxes: withHovered(view, boxes, free), hidden };
}

/** Where a mark's label goes; null where there is no room. A label that is asked for has a place. */
function boxFor(mark, scale, free) {
  const asked = mark.index !== undefined && (mark.index === state.concept || mark.index === map.hovered);
  const size = Math.max(LETTERS.least, Math.min(LETTERS.most, DATA.letters * Math.sqrt(scale)));
  const style = asked ? "650" : "450";
  const lines = linesOf(mark.text);
  const around = candidates(mark, widthOf(lines, style, size) + 1, lines.length * size * LEADING);
  const room = around.find(free);
  if (!room && !asked) return null;
  return { ...(room ?? around[0]), lines, size, font: `${style} ${size}px ${FONT}`, index: mark.index, forced: !room };
}

/** The label under the hand stands out; others make way. */
function withHovered(view, boxes, free) {
  if (map.hovered === null) return boxes;
  const concept = concepts[map.hovered];
  const mark = { index: map.hovered, ...onScreen(view, concept), radius: radiusOf(concept, view), text: conceptLabel(map.hovered) };
  const others = boxes.filter(({ index }) => index !== map.hovered);
  if (others.length < boxes.length) return boxes;
  const box = boxFor(mark, view.scale, free);
  return [box, ...others.filter((other) => !meet(box, other))];
}

const inSight = ({ x, y }, area) => x > area.left && x < area.right && y > area.top && y < area.bottom;

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────

const carriers = edges.flatMap(({ of }, index) => (of === undefined ? [] : [index]));

/** Lines are named where they are hovered, chosen, few, or carry something, if there is room. */
function placeLineLabels(view, near, taken, within, boxes) {
  const few = near && near.edges.size <= FEW_LINES;
  const named = near ? [...near.edges].filter((index) => few || edges[index].of !== undefined) : carriers;
  const asked = [state.edge, map.hoveredEdge].filter((index) => index !== null);
  for (const index of new Set([...asked, ...named])) {
    if (!edgeShown(edges[index])) continue;
    const box = lineBox(index, view, asked.includes(index), (place) => within(place) && taken.isFree(place));
    if (!box) continue;
    taken.take(box);
    boxes.push(box);
  }
}

function lineBox(index, view, asked, free) {
  const style = asked ? "italic 600" : "italic 450";
  const text = edges[index].of === undefined ? relationLabel(edges[index]) : conceptLabel(edges[index].of);
  const half = widthOf([text], style, LETTERS.least) / 2;
  const around = [0.5, 0.38, 0.62].map((share) => {
    const { x, y } = onScreen(view, pointOn(index, share));
    return { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
  });
  const room = around.find(free);
  if (!room && !asked) return null;
  return {
    ...(room ?? around[0]), align: "center", lines: [text], size: LETTERS.least,
    font: `${style} ${LETTERS.least}px ${FONT}`, edge: index, forced: asked,
  };
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
    const y = box.top + box.size * LEADING * (number + 0.5);
    context.strokeText(line, anchor, y);
    context.fillText(line, anchor, y);
  });
}

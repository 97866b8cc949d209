// Labels: each mark, the best known first, takes the first of the places around it that is clear of
// labels, marks and the edge of the map, or has none.

const FONT = getComputedStyle(document.body).fontFamily;
const WRAP = 19;
const LEADING = 1.14;
const LETTERS = { least: 11, most: 15.5, ofGroups: 12 };
const MEASURED = 40;
const CELL = 48;
const OBSTACLE = 2.2;
const FEW_LINES = 16;
const MOST_TRIED = 4000;
const MOST_HELPED = 800;
const HELPED = 2;
const MOST_MOVED = 3;
const PROMINENT = 12;
const SHIFTS = [-0.25, 0.25, -0.4, 0.4];
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
    leave(box) {
      for (const cell of cellsOf(box)) cells.get(cell).splice(cells.get(cell).indexOf(box), 1);
    },
    isFree: (box) => !cellsOf(box).some((cell) => cells.get(cell)?.some((other) => meet(box, other))),
    meeting: (box) => [...new Set(cellsOf(box).flatMap((cell) => (cells.get(cell) || []).filter((other) => meet(box, other))))],
  };
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The eight places – right, left, below, above, the corners – and then somewhat up, down or aside of them. */
function candidates({ x, y, radius }, width, height) {
  const gap = radius + 4;
  const slant = radius * 0.7 + 3;
  const at = (left, top, align) => ({ left, top, right: left + width, bottom: top + height, align });
  const [right, left] = [x + gap, x - gap - width];
  const [middle, below, above] = [y - height / 2, y + gap - 1, y - gap - height + 1];
  const around = [
    at(right, middle, "left"),
    at(left, middle, "right"),
    at(x - width / 2, below, "center"),
    at(x - width / 2, above, "center"),
    at(x + slant, y + slant - 4, "left"),
    at(x - slant - width, y + slant - 4, "right"),
    at(x + slant, y - slant - height + 4, "left"),
    at(x - slant - width, y - slant - height + 4, "right"),
  ];
  for (const share of SHIFTS) {
    around.push(at(right, middle + share * height, "left"), at(left, middle + share * height, "right"));
    around.push(at(x - (0.5 - share) * width, below, "center"), at(x - (0.5 - share) * width, above, "center"));
  }
  return around;
}

/** The chosen concept first, then by how much is said of a concept. */
function byImportance(near) {
  if (near) {
    const weight = (index) => (index === state.concept ? Infinity : importance(index));
    return [...near.concepts].sort((a, b) => weight(b) - weight(a) || a - b);
  }
  if (plain.canvas && plain.concepts.length < MANY) return [...plain.concepts].sort((a, b) => importance(b) - importance(a) || a - b);
  labels.order ??= [...concepts.keys()].sort((a, b) => importance(b) - importance(a) || a - b);
  return labels.order;
}

const importance = (index) => concepts[index].passages * 2 + (edgesAt.get(index)?.length ?? 0);

/** The marks that may have a label, in order, each with its place on the screen. */
function labelled(view, near) {
  const found = [];
  const shown = near ? conceptShown : onShow;
  if (!near) found.push(...labelledGroups(view));
  for (const index of byImportance(near)) {
    if (!shown(concepts[index], index) || !sees(view, concepts[index], 0)) continue;
    found.push({ index, ...onScreen(view, concepts[index]), radius: radiusOf(concepts[index], view), text: conceptLabel(index) });
  }
  return found;
}

const labelledGroups = (view) => folds.marks.map((mark) => ({
  group: mark.group, ...onScreen(view, mark), radius: mark.radius, text: nameOfGroup(mark.group),
}));

function placeLabels(view, near) {
  const [taken, written] = [occupancy(), occupancy()];
  const area = openArea();
  const within = (box) =>
    box.left >= area.left + 3 && box.right <= area.right - 3 && box.top >= area.top + 2 && box.bottom <= area.bottom - 2;
  const marks = labelled(view, near).filter((mark) => inSight(mark, area));
  for (const { x, y, radius } of marks) {
    if (radius > OBSTACLE) taken.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
  const room = {
    clear: (box) => within(box) && taken.isFree(box),
    free: (box) => room.clear(box) && written.isFree(box),
    readable: (box) => within(box) && written.isFree(box),
    written,
    wishes: new Map(),
  };
  const wishes = marks.slice(0, MOST_TRIED).map((mark, rank) => wishOf(mark, view.scale, rank));
  for (const wish of wishes) write(room, wish, placeFor(room, wish));
  if (wishes.length <= MOST_HELPED) {
    for (let round = 0; round < HELPED; round++) wishes.forEach((wish) => wish.box || makeRoom(room, wish));
  }
  const boxes = wishes.flatMap(({ box }) => box ?? []);
  const hidden = marks.length - boxes.length;
  placeLineLabels(view, near, room, boxes);
  return { boxes: withHovered(view, boxes, room), hidden };
}

const letterSize = (scale) => Math.max(LETTERS.least, Math.min(LETTERS.most, DATA.letters * Math.sqrt(scale)));

/** A label and where it might stand; one that is asked for stands somewhere in any case. */
function wishOf(mark, scale, rank) {
  const asked = mark.index !== undefined && (mark.index === state.concept || mark.index === map.hovered);
  const size = mark.group === undefined ? letterSize(scale) : LETTERS.ofGroups;
  const style = asked ? "650" : "450";
  const lines = linesOf(mark.text);
  const look = { lines, size, font: `${style} ${size}px ${FONT}`, index: mark.index, group: mark.group };
  const around = candidates(mark, widthOf(lines, style, size) + 1, lines.length * size * LEADING);
  return { look, around, asked, rank, box: null };
}

/** The best known are written even over marks that are less known. */
function placeFor({ free, readable }, { around, asked, rank }) {
  const found = around.find(free) ?? (rank < PROMINENT ? around.find(readable) : undefined);
  return found ?? (asked ? { ...around[0], forced: true } : null);
}

function write({ written, wishes }, wish, place) {
  if (!place) return;
  wish.box = { ...place, ...wish.look };
  wishes.set(wish.box, wish);
  written.take(wish.box);
}

/** A label that found no place gets one where the labels in the way can stand elsewhere. */
function makeRoom(room, wish) {
  for (const place of wish.around) {
    if (!room.clear(place)) continue;
    const others = room.written.meeting(place).map((box) => room.wishes.get(box));
    if (others.length <= MOST_MOVED && moveAway(room, place, others)) return write(room, wish, place);
  }
}

/** Move some labels out of a place; or none, where one of them has nowhere to go. */
function moveAway(room, place, others) {
  const before = others.map(({ box }) => box);
  before.forEach(room.written.leave);
  const moved = others.every((other) => {
    const away = other.box.forced ? undefined : other.around.find((box) => !meet(box, place) && room.free(box));
    if (away) write(room, other, away);
    return away;
  });
  if (!moved) {
    others.forEach((other, number) => {
      if (other.box !== before[number]) room.written.leave(other.box);
      write(room, other, before[number]);
    });
  }
  return moved;
}

/** The label under the hand stands out; others make way. */
function withHovered(view, boxes, room) {
  if (map.hovered === null || boxes.some(({ index }) => index === map.hovered)) return boxes;
  const concept = concepts[map.hovered];
  const mark = { index: map.hovered, ...onScreen(view, concept), radius: radiusOf(concept, view), text: conceptLabel(map.hovered) };
  const wish = wishOf(mark, view.scale, 0);
  write(room, wish, placeFor(room, wish));
  return [wish.box, ...boxes.filter((other) => !meet(wish.box, other))];
}

const inSight = ({ x, y }, area) => x > area.left && x < area.right && y > area.top && y < area.bottom;

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────

const carriers = edges.flatMap(({ of }, index) => (of === undefined ? [] : [index]));

/** Lines are named where they are hovered, chosen, few, or carry something, if there is room. */
function placeLineLabels(view, near, room, boxes) {
  const few = near && near.edges.size <= FEW_LINES;
  const named = near ? [...near.edges].filter((index) => few || edges[index].of !== undefined) : carriers;
  const asked = [state.edge, map.hoveredEdge].filter((index) => index !== null);
  for (const index of new Set([...asked, ...named])) {
    if (!edgeShown(edges[index])) continue;
    const box = lineBox(index, view, asked.includes(index), room.free);
    if (!box) continue;
    room.written.take(box);
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

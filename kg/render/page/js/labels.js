// Labels: each mark, the best known first, takes the first of the places around it that is clear of
// labels, marks and the edge of the map, or has none.

const CELL = 48;
const OBSTACLE = 2.2;
const FEW_LINES = 16;
const MOST_TRIED = 4000;
const MOST_HELPED = 800;
const HELPED = 3;
const MOST_MOVED = 3;
const PROMINENT = 12;
/** Where the name of a line may stand: at what share of its way, and how far beside it. */
const ALONG = [[0.5, 0], [0.4, 0], [0.6, 0], [0.3, 0], [0.7, 0], [0.5, -9], [0.5, 9], [0.35, -9], [0.35, 9], [0.65, -9], [0.65, 9]];
const SHIFTS = [-0.2, 0.2, -0.35, 0.35, -0.48, 0.48];
const labels = { boxes: [], hidden: 0, order: null };

/** What is taken already, in cells, so that a question looks at its own corner only. */
function occupancy() {
  const cells = new Map();
  const visit = (box, act) => {
    const [right, bottom] = [Math.floor(box.right / CELL), Math.floor(box.bottom / CELL)];
    for (let x = Math.floor(box.left / CELL); x <= right; x++) {
      for (let y = Math.floor(box.top / CELL); y <= bottom; y++) if (act(x * 65536 + y)) return true;
    }
    return false;
  };
  const inCell = (box) => (cell) => cells.get(cell)?.some((other) => meet(box, other));
  return {
    take: (box) => visit(box, (cell) => {
      if (cells.has(cell)) cells.get(cell).push(box);
      else cells.set(cell, [box]);
    }),
    leave: (box) => visit(box, (cell) => {
      cells.get(cell).splice(cells.get(cell).indexOf(box), 1);
    }),
    isFree: (box) => !visit(box, inCell(box)),
    meeting(box) {
      const found = new Set();
      visit(box, (cell) => cells.get(cell)?.forEach((other) => meet(box, other) && found.add(other)));
      return [...found];
    },
  };
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The eight places: right, left, below, above, then the corners. */
function eightPlaces({ x, y, radius }, size, style, lines) {
  const [width, height] = [widthOf(lines, style, size) + 1, lines.length * size * LEADING];
  const gap = radius + 4;
  const slant = radius * 0.7 + 3;
  const at = (left, top, align) => ({ left, top, right: left + width, bottom: top + height, align, lines });
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

/** The first four of them, moved somewhat along the mark. */
function shifted([right, left, below, above]) {
  const [width, height] = [right.right - right.left, right.bottom - right.top];
  const by = (box, across, down) => ({
    ...box, left: box.left + across, right: box.right + across, top: box.top + down, bottom: box.bottom + down,
  });
  return SHIFTS.flatMap((share) => [
    by(right, 0, share * height), by(left, 0, share * height),
    by(below, share * width, 0), by(above, share * width, 0),
  ]);
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

/** How much is said of a concept; what analysts read into a text, or the ontology has, counts for less. */
const importance = (index) => (labels.weights ??= concepts.map(weightOf))[index];

onChange((changed) => changed.has("filter") && (labels.bars = null));

function weightOf({ passages: said }, index) {
  const lines = edgesAt.get(index) ?? [];
  return 2 * said + lines.reduce((sum, line) => sum + (["direct", "flow"].includes(edges[line].kind) ? 1 : 0.1), 0);
}

/** Of what is shown, a few of the best known stand out; the many of which little is said step back, where there are many. */
const RANKS = { strong: { share: 0.05, least: 6 }, plain: { share: 0.2, least: 50 } };

function rankOf(index) {
  const bars = (labels.bars ??= barsOf([...concepts.keys()].filter((at) => kept.concepts[at]).map(importance)));
  return ["strong", "plain"].find((rank) => importance(index) > bars[rank]) ?? "quiet";
}

/** What a concept must exceed to stand in each rank; those who are alike stand alike, in the lower rank if they are too many. */
function barsOf(all) {
  const sorted = all.toSorted((a, b) => b - a);
  const bar = ({ share, least }) => {
    const most = Math.round(Math.max(least, share * all.length));
    const last = sorted[most - 1] ?? -1;
    return sorted.findLastIndex((weight) => weight === last) < 1.4 * most ? last - 0.01 : last;
  };
  const strong = bar(RANKS.strong);
  return { strong, plain: sorted[0] === sorted.at(-1) ? -1 : bar(RANKS.plain) };
}

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

/** The labels of marks and lines, all that are shown whatever lies under the hand. */
function placeLabels(view, near) {
  const area = openArea();
  const marks = labelled(view, near).filter((mark) => inSight(mark, area));
  const room = roomFor(marks, area, view);
  const few = marks.length <= MOST_HELPED;
  const manner = (mark) => (near || mark.index === undefined ? "plain" : rankOf(mark.index));
  const wishes = marks.slice(0, MOST_TRIED).map((mark, rank) => wishOf(mark, view.scale, rank, manner(mark), few));
  for (const wish of wishes) write(room, wish, placeFor(room, wish));
  if (few) {
    for (let round = 0; round < HELPED; round++) wishes.forEach((wish) => wish.box || makeRoom(room, wish));
  }
  const boxes = wishes.flatMap(({ box }) => box ?? []);
  return { boxes: [...boxes, ...lineLabels(view, near, room)], hidden: marks.length - boxes.length, room };
}

/** What a label must keep clear of: marks, other labels, the edge of the area. */
function roomFor(marks, area, view) {
  const [taken, written] = [occupancy(), occupancy()];
  taken.take(buttonBox());
  for (const { x, y, radius } of marks) {
    if (radius > OBSTACLE) taken.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
  const within = (box) =>
    box.left >= area.left + 3 && box.right <= area.right - 3 && box.top >= area.top + 2 && box.bottom <= area.bottom - 2;
  const clear = (box) => within(box) && taken.isFree(box);
  return {
    clear,
    free: (box) => clear(box) && written.isFree(box),
    bare: bareOf(view),
    readable: (box) => within(box) && written.isFree(box),
    written,
    wishes: new Map(),
  };
}

/** The button that lies over the map. */
function buttonBox() {
  const { clientHeight: height } = byId("map");
  const { offsetLeft: left, offsetWidth: side } = byId("whole");
  return { left, right: left + side, top: height - left - side, bottom: height - left };
}

/** A label and where it might stand; one that is asked for stands somewhere in any case. */
function wishOf(mark, scale, rank, manner = "plain", few = true) {
  const asked = mark.index !== undefined && (mark.index === state.concept || mark.index === map.hovered);
  const { weight, grown, ink } = MANNERS[manner];
  const size = mark.group === undefined ? Math.max(LETTERS.least, letterSize(scale) * grown) : LETTERS.ofGroups;
  const style = asked ? "650" : weight;
  const look = { size, font: `${style} ${size}px ${FONT}`, ink: asked ? "ink" : ink, index: mark.index, group: mark.group };
  const breaks = few ? breaksOf(mark.text) : [linesOf(mark.text)];
  const ways = breaks.map((lines) => eightPlaces(mark, size, style, lines));
  return { look, eight: ways.flat(), ways, asked, rank, box: null };
}

/** The best known are written even over marks that are less known. */
function placeFor({ free, readable }, wish) {
  const { eight, asked, rank, look } = wish;
  const prominent = rank < PROMINENT && look.index !== undefined;
  const found = eight.find(free) ?? allPlaces(wish).find(free) ?? (prominent ? eight.find(readable) : undefined);
  return found ?? (asked ? { ...eight[0], forced: true } : null);
}

function write({ written, wishes }, wish, place) {
  if (!place) return;
  wish.box = { ...place, ...wish.look };
  wishes.set(wish.box, wish);
  written.take(wish.box);
}

/** A label that found no place gets one where the labels in the way can stand elsewhere. */
function makeRoom(room, wish) {
  for (const place of allPlaces(wish)) {
    if (!room.clear(place)) continue;
    const others = room.written.meeting(place).map((box) => room.wishes.get(box));
    if (others.length <= MOST_MOVED && moveAway(room, place, others)) return write(room, wish, place);
  }
}

/** The places around the mark, and those somewhat aside; made when they are first asked for. */
const allPlaces = (wish) => (wish.all ??= [...wish.eight, ...wish.ways.flatMap(shifted)]);

/** Move some labels out of a place; or none, where one of them has nowhere to go. */
function moveAway(room, place, others) {
  const before = others.map(({ box }) => box);
  before.forEach(room.written.leave);
  const moved = others.every((other) => {
    const away = other.box.forced ? undefined : allPlaces(other).find((box) => !meet(box, place) && room.free(box));
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
  const hovered = [hoveredLabel(view, boxes, room), hoveredLineLabel(view, boxes, room)].filter(Boolean);
  return [...hovered, ...boxes.filter((box) => !hovered.some((other) => meet(box, other)))];
}

function hoveredLabel(view, boxes, room) {
  if (map.hovered === null || boxes.some(({ index }) => index === map.hovered)) return null;
  const concept = concepts[map.hovered];
  const mark = { index: map.hovered, ...onScreen(view, concept), radius: radiusOf(concept, view), text: conceptLabel(map.hovered) };
  const wish = wishOf(mark, view.scale, 0);
  return { ...placeFor(room, wish), ...wish.look };
}

const hoveredLineLabel = (view, boxes, room) =>
  map.hoveredEdge === null || boxes.some(({ edge }) => edge === map.hoveredEdge) ? null : lineBox(map.hoveredEdge, view, true, room);

const inSight = ({ x, y }, area) => x > area.left && x < area.right && y > area.top && y < area.bottom;

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────

const carriers = edges.flatMap(({ of }, index) => (of === undefined ? [] : [index]));

/** Lines are named where they are chosen, few, or carry something, if there is room. */
function lineLabels(view, near, room) {
  const few = near && near.edges.size <= FEW_LINES;
  const named = near ? [...near.edges].filter((index) => few || edges[index].of !== undefined) : carriers;
  const asked = state.edge === null ? [] : [state.edge];
  const boxes = [];
  for (const index of new Set([...asked, ...named])) {
    const box = edgeShown(edges[index]) && lineBox(index, view, index === state.edge, room);
    if (!box) continue;
    room.written.take(box);
    boxes.push(box);
  }
  return boxes;
}

function lineBox(index, view, asked, { free, bare }) {
  const style = asked ? "italic 600" : "italic 450";
  const text = edges[index].of === undefined ? relationLabel(edges[index]) : conceptLabel(edges[index].of);
  const half = widthOf([text], style, LETTERS.least) / 2;
  const places = ALONG.flatMap(([share, aside]) => {
    const { x, y } = onScreen(view, pointOn(index, share));
    return { left: x - half + Math.sign(aside) * half, right: x + half + Math.sign(aside) * half, top: y - 7 + aside, bottom: y + 7 + aside };
  });
  const room = places.find((box) => free(box) && bare(box)) ?? places.find(free);
  if (!room && !asked) return null;
  return {
    ...(room ?? places[0]), align: "center", lines: [text], size: LETTERS.least,
    font: `${style} ${LETTERS.least}px ${FONT}`, edge: index, forced: asked && !room,
  };
}

/** Whether a place is also clear of the marks that have stepped back; not asked where there are very many. */
function bareOf(view) {
  const covers = (box) => (concept, index) => {
    if (!onShow(concept, index)) return false;
    const [{ x, y }, radius] = [onScreen(view, concept), radiusOf(concept, view)];
    return x + radius > box.left && x - radius < box.right && y + radius > box.top && y - radius < box.bottom;
  };
  return (box) => concepts.length > PLENTY || !concepts.some(covers(box));
}

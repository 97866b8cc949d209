// The brush: draws lines and marks on a 2-D context as vis-network would, only in batches. Lines that
// look alike are drawn at a stroke, and a mark that was drawn once is stamped from then on.

const AT_ONCE = 60;
const ARROW = { length: 6.3, widths: 3, least: 3.2 };
const SPECK = 1.6;
const MOST_STAMPS = 1500;
const stamps = new Map();

/** What part of the map is seen, and how large: `x` and `y` are where its middle lies on the screen. */
function sight() {
  const { translation, scale } = map.network.body.view;
  const { clientWidth, clientHeight } = byId("map");
  return { x: translation.x, y: translation.y, scale, width: clientWidth, height: clientHeight };
}

const onScreen = (view, { x, y }) => ({ x: x * view.scale + view.x, y: y * view.scale + view.y });

/** Whether a mark, or what reaches `margin` pixels around it, is seen. */
function sees(view, { x, y }, margin) {
  const [across, down] = [x * view.scale + view.x, y * view.scale + view.y];
  return across > -margin && across < view.width + margin && down > -margin && down < view.height + margin;
}

// ── Lines ───────────────────────────────────────────────────────────────────────────────────────

/** Lines by what they look like: relation, kind and width. */
function alike(indexes) {
  const sets = new Map();
  for (const index of indexes) {
    const { relation, kind, width } = edges[index];
    const key = `${relation} ${kind} ${width}`;
    if (!sets.has(key)) sets.set(key, []);
    sets.get(key).push(index);
  }
  return [...sets.values()];
}

/** Draw sets of like lines; `opacity` is by kind, `grown` widens them all, none is thinner than `least`. */
function paintLines(context, view, sets, shown, opacity, { grown = 1, least = 0.3 } = {}) {
  for (const set of sets) {
    const { kind, width } = edges[set[0]];
    const visible = set.filter((index) => shown(index) && crosses(view, index));
    if (!visible.length) continue;
    const wide = width * map.boost * grown + (kind === "flow" ? 0.6 : 0);
    context.strokeStyle = context.fillStyle = edgeColour(edges[set[0]]);
    context.globalAlpha = opacity(kind);
    context.lineWidth = Math.max(least, wide * view.scale);
    context.lineCap = DASHES[kind] ? "round" : "butt";
    context.setLineDash((DASHES[kind] || []).map((length) => length * view.scale));
    inBatches(context, visible, (index) => traceLine(context, view, index), "stroke");
    const head = (ARROW.length + ARROW.widths * wide) * view.scale;
    if (head >= ARROW.least) inBatches(context, visible, (index) => traceHead(context, view, index, head), "fill");
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Very long paths are slow to fill: some at a time. */
function inBatches(context, indexes, trace, finish) {
  for (let first = 0; first < indexes.length; first += AT_ONCE) {
    context.beginPath();
    indexes.slice(first, first + AT_ONCE).forEach(trace);
    context[finish]();
  }
}

/** Whether the box around a line and the screen meet. */
function crosses(view, index) {
  const [start, end] = [concepts[edges[index].from], concepts[edges[index].to]];
  const beside = (a, b, via, shift, size) => {
    const [low, high] = [Math.min(a, b, via), Math.max(a, b, via)];
    return (high + 2 * LOOP) * view.scale + shift < 0 || (low - 2 * LOOP) * view.scale + shift > size;
  };
  return !beside(start.x, end.x, vias.x[index], view.x, view.width) &&
    !beside(start.y, end.y, vias.y[index], view.y, view.height);
}

function traceLine(context, { x, y, scale }, index) {
  const [start, end] = [concepts[edges[index].from], concepts[edges[index].to]];
  if (start === end) {
    const middle = loopAt(start);
    context.moveTo((middle.x + LOOP) * scale + x, middle.y * scale + y);
    context.arc(middle.x * scale + x, middle.y * scale + y, LOOP * scale, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(start.x * scale + x, start.y * scale + y);
  context.quadraticCurveTo(vias.x[index] * scale + x, vias.y[index] * scale + y, end.x * scale + x, end.y * scale + y);
}

/** An arrowhead where the line meets the mark it leads to. */
function traceHead(context, { x, y, scale }, index, length) {
  const { from, to } = edges[index];
  if (from === to) return;
  const [left, top] = [concepts[to].x - vias.x[index], concepts[to].y - vias.y[index]];
  const far = Math.hypot(left, top) || 1;
  const [across, down] = [left / far, top / far];
  const border = concepts[to].size * map.boost * scale + 1;
  const [tipX, tipY] = [concepts[to].x * scale + x - across * border, concepts[to].y * scale + y - down * border];
  const at = (back, aside) => [tipX - across * back - down * aside, tipY - down * back + across * aside];
  context.moveTo(tipX, tipY);
  context.lineTo(...at(length, 0.3 * length));
  context.lineTo(...at(0.9 * length, 0));
  context.lineTo(...at(length, -0.3 * length));
}

// ── Marks ───────────────────────────────────────────────────────────────────────────────────────

const TRACES = {
  dot: (path, r) => path.arc(0, 0, r, 0, 2 * Math.PI),
  square: (path, r) => path.rect(-r, -r, 2 * r, 2 * r),
  diamond: (path, r) => corners(path, [[0, r], [r, 0], [0, -r], [-r, 0]]),
  triangle: (path, r) => corners(path, threeCorners(1.15 * r)),
  triangleDown: (path, r) => corners(path, threeCorners(1.15 * r).map(([x, y]) => [x, -y])),
  hexagon: (path, r) => corners(path, turns(6, (n) => [r * Math.cos(n * Math.PI / 3), r * Math.sin(n * Math.PI / 3)])),
  star: (path, r) => corners(path, turns(10, (n) => {
    const far = 0.82 * r * (n % 2 ? 0.5 : 1.3);
    return [far * Math.sin(n * Math.PI / 5), 0.082 * r - far * Math.cos(n * Math.PI / 5)];
  })),
};

const turns = (count, at) => Array.from({ length: count }, (_, number) => at(number));

const threeCorners = (r) => {
  const down = 0.275 * r + r / Math.sqrt(3);
  return [[0, down - Math.sqrt(3) * r], [r, down], [-r, down]];
};

function corners(path, points) {
  points.forEach(([x, y], number) => (number ? path.lineTo(x, y) : path.moveTo(x, y)));
  path.closePath();
}

/** A mark, drawn once for each look and size. */
function stamp(shape, { background, border, width }, radius) {
  const key = `${shape} ${background} ${border} ${width} ${radius}`;
  if (!stamps.has(key)) {
    if (stamps.size > MOST_STAMPS) stamps.clear();
    const half = Math.ceil(1.45 * radius + width + 1);
    const canvas = el("canvas", { width: 2 * half * devicePixelRatio, height: 2 * half * devicePixelRatio });
    const context = canvas.getContext("2d");
    context.scale(devicePixelRatio, devicePixelRatio);
    context.translate(half, half);
    context.beginPath();
    TRACES[shape](context, radius);
    Object.assign(context, { fillStyle: background, strokeStyle: border, lineWidth: width });
    context.fill();
    context.stroke();
    stamps.set(key, { canvas, half });
  }
  return stamps.get(key);
}

/** The radius of a mark on the screen, in quarters of a pixel; never less than `least`. */
const radiusOf = (concept, view, least = 0) =>
  Math.max(least, Math.round(4 * concept.size * map.boost * view.scale) / 4);

function paintMarks(context, view, indexes, least, bold = false) {
  for (const index of indexes) {
    const concept = concepts[index];
    const radius = radiusOf(concept, view, least);
    if (!sees(view, concept, 2 * radius)) continue;
    const { x, y } = onScreen(view, concept);
    if (radius < SPECK) {
      context.fillStyle = classColour(concept.group);
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      const look = markLook(concept, index, bold);
      const rim = Math.round((4 * look.width) / map.boost) / 4;
      const { canvas, half } = stamp(concept.shape, { ...look, width: rim }, radius);
      context.drawImage(canvas, x - half, y - half, 2 * half, 2 * half);
    }
  }
}

// The lines as curves: each bends to its left, and several between the same two concepts by different
// amounts, so that each can be seen; however many they are, they stay near. The bend is vis-network's "curvedCW".

const STRAIGHTEST = 0.14;
const BEND = 0.13;
const MOST_BENT = 0.7;
const LOOP = 20;

/** How much each line is bent: the first between two concepts least. */
const bends = new Float32Array(edges.length);
const vias = { x: new Float32Array(edges.length), y: new Float32Array(edges.length) };

function countBends() {
  for (const pair of groupBy(edges, ({ from, to }) => from * concepts.length + to).values()) {
    const step = Math.min(BEND, MOST_BENT / pair.length);
    pair.forEach((edge, before) => (bends[edge] = STRAIGHTEST + step * before));
  }
}

/** Where the control point of each curve lies; anew whenever concepts have moved. */
function bendLines() {
  edges.forEach(({ from, to }, index) => {
    const share = (bends[index] + 1) / 2;
    const [sine, cosine] = [Math.sin(share * Math.PI), Math.cos(share * Math.PI)];
    const { x, y } = concepts[from];
    const [across, up] = [concepts[to].x - x, y - concepts[to].y];
    vias.x[index] = x + share * (up * cosine + across * sine);
    vias.y[index] = y + share * (across * cosine - up * sine);
  });
}

/** The middle of the circle from a concept to itself: at the upper right of its mark. */
function loopAt({ x, y, size }) {
  const aside = size * Math.SQRT1_2;
  return { x: x + aside, y: y - aside };
}

/** The point at a share of the way along a line. */
function pointOn(index, share) {
  const [start, end] = [concepts[edges[index].from], concepts[edges[index].to]];
  if (start === end) {
    const { x, y } = loopAt(start);
    return { x: x + LOOP * Math.sin(share * 2 * Math.PI), y: y - LOOP * Math.cos(share * 2 * Math.PI) };
  }
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return { x: a * start.x + b * vias.x[index] + c * end.x, y: a * start.y + b * vias.y[index] + c * end.y };
}

/** How far a point lies from a line, in the map's pixels; Infinity where it is beyond `reach`. */
function distanceTo(index, { x, y }, reach) {
  const [start, end] = [concepts[edges[index].from], concepts[edges[index].to]];
  if (start === end) {
    const middle = loopAt(start);
    return Math.abs(Math.hypot(x - middle.x, y - middle.y) - LOOP);
  }
  const [viaX, viaY] = [vias.x[index], vias.y[index]];
  if (x < Math.min(start.x, end.x, viaX) - reach || x > Math.max(start.x, end.x, viaX) + reach) return Infinity;
  if (y < Math.min(start.y, end.y, viaY) - reach || y > Math.max(start.y, end.y, viaY) + reach) return Infinity;
  let [nearest, before] = [Infinity, start];
  for (let step = 1; step <= 12; step++) {
    const point = pointOn(index, step / 12);
    nearest = Math.min(nearest, distanceToStretch({ x, y }, before, point));
    before = point;
  }
  return nearest;
}

function distanceToStretch({ x, y }, a, b) {
  const [across, down] = [b.x - a.x, b.y - a.y];
  const along = ((x - a.x) * across + (y - a.y) * down) / (across * across + down * down || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - share * across, y - a.y - share * down);
}

// Nearness over the lines that are shown, whichever way they point: what lies within some steps of a
// concept, and the shortest way between two.

const DEEPEST = 3;

/** The line's other end. */
const beyond = (line, concept) => (edges[line].from === concept ? edges[line].to : edges[line].from);

/** What lies within `depth` steps of a concept, and the lines that lead there. */
function neighbourhood(concept, depth) {
  const found = { concepts: new Set([concept]), edges: new Set() };
  let rim = [concept];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const at of rim) {
      for (const line of edgesAt.get(at) ?? []) {
        if (!kept.edges[line]) continue;
        found.edges.add(line);
        const other = beyond(line, at);
        if (!found.concepts.has(other)) next.push(other);
        found.concepts.add(other);
      }
    }
    rim = next;
  }
  return found;
}

/** The lines of a shortest way, of equally short ones the one whose weakest line is strongest; null for none. */
function shortestPath(start, goal, usable = (line) => kept.edges[line]) {
  const came = new Map([[start, { weakest: Infinity, sum: 0 }]]);
  let rim = [start];
  while (rim.length && !came.has(goal)) {
    const next = new Map();
    for (const at of rim) {
      for (const line of (edgesAt.get(at) ?? []).filter(usable)) {
        const other = beyond(line, at);
        const step = further(came.get(at), at, line);
        if (!came.has(other) && isStronger(step, next.get(other))) next.set(other, step);
      }
    }
    next.forEach((step, other) => came.set(other, step));
    rim = [...next.keys()];
  }
  if (!came.has(goal)) return null;
  const lines = [];
  for (let at = goal; at !== start; at = came.get(at).from) lines.unshift(came.get(at).line);
  return lines;
}

function further({ weakest, sum }, from, line) {
  const evidence = evidenceOf(line);
  return { from, line, weakest: Math.min(weakest, evidence), sum: sum + evidence };
}

const isStronger = (step, other) =>
  !other || step.weakest > other.weakest || (step.weakest === other.weakest && step.sum > other.sum);

/** The way that was asked for: its lines, or null; undefined where none was asked for. */
const chosenPath = () => (state.path === null ? undefined : shortestPath(state.concept, state.path));

const nearby = {};

/** What is chosen and what belongs to it, until anything changes; what an answer names where nothing is. */
function focus() {
  if (!("focus" in nearby)) nearby.focus = findFocus();
  return nearby.focus;
}

onChange(() => delete nearby.focus);

function findFocus() {
  if (state.edge !== null) {
    const { from, to, of } = edges[state.edge];
    return { concepts: new Set([from, to, of].filter((end) => end !== undefined)), edges: new Set([state.edge]) };
  }
  if (state.cell !== null) return cellFocus(state.cell);
  if (state.concept === null) return highlighted();
  if (state.path === null) return neighbourhood(state.concept, state.depth);
  const lines = chosenPath() ?? [];
  const ends = lines.flatMap((line) => [edges[line].from, edges[line].to]);
  return { concepts: new Set([state.concept, state.path, ...ends]), edges: new Set(lines) };
}

/** What the panel speaks of, of the lines; all that are shown where nothing is chosen. */
function linesInQuestion() {
  if (state.edge !== null) return [state.edge];
  if (state.path !== null) return chosenPath() ?? [];
  if (state.cell !== null) return [...cellFocus(state.cell).edges];
  const lines = state.concept === null ? edges.map((edge) => edge.at) : edgesAt.get(state.concept) ?? [];
  return lines.filter((line) => kept.edges[line]);
}

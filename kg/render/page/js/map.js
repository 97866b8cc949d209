// The map: vis-network draws shapes and lines at the places that Python computed; labels are ours
// (labels.js). What is chosen stands out, the rest steps back; what is switched off is not drawn.

const STEP_BACK = 0.13;
const QUIET = { direct: 0.5, classification: 0.26, flow: 0.85, background: 0.55, inferred: 0.6 };
const map = { network: null, nodes: null, hovered: null, hoveredEdge: null, boost: 1, upright: false };


VIEWS.map = {
  draw(changed) {
    const has = (...names) => names.some((name) => changed.has(name));
    if (has("view", "concept", "edge", "path", "cell", "depth", "filter", "language", "theme")) redress();
    if (has("view")) fitIfUntouched();
    if (has("view", "concept", "edge", "path", "cell", "depth")) reveal();
  },
};

/** Lines between the same two concepts are bent by different amounts, so that each can be seen. */
function bends() {
  const seen = new Map();
  return edges.map(({ from, to }) => {
    const pair = `${from} ${to}`;
    seen.set(pair, (seen.get(pair) ?? -1) + 1);
    return 0.14 + 0.13 * seen.get(pair);
  });
}

/** Lines are fainter where there are many. */
const crowding = Math.min(1, Math.max(0.4, Math.sqrt(500 / edges.length)));

function nodeLook(concept, index, near) {
  const colour = classColour(concept.group);
  const chosen = index === state.concept;
  const hollow = !concept.passages;
  return {
    hidden: !conceptShown(concept),
    size: concept.size * map.boost,
    opacity: near && !near.concepts.has(index) ? STEP_BACK : 1,
    borderWidth: chosen ? 3 : hollow ? 2 : 1.5,
    color: {
      background: hollow ? blend(colour, paint("paper"), 0.82) : colour,
      border: chosen ? paint("ink") : hollow ? colour : paint("paper"),
    },
  };
}

function edgeLook(edge, index, near) {
  const inFocus = near && near.edges.has(index);
  const quiet = QUIET[edge.kind] * crowding;
  return {
    hidden: !edgeShown(edge),
    dashes: DASHES[edge.kind] || false,
    color: { inherit: false, color: edgeColour(edge), opacity: inFocus ? 0.95 : near ? 0.06 : quiet },
    width: edge.width * map.boost * (inFocus ? 1.5 : 1) + (edge.kind === "flow" ? 0.6 : 0),
  };
}

/**
 * Everything looks as the state wants it. The looks go straight to vis's own items: by way of its
 * data sets the same would take ten times as long.
 */
function redress() {
  const near = focus();
  const { nodes, edges: lines, emitter } = map.network.body;
  let flipped = false;
  const dress = ({ options }, look) => {
    flipped ||= Boolean(options.hidden) !== look.hidden;
    Object.assign(options, look);
  };
  concepts.forEach((concept, index) => {
    dress(nodes[index], nodeLook(concept, index, near));
    nodes[index].needsRefresh();
  });
  edges.forEach((edge, index) => dress(lines[index], edgeLook(edge, index, near)));
  emitter.emit(flipped ? "_dataChanged" : "_requestRedraw");
}

function drawMap() {
  const bend = bends();
  map.nodes = new vis.DataSet(concepts.map(({ id, shape, x, y }) => ({ id, shape, x, y, chosen: false })));
  const lines = edges.map(({ from, to, arrows }, id) => ({
    id, from, to, arrows, chosen: false,
    smooth: { enabled: true, type: "curvedCW", roundness: bend[id] },
  }));
  map.network = new vis.Network(byId("map"), { nodes: map.nodes, edges: new vis.DataSet(lines) }, DATA.options);
  map.network.on("click", press);
  map.network.on("hold", () => (map.pressed = null));
  map.network.on("hoverNode", ({ node }) => hover({ hovered: node }));
  map.network.on("blurNode", () => hover({ hovered: null }));
  map.network.on("hoverEdge", ({ edge }) => hover({ hoveredEdge: edge }));
  map.network.on("blurEdge", () => hover({ hoveredEdge: null }));
  map.network.on("resize", () => requestAnimationFrame(fitIfUntouched));
  map.network.on("zoom", () => touched());
  map.network.on("dragStart", () => touched());
  fit();
  map.boost = wantedBoost();
  redress();
  map.network.on("afterDrawing", drawLabels);
  moveSwiftly();
}

/** vis calls a long press a click too, just before it says that it was one; here it chooses nothing. */
function press(where) {
  map.pressed = where;
  queueMicrotask(() => map.pressed && onMapClick(map.pressed));
}

function onMapClick({ nodes, edges: lines }) {
  if (nodes.length) select(nodes[0]);
  else if (lines.length) selectEdge(lines[0]);
  else unselect();
}

function hover(what) {
  Object.assign(map, what);
  byId("map").classList.toggle("pointing", map.hovered !== null || map.hoveredEdge !== null);
  map.network.redraw();
}

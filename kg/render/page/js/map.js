// The map: shapes and lines at the places that Python computed. vis-network draws them (vismap.js), or
// the plain canvas where there are very many (canvas.js). What is chosen is drawn over the finished
// picture, which steps back meanwhile; so are the labels (over.js).

const QUIET = { direct: 0.5, classification: 0.26, flow: 0.85, background: 0.55, inferred: 0.6 };
const map = { network: null, crowding: null, hovered: null, hoveredEdge: null, boost: 1, upright: false, drawn: 1 };

VIEWS.map = {
  draw(changed) {
    const has = (...names) => names.some((name) => changed.has(name));
    if (has("view", "filter", "theme", "open")) redress();
    if (has("view", "concept", "edge", "path", "cell", "depth", "language", "highlight")) requestOver();
    if (has("view")) fitIfUntouched();
    if (has("view", "concept", "edge", "path", "cell", "depth")) reveal();
  },
};

/** Lines are fainter where many are shown, and fainter still where very many are; what flows less so. */
const quietness = (kind) => QUIET[kind] * (kind === "flow" ? Math.sqrt(crowding()) : crowding());
const crowding = () => (map.crowding ??= crowdingOf(kept.edges.reduce((count, shown) => count + (shown ? 1 : 0), 0)));
const crowdingOf = (lines) => Math.min(1, Math.max(lines > 20000 ? 0.2 : 0.4, Math.sqrt(150 / lines)));

onChange((changed) => changed.has("filter") && (map.crowding = null));

/** Hollow where no passage mentions the concept; those of which little is said step back unless they are asked for. */
function markLook(concept, index, bold = false) {
  const colour = bold || rankOf(index) !== "quiet" ? classColour(concept.group) : softened(classColour(concept.group));
  const hollow = !concept.passages;
  const chosen = index === state.concept;
  return {
    background: hollow ? paled(colour) : colour,
    border: chosen ? paint("ink") : hollow ? colour : paint("paper"),
    width: chosen ? 3 : hollow ? 2 : 1.5,
  };
}

function drawMap() {
  countBends();
  bendLines();
  map.network = visIsHere() ? visMap(byId("map")) : plainMap(byId("map"));
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
  layOver();
  moveSwiftly();
}

/** Everything looks as the state wants it. */
function redress() {
  map.network.redress();
}

/** vis calls a long press a click too, just before it says that it was one; here it chooses nothing. */
function press(where) {
  map.pressed = where;
  queueMicrotask(() => map.pressed && onMapClick(map.pressed));
}

function onMapClick({ nodes, edges: lines, group = null }) {
  if (group !== null) openGroup(group);
  else if (nodes.length) select(nodes[0]);
  else if (lines.length) selectEdge(lines[0]);
  else unselect();
}

function hover(what) {
  Object.assign(map, what);
  byId("map").classList.toggle("pointing", [map.hovered, map.hoveredEdge, folds.hovered].some((at) => at !== null));
  requestOver({ anew: false });
}

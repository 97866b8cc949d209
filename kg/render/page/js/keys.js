// The keyboard: what every key does, wherever the reader is, and on the map.

const KEYS = [
  [["/"], "key-search"], [["←", "↑", "→", "↓"], "key-walk"], [["[", "]"], "key-lines"], [["Enter"], "key-enter"],
  [["Esc"], "key-escape"], [["Shift ←", "↑", "→", "↓"], "key-move"], [["+", "−", "0"], "key-zoom"], [["?"], "key-keys"],
];
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.key === "Escape") escape();
  else if (typing) return;
  else if (event.key === "/") byId("search").focus();
  else if (event.key === "?") byId("keys").showModal();
  else if (isZoomKey(event.key) && state.view === "map") zoomByKey(event.key);
  else if ((event.key === "[" || event.key === "]") && state.concept !== null) pointAtLine(event.key === "]" ? 1 : -1);
  else return;
  event.preventDefault();
}

/** Out of what lies uppermost. */
function escape() {
  if (byId("save").open) closeSave();
  else if (document.body.classList.contains("filtering")) toggleLegend();
  else closePanel();
}

function drawKeys() {
  byId("keys-list").replaceChildren(...KEYS.flatMap(([keys, word]) =>
    [el("dt", {}, keys.map((key) => el("kbd", {}, key))), el("dd", {}, say(word))]));
}

// ── On the map: from concept to concept along the lines ─────────────────────────────────────────

/** Arrows walk where something is chosen; with Shift, or without a choice, they move the map. */
function onWalkKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "Enter") enter();
  else if (event.key in DIRECTIONS && (state.concept !== null || state.edge !== null)) walk(DIRECTIONS[event.key]);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function walk(direction) {
  const from = state.concept ?? null;
  const here = from === null ? middleOf(edges[state.edge]) : concepts[from];
  const reached = from === null
    ? [edges[state.edge].from, edges[state.edge].to]
    : linesInQuestion().map((line) => beyond(line, from));
  const ahead = [...new Set(reached)]
    .filter((other) => other !== from)
    .map((other) => ({ other, cost: costOf(direction, here, concepts[other]) }))
    .filter(({ cost }) => cost !== null)
    .sort((a, b) => a.cost - b.cost);
  if (ahead.length) select(ahead[0].other);
  else tellReader(say("nothing-there"));
}

const middleOf = ({ from, to }) =>
  ({ x: (concepts[from].x + concepts[to].x) / 2, y: (concepts[from].y + concepts[to].y) / 2 });

/** Far and aside costs more; null for what does not lie in that direction. */
function costOf([dx, dy], from, to) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const along = x * dx + y * dy;
  const aside = Math.abs(x * dy) + Math.abs(y * dx);
  return along <= 0 || aside > 2 * along ? null : along + 2 * aside;
}

/** The evidence of the line that is pointed at or, without one, of what is chosen. */
function enter() {
  if (map.hoveredEdge !== null) {
    const line = map.hoveredEdge;
    hover({ hoveredEdge: null });
    selectEdge(line);
  } else if (state.concept === null && state.edge === null) select(nearestTheMiddle());
  else focusPanel();
}

function nearestTheMiddle() {
  const { x, y } = map.network.getViewPosition();
  const far = (concept) => Math.hypot(concept.x - x, concept.y - y);
  return concepts.filter(conceptShown).reduce((best, concept) => (far(concept) < far(best) ? concept : best)).id;
}

/** The next line at the chosen concept, going round it clockwise. */
function pointAtLine(step) {
  const lines = linesInQuestion();
  if (!lines.length) return;
  const { x, y } = concepts[state.concept];
  const angle = (line) => {
    const other = concepts[beyond(line, state.concept)];
    return Math.atan2(other.y - y, other.x - x);
  };
  lines.sort((a, b) => angle(a) - angle(b) || a - b);
  const now = lines.indexOf(map.hoveredEdge);
  const next = lines[now < 0 ? (step > 0 ? 0 : lines.length - 1) : (now + step + lines.length) % lines.length];
  hover({ hoveredEdge: next });
  tellReader([lineInWords(next), ...ofEvidence(say("passages-count", { n: evidenceOf(next) }))].join(", "));
}

// ── For ears ────────────────────────────────────────────────────────────────────────────────────

const tellReader = (text) => (byId("told").textContent = text);

function tellChoice() {
  if (state.edge !== null) tellReader(lineInWords(state.edge));
  else if (state.path !== null) tellReader(byId("panel-content").querySelector(".kind").textContent);
  else if (state.concept !== null) tellReader(`${conceptLabel(state.concept)}, ${byId("panel-content").querySelector(".kind").textContent}`);
  else if (state.cell !== null) tellReader(byId("panel-content").querySelector(".kind").textContent);
  else tellReader("");
}

const lineInWords = (line) => claimParts(line, conceptLabel).map((part) => part.textContent ?? part).join(" ");

// Where the view stands: what part of the map is seen, how large, and how it moves.

const LEGIBLE = 0.75;
const MANY = 1000;

/** The reader has moved the map: it no longer goes back by itself. */
function touched() {
  map.touched = true;
  map.before = null;
  clearTimeout(map.settling);
  map.settling = setTimeout(boost, 120);
}

/** Far away, marks and lines are drawn larger than the distance would have them. */
function boost() {
  const wanted = wantedBoost();
  if (Math.abs(wanted - map.boost) < 0.08) return;
  map.boost = wanted;
  redress();
}

const wantedBoost = () => Math.min(2, Math.max(1, (0.6 / map.network.getScale()) ** 0.7));

/** On an upright screen the landscape stands upright too: across becomes down. */
function turn() {
  const { clientWidth, clientHeight } = byId("map");
  const upright = clientHeight > 1.2 * clientWidth;
  if (byId("map").hidden || upright === map.upright) return;
  map.upright = upright;
  for (const concept of concepts) [concept.x, concept.y] = [concept.y, concept.x];
  bendLines();
  map.network.replace();
}

/** The part of the map that nothing covers, in pixels from the map's corner. */
function openArea() {
  const frame = byId("map").getBoundingClientRect();
  const area = { left: 0, top: 0, right: frame.width, bottom: frame.height };
  const panel = byId("panel");
  if (panel.hidden) return area;
  const cover = panel.getBoundingClientRect();
  if (cover.left > frame.left + 1) area.right = Math.min(area.right, cover.left - frame.left);
  else area.bottom = Math.max(0, Math.min(area.bottom, cover.top - frame.top));
  return area;
}

/** Seen from afar, labels stand larger than the map: they need a margin of the screen. */
function innerArea() {
  const { left, right, top, bottom } = openArea();
  const [across, down] = [right - left, bottom - top];
  return { left: left + 0.04 * across, right: right - 0.11 * across, top: top + 0.05 * down, bottom: bottom - 0.06 * down };
}

function moveTo(position, scale, animate = true) {
  const ready = document.documentElement.dataset.ready;
  const still = concepts.length + edges.length > MANY || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const calm = !animate || !ready || still;
  map.network.moveTo({
    position, scale, animation: calm ? false : { duration: 260, easingFunction: "easeInOutQuad" },
  });
  clearTimeout(map.settling);
  map.settling = setTimeout(boost, calm ? 0 : 280);
}

/** The rectangle around some concepts and, at its right, their labels. */
function boundsOf(some) {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, id } of some) {
    const label = some.length > MANY || id === undefined ? 40 : 12 + labelWidth(id);
    bounds.left = Math.min(bounds.left, x - 20);
    bounds.right = Math.max(bounds.right, x + label + 12);
    bounds.top = Math.min(bounds.top, y - 18);
    bounds.bottom = Math.max(bounds.bottom, y + 18);
  }
  return bounds;
}

/** The scale at which a rectangle just fits into an area. */
function scaleFor(bounds, area) {
  const across = (area.right - area.left) / (bounds.right - bounds.left);
  return Math.min(across, (area.bottom - area.top) / (bounds.bottom - bounds.top));
}

/** Bring a rectangle to the middle of the open area, as large as fits and at most at a scale. */
function show(bounds, most, animate = true) {
  const near = openArea();
  const area = scaleFor(bounds, near) < LEGIBLE ? innerArea() : near;
  const scale = Math.min(scaleFor(bounds, area), most);
  const { clientWidth, clientHeight } = byId("map");
  const dx = (clientWidth - area.left - area.right) / 2 / scale;
  const dy = (clientHeight - area.top - area.bottom) / 2 / scale;
  const [x, y] = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2];
  moveTo({ x: x + dx, y: y + dy }, scale, animate);
}

/** Whether a concept is seen: switched on, and not gathered in a group. */
const onShow = (concept, index) => (DATA.groups.length ? Boolean(folds.standing[index]) : conceptShown(concept));

/** The whole map, with room for the labels at its edge. */
function fit(animate = false) {
  map.touched = false;
  map.before = null;
  turn();
  const shown = [...concepts.filter(onShow), ...folds.marks];
  if (!shown.length || !byId("map").clientWidth) return;
  show(boundsOf(shown), 1.6, animate);
}

function fitIfUntouched() {
  if (!map.touched && !map.before) fit();
}

/** Move only where what was chosen is covered, out of sight or too small; go back when it is let go. */
function reveal() {
  const near = focus();
  if (byId("map").hidden) return;
  if (!near) return goBack();
  const some = [...near.concepts].map((index) => concepts[index]);
  const area = openArea();
  const scale = map.network.getScale();
  const inside = some.every((place) => {
    const { x, y } = map.network.canvasToDOM(place);
    return x > area.left + 24 && x < area.right - 60 && y > area.top + 20 && y < area.bottom - 20;
  });
  if (inside && scale >= LEGIBLE) return;
  map.before ??= map.touched ? null : { position: map.network.getViewPosition(), scale };
  show(boundsOf(some), Math.max(scale, LEGIBLE));
}

function goBack() {
  if (map.before) moveTo(map.before.position, map.before.scale);
  map.before = null;
}

function onMapKey(event) {
  const step = 60 / map.network.getScale();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
  const { x, y } = map.network.getViewPosition();
  if (event.key in moves) moveTo({ x: x + moves[event.key][0], y: y + moves[event.key][1] }, undefined, false);
  else if (event.key in zooms) moveTo({ x, y }, map.network.getScale() * zooms[event.key], false);
  else if (event.key === "0") fit(true);
  else return;
  if (event.key !== "0") touched();
  event.preventDefault();
}

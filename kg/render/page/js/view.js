// Where the view stands: what part of the map is seen, how large, and how it moves.

const LEGIBLE = 0.75;
const CLOSE = 1.5;
const MANY = 1000;
const MARGIN = { left: 12, right: 22, top: 12, bottom: 12, ofGroups: 30 };
const ZOOMS = { "+": 1.25, "=": 1.25, "-": 0.8 };
const DRAWN = { most: 1.6, across: 60, down: 50 };

/** Where Python put the concepts. */
const homes = concepts.map(({ x, y }) => [x, y]);

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

/**
 * On an upright screen the landscape stands upright too: across becomes down. The side with room to
 * spare is drawn out, so that no strip of the screen stays empty.
 */
function turn() {
  const { clientWidth, clientHeight } = byId("map");
  if (!clientWidth || !clientHeight) return;
  const upright = clientHeight > 1.2 * clientWidth;
  const drawn = drawnOut(upright, clientWidth / clientHeight);
  if (upright === map.upright && Math.abs(drawn - map.drawn) < 0.02) return;
  Object.assign(map, { upright, drawn });
  const [across, down] = [Math.max(1, drawn), Math.max(1, 1 / drawn)];
  concepts.forEach((concept, index) => {
    const [x, y] = upright ? homes[index].toReversed() : homes[index];
    Object.assign(concept, { x: x * across, y: y * down });
  });
  bendLines();
  map.network.replace();
}

/** How much the map grows across (or down, where it is below 1) to be as wide to its height as the screen. */
function drawnOut(upright, wanted) {
  const extent = (at) => {
    const least = homes.reduce((low, home) => Math.min(low, home[at]), Infinity);
    return homes.reduce((high, home) => Math.max(high, home[at]), -Infinity) - least;
  };
  const [across, down] = (upright ? [1, 0] : [0, 1]).map(extent);
  return Math.min(DRAWN.most, Math.max(1 / DRAWN.most, (wanted * (down + DRAWN.down)) / (across + DRAWN.across)));
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

/** Marks and their labels keep clear of the edge; those of groups are large. */
function innerArea() {
  const { left, right, top, bottom } = openArea();
  const more = folds.marks.length ? MARGIN.ofGroups : 0;
  return {
    left: left + MARGIN.left + more, right: right - MARGIN.right - more,
    top: top + MARGIN.top + more, bottom: bottom - MARGIN.bottom - more,
  };
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

/** The rectangle around some concepts or groups and, where it is asked for, the labels at their right. */
function boundsOf(some, { lettered: wide = false } = {}) {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, id } of some) {
    bounds.left = Math.min(bounds.left, x - 1);
    bounds.right = Math.max(bounds.right, x + 1 + (wide ? labelWidth(id) : 0));
    bounds.top = Math.min(bounds.top, y - 1);
    bounds.bottom = Math.max(bounds.bottom, y + 1);
  }
  return bounds;
}

/** The scale at which a rectangle just fits into an area. */
function scaleFor(bounds, area) {
  const across = (area.right - area.left) / (bounds.right - bounds.left);
  return Math.min(across, (area.bottom - area.top) / (bounds.bottom - bounds.top));
}

/**
 * Bring a rectangle to the middle of the open area, as large as fits and at most at a scale; near the
 * edge of the map less than to the middle, since nothing stands beyond.
 */
function show(bounds, most, animate = true) {
  const area = innerArea();
  const scale = Math.min(scaleFor(bounds, area), most);
  const { clientWidth, clientHeight } = byId("map");
  const dx = (clientWidth - area.left - area.right) / 2 / scale;
  const dy = (clientHeight - area.top - area.bottom) / 2 / scale;
  const whole = boundsOf(shownPlaces());
  const [across, down] = [(area.right - area.left) / scale, (area.bottom - area.top) / scale];
  const x = within(whole.left, whole.right, across, (bounds.left + bounds.right) / 2);
  const y = within(whole.top, whole.bottom, down, (bounds.top + bounds.bottom) / 2);
  moveTo({ x: x + dx, y: y + dy }, scale, animate);
}

/** The middle of a stretch of a length that lies between two ends, as near to a wish as it can; or their middle. */
function within(low, high, length, wish) {
  if (high - low <= length) return (low + high) / 2;
  return Math.min(high - length / 2, Math.max(low + length / 2, wish));
}

/** Whether a concept is seen: switched on, and not gathered in a group. */
const onShow = (concept, index) => (DATA.groups.length ? Boolean(folds.standing[index]) : conceptShown(concept));

const shownPlaces = () => [...concepts.filter(onShow), ...folds.marks];

/** The whole map, from edge to edge: labels there find their room inside. */
function fit(animate = false) {
  map.touched = false;
  map.before = null;
  turn();
  const shown = shownPlaces();
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
  if (state.path !== null) return comeTo(some, CLOSE);
  const inside = some.every((place) => {
    const { x, y } = map.network.canvasToDOM(place);
    return x > area.left + 24 && x < area.right - 60 && y > area.top + 20 && y < area.bottom - 20;
  });
  if (inside && scale >= LEGIBLE) return;
  comeTo(some, scale < LEGIBLE ? 1 : scale);
}

/** To some concepts, as near as they allow; where it came from is remembered. */
function comeTo(some, most) {
  map.before ??= map.touched ? null : { position: map.network.getViewPosition(), scale: map.network.getScale() };
  show(boundsOf(some, { lettered: some.length <= MANY }), most);
}

function goBack() {
  if (map.before) moveTo(map.before.position, map.before.scale);
  map.before = null;
}

function onMapKey(event) {
  if (!(event.key in DIRECTIONS)) return;
  const step = 60 / map.network.getScale();
  const { x, y } = map.network.getViewPosition();
  const [across, down] = DIRECTIONS[event.key];
  moveTo({ x: x + step * across, y: y + step * down }, undefined, false);
  touched();
  event.preventDefault();
}

const isZoomKey = (key) => key in ZOOMS || key === "0";

function zoomByKey(key) {
  if (key === "0") return fit(true);
  moveTo(map.network.getViewPosition(), map.network.getScale() * ZOOMS[key], false);
  touched();
}

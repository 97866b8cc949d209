// Very many concepts are first shown as groups: communities, each named by its best known concept, or
// classes. A click opens a group; how much is shown, and why, stands below the map.

const PLENTY = 3000;
const ROUND = { least: 10, most: 34, each: 1.05, rim: 5, apart: 16, rounds: 80, covered: 0.09 };
const TIE = { width: 0.6, most: 7, opacity: 0.3, few: 120 };
const EVERYTHING = "all";
const folds = {
  standing: new Uint8Array(concepts.length), lines: new Uint8Array(edges.length),
  open: new Set(), marks: [], ties: [], hovered: null,
};

const membersOf = DATA.groups.length ? groupBy(concepts, (concept) => concept.circle) : new Map();

/** The best known concept of each group, by which the address names it. */
const hubs = DATA.groups.map((_, group) =>
  membersOf.get(group).reduce((best, index) => (importance(index) > importance(best) ? index : best)));
const groupByHub = new Map(hubs.map((hub, group) => [concepts[hub].key, group]));

/** Whether there is anything to gather: not where the filter leaves few, or all is asked for. */
const folding = () =>
  DATA.groups.length > 1 && state.open !== EVERYTHING && concepts.filter(conceptShown).length > PLENTY;

const openedIn = (text) => text.split(" ").map((key) => groupByHub.get(key)).filter((group) => group !== undefined);

/** Of what the address asks for, the groups that are known here, or everything. */
const recalledOpen = (keys) =>
  DATA.groups.length && keys.includes(EVERYTHING) ? EVERYTHING : keys.filter((key) => groupByHub.has(key)).join(" ");

function nameOfGroup(group) {
  const { class: cls } = DATA.groups[group];
  return cls === undefined ? conceptLabel(hubs[group]) : termLabel(classes[cls].term);
}

/** Who stands alone, who in a group, and how the groups are tied. */
function regroup() {
  const gathered = folding();
  folds.open = new Set(gathered ? openedIn(state.open) : membersOf.keys());
  const alone = (concept) => !gathered || folds.open.has(concept.circle);
  concepts.forEach((concept, index) => (folds.standing[index] = conceptShown(concept) && alone(concept)));
  edges.forEach((edge, index) =>
    (folds.lines[index] = folds.standing[edge.from] && folds.standing[edge.to] && edgeShown(edge)));
  folds.marks = gathered ? groupMarks() : [];
  folds.ties = gathered ? tiesBetween() : [];
}

function groupMarks() {
  const marks = [...membersOf.keys()].filter((group) => !folds.open.has(group)).flatMap(groupMark);
  return spreadOut(shrink(marks.sort((a, b) => b.count - a.count)));
}

function groupMark(group) {
  const members = membersOf.get(group);
  const shown = members.filter((index) => conceptShown(concepts[index]));
  if (!shown.length) return [];
  const shares = [...groupBy(shown, (index) => concepts[index].group)].map(([cls, at]) => [cls, at.length]);
  return [{
    group, count: shown.length, ...mean(members.map((index) => concepts[index])),
    shares: shares.sort((a, b) => b[1] - a[1]),
    radius: Math.min(ROUND.most, 4 + ROUND.each * Math.sqrt(shown.length)),
  }];
}

/** Marks leave room for their labels, however many there are. */
function shrink(marks) {
  const { left, right, top, bottom } = openArea();
  const wanted = marks.reduce((sum, { radius }) => sum + Math.PI * radius ** 2, 0);
  const share = Math.min(1, Math.sqrt((ROUND.covered * (right - left) * (bottom - top)) / (wanted || 1)));
  for (const mark of marks) mark.radius = Math.max(ROUND.least, mark.radius * share);
  return marks;
}

/** No mark lies on another when all of them are seen. */
function spreadOut(marks) {
  const scale = marks.length > 1 ? scaleFor(boundsOf(marks), innerArea()) : 1;
  for (let round = 0; round < ROUND.rounds; round++) {
    for (const a of marks) for (const b of marks) if (a.group < b.group) push(a, b, scale);
  }
  return marks;
}

function push(a, b, scale) {
  const [across, down] = [b.x - a.x || 1, b.y - a.y || 1];
  const far = Math.hypot(across, down);
  const missing = (a.radius + b.radius + ROUND.apart) / scale - far;
  if (missing <= 0) return;
  const step = missing / 2 / far;
  a.x -= across * step;
  a.y -= down * step;
  b.x += across * step;
  b.y += down * step;
}

/** Lines into closed groups, counted. */
function tiesBetween() {
  const markOf = new Map(folds.marks.map((mark) => [mark.group, mark]));
  const ends = (index) => (folds.standing[index] ? index : -1 - concepts[index].circle);
  const ties = new Map();
  edges.forEach((edge) => {
    const [a, b] = [ends(edge.from), ends(edge.to)].sort((one, other) => one - other);
    if (a === b || a >= 0 || !edgeShown(edge)) return;
    const key = a * 1e6 + b;
    const tie = ties.get(key);
    if (tie) tie.count += 1;
    else ties.set(key, { from: markOf.get(-1 - a), to: b < 0 ? markOf.get(-1 - b) : concepts[b], count: 1 });
  });
  return [...ties.values()].filter(({ from, to }) => from && to);
}

// ── On the canvas ───────────────────────────────────────────────────────────────────────────────

function paintTies(context, view) {
  context.strokeStyle = paint("thread");
  context.globalAlpha = TIE.opacity * Math.min(1, Math.sqrt(TIE.few / folds.ties.length));
  for (const { from, to, count } of folds.ties) {
    if (!sees(view, from, 0) && !sees(view, to, 0)) continue;
    const [start, end] = [onScreen(view, from), onScreen(view, to)];
    context.lineWidth = Math.min(TIE.most, TIE.width * Math.sqrt(count));
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** A disc of paper with a rim in the shares of its classes, and the number of its concepts. */
function paintGroups(context, view) {
  for (const mark of folds.marks) {
    if (!sees(view, mark, mark.radius)) continue;
    const { x, y } = onScreen(view, mark);
    context.beginPath();
    context.arc(x, y, mark.radius, 0, 2 * Math.PI);
    context.fillStyle = paint("panel");
    context.fill();
    paintRim(context, mark, x, y);
    context.fillStyle = paint("ink");
    Object.assign(context, { font: `600 ${mark.radius < 16 ? 9.5 : 11.5}px ${FONT}`, textAlign: "center", textBaseline: "middle" });
    context.fillText(mark.count.toLocaleString(interfaceTag()), x, y + 0.5);
  }
}

function paintRim(context, { shares, count, radius }, x, y) {
  context.lineWidth = Math.min(ROUND.rim, radius / 3.5);
  let from = -Math.PI / 2;
  for (const [cls, number] of shares) {
    const to = from + (2 * Math.PI * number) / count;
    context.strokeStyle = classColour(cls);
    context.beginPath();
    context.arc(x, y, radius - context.lineWidth / 2, from, to);
    context.stroke();
    from = to;
  }
}

function groupAt(at) {
  const view = sight();
  const hit = folds.marks.find((mark) => {
    const { x, y } = onScreen(view, mark);
    return Math.hypot(x - at.x, y - at.y) <= mark.radius;
  });
  return hit ? hit.group : null;
}

// ── Opening ─────────────────────────────────────────────────────────────────────────────────────

/** Its concepts stand where they belong, and the map goes there. */
function openGroup(group) {
  const keys = [...folds.open, group].map((opened) => concepts[hubs[opened]].key);
  change({ open: keys.sort().join(" ") });
  const shown = membersOf.get(group).map((index) => concepts[index]).filter(conceptShown);
  touched();
  show(boundsOf(shown), 1);
}

function showEverything() {
  change({ open: EVERYTHING });
  fit();
}

function showGroups() {
  change({ ...NOTHING, open: "" });
  fit();
}

/** What stands on the map by itself; nothing to say where nothing is gathered. */
function standingCounts() {
  if (!folds.marks.length) return {};
  const count = (flags) => flags.reduce((sum, flag) => sum + flag, 0);
  return { shownConcepts: count(folds.standing), shownRelations: count(folds.lines) };
}

/** Why not all stands on the map by itself. */
const whyGathered = () =>
  state.view === "map" && folds.marks.length ? [say("because-groups", { n: folds.marks.length })] : [];

function reportGroups() {
  const here = state.view === "map" && DATA.groups.length > 1;
  byId("everything").hidden = !here || !folds.marks.length;
  byId("gather").hidden = !here || !state.open;
}

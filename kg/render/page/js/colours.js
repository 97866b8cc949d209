// Colours: those of the classes come from the ontology, those of relations from a small palette by
// frequency (the first eight differ, the rest are grey), all of them adapted to a dark page.

const RELATION_COLOURS = [
  "#b5487e", "#3b6fb6", "#c77714", "#2e8b57", "#7a5ea8", "#b8352f", "#0f8b8d", "#8f7a1e",
];
const DASHES = { direct: null, classification: [1.5, 3.5], flow: [13, 6], background: [4, 5], inferred: [1, 6] };

const themeWish = matchMedia("(prefers-color-scheme: dark)");

const isDark = () => document.documentElement.dataset.theme === "dark";

const paints = new Map();

/** A colour of the style sheet, remembered until the theme changes. */
function paint(name) {
  const key = `${name} ${isDark()}`;
  if (!paints.has(key)) {
    const style = getComputedStyle(document.documentElement);
    paints.set(key, style.getPropertyValue(`--${name}`).trim());
  }
  return paints.get(key);
}

/** The colour `share` of the way from one #rrggbb to another. */
function blend(colour, other, share) {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [colour, other].map((hex) => parseInt(hex.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * share).toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
}

const lightened = new Map();

function onTheme(colour) {
  if (!isDark()) return colour;
  if (!lightened.has(colour)) lightened.set(colour, blend(colour, "#ffffff", 0.22));
  return lightened.get(colour);
}

const blends = new Map();

function towardsPaper(colour, share) {
  const key = `${colour} ${share} ${isDark()}`;
  if (!blends.has(key)) blends.set(key, blend(colour, paint("paper"), share));
  return blends.get(key);
}

/** A colour almost gone into the paper, and one that steps back. */
const paled = (colour) => towardsPaper(colour, 0.82);
const softened = (colour) => towardsPaper(colour, 0.3);

const classColour = (cls) => onTheme(classes[cls].colour);

const edgesOfRelation = groupBy(edges, (edge) => (edge.kind === "inferred" ? [] : edge.relation));
const relationRank = new Map(
  [...edgesOfRelation.entries()]
    .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([relation], rank) => [relation, rank]),
);

function relationColour(relation) {
  const colour = RELATION_COLOURS[relationRank.get(relation)];
  return colour ? onTheme(colour) : paint("thread");
}

const KIND_COLOURS = { background: "thread", inferred: "thread", flow: "stream" };
const edgeColour = ({ kind, relation }) =>
  kind in KIND_COLOURS ? paint(KIND_COLOURS[kind]) : relationColour(relation);

/** The colour of a line for words: dark or light enough to be read. */
function inkOf(edge) {
  const colour = edgeColour(edge);
  if (colour === paint("thread")) return paint("soft");
  return isDark() ? blend(colour, "#ffffff", 0.15) : blend(colour, "#000000", 0.28);
}

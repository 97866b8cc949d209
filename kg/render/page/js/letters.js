// Letters: how labels are broken, how large they stand, and how they are written on a canvas.

const FONT = getComputedStyle(document.body).fontFamily;
const WRAP = 19;
const CUT = 90;
const LEADING = 1.05;
const LETTERS = { least: 11, most: 15.5, ofGroups: 12 };
/** How a name is written: a few stand out, the many step back. */
const MANNERS = {
  strong: { weight: "650", grown: 1.2, ink: "ink" },
  plain: { weight: "450", grown: 1, ink: "ink" },
  quiet: { weight: "400", grown: 0.95, ink: "soft" },
};
const MEASURED = 40;
const lettered = { widths: new Map(), lines: new Map() };

/** Long labels stand on two lines, broken near the middle. */
const linesOf = (text) => breaksOf(text)[0];

/** The ways to break a label, the best first: long ones may stand on three lines too, endless ones are cut. */
function breaksOf(text) {
  if (!lettered.lines.has(text)) lettered.lines.set(text, waysToBreak(text));
  return lettered.lines.get(text);
}

function waysToBreak(whole) {
  const text = whole.length > CUT ? `${Array.from(whole.slice(0, CUT)).slice(0, -1).join("").trimEnd()}…` : whole;
  const wide = [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 1.8 : 1), 0);
  if (wide <= WRAP) return wide > 0.6 * WRAP ? [[text], broken(text, 2)] : [[text]];
  return [broken(text, 2), ...(wide > 1.5 * WRAP ? [broken(text, 3)] : []), [text]];
}

/** A text on some lines, or on fewer where it has not enough places to break. */
function broken(text, lines) {
  if (lines < 2) return [text];
  const breaks = [...text.matchAll(/[\s–-]+|(?<=[\u3000-\u9fff])(?=[\u3000-\u9fff])/g)];
  const wanted = text.length / lines;
  const best = breaks
    .map((match) => match.index + match[0].length)
    .filter((at) => at > 2 && at < text.length - 2)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
  return best ? [text.slice(0, best).trimEnd(), ...broken(text.slice(best), lines - 1)] : [text];
}

/** How wide a label stands at a scale of 1. */
const labelWidth = (index) => widthOf(linesOf(conceptLabel(index)), "450", DATA.letters);

const measuring = el("canvas").getContext("2d");

/** The width of the widest line; measured once at one size, since letters grow evenly. */
function widthOf(lines, style, size) {
  const widths = lines.map((line) => {
    const key = `${style} ${line}`;
    if (!lettered.widths.has(key)) {
      measuring.font = `${style} ${MEASURED}px ${FONT}`;
      lettered.widths.set(key, measuring.measureText(line).width / MEASURED);
    }
    return lettered.widths.get(key);
  });
  return Math.max(...widths) * size;
}

/** Letters grow more slowly than the map, and are never too small to read. */
const letterSize = (scale) => Math.max(LETTERS.least, Math.min(LETTERS.most, DATA.letters * Math.sqrt(scale)));

const labelInk = ({ edge, ink }) => (edge === undefined ? paint(ink ?? "ink") : inkOf(edges[edge]));

function drawLabel(context, box) {
  const anchor = { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align];
  context.font = box.font;
  context.textAlign = box.align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = box.forced ? 7 : 3.5;
  context.strokeStyle = paint("paper");
  context.fillStyle = labelInk(box);
  box.lines.forEach((line, number) => {
    const y = box.top + box.size * LEADING * (number + 0.5);
    context.strokeText(line, anchor, y);
    context.fillText(line, anchor, y);
  });
}

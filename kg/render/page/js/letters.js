// Letters: how labels are broken, how large they stand, and how they are written on a canvas.

const FONT = getComputedStyle(document.body).fontFamily;
const WRAP = 19;
const LEADING = 1.14;
const LETTERS = { least: 11, most: 15.5, ofGroups: 12 };
const MEASURED = 40;
const lettered = { widths: new Map(), lines: new Map() };

/** Long labels stand on two lines, broken near the middle. */
function linesOf(text) {
  if (!lettered.lines.has(text)) lettered.lines.set(text, broken(text));
  return lettered.lines.get(text);
}

function broken(text) {
  const wide = [...text].reduce((sum, char) => sum + (char > "\u2e7f" ? 1.8 : 1), 0);
  if (wide <= WRAP) return [text];
  const breaks = [...text.matchAll(/[\s–-]+|(?<=[\u3000-\u9fff])(?=[\u3000-\u9fff])/g)];
  const middle = text.length / 2;
  const best = breaks
    .map((match) => match.index + match[0].length)
    .filter((at) => at > 2 && at < text.length - 2)
    .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return best ? [text.slice(0, best).trimEnd(), text.slice(best)] : [text];
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

function drawLabel(context, box) {
  const anchor = { left: box.left, right: box.right, center: (box.left + box.right) / 2 }[box.align];
  context.font = box.font;
  context.textAlign = box.align;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = box.forced ? 7 : 3.5;
  context.strokeStyle = paint("paper");
  context.fillStyle = box.edge === undefined ? paint("ink") : inkOf(edges[box.edge]);
  box.lines.forEach((line, number) => {
    const y = box.top + box.size * LEADING * (number + 0.5);
    context.strokeText(line, anchor, y);
    context.fillText(line, anchor, y);
  });
}

// A picture of a part of the page as it stands: its boxes, its words and its drawings, in one <svg>
// that needs no style sheet.

const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"];
const EDGE = 16;
const pen = document.createElement("canvas").getContext("2d");

/** Heads that stay while their table moves stand at its beginning: there the picture is taken. */
function pictureOf(root) {
  const view = root.closest(".view");
  const { scrollLeft: left, scrollTop: top } = view;
  view.scrollTo(0, 0);
  const picture = pictureAsItStands(root);
  view.scrollTo({ left, top });
  return picture;
}

function pictureAsItStands(root) {
  const place = root.getBoundingClientRect();
  const frame = { left: place.left - EDGE, top: place.top - EDGE };
  const [width, height] = [place.width, place.height].map((length) => Math.ceil(length) + 2 * EDGE);
  const paper = svg("rect", { width, height, fill: paint("paper") });
  const parts = partsOf(root, frame);
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` }, paper, ...parts);
}

/** Pictures below each other, so many pixels of each over the one before. */
function piled(overlap, ...pictures) {
  const size = (picture, name) => Number(picture.getAttribute(name));
  const width = Math.max(...pictures.map((picture) => size(picture, "width")));
  let height = 0;
  for (const picture of pictures) {
    picture.setAttribute("y", height);
    height += size(picture, "height") - overlap;
  }
  height += overlap;
  const paper = svg("rect", { width, height, fill: paint("paper") });
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` }, paper, ...pictures);
}

function partsOf(node, frame) {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath !== "none") return [];
  if (node.namespaceURI.endsWith("svg")) return [drawing(node, frame)];
  const inner = [...node.childNodes].flatMap((child) =>
    child.nodeType === Node.TEXT_NODE ? linesIn(child, style, frame) : child.nodeType === Node.ELEMENT_NODE ? partsOf(child, frame) : []);
  return [...box(node, style, frame), ...inner];
}

/** The ground of an element and its borders; what is clear is not drawn. */
function box(node, style, frame) {
  const { left, top, width, height } = node.getBoundingClientRect();
  const [x, y] = [left - frame.left, top - frame.top];
  const clear = (colour) => colour === "transparent" || /, 0\)$/.test(colour);
  const parts = [];
  const edged = ["Top", "Bottom", "Left", "Right"].filter((side) => parseFloat(style[`border${side}Width`]) && !clear(style[`border${side}Color`]));
  const whole = edged.length === 4;
  if (!clear(style.backgroundColor) || whole) {
    const rx = Math.min(parseFloat(style.borderRadius) || 0, height / 2);
    const look = { x, y, width, height, rx, fill: clear(style.backgroundColor) ? "none" : style.backgroundColor };
    if (whole) Object.assign(look, { stroke: style.borderTopColor, "stroke-width": style.borderTopWidth });
    parts.push(svg("rect", look));
  }
  for (const side of whole ? [] : edged) parts.push(border(side, style, x, y, width, height));
  return parts;
}

function border(side, style, x, y, width, height) {
  const ends = {
    Top: [x, y, x + width, y], Bottom: [x, y + height, x + width, y + height],
    Left: [x, y, x, y + height], Right: [x + width, y, x + width, y + height],
  }[side];
  const [x1, y1, x2, y2] = ends;
  return svg("line", { x1, y1, x2, y2, stroke: style[`border${side}Color`], "stroke-width": style[`border${side}Width`] });
}

/** The words of a text as they break into lines. */
function linesIn(text, style, frame) {
  if (!text.data.trim()) return [];
  pen.font = style.font;
  const ascent = pen.measureText("x").fontBoundingBoxAscent;
  return lineRanges(text).map(({ words: line, box: { left, right, top } }) => {
    const rightward = style.direction !== "rtl";
    const look = {
      x: (rightward ? left : right) - frame.left, y: top - frame.top + ascent, fill: style.color, direction: style.direction,
      "font-family": style.fontFamily, "font-size": style.fontSize, "font-weight": style.fontWeight, "font-style": style.fontStyle,
    };
    return svg("text", look, style.textTransform === "uppercase" ? line.toUpperCase() : line);
  });
}

/** Words, parts of hyphened words and letters of scripts without spaces, joined while in one line. */
function lineRanges(text) {
  const range = document.createRange();
  const lines = [];
  for (const { index, 0: piece } of text.data.matchAll(/[\u2e80-\uffff]|[^\s\u2e80-\uffff–—-]+[–—-]?|[–—-]/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + piece.length);
    const place = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (!place.width) continue;
    if (last && Math.abs(last.box.top - place.top) < 3) last.end = index + piece.length;
    else lines.push({ start: index, end: index + piece.length, box: place });
  }
  return lines.map(({ start, end, box: place }) => ({ words: text.data.slice(start, end), box: place }));
}

/** A drawing of the page with its looks written into it; what only waits for a click is left out. */
function drawing(node, frame) {
  const { left, top, width, height } = node.getBoundingClientRect();
  const copy = node.cloneNode(true);
  const originals = [node, ...node.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((each, number) => {
    const style = getComputedStyle(originals[number]);
    for (const name of LOOKS) each.setAttribute(name, style.getPropertyValue(name));
    each.removeAttribute("class");
    each.removeAttribute("style");
  });
  for (const [name, value] of Object.entries({ x: left - frame.left, y: top - frame.top, width, height })) copy.setAttribute(name, value);
  copy.removeAttribute("id");
  for (const waiting of copy.querySelectorAll("[stroke='rgba(0, 0, 0, 0)'], title")) waiting.remove();
  return copy;
}

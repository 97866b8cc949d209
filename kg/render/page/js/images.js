// Pictures of what is shown: the map drawn anew as SVG; any view's picture with a caption below it,
// on paper of its own, as SVG or as pixels.

const CAPTION = { margin: 12, letter: 12, line: 16, mark: 11 };
const SHARP = 2;

VIEWS.map.image = () => {
  const picture = asPicture(DATA.groups.length ? mapPicture() : mapImage());
  return piled(0, picture, keyImage(Number(picture.getAttribute("width"))));
};

const FRAMED = { room: 30, least: 460 };
/** What is faint is not in focus. */
const FAINT = { line: 0.06, mark: 0.13 };
const IN_FOCUS = { opacity: 0.95, grown: 1.5 };

/** The part of the map that is in sight, as it stands. */
function mapImage() {
  const area = openArea();
  const [width, height] = [area.right - area.left, area.bottom - area.top].map(Math.round);
  const sight = { place: (point) => map.network.canvasToDOM(point), scale: map.network.getScale(), near: focus() };
  const lines = edges.map((edge) => edge.at).filter((line) => kept.edges[line]);
  const marks = concepts.map(({ id }) => id).filter((id) => kept.concepts[id]);
  const frame = paper.printing && sight.near && width ? nearFrame(sight, width, height) : [0, 0, width, height];
  return svg("svg", { viewBox: frame.join(" "), width: frame[2], height: frame[3], "font-family": FONT },
    svg("g", { fill: "none" }, ...lines.map((line) => lineImage(line, sight))),
    svg("g", {}, ...marks.map((id) => markImage(id, sight))),
    svg("g", {}, ...labels.boxes.map(labelImage)));
}

/** On paper only what is chosen is framed, with what belongs to it and with room for the key below. */
function nearFrame({ place, near }, width, height) {
  const marks = [...near.concepts].map((id) => place(concepts[id]));
  const reach = (axis, sides, most) => {
    const all = [...marks.map((mark) => mark[axis]), ...labels.boxes.flatMap((box) => sides.map((side) => box[side]))];
    return [Math.max(0, Math.min(...all) - FRAMED.room), Math.min(most, Math.max(...all) + FRAMED.room)];
  };
  const [[left, right], [top, bottom]] = [reach("x", ["left", "right"], width), reach("y", ["top", "bottom"], height)];
  const wide = Math.min(width, Math.max(right - left, FRAMED.least));
  return [Math.min(left, width - wide), top, wide, bottom - top].map(short);
}

function lineImage(line, { place, scale, near }) {
  const { kind, width, ...edge } = edges[line];
  const chosen = near?.edges.has(line);
  const wide = (width * map.boost * (chosen ? IN_FOCUS.grown : 1) + (kind === "flow" ? 0.6 : 0)) * scale;
  const colour = edgeColour(edges[line]);
  const look = { stroke: colour, opacity: chosen ? IN_FOCUS.opacity : near ? FAINT.line : short(quietness(kind)) };
  const dashes = DASHES[kind] ? { "stroke-dasharray": DASHES[kind].map((dash) => short(dash * scale)).join(" ") } : {};
  if (edge.from === edge.to) return loopImage(place(loopAt(concepts[edge.from])), scale, { ...look, ...dashes, "stroke-width": short(wide) });
  const [from, to] = [concepts[edge.from], concepts[edge.to]].map(place);
  const bend = bendOf(line, place, from, to);
  const angle = Math.atan2(to.y - bend.y, to.x - bend.x);
  const reach = concepts[edge.to].size * map.boost * scale;
  const tip = { x: to.x - reach * Math.cos(angle), y: to.y - reach * Math.sin(angle) };
  return svg("g", { ...look, fill: colour },
    svg("path", { d: `M${xy(from)}Q${xy(bend)} ${xy(tip)}`, fill: "none", "stroke-width": short(wide), ...dashes }),
    svg("path", { d: arrowHead(tip, angle, 4 * scale + 2.4 * wide), stroke: "none" }));
}

const loopImage = ({ x, y }, scale, look) =>
  svg("circle", { cx: short(x), cy: short(y), r: short(LOOP * scale), ...look });

/** The point that pulls a line aside, from where the map draws its middle. */
function bendOf(line, place, from, to) {
  const middle = place(pointOn(line, 0.5));
  return { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
}

function arrowHead({ x, y }, angle, size) {
  const corner = (turn) => ({ x: x - size * Math.cos(angle + turn), y: y - size * Math.sin(angle + turn) });
  return `M${xy({ x, y })}L${xy(corner(0.38))}L${xy(corner(-0.38))}z`;
}

/** How far the outlines of `SHAPES` reach from their middle. */
const EXTENTS = { disc: 6, square: 5, triangle: 6.4, "triangle-down": 6.4, diamond: 6.7, star: 7.2, hexagon: 6.6 };

function markImage(id, { place, scale, near }) {
  const { group, size } = concepts[id];
  const { x, y } = place(concepts[id]);
  const { shape } = classes[group];
  const grown = (size * map.boost * scale) / EXTENTS[shape];
  const look = markLook(concepts[id], id, Boolean(near?.concepts.has(id)));
  return svg("path", {
    d: SHAPES[shape],
    transform: `translate(${short(x)} ${short(y)}) scale(${short(grown)}) translate(-8 -8)`,
    fill: look.background,
    stroke: look.border,
    "stroke-width": short((look.width * scale) / grown),
    opacity: near && !near.concepts.has(id) ? FAINT.mark : 1,
  });
}

function labelImage(box) {
  const [, style, weight, size] = /^(italic )?(\d+) ([\d.]+)px/.exec(box.font);
  const anchor = { left: ["start", box.left], right: ["end", box.right], center: ["middle", (box.left + box.right) / 2] }[box.align];
  return svg("text", {
    "text-anchor": anchor[0], "font-size": size, "font-weight": weight, "font-style": style ? "italic" : "normal",
    fill: labelInk(box), stroke: paint("paper"), "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
  }, ...box.lines.map((line, number) =>
    svg("tspan", { x: short(anchor[1]), y: short(box.top + box.size * (LEADING * (number + 0.5) + 0.35)) }, line)));
}

/** What the marks mean: the classes that are shown, in as many lines as they need. */
function keyImage(width) {
  const { margin, letter, line, mark } = CAPTION;
  const near = paper.printing ? focus() : null;
  const keyed = (concept) => conceptShown(concept) && (!near || near.concepts.has(concept.id));
  const shown = new Set(concepts.filter(keyed).map(({ group }) => group));
  let [x, y] = [margin, 0];
  const parts = [...shown].sort((a, b) => a - b).flatMap((cls) => {
    const name = termLabel(classes[cls].term);
    const needed = mark + 5 + widthOf([name], "450", letter);
    if (x > margin && x + needed > width - margin) [x, y] = [margin, y + line];
    const [left, glyphOf] = [x, glyph(cls)];
    x += needed + 1.5 * margin;
    const place = { x: left, y: y + (line - mark) / 2, width: mark, height: mark };
    Object.entries(place).forEach(([attribute, value]) => glyphOf.setAttribute(attribute, short(value)));
    return [glyphOf, svg("text", { x: short(left + mark + 5), y: y + 0.75 * line, "font-family": FONT, "font-size": letter, fill: paint("ink") }, name)];
  });
  return svg("svg", { width, height: y + line, viewBox: `0 0 ${width} ${y + line}` }, ...parts);
}

const short = (number) => Math.round(number * 100) / 100;
const xy = ({ x, y }) => `${short(x)} ${short(y)}`;

// ── Any view's picture ──────────────────────────────────────────────────────────────────────────

/** An <svg> as it is; what is on a canvas as an image in one. */
function asPicture(image) {
  if (!(image instanceof HTMLCanvasElement)) return image;
  const [width, height] = [image.width, image.height].map((side) => side / devicePixelRatio);
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, svg("image", { href: image.toDataURL(), width, height }));
}

function framed(image) {
  const picture = asPicture(image);
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const { margin, letter, line } = CAPTION;
  const lines = brokenInto(width - 2 * margin, caption().join(" · "));
  const whole = height + margin + lines.length * line;
  const words = lines.map((text, number) => svg("tspan", { x: margin, y: height + (number + 1) * line }, text));
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${whole}`, width, height: whole },
    svg("title", {}, projectTitle()), svg("rect", { width, height: whole, fill: paint("paper") }), picture,
    svg("text", { "font-family": FONT, "font-size": letter, fill: paint("soft") }, ...words));
}

/** A text in lines that are no wider than so many pixels. */
function brokenInto(width, text) {
  const context = el("canvas").getContext("2d");
  context.font = `${CAPTION.letter}px ${FONT}`;
  const lines = [""];
  for (const piece of text.split(/(?<=\s)|(?<=[\u3000-\u9fff])/)) {
    if (context.measureText(lines.at(-1) + piece.trimEnd()).width > width) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trim());
}

/** Twice as sharp as the screen asks for, for print. */
async function rastered(image) {
  const source = new XMLSerializer().serializeToString(image);
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await picture.decode();
  const canvas = el("canvas", { width: image.getAttribute("width") * SHARP, height: image.getAttribute("height") * SHARP });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// Pictures of what is shown: the map drawn anew as SVG; any view's picture with a caption below it,
// on paper of its own, as SVG or as pixels.

const CAPTION = 30;
const SHARP = 2;

VIEWS.map.image = mapImage;

/** The part of the map that is in sight, as it stands. */
function mapImage() {
  const area = openArea();
  const [width, height] = [area.right - area.left, area.bottom - area.top].map(Math.round);
  const near = focus();
  const inSight = { place: map.network.canvasToDOM.bind(map.network), scale: map.network.getScale(), near };
  const lines = edges.map((edge) => edge.at).filter((line) => kept.edges[line]);
  const marks = concepts.map(({ id }) => id).filter((id) => kept.concepts[id]);
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT },
    svg("g", { fill: "none" }, ...lines.map((line) => lineImage(line, inSight))),
    svg("g", {}, ...marks.map((id) => markImage(id, inSight))),
    svg("g", {}, ...labels.boxes.map(labelImage)));
}

function lineImage(line, { place, scale, near }) {
  const look = edgeLook(edges[line], line, near);
  const [from, to] = [concepts[edges[line].from], concepts[edges[line].to]].map(place);
  const bend = bendOf(line, place, from, to);
  const { x, y } = to;
  const reach = concepts[edges[line].to].size * map.boost * scale;
  const angle = Math.atan2(y - bend.y, x - bend.x);
  const tip = { x: x - reach * Math.cos(angle), y: y - reach * Math.sin(angle) };
  const width = look.width * scale;
  return svg("g", { stroke: look.color.color, fill: look.color.color, opacity: look.color.opacity },
    svg("path", { d: `M${xy(from)}Q${xy(bend)} ${xy(tip)}`, fill: "none", "stroke-width": short(width),
      ...(look.dashes ? { "stroke-dasharray": look.dashes.map((dash) => short(dash * scale)).join(" ") } : {}) }),
    svg("path", { d: arrowHead(tip, angle, (4 + 2.4 * look.width) * scale), stroke: "none" }));
}

/** The point that pulls a line aside, from where the map draws its middle. */
function bendOf(line, place, from, to) {
  const middle = place(map.network.body.edges[line].edgeType.getPoint(0.5));
  return { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
}

function arrowHead({ x, y }, angle, size) {
  const corner = (turn) => ({ x: x - size * Math.cos(angle + turn), y: y - size * Math.sin(angle + turn) });
  return `M${xy({ x, y })}L${xy(corner(0.38))}L${xy(corner(-0.38))}z`;
}

/** How far the outlines of `SHAPES` reach from their middle. */
const EXTENTS = { disc: 6, square: 5, triangle: 6.4, "triangle-down": 6.4, diamond: 6.7, star: 7.2, hexagon: 6.6 };

function markImage(id, { place, scale, near }) {
  const { x, y } = place(concepts[id]);
  const look = nodeLook(concepts[id], id, near);
  const { shape } = classes[concepts[id].group];
  const size = (look.size * scale) / EXTENTS[shape];
  return svg("path", {
    d: SHAPES[shape],
    transform: `translate(${short(x)} ${short(y)}) scale(${short(size)}) translate(-8 -8)`,
    fill: look.color.background, stroke: look.color.border, opacity: look.opacity,
    "stroke-width": short((look.borderWidth * scale) / size),
  });
}

function labelImage(box) {
  const [, style, weight, size] = /^(italic )?(\d+) ([\d.]+)px/.exec(box.font);
  const anchor = { left: ["start", box.left], right: ["end", box.right], center: ["middle", (box.left + box.right) / 2] }[box.align];
  const ink = box.edge === undefined ? paint("ink") : inkOf(edges[box.edge]);
  return svg("text", {
    "text-anchor": anchor[0], "font-size": size, "font-weight": weight, "font-style": style ? "italic" : "normal",
    fill: ink, stroke: paint("paper"), "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
  }, ...box.lines.map((line, number) =>
    svg("tspan", { x: short(anchor[1]), y: short(box.top + box.size * (1.18 * (number + 0.5) + 0.35)) }, line)));
}

const short = (number) => Math.round(number * 100) / 100;
const xy = ({ x, y }) => `${short(x)} ${short(y)}`;

// ── Any view's picture ──────────────────────────────────────────────────────────────────────────

/** An <svg> as it is; what is on a canvas as an image in one. */
function asPicture(image) {
  if (!(image instanceof HTMLCanvasElement)) return image;
  const { clientWidth: width, clientHeight: height } = image;
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, svg("image", { href: image.toDataURL(), width, height }));
}

function framed(image) {
  const picture = asPicture(image);
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const words = svg("text", { x: 12, y: height + CAPTION - 11, "font-family": FONT, "font-size": 12, fill: paint("soft") }, caption().join(" · "));
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height + CAPTION}`, width, height: height + CAPTION },
    svg("title", {}, DATA.title), svg("rect", { width, height: height + CAPTION, fill: paint("paper") }), picture, words);
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

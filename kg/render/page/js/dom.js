// Elements, made without markup: attributes and text only, so that no data can become script.

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") Object.entries(value).forEach(([event, act]) => node.addEventListener(event, act));
    else if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const byId = (id) => document.getElementById(id);

/** A text of a document or a label, kept apart from the direction of the words around it. */
const words = (text, language) => el("bdi", { lang: language }, text);

const conceptWords = (index) => {
  const { labels } = concepts[index];
  return words(conceptLabel(index), languageOf(labels));
};

const termWords = (index) => words(termLabel(index), languageOf(terms[index].labels));

/** A web address as a link, anything else as text. */
function link(iri, text = iri) {
  if (!isWeb(iri)) return words(text);
  return el("a", { href: iri, rel: "noopener noreferrer", target: "_blank" }, words(text));
}

const SHAPES = {
  disc: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
  square: "M3 3h10v10H3z",
  triangle: "M8 2l6.4 11.4H1.6z",
  "triangle-down": "M8 14L1.6 2.6h12.8z",
  diamond: "M8 1l6.4 7L8 15 1.6 8z",
  star: "M8 .8l2.1 4.8 5.2.5-3.9 3.5 1.1 5.1L8 12l-4.5 2.7 1.1-5.1L.7 6.1l5.2-.5z",
  hexagon: "M1.4 8l3.3-5.8h6.6L14.6 8l-3.3 5.8H4.7z",
};

function svg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children);
  return node;
}

/** The mark of a class, as on the map. */
function glyph(cls) {
  const { shape } = classes[cls];
  const path = svg("path", { d: SHAPES[shape] || SHAPES.disc, fill: classColour(cls) });
  return svg("svg", { class: "glyph", viewBox: "0 0 16 16", "aria-hidden": "true" }, path);
}

/** A short piece of a line, as on the map. */
function stroke(colour, dashes, width = 2) {
  const line = svg("line", { x1: 1, y1: 8, x2: 27, y2: 8, stroke: colour, "stroke-width": width });
  if (dashes) line.setAttribute("stroke-dasharray", dashes.join(" "));
  return svg("svg", { class: "stroke", viewBox: "0 0 28 16", "aria-hidden": "true" }, line);
}

// The marks of a document: which words are marked as what, and how their underlines are stacked so
// that each can be told from the next, however they overlap.

const BUCKET = 256;

const coderShown = (coder) => !filter.coders.has(coder);
const accepted = (mention) => mention.status === undefined;
const mentionShown = (mention) =>
  accepted(mention) && kept.mentions[mention.at] && conceptShown(concepts[mention.concept]);

/** One mark for the same words marked as the same concept, whoever marked them. */
function marksIn(document) {
  const found = new Map();
  mentions.forEach((mention, index) => {
    if (passages[mention.passage].document !== document || !mentionShown(mention)) return;
    for (const [from, to] of mention.spans) {
      const key = `${from} ${to} ${mention.concept}`;
      if (!found.has(key)) found.set(key, { from, to, concept: mention.concept, mentions: [] });
      found.get(key).mentions.push(index);
    }
  });
  return stacked([...found.values()]);
}

/** The shortest mark lies next to the words; each longer one below those that it meets. */
function stacked(marks) {
  const buckets = new Map();
  const order = [...marks].sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from || a.concept - b.concept);
  for (const mark of order) {
    const places = bucketsOf(mark);
    const met = new Set(places.flatMap((place) => buckets.get(place) || []).filter((other) => other.from < mark.to && mark.from < other.to).map(({ level }) => level));
    mark.level = 0;
    while (met.has(mark.level)) mark.level += 1;
    for (const place of places) buckets.set(place, [...(buckets.get(place) || []), mark]);
  }
  return order.sort((a, b) => a.from - b.from || b.to - a.to);
}

function bucketsOf({ from, to }) {
  const places = [];
  for (let place = Math.floor(from / BUCKET); place <= Math.floor((to - 1) / BUCKET); place++) places.push(place);
  return places;
}

/** A stretch cut wherever a mark begins or ends, each piece with the marks over it, shortest first. */
function cutAt(marks, from, to) {
  const over = marks.filter((mark) => mark.from < to && from < mark.to);
  const cuts = [...new Set([from, to, ...over.flatMap((mark) => [mark.from, mark.to])])]
    .filter((at) => at >= from && at <= to)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, number) => {
    const end = cuts[number + 1];
    const here = over.filter((mark) => mark.from <= start && end <= mark.to).sort((a, b) => a.to - a.from - (b.to - b.from));
    return { from: start, to: end, over: here };
  });
}

/** Lines under words, one for each mark, in the colours of the classes, as strong as the style sheet has them. */
function underline(node, over) {
  const deep = Math.max(...over.map(({ level }) => level)) + 1;
  const line = ({ concept }) => `color-mix(in srgb, ${classColour(concepts[concept].group)} var(--strength, 100%), transparent)`;
  node.style.setProperty("padding-bottom", `${deep * 3}px`);
  node.style.setProperty("background-image", over.map((mark) => `linear-gradient(${line(mark)}, ${line(mark)})`).join(","));
  node.style.setProperty("background-position", over.map(({ level }) => `0 calc(100% - ${(deep - 1 - level) * 3}px)`).join(","));
}

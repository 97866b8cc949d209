// To the SPARQL page and back: the concepts that an answer there names (#concepts=key,key) stand out
// on the map, with the lines between them, until the reader lets them go.

const highlight = { concepts: new Set(), note: el("span", { id: "highlight", role: "status" }) };

function readHighlight() {
  const found = (askedParts().get("concepts") ?? []).map((key) => conceptByKey.get(key));
  highlight.concepts = new Set(found.filter((index) => index !== undefined));
  drawHighlight();
}

/** What stands out where nothing is chosen; null for no such concepts. */
function highlighted() {
  const { concepts: some } = highlight;
  if (!some.size) return null;
  const between = edges.flatMap((edge, index) => (some.has(edge.from) && some.has(edge.to) && edgeShown(edge) ? [index] : []));
  return { concepts: some, edges: new Set(between) };
}

function drawHighlight() {
  const n = highlight.concepts.size;
  const letGo = el("button", { type: "button", class: "quiet", on: { click: forgetHighlight } }, say("let-go"));
  highlight.note.replaceChildren(...(n ? [say("highlighted", { n }), " ", letGo, " "] : []));
}

function forgetHighlight() {
  highlight.concepts.clear();
  drawHighlight();
  remember("push");
  tell("highlight");
}

/** The view's question, asked on the SPARQL page where there is one. */
function askLink() {
  if (!DATA.sparql || !hasAddress) return "";
  const choice = new URLSearchParams({ language: state.language, query: question() });
  return el("a", { class: "quiet", "data-tool": "ask", href: `${DATA.sparql}#${choice}` }, say("ask-question"));
}

/** The SPARQL page opens in the language of this one; nothing lies beside a frame in a notebook. */
function drawWayToSparql() {
  if (!byId("to-sparql")) return;
  byId("to-sparql").hidden = !hasAddress;
  byId("to-sparql").href = `${DATA.sparql}#${new URLSearchParams({ language: state.language })}`;
}

byId("status").prepend(highlight.note);
readHighlight();
drawWayToSparql();
onChange((changed) => {
  if (!changed.has("language")) return;
  drawHighlight();
  drawWayToSparql();
});
addEventListener("hashchange", () => {
  readHighlight();
  tell("highlight");
});

// What else a file says of a thing, where the page is made from anybody's file: each property with
// its values, texts in the chosen language where there are any, addresses as links.

function knownOf(index) {
  const { facts = [] } = about[index];
  if (!facts.length) return "";
  const rows = facts.flatMap(([term, values, more]) => [
    el("dt", {}, termWords(term)),
    ...inChosenLanguage(values).map(knownValue),
    more ? el("dd", { class: "more" }, say("and-more", { n: more })) : "",
  ]);
  return el("section", { id: "panel-facts" }, el("h3", {}, say("facts")), el("dl", { class: "facts" }, rows));
}

/** What has no language, such as a number or an address, is in every one. */
function inChosenLanguage(values) {
  const own = values.filter(([tag]) => !tag || tag === state.language);
  return own.length ? own : values;
}

const knownValue = ([tag, text, iri]) =>
  el("dd", { dir: "auto" }, iri === undefined ? words(text, tag || null) : link(iri, text));

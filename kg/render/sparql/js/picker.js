// A box in which one chooses a term by typing a part of its label, in any language.

const CHOICES = 60;

/** `options` are IRIs; `onPick` gets the one that was chosen, "" where the box was emptied. */
function picker({ id, options, value, hint, onPick }) {
  const input = el("input", {
    id, type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    autocomplete: "off", spellcheck: "false", placeholder: hint,
  });
  const list = el("ul", { id: `${id}-list`, class: "choices", role: "listbox", hidden: true });
  const box = { id, input, list, value, onPick, names: options.map((iri) => [iri, allNames(iri)]), items: [], active: -1 };
  const listeners = {
    input: () => offerChoices(box),
    click: () => list.hidden && offerChoices(box),
    focus: () => input.select(),
    keydown: (event) => onChoiceKey(box, event),
    blur: () => (input.value.trim() ? putBack(box) : pick(box, "")),
  };
  for (const [name, listener] of Object.entries(listeners)) input.addEventListener(name, listener);
  putBack(box);
  return el("span", { class: "picker" }, input, list);
}

function allNames(iri) {
  const { labels = [], others = [] } = termByIri.get(iri) ?? {};
  return [keyOf(iri), ...labels.filter(Boolean), ...others].map(fold);
}

function offerChoices(box) {
  const wanted = fold(box.input.value);
  const order = new Intl.Collator(state.language);
  const ranked = box.names.map(([iri, names]) => ({ iri, rank: wanted ? rankOf({ names }, wanted) : 1 })).filter(({ rank }) => rank < 9);
  ranked.sort((a, b) => a.rank - b.rank || order.compare(nameOf(a.iri), nameOf(b.iri)));
  box.items = ranked.slice(0, CHOICES).map(({ iri }) => iri);
  box.active = wanted && box.items.length ? 0 : -1;
  const none = el("li", { class: "note", role: "presentation" }, say("none-found"));
  box.list.replaceChildren(...(box.items.length ? box.items.map((iri, number) => choice(box, iri, number)) : [none]));
  showChoices(box, true);
}

function choice(box, iri, number) {
  const take = (event) => {
    event.preventDefault();
    pick(box, iri);
  };
  return el("li", { id: `${box.id}-${number}`, role: "option", on: { mousedown: take } },
    words(nameOf(iri), tongueOf(iri)), el("span", { class: "other" }, otherLabel(iri)));
}

function showChoices({ id, input, list, active }, shown) {
  list.hidden = !shown;
  input.setAttribute("aria-expanded", String(shown));
  input.setAttribute("aria-activedescendant", shown && active >= 0 ? `${id}-${active}` : "");
  [...list.querySelectorAll("[role=option]")].forEach((option, number) => {
    option.setAttribute("aria-selected", String(number === active));
    if (number === active) option.scrollIntoView({ block: "nearest" });
  });
}

function pick(box, iri) {
  const changed = iri !== box.value;
  box.value = iri;
  putBack(box);
  if (changed) box.onPick(iri);
}

/** The box says what is chosen, whatever was typed in between. */
function putBack(box) {
  box.input.value = box.value ? nameOf(box.value) : "";
  showChoices(box, false);
}

function onChoiceKey(box, event) {
  const { length } = box.items;
  const opened = !box.list.hidden;
  if (event.key === "ArrowDown" && !opened) offerChoices(box);
  else if (event.key === "ArrowDown" && length) box.active = (box.active + 1) % length;
  else if (event.key === "ArrowUp" && length) box.active = (box.active + length - 1) % length;
  else if (event.key === "Enter" && opened && box.active >= 0) pick(box, box.items[box.active]);
  else if (event.key === "Enter" && !box.input.value) pick(box, "");
  else if (event.key === "Escape" && opened) putBack(box);
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key.startsWith("Arrow")) showChoices(box, true);
}

/** The label in another language than the chosen one, to be sure which term it is. */
function otherLabel(iri) {
  const { labels = [] } = termByIri.get(iri) ?? {};
  return labels.filter((label) => label && label !== nameOf(iri)).join(" · ");
}

// A box in which one chooses a term by typing a part of its label, in any language.

const CHOICES = 60;

/** `options` are IRIs; `onPick` gets the one that was chosen, "" where the box was emptied. */
function picker({ id, options, value, hint, onPick }) {
  const found = { items: [], active: -1 };
  const input = el("input", {
    id, type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
    autocomplete: "off", spellcheck: "false", placeholder: hint,
  });
  const list = el("ul", { id: `${id}-list`, class: "choices", role: "listbox", hidden: true });
  const names = options.map((iri) => [iri, [keyOf(iri), ...(termByIri.get(iri)?.labels ?? []), ...(termByIri.get(iri)?.others ?? [])].filter(Boolean).map(fold)]);
  const show = () => (input.value = value ? nameOf(value) : "");

  function offer() {
    const wanted = fold(input.value);
    const ranked = names.map(([iri, own]) => ({ iri, rank: wanted ? rankOf({ names: own }, wanted) : 1 })).filter(({ rank }) => rank < 9);
    const order = new Intl.Collator(state.language);
    found.items = ranked.sort((a, b) => a.rank - b.rank || order.compare(nameOf(a.iri), nameOf(b.iri))).slice(0, CHOICES).map(({ iri }) => iri);
    found.active = wanted && found.items.length ? 0 : -1;
    list.replaceChildren(...(found.items.length ? found.items.map(item) : [el("li", { class: "note", role: "presentation" }, say("none-found"))]));
    open(true);
  }

  const item = (iri, number) =>
    el("li", { id: `${id}-${number}`, role: "option", on: { mousedown: (event) => (event.preventDefault(), pick(iri)) } },
      words(nameOf(iri), tongueOf(iri)), el("span", { class: "other" }, otherLabel(iri)));

  function open(shown) {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    [...list.querySelectorAll("[role=option]")].forEach((option, number) => {
      option.setAttribute("aria-selected", String(number === found.active));
      if (number === found.active) option.scrollIntoView({ block: "nearest" });
    });
    input.setAttribute("aria-activedescendant", shown && found.active >= 0 ? `${id}-${found.active}` : "");
  }

  function pick(iri) {
    const changed = iri !== value;
    value = iri;
    show();
    open(false);
    if (changed) onPick(iri);
  }

  function onKey(event) {
    const { length } = found.items;
    const opened = !list.hidden;
    if (event.key === "ArrowDown" && !opened) offer();
    else if (event.key === "ArrowDown" && length) found.active = (found.active + 1) % length;
    else if (event.key === "ArrowUp" && length) found.active = (found.active + length - 1) % length;
    else if (event.key === "Enter" && opened && found.active >= 0) return event.preventDefault(), pick(found.items[found.active]);
    else if (event.key === "Enter" && !input.value) return event.preventDefault(), pick("");
    else if (event.key === "Escape" && opened) return event.stopPropagation(), open(false), show();
    else return;
    event.preventDefault();
    open(true);
  }

  input.addEventListener("input", offer);
  input.addEventListener("click", () => list.hidden && offer());
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => (input.value.trim() ? (open(false), show()) : pick("")));
  show();
  return el("span", { class: "picker" }, input, list);
}

/** The label in another language than the chosen one, to be sure which term it is. */
function otherLabel(iri) {
  const { labels = [] } = termByIri.get(iri) ?? {};
  return labels.filter((label) => label && label !== nameOf(iri)).join(" · ");
}

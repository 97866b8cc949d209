// The interface in words: English unless the project's language has words of its own.

const INTERFACE = JSON.parse(document.getElementById("interface").textContent);

const interfaceTag = () =>
  [state.language, state.language.split("-")[0], "en"].find((tag) => tag in INTERFACE);

/** The words for what this page is of, where it has its own: `how-marks-file` for `how-marks`. */
const wordingOf = (key) =>
  DATA.words.map((word) => `${key}-${word}`).find((name) => name in INTERFACE.en) ?? key;

/** `{name}` is filled in; a sentence may differ by the plural form of `n`. */
function say(name, values = {}) {
  const tag = interfaceTag();
  const key = wordingOf(name);
  let sentence = INTERFACE[tag][key] ?? INTERFACE.en[key];
  if (typeof sentence === "object") {
    const form = new Intl.PluralRules(tag).select(values.n);
    sentence = sentence[form] ?? sentence.other;
  }
  const counted = (hole) => hole === "n" || hole === "total" || hole.startsWith("shown");
  return sentence.replace(/\{(\w+)\}/g, (_, hole) => (counted(hole) ? values[hole].toLocaleString(tag) : values[hole]));
}

/** Names joined as the language does, at most `most` of them. */
function enumerate(names, most = 4) {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest) shown.push(say("more", { n: rest }));
  return new Intl.ListFormat(interfaceTag(), { type: "conjunction" }).format(shown);
}

/** What the project is called in the chosen language. */
const projectTitle = () => DATA.titles[DATA.languages.indexOf(state.language)] || DATA.title;

/** The title at the head of the page, and of its window. */
function drawTitle(ending = "") {
  const heading = document.querySelector("#bar h1");
  heading.textContent = heading.title = projectTitle();
  document.title = projectTitle() + ending;
}

/** Fill in every element that carries `data-say` (its text) or `data-say-label` (its name). */
function translate() {
  document.documentElement.lang = state.language;
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of document.querySelectorAll("[data-say-label]")) {
    const name = say(node.dataset.sayLabel);
    node.setAttribute("aria-label", name);
    if (node.tagName === "BUTTON") node.title = name;
    if (node.tagName === "INPUT") node.placeholder = name;
  }
}

/** A language by its own name. */
function languageName(tag) {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

// The named questions: the list at the left, and the boxes for what the chosen one asks about.

const MENU = 40;

function drawQuestions() {
  const wanted = fold(byId("seek").value);
  const fits = (question) => wordsOf(question).some((text) => fold(text).includes(wanted));
  const found = questions.filter(fits);
  const groups = [[say("own-questions"), found.filter(({ own }) => own)], [say("general-questions"), found.filter(({ own }) => !own)]];
  const drawn = groups.filter(([, some]) => some.length).map(([name, some]) => el("section", {}, el("h2", {}, name), el("ul", {}, some.map(questionItem))));
  byId("question-list").replaceChildren(...(drawn.length ? drawn : [el("p", { class: "note" }, say("no-question"))]));
  markQuestion();
}

/** What a question is found by: its name, its wording, and what its parameters and columns are called. */
const wordsOf = ({ name, summaries, names, parameters }) => [
  name, ...Object.values(summaries), ...parameters.map((parameter) => parameter.name.replaceAll("_", " ")),
  ...Object.values(names).flatMap((called) => Object.values(called)),
];

const questionItem = (question) =>
  el("li", {}, el("button", { type: "button", "data-question": question.name, title: question.name, on: { click: () => chooseQuestion(question.name) } },
    words(summaryOf(question))));

function markQuestion() {
  const { question } = current();
  for (const button of byId("question-list").querySelectorAll("button")) {
    if (button.dataset.question !== question) button.removeAttribute("aria-current");
    else {
      button.setAttribute("aria-current", "true");
      button.scrollIntoView({ block: "nearest" });
    }
  }
}

/** What is asked, in words, and a box for each parameter; nothing of that for a query of one's own. */
function drawAsking() {
  const { question, given } = current();
  const known = questionByName.get(question);
  byId("asking").hidden = !known;
  byId("own-query").hidden = Boolean(known);
  if (!known) return;
  const own = isEdited(current());
  byId("question").replaceChildren(words(summaryOf(known)));
  byId("given").replaceChildren(...(own ? [] : known.parameters.map((parameter) => field(parameter, given))));
  byId("given").hidden = own || !known.parameters.length;
  byId("edited").hidden = !own;
}

/** What a parameter or column is called: by the question in the chosen language, else as it is. */
const nameOfVariable = (name) =>
  questionByName.get(current().question)?.names[state.language]?.[name] ?? name.replaceAll("_", " ");

function field(parameter, given) {
  const { name, kind, required } = parameter;
  const id = `given-${name}`;
  const caption = [words(nameOfVariable(name)), required ? el("abbr", { title: say("required") }, " *") : ""];
  return el("div", { class: "field" }, el("label", { for: id, title: say(kind) }, caption), box(parameter, id, given[name] ?? ""));
}

function box({ name, kind, example, required }, id, value) {
  const give = (found) => giveParameter(name, found);
  if (kind === "text") return el("input", { id, type: "text", placeholder: say("any-text"), value, on: { change: ({ target }) => give(target.value.trim()) } });
  const options = termsOfKind(kind).map(({ iri }) => iri);
  if ((kind === "document" || kind === "coder") && options.length <= MENU) return menu(id, options, value, required, give);
  const known = example && resolved(kind, example);
  return picker({ id, options, value, hint: known ? say("example", { name: nameOf(known) }) : say(`any-${kind}`), onPick: give });
}

function menu(id, options, value, required, give) {
  const any = el("option", { value: "" }, required ? say("choose") : say("any"));
  const rest = options.map((iri) => el("option", { value: iri, selected: iri === value }, nameOf(iri)));
  return el("select", { id, on: { change: ({ target }) => give(target.value) } }, any, rest);
}

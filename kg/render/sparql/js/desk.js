// The desk: queries side by side, one of them in the editor. The one that is seen stands in the
// address, so that it can be sent; all of them are kept in the browser where it allows that.

const desk = { queries: [], at: 0 };
const STORED = `kg-sparql ${DATA.base}`;
const MOST_STORED = 30;

const current = () => desk.queries[desk.at];

const ownQuery = (text) => ({ question: null, given: {}, text });

function questionQuery(name, given = {}) {
  return { question: name, given, text: worded(questionByName.get(name), given) };
}

/** Whether a query says something else than the question that it came from. */
const isEdited = ({ question, given, text }) => !question || text.trim() !== worded(questionByName.get(question), given);

const titleOf = (query) =>
  query.question ? summaryOf(questionByName.get(query.question)) : query.text.replace(/^(?:\s|#.*|PREFIX[^>]*>|BASE[^>]*>)*/gim, "").replace(/\s+/g, " ").slice(0, 60) || say("new-query");

/** How files and tabs call a query. */
const stemOf = ({ question }) => question ?? "query";

// ── Changes ─────────────────────────────────────────────────────────────────────────────────────

/** A question takes the place of another one, but not of what somebody wrote. */
function chooseQuestion(name) {
  putOnDesk(questionQuery(name), { inPlace: !isEdited(current()) });
  leaveQuestions();
  runIfComplete();
}

function putOnDesk(query, { inPlace = false } = {}) {
  lay(query, inPlace);
  showQuery();
}

function lay(query, inPlace) {
  if (inPlace) desk.queries[desk.at] = query;
  else desk.at = desk.queries.push(query) - 1;
}

function giveParameter(name, value) {
  const { question, given } = current();
  const { [name]: _, ...others } = given;
  Object.assign(current(), questionQuery(question, value ? { ...others, [name]: value } : others));
  setText(current().text);
  keep();
  runIfComplete();
}

/** Somebody writes in the editor. */
function edited(text) {
  const before = isEdited(current());
  current().text = text;
  if (isEdited(current()) !== before) drawAsking();
  drawTabs();
  keep({ record: false });
}

const backToQuestion = () => putOnDesk(questionQuery(current().question, current().given), { inPlace: true });

function switchTo(at) {
  desk.at = at;
  showQuery();
}

function closeQuery(at) {
  desk.queries.splice(at, 1);
  if (!desk.queries.length) desk.queries.push(ownQuery(""));
  desk.at = Math.min(desk.at > at ? desk.at - 1 : desk.at, desk.queries.length - 1);
  showQuery();
}

function newQuery() {
  putOnDesk(ownQuery(say("blank-query")));
  editor.mirror?.focus();
}

function showQuery(how) {
  setText(current().text);
  drawTabs();
  drawAsking();
  markQuestion();
  forgetAnswer();
  keep(how);
}

// ── Tabs ────────────────────────────────────────────────────────────────────────────────────────

function drawTabs() {
  const tabs = desk.queries.map((query, at) => {
    const title = titleOf(query);
    return el("span", { class: "tab", "aria-current": at === desk.at ? "true" : null },
      el("button", { type: "button", class: "name", title, on: { click: () => switchTo(at) } }, words(title)),
      el("button", { type: "button", class: "shut", "aria-label": say("close-query", { title }), title: say("close"), on: { click: () => closeQuery(at) } }, "×"));
  });
  byId("tabs").replaceChildren(...tabs);
  byId("tabs").hidden = tabs.length < 2;
}

// ── Address and memory ──────────────────────────────────────────────────────────────────────────

function address() {
  const parts = new URLSearchParams();
  if (state.language !== DATA.languages[0]) parts.set("language", state.language);
  const { question, given, text } = current();
  if (isEdited(current())) parts.set("query", text);
  else {
    parts.set("question", question);
    for (const { name, kind } of questionByName.get(question).parameters) {
      if (given[name]) parts.set(`with-${name}`, kind === "text" ? given[name] : keyOf(given[name]));
    }
  }
  return `#${parts}`;
}

/** Keep what is on the desk; a browser that allows none of it still has the page. */
function keep({ record = true } = {}) {
  try {
    if (record && address() !== location.hash) history.pushState(null, "", address());
    else history.replaceState(null, "", address());
  } catch {
    /* a sandboxed frame has no history */
  }
  try {
    const queries = desk.queries.slice(-MOST_STORED);
    localStorage.setItem(STORED, JSON.stringify({ queries, at: Math.max(0, desk.at - desk.queries.length + queries.length) }));
  } catch {
    /* no memory here */
  }
}

function remembered() {
  try {
    const { queries, at } = JSON.parse(localStorage.getItem(STORED));
    const known = queries.filter(({ question, given, text }) => (!question || questionByName.has(question)) && given && typeof text === "string");
    return { queries: known, at: Math.min(Math.max(0, at), known.length - 1) };
  } catch {
    return { queries: [], at: 0 };
  }
}

/** The queries that the address asks for; what is not known here counts as not said. */
function wished() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const question = questionByName.get(parts.get("question"));
  if (!question) return parts.getAll("query").map(ownQuery);
  const given = question.parameters.flatMap(({ name, kind }) => {
    const value = parts.get(`with-${name}`) && resolved(kind, parts.get(`with-${name}`));
    return value ? [[name, value]] : [];
  });
  return [questionQuery(question.name, Object.fromEntries(given))];
}

/** Lay out what was there before and what the address asks for, which is seen. */
function layOut() {
  if (!desk.queries.length) Object.assign(desk, remembered());
  for (const query of wished()) {
    const at = desk.queries.findIndex(({ text }) => text === query.text);
    if (at < 0) lay(query, current() && !isEdited(current()));
    else desk.at = at;
  }
  if (!desk.queries.length) desk.queries.push(questions.length ? questionQuery(firstQuestion()) : ownQuery(say("blank-query")));
}

/** One that can be asked at once. */
const firstQuestion = () => (questions.find((question) => question.own && !lacking(question, {}).length) ?? questions[0]).name;

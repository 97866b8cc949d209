// How the parts hang together: language, theme, running a query, and the way in.

const running = { number: 0, since: 0, clock: null };
const themeWish = matchMedia("(prefers-color-scheme: dark)");

function setLanguage(language) {
  state.language = language;
  drawWords();
  keep({ record: false });
}

function drawWords() {
  translate();
  drawTitle(" – SPARQL");
  if (/Mac|iPhone|iPad/.test(navigator.platform)) byId("run").querySelector("kbd").textContent = "⌘ ⏎";
  for (const button of byId("languages").children) button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
  for (const link of document.querySelectorAll("[data-graph]")) link.href = inGraph();
  editor.mirror?.setOption("screenReaderLabel", say("editor"));
  byId("opened").textContent = running.quads ? say("opened", { number: new Intl.NumberFormat(state.language).format(running.quads) }) : say(canRun() ? "opening" : "cannot-run");
  byId("fault").hidden = true;
  drawQuestions();
  drawTabs();
  drawAsking();
  drawAnswer();
}

function drawLanguages() {
  const buttons = DATA.languages.map((tag) =>
    el("button", { type: "button", lang: tag, "data-language": tag, on: { click: () => setLanguage(tag) } }, languageName(tag)));
  byId("languages").replaceChildren(...buttons);
  byId("languages").hidden = buttons.length < 2;
}

function dressPage() {
  document.documentElement.dataset.theme = state.theme ?? (themeWish.matches ? "dark" : "light");
}

function toggleTheme() {
  state.theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  dressPage();
}

// ── Running ─────────────────────────────────────────────────────────────────────────────────────

/** Run what stands in the editor; a later run takes the place of an earlier one. */
async function run() {
  if (!canRun()) return;
  const query = { ...current() };
  keep();
  if (isAsking()) stop();
  forgetAnswer();
  const refused = refusal(query.text);
  if (refused) return showSentence(say(refused));
  const number = ++running.number;
  startClock();
  try {
    const answer = readAnswer(await asked(query.text, () => number === running.number));
    if (number === running.number) showAnswer(answer, query);
  } catch (fault) {
    if (number === running.number) complain(fault, query.text);
  } finally {
    if (number === running.number) stopClock();
  }
}

/** A question that lacks nothing is asked at once. */
function runIfComplete() {
  const { question, given } = current();
  const open = question ? lacking(questionByName.get(question), given) : [];
  if (!open.length) return run();
  forgetAnswer();
  byId(`given-${open[0].name}`)?.focus();
}

function complain(fault, query) {
  if (fault.stopped) return showSentence(say("stopped"));
  if (fault.broken) return showSentence(say("too-large"));
  const found = explained(fault.message, query);
  showSentence(found.sentence);
  if (found.line) showFault(found);
}

function showSentence(sentence) {
  byId("fault").textContent = sentence;
  byId("fault").hidden = false;
}

/** Stop what runs, or no longer wait until the graph is open. */
function halt() {
  if (isAsking()) return stop();
  running.number += 1;
  stopClock();
  showSentence(say("stopped"));
}

function startClock() {
  clearInterval(running.clock);
  running.since = performance.now();
  const tell = () => (byId("clock").textContent = say("running", { time: ((performance.now() - running.since) / 1000).toFixed(1) }));
  running.clock = setInterval(tell, 100);
  byId("clock").textContent = "";
  byId("stop").hidden = engine.inPage;
  document.body.classList.add("running");
}

function stopClock() {
  clearInterval(running.clock);
  running.clock = null;
  byId("clock").textContent = "";
  byId("stop").hidden = true;
  document.body.classList.remove("running");
}

// ── The way in ──────────────────────────────────────────────────────────────────────────────────

async function open() {
  if (!canRun()) {
    byId("run").disabled = true;
    return;
  }
  try {
    running.quads = (await openGraph()).quads;
    byId("opened").textContent = say("opened", { number: new Intl.NumberFormat(state.language).format(running.quads) });
  } catch (fault) {
    byId("opened").textContent = say("not-opened", { reason: fault.message });
  }
}

function toggleQuestions() {
  const shown = document.body.classList.toggle("choosing");
  byId("questions-button").setAttribute("aria-expanded", String(shown));
}

const leaveQuestions = () => document.body.classList.contains("choosing") && toggleQuestions();

async function copyAddress() {
  try {
    await navigator.clipboard.writeText(location.href);
    byId("copy").textContent = say("copied");
    setTimeout(() => (byId("copy").textContent = say("copy")), 1500);
  } catch {
    byId("copy").textContent = say("not-copied");
  }
}

function onKey(event) {
  if (event.key === "Escape" && document.body.classList.contains("choosing")) return toggleQuestions();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (!event.defaultPrevented) run();
    event.preventDefault();
  }
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  byId("seek").focus();
  event.preventDefault();
}

/** On paper everything is light, and the query stands in full. */
function preparePaper() {
  document.documentElement.dataset.theme = "light";
  for (const mark of editor.mirror?.getAllMarks() ?? []) if (mark.__isFold) mark.clear();
  editor.mirror?.setOption("viewportMargin", Infinity);
}

function leavePaper() {
  dressPage();
  if (!editor.mirror) return;
  editor.mirror.setOption("viewportMargin", 10);
  foldPrefixes();
}

function listen() {
  const click = (id, act) => byId(id).addEventListener("click", act);
  click("run", run);
  click("stop", halt);
  click("new-query", newQuery);
  click("copy", copyAddress);
  click("reset", backToQuestion);
  click("theme", toggleTheme);
  click("questions-button", toggleQuestions);
  click("show-rows", () => {
    shown.all = true;
    drawRows();
  });
  byId("seek").addEventListener("input", drawQuestions);
  byId("given").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("keydown", onKey);
  addEventListener("popstate", recall);
  addEventListener("beforeprint", preparePaper);
  addEventListener("afterprint", leavePaper);
  themeWish.addEventListener("change", dressPage);
}

/** Back, forward, or another address in the same window. */
function recall() {
  state.language = wishedLanguage();
  layOut();
  drawWords();
  showQuery({ record: false });
  runIfComplete();
}

function wishedLanguage() {
  const language = new URLSearchParams(location.hash.slice(1)).get("language");
  return DATA.languages.includes(language) ? language : DATA.languages[0];
}

async function start() {
  dressPage();
  state.language = wishedLanguage();
  open();
  drawLanguages();
  await drawEditor();
  layOut();
  drawWords();
  listen();
  document.documentElement.dataset.ready = "true";
  showQuery({ record: false });
  runIfComplete();
}

start();

// for whoever looks at the page from outside, such as a test
window.page = { engine, editor, desk, shown, bind, worded, refusal, asked, readAnswer, textOf, ntriples, turtle, csv, tsv, json };

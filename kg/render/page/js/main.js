// How the parts hang together: who draws anew when what changes.

function drawSwitches() {
  for (const button of document.querySelectorAll("[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
  }
  byId("map").hidden = state.view !== "map";
  byId("labels").hidden = state.view !== "map";
  byId("table").hidden = state.view !== "table";
}

function drawLanguages() {
  const buttons = DATA.languages.map((tag) =>
    el("button", { type: "button", lang: tag, "data-language": tag, on: { click: () => change({ language: tag }) } }, languageName(tag)));
  byId("languages").replaceChildren(...buttons);
  byId("languages").hidden = buttons.length < 2;
}

function drawSummary() {
  const quoted = new Set(mentions.map((mention) => mention.passage)).size;
  byId("summary").textContent = [
    say("concepts-count", { n: concepts.length }),
    say("relations-count", { n: edges.length }),
    say("passages-count", { n: quoted }),
    say("documents-count", { n: documents.length }),
  ].join(" · ");
}

function onAnyChange(changed) {
  const has = (...names) => names.some((name) => changed.has(name));
  if (has("language")) {
    translate();
    drawLegend();
    drawSummary();
  }
  if (has("view", "language")) drawSwitches();
  if (has("filter")) tickLegend();
  if (has("concept", "edge", "language")) drawPanel();
  if (has("view", "language", "filter", "query")) drawTable();
  else if (state.view === "table") markRow();
  if (has("filter", "open")) redress();
  if (has("filter", "view", "language", "query", "open")) reportShown();
  if (has("concept", "edge", "language")) requestOver();
  if (has("view")) fitIfUntouched();
  if (has("concept", "edge", "view")) reveal();
}

/** As the system wishes, until the reader chooses. */
function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

function followSystem() {
  if (state.themeChosen) return;
  setTheme(themeWish.matches);
  repaint();
}

function toggleTheme() {
  state.themeChosen = true;
  setTheme(!isDark());
  repaint();
}

function repaint() {
  drawLegend();
  drawPanel();
  drawTable();
  redress();
}

function toggleLegend() {
  const open = document.body.classList.toggle("filtering");
  byId("filters").setAttribute("aria-expanded", String(open));
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox]), textarea");
  if (event.key === "/" && !typing) {
    byId("search").focus();
    event.preventDefault();
  } else if (event.key === "Escape" && document.body.classList.contains("filtering")) toggleLegend();
  else if (event.key === "Escape") closePanel();
}

function closePanel() {
  const back = state.view === "table" ? byId("sheet").querySelector("[aria-current=true] button") : byId("map");
  unselect();
  back?.focus({ preventScroll: true });
}

function listen() {
  const click = (id, act) => byId(id).addEventListener("click", act);
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => change({ view: button.dataset.view }));
  }
  for (const button of byId("sheets").children) {
    button.addEventListener("click", () => {
      table.sheet = button.dataset.sheet;
      drawTable();
    });
  }
  click("theme", toggleTheme);
  click("filters", toggleLegend);
  click("show-all", showAll);
  click("panel-close", closePanel);
  click("everything", showEverything);
  click("gather", showGroups);
  click("whole", () => fit(true));
  byId("map").addEventListener("keydown", onMapKey);
  byId("search").addEventListener("input", offer);
  byId("search").addEventListener("keydown", onSearchKey);
  byId("search").addEventListener("blur", () => showOffer(false));
  addEventListener("keydown", onKey);
  addEventListener("popstate", () => change(recalled(), { record: false }));
  themeWish.addEventListener("change", followSystem);
  onChange(onAnyChange);
}

function start() {
  setTheme(themeWish.matches);
  drawLanguages();
  translate();
  drawLegend();
  drawSummary();
  drawSwitches();
  drawMap();
  reportShown();
  listen();
  change(recalled(), { record: false });
  requestAnimationFrame(() => (document.documentElement.dataset.ready = "true"));
}

unpackVis().then(start);

// for whoever looks at the page from outside, such as a test
window.page = { map, labels, folds, hubs, state, concepts, edges, pointOn, select, selectEdge };

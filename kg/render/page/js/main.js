// How the parts hang together: who draws anew when what changes.

function drawSwitches() {
  switchViews();
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
  }
  byId("labels").hidden = state.view !== "map";
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
    say("relations-count", { n: edges.filter(({ kind }) => kind !== "inferred").length }),
    ...(fromFile ? [] : [say("passages-count", { n: quoted }), say("documents-count", { n: documents.length })]),
  ].join(" · ");
}

function onAnyChange(changed) {
  const has = (...names) => names.some((name) => changed.has(name));
  if (has("theme")) dressPage();
  if (has("language")) translate();
  if (has("language")) drawTitle();
  if (has("language", "theme")) drawLegend();
  if (has("language")) drawSummary();
  if (has("language")) drawKeys();
  if (has("view", "language")) drawSwitches();
  if (has("view", "language", "theme")) drawSaveMenu();
  if (has("filter")) tickLegend();
  if (has("concept", "edge", "path", "cell", "layer", "depth", "language", "filter", "theme")) drawPanel();
  if (has("concept", "edge", "path", "cell")) tellChoice();
  if (has("concept") && map.hoveredEdge !== null) hover({ hoveredEdge: null });
  drawView(changed);
  if (has("filter", "view", "language", "query", "open")) reportShown();
}

/** Dark or light as the reader chose, else as the system wishes. */
function dressPage() {
  const wished = state.theme ?? (themeWish.matches ? "dark" : "light");
  document.documentElement.dataset.theme = paper.light ? "light" : wished;
}

function toggleLegend() {
  const open = document.body.classList.toggle("filtering");
  byId("filters").setAttribute("aria-expanded", String(open));
}

/** Where the address leads, after a step back or forward. */
function followAddress() {
  const changed = recall();
  if (changed.includes("query")) byId("search").value = state.query;
  if (changed.length) tell(...changed);
  else drawNote();
}

function closeSave() {
  byId("save").open = false;
}

function closePanel() {
  const view = byId(state.view);
  const back = view.querySelector("[aria-current=true] button, .pill[aria-pressed=true], .box[aria-pressed=true]") ?? view;
  unselect();
  back?.focus({ preventScroll: true });
}

function listen() {
  const click = (id, act) => byId(id).addEventListener("click", act);
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => change({ view: button.dataset.view }));
  }
  for (const button of byId("sheets").children) {
    button.addEventListener("click", () => change({ sheet: button.dataset.sheet, sort: null }));
  }
  click("theme", () => change({ theme: isDark() ? "light" : "dark" }));
  click("filters", toggleLegend);
  click("show-all", showAll);
  byId("nothing").querySelector("button").addEventListener("click", forgetFilters);
  click("panel-close", closePanel);
  click("everything", showEverything);
  click("gather", showGroups);
  click("whole", () => fit(true));
  click("keys-button", () => byId("keys").showModal());
  click("keys-close", () => byId("keys").close());
  byId("save").addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !byId("save").contains(relatedTarget) && closeSave());
  document.addEventListener("pointerdown", ({ target }) => byId("save").contains(target) || closeSave());
  byId("map").addEventListener("keydown", onWalkKey);
  byId("map").addEventListener("keydown", onMapKey);
  byId("search").addEventListener("input", offer);
  byId("search").addEventListener("keydown", onSearchKey);
  byId("search").addEventListener("blur", onSearchBlur);
  addEventListener("keydown", onKey);
  addEventListener("popstate", followAddress);
  addEventListener("beforeprint", preparePaper);
  addEventListener("afterprint", leavePaper);
  themeWish.addEventListener("change", () => state.theme ?? tell("theme"));
  onChange(onAnyChange);
}

function start() {
  dressPage();
  drawLanguages();
  drawMap();
  listen();
  recall();
  byId("search").value = state.query;
  tell("filter", ...Object.keys(state));
  requestAnimationFrame(() => (document.documentElement.dataset.ready = "true"));
}

unpackVis().then(start);

// for whoever looks at the page from outside, such as a test
window.page = {
  map, labels, folds, hubs, state, concepts, edges, focus, pointOn,
  select, selectEdge, selectPath, change, views: VIEWS, question, nameOfRelation: relationLabel,
};

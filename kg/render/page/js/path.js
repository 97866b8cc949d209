// From a concept on: how far its neighbourhood reaches, nothing but that, or a path to another one.

function conceptTools(index) {
  const steps = Array.from({ length: DEEPEST }, (_, at) => stepButton(at + 1));
  const only = filter.around?.concept === index;
  const tool = (name, word, act, pressed) =>
    el("button", { type: "button", class: "tool", "data-tool": name, "aria-pressed": pressed, on: { click: act } }, say(word));
  return el("div", { class: "tools" },
    el("span", { id: "steps-name" }, say("neighbourhood")),
    el("div", { class: "switch", role: "group", "aria-labelledby": "steps-name" }, steps),
    tool("only", "only-these", () => keepOnly(only ? null : { concept: index, depth: state.depth }), String(only)),
    tool("path", "path-to", () => seekPath(index)));
}

function stepButton(depth) {
  return el("button", { type: "button", "data-tool": `depth-${depth}`, "aria-pressed": String(state.depth === depth),
    "aria-label": say("steps-count", { n: depth }), title: say("steps-count", { n: depth }),
    on: { click: () => setDepth(depth) } }, String(depth));
}

const keepOnly = (around) => refilter(() => (filter.around = around));

/** A neighbourhood that is shown alone grows and shrinks with its depth. */
function setDepth(depth) {
  const alone = filter.around !== null && filter.around.concept === state.concept;
  if (alone) refilter(() => (filter.around = { concept: state.concept, depth }), { record: false });
  change({ depth });
}

// ── A path ──────────────────────────────────────────────────────────────────────────────────────

function pathPanel(from, to) {
  const lines = chosenPath();
  return [
    el("h2", { class: "claim", tabindex: -1 }, conceptButton(from), el("span", { class: "relation" }, "⋯"), conceptButton(to)),
    el("p", { class: "kind" }, lines ? say("steps-count", { n: lines.length }) : say("no-path")),
    el("p", { class: "hint" }, lines ? say("path-hint") : whyNoPath(from, to)),
    ...(lines ?? []).map(pathStep),
    lines ? questionButton() : "",
  ];
}

/** One line of several, with what is behind it. */
function pathStep(line, number) {
  return el("section", { class: "step" },
    el("h3", { class: "claim" }, `${number + 1}. `, claimWords(line)),
    kindLine(line), ...lineEvidence(line, { meaning: edges[line].kind !== "direct" }));
}

/** Whether the filter stands in the way, or nothing leads there at all. */
function whyNoPath(from, to) {
  const because = reasons();
  const anyway = because.length && shortestPath(from, to, (line) => edges[line].kind !== "inferred");
  if (!anyway) return say("no-path-at-all");
  return [
    say("no-path-filter", { because: because.join(say("and")), steps: say("steps-count", { n: anyway.length }) }), " ",
    el("button", { type: "button", class: "quiet", "data-tool": "all", on: { click: showAll } }, say("show-all")),
  ];
}

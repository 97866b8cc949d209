// A ladder: a small picture of some ordered places with those filled where something stands.

/** `rungs` from the top down, those numbered in `filled` strong. */
function ladder(rungs, filled) {
  const marks = Array.from({ length: rungs }, (_, number) =>
    svg("rect", { x: 1, y: 1 + number * 4, width: 10, height: 2.6, class: filled.includes(number) ? "here" : "elsewhere" }));
  return svg("svg", { class: "ladder", viewBox: `0 0 12 ${rungs * 4 + 0.6}`, "aria-hidden": "true" }, ...marks);
}

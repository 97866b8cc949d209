// From what an inferred line follows. Which rule made it is not recorded; the lines that it follows
// from are found here, by the relations' axioms: one below it, its inverse, both ways, or a chain.

/** Everything that says a relation too: itself, and what stands below it, however deep. */
function relationsBelow(relation, seen = new Set([relation])) {
  relations.forEach(({ above = [] }, below) => {
    if (!above.includes(relation) || seen.has(below)) return;
    seen.add(below);
    relationsBelow(below, seen);
  });
  return seen;
}

/** The lines that say a relation of a concept in one step, each with the concept it leads to. */
function stepsAlong(relation, concept) {
  const below = relationsBelow(relation);
  const says = (number) => below.has(number);
  return (edgesAt.get(concept) ?? []).flatMap((line) => {
    const { from, to, relation: named, kind, of } = edges[line];
    if (kind === "inferred" || of !== undefined) return [];
    const { opposite, symmetric } = relations[named];
    const reads = says(named) && symmetric;
    if (from === concept && says(named)) return [[line, to]];
    return to === concept && (reads || says(opposite)) ? [[line, from]] : [];
  });
}

/** The shortest chain of asserted lines that says a relation of two concepts; null for none. */
function chain(relation, start, goal, most) {
  let ways = [{ at: start, lines: [] }];
  const seen = new Set();
  for (let step = 0; step < most && ways.length; step++) {
    const next = ways.flatMap(({ at, lines }) =>
      stepsAlong(relation, at).map(([line, to]) => ({ at: to, lines: [...lines, line] })));
    const there = next.find(({ at }) => at === goal);
    if (there) return there.lines;
    ways = next.filter(({ at }) => !seen.has(at) && seen.add(at));
  }
  return null;
}

/** The lines that an inferred one follows from, and which rules lead from them to it. */
function groundsOf(index) {
  const { from, to, relation } = edges[index];
  const one = chain(relation, from, to, 1);
  if (one) return { lines: one, rules: [ruleOf(edges[one[0]], edges[index])] };
  for (const by of relationsBelow(relation)) {
    const lines = relations[by].transitive && chain(by, from, to, concepts.length);
    const above = by === relation ? [] : [["sub-property", relation, by]];
    if (lines) return { lines, rules: [["transitive", by, by], ...above] };
  }
  return null;
}

/** Why one line says another: the name of the rule, the relation and the one below it. */
function ruleOf(ground, { from, relation }) {
  if (ground.from === from) return ["sub-property", relation, ground.relation];
  return [ground.relation === relation ? "symmetric" : "inverse", relation, ground.relation];
}

/** The same in words, with the evidence of each line. */
function grounds(index) {
  const found = groundsOf(index);
  if (!found) return [el("p", { class: "why" }, say("follows-unknown"))];
  const named = (relation) => termLabel(relations[relation].term);
  const why = found.rules.map(([rule, relation, below]) => say(`follows-${rule}`, { relation: named(relation), below: named(below) }));
  return [el("p", { class: "why" }, why.join(say("gap"))), ...found.lines.map(pathStep)];
}

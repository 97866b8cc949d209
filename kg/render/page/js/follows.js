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

/** The lines that an inferred one follows from, and why: a word for the rule. */
function groundsOf(index) {
  const { from, to, relation } = edges[index];
  const one = chain(relation, from, to, 1);
  if (one) return { lines: one, rule: ruleOf(edges[one[0]], edges[index]) };
  for (const below of relationsBelow(relation)) {
    const lines = relations[below].transitive && chain(below, from, to, concepts.length);
    if (lines) return { lines, rule: "transitive", by: below };
  }
  return null;
}

function ruleOf(ground, inferred) {
  if (ground.from === inferred.from) return "sub-property";
  return ground.relation === inferred.relation ? "symmetric" : "inverse";
}

/** The same in words, with the evidence of each line. */
function grounds(index) {
  const found = groundsOf(index);
  if (!found) return [el("p", {}, say("follows-unknown"))];
  const { lines, rule, by = edges[index].relation } = found;
  const relation = termLabel(relations[by].term);
  const below = termLabel(relations[edges[lines[0]].relation].term);
  return [el("p", {}, say(`follows-${rule}`, { relation, below })), ...lines.map(pathStep)];
}

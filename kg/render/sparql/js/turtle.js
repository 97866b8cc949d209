// Triples as Turtle: one block for each subject, with the prefixes that are used.

function turtle(rows) {
  const used = new Set();
  const written = (term) => (term.type === "uri" ? shortened(term.value, used) : literalOrOther(term, used));
  const blocks = [...groupRows(rows, (row) => ntriples(row.subject)).values()].map((own) => {
    const lines = [...groupRows(own, ({ predicate }) => predicate.value)].map(([predicate, same]) => {
      const verb = predicate === RDF_TYPE ? "a" : shortened(predicate, used);
      return `    ${verb} ${same.map(({ object }) => written(object)).join(", ")}`;
    });
    return `${written(own[0].subject)}\n${lines.join(" ;\n")} .\n`;
  });
  const heads = [...used].sort().map((name) => `@prefix ${name}: <${prefixes[name]}> .\n`);
  return [heads.join(""), ...blocks].filter(Boolean).join("\n");
}

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

function shortened(iri, used) {
  const name = shortName(iri);
  if (!name.startsWith("<")) used.add(name.slice(0, name.indexOf(":")));
  return name;
}

const literalOrOther = (term, used) =>
  term.type === "literal" ? quoted(term.value) + suffix(term, (iri) => shortened(iri, used)) : ntriples(term);

function groupRows(rows, keyOfRow) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOfRow(row);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  return groups;
}

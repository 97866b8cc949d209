// Oxigraph and the graph: opened once, then asked. The same script runs in a worker and, where the
// browser refuses workers, in the page itself; there it only leaves `Engine` behind.

let store = null;

/** From gzip in base64 to bytes. */
async function unpacked(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Compile Oxigraph, load the graph, and tell how many quads it has. */
async function open({ wasm, graph }) {
  initSync({ module: await WebAssembly.compile(await unpacked(wasm)) });
  store = new Store();
  store.load(nquads(JSON.parse(graph)), { format: "application/n-quads", no_transaction: true, lenient: true });
  return { quads: store.size };
}

// ── The graph, as packing.py packs it ───────────────────────────────────────────────────────────

const linesOf = (text) => (text ? text.split("\n") : []);
const hex = (digits) => parseInt(digits, 16);

function nquads({ iris, others, predicates, graphs }) {
  const terms = unpackedTerms(iris, others);
  const verbs = predicates.split(" ").map((number) => terms[hex(number)]);
  const lines = [];
  for (const [name, text] of Object.entries(graphs)) {
    const end = name ? ` <${name}> .\n` : " .\n";
    for (const block of text.split(";").slice(1)) {
      const [subject, ...about] = block.split(",");
      for (const part of about) {
        const [verb, ...objects] = part.split(" ");
        const start = `${terms[hex(subject)]} ${verbs[hex(verb)]} `;
        for (const object of objects) lines.push(start + terms[hex(object)] + end);
      }
    }
  }
  return lines.join("");
}

function unpackedTerms(iris, others) {
  let iri = "";
  const terms = linesOf(iris).map((line) => {
    const space = line.indexOf(" ");
    iri = iri.slice(0, hex(line.slice(0, space))) + line.slice(space + 1);
    return `<${iri}>`;
  });
  return terms.concat(linesOf(others).map((term) => term.replace(/(?<=")\^\^([\da-f]+)$/, (_, number) => `^^${terms[hex(number)]}`)));
}

// ── Queries ─────────────────────────────────────────────────────────────────────────────────────

const ROWS = "application/sparql-results+json";
const options = { use_default_graph_as_union: true };

/** SPARQL 1.1 Results JSON for rows and a yes or no; triples, as such results too, for a graph. */
function ask({ query }) {
  const start = performance.now();
  const answer = answered(query);
  return { ...answer, seconds: (performance.now() - start) / 1000 };
}

function answered(query) {
  try {
    return { results: store.query(query, { ...options, results_format: ROWS }) };
  } catch (fault) {
    if (!/^Not supported RDF format/.test(fault.message)) throw fault;
  }
  return { triples: store.query(query, options).map(triple) };
}

const triple = ({ subject, predicate, object }) =>
  ({ subject: term(subject), predicate: term(predicate), object: term(object) });

/** A term as SPARQL Results JSON has it. */
function term({ termType, value, language, datatype, subject, predicate, object }) {
  if (termType === "NamedNode") return { type: "uri", value };
  if (termType === "BlankNode") return { type: "bnode", value };
  if (termType === "Quad") return { type: "triple", value: triple({ subject, predicate, object }) };
  if (language) return { type: "literal", value, "xml:lang": language };
  return { type: "literal", value, datatype: datatype.value };
}

const Engine = { open, ask, unpacked };

/** A fault of the engine itself, not of the query: memory or stack is exhausted, nothing can be asked any more. */
const isBroken = (fault) => fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError;

async function serve({ data: { number, act, request } }) {
  try {
    postMessage({ number, answer: await Engine[act](request) });
  } catch (fault) {
    postMessage({ number, fault: { message: String(fault.message || fault), broken: isBroken(fault) } });
  }
}

if (typeof document === "undefined") addEventListener("message", serve);
else globalThis.Engine = Engine;

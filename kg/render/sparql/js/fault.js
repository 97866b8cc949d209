// What the engine says of a query that it cannot read, as a sentence and a place in the editor.

const TEXT = /"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|<[^<>\s]*>|#[^\n\r]*/g;
const PREFIX = /(?<![\w?$:@.-])([A-Za-z][\w-]*):(?![:/])/g;
const DECLARED = /\bPREFIX\s+([\w-]*):/gi;
const DECLARATIONS = Object.entries(prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");

/** The query with the prefixes that it may use without declaring them, all on its first line. */
const declared = (query) => DECLARATIONS + query;

/** `{ sentence, line, column }`; lines count from 1, columns from 1 in characters; a fault may have no place. */
function explained(message, query) {
  const prefix = unknownPrefix(query);
  const place = placeOf(message, query);
  if (prefix) return { ...placeOfPrefix(prefix, query), sentence: say("fault-prefix", { prefix }) };
  const reasons = message.match(/\bThe [A-Za-z ]{10,}/g) ?? [];
  if (!place) return { sentence: say("fault", { reason: reasons.join("; ") || message }) };
  const where = say("fault-place", place);
  return { ...place, sentence: reasons.length ? `${where} ${say("fault-reason", { reason: reasons.join("; ") })}` : where };
}

/** Where the engine stopped reading, in the query as the reader sees it. */
function placeOf(message, query) {
  const found = /error at (\d+):(\d+)/.exec(message);
  if (!found) return null;
  const [line, column] = [Number(found[1]), Number(found[2])];
  return { line, column: Math.max(1, line === 1 ? column - [...DECLARATIONS].length : column) };
}

function unknownPrefix(query) {
  const visible = query.replace(TEXT, " ");
  const known = new Set([...Object.keys(prefixes), ...[...visible.matchAll(DECLARED)].map(([, name]) => name)]);
  return [...visible.matchAll(PREFIX)].map(([, name]) => name).find((name) => !known.has(name));
}

function placeOfPrefix(prefix, query) {
  const visible = query.replace(TEXT, (text) => " ".repeat(text.length));
  const at = [...visible.matchAll(PREFIX)].find(([, name]) => name === prefix).index;
  const before = query.slice(0, at).split("\n");
  return { line: before.length, column: [...before.at(-1)].length + 1 };
}

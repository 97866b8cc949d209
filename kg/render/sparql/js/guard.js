// What no query may ask: another server, or a change. The engine could do neither; a sentence is
// better than its silence. The rule is that of `kg query`.

const SPACE = "(?:\\s|#[^\\r\\n]*[\\r\\n])*";
const NAME = "[\\p{L}\\p{N}_.%-]";
const SERVICE = new RegExp(`([?$:]?${NAME}*|[/#])service${SPACE}(?:silent)?${SPACE}(?:[?$<]|[\\p{L}\\p{N}_.-]*:)`, "giu");
const PART_OF_A_NAME = new RegExp(`^(?:[?$][\\p{L}\\p{N}_]*|:${NAME}*|[/#])$`, "u");
const UPDATE = new RegExp(
  "^(?:\\s|#[^\\r\\n]*[\\r\\n]|BASE\\s*<[^>]*>|PREFIX\\s*[\\p{L}\\p{N}_.-]*:\\s*<[^>]*>)*" +
    "(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\\b", "iu");
const TOP_COMMENTS = /^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*/;

const unescaped = (text) =>
  text.replace(/\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})/g, (escape, four, eight) => {
    const code = parseInt(four || eight, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
  });

/** Why a query is refused, as a word of the interface; null where it may run. */
function refusal(query) {
  const body = query.replace(TOP_COMMENTS, "");
  for (const text of [body, unescaped(body)]) {
    const asks = [...text.matchAll(SERVICE)].some(([, before]) => !PART_OF_A_NAME.test(before));
    if (asks) return "refused-service";
    if (UPDATE.test(text)) return "refused-update";
  }
  return null;
}

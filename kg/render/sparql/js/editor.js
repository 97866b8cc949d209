// The editor: CodeMirror with the SPARQL mode of YASQE. What YASQE adds beside it (requests, sharing,
// storage) is not used, so that nothing leaves the page.

const FAULTS = "faults";
const editor = { mirror: null, fold: null, marks: [], checking: null };

/** The script travels packed; only the one whose hash the page's policy names can run. */
async function unpackedCodeMirror() {
  const script = el("script");
  script.textContent = new TextDecoder().decode(await Engine.unpacked(byId("yasqe").textContent));
  document.head.append(script);
  return Object.getPrototypeOf(Yasqe);
}

/** The SPARQL mode, but the prefixes that `kg query` knows count as declared. */
function defineMode(CodeMirror) {
  CodeMirror.defineMode("sparql", (config) => {
    const mode = CodeMirror.getMode(config, "sparql11");
    return { ...mode, startState: () => ({ ...mode.startState(), prefixes: { ...prefixes } }) };
  });
}

/** A browser that cannot unpack the editor shows queries as text. */
async function drawEditor() {
  if (!canRun()) return;
  const CodeMirror = await unpackedCodeMirror();
  defineMode(CodeMirror);
  const mirror = CodeMirror(byId("editor"), {
    mode: "sparql",
    inputStyle: "contenteditable",
    lineNumbers: true,
    lineWrapping: true,
    matchBrackets: true,
    gutters: [FAULTS, "CodeMirror-linenumbers", "CodeMirror-foldgutter"],
    foldGutter: { rangeFinder: CodeMirror.fold.combine(CodeMirror.fold.brace, CodeMirror.fold.prefix) },
    extraKeys: {
      // Tab goes on to the next button, as everywhere
      Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run,
      "Ctrl-Space": complete, "Ctrl-/": toggleComment, "Cmd-/": toggleComment,
    },
  });
  Object.assign(editor, { mirror, fold: CodeMirror.fold });
  mirror.on("change", onEdit);
  new ResizeObserver(() => mirror.refresh()).observe(byId("editor"));
}

function onEdit(mirror, { origin }) {
  clearFaults();
  clearTimeout(editor.checking);
  editor.checking = setTimeout(check, 500);
  if (origin === "setValue") return;
  edited(mirror.getValue());
  if (origin === "+input") setTimeout(() => completeWhileTyping(mirror));
}

function setText(text) {
  if (!editor.mirror) byId("editor").replaceChildren(el("pre", {}, text));
  else if (editor.mirror.getValue() !== text) replaceText(text);
}

function replaceText(text) {
  editor.mirror.setValue(text);
  editor.mirror.clearHistory();
  foldPrefixes();
}

/** Declarations are folded away: the question itself is to be seen first. */
function foldPrefixes() {
  const { mirror } = editor;
  const first = Array.from({ length: mirror.lineCount() }, (_, line) => line).find((line) => /^\s*PREFIX\b/i.test(mirror.getLine(line)));
  if (first !== undefined) mirror.foldCode({ line: first, ch: 0 }, { rangeFinder: editor.fold.prefix, widget: "…" });
}

function toggleComment(mirror) {
  const [from, to] = [mirror.getCursor("start").line, mirror.getCursor("end").line];
  const lines = Array.from({ length: to - from + 1 }, (_, at) => mirror.getLine(from + at));
  const off = lines.every((line) => line.startsWith("# "));
  const changed = lines.map((line) => (off ? line.slice(2) : `# ${line}`)).join("\n");
  mirror.replaceRange(changed, { line: from, ch: 0 }, { line: to });
}

// ── Faults ──────────────────────────────────────────────────────────────────────────────────────

function clearFaults() {
  for (const mark of editor.marks.splice(0)) mark.clear();
  editor.mirror.clearGutter(FAULTS);
}

/** While one writes: the first place that the grammar does not allow. */
function check() {
  const { mirror } = editor;
  for (let line = 0; line < mirror.lineCount(); line++) {
    const { state: grammar } = mirror.getTokenAt({ line, ch: mirror.getLine(line).length });
    if (grammar.OK) continue;
    const [from, to] = [grammar.errorStartPos ?? 0, grammar.errorEndPos ?? mirror.getLine(line).length];
    return underline(line, from, to, say("fault-grammar", { line: line + 1, column: from + 1 }));
  }
}

/** Where the engine stopped reading: the word there, or the last one before. */
function showFault({ line, column, sentence }) {
  clearFaults();
  clearTimeout(editor.checking);
  const text = editor.mirror.getLine(line - 1);
  if (text === undefined) return;
  const at = [...text].slice(0, column - 1).join("").length;
  const word = /^\s*(\S+)/.exec(text.slice(at)) ?? /(\S+)\s*$/.exec(text.slice(0, at));
  const from = !word ? 0 : text.slice(at).trim() ? at + word[0].length - word[1].length : word.index;
  underline(line - 1, from, from + (word ? word[1].length : text.length), sentence);
}

function underline(line, from, to, sentence) {
  const { mirror } = editor;
  mirror.setGutterMarker(line, FAULTS, el("span", { class: "fault-mark", role: "img", "aria-label": sentence, title: sentence }));
  if (to > from) editor.marks.push(mirror.markText({ line, ch: from }, { line, ch: to }, { className: "fault-word", attributes: { title: sentence } }));
}

// The engine in a worker, so that the page never stands still and a query can be stopped.

const engine = { worker: null, waiting: new Map(), number: 0, opened: null, inPage: false };

const canRun = () => typeof WebAssembly === "object" && typeof DecompressionStream === "function";

class Fault extends Error {
  constructor({ message, broken = false, stopped = false }) {
    super(message);
    Object.assign(this, { broken, stopped });
  }
}

/** Open the graph in a new worker; the promise tells when queries can be asked. */
function openGraph() {
  const request = { wasm: byId("wasm").textContent, graph: byId("graph").textContent };
  engine.opened = startWorker()
    .then(() => order("open", request))
    .catch((fault) => (fault.refused ? openInPage(request) : Promise.reject(fault)));
  engine.opened.catch(() => {});
  return engine.opened;
}

/** A worker of the engine's own text; `refused` where the browser allows none here. */
async function startWorker() {
  const refused = Object.assign(new Error("no worker"), { refused: true });
  const url = URL.createObjectURL(new Blob([byId("engine").textContent], { type: "text/javascript" }));
  try {
    engine.worker = new Worker(url);
  } catch {
    throw refused;
  }
  engine.worker.onmessage = ({ data }) => settle(data);
  engine.worker.onerror = (event) => {
    event.preventDefault();
    for (const [number] of engine.waiting) settle({ number, error: refused });
  };
}

function openInPage(request) {
  engine.worker = null;
  engine.inPage = true;
  return Engine.open(request);
}

/** Hand something to the engine; the promise gives its answer. */
function order(act, request) {
  if (!engine.worker) return inPage(act, request);
  const number = ++engine.number;
  return new Promise((resolve, reject) => {
    engine.waiting.set(number, { act, resolve, reject });
    engine.worker.postMessage({ number, act, request });
  });
}

/** Let the page draw what it has to say, then stand still until the answer is there. */
async function inPage(act, request) {
  await new Promise((resume) => setTimeout(resume, 30));
  try {
    return Engine[act](request);
  } catch ({ message }) {
    throw new Fault({ message });
  }
}

function settle({ number, answer, fault, error }) {
  const { resolve, reject } = engine.waiting.get(number);
  engine.waiting.delete(number);
  if (fault?.broken) restart();
  if (answer) resolve(answer);
  else reject(error ?? new Fault(fault));
}

/** A worker cannot be interrupted, only ended; a new one opens the graph again. */
function restart() {
  engine.worker?.terminate();
  engine.waiting.clear();
  return openGraph();
}

/** End the query that runs. */
function stop() {
  const waiting = [...engine.waiting.values()];
  restart();
  for (const { reject } of waiting) reject(new Fault({ message: "", stopped: true }));
}

const isAsking = () => [...engine.waiting.values()].some(({ act }) => act === "ask");

/** Ask a query, once the graph is open and if it is `wanted` then. */
async function asked(query, wanted = () => true) {
  await engine.opened;
  if (!wanted()) throw new Fault({ message: "", stopped: true });
  return order("ask", { query: declared(query) });
}

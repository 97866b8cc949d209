// vis-network travels compressed, which spares a third of a small page. Its script runs as any other:
// the page's policy knows it by its hash.

/** Where it does not come along or cannot be unpacked, the plain canvas draws the map. */
async function unpackVis() {
  try {
    const bytes = Uint8Array.from(atob(byId("vis-network").textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    document.head.append(el("script", {}, await new Response(stream).text()));
  } catch {
    /* an older browser, or a page of very many concepts */
  }
}

const visIsHere = () => typeof vis !== "undefined";

// The foreign script travels packed, a third of its size. Unpacked, it is the script whose hash the
// Content-Security-Policy names, and no other runs.

async function unpackVendor() {
  const packed = Uint8Array.from(atob(byId("vis").textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = el("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
}

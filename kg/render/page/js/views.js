// The views by name. A view is `{ draw(changed), image() }` and owns the section of its name in the
// stage. `draw` is called when it comes on display and, while it is, whenever something of `changed`
// has changed; a view may lack `image`, which gives an <svg> or a <canvas> of what is shown, `rows`,
// which gives that as a table with a head, `note`, a sentence on what of it is not shown, and `paged`,
// which says that it is printed as it is, over several pages, and not as a picture.

const VIEWS = {};
const FIRST_VIEW = "map";

/** Any view that is not there is the first one. */
const knownView = (name) => (Object.hasOwn(VIEWS, name) ? name : FIRST_VIEW);

/** A link that leads nowhere says so; a view may have something to add to how much is shown. */
function drawView(changed) {
  VIEWS[state.view].draw(changed);
  drawNote();
}

const drawNote = () =>
  (byId("note").textContent = [lostNote(), VIEWS[state.view].note?.()].filter(Boolean).join(say("gap")));

/** Open a passage where it stands in its text. */
const openInReader = (passage) =>
  change({ view: knownView("reader"), document: passages[passage].document, passage });

/** Only the chosen view is on display, and only what can be shown has a button. */
function switchViews() {
  for (const name of Object.keys(VIEWS)) byId(name).hidden = name !== state.view;
  for (const button of document.querySelectorAll("[data-view]")) {
    button.hidden = !Object.hasOwn(VIEWS, button.dataset.view);
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  }
}

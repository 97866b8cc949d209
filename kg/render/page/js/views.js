// The views by name. A view is `{ draw(changed), image() }` and owns the section of its name in the
// stage. `draw` is called when it comes on display and, while it is, whenever something of `changed`
// has changed; `image`, which a view may lack, gives an <svg> or a <canvas> of what is shown.

const VIEWS = {};
const FIRST_VIEW = "map";

/** Any view that is not there is the first one. */
const knownView = (name) => (Object.hasOwn(VIEWS, name) ? name : FIRST_VIEW);

const drawView = (changed) => VIEWS[state.view].draw(changed);

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

// Arrow keys in a view: one of its things is a tab stop, and arrows go to the nearest ahead.

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Arrows move between the elements of `root` that `selector` finds. */
function moveByArrows(root, selector) {
  root.addEventListener("keydown", (event) => {
    const from = event.target.closest(selector);
    if (!(event.key in ARROWS) || !from) return;
    event.preventDefault();
    const next = nearestAhead(from, root.querySelectorAll(selector), ARROWS[event.key]);
    if (next) focusOnly(from, next);
  });
}

function focusOnly(from, next) {
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** What lies ahead counts by its distance, and by how far it lies aside. */
function nearestAhead(from, nodes, [x, y]) {
  const here = from.getBoundingClientRect();
  let [best, least] = [null, Infinity];
  for (const node of nodes) {
    const box = node.getBoundingClientRect();
    const [across, down] = [box.left - here.left, box.top - here.top];
    const ahead = x ? x * across : y * down;
    const distance = x ? ahead + 8 * Math.abs(down) : ahead + Math.abs(across) / 4;
    if (ahead >= 4 && distance < least) [best, least] = [node, distance];
  }
  return best;
}

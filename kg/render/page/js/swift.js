// A large map moves as a picture: while a gesture lasts the finished drawing is shifted and scaled,
// and everything is drawn anew when the hand rests.

const REST = 140;
const gesture = { drawn: null, held: false, timer: 0 };

function moveSwiftly() {
  if (concepts.length + edges.length <= MANY) return;
  map.network.on("dragStart", hold);
  map.network.on("dragging", () => {
    shift();
    rest(redrawInPlace);
  });
  map.network.on("dragEnd", release);
  map.network.on("zoom", () => {
    hold();
    shift();
    rest(release);
  });
  map.network.on("afterDrawing", () => {
    const { translation, scale } = map.network.body.view;
    gesture.drawn = { ...translation, scale };
    moveLayers("");
    if (gesture.held) map.network.block(true);
  });
}

/** When the hand has been still for a moment. */
function rest(act) {
  clearTimeout(gesture.timer);
  gesture.timer = setTimeout(act, REST);
}

function moveLayers(transform) {
  for (const { style } of byId("map").querySelectorAll("canvas")) style.transform = transform;
}

function hold() {
  if (gesture.held) return;
  gesture.held = true;
  map.network.block(true);
}

function shift() {
  const { translation, scale } = map.network.body.view;
  const { drawn } = gesture;
  if (!drawn) return;
  const grown = scale / drawn.scale;
  const [x, y] = [translation.x - drawn.x * grown, translation.y - drawn.y * grown];
  moveLayers(`translate(${x}px, ${y}px) scale(${grown})`);
}

/** What came into sight is drawn while the hand still holds on. */
function redrawInPlace() {
  if (!gesture.held) return;
  map.network.block(false);
  map.network.redraw();
}

function release() {
  clearTimeout(gesture.timer);
  gesture.held = false;
  map.network.block(false);
  map.network.redraw();
}

// A large map moves as a picture: while a gesture lasts the finished drawing is shifted and scaled,
// and everything is drawn anew when the hand rests.

const REST = 140;
const gesture = { drawn: null, held: false, timer: 0 };

function moveSwiftly() {
  if (concepts.length + edges.length <= MANY) return;
  map.network.on("dragStart", hold);
  map.network.on("dragging", shift);
  map.network.on("dragEnd", release);
  map.network.on("zoom", () => {
    hold();
    shift();
    clearTimeout(gesture.timer);
    gesture.timer = setTimeout(release, REST);
  });
  map.network.on("afterDrawing", () => {
    const { translation, scale } = map.network.body.view;
    gesture.drawn = { ...translation, scale };
    picture().transform = "";
  });
}

const picture = () => byId("map").querySelector("canvas").style;

function hold() {
  if (gesture.held) return;
  gesture.held = true;
  picture().transformOrigin = "0 0";
  map.network.body.emitter.emit("_blockRedraw");
}

function shift() {
  const { translation, scale } = map.network.body.view;
  const { drawn } = gesture;
  const grown = scale / drawn.scale;
  const [x, y] = [translation.x - drawn.x * grown, translation.y - drawn.y * grown];
  picture().transform = `translate(${x}px, ${y}px) scale(${grown})`;
}

function release() {
  gesture.held = false;
  map.network.body.emitter.emit("_allowRedraw");
  map.network.redraw();
}

// The map as vis-network draws it. It holds marks and lines, draws them, and knows what lies under the
// hand; where there are many lines, the brush draws them in batches just before it draws the marks.

function visMap(container) {
  const nodes = concepts.map(({ id, shape, x, y }) => ({ id, shape, x, y, chosen: false }));
  const lines = edges.map(({ from, to, arrows }, id) => ({
    id, from, to, arrows, chosen: false,
    smooth: { enabled: true, type: "curvedCW", roundness: bends[id] },
  }));
  const network = new vis.Network(
    container, { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(lines) }, DATA.options,
  );
  network.redress = () => dressVis(network);
  network.replace = () => replaceVis(network.body);
  network.block = (held) => network.body.emitter.emit(held ? "_blockRedraw" : "_allowRedraw");
  if (concepts.length + edges.length > MANY) drawLinesOurselves(network);
  return network;
}

/**
 * The looks go straight to vis's own items: by way of its data sets the same would take ten times as
 * long.
 */
function dressVis(network) {
  const { nodes, edges: lines } = network.body;
  let flipped = false;
  const dress = ({ options }, look) => {
    flipped ||= Boolean(options.hidden) !== look.hidden;
    Object.assign(options, look);
  };
  concepts.forEach((concept, index) => {
    dress(nodes[index], nodeLook(concept, index));
    nodes[index].needsRefresh();
  });
  edges.forEach((edge, index) => dress(lines[index], edgeLook(edge)));
  network.sets = alike(edges.keys());
  if (flipped) network._updateVisibleIndices();
  network.redraw();
}

function nodeLook(concept, index) {
  const { background, border, width } = markLook(concept, index);
  return {
    hidden: !conceptShown(concept),
    size: concept.size * map.boost,
    borderWidth: width / map.boost,
    color: { background, border },
  };
}

function edgeLook(edge) {
  return {
    hidden: !edgeShown(edge),
    dashes: DASHES[edge.kind] || false,
    color: { inherit: false, color: edgeColour(edge), opacity: quietness(edge.kind) },
    width: edge.width * map.boost + (edge.kind === "flow" ? 0.6 : 0),
  };
}

/** The concepts have moved; vis draws only those whose bounds lie in sight, and would go by the old ones. */
function replaceVis({ nodes }) {
  concepts.forEach(({ x, y }, index) => {
    Object.assign(nodes[index], { x, y });
    nodes[index].shape.updateBoundingBox(x, y);
  });
}

/** vis takes as long for a thousand lines as the brush for ten thousand. */
function drawLinesOurselves(network) {
  const nothing = () => {};
  for (const line of Object.values(network.body.edges)) Object.assign(line, { draw: nothing, drawArrows: nothing });
  network.on("beforeDrawing", (context) => {
    context.save();
    context.setTransform(network.canvas.pixelRatio, 0, 0, network.canvas.pixelRatio, 0, 0);
    paintLines(context, sight(), network.sets, (index) => edgeShown(edges[index]), quietness);
    context.restore();
  });
}

"""The network as pyvis holds it: nodes with their places, edges, options for vis.

pyvis serves as the graph model only. The page that it would write itself goes to the network and
runs script from titles; ours is `page.html.j2`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.ontology import local_name
from kg.render.evidence import Drawn, Record
from kg.render.groups import group
from kg.render.sizes import edge_widths, letter_size, node_size

if TYPE_CHECKING:
    import networkx

SHAPES = {
    "disc": ("dot", 1.0),
    "square": ("square", 0.88),
    "triangle": ("triangle", 1.08),
    "diamond": ("diamond", 1.15),
    "hexagon": ("hexagon", 1.02),
    "star": ("star", 1.2),
    "triangle-down": ("triangleDown", 1.08),
}
"""Our name of a shape → vis's, and the factor that makes all shapes look alike in size."""

COLOURS = (
    "#3b6fb6",
    "#c77714",
    "#2e8b57",
    "#b5487e",
    "#7a5ea8",
    "#b8352f",
    "#5d6b75",
    "#0f8b8d",
    "#8f7a1e",
    "#8c5a3c",
    "#4b4f9e",
)
"""For classes whose ontology gives none; 11 colours and 7 shapes make 77 different marks."""

OPTIONS: dict[str, dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "selectConnectedEdges": False,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "tooltipDelay": 600000,
        "zoomSpeed": 0.7,
    },
    "nodes": {"borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "hoverWidth": 0,
        "selectionWidth": 0,
        "arrowStrikethrough": False,
        "arrows": {"to": {"scaleFactor": 0.42}},
    },
}
MANY_EDGES = 5000
"""From here on a moving map is drawn without its edges."""


def read_classes(
    network: networkx.MultiDiGraph[str], drawn: Drawn
) -> tuple[dict[str | None, int], list[Record]]:
    """The classes that have concepts, numbered, with a colour and a shape each."""
    found = {data["class"]: data for _, data in network.nodes(data=True)}
    order = sorted(found, key=lambda iri: iri or "\uffff")
    records = [
        {
            "term": drawn.terms.number(iri or ""),
            "colour": _colour(found[iri]["colour"], COLOURS[number % len(COLOURS)]),
            "shape": _shape(found[iri]["shape"], list(SHAPES)[number % len(SHAPES)]),
        }
        for number, iri in enumerate(order)
    ]
    return {iri: number for number, iri in enumerate(order)}, records


def _colour(declared: str | None, default: str) -> str:
    digits = (declared or "").removeprefix("#")
    plain = len(digits) == len(COLOURS[0]) - 1 and all(
        c in "0123456789abcdefABCDEF" for c in digits
    )
    return f"#{digits.lower()}" if plain else default


def _shape(declared: str | None, default: str) -> str:
    return declared if declared in SHAPES else default


def read_graph(
    network: networkx.MultiDiGraph[str],
    positions: Mapping[str, tuple[int, int]],
    drawn: Drawn,
) -> dict[str, Any]:
    """All tables of the network and the options for vis, by way of pyvis.

    Its `add_node` and `add_edge` look through all nodes each time; here the numbers are known.
    """
    from pyvis.network import Network

    numbers, classes = read_classes(network, drawn)
    circles, groups = group(network, numbers)
    relations: dict[str, int] = {}
    model = Network(directed=True)
    model.set_options(json.dumps(_options(network.number_of_edges())))
    for iri, data in network.nodes(data=True):
        cls = numbers[data["class"]]
        node = _node(iri, data, cls, classes[cls]["shape"], positions[iri], drawn)
        model.nodes.append(node | ({"circle": circles[iri]} if circles else {}))
    for source, target, claim, data in network.edges(keys=True, data=True):
        relation = relations.setdefault(data["relation"], len(relations))
        model.edges.append(_edge(source, target, claim, data, relation, drawn))
    nodes, edges, *_, options = model.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "widths": edge_widths(),
        "letters": letter_size(len(network)),
        "classes": classes,
        "relations": [{"term": drawn.terms.number(iri), "iri": iri} for iri in relations],
        "groups": groups,
    }


def _node(
    iri: str,
    data: Mapping[str, Any],
    cls: int,
    shape: str,
    position: tuple[int, int],
    drawn: Drawn,
) -> dict[str, Any]:
    from pyvis.node import Node

    vis_shape, factor = SHAPES[shape]
    node = Node(
        drawn.concepts[iri],
        vis_shape,
        data.get("key") or local_name(iri),
        group=cls,
        size=round(node_size(data["passages"]) * factor, 1),
        x=position[0],
        y=position[1],
        passages=data["passages"],
        labels=drawn.terms.labels(iri),
    )
    options: dict[str, Any] = node.options
    return options


def _edge(
    source: str, target: str, claim: str, data: Mapping[str, Any], relation: int, drawn: Drawn
) -> dict[str, Any]:
    from pyvis.edge import Edge

    edge = Edge(
        drawn.concepts[source],
        drawn.concepts[target],
        True,
        id=claim,
        relation=relation,
        kind=data["kind"],
        of=drawn.concepts.get(data.get("of") or ""),
        via=drawn.concepts.get(data.get("via") or ""),
    )
    options: dict[str, Any] = edge.options
    return options


def _options(edges: int) -> dict[str, Any]:
    moving = {"hideEdgesOnDrag": edges > MANY_EDGES, "hideEdgesOnZoom": edges > MANY_EDGES}
    return OPTIONS | {"interaction": {**OPTIONS["interaction"], **moving}}

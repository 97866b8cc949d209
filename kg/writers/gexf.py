"""GEXF 1.2, for Gephi: the concept network with its colours, shapes and sizes.

    <node id="https://example.org/concept/sea" label="sea">…</node>
    <edge id="k-1f0c9a77b2e4d610" source="…" target="…" label="borders" weight="3">…</edge>

https://gexf.net/1.2/. A node's size follows from its passages. Gephi ignores an edge of weight 0,
so background relations get a small weight; `evidence` is exact.
"""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING, Any

from kg.writers.dataset import Dataset
from kg.writers.flat import flat_network

if TYPE_CHECKING:
    import networkx
    from networkx.readwrite.gexf import GEXFWriter

LEAST_WEIGHT = 0.1
SHAPES = {"disc", "square", "triangle", "diamond"}
"""Those that the format knows."""


def gexf(dataset: Dataset) -> bytes:
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(_with_looks(dataset), version="1.2draft")
    _describe(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue() + b"\n"


def _with_looks(dataset: Dataset) -> networkx.MultiDiGraph[str]:
    network = flat_network(dataset)
    for _, node in network.nodes(data=True):
        node["viz"] = _looks(node)
    for _, _, claim, edge in network.edges(data=True, keys=True):
        edge["id"] = claim
        edge["weight"] = max(float(edge["weight"]), LEAST_WEIGHT)
    return network


def _looks(node: dict[str, Any]) -> dict[str, Any]:
    looks: dict[str, Any] = {"size": round(4 + 4 * math.sqrt(node["passages"]), 2)}
    if re.fullmatch("#[0-9a-fA-F]{6}", node.get("colour", "")):
        red, green, blue = bytes.fromhex(node["colour"][1:])
        looks["color"] = {"r": red, "g": green, "b": blue}
    if node.get("shape") in SHAPES:
        looks["shape"] = node["shape"]
    return looks


def _describe(writer: GEXFWriter) -> None:
    """No date and no version of networkx, which would change the file; no name, which 1.2 lacks."""
    meta, graph = writer.xml[0], writer.graph_element
    del meta.attrib["lastmodifieddate"]
    meta[0].text = "policy-kg"
    del graph.attrib["name"]

"""Cytoscape JSON (.cyjs), for Cytoscape and Cytoscape.js: the concept network with its evidence.

    {"data": {"id": "k-1f0c…", "source": "https://…/sea", "target": "https://…/coast",
              "interaction": "borders", "evidence": 2}}

https://manual.cytoscape.org/en/stable/Supported_Network_File_Formats.html#cytoscape-js-json.
`interaction` is what Cytoscape calls the kind of an edge; networkx asks for `value`. Places of
nodes are not in it.
"""

from __future__ import annotations

import json
from typing import Any

from kg.writers.dataset import Dataset

NAME = "policy-kg"


def cytoscape(dataset: Dataset) -> bytes:
    network = dataset.flat
    nodes = [
        {"data": {"id": iri, "value": iri, "name": node["label"], **node}}
        for iri, node in network.nodes(data=True)
    ]
    edges = [
        {"data": {"id": claim, "key": claim, "source": source, "target": target,
                  "interaction": edge["label"], **edge}}
        for source, target, claim, edge in network.edges(data=True, keys=True)
    ]  # fmt: skip
    content: dict[str, Any] = {
        "format_version": "1.0",
        "generated_by": NAME,
        "target_cytoscapejs_version": "~3",
        "data": {"name": NAME, "shared_name": NAME},
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"

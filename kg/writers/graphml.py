"""GraphML, for yEd, Cytoscape, igraph, networkx: the concept network.

    <node id="sea"><data key="d0">sea</data>…</node>
    <edge id="k-1f0c9a77b2e4d610" source="fleet" target="sea">…</edge>

http://graphml.graphdrawing.org/. An id is an NMTOKEN there, which an IRI is not: nodes are named by
the local name of their concept (the IRI is the attribute `iri`), edges by their claim.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from kg.ontology import local_name
from kg.writers.dataset import Dataset
from kg.writers.flat import flat_network

_NOT_NMTOKEN = re.compile(r"[^A-Za-z0-9._-]")


def graphml(dataset: Dataset) -> bytes:
    import networkx
    from networkx.readwrite.graphml import GraphMLWriter

    network = flat_network(dataset)
    writer = GraphMLWriter()
    writer.add_graph_element(networkx.relabel_nodes(network, short_names(network.nodes)))
    _spell_truth_values(writer)
    buffer = io.BytesIO()
    writer.dump(buffer)
    return buffer.getvalue() + b"\n"


def short_names(iris: Iterable[str]) -> dict[str, str]:
    """IRI → a name of its own made of letters, digits, full stops, hyphens and underscores.

    >>> short_names(["https://a.example/sea", "https://b.example/sea"])
    {'https://a.example/sea': 'sea', 'https://b.example/sea': 'sea-2'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for iri in iris:
        stem = name = _NOT_NMTOKEN.sub("_", local_name(iri))
        number = 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[iri] = name
    return names


def _spell_truth_values(writer: object) -> None:
    """`true`, as XML has it; networkx writes `True`."""
    root = writer.xml  # type: ignore[attr-defined]
    truth_values = {key.get("id") for key in root.iter("key") if key.get("attr.type") == "boolean"}
    for data in root.iter("data"):
        if data.get("key") in truth_values:
            data.text = data.text.lower()

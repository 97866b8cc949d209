"""GraphML, for yEd, Cytoscape, igraph, networkx: the concept network.

    <node id="sea"><data key="d0">sea</data>…</node>
    <edge source="fleet" target="sea" id="k-1f0c9a77b2e4d610">…</edge>

http://graphml.graphdrawing.org/. An id is an NMTOKEN there, which an IRI is not: nodes are named by
the local name of their concept (the IRI is the attribute `iri`), edges by their claim. Written here
because networkx would load numpy for it, which takes longer than the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.ontology import local_name
from kg.writers.dataset import Dataset
from kg.writers.flat import TYPES, Columns, Plain, spelt
from kg.writers.xmltext import attribute, escaped

HEAD = """\
<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_NOT_NMTOKEN = re.compile(r"[^A-Za-z0-9._-]")


def graphml(dataset: Dataset) -> bytes:
    network = dataset.flat
    names = short_names(network)
    columns = Columns()
    nodes = "".join(
        f'    <node id="{names[iri]}">\n{_data("node", node, columns)}    </node>\n'
        for iri, node in network.nodes(data=True)
    )
    edges = "".join(
        f'    <edge source="{names[source]}" target="{names[target]}" id="{attribute(claim)}">\n'
        f"{_data('edge', edge, columns)}    </edge>\n"
        for source, target, claim, edge in network.edges(data=True, keys=True)
    )
    graph = f'  <graph edgedefault="directed">\n{nodes}{edges}  </graph>\n'
    return f"{HEAD}{''.join(_keys(columns))}{graph}</graphml>\n\n".encode()


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


def _data(scope: str, attributes: Plain, columns: Columns) -> str:
    return "".join(
        f'      <data key="d{columns[scope, name, type(value)]}"{_closed(spelt(value))}\n'
        for name, value in attributes.items()
    )


def _closed(text: str) -> str:
    return f">{escaped(text)}</data>" if text else " />"


def _keys(columns: Columns) -> Iterator[str]:
    """The last comes first, as networkx has it."""
    for (scope, name, kind), number in reversed(columns.items()):
        yield (
            f'  <key id="d{number}" for="{scope}" attr.name="{attribute(name)}" '
            f'attr.type="{TYPES[kind]}" />\n'
        )

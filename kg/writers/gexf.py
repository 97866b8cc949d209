"""GEXF 1.2, for Gephi: the concept network with its colours, shapes and sizes.

    <node id="https://example.org/concept/sea" label="sea">…</node>
    <edge source="…" target="…" id="k-1f0c9a77b2e4d610" label="borders" weight="3.0">…</edge>

https://gexf.net/1.2/. A node's size follows from its passages. Gephi ignores an edge of weight 0,
so background relations get a small weight; `evidence` is exact. networkx takes the key of an edge
from `networkx_key`; written here because it would load numpy and put a date into the file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from kg.writers.dataset import Dataset
from kg.writers.flat import TYPES, Columns, Plain, spelt
from kg.writers.xmltext import attribute

LEAST_WEIGHT = 0.1
SHAPES = {"disc", "square", "triangle", "diamond"}
"""Those that the format knows."""
HEAD = """\
<?xml version='1.0' encoding='utf-8'?>
<gexf xmlns:viz="http://www.gexf.net/1.2draft/viz" xmlns="http://www.gexf.net/1.2draft" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" \
version="1.2">
  <meta>
    <creator>policy-kg</creator>
  </meta>
  <graph defaultedgetype="directed" mode="static">
"""
TAIL = "  </graph>\n</gexf>\n\n"


def gexf(dataset: Dataset) -> bytes:
    network = dataset.flat
    columns = Columns()
    nodes = "".join(_node(iri, node, columns) for iri, node in network.nodes(data=True))
    edges = "".join(
        _edge((source, target, claim), edge, columns)
        for source, target, claim, edge in network.edges(data=True, keys=True)
    )
    declared = _declared("edge", columns) + _declared("node", columns)
    body = f"    <nodes>\n{nodes}    </nodes>\n    <edges>\n{edges}    </edges>\n"
    return (HEAD + declared + body + TAIL).encode()


def _node(iri: str, node: Plain, columns: Columns) -> str:
    looks = "".join(f"        <viz:{look} />\n" for look in _looks(node))
    values = _values("node", {k: v for k, v in node.items() if k != "label"}, columns)
    names = f'id="{attribute(iri)}" label="{attribute(node["label"])}"'
    return f"      <node {names}>\n{looks}{values}      </node>\n"


def _looks(node: Plain) -> Iterator[str]:
    if re.fullmatch("#[0-9a-fA-F]{6}", node.get("colour", "")):
        red, green, blue = bytes.fromhex(node["colour"][1:])
        yield f'color r="{red}" g="{green}" b="{blue}" a="1.0"'
    yield f'size value="{round(4 + 4 * math.sqrt(node["passages"]), 2)}"'
    if node.get("shape") in SHAPES:
        yield f'shape value="{node["shape"]}"'


def _edge(ends: tuple[str, str, str], edge: Plain, columns: Columns) -> str:
    source, target, claim = map(attribute, ends)
    weight = max(float(edge["weight"]), LEAST_WEIGHT)
    names = f'id="{claim}" label="{attribute(edge["label"])}" weight="{weight}"'
    more = {k: v for k, v in edge.items() if k not in {"label", "weight"}}
    values = _values("edge", more | {"networkx_key": ends[2]}, columns)
    return f'      <edge source="{source}" target="{target}" {names}>\n{values}      </edge>\n'


def _values(scope: str, attributes: Plain, columns: Columns) -> str:
    lines = "".join(
        f'          <attvalue for="{columns[scope, name, type(value)]}" '
        f'value="{attribute(spelt(value))}" />\n'
        for name, value in attributes.items()
    )
    return f"        <attvalues>\n{lines}        </attvalues>\n"


def _declared(wanted: str, columns: Columns) -> str:
    lines = "".join(
        f'      <attribute id="{number}" title="{attribute(name)}" type="{TYPES[kind]}" />\n'
        for (scope, name, kind), number in columns.items()
        if scope == wanted
    )
    head = f'    <attributes mode="static" class="{wanted}">\n'
    return f"{head}{lines}    </attributes>\n" if lines else ""

"""The concept network with plain attributes only, as graph formats want them.

Labels get a name for each language (`label_pt-BR`), missing values are left out, characters that
XML forbids too; a line break is a line feed, because XML reads nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.writers.xmltext import allowed

if TYPE_CHECKING:
    import networkx

Plain: TypeAlias = Mapping[str, Any]
"""Attributes of a node or an edge by name; each is of one of the `TYPES`."""
TYPES: Mapping[type, str] = {str: "string", int: "long", bool: "boolean"}
"""What both formats call the types of attributes."""


class Columns(dict[tuple[str, str, type], int]):
    """(node or edge, name, type) of an attribute → its number, in the order of asking."""

    def __missing__(self, column: tuple[str, str, type]) -> int:
        self[column] = number = len(self)
        return number


def spelt(value: str | int) -> str:
    """How XML writes it: `true`, not `True`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def flat_network(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The same nodes and edges; attributes are text, whole numbers and truth values."""
    import networkx

    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for iri, attributes in network.nodes(data=True):
        flat.add_node(iri, **_plain(_node(iri, attributes)))
    for source, target, claim, attributes in network.edges(data=True, keys=True):
        flat.add_edge(source, target, claim, **_plain(_edge(attributes)))
    return flat


def _node(iri: str, node: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": node["label"],
        **{f"label_{tag}": text for tag, text in node["labels"].items() if tag},
        "iri": iri,
        "class": node["class_label"],
        "class_iri": node["class"],
        "colour": node["colour"],
        "shape": node["shape"],
        "passages": node["passages"],
        "background": node["background"],
    }


def _edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": edge["label"],
        **{f"label_{tag}": text for tag, text in edge["labels"].items() if tag},
        "relation": edge["relation"],
        "kind": edge["kind"],
        "evidence": edge["evidence"],
        "weight": edge["weight"],
        "documents": " ".join(edge["documents"]),
        "of": edge.get("of"),
        "via": edge.get("via"),
    }


def _plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _clean(value) if isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None
    }


def _clean(text: str) -> str:
    return allowed(text).replace("\r\n", "\n").replace("\r", "\n")

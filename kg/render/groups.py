"""Groups for the first view of very many concepts: communities, and classes for whoever has none.

A community is a set of concepts that are joined among each other more than with others. Small ones
are no help to a reader: their concepts are grouped by their class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.render.communities import communities
from kg.render.lines import read_lines

if TYPE_CHECKING:
    import networkx

PLENTY = 3_000
"""More concepts than this are first shown as groups, and drawn by the plain canvas."""
SMALLEST, MOST = 8, 300
"""Concepts in a community that is a group; groups."""


def group(
    network: networkx.MultiDiGraph[str], classes: Mapping[str | None, int]
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """For each concept the number of its group, and for each group its class if it is one.

    Nothing where there are not very many concepts. `classes` gives the number of each class.
    """
    if len(network) <= PLENTY:
        return {}, []
    concepts = list(network)
    found = [nodes for nodes in communities(read_lines(network)) if len(nodes) >= SMALLEST][:MOST]
    of = {concepts[node]: number for number, nodes in enumerate(found) for node in nodes}
    groups: list[dict[str, Any]] = [{} for _ in found]
    by_class: dict[int, int] = {}
    for iri in concepts:
        if iri not in of:
            cls = classes[network.nodes[iri]["class"]]
            if cls not in by_class:
                by_class[cls] = len(groups)
                groups.append({"class": cls})
            of[iri] = by_class[cls]
    return of, groups

"""The network of a file: what is drawn, with the attributes that kg.network gives our own concepts.

A node's `passages` stand for its lines in the whole file, so that its mark grows with them; `key`
is its name in the page's address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.anyrdf.picture import Picture
from kg.identifiers import claim_id
from kg.labels import Texts, label
from kg.ontology import local_name

if TYPE_CHECKING:
    import networkx

LARGEST = 50
"""As many passages would make a mark as large as that of the thing with the most lines."""


def network_of(
    picture: Picture,
    groups: Mapping[str, str],
    known: Mapping[str, Texts],
    languages: Sequence[str],
) -> networkx.MultiDiGraph[str]:
    """Nodes and edges in the order of their names."""
    import networkx

    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    weights = _weights(picture.degrees)
    shared = Counter(map(local_name, picture.nodes))
    for name in picture.nodes:
        group = groups[name]
        local = local_name(name)
        network.add_node(
            name,
            label=label(name, known, languages),
            labels=known[name],
            key=local if local and shared[local] == 1 else name,
            colour=None,
            shape=None,
            passages=weights[name],
            background=False,
            **{"class": group, "class_label": label(group, known, languages)},
        )
    for source, relation, target in picture.edges:
        network.add_edge(
            source,
            target,
            claim_id(source, relation, target),
            relation=relation,
            label=label(relation, known, languages),
            labels=known[relation],
            kind="direct",
            evidence=1,
            weight=1,
            documents=(),
        )
    return network


def _weights(degrees: Mapping[str, int]) -> dict[str, int]:
    """In proportion to the lines, as far as the largest mark allows; none for none.

    >>> _weights({"a": 0, "b": 1, "c": 1000})
    {'a': 0, 'b': 1, 'c': 50}
    """
    share = min(1.0, LARGEST / max(1, max(degrees.values(), default=1)))
    return {name: max(min(count, 1), round(count * share)) for name, count in degrees.items()}

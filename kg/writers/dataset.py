"""A dataset about to be written: sorted N-Triples, what is said of each subject, the network.

The order is that of the code points of the N-Triples lines, graph by graph, so that every file
comes out the same whatever the store's order or the hash seed. Oxigraph folds language tags to
lower case; they are written as the project writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.labels import Texts, labels
from kg.namespaces import PREFIXES
from kg.rows import pairs
from kg.writers.flat import flat_network
from kg.writers.paragraphs import Paragraphs, Said
from kg.writers.tokens import Subjects, read_subjects

if TYPE_CHECKING:
    import networkx

END = b" .\n"
"""What ends each line of N-Triples, and stands nowhere else in it."""


@dataclass(frozen=True)
class Dataset:
    """What the writers get. `base` ends with a slash; the first of `languages` is the main one."""

    store: ox.Store
    base: str
    languages: Sequence[str]
    extra_prefixes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def graphs(self) -> dict[str, list[bytes]]:
        """Graph IRI, "" for the default graph → sorted N-Triples lines without the full stop."""
        lines = {name: self.lines(name) for name in self._names}
        return {name: found for name, found in lines.items() if found}

    @cached_property
    def _names(self) -> list[str]:
        named = sorted(getattr(name, "value", "") for name in self.store.named_graphs())
        return ["", *named]

    @cached_property
    def union(self) -> list[bytes]:
        """The triples of all graphs, each once."""
        lines = sorted(chain.from_iterable(self.graphs.values()))
        return [line for line, _ in groupby(lines)]

    @cached_property
    def subjects(self) -> dict[str, Subjects]:
        """What each graph says, by its IRI."""
        return read_subjects(self.graphs)

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """How Turtle writes what is said of a subject."""
        return Paragraphs(self.prefixes, self.languages)

    @cached_property
    def said(self) -> dict[str, Said]:
        """What each graph says, as Turtle; graphs as in `graphs`."""
        said = {name: self.paragraphs.read(self.store, name) for name in self._names}
        return {name: found for name, found in said.items() if found}

    @cached_property
    def network(self) -> networkx.MultiDiGraph[str]:
        from kg.network import concept_network

        return concept_network(self.store, base=self.base, languages=self.languages)

    @cached_property
    def flat(self) -> networkx.MultiDiGraph[str]:
        """The network with plain attributes only, for formats that have no others."""
        return flat_network(self.network)

    @cached_property
    def labels(self) -> dict[str, Texts]:
        return labels(self.store, self.languages)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace: standard ones, those that ontologies prefer, c:, d: and g:."""
        preferred = pairs(self.store, "preferred-prefixes")
        own = {name: f"{self.base}{folder}/" for name, folder in _FOLDERS.items()}
        found = {**self.extra_prefixes, **preferred, **PREFIXES, **own}
        return {name: found[name] for name in sorted(found) if _PREFIX.fullmatch(name)}

    def lines(self, graph: str) -> list[bytes]:
        """Those of one graph."""
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        text = self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
        return sorted(self._with_tags(text).split(END)[:-1])

    def _with_tags(self, text: bytes) -> bytes:
        """Language tags as the project writes them; at the end of a line nothing else looks so."""
        for tag in self.languages:
            if tag != tag.lower():
                folded, written = (f'"@{tag}'.encode() + END for tag in (tag.lower(), tag))
                text = text.replace(folded, written)
        return text


_FOLDERS = {"c": "concept", "d": "data", "g": "graph"}
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

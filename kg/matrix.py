"""The matrix view: who acts on what, and in which layer, read from the ontology's header.

`pkg:matrixRow`, `pkg:matrixColumn` and `pkg:matrixLayer` name three classes of concepts. A cell
holds the passages with an accepted, affirmed statement whose subject is of the row class and whose
object is of the column class. A statement stands in the layers that its qualifiers name; without
one, in those that its subject reaches by `pkg:laneRelation`; else in no layer, written "".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from kg.identifiers import Graphs
from kg.labels import label, labels
from kg.namespaces import RDF, RDFS
from kg.rows import rows
from kg.terms import value

NO_LAYER = ""
Cell: TypeAlias = tuple[str, str, str]
"""Row, column and layer."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Axes are concepts in the order of their labels; `layers` ends with "" where that is used.

    `cells` maps (row, column, layer) to its passages, sorted; a cell that is missing is empty.
    A passage that names two layers stands in both: ask `passages` instead of adding layers up.
    `statements` maps the same cells to what is said there, sorted.
    """

    row_class: str
    column_class: str
    layer_class: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    layers: tuple[str, ...]
    labels: Mapping[str, str]
    cells: Mapping[Cell, tuple[str, ...]]
    statements: Mapping[Cell, tuple[str, ...]]

    def passages(self, row: str, column: str) -> tuple[str, ...]:
        """The distinct passages of a row and a column, whatever the layer."""
        cells = (self.cells.get((row, column, layer), ()) for layer in self.layers)
        return tuple(sorted({passage for cell in cells for passage in cell}))


def matrix(store: ox.Store, *, base: str, languages: Sequence[str]) -> Matrix | None:
    """The matrix of a dataset; None where the ontology's header names no rows or no columns."""
    header = min(rows(store, "matrix-header"), default=None)
    if header is None:
        return None
    known = labels(store, languages)
    row_class, column_class, layer_class, lane = header
    axes = [_instances(store, cls) for cls in header[:3]]
    said = _said(store, axes, _lanes(store, lane, Graphs(base)))
    if any(layer == NO_LAYER for _, _, layer in said):
        axes[2] = {*axes[2], NO_LAYER}
    named = {iri: label(iri, known, languages) for iri in (*set().union(*axes), *header[:3]) if iri}
    in_order = (sorted(axis, key=lambda iri: (not iri, named.get(iri, ""), iri)) for axis in axes)
    rows_, columns, layers = map(tuple, in_order)
    passages, statements = ({cell: _each(said[cell], n) for cell in sorted(said)} for n in (1, 0))
    return Matrix(
        row_class, column_class, layer_class, rows_, columns, layers, named, passages, statements
    )


def _each(pairs: set[tuple[str, str]], place: int) -> tuple[str, ...]:
    return tuple(sorted({pair[place] for pair in pairs}))


def _instances(store: ox.Store, cls: str) -> set[str]:
    """The concepts of a class and of the classes below it."""
    kinds: set[str] = set()
    waiting = [cls] if cls else []
    while waiting:
        if (kind := waiting.pop()) not in kinds:
            kinds.add(kind)
            waiting += _subjects(store, RDFS.subClassOf, kind)
    return {concept for kind in kinds for concept in _subjects(store, RDF.type, kind)}


def _subjects(store: ox.Store, predicate: str, iri: str) -> Iterator[str]:
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(iri))
    return (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _lanes(store: ox.Store, relation: str, graphs: Graphs) -> dict[str, set[str]]:
    """Where a concept stands, by what texts and the ontology say of it."""
    reached: dict[str, set[str]] = defaultdict(set)
    for graph in (graphs.direct, graphs.ontology) if relation else ():
        name = ox.NamedNode(graph)
        for quad in store.quads_for_pattern(None, ox.NamedNode(relation), None, name):
            reached[value(quad.subject)].add(value(quad.object))
    return reached


def _said(
    store: ox.Store, axes: Sequence[set[str]], lanes: Mapping[str, set[str]]
) -> dict[Cell, set[tuple[str, str]]]:
    """Pairs of statement and passage by cell."""
    row_axis, column_axis, layer_axis = axes
    qualified: dict[str, set[str]] = defaultdict(set)
    for statement, concept in rows(store, "qualifiers"):
        if concept in layer_axis:
            qualified[statement].add(concept)
    found: dict[Cell, set[tuple[str, str]]] = defaultdict(set)
    for statement, row, column, passage in rows(store, "affirmed"):
        if row in row_axis and column in column_axis:
            layers = qualified.get(statement) or lanes.get(row, set()) & layer_axis
            for layer in layers or {NO_LAYER}:
                found[row, column, layer].add((statement, passage))
    return found

"""The matrix of `kg.matrix` as the page draws it: axes of concepts, cells of sayings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.matrix import Matrix
from kg.render.evidence import Drawn, Record


def read_matrix(table: Matrix | None, drawn: Drawn) -> dict[str, Any]:
    """The tables `matrix` (empty where the header names no rows or no columns) and `cells`."""
    if table is None:
        return {"matrix": {}, "cells": []}
    axes = {
        "row": _axis(table.row_class, table.rows, drawn),
        "column": _axis(table.column_class, table.columns, drawn),
        "layer": _axis(table.layer_class, table.layers, drawn) if table.layer_class else None,
    }
    return {"matrix": axes, "cells": list(_cells(table, drawn))}


def _axis(cls: str, concepts: Sequence[str], drawn: Drawn) -> Record:
    known = [drawn.concepts[concept] for concept in concepts if concept in drawn.concepts]
    return {"term": drawn.terms.number(cls), "concepts": known}


def _cells(table: Matrix, drawn: Drawn) -> Iterator[Record]:
    """`layer` is open where a cell stands in no layer."""
    for (row, column, layer), statements in table.statements.items():
        said = sorted(drawn.sayings[iri] for iri in statements if iri in drawn.sayings)
        if said and row in drawn.concepts and column in drawn.concepts:
            yield {
                "row": drawn.concepts[row],
                "column": drawn.concepts[column],
                "said": said,
                "layer": drawn.concepts.get(layer),
            }

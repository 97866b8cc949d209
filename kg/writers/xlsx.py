"""A workbook of tables: the concepts, what was marked and said, who acts on what, the documents.

In the sheet `matrix` a cell counts the passages with an accepted statement from the concept of its
row to that of its column, as the ontology's header chooses them; a line for each layer stands below
the line of all. Offsets count Unicode code points. The limits of Excel are told where one is met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.matrix import Matrix, matrix
from kg.model import METADATA
from kg.workbook import workbook
from kg.writers.dataset import Dataset
from kg.writers.evidence import Mention, mentions, passages, sources
from kg.writers.mentions import mention_rows
from kg.writers.spreadsheet import Cell
from kg.writers.statements import statement_rows
from kg.writers.tables import concept_rows

Rows = Iterator[Sequence[Cell]]


def xlsx(dataset: Dataset) -> bytes:
    marked = mentions(dataset)
    return workbook(
        {
            "concepts": concept_rows(dataset),
            "mentions": mention_rows(dataset, marked),
            "statements": statement_rows(dataset),
            "matrix": matrix_rows(dataset),
            "documents": document_rows(dataset, marked),
        }
    )


def matrix_rows(dataset: Dataset) -> Rows:
    """One line that says so where the ontology's header names no rows and columns."""
    found = matrix(dataset.store, base=dataset.base, languages=dataset.languages)
    if found is None:
        yield ["the ontology's header names no classes for the rows and columns of a matrix"]
        return
    columns = [found.labels[column] for column in found.columns]
    yield [
        found.labels.get(found.row_class, ""),
        found.labels.get(found.layer_class, "layer"),
        *columns,
    ]
    for row in found.rows:
        yield [found.labels[row], "all", *(len(found.passages(row, col)) for col in found.columns)]
        yield from _layers(found, row)


def _layers(found: Matrix, row: str) -> Rows:
    for layer in found.layers if found.layer_class else ():
        counts = [len(found.cells.get((row, column, layer), ())) for column in found.columns]
        if any(counts):
            yield [found.labels[row], found.labels.get(layer, "none"), *counts]


def document_rows(dataset: Dataset, marked: Iterable[Mention]) -> Rows:
    of_passages = Counter(passage.document for passage in passages(dataset).values())
    of_mentions = Counter(mention.passage.document for mention in marked)
    yield ["document", *METADATA, "passages", "mentions"]
    for each in sources(dataset.store):
        known = (getattr(each, name) for name in METADATA)
        yield [each.key, *known, of_passages[each.key], of_mentions[each.key]]

"""From nouns to RDF: one template for each kind of record, as N-Quads text.

The docstring of each function *is* the Turtle that it means, for the base <https://example.org/>;
a test parses them all. No term objects are built; every free field is escaped once, on the way in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.identifiers import Graphs
from kg.mapping.dataset import coder_quads, dataset_quads
from kg.mapping.documents import (
    description_quads,
    passage_quads,
    remark_quads,
    target_quads,
    unplaced_quads,
)
from kg.mapping.mentions import mention_quads
from kg.mapping.repeats import repeat_quads, repeats
from kg.mapping.sayings import classification_quads, flow_quads, statement_quads
from kg.mapping.source import Source
from kg.model import Document

__all__ = [
    "Source",
    "classification_quads",
    "coder_quads",
    "dataset_quads",
    "description_quads",
    "document_quads",
    "flow_quads",
    "mention_quads",
    "passage_quads",
    "remark_quads",
    "repeat_quads",
    "repeats",
    "statement_quads",
    "target_quads",
    "unplaced_quads",
]


def document_quads(
    document: Document, graphs: Graphs, datatypes: Mapping[str, str]
) -> Iterator[str]:
    """The quads of one document and of all that was coded in it.

    `datatypes` maps the qualifiers that take a literal to its type.
    """
    source = Source(document, graphs.data, f"<{graphs.document(document.key)}>", datatypes)
    yield description_quads(source)
    for passage in {passage.id: passage for passage in document.passages}.values():
        yield passage_quads(passage, source)
    for passage in document.passages:
        yield from (mention_quads(mention, passage.id, source) for mention in passage.mentions)
        yield from (statement_quads(item, passage.id, source) for item in passage.statements)
        yield from (flow_quads(item, passage.id, source) for item in passage.flows)
        yield from (
            classification_quads(item, passage.id, source) for item in passage.classifications
        )
        yield remark_quads(passage, source)
    yield from (repeat_quads(again, earlier, source) for again, earlier in repeats(document))
    yield from (unplaced_quads(passage, source) for passage in document.unplaced)

"""The tidy table of what was marked: a row for each mention and concept.

The order is that of the documents. `start` and `end` count Unicode code points of the document's
text, end excluded; where the words do not lie together, `pieces` has all stretches. Rejected and
suggested ones are in here too: see `status`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.writers.dataset import Dataset
from kg.writers.evidence import Mention, sources
from kg.writers.evidence import mentions as all_mentions
from kg.writers.spreadsheet import Cell, to_csv
from kg.writers.wording import Wording

MOST_PIECES = 1
"""Of a mention that needs no list of them."""


def mentions(dataset: Dataset) -> bytes:
    return to_csv(mention_rows(dataset, all_mentions(dataset)))


def mention_rows(dataset: Dataset, found: Iterable[Mention]) -> Iterator[Sequence[Cell]]:
    """The heading, and the rows."""
    wording = Wording(dataset)
    titles = {source.key: source.title for source in sources(dataset.store)}
    classes = {iri: node["class"] or "" for iri, node in dataset.network.nodes(data=True)}
    yield [
        *("id", "concept", *wording.header("concept"), "class", *wording.header("class")),
        *("document", "title", "start", "end", "pieces", "quote", "passage", "words of passage"),
        *("coder", "time", "confidence", "status", "note"),
    ]
    for mention in found:
        cls = classes.get(mention.concept, "")
        yield [
            *(mention.id, mention.concept, *wording.cells(mention.concept)),
            *(cls, *wording.cells(cls)),
            *(mention.passage.document, titles.get(mention.passage.document, "")),
            *(mention.pieces[0][0], mention.pieces[-1][1], pieces(mention)),
            *(mention.quote, mention.passage.id, mention.passage.words),
            *(mention.coder, mention.coded, mention.confidence, mention.status, mention.note),
        ]


def pieces(mention: Mention) -> str:
    """`2-8, 12-15`; nothing for words that lie together."""
    if len(mention.pieces) == MOST_PIECES:
        return ""
    return ", ".join(f"{start}-{end}" for start, end in mention.pieces)

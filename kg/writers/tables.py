"""Tables for a spreadsheet: the concepts, and the edges between them.

What has labels has a column with its IRI and one for each language (`object`, `object_en`, …);
where a text stands in one language only, it is the first that has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.labels import texts
from kg.namespaces import SKOS
from kg.writers.dataset import Dataset
from kg.writers.spreadsheet import Cell, to_csv
from kg.writers.wording import Wording


def concepts(dataset: Dataset) -> bytes:
    return to_csv(concept_rows(dataset))


def concept_rows(dataset: Dataset) -> Iterator[Sequence[Cell]]:
    """The heading, and a row for each concept, in the order of their IRIs."""
    wording = Wording(dataset)
    definitions = texts(dataset.store, SKOS.definition, dataset.languages)
    yield [
        *("concept", *wording.header("label"), *wording.header("definition")),
        *("class", *wording.header("class"), "passages", "background"),
    ]
    for iri, node in dataset.network.nodes(data=True):
        yield [
            *(iri, *wording.cells(iri)),
            *(definitions.get(iri, {}).get(tag, "") for tag in dataset.languages),
            *(node["class"] or "", *wording.cells(node["class"] or "")),
            *(node["passages"], "true" if node["background"] else "false"),
        ]


def edges(dataset: Dataset) -> bytes:
    """A row for each edge of the network; a flow says in `of` what moves, in `via` by what."""
    wording = Wording(dataset)
    header = ["claim", "kind", *wording.triple_header(), "of", "via", "evidence", "documents"]
    rows = (
        [
            *(claim, edge["kind"], *wording.triple((subject, edge["relation"], object_))),
            *(wording.name(edge.get("of") or ""), wording.name(edge.get("via") or "")),
            *(edge["evidence"], " ".join(edge["documents"])),
        ]
        for subject, object_, claim, edge in dataset.network.edges(data=True, keys=True)
    )
    return to_csv([header, *rows])

"""An import set for Neo4j: nodes and relationships as CSV with typed headers, and how to load it.

    iri:ID(concept),:LABEL,label,passages:long,background:boolean
    :START_ID(concept),:END_ID(concept),:TYPE,claim,evidence:long,documents:string[]

https://neo4j.com/docs/operations-manual/current/import/. Concepts, passages and documents are
nodes. What a text says of two concepts is a relationship of the relation's name, with the passages
that say it; `mentions` leads from a passage to a concept that somebody marked in it, `partOf` from
a passage to its document. Texts are exact: these tables are no spreadsheets.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import METADATA
from kg.ontology import local_name
from kg.rows import rows
from kg.writers.dataset import Dataset
from kg.writers.evidence import Source, mentions, passages, sources
from kg.writers.flat import Plain

LIST = ";"
"""Between the items of a list."""
README = """\
{count}

Load them into a new database of Neo4j 5 with one line, in this folder:

    neo4j-admin database import full neo4j --overwrite-destination --multiline-fields=true \
--nodes=concepts.csv --nodes=passages.csv --nodes=documents.csv \
--relationships=relations.csv --relationships=mentions.csv --relationships=parts.csv

Then ask it, for example:

    MATCH (a:Concept)-[r]->(b:Concept) RETURN a.label, type(r), b.label, r.evidence LIMIT 20
"""
Rows = Iterable[Sequence[str | int]]
_TYPES: Mapping[str, str] = {"passages": "long", "background": "boolean", "evidence": "long"}


def neo4j(dataset: Dataset) -> dict[str, bytes]:
    """File name → content, for a folder of their own."""
    tables = {
        "concepts.csv": _concepts(dataset),
        "passages.csv": _passages(dataset),
        "documents.csv": _documents(sources(dataset.store)),
        "relations.csv": _relations(dataset),
        "mentions.csv": _mentions(dataset),
        "parts.csv": _parts(dataset),
    }
    written = {name: [*table] for name, table in tables.items()}
    counts = [f"{len(table) - 1:,} {name[:-4]}" for name, table in written.items()]
    files = {name: _csv(table) for name, table in written.items()}
    return files | {"README.txt": README.format(count=", ".join(counts)).encode()}


def _csv(table: Rows) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(table)
    return buffer.getvalue().encode()


def _concepts(dataset: Dataset) -> Rows:
    nodes = dataset.flat.nodes(data=True)
    names = _names((node for _, node in nodes), leave=("iri",))
    yield ["iri:ID(concept)", ":LABEL", *map(_typed, names)]
    for iri, node in nodes:
        cls = _identifier(local_name(node.get("class_iri", "")))
        labels = dict.fromkeys(("Concept", cls)) if cls else ("Concept",)
        yield [iri, LIST.join(labels), *(_value(node.get(name, "")) for name in names)]


def _passages(dataset: Dataset) -> Rows:
    yield ["id:ID(passage)", ":LABEL", "document", "start:long", "end:long", "words"]
    for each in passages(dataset).values():
        yield [each.id, "Passage", each.document, each.start, each.end, each.words]


def _documents(documents: Iterable[Source]) -> Rows:
    yield ["key:ID(document)", ":LABEL", *METADATA]
    for each in documents:
        yield [each.key, "Document", *(getattr(each, name) for name in METADATA)]


def _relations(dataset: Dataset) -> Rows:
    said: dict[str, set[str]] = defaultdict(set)
    for claim, passage, _ in rows(dataset.store, "evidence"):
        said[local_name(claim)].add(local_name(passage))
    edges = [*dataset.flat.edges(data=True, keys=True)]
    documents = {
        (source, target, claim): [key.replace(LIST, ",") for key in edge["documents"]]
        for source, target, claim, edge in dataset.network.edges(data=True, keys=True)
    }
    names = _names((edge for *_, edge in edges), leave=("documents", "weight"))
    yield [
        *(":START_ID(concept)", ":END_ID(concept)", ":TYPE", "claim"),
        *(*map(_typed, names), "documents:string[]", "said_in:string[]"),
    ]
    for source, target, claim, edge in edges:
        yield [
            *(source, target, _identifier(local_name(edge["relation"])) or "related", claim),
            *(_value(edge.get(name, "")) for name in names),
            *(LIST.join(documents[source, target, claim]), LIST.join(sorted(said[claim]))),
        ]


def _mentions(dataset: Dataset) -> Rows:
    yield [
        *(":START_ID(passage)", ":END_ID(concept)", ":TYPE", "id", "quote", "start:long"),
        *("end:long", "coder", "time", "confidence:double", "status", "note"),
    ]
    for each in mentions(dataset):
        yield [
            *(each.passage.id, each.concept, "mentions", each.id, each.quote),
            *(each.pieces[0][0], each.pieces[-1][1], each.coder, each.coded),
            *(each.confidence, each.status, each.note),
        ]


def _parts(dataset: Dataset) -> Rows:
    yield [":START_ID(passage)", ":END_ID(document)", ":TYPE"]
    for each in passages(dataset).values():
        yield [each.id, each.document, "partOf"]


def _names(attributes: Iterable[Plain], leave: Sequence[str]) -> list[str]:
    """Every attribute that one of them has, in the order of meeting."""
    found = dict.fromkeys(name for each in attributes for name in each)
    return [name for name in found if name not in leave]


def _typed(name: str) -> str:
    """The heading of a column: a name that needs no quotation in Cypher, and its type.

    >>> _typed("label_pt-BR"), _typed("evidence")
    ('label_pt_BR', 'evidence:long')
    """
    kind = _TYPES.get(name)
    return _identifier(name) + (f":{kind}" if kind else "")


def _identifier(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _value(value: object) -> str | int:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else str(value)

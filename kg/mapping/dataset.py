"""The dataset as a whole, and what all documents share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg import identifiers, terms
from kg.identifiers import Graphs
from kg.namespaces import DCAT, DCTERMS, PKG, RDF, RDFS, VOID


def dataset_quads(
    graphs: Graphs,
    *,
    titles: Mapping[str, str],
    build: str,
    documents: Iterable[str],
    coders: Mapping[str, str],
) -> str:
    """The dataset as a whole; `build` is the digest of everything that it was built from.
    `titles` is by language, "" where one serves for all.

    d:dataset  a dcat:Dataset , void:Dataset ;
        dcterms:title "Towns"@en , "县城"@zh ;
        dcterms:identifier "b-1" ;
        dcterms:source d:doc-a .
    """
    node, g = f"<{graphs.data}dataset>", f"<{graphs.dataset}>"
    return (
        f"{node} <{RDF.type}> <{DCAT.Dataset}> {g} .\n"
        f"{node} <{RDF.type}> <{VOID.Dataset}> {g} .\n"
        + "".join(
            f"{node} <{DCTERMS.title}> {terms.literal(title, tag=tag)} {g} .\n"
            for tag, title in titles.items()
        )
        + f"{node} <{DCTERMS.identifier}> {terms.literal(build)} {g} .\n"
        + "".join(
            f"{node} <{DCTERMS.source}> <{graphs.data}{identifiers.document_id(key)}> {g} .\n"
            for key in documents
        )
        + "".join(coder_quads(key, name, graphs) for key, name in coders.items())
    )


def coder_quads(key: str, name: str, graphs: Graphs) -> str:
    """Whoever coded, shared by all documents.

    d:coder-a1  a pkg:Coder ;
        dcterms:identifier "a1" ;
        rdfs:label "Ana" .
    """
    node, g = f"<{graphs.data}{identifiers.coder_id(key)}>", f"<{graphs.dataset}>"
    return (
        f"{node} <{RDF.type}> <{PKG.Coder}> {g} .\n"
        f"{node} <{DCTERMS.identifier}> {terms.literal(key)} {g} .\n"
        f"{node} <{RDFS.label}> {terms.literal(name)} {g} .\n"
    )

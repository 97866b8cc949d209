"""What passages say: statements and flows; and what analysts say: classifications."""

from __future__ import annotations

from kg import identifiers, terms
from kg.mapping.judgements import judgement_quads
from kg.mapping.source import Source
from kg.model import Classification, Flow, Statement
from kg.namespaces import PKG, PROV, RDF, XSD


def statement_quads(statement: Statement, passage: str, source: Source) -> str:
    """What a passage says of two concepts.

    d:s-1  a pkg:Statement ;
        pkg:claim d:k-c084fae1312a9621 ;
        rdf:subject c:town ;
        rdf:predicate <https://example.org/serves> ;
        rdf:object c:village ;
        pkg:inPassage d:p-1 ;
        pkg:subjectMention d:m-1 ;
        pkg:objectMention d:m-2 ;
        <https://example.org/where> c:county ;
        pkg:modality pkg:modality-required ;
        pkg:polarity pkg:polarity-positive ;
        pkg:explicitness pkg:explicitness-explicit ;
        pkg:confidence 0.95 ;
        pkg:status pkg:status-accepted ;
        skos:note "Cautious." ;
        pkg:assertedBySource c:white-paper ;
        prov:wasAttributedTo d:coder-a1 ;
        prov:generatedAtTime "2026-11-22T09:00:00Z"^^xsd:dateTime .
    """
    node, g = f"<{source.data}{statement.id}>", source.graph
    return (
        f"{node} <{RDF.type}> <{PKG.Statement}> {g} .\n"
        + _triple_quads(node, statement, source)
        + "".join(
            f"{node} <{PKG.subjectMention}> <{source.data}{mention}> {g} .\n"
            for mention in statement.subject_mentions
        )
        + "".join(
            f"{node} <{PKG.objectMention}> <{source.data}{mention}> {g} .\n"
            for mention in statement.object_mentions
        )
        + _saying_quads(node, statement, passage, source)
    )


def flow_quads(flow: Flow, passage: str, source: Source) -> str:
    """What a passage says moves, from where, to where, by what.

    d:f-1  a pkg:Flow ;
        pkg:claim d:k-4ce06926e7e8a9d3 ;
        pkg:flowOf c:grain ;
        pkg:flowsFrom c:village ;
        pkg:flowsTo c:town ;
        pkg:via c:road ;
        pkg:inPassage d:p-1 ;
        pkg:modality pkg:modality-descriptive ;
        pkg:polarity pkg:polarity-positive ;
        pkg:explicitness pkg:explicitness-implied ;
        pkg:confidence 1.0 ;
        pkg:status pkg:status-draft ;
        prov:wasAttributedTo d:coder-a1 ;
        prov:generatedAtTime "2026-11-22T09:00:00Z"^^xsd:dateTime .
    """
    node, g = f"<{source.data}{flow.id}>", source.graph
    ends = {
        PKG.flowOf: flow.of,
        PKG.flowsFrom: flow.origin,
        PKG.flowsTo: flow.destination,
        PKG.via: flow.via,
    }
    claim = identifiers.claim_id(*ends.values())
    return (
        f"{node} <{RDF.type}> <{PKG.Flow}> {g} .\n"
        f"{node} <{PKG.claim}> <{source.data}{claim}> {g} .\n"
        + "".join(f"{node} <{prop}> <{end}> {g} .\n" for prop, end in ends.items() if end)
        + _saying_quads(node, flow, passage, source)
    )


def classification_quads(item: Classification, passage: str, source: Source) -> str:
    """An analyst's reading of a concept, beside the passage where it was made.

    d:x-1  a pkg:Classification ;
        pkg:claim d:k-a4b7ec1fb6b61556 ;
        rdf:subject c:town ;
        rdf:predicate <https://example.org/hasType> ;
        rdf:object c:small ;
        pkg:inPassage d:p-1 ;
        pkg:confidence 1.0 ;
        pkg:status pkg:status-accepted ;
        prov:wasAttributedTo d:coder-a1 ;
        prov:generatedAtTime "2026-11-22T09:00:00Z"^^xsd:dateTime .
    """
    node = f"<{source.data}{item.id}>"
    return (
        f"{node} <{RDF.type}> <{PKG.Classification}> {source.graph} .\n"
        + _triple_quads(node, item, source)
        + judgement_quads(node, item, source.graph)
        + _origin_quads(node, item, passage, source)
    )


def _triple_quads(node: str, item: Statement | Classification, source: Source) -> str:
    claim = identifiers.claim_id(item.subject, item.predicate, item.object)
    g = source.graph
    return (
        f"{node} <{PKG.claim}> <{source.data}{claim}> {g} .\n"
        f"{node} <{RDF.subject}> <{item.subject}> {g} .\n"
        f"{node} <{RDF.predicate}> <{item.predicate}> {g} .\n"
        f"{node} <{RDF.object}> <{item.object}> {g} .\n"
    )


def _saying_quads(node: str, item: Statement | Flow, passage: str, source: Source) -> str:
    """How, where, by whom: what statements and flows share."""
    g = source.graph
    qualified = "".join(
        f"{node} <{prop}> {_qualification(prop, value, source)} {g} .\n"
        for prop, value in item.qualifiers
    )
    attributed = f"{node} <{PKG.assertedBySource}> <{item.source}> {g} .\n" if item.source else ""
    return (
        f"{node} <{PKG.modality}> <{PKG.modality}-{item.modality}> {g} .\n"
        f"{node} <{PKG.polarity}> <{PKG.polarity}-{item.polarity}> {g} .\n"
        f"{node} <{PKG.explicitness}> <{PKG.explicitness}-{item.explicitness}> {g} .\n"
        + qualified
        + attributed
        + judgement_quads(node, item, g)
        + _origin_quads(node, item, passage, source)
    )


def _qualification(prop: str, value: str, source: Source) -> str:
    datatype = source.datatypes.get(prop)
    return terms.literal(value, datatype=datatype) if datatype else f"<{value}>"


def _origin_quads(
    node: str, item: Statement | Flow | Classification, passage: str, source: Source
) -> str:
    coder = identifiers.coder_id(item.coder)
    g = source.graph
    return (
        f"{node} <{PKG.inPassage}> <{source.data}{passage}> {g} .\n"
        f"{node} <{PROV.wasAttributedTo}> <{source.data}{coder}> {g} .\n"
        f'{node} <{PROV.generatedAtTime}> "{item.coded}"^^<{XSD.dateTime}> {g} .\n'
    )

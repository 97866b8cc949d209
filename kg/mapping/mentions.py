"""Concepts marked in passages."""

from __future__ import annotations

from kg import identifiers
from kg.mapping.documents import target_quads
from kg.mapping.judgements import judgement_quads
from kg.mapping.source import Source
from kg.model import Mention
from kg.namespaces import DCTERMS, OA, PKG, RDF, XSD


def mention_quads(mention: Mention, passage: str, source: Source) -> str:
    """One concept marked in a passage; several pieces have one target each, numbered.

    d:m-1  a pkg:Mention ;
        oa:hasBody c:town ;
        oa:hasTarget d:t-1 , d:t-1-2 ;
        pkg:inPassage d:p-1 ;
        dcterms:creator d:coder-a1 ;
        dcterms:created "2026-11-22T09:00:00Z"^^xsd:dateTime ;
        pkg:confidence 1.0 ;
        pkg:status pkg:status-accepted .
    d:p-1  pkg:mentions c:town .
    d:t-1  a oa:SpecificResource ;
        pkg:part 1 ;
        oa:hasSource d:doc-a ;
        oa:hasSelector d:t-1-pos , d:t-1-quote .
    d:t-1-pos  a oa:TextPositionSelector ;
        oa:start 0 ;
        oa:end 3 .
    d:t-1-quote  a oa:TextQuoteSelector ;
        oa:exact "The" ;
        oa:prefix "" ;
        oa:suffix " towns grow." .
    d:t-1-2  a oa:SpecificResource ;
        pkg:part 2 ;
        oa:hasSource d:doc-a ;
        oa:hasSelector d:t-1-2-pos , d:t-1-2-quote .
    d:t-1-2-pos  a oa:TextPositionSelector ;
        oa:start 10 ;
        oa:end 14 .
    d:t-1-2-quote  a oa:TextQuoteSelector ;
        oa:exact "grow" ;
        oa:prefix "The towns " ;
        oa:suffix "." .
    """
    node, g = f"<{source.data}{mention.id}>", source.graph
    quads = (
        f"{node} <{RDF.type}> <{PKG.Mention}> {g} .\n"
        f"{node} <{OA.hasBody}> <{mention.concept}> {g} .\n"
        f"{node} <{PKG.inPassage}> <{source.data}{passage}> {g} .\n"
        f"{node} <{DCTERMS.creator}> <{source.data}{identifiers.coder_id(mention.coder)}> {g} .\n"
        f'{node} <{DCTERMS.created}> "{mention.coded}"^^<{XSD.dateTime}> {g} .\n'
    ) + judgement_quads(node, mention, g)
    if mention.status == "accepted":
        quads += f"<{source.data}{passage}> <{PKG.mentions}> <{mention.concept}> {g} .\n"
    for number, span in enumerate(mention.spans, 1):
        target = f"t-{mention.id.removeprefix('m-')}" + (f"-{number}" if number > 1 else "")
        quads += (
            f"{node} <{OA.hasTarget}> <{source.data}{target}> {g} .\n"
            f"<{source.data}{target}> <{RDF.type}> <{OA.SpecificResource}> {g} .\n"
        )
        if len(mention.spans) > 1:
            quads += f'<{source.data}{target}> <{PKG.part}> "{number}"^^<{XSD.integer}> {g} .\n'
        quads += target_quads(target, span, source)
    return quads

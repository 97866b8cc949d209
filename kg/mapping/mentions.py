"""Concepts marked in passages."""

from __future__ import annotations

from kg import identifiers
from kg.mapping.documents import target_quads
from kg.mapping.judgements import judgement_quads
from kg.mapping.source import Source
from kg.model import Mention
from kg.namespaces import DCTERMS, OA, PKG, RDF, XSD

_IS_MENTION, _IS_TARGET = f"<{RDF.type}> <{PKG.Mention}>", f"<{RDF.type}> <{OA.SpecificResource}>"
_BODY, _TARGET = f"<{OA.hasBody}>", f"<{OA.hasTarget}>"
_IN_PASSAGE, _MENTIONS = f"<{PKG.inPassage}>", f"<{PKG.mentions}>"
_CREATOR, _CREATED, _TIME = f"<{DCTERMS.creator}>", f"<{DCTERMS.created}>", f"^^<{XSD.dateTime}>"


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
    node, here, g = f"<{source.data}{mention.id}>", f"<{source.data}{passage}>", source.graph
    end, coder = f" {g} .\n", f"<{source.data}{identifiers.coder_id(mention.coder)}>"
    quads = (
        f"{node} {_IS_MENTION}{end}"
        f"{node} {_BODY} <{mention.concept}>{end}"
        f"{node} {_IN_PASSAGE} {here}{end}"
        f"{node} {_CREATOR} {coder}{end}"
        f'{node} {_CREATED} "{mention.coded}"{_TIME}{end}'
    ) + judgement_quads(node, mention, g)
    if mention.status == "accepted":
        quads += f"{here} {_MENTIONS} <{mention.concept}>{end}"
    for number, span in enumerate(mention.spans, 1):
        target = f"t-{mention.id.removeprefix('m-')}" + (f"-{number}" if number > 1 else "")
        quads += (
            f"{node} {_TARGET} <{source.data}{target}>{end}"
            f"<{source.data}{target}> {_IS_TARGET}{end}"
        )
        if len(mention.spans) > 1:
            quads += f'<{source.data}{target}> <{PKG.part}> "{number}"^^<{XSD.integer}>{end}'
        quads += target_quads(target, span, source)
    return quads

"""Documents and passages, and where words stand in them."""

from __future__ import annotations

from kg import identifiers, terms
from kg.mapping.source import Source
from kg.model import Passage, Span, Unplaced
from kg.namespaces import DCTERMS, OA, PKG, RDF, SKOS, XSD

# Most of a graph is places of words: their template is joined of few pieces.
_SOURCE, _SELECTOR = f"<{OA.hasSource}>", f"<{OA.hasSelector}>"
_IS_POSITION = f"<{RDF.type}> <{OA.TextPositionSelector}>"
_START, _END, _INTEGER = f"<{OA.start}>", f"<{OA.end}>", f"^^<{XSD.integer}>"
_IS_QUOTE = f"<{RDF.type}> <{OA.TextQuoteSelector}>"
_EXACT, _PREFIX, _SUFFIX = f"<{OA.exact}>", f"<{OA.prefix}>", f"<{OA.suffix}>"


def description_quads(source: Source) -> str:
    """A document and what is known about it.

    d:doc-a  a pkg:Document ;
        dcterms:identifier "a" ;
        dcterms:title "On towns"@en ;
        dcterms:creator "Somebody" ;
        dcterms:issued "2024-04-01"^^xsd:date ;
        dcterms:publisher "A press" ;
        dcterms:source <https://example.org/on-towns> ;
        dcterms:language "en" ;
        dcterms:rights "All rights reserved" ;
        pkg:sha256 "00ff" .
    """
    document = source.document
    fields = (
        (DCTERMS.identifier, terms.literal(document.key)),
        (DCTERMS.title, document.title and terms.literal(document.title, tag=document.language)),
        (DCTERMS.creator, document.creator and terms.literal(document.creator)),
        (DCTERMS.issued, document.issued and terms.date(document.issued)),
        (DCTERMS.publisher, document.publisher and terms.literal(document.publisher)),
        (DCTERMS.source, document.source and terms.web(document.source)),
        (DCTERMS.language, document.language and terms.literal(document.language)),
        (DCTERMS.rights, document.rights and terms.literal(document.rights)),
        (PKG.sha256, terms.literal(document.sha256)),
    )
    node = f"<{source.data}{identifiers.document_id(document.key)}>"
    return f"{node} <{RDF.type}> <{PKG.Document}> {source.graph} .\n" + "".join(
        f"{node} <{prop}> {term} {source.graph} .\n" for prop, term in fields if term
    )


def target_quads(target: str, span: Span, source: Source) -> str:
    """A stretch of the document by its offsets and by its words.

    d:t-1  oa:hasSource d:doc-a ;
        oa:hasSelector d:t-1-pos , d:t-1-quote .
    d:t-1-pos  a oa:TextPositionSelector ;
        oa:start 4 ;
        oa:end 9 .
    d:t-1-quote  a oa:TextQuoteSelector ;
        oa:exact "towns" ;
        oa:prefix "The " ;
        oa:suffix " grow." .
    """
    node, end = f"<{source.data}{target}", f" {source.graph} .\n"
    whole = f"<{source.data}{identifiers.document_id(source.document.key)}>"
    before, after = source.context(span)
    return (
        f"{node}> {_SOURCE} {whole}{end}"
        f"{node}> {_SELECTOR} {node}-pos>{end}"
        f"{node}> {_SELECTOR} {node}-quote>{end}"
        f"{node}-pos> {_IS_POSITION}{end}"
        f'{node}-pos> {_START} "{span.start}"{_INTEGER}{end}'
        f'{node}-pos> {_END} "{span.end}"{_INTEGER}{end}'
        f"{node}-quote> {_IS_QUOTE}{end}"
        f"{node}-quote> {_EXACT} {terms.literal(span.quote)}{end}"
        f"{node}-quote> {_PREFIX} {terms.literal(before)}{end}"
        f"{node}-quote> {_SUFFIX} {terms.literal(after)}{end}"
    )


def passage_quads(passage: Passage, source: Source) -> str:
    """A stretch that somebody read and coded; its selectors are its own.

    d:p-1  a pkg:Passage , oa:SpecificResource ;
        oa:hasSource d:doc-a ;
        oa:hasSelector d:p-1-pos , d:p-1-quote .
    d:p-1-pos  a oa:TextPositionSelector ;
        oa:start 0 ;
        oa:end 15 .
    d:p-1-quote  a oa:TextQuoteSelector ;
        oa:exact "The towns grow." ;
        oa:prefix "" ;
        oa:suffix "" .
    """
    node, g = f"<{source.data}{passage.id}>", source.graph
    return (
        f"{node} <{RDF.type}> <{PKG.Passage}> {g} .\n"
        f"{node} <{RDF.type}> <{OA.SpecificResource}> {g} .\n"
    ) + target_quads(passage.id, passage.span, source)


def unplaced_quads(passage: Unplaced, source: Source) -> str:
    """A passage whose words have no place in the text any more; nothing is said of it.

    d:p-2  a pkg:Passage , oa:SpecificResource ;
        pkg:anchorState pkg:anchor-orphaned ;
        oa:hasSource d:doc-a ;
        oa:hasSelector d:p-2-quote ;
        skos:note "Ask." .
    d:p-2-quote  a oa:TextQuoteSelector ;
        oa:exact "Villages shrink." .
    """
    node, g = f"{source.data}{passage.id}", source.graph
    whole = f"{source.data}{identifiers.document_id(source.document.key)}"
    note = passage.note and f"<{node}> <{SKOS.note}> {terms.literal(passage.note)} {g} .\n"
    return (
        f"<{node}> <{RDF.type}> <{PKG.Passage}> {g} .\n"
        f"<{node}> <{RDF.type}> <{OA.SpecificResource}> {g} .\n"
        f"<{node}> <{PKG.anchorState}> <{PKG.iri}anchor-{passage.state}> {g} .\n"
        f"<{node}> <{OA.hasSource}> <{whole}> {g} .\n"
        f"<{node}> <{OA.hasSelector}> <{node}-quote> {g} .\n"
        f"<{node}-quote> <{RDF.type}> <{OA.TextQuoteSelector}> {g} .\n"
        f"<{node}-quote> <{OA.exact}> {terms.literal(passage.quote)} {g} .\n"
    ) + note


def remark_quads(passage: Passage, source: Source) -> str:
    """What a coder wrote about a passage as a whole.

    d:p-1  skos:note "Compare the title." ;
        pkg:uncoded "A greeting." .
    """
    node, g = f"<{source.data}{passage.id}>", source.graph
    fields = ((SKOS.note, passage.note), (PKG.uncoded, passage.uncoded))
    return "".join(
        f"{node} <{prop}> {terms.literal(text)} {g} .\n" for prop, text in fields if text
    )

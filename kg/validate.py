"""Whether the graph keeps the shapes: SHACL by pySHACL, its findings led back to file and line.

The shapes of every project are `core-shapes.ttl`; a project adds its own in `ontology/shapes.ttl`.
Nothing is fetched: imports are off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, SH, Graph
from rdflib.term import BNode, Literal, Node, URIRef

from kg.assets import asset
from kg.errors import Issue, Place, QueryError, Severity
from kg.guard import refuse_unsafe
from kg.identifiers import claim_id
from kg.namespaces import OA
from kg.ontology import local_name
from kg.terms import Term, value
from kg.turtle import bad_turtle

SELECTORS = {OA.hasSelector, OA.hasSource, OA.start, OA.end, OA.exact, OA.prefix, OA.suffix}
"""Where words stand: half of all triples, checked against the texts and left out here."""
SPARQL_IN_SHAPES = {str(SH.select), str(SH.ask), str(SH.construct)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a SHACL report; `messages` by language tag."""

    focus: str
    path: str
    value: str
    severity: Severity
    messages: Mapping[str, str]


def validate(
    triples: Iterable[ox.Triple],
    shapes: Path,
    *,
    data: str,
    places: Mapping[str, Place],
    language: str,
) -> list[Issue]:
    """One issue for each violation; `data` is the stem of data IRIs, `places` where IRIs come from.

    `shapes` is the project's own file and may be missing. Shapes see everything but selectors.
    """
    name = f"ontology/{shapes.name}"
    try:
        shape_graph = _read_shapes(shapes)
        graph = _rdflib(t for t in triples if t.predicate.value not in SELECTORS)
        _, report, _ = pyshacl.validate(graph, shacl_graph=shape_graph, do_owl_imports=False)
    except SyntaxError as error:
        return [bad_turtle(error, name)]
    except (ReportableRuntimeError, ParseException, QueryError, OSError, ValueError) as error:
        return [_unusable(name, str(error))]
    if not isinstance(report, Graph):
        return [_unusable(name, str(report))]
    findings = _findings(report, shape_graph)
    return sorted({_issue(finding, data, places, language) for finding in findings})


def _unusable(name: str, reason: str) -> Issue:
    return Issue(
        Place(name),
        "bad-shapes",
        f"these shapes cannot be used, and nothing was validated: {reason.splitlines()[0]}",
        "mend the shape; SPARQL in it may not ask other servers",
    )


def _rdflib(triples: Iterable[ox.Triple]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


@lru_cache(maxsize=100_000)
def _term(term: Term) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        # rdflib would rewrite "01" as "1": the lexical form is data here
        datatype = None if term.language else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return BNode(value(term))


def _read_shapes(path: Path) -> Graph:
    files = [asset("core-shapes.ttl"), *([path] if path.exists() else [])]
    triples = [
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for file in files
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    ]
    for triple in triples:
        if triple.predicate.value in SPARQL_IN_SHAPES:
            refuse_unsafe(value(triple.object))
    return _rdflib(triples)


def _findings(report: Graph, shapes: Graph) -> Iterator[Finding]:
    def text(result: Node, predicate: Node) -> str:
        return str(report.value(result, predicate) or "")

    for result in report.subjects(RDF.type, SH.ValidationResult):
        # pySHACL drops the language of messages of SPARQL constraints: take those of the shape
        shape = report.value(result, SH.sourceShape)
        messages = list(shapes.objects(shape, SH.message)) or list(
            report.objects(result, SH.resultMessage)
        )
        yield Finding(
            focus=text(result, SH.focusNode),
            path=_relation(report.value(result, SH.resultPath), report),
            value=text(result, SH.value),
            severity="error" if text(result, SH.resultSeverity) == str(SH.Violation) else "warning",
            messages={
                (m.language or "").lower(): str(m) for m in messages if isinstance(m, Literal)
            },
        )


def _relation(path: Node | None, report: Graph) -> str:
    """The relation of a path: itself, or the one inside an inverse or repeated path."""
    while isinstance(path, BNode):
        path = next(report.objects(path), None)
    return str(path or "")


def _issue(finding: Finding, data: str, places: Mapping[str, Place], language: str) -> Issue:
    claim = data + claim_id(finding.focus, finding.path, finding.value)
    messages = finding.messages
    message = (
        messages.get(language.lower()) or messages.get("en") or next(iter(messages.values()), "")
    )
    triple = [local_name(iri) for iri in (finding.focus, finding.path, finding.value) if iri]
    return Issue(
        places.get(claim) or places.get(finding.focus) or Place("ontology/shapes.ttl"),
        "breaks-shape",
        f"{message or 'a shape is broken'}: {' '.join(triple)}",
        "mend what stands there, or the shape if the rule itself is wrong",
        severity=finding.severity,
    )

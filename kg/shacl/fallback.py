"""What has no translation to SPARQL: pySHACL, on a copy of the graph for rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
import pyshacl
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph
from rdflib.term import BNode, Literal, Node, URIRef

from kg.shacl.shapes import Finding, Shapes, ShapesError
from kg.terms import Term, value

FIX = "mend the shape; SPARQL in it may not ask other servers"


def validate_by_pyshacl(
    store: ox.Store, shapes: Shapes, *, silenced: Iterable[Term] = ()
) -> list[Finding]:
    """The report of pySHACL without the shapes in `silenced`; nothing is fetched."""
    shape_graph = _rdflib(shapes.without_targets(silenced))
    data = _rdflib({quad.triple for quad in store})
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shape_graph, do_owl_imports=False)
    except (ReportableRuntimeError, ParseException, OSError, ValueError) as error:
        raise ShapesError(_first_line(error), fix=FIX) from None
    if not isinstance(report, Graph):
        raise ShapesError(_first_line(report or text), fix=FIX)
    return list(_findings(report, shape_graph))


def _first_line(error: object) -> str:
    return (str(error).splitlines() or ["pySHACL gives no reason"])[0]


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


def _findings(report: Graph, shapes: Graph) -> Iterator[Finding]:
    def text(result: Node, predicate: Node) -> str:
        found = report.value(result, predicate)
        return "" if found is None else str(found)  # a literal such as 0 is not nothing

    for result in report.objects(None, SH.result):
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
            shape=str(shape or ""),
            component=text(result, SH.sourceConstraintComponent),
        )


def _relation(path: Node | None, report: Graph) -> str:
    """The relation of a path: itself, or the one inside an inverse or repeated path."""
    while isinstance(path, BNode):
        path = next(report.objects(path), None)
    return str(path or "")

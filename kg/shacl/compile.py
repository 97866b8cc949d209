"""A shape as SPARQL: one query for each of its constraints.

After the definitions in SPARQL of the W3C's Shapes Constraint Language, section 4. What is left out
(closed shapes, qualified counts, SPARQL of the shape's own, recursion) raises Untranslatable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Template

import pyoxigraph as ox

from kg.assets import asset
from kg.namespaces import RDF, SH, XSD
from kg.shacl.paths import Untranslatable, property_path, relation
from kg.shacl.shapes import Node, Shapes
from kg.terms import Term, value

NO_STEP = re.compile(r"\)[*?]")
"""A path that may end where it begins; in SPARQL only where that node is in the graph."""
DEEPEST = 12
"""Shapes within shapes; what lies deeper refers to itself."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape: `query` selects ?this and, where there is one, ?value.

    `relation` is the property that it speaks of: that of the path, or of the pair it compares.
    """

    shape: Term
    component: str
    relation: str
    query: str


SINGLE = {
    SH.class_, SH.datatype, SH.nodeKind, SH.in_, SH.languageIn, SH.pattern, SH.minLength,
    SH.maxLength, SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive,
}  # fmt: skip
"""Parameters that test one value: `values/*.rq`."""
LOGICAL = {SH.not_, SH.and_, SH.or_, SH.xone, SH.node}
"""Parameters that test one value by other shapes."""
OF_PATHS = {
    SH.minCount, SH.maxCount, SH.uniqueLang, SH.equals, SH.lessThan, SH.lessThanOrEquals,
}  # fmt: skip
QUICK = {SH.minCount: "any", SH.maxCount: "one"}
"""Files for the count of 1, which needs no counting."""
OF_ALL = {SH.hasValue, SH.disjoint}
"""Parameters that test all values together: `sets/*.rq`."""
LISTS = {SH.in_, SH.languageIn, SH.and_, SH.or_, SH.xone}
COUNTS = {SH.minCount, SH.maxCount, SH.minLength, SH.maxLength}
NAMES = {
    SH.class_, SH.datatype, SH.nodeKind, SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals,
}  # fmt: skip
"""Parameters by the form of their values."""
PAIRS = {SH.equals, SH.disjoint}
"""Those that compare with another property, even where there is no path."""

CASTABLE = {
    XSD.boolean, XSD.integer, XSD.decimal, XSD.float, XSD.double, XSD.date, XSD.dateTime,
}  # fmt: skip
FREE = {XSD.string, XSD.anyURI, RDF.langString}
"""Datatypes of which every lexical form is one."""
SAFE_PATTERN = re.compile(r"[^\\(]|\\[dswDSWbtnr.^$*+?()\[\]{}|/\\-]|\((?!\?)")
"""What regular expressions of Python and of Oxigraph mean alike."""


def compile_shape(shapes: Shapes, node: Node) -> list[Constraint]:
    """The constraints of a shape on the nodes that it targets, or Untranslatable."""
    if shapes.is_class(node) or shapes.one(node, SH.target) is not None:
        raise Untranslatable
    constraints = list(_constraints(shapes, node, _targets(shapes, node), 0))
    if shapes.one(node, SH.targetNode) and any(NO_STEP.search(c.query) for c in constraints):
        raise Untranslatable
    return constraints


def _targets(shapes: Shapes, node: Term) -> str:
    """A pattern that binds ?this to every focus node."""
    choices = [
        *(f"?this rdf:type/rdfs:subClassOf* {c} ." for c in shapes.objects(node, SH.targetClass)),
        *(f"?this {p} ?any ." for p in shapes.objects(node, SH.targetSubjectsOf)),
        *(f"?any {p} ?this ." for p in shapes.objects(node, SH.targetObjectsOf)),
        *(f"VALUES ?this {{ {_constant(n)} }}" for n in shapes.objects(node, SH.targetNode)),
    ]
    return " UNION ".join(f"{{ {choice} }}" for choice in choices)


def _constraints(shapes: Shapes, node: Term, targets: str, depth: int) -> Iterator[Constraint]:
    if depth > DEEPEST:
        raise Untranslatable
    if shapes.is_deactivated(node):
        return
    reach = _reach(shapes, node, "?this", "?value")
    for parameter, given in shapes.constraints(node):
        _check_form(shapes, parameter, given)
        if parameter == SH.property:
            inner = _template("sets/reached").substitute(targets=targets, reach=reach)
            inner = inner if shapes.one(node, SH.path) else targets
            yield from _constraints(shapes, given, inner, depth + 1)
        else:
            query = _query(shapes, node, parameter, given, targets, reach)
            paired = given if parameter in PAIRS else None
            about = relation(shapes, shapes.one(node, SH.path) or paired)
            yield Constraint(node, parameter, about, query)


def _query(
    shapes: Shapes, node: Term, parameter: str, given: Term, targets: str, reach: str
) -> str:
    has_path = shapes.one(node, SH.path) is not None
    if parameter in SINGLE | LOGICAL:
        test = _test(shapes, node, parameter, given, "?value", 0)
        return _template("sets/values").substitute(targets=targets, reach=reach, conforms=test)
    if parameter in OF_ALL or (parameter in OF_PATHS and has_path):
        if parameter == SH.uniqueLang and value(given) != "true":
            raise Untranslatable
        name = _name(parameter)
        again = _reach(shapes, node, "?this", "?other")
        filled = {"targets": targets, "reach": reach, "again": again, name: _constant(given)}
        quick = QUICK.get(parameter) if value(given) == "1" else None
        return _template(f"sets/{quick or name}").substitute(filled)
    raise Untranslatable


def _reach(shapes: Shapes, node: Term, start: str, end: str) -> str:
    """A pattern from a focus node to its value nodes: along the path, or itself."""
    path = shapes.one(node, SH.path)
    if path is None:
        return f"BIND ({start} AS {end})"
    return f"{start} {property_path(shapes, path)} {end} ."


# ── Whether one value conforms ──────────────────────────────────────────────────────────────────


def _test(shapes: Shapes, node: Term, parameter: str, given: Term, tested: str, depth: int) -> str:
    """An expression that is true where the value conforms to one constraint."""
    if parameter in LOGICAL:
        return _logical(shapes, parameter, given, tested, depth)
    name = _name(parameter)
    listed = shapes.members(given) if parameter in (SH.in_, SH.languageIn) else [given]
    filled = {"value": tested, name: " ".join(_constant(term) for term in listed)}
    if parameter == SH.datatype:
        name = _datatype_test(given)
    elif parameter == SH.pattern:
        filled["flags"] = _constant(shapes.one(node, SH.flags) or ox.Literal(""))
        _check_pattern(value(given))
    return f"EXISTS {_body(name).substitute(filled)}"


def _logical(shapes: Shapes, parameter: str, given: Term, tested: str, depth: int) -> str:
    if parameter in (SH.not_, SH.node):
        test = _conforms(shapes, given, tested, depth + 1)
        return f"(!{test})" if parameter == SH.not_ else test
    tests = [_conforms(shapes, m, tested, depth + 1) for m in shapes.members(given)]
    if parameter == SH.xone:
        return f"({' + '.join(f'IF({test}, 1, 0)' for test in tests) or '0'} = 1)"
    both = parameter == SH.and_
    return f"({(' && ' if both else ' || ').join(tests) or str(both).lower()})"


def _conforms(shapes: Shapes, node: Term, tested: str, depth: int) -> str:
    """An expression that is true where a value conforms to a whole shape."""
    if depth > DEEPEST:
        raise Untranslatable
    if shapes.is_deactivated(node):
        return "true"
    tests = []
    inner = tested if shapes.one(node, SH.path) is None else f"?value{depth}"
    reach = "" if inner == tested else _reach(shapes, node, tested, inner)
    for parameter, given in shapes.constraints(node):
        _check_form(shapes, parameter, given)
        if parameter == SH.property:
            test = _conforms(shapes, given, inner, depth + 1)
        elif parameter in SINGLE | LOGICAL:
            test = _test(shapes, node, parameter, given, inner, depth)
        elif parameter == SH.minCount and reach and value(given) in ("0", "1"):
            tests.append(f"EXISTS {{ {reach} }}" if value(given) == "1" else "true")
            continue
        else:
            raise Untranslatable
        tests.append(f"(!EXISTS {{ {reach} FILTER (!{test}) }})" if reach else test)
    return f"({' && '.join(tests) or 'true'})"


# ── What is refused here, so that pySHACL says what is wrong with it ────────────────────────────


def _check_form(shapes: Shapes, parameter: str, given: Term) -> None:
    """Untranslatable for a value that this parameter cannot have."""
    if parameter in LISTS:
        is_formed = value(given) == RDF.nil or shapes.one(given, RDF.first) is not None
    elif parameter == SH.property:
        is_formed = shapes.one(given, SH.path) is not None
    elif parameter in COUNTS:
        is_formed = isinstance(given, ox.Literal) and given.value.isdecimal()
    else:
        is_formed = parameter not in NAMES or isinstance(given, ox.NamedNode)
    if not is_formed:
        raise Untranslatable


def _datatype_test(datatype: Term) -> str:
    if value(datatype) in FREE:
        return "datatype"
    if value(datatype) in CASTABLE:
        return "datatype-cast"
    raise Untranslatable


def _check_pattern(pattern: str) -> None:
    if SAFE_PATTERN.sub("", pattern):
        raise Untranslatable


# ── The files ───────────────────────────────────────────────────────────────────────────────────


def _constant(term: Term) -> str:
    """A term as SPARQL writes it; a blank node would be a variable there."""
    if isinstance(term, ox.BlankNode | ox.Triple):
        raise Untranslatable
    return str(term)


def _name(parameter: str) -> str:
    return parameter.removeprefix(SH.iri)


@cache
def _template(name: str) -> Template:
    return Template(asset(f"shacl/{name}.rq").read_text("utf-8"))


@cache
def _body(name: str) -> Template:
    """The group of an ASK query, for use in an expression."""
    template = _template(f"values/{name}").template
    return Template(template[template.index("{") :].strip())

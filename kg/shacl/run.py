"""From a graph and its shapes to findings."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.shacl.compile import Constraint, compile_shape
from kg.shacl.paths import Untranslatable
from kg.shacl.shapes import Finding, Node, Shapes
from kg.terms import value


def validate_shapes(store: ox.Store, shapes: Shapes) -> list[Finding]:
    """Every result of validating the union of all graphs; ShapesError where it cannot be done."""
    compiled, rest = split(shapes)
    found = [
        finding
        for constraints in compiled.values()
        for constraint in constraints
        for finding in findings(store, shapes, constraint)
    ]
    if rest:
        from kg.shacl.fallback import validate_by_pyshacl

        found += validate_by_pyshacl(store, shapes, silenced=compiled)
    return found


def split(shapes: Shapes) -> tuple[dict[Node, list[Constraint]], list[Node]]:
    """The shapes that have a translation, with it, and those that have none."""
    compiled: dict[Node, list[Constraint]] = {}
    rest: list[Node] = []
    if shapes.declares_components():
        return compiled, list(shapes.targeted)
    for node in shapes.targeted:
        try:
            compiled[node] = compile_shape(shapes, node)
        except Untranslatable:
            rest.append(node)
    return compiled, rest


def findings(store: ox.Store, shapes: Shapes, constraint: Constraint) -> Iterator[Finding]:
    """What breaks one constraint."""
    solutions = store.query(constraint.query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - our own files
    shape = constraint.shape
    with_value = len(solutions.variables) > 1
    for solution in solutions:
        yield Finding(
            focus=value(solution[0]),
            path=constraint.relation,
            value=value(solution[1]) if with_value else "",
            severity=shapes.severity(shape),
            messages=shapes.messages(shape),
            shape=value(shape),
            component=constraint.component,
        )

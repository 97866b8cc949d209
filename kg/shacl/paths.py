"""A SHACL path as a SPARQL property path."""

from __future__ import annotations

import pyoxigraph as ox

from kg.namespaces import RDF, SH
from kg.shacl.shapes import Shapes
from kg.terms import Term

AROUND = {
    SH.inversePath: ("^", ""),
    SH.zeroOrMorePath: ("", "*"),
    SH.oneOrMorePath: ("", "+"),
    SH.zeroOrOnePath: ("", "?"),
}
"""What SPARQL writes before and after the path inside."""


DEEPEST = 20


class Untranslatable(Exception):
    """A shape that has no translation here."""


def property_path(shapes: Shapes, path: Term, depth: int = 0) -> str:
    """The path in SPARQL; Untranslatable for what is no path, or nested without end."""
    if isinstance(path, ox.NamedNode):
        return str(path)
    if depth > DEEPEST:
        raise Untranslatable
    if shapes.one(path, RDF.first) is not None:
        return _joined(shapes, path, "/", depth)
    if (choices := shapes.one(path, SH.alternativePath)) is not None:
        return _joined(shapes, choices, "|", depth)
    for parameter, (before, after) in AROUND.items():
        if (inner := shapes.one(path, parameter)) is not None:
            return f"{before}({property_path(shapes, inner, depth + 1)}){after}"
    raise Untranslatable


def _joined(shapes: Shapes, members: Term, sign: str, depth: int) -> str:
    parts = [property_path(shapes, member, depth + 1) for member in shapes.members(members)]
    return f"({sign.join(parts)})"


def relation(shapes: Shapes, path: Term | None) -> str:
    """The property of a path: itself, or the first one inside; "" without a path."""
    for _ in range(DEEPEST):
        if path is None or isinstance(path, ox.NamedNode):
            return path.value if path else ""
        steps = (SH.alternativePath, *AROUND, RDF.first)
        path = next((step for key in steps for step in shapes.objects(path, key)), None)
    return ""

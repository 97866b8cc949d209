"""Validation of a graph by SHACL shapes: compiled to SPARQL, the rest by pySHACL."""

from kg.shacl.run import validate_shapes
from kg.shacl.shapes import Finding, Shapes, ShapesError

__all__ = ["Finding", "Shapes", "ShapesError", "validate_shapes"]

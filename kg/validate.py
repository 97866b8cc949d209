"""Whether the graph keeps the shapes: SHACL, its findings led back to file and line.

The shapes of every project are `core-shapes.ttl`; a project adds its own in `ontology/shapes.ttl`.
Nothing is fetched: imports are off. What a shape has to see tells when it is asked: of documents
as they are filled, of the concepts and their edges, or of the whole graph (`kg.shacl.scope`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, Place, QueryError
from kg.guard import refuse_unsafe
from kg.identifiers import claim_id
from kg.namespaces import RDFS, SH
from kg.ontology import Ontology, closure, local_name
from kg.shacl import Finding, Shapes, ShapesError, validate_shapes
from kg.shacl.compile import Constraint
from kg.shacl.run import findings, split
from kg.shacl.scope import CLASSES, Scope, Vocabulary, scope
from kg.shacl.shapes import Node
from kg.terms import value
from kg.turtle import bad_turtle

SPARQL_IN_SHAPES = {SH.select, SH.ask, SH.construct}
UNUSABLE = (ShapesError, QueryError, OSError)


@dataclass(frozen=True)
class Validation:
    """Shapes ready to be used; `rest` has no translation to SPARQL."""

    shapes: Shapes
    constraints: Mapping[Scope, Sequence[Constraint]]
    compiled: Iterable[Node]
    rest: Sequence[Node]

    def of_evidence(self, store: ox.Store) -> Iterator[Finding]:
        """What some documents' graphs, beside the ontology, break by themselves."""
        return self._found(store, Scope.EVIDENCE)

    def of_concepts(self, store: ox.Store) -> Iterator[Finding]:
        """What the ontology and the edges break; the same shapes as of evidence see to what the
        ontology says of such things."""
        yield from self._found(store, Scope.CONCEPTS)
        yield from self._found(store, Scope.EVIDENCE)

    def of_everything(self, store: ox.Store) -> Iterator[Finding]:
        """What only the whole graph can tell; ShapesError where it cannot be told."""
        yield from self._found(store, Scope.EVERYTHING)
        if self.rest:
            from kg.shacl.fallback import validate_by_pyshacl

            yield from validate_by_pyshacl(store, self.shapes, silenced=self.compiled)

    def _found(self, store: ox.Store, wanted: Scope) -> Iterator[Finding]:
        for constraint in self.constraints.get(wanted, ()):
            yield from findings(store, self.shapes, constraint)


def read_validation(path: Path, ontology: Ontology) -> Validation | Issue:
    """The shapes of every project and those of `path`; an Issue where they cannot be used."""
    try:
        shapes = read_shapes(path)
    except SyntaxError as error:
        return bad_turtle(error, f"ontology/{path.name}")
    except UNUSABLE as error:
        return unusable(path, error)
    compiled, rest = split(shapes)
    words = vocabulary(ontology)
    constraints: dict[Scope, list[Constraint]] = {}
    for node, its in compiled.items():
        constraints.setdefault(scope(shapes, node, words), []).extend(its)
    return Validation(shapes, constraints, compiled, rest)


def vocabulary(ontology: Ontology) -> Vocabulary:
    """What tells shapes of evidence from shapes of concepts."""
    return Vocabulary(
        classes=closure(ontology.store, CLASSES, RDFS.subClassOf),
        qualifiers={qualifier.iri for qualifier in ontology.qualifiers.values()},
        relations={relation.iri for relation in ontology.relations.values()},
    )


def usable(validation: Validation | Issue) -> Validation | None:
    """None for shapes that cannot be used."""
    return validation if isinstance(validation, Validation) else None


def validate(
    store: ox.Store,
    shapes: Path,
    *,
    data: str,
    places: Mapping[str, Place],
    language: str,
) -> list[Issue]:
    """One issue for each violation in a whole graph at once.

    `data` is the stem of data IRIs, `places` where IRIs come from. `shapes` is the project's own
    file and may be missing. They see the union of all graphs.
    """
    found = validate_shapes(store, read_shapes(shapes))
    return sorted({as_issue(finding, data, places.get, language) for finding in found})


def read_shapes(path: Path) -> Shapes:
    """The shapes of every project and those of `path`, which may be missing."""
    files = [asset("core-shapes.ttl"), *([path] if path.exists() else [])]
    quads = [
        quad for file in files for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    ]
    for quad in quads:
        if quad.predicate.value in SPARQL_IN_SHAPES:
            refuse_unsafe(value(quad.object))
    return Shapes(quads)


def unusable(path: Path, error: Exception) -> Issue:
    """What is told of shapes that cannot be used."""
    reason = error.what if isinstance(error, ShapesError | QueryError) else str(error)
    return Issue(
        Place(f"ontology/{path.name}"),
        ShapesError.code,
        f"these shapes cannot be used, and nothing was validated: {reason}",
        "mend the shape; SPARQL in it may not ask other servers",
    )


def as_issue(
    finding: Finding, data: str, place: Callable[[str], Place | None], language: str
) -> Issue:
    """A finding at the line where the claim, or the node, was written."""
    claim = data + claim_id(finding.focus, finding.path, finding.value)
    messages = finding.messages
    message = (
        messages.get(language.lower()) or messages.get("en") or next(iter(messages.values()), "")
    )
    triple = [local_name(iri) for iri in (finding.focus, finding.path, finding.value) if iri]
    return Issue(
        place(claim) or place(finding.focus) or Place("ontology/shapes.ttl"),
        "breaks-shape",
        f"{message.rstrip('.。 ') or _default(finding)}: {' '.join(triple)}",
        "mend what stands there, or the shape if the rule itself is wrong",
        severity=finding.severity,
    )


def _default(finding: Finding) -> str:
    """What is said where the shape itself says nothing."""
    return f"this does not keep sh:{local_name(finding.component)} of its shape"

"""Whether the graph keeps the shapes: SHACL, its findings led back to file and line.

The shapes of every project are `core-shapes.ttl`; a project adds its own in `ontology/shapes.ttl`.
Nothing is fetched: imports are off.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, Place, QueryError
from kg.guard import refuse_unsafe
from kg.identifiers import claim_id
from kg.namespaces import SH
from kg.ontology import local_name
from kg.shacl import Finding, Shapes, ShapesError, validate_shapes
from kg.terms import value
from kg.turtle import bad_turtle

SPARQL_IN_SHAPES = {SH.select, SH.ask, SH.construct}


def validate(
    store: ox.Store,
    shapes: Path,
    *,
    data: str,
    places: Mapping[str, Place],
    language: str,
) -> list[Issue]:
    """One issue for each violation; `data` is the stem of data IRIs, `places` where IRIs come from.

    `shapes` is the project's own file and may be missing. They see the union of all graphs.
    """
    name = f"ontology/{shapes.name}"
    try:
        findings = validate_shapes(store, read_shapes(shapes))
    except SyntaxError as error:
        return [bad_turtle(error, name)]
    except (ShapesError, QueryError, OSError) as error:
        return [_unusable(name, error)]
    return sorted({_issue(finding, data, places, language) for finding in findings})


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


def _unusable(name: str, error: Exception) -> Issue:
    reason = error.what if isinstance(error, ShapesError | QueryError) else str(error)
    return Issue(
        Place(name),
        ShapesError.code,
        f"these shapes cannot be used, and nothing was validated: {reason}",
        "mend the shape; SPARQL in it may not ask other servers",
    )


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
        f"{message or _default(finding)}: {' '.join(triple)}",
        "mend what stands there, or the shape if the rule itself is wrong",
        severity=finding.severity,
    )


def _default(finding: Finding) -> str:
    """What is said where the shape itself says nothing."""
    return f"this does not keep sh:{local_name(finding.component)} of its shape"

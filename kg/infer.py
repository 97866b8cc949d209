"""What follows from the ontology and the direct triples, by rules written in SPARQL.

Each rule is a CONSTRUCT query in `kg/rules/*.rq` (sub-class, sub-property, inverse, symmetric and
transitive relations, the part of OWL 2 RL that policy ontologies use; `skos:broaderTransitive`
follows from SKOS's own axioms, restated in `core.ttl`) or in the project's `ontology/rules/*.rq`.
Only the ontology and the edges between concepts are closed, never the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import KgError, Place


class RuleError(KgError):
    """A rule that is not a CONSTRUCT query that can run."""

    code = "bad-rule"


def read_rules(folder: Path) -> dict[str, str]:
    """The program's rules and those of `folder`, which may be missing: file name → text."""
    files = [*sorted(asset("rules").glob("*.rq")), *sorted(folder.glob("*.rq"))]
    return {path.name: path.read_text("utf-8") for path in files}


def infer(asserted: Iterable[ox.Triple], rules: dict[str, str]) -> list[ox.Triple]:
    """The closure minus what is asserted: rules run in turn until none finds anything new."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in asserted)
    found: list[ox.Triple] = []
    grown = True
    while grown:
        grown = False
        for name, rule in rules.items():
            new = [triple for triple in _apply(store, name, rule) if _sound(triple, store)]
            store.extend(ox.Quad(*triple) for triple in new)
            found += new
            grown = grown or bool(new)
    return found


def _apply(store: ox.Store, name: str, rule: str) -> set[ox.Triple]:
    try:
        results = store.query(rule)
    except SyntaxError as error:
        raise RuleError(
            f"the rule {name} cannot be read: {error.msg}",
            fix="mend it, or remove the file; a rule is a CONSTRUCT query",
            place=Place(f"ontology/rules/{name}", error.lineno or 0),
        ) from None
    if not isinstance(results, ox.QueryTriples):
        raise RuleError(
            f"the rule {name} is not a CONSTRUCT query",
            fix="begin it with CONSTRUCT { … } WHERE { … }",
            place=Place(f"ontology/rules/{name}"),
        )
    return set(results)


def _sound(triple: ox.Triple, store: ox.Store) -> bool:
    """New, and no literal as a subject (an inverse of a text property would make one)."""
    return not isinstance(triple.subject, ox.Literal) and ox.Quad(*triple) not in store

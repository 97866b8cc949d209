"""What follows from the ontology and the direct triples, by rules written in SPARQL.

Each rule is a CONSTRUCT query in `kg/rules/*.rq` (sub-class, sub-property, inverse, symmetric and
transitive relations, the part of OWL 2 RL that policy ontologies use; `skos:broaderTransitive`
follows from SKOS's own axioms, restated in `core.ttl`) or in the project's `ontology/rules/*.rq`.
Only the ontology and the edges between concepts are closed, never the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, KgError, Place, QueryError
from kg.guard import refuse_unsafe


class RuleError(KgError):
    """A rule that is not a CONSTRUCT query that can run."""

    code = "bad-rule"

    def __init__(self, name: str, what: str, *, fix: str) -> None:
        self.name = name
        super().__init__(f"this rule {what}", fix=fix, place=Place(f"ontology/rules/{name}"))


MOST_ROUNDS = 64
MOST_PER_TRIPLE = 50
"""How many triples may follow from each that is asserted; beyond it a rule has no end."""


def read_rules(folder: Path) -> dict[str, str]:
    """The program's rules and those of `folder`, which may be missing: file name → text."""
    files = [*sorted(asset("rules").glob("*.rq")), *sorted(folder.glob("*.rq"))]
    return {path.name: _read_text(path) for path in files}


def _read_text(path: Path) -> str:
    """What cannot be read becomes an empty rule, and is told of like any other that is none."""
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""


def close(
    asserted: Iterable[ox.Triple], rules: Mapping[str, str]
) -> tuple[list[ox.Triple], list[Issue]]:
    """The closure by all rules that can be used, and an issue for each that cannot."""
    asserted, usable = list(asserted), dict(rules)
    issues: list[Issue] = []
    while True:
        try:
            return infer(asserted, usable), issues
        except RuleError as error:
            del usable[error.name]
            issues.append(
                Issue(Place(f"ontology/rules/{error.name}"), error.code, error.what, error.fix)
            )


def infer(asserted: Iterable[ox.Triple], rules: Mapping[str, str]) -> list[ox.Triple]:
    """The closure minus what is asserted: rules run in turn until none finds anything new.

    RuleError for a rule that cannot run, or that would go on without end.
    """
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in asserted)
    most = MOST_PER_TRIPLE * len(store)
    found: list[ox.Triple] = []
    for _ in range(MOST_ROUNDS):
        before = len(found)
        for name, rule in rules.items():
            new = [triple for triple in _apply(store, name, rule) if _sound(triple, store)]
            store.extend(ox.Quad(*triple) for triple in new)
            found += new
            if len(found) > most:
                raise _endless(name)
        if len(found) == before:
            return found
    raise _endless(name)


def _endless(name: str) -> RuleError:
    return RuleError(
        name, "goes on without end", fix="let it make no new IRIs (no UUID, no BIND of a new name)"
    )


def _apply(store: ox.Store, name: str, rule: str) -> set[ox.Triple]:
    try:
        refuse_unsafe(rule)
        results = store.query(rule)
    except QueryError as error:
        raise RuleError(name, f"is refused: {error.what}", fix=error.fix) from None
    except SyntaxError as error:
        what = f"cannot be read: {str(error.msg)[:80]}"
        raise RuleError(name, what, fix="mend it, or remove the file") from None
    if not isinstance(results, ox.QueryTriples):
        fix = "begin it with CONSTRUCT { … } WHERE { … }"
        raise RuleError(name, "is not a CONSTRUCT query", fix=fix)
    return set(results)


def _sound(triple: ox.Triple, store: ox.Store) -> bool:
    """New, and no literal as a subject (an inverse of a text property would make one)."""
    return not isinstance(triple.subject, ox.Literal) and ox.Quad(*triple) not in store

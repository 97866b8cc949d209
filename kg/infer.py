"""What follows from the ontology and the direct triples.

Each rule is a query in `kg/rules/*.rq` (sub-class, sub-property, inverse and symmetric relations)
or in the project's `ontology/rules/*.rq`; what transitive relations lead to is found by `kg.reach`.
That is the part of OWL 2 RL that policy ontologies use; `skos:broaderTransitive` follows from
SKOS's own axioms, restated in `core.ttl`. Only the ontology and the edges between concepts are
closed, never the evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, KgError, Place, QueryError
from kg.guard import refuse_unsafe
from kg.reach import reach, transitive
from kg.terms import Term


class RuleError(KgError):
    """A rule that is no query that makes triples, or cannot run."""

    code = "bad-rule"

    def __init__(self, name: str, what: str, *, fix: str) -> None:
        self.name = name
        super().__init__(f"this rule {what}", fix=fix, place=Place(f"ontology/rules/{name}"))


MOST_FOUND = 1_000_000
MOST_PER_TRIPLE = 50
"""What rules may find: MOST_FOUND or, in a large graph, as many for each triple."""

MOST_TIMES = 64
"""How many rounds a rule may go on making new names before it is taken to have no end."""


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
    asserted: Iterable[ox.Triple],
    rules: Mapping[str, str],
    places: Mapping[str, Place] | None = None,
) -> tuple[list[ox.Triple], list[Issue]]:
    """The closure by all rules that can be used, an issue for each that cannot, and those of data.

    `places` tells where an IRI was written.
    """
    asserted, usable = list(asserted), dict(rules)
    unusable: list[Issue] = []
    while True:
        try:
            found, issues = infer(asserted, usable, places)
        except RuleError as error:
            del usable[error.name]
            unusable.append(
                Issue(Place(f"ontology/rules/{error.name}"), error.code, error.what, error.fix)
            )
        else:
            return found, unusable + issues


def infer(
    asserted: Iterable[ox.Triple],
    rules: Mapping[str, str],
    places: Mapping[str, Place] | None = None,
) -> tuple[list[ox.Triple], list[Issue]]:
    """The closure minus what is asserted, and what of it was left out as too much.

    The rules run first, so that little is left for them once transitive relations have grown.
    RuleError for a rule that cannot run, finds too much, or would go on without end.
    """
    asserted, store = list(asserted), ox.Store()
    store.extend(ox.Quad(*triple) for triple in asserted)
    bounds = _Bounds(asserted)
    found: list[ox.Triple] = []
    issues: dict[tuple[Term, ...], Issue] = {}
    closed: set[ox.NamedNode] = set()
    while True:
        new = _by_rules(store, rules, bounds)
        closed -= {triple.predicate for triple in new}
        opened = [relation for relation in transitive(store) if relation not in closed]
        reached = [reach(store, relation, places or {}) for relation in opened]
        closed.update(opened)
        followed = [triple for one in reached for triple in one.triples]
        store.extend(ox.Quad(*triple) for triple in followed)
        found += new + followed
        for one in reached:
            issues = one.issues | issues
        if not followed:
            return found, list(issues.values())


def _by_rules(store: ox.Store, rules: Mapping[str, str], bounds: _Bounds) -> list[ox.Triple]:
    """What the rules add, run in turn until none finds anything new."""
    found: list[ox.Triple] = []
    while True:
        before = len(found)
        for name, rule in rules.items():
            new = _apply(store, name, rule, bounds.most)
            bounds.count(name, new)
            store.extend(ox.Quad(*triple) for triple in new)
            found += new
        if len(found) == before:
            return found


class _Bounds:
    """What rules may find. One that makes no new names comes to an end, whatever else it does."""

    def __init__(self, asserted: Sequence[ox.Triple]) -> None:
        self.most = max(MOST_FOUND, MOST_PER_TRIPLE * len(asserted))
        self.found = 0
        self.names = {term for triple in asserted for term in triple}
        self.most_names = len(self.names) + MOST_PER_TRIPLE * len(asserted)
        self.times: Counter[str] = Counter()

    def count(self, rule: str, new: set[ox.Triple]) -> None:
        """RuleError where this rule has gone too far with what it newly found."""
        self.found += len(new)
        names = {term for triple in new for term in triple} - self.names
        self.names |= names
        self.times[rule] += bool(names)
        if len(self.names) > self.most_names or self.times[rule] > MOST_TIMES:
            fix = "let it make no new IRIs (no UUID, no BIND of a new name)"
            raise RuleError(rule, "goes on without end", fix=fix)
        if self.found > self.most:
            fix = "let it ask for less"
            raise RuleError(rule, f"finds too much: more than {self.most:,} triples", fix=fix)


def _apply(store: ox.Store, name: str, rule: str, most: int) -> set[ox.Triple]:
    """What one rule newly finds, and no more than one triple beyond `most`."""
    try:
        refuse_unsafe(rule)
        results = store.query(rule)
    except QueryError as error:
        raise RuleError(name, f"is refused: {error.what}", fix=error.fix) from None
    except SyntaxError as error:
        what = f"cannot be read: {str(error.msg)[:80]}"
        raise RuleError(name, what, fix="mend it, or remove the file") from None
    if not isinstance(results, ox.QueryTriples):
        raise RuleError(name, "makes no triples", fix="let it CONSTRUCT what follows")
    new: set[ox.Triple] = set()
    for triple in results:
        if _sound(triple, store):
            new.add(triple)
            if len(new) > most:
                break
    return new


def _sound(triple: ox.Triple, store: ox.Store) -> bool:
    """New, and no literal as a subject (an inverse of a text property would make one)."""
    return not isinstance(triple.subject, ox.Literal) and ox.Quad(*triple) not in store

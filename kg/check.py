"""Whether an ontology is well made: one SPARQL file for each rule, in `kg/checks/`.

A rule selects its offenders as `?node` (and whatever else its words name). Its header says in words
what is wrong and how to mend it, with the variables in braces; `each: language` runs it for every
language of the project, bound to `?language`. A finding stands where the node is declared, or, if
the rule selects a `?property`, where that property of it is written. The file's name is the code
that `kg explain` explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, Place, Severity
from kg.ontology import Ontology, local_name
from kg.rq import bind, read_head
from kg.terms import Term, literal, value

MOST_FINDINGS = 50
"""Findings told of one rule; of the others only their number is told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: its code, its words, and the query that finds offenders."""

    code: str
    what: str
    fix: str
    severity: Severity
    each_language: bool
    sparql: str


def read_check(path: Path) -> Rule:
    """A file of `kg/checks/`."""
    sparql = path.read_text("utf-8")
    fields = read_head(sparql)
    return Rule(
        code=path.stem,
        what=fields["what"],
        fix=fields["fix"],
        severity="warning" if fields.get("severity") == "warning" else "error",
        each_language=fields.get("each") == "language",
        sparql=sparql,
    )


def read_checks(folder: Path) -> list[Rule]:
    """The rules of a folder, by code."""
    return [read_check(path) for path in sorted(folder.glob("*.rq"))]


def check_ontology(ontology: Ontology, languages: Sequence[str]) -> list[Issue]:
    """What was found wrong while reading, and the offenders of each rule, by place."""

    def place(words: Mapping[str, str]) -> Place:
        node = words["node"]
        written = ontology.written.get((node, words.get("property", "")))
        return written or ontology.places.get(node, Place("ontology"))

    issues = list(ontology.issues)
    for rule in read_checks(asset("checks")):
        tags = languages if rule.each_language else [""]
        found = {issue for tag in tags for issue in offenders(rule, ontology.store, place, tag)}
        issues += shortened(found)
    return sorted(issues)


def offenders(
    rule: Rule,
    store: ox.Store,
    place: Callable[[Mapping[str, str]], Place],
    language: str = "",
    base: str = "",
) -> Iterator[Issue]:
    """What one rule finds; `place` tells where a solution stands, from its variables' values.

    `base` completes relative IRIs such as <graph/direct>.
    """
    query = bind(rule.sparql, {"language": literal(language.lower())})
    results = store.query(query, base_iri=base or None, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - our own files
    names = [variable.value for variable in results.variables]
    for solution in results:
        terms = {name: solution[name] for name in names if solution[name] is not None}
        words = {name: _word(term) for name, term in terms.items()} | {"language": language}
        yield Issue(
            place({name: value(term) for name, term in terms.items()}),
            rule.code,
            rule.what.format(**words),
            rule.fix.format(**words),
            severity=rule.severity,
        )


def shortened(found: Iterable[Issue]) -> list[Issue]:
    """The first findings of one rule by place, and how many more there are."""
    issues = sorted(found)
    told, rest = issues[:MOST_FINDINGS], issues[MOST_FINDINGS:]
    if not rest:
        return told
    return [
        *told,
        Issue(
            Place(rest[0].place.file),
            "too-many-faults",
            f"{len(rest):,} more findings of {rest[0].code} are not listed",
            "mend those that are listed first, then check again",
            severity=rest[0].severity,
        ),
    ]


def _word(term: Term) -> str:
    return local_name(term.value) if isinstance(term, ox.NamedNode) else value(term)

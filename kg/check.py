"""Whether an ontology is well made: one SPARQL file for each rule, in `kg/checks/`.

A rule selects its offenders as `?node` (and `?value`, `?other`). Its header says in words what is
wrong and how to mend it, with the variables in braces; `each: language` runs it for every language
of the project, bound to `?language`. The file's name is the code that `kg explain` explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.assets import asset
from kg.errors import Issue, Place, Severity
from kg.ontology import Ontology, local_name
from kg.rq import bind, read_head
from kg.terms import Term, literal, value


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


def check_ontology(ontology: Ontology, languages: Sequence[str]) -> list[Issue]:
    """What was found wrong while reading, and each offender of each rule, by place."""
    rules = [read_check(path) for path in sorted(asset("checks").glob("*.rq"))]
    found = (issue for rule in rules for issue in _offenders(rule, ontology, languages))
    return sorted([*ontology.issues, *found])


def _offenders(rule: Rule, ontology: Ontology, languages: Sequence[str]) -> Iterator[Issue]:
    for language in languages if rule.each_language else [""]:
        bound = {"language": literal(language.lower())} if language else {}
        results = ontology.store.query(bind(rule.sparql, bound))
        assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - our own files
        names = [variable.value for variable in results.variables]
        for solution in results:
            words = {name: _word(solution[name]) for name in names if solution[name] is not None}
            words |= {"language": language}
            yield Issue(
                ontology.places.get(value(solution["node"]), Place("ontology")),
                rule.code,
                rule.what.format(**words),
                rule.fix.format(**words),
                severity=rule.severity,
            )


def _word(term: Term) -> str:
    return local_name(term.value) if isinstance(term, ox.NamedNode) else value(term)

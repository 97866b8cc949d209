"""The program's own questions to the dataset, `kg/sparql/<name>.rq`, answered in text or terms."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress

import pyoxigraph as ox

from kg import terms
from kg.assets import sparql


def rows(store: ox.Store, name: str, *, base: str = "", **given: str) -> Iterator[tuple[str, ...]]:
    """The answers, a string for each variable that was not given, "" where it has no value."""
    found = solutions(store, name, base=base, **given)
    asked = [variable.value not in given for variable in found.variables]
    for solution in found:
        yield tuple(map(_text, compress(solution, asked)))


def solutions(store: ox.Store, name: str, *, base: str = "", **given: str) -> ox.QuerySolutions:
    """The answers as terms, those of the variables that were given among them.

    `base` completes relative IRIs such as <graph/direct>; `given` are IRIs for variables, which the
    query must select (so Oxigraph wants it). The order of the answers is the store's.
    """
    found = store.query(
        sparql(name),
        base_iri=base or None,
        use_default_graph_as_union=True,
        substitutions={ox.Variable(key): ox.NamedNode(iri) for key, iri in given.items()},
    )
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - our own files
    return found


def _text(term: terms.Term | None) -> str:
    return "" if term is None else terms.value(term)


def pairs(store: ox.Store, name: str, **given: str) -> dict[str, str]:
    """The answers of a query of two variables; the first in code-point order where several."""
    found = sorted(rows(store, name, **given), reverse=True)
    return {key: value for key, value in found}  # noqa: C416 - rows are no pairs to mypy

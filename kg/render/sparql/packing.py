"""The graph as text that takes a thirteenth of its N-Quads and is the same on every machine.

(What gzip makes differs from one zlib to the next.) Terms are numbered, IRIs first, in hexadecimal:

    iris        0 https://example.org/c/sea        how many UTF-16 units each shares with the one
                16 shore                           before, and the rest of it
    others      "sea"@en                           literals and the rest as N-Triples has them, but
                "3"^^1f                            a datatype by its number
    predicates  4 7 1f
    graphs      {"https://example.org/g": ";2,0 5 6,1 7;3,0 5"}

A graph lists its subjects behind semicolons; behind commas their predicates, as places among
`predicates`; behind spaces the objects. `engine.js` unpacks it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from kg.writers.tokens import Subjects


def pack_graphs(graphs: Mapping[str, Subjects]) -> dict[str, Any]:
    """What each graph says of its subjects."""
    terms = set(_terms(graphs.values()))
    typed = {term: match for term in terms if (match := _typed(term))}
    iris = sorted({term for term in terms if _is_iri(term)} | {m[2] for m in typed.values()})
    others = sorted(terms.difference(iris))
    numbers = {term: f"{number:x}" for number, term in enumerate([*iris, *others])}
    predicates = sorted({p for said in graphs.values() for about in said.values() for p in about})
    places = {predicate: f"{place:x}" for place, predicate in enumerate(predicates)}
    return {
        "iris": "\n".join(_shared([iri[1:-1] for iri in iris])),
        "others": "\n".join(
            f"{typed[term][1]}^^{numbers[typed[term][2]]}" if term in typed else term
            for term in others
        ),
        "predicates": " ".join(numbers[predicate] for predicate in predicates),
        "graphs": {name: "".join(_packed(said, numbers, places)) for name, said in graphs.items()},
    }


def _terms(graphs: Iterable[Subjects]) -> Iterator[str]:
    for subject, about in chain.from_iterable(said.items() for said in graphs):
        yield subject
        yield from about
        yield from chain.from_iterable(about.values())


_TYPED = re.compile(r'("[^\n]*")\^\^(<[^>]*>)')


def _typed(term: str) -> re.Match[str] | None:
    return _TYPED.fullmatch(term) if term.endswith(">") and term.startswith('"') else None


def _is_iri(term: str) -> bool:
    return term.startswith("<") and not term.startswith("<<")


def _shared(iris: Sequence[str]) -> Iterator[str]:
    """
    >>> list(_shared(["x:ab", "x:ac"]))
    ['0 x:ab', '3 c']
    """
    for before, iri in zip(["", *iris], iris, strict=False):
        same = os.path.commonprefix([before, iri])  # noqa: RUF071 - characters are meant
        yield f"{len(same.encode('utf-16-le')) // 2:x} {iri[len(same) :]}"


def _packed(said: Subjects, numbers: Mapping[str, str], places: Mapping[str, str]) -> Iterator[str]:
    """
    >>> "".join(_packed({"a": {"p": ["b", "c"]}}, {"a": "0", "b": "1f", "c": "2"}, {"p": "7"}))
    ';0,7 1f 2'
    """
    for subject, about in said.items():
        yield f";{numbers[subject]}"
        for predicate, objects in about.items():
            yield f",{places[predicate]} {' '.join(numbers[token] for token in objects)}"

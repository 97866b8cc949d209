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


def pack_graphs(graphs: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """From the sorted N-Triples lines of each graph, without their full stops."""
    triples = {name: [line.split(" ", 2) for line in lines] for name, lines in graphs.items()}
    terms = set(chain.from_iterable(chain.from_iterable(triples.values())))
    typed = {term: match for term in terms if (match := _typed(term))}
    iris = sorted({term for term in terms if _is_iri(term)} | {m[2] for m in typed.values()})
    others = sorted(terms.difference(iris))
    numbers = {term: f"{number:x}" for number, term in enumerate([*iris, *others])}
    predicates = sorted({triple[1] for some in triples.values() for triple in some})
    places = {predicate: f",{place:x}" for place, predicate in enumerate(predicates)}
    return {
        "iris": "\n".join(_shared([iri[1:-1] for iri in iris])),
        "others": "\n".join(
            f"{typed[term][1]}^^{numbers[typed[term][2]]}" if term in typed else term
            for term in others
        ),
        "predicates": " ".join(numbers[predicate] for predicate in predicates),
        "graphs": {name: "".join(_packed(some, numbers, places)) for name, some in triples.items()},
    }


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


def _packed(
    triples: Iterable[Sequence[str]], numbers: Mapping[str, str], places: Mapping[str, str]
) -> Iterator[str]:
    """
    >>> numbers = {"a": "0", "b": "1f", "p": "2"}
    >>> "".join(_packed([("a", "p", "a"), ("a", "p", "b"), ("b", "p", "a")], numbers, {"p": ",0"}))
    ';0,0 0 1f;1f,0 0'
    """
    about, verb = "", ""
    for subject, predicate, object_ in triples:
        if subject != about:
            yield f";{numbers[subject]}{places[predicate]}"
        elif predicate != verb:
            yield places[predicate]
        yield f" {numbers[object_]}"
        about, verb = subject, predicate

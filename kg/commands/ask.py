"""What the words behind `kg query` mean, and the form in which the answer is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import QueryError, UnknownName
from kg.graph import Graph
from kg.questions import read_question
from kg.results import GRAPH_FORMATS, ROW_FORMATS, Rows, Triples
from kg.rq import is_sparql


def asked(graph: Graph, words: Sequence[str], file: Path | None) -> str:
    """The SPARQL to run: of a file, on the command line itself, or of a named question."""
    if file and not words:
        return file.read_bytes().decode("utf-8-sig", "replace")
    if file:
        return graph.bind(read_question(file), dict(map(_pair, words)))
    if not words:
        raise QueryError("there is nothing to ask", fix="name a question: kg questions lists them")
    first, *given = words
    if is_sparql(first):
        return first
    return graph.bind(graph.question(first), dict(map(_pair, given)))


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise QueryError(
            f"'{word}' is no parameter",
            fix=f'write its name before it, for example concept="{word}"',
        )
    return name, value


def written(answer: Rows | Triples, form: str) -> str | bytes:
    """The answer in a format; a graph in `ttl` where a table was asked for by default."""
    if isinstance(answer, Triples):
        form = "ttl" if form == "table" else form
        if form in GRAPH_FORMATS:
            return GRAPH_FORMATS[form](answer)
        raise UnknownName(
            f"a graph cannot be written as '{form}'", fix=f"use {', '.join(GRAPH_FORMATS)}"
        )
    if form in ROW_FORMATS:
        return ROW_FORMATS[form](answer)
    raise UnknownName(f"rows cannot be written as '{form}'", fix=f"use {', '.join(ROW_FORMATS)}")

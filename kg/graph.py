"""A built graph, as `kg.open` gives it: ask it, look at it, hand it to other libraries."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import identifiers, terms
from kg.errors import InputError, Issue, OutputError, UnknownName
from kg.namespaces import PREFIXES
from kg.notebook import frame, shown_in_notebook
from kg.ontology import Ontology, read_ontology
from kg.project import Project
from kg.query import TIMEOUT, Limits, Workers
from kg.questions import (
    Parameter,
    Question,
    QuestionError,
    find_question,
    read_question,
    read_questions,
)
from kg.results import Rows, Triples, parse_results
from kg.rq import bind
from kg.servers.endpoint import Endpoint
from kg.store import current_folder, open_store

if TYPE_CHECKING:
    import networkx
    import rdflib

FEW = 1_000
"""Quotes that a question may name; where more hold a text, it looks through all of them."""


class Graph:
    """The graph of a project, read-only. Made by `kg.open(folder)` or `kg.build(folder)`.

    With an `endpoint`, queries go to that server; the rest is still the project's own.
    """

    def __init__(
        self, project: Project, issues: tuple[Issue, ...] = (), endpoint: Endpoint | None = None
    ) -> None:
        self.project = project
        self.issues = issues
        """What was found wrong when it was built, if it was built just now."""
        self._asked = endpoint or Workers(current_folder(project.cache))

    def query(
        self, sparql: str, *, timeout: float = TIMEOUT, allow_service: bool = False
    ) -> Rows | Triples:
        """Run SPARQL over the union of all graphs; the project's prefixes need no declaration.

        With `allow_service`, SERVICE may ask other servers.
        """
        raw = self._asked.run(
            sparql, prefixes=self.prefixes, limits=Limits(timeout), service=allow_service
        )
        return parse_results(raw, self.prefixes, self.name)

    def ask(self, question: str, *, timeout: float = TIMEOUT, **parameters: str) -> Rows | Triples:
        """Ask a named question; parameters by key or by label in any language."""
        found = self.question(question)
        return self.query(self.bind(found, parameters), timeout=timeout)

    def close(self) -> None:
        """End the processes that wait for the next query; one that is asked starts a new one."""
        if isinstance(self._asked, Workers):
            self._asked.close()

    def plan(self, sparql: str, *, timeout: float = TIMEOUT) -> str:
        """How the engine runs a query, with times and rows; needs the program `oxigraph`."""
        from kg.plan import plan

        store = current_folder(self.project.cache)
        return plan(store, sparql, prefixes=self.prefixes, timeout=timeout)

    def question(self, name: str) -> Question:
        """A named question; UnknownName with the nearest, QuestionError if its file is broken."""
        own = self.project.ontology / "questions" / f"{name}.rq"
        return read_question(own) if own.exists() else find_question(self.questions, name)

    def bind(self, question: Question, parameters: Mapping[str, str]) -> str:
        """The SPARQL of a question with its parameters; UnknownName for what does not exist."""
        lacking = [p for p in question.parameters if p.required and p.name not in parameters]
        if lacking:
            raise QuestionError(
                f"the question '{question.name}' needs a value for '{lacking[0].name}'",
                fix=f"for example: kg query {question.name} {_example(lacking[0])}",
            )
        given = {name: self._term(question.parameter(name), v) for name, v in parameters.items()}
        looked_for = [(p.within, parameters[p.name]) for p in question.parameters if p.within]
        return bind(question.sparql, given | dict(self._found(looked_for)))

    def _found(self, looked_for: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The quotes that hold a text, where the index has them and they are few."""
        for variable, text in looked_for:
            quotes = self._asked.quotes(text)
            if quotes is not None and len(quotes) < FEW:
                yield variable, " ".join(map(terms.literal, quotes))

    def _term(self, parameter: Parameter, given: str) -> str:
        if parameter.kind == "text":
            return terms.literal(given)
        if parameter.kind == "concept":
            return f"<{self.concept(given)}>"
        if parameter.kind == "relation":
            return f"<{self.relation(given)}>"
        return f"<{self._resource(parameter.kind, given)}>"

    def concept(self, name: str) -> str:
        """The IRI of the concept of that key or label, or UnknownName."""
        found = self.ontology.find(name)
        if len(found) == 1:
            return found[0].iri
        if not found and self.ontology.issues:
            broken = self.ontology.issues[0]
            raise InputError(broken.what, fix=broken.fix, place=broken.place)
        if found:
            keys = " or ".join(concept.key for concept in found)
            raise UnknownName(f"'{name}' is a label of several concepts", fix=f"say which: {keys}")
        near = self.ontology.nearest(name)
        fix = f"did you mean {' or '.join(near)}?" if near else "see kg query concepts"
        raise UnknownName(f"there is no concept '{name}'", fix=fix)

    def relation(self, name: str) -> str:
        """The IRI of the relation of that key or label, or UnknownName."""
        relations = self.ontology.relations
        by_name = {label: r.iri for r in relations.values() for label in r.labels.values()}
        by_name |= {key: relation.iri for key, relation in relations.items()}
        if name in by_name:
            return by_name[name]
        near = difflib.get_close_matches(name, by_name, n=3)
        fix = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(relations)}"
        raise UnknownName(f"there is no relation '{name}'", fix=fix)

    def _resource(self, kind: str, given: str) -> str:
        """A document or coder by its key or its name."""
        local = {"document": identifiers.document_id, "coder": identifiers.coder_id}[kind]
        known = {
            iri: label
            for iri, label in self._names.items()
            if iri.startswith(f"{self.project.base}data/{local('')}")
        }
        wanted = f"{self.project.base}data/{local(given)}"
        matches = [iri for iri, label in known.items() if iri == wanted or label == given]
        if matches:
            return matches[0]
        keys = sorted(iri.rpartition(local(""))[2] for iri in known)
        raise UnknownName(f"there is no {kind} '{given}'", fix=f"there are: {', '.join(keys)}")

    def name(self, iri: str) -> str:
        """What people read instead of an IRI: its label, its title, or a prefixed name."""
        if iri in self.ontology.labels:
            return self.ontology.label(iri, self.project.languages[0])
        return self._names.get(iri) or self._short(iri)

    def _short(self, iri: str) -> str:
        fitting = [(ns, prefix) for prefix, ns in self.prefixes.items() if iri.startswith(ns)]
        if not fitting:
            return iri
        namespace, prefix = max(fitting, key=lambda pair: len(pair[0]))
        return f"{prefix}:{iri.removeprefix(namespace)}"

    @cached_property
    def _names(self) -> dict[str, str]:
        """Titles of documents and names of coders."""
        from kg.assets import sparql

        raw = self._asked.run(sparql("names"), prefixes={})
        rows = parse_results(raw, {}, str)
        return dict(tuple(row) for row in rows) if isinstance(rows, Rows) else {}

    @cached_property
    def ontology(self) -> Ontology:
        """What the project's ontology says, as it lies in the folder now."""
        return read_ontology(self.project.ontology, self.project.base)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Those of the standard vocabularies, of the project's Turtle, and c:, d:, g:."""
        base = self.project.base
        own = {"c": f"{base}concept/", "d": f"{base}data/", "g": f"{base}graph/"}
        return {k: ns for k, ns in (self.ontology.prefixes | PREFIXES | own).items() if k}

    @cached_property
    def questions(self) -> dict[str, Question]:
        return read_questions(self.project.ontology / "questions")

    def store(self) -> ox.Store:
        """The Oxigraph store itself, read-only, for those who know what they ask."""
        return open_store(self.project.cache)

    def rdflib(self) -> rdflib.Dataset:
        """A copy of the whole dataset for rdflib; the default graph is the union."""
        from rdflib import Dataset

        nquads = self.store().dump(format=ox.RdfFormat.N_QUADS) or b""
        return Dataset(default_union=True).parse(data=nquads.decode(), format="nquads")

    def networkx(self) -> networkx.MultiDiGraph[str]:
        """The network of concepts: a node each, an edge for each relation, with its evidence."""
        from kg.network import concept_network

        return concept_network(
            self.store(), base=self.project.base, languages=self.project.languages
        )

    def is_stale(self) -> bool:
        """Whether a file that it was built from has been changed since, by the files' times."""
        built = (self.project.cache / "current").stat().st_mtime
        times = (path.stat().st_mtime for path in self.project.inputs() if path.exists())
        return any(time > built for time in times)

    def page(self) -> Path:
        """Where the interactive page lies; OutputError if it has not been rendered."""
        path = self.project.output / "graph.html"
        if not path.exists():
            raise OutputError("the graph page has not been made", fix="make it: kg render")
        return path

    def show(self) -> None:
        """Show the interactive page: in a notebook below the cell, elsewhere in the browser."""
        page = self.page()
        if not shown_in_notebook(self):
            import webbrowser

            webbrowser.open(page.resolve().as_uri())

    def __repr__(self) -> str:
        return f"<Graph of {self.project.title!r} in {self.project.root}>"

    def _repr_html_(self) -> str | None:
        """The page in a frame; None, so that notebooks show words, where it has not been made."""
        try:
            page = self.page().read_text("utf-8")
        except OutputError:
            return None
        return frame(page, self.project.title)


def _example(parameter: Parameter) -> str:
    value = parameter.example or "…"
    return f'{parameter.name}="{value}"' if " " in value else f"{parameter.name}={value}"

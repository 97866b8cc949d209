"""One command's work: read, check, map, load, validate, infer, store, export, render."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from kg.assets import sparql
from kg.audit import audit
from kg.check import check_ontology
from kg.encoding import bytes_or_empty
from kg.errors import Issue, KgError, OutputError, Place, errors
from kg.identifiers import Graphs, claim_id
from kg.infer import close, read_rules
from kg.mapping import dataset_quads, document_quads
from kg.model import Classification, Document, Passage, Statement
from kg.ontology import Ontology, read_ontology
from kg.project import Project
from kg.questions import check_questions
from kg.readers import read_folder
from kg.reanchoring.kept import keep_texts
from kg.render.layout import read_layout
from kg.results import counted
from kg.rq import bind
from kg.store import clear, save_store, writing
from kg.validate import validate

BYTES_PER_QUAD = 1_000
"""What a quad takes on disk at most, in the store and in the exports together."""


NO_TEXTS = Issue(
    Place("passages"),
    "no-texts",
    "there is no text to build from",
    "put a text there as NAME.txt, and what was coded in it as NAME.CODER.yaml",
)


class StrictError(KgError):
    """Something was found, and nothing was to be built then."""

    code = "strict"

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        super().__init__(
            f"nothing was built: {counted(len(errors(issues)), 'errors')}",
            fix="mend them, or build without --strict: then only what is wrong is left out",
        )


@dataclass
class Steps:
    """How long each step took, in seconds, in their order."""

    seconds: dict[str, float] = field(default_factory=dict)
    started: Callable[[str], None] = lambda _: None

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.started(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


@dataclass(frozen=True)
class Filled:
    """A graph in memory, what it was made of, and everything that was found wrong on the way."""

    project: Project
    ontology: Ontology
    documents: tuple[Document, ...]
    store: ox.Store
    build: str
    issues: tuple[Issue, ...]

    @property
    def graphs(self) -> Graphs:
        return Graphs(self.project.base)


@dataclass(frozen=True)
class Built:
    """A graph on disk and the files that were made from it."""

    filled: Filled
    files: tuple[Path, ...]
    steps: Steps


def build_project(
    project: Project, *, strict: bool = False, fresh: bool = False, steps: Steps | None = None
) -> Built:
    """Fill the graph, keep it, and write the exports; a bad item costs only itself.

    With `strict`, StrictError and nothing built where anything is wrong. `fresh` forgets the old
    store first.
    """
    from kg.export import export_all

    steps = steps or Steps()
    filled = fill(project, steps)
    if strict and errors(filled.issues):
        raise StrictError(filled.issues)
    _check_space(project, len(filled.store))
    with writing(project.cache):
        if fresh:
            clear(project.cache)
        with steps.step("export"):
            files, issues = export_all(project, filled.store, filled.documents)
        with steps.step("store"):
            save_store(filled.store, project.cache, filled.build)
            keep_texts(project.cache, filled.documents)
    return Built(replace(filled, issues=(*filled.issues, *issues)), tuple(files), steps)


def fill(project: Project, steps: Steps | None = None) -> Filled:
    """Everything up to the finished graph in memory; writes nothing."""
    steps = steps or Steps()
    with steps.step("read"):
        ontology = read_ontology(project.ontology, project.base)
        reading = read_folder(project.passages, ontology)
    with steps.step("check"):
        issues = check_ontology(ontology, project.languages)
        issues += check_questions(project.ontology / "questions")
        issues += read_layout(project.layout)[1]
    with steps.step("fill"):
        build = digest_inputs(project)
        store = load(project, ontology, reading.documents, build)
        add_direct(store, project)
    filled = Filled(project, ontology, reading.documents, store, build, ())
    places = _places(filled)
    with steps.step("validate"):
        issues += validate(
            store,
            project.ontology / "shapes.ttl",
            data=filled.graphs.data,
            places=places,
            language=project.languages[0],
        )
    with steps.step("infer"):
        issues += add_inferred(store, project, ontology.places)
    with steps.step("audit"):
        issues += audit(store, reading.documents, project.root, filled.graphs, places)
    if not reading.documents and not reading.issues:
        issues.append(NO_TEXTS)
    return replace(filled, issues=tuple(sorted({*issues, *reading.issues})))


def digest_inputs(project: Project) -> str:
    """What identifies a graph: 16 hex digits over the names and bytes of all that goes into it."""
    total = hashlib.sha256()
    for path in project.inputs():
        content = hashlib.sha256(bytes_or_empty(path)).hexdigest()
        total.update(f"{path.relative_to(project.root).as_posix()}\x1f{content}\n".encode())
    return total.hexdigest()[:16]


def load(
    project: Project, ontology: Ontology, documents: tuple[Document, ...], build: str
) -> ox.Store:
    """The asserted graphs: the ontology, a graph for each document, and the dataset."""
    graphs = Graphs(project.base)
    datatypes = {q.iri: q.datatype for q in ontology.qualifiers.values() if q.datatype}
    coders = {passage.coder for document in documents for passage in document.passages}
    text = dataset_quads(
        graphs,
        title=project.title,
        build=build,
        documents=[document.key for document in documents],
        coders={key: project.coders.get(key, key) for key in sorted(coders)},
    ) + "".join(
        quads for document in documents for quads in document_quads(document, graphs, datatypes)
    )
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.N_QUADS)
    _add(store, (quad.triple for quad in ontology.store), graphs.ontology)
    return store


def add_direct(store: ox.Store, project: Project) -> None:
    """`g:direct`: what was coded, as edges between concepts."""
    graphs = Graphs(project.base)
    query = bind(sparql("direct"), {"ontology": f"<{graphs.ontology}>"})
    direct = store.query(query, use_default_graph_as_union=True)
    assert isinstance(direct, ox.QueryTriples)  # noqa: S101 - our own file
    _add(store, set(direct), graphs.direct)


def add_inferred(store: ox.Store, project: Project, places: Mapping[str, Place]) -> list[Issue]:
    """`g:inferred`: what follows from the ontology and the edges.

    `places` tells where the ontology's terms are declared.
    """
    graphs = Graphs(project.base)
    asserted = (
        quad.triple
        for name in (graphs.ontology, graphs.direct)
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    )
    inferred, issues = close(asserted, read_rules(project.ontology / "rules"), places)
    _add(store, inferred, graphs.inferred)
    return issues


def _add(store: ox.Store, triples: Iterable[ox.Triple], graph: str) -> None:
    name = ox.NamedNode(graph)
    store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)


def _places(filled: Filled) -> dict[str, Place]:
    """Where every IRI was written; a claim stands where it is first made."""
    data = filled.graphs.data
    places = dict(filled.ontology.places)
    for document in filled.documents:
        for passage in document.passages:
            for iri, place in _written(passage):
                if place:
                    places.setdefault(data + iri, place)
    return places


def _written(passage: Passage) -> Iterator[tuple[str, Place | None]]:
    yield passage.id, passage.place
    yield from ((mention.id, mention.place) for mention in passage.mentions)
    yield from ((flow.id, flow.place) for flow in passage.flows)
    said: list[Statement | Classification] = [*passage.statements, *passage.classifications]
    for item in said:
        yield item.id, item.place
        yield claim_id(item.subject, item.predicate, item.object), item.place


def _check_space(project: Project, quads: int) -> None:
    """Refuse before anything is written, not half-way."""
    needed = quads * BYTES_PER_QUAD + 16_000_000
    free = shutil.disk_usage(project.root).free
    if free < needed:
        raise OutputError(
            f"the disk is too full: about {needed // 1_000_000} MB are needed for the graph and "
            f"its exports, {free // 1_000_000} MB are free",
            fix="free some space, or list fewer files under exports in kg.toml",
        )

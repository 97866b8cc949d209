"""One command's work: read, check, map, load, validate, infer, store, export, render."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.assets import program_digest
from kg.audit import audit, changed_meanwhile, touched
from kg.check import check_ontology, shortened
from kg.encoding import bytes_or_empty
from kg.errors import Issue, KgError, OutputError, Place, errors
from kg.filling.changes import apply, changes, describe
from kg.filling.derived import Places, copy_graphs, replace_graph, triples_of
from kg.filling.workers import Hiring, alone, fill_with
from kg.filling.workshop import Folio, Workshop, batches
from kg.identifiers import Graphs, digest
from kg.infer import close, read_rules
from kg.ledger import NOTHING, Ledger
from kg.model import Document
from kg.ontology import Ontology, read_ontology
from kg.project import Project
from kg.questions import check_questions
from kg.readers import read_documents
from kg.readers.bundles import Files, find_bundles, read_text
from kg.readers.faults import too_many
from kg.reanchoring.kept import keep_texts
from kg.render.layout import read_layout
from kg.results import counted
from kg.store import drafted, open_store, writing
from kg.validate import UNUSABLE, Validation, as_issue, read_validation, unusable, usable

BYTES_PER_BYTE = 60
"""What a byte in `passages/` takes on disk at most, in the store and in the exports together."""
SMALL = 2_000_000
"""Bytes of input of a project whose graph is made in memory."""


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
    advanced: Callable[[int, int], None] = lambda _, __: None
    """Told how many of how many documents are filled."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.started(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start


@dataclass(frozen=True)
class Filled:
    """A graph, what it was made of, and everything that was found wrong on the way."""

    project: Project
    ontology: Ontology
    store: ox.Store
    build: str
    ledger: Ledger
    new: tuple[Files, ...]
    """The texts in files of their own that were not filled before."""
    issues: tuple[Issue, ...]

    @property
    def graphs(self) -> Graphs:
        return Graphs(self.project.base)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All documents at once, read anew: for those who have the memory."""
        return tuple(read_documents(self.project.passages, self.ontology))


@dataclass(frozen=True)
class Built:
    """A graph on disk and the files that were made from it."""

    filled: Filled
    files: tuple[Path, ...]
    steps: Steps


def build_project(
    project: Project,
    *,
    strict: bool = False,
    fresh: bool = False,
    steps: Steps | None = None,
    hire: Hiring = alone,
) -> Built:
    """Fill the graph, keep it, and write the exports; a bad item costs only itself.

    Documents that have not changed stay as they are in the graph that was built before, unless
    `fresh`. With `strict`, StrictError and nothing built where anything is wrong. Whoever is there
    to `hire` fills the documents if they are many.
    """
    from kg.export import at_hand, export_all

    steps = steps or Steps()
    size = _size(project)
    _check_space(project, size)
    with (
        writing(project.cache),
        drafted(project.cache, fresh=fresh, small=size < SMALL) as draft,
    ):
        filled = _fill(project, draft.store, draft.ledger, steps, hire)
        if strict and errors(filled.issues):
            raise StrictError(filled.issues)
        with steps.step("export"):
            near = draft.in_memory or not project.exports
            files, issues = export_all(project, filled.store if near else at_hand(filled.store))
        with steps.step("store"):
            filled = replace(filled, issues=(*filled.issues, *issues), store=ox.Store())
            ledger = draft.keep(filled.build, filled.ledger)
            keep_texts(project.cache, filter(None, (read_text(each)[0] for each in filled.new)))
    filled = replace(filled, store=open_store(project.cache), ledger=ledger)
    return Built(filled, tuple(files), steps)


def fill(project: Project, steps: Steps | None = None) -> Filled:
    """The whole graph in memory; writes nothing."""
    return _fill(project, ox.Store(), NOTHING, steps or Steps(), alone)


def _fill(project: Project, store: ox.Store, known: Ledger, steps: Steps, hire: Hiring) -> Filled:
    """Bring a store up to date; what `known` says of it still holds, if its context does."""
    graphs, context = Graphs(project.base), digest_context(project)
    with steps.step("read"):
        build = digest_inputs(project)
        ontology = read_ontology(project.ontology, project.base)
        bundles, issues = find_bundles(project.passages)
        issues += [] if bundles or issues else [NO_TEXTS]
    with steps.step("check"):
        issues += check_ontology(ontology, project.languages)
        issues += check_questions(project.ontology / "questions")
        issues += read_layout(project.layout)[1]
        validation = read_validation(project.ontology / "shapes.ttl", ontology)
    with steps.step("fill"):
        if known.context != context:
            store.clear()
            name = ox.NamedNode(graphs.ontology)
            store.load(ontology.triples, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
            known = Ledger(context, {})
        store.remove_graph(ox.NamedNode(graphs.inferred))
        change = changes(store, graphs, known, bundles)
        todo = list(batches(change.new))
        with hire(change.size) if len(todo) > 1 else nullcontext() as executor:
            if executor:
                folios = fill_with(executor, project, context, todo)
            else:
                language = project.languages[0]
                workshop = Workshop(project.base, language, ontology, usable(validation))
                folios = map(workshop.fill, todo)
            watched = _watched(folios, len(change.new), steps)
            entries, edges = apply(store, graphs, change, watched)
        describe(store, project, graphs, entries, build)
    found = [issue for entry in entries.values() for issue in entry.issues]
    places = Places(store, graphs, ontology, bundles, entries)
    with steps.step("validate"):
        concepts = ox.Store()
        copy_graphs(store, concepts, graphs.ontology, graphs.direct, graphs.dataset)
        found += _validated(store, concepts, project, validation, places)
    with steps.step("infer"):
        found += add_inferred(store, concepts, project, ontology.places)
    with steps.step("audit"):
        keys = (bundle.key for bundle in change.new)
        audited = touched(store, graphs, keys, edges) if change.is_small(edges) else store
        broken = audit(audited, graphs, places.get)
        found += broken
        found += changed_meanwhile(bundles, find_bundles(project.passages)[0])
    told = tuple(sorted({*issues, *_told(found)}))
    new = tuple(each for each in change.new if isinstance(each, Files))
    # nothing is ever built upon a graph that breaks a promise
    ledger = Ledger("" if broken else context, entries)
    return Filled(project, ontology, store, build, ledger, new, told)


def _watched(folios: Iterable[list[Folio]], documents: int, steps: Steps) -> Iterator[list[Folio]]:
    """The same, telling how many of how many documents are done."""
    done = 0
    for batch in folios:
        yield batch
        done += len(batch)
        steps.advanced(done, documents)


def digest_inputs(project: Project) -> str:
    """What identifies a graph: 16 hex digits over the names and bytes of all that goes into it."""
    total = hashlib.sha256()
    for path in project.inputs():
        content = hashlib.sha256(bytes_or_empty(path)).hexdigest()
        total.update(f"{path.relative_to(project.root).as_posix()}\x1f{content}\n".encode())
    return total.hexdigest()[:16]


def digest_context(project: Project) -> str:
    """What identifies all that each document is filled with: the program and the ontology."""
    files = sorted(project.ontology.glob("*.ttl"))
    contents = (f"{path.name} {hashlib.sha256(bytes_or_empty(path)).hexdigest()}" for path in files)
    return digest(program_digest(), project.base, project.languages[0], *contents)


def _validated(
    store: ox.Store,
    concepts: ox.Store,
    project: Project,
    validation: Validation | Issue,
    places: Places,
) -> list[Issue]:
    """What breaks the shapes, beyond what was found in each document by itself.

    `concepts` holds the ontology and the edges between concepts.
    """
    if isinstance(validation, Issue):
        return [validation]
    try:
        found = [*validation.of_concepts(concepts), *validation.of_everything(store)]
    except UNUSABLE as error:
        return [unusable(project.ontology / "shapes.ttl", error)]
    data = Graphs(project.base).data
    return [as_issue(each, data, places.get, project.languages[0]) for each in found]


def add_inferred(
    store: ox.Store, concepts: ox.Store, project: Project, places: Mapping[str, Place]
) -> list[Issue]:
    """`g:inferred`: what follows from the ontology and the edges, which stand in `concepts` too.

    `places` tells where the ontology's terms are declared.
    """
    graphs = Graphs(project.base)
    asserted = triples_of(concepts, graphs.ontology, graphs.direct)
    inferred, issues = close(asserted, read_rules(project.ontology / "rules"), places)
    replace_graph(store, graphs.inferred, inferred)
    return issues


def _told(found: Iterable[Issue]) -> list[Issue]:
    """What is told of documents: no more than MOST_FAULTS of one file, or of its quotes."""
    by_file: dict[str, set[Issue]] = defaultdict(set)
    quotes = [issue for issue in found if issue.code == "wrong-quote"]
    for issue in found:
        if issue.code != "wrong-quote":
            by_file[issue.place.file].add(issue)
    told = shortened(quotes)
    for file, issues in by_file.items():
        told += too_many(sorted(issues)) if file.endswith(".jsonl") else issues
    return told


def _size(project: Project) -> int:
    """Bytes of all that goes into the graph."""
    return sum(path.stat().st_size for path in project.inputs() if path.is_file())


def _check_space(project: Project, size: int) -> None:
    """Refuse before anything is written, not half-way."""
    needed = size * BYTES_PER_BYTE + 16_000_000
    free = shutil.disk_usage(project.root).free
    if free < needed:
        raise OutputError(
            f"the disk is too full: about {needed // 1_000_000} MB are needed for the graph and "
            f"its exports, {free // 1_000_000} MB are free",
            fix="free some space, or list fewer files under exports in kg.toml",
        )

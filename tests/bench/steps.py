"""What is measured, each step in a process of its own: `python -m tests.bench.steps NAME FOLDER`.

FOLDER holds `project`, a corpus as JSON Lines, and, once it was built, `graph.nq`, its own N-Quads.
A step prints JSON: CPU seconds of what it times, the peak of memory, and what it counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.project import read_project
from kg.store import open_store
from tests.bench.asking import by_rdflib, by_worker, each, natively
from tests.bench.corpus import Corpus

if TYPE_CHECKING:
    from kg.writers.dataset import Dataset

Figures = dict[str, Any]
FINDINGS = 1
"""How `kg build` ends where the shapes find something, as they do in what was drawn by lot."""
SAMPLE = 100_000
"""Lines of the graph that slow programs get; their time is for so many."""


class Clock:
    """CPU seconds of this process and its children."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        start = cpu()
        yield
        self.seconds += cpu() - start


def cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def peak() -> float:
    """MB, of this process or of its largest child."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(_own_peak(), children) / 1024


def _own_peak() -> int:
    """KB. Linux lets a process begin with the peak of the one that started it; this is its own."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def graph(folder: Path) -> bytes:
    return (folder / "graph.nq").read_bytes()


def sample(folder: Path) -> list[bytes]:
    with (folder / "graph.nq").open("rb") as file:
        return [line for line, _ in zip(file, range(SAMPLE), strict=False)]


def corpus_of(folder: Path) -> Corpus:
    return Corpus(int((folder / "documents").read_text()))


def write(folder: Path, clock: Clock) -> Figures:
    """The bytes of the graph, written: the limit."""
    content = graph(folder)
    with clock.running():
        (folder / "copy.nq").write_bytes(content)
    (folder / "copy.nq").unlink()
    return {"lines": content.count(b"\n"), "bytes": len(content)}


def map_records(folder: Path, clock: Clock) -> Figures:
    """Documents, as plain data, to N-Quads as they are loaded: the bytes of each document."""
    corpus, lines, waiting = corpus_of(folder), 0, []
    from kg.identifiers import Graphs
    from kg.mapping import document_quads
    from tests.bench.corpus import BASE

    graphs = Graphs(BASE)
    datatypes = {q.iri: q.datatype for q in corpus.ontology.qualifiers.values() if q.datatype}
    for document in corpus.documents:
        waiting.append(document)
        if len(waiting) == 20 or document.key.endswith(f"{corpus.size - 1:06}"):
            with clock.running():
                filled = [
                    b"".join(map(str.encode, document_quads(d, graphs, datatypes))) for d in waiting
                ]
            lines += b"".join(filled).count(b"\n")
            waiting.clear()
    return {"lines": lines}


def read_records(folder: Path, clock: Clock) -> Figures:
    """JSON Lines to documents, each field and quote checked."""
    import kg

    with clock.running():
        reading = kg.read(folder / "project")
    return {"documents": len(reading.documents), "issues": len(reading.issues)}


def load(folder: Path, clock: Clock) -> Figures:
    """The graph's own N-Quads into a store in memory, by Oxigraph alone."""
    content, store = graph(folder), ox.Store()
    with clock.running():
        store.load(content, format=ox.RdfFormat.N_QUADS)
    return {"quads": len(store)}


def bulk_load(folder: Path, clock: Clock) -> Figures:
    """The same on disk."""
    content = graph(folder)
    with TemporaryDirectory(dir=folder) as where:
        store = ox.Store(where)
        with clock.running():
            store.bulk_load(content, format=ox.RdfFormat.N_QUADS)
            store.flush()
    return {"bytes": len(content)}


def rdflib_parse(folder: Path, clock: Clock) -> Figures:
    """A sample of the graph into rdflib."""
    from rdflib import Dataset

    content = b"".join(sample(folder)).decode()
    with clock.running():
        Dataset().parse(data=content, format="nquads")
    return {"lines": content.count("\n")}


def oxigraph_parse(folder: Path, clock: Clock) -> Figures:
    """The same sample into Oxigraph, for its memory."""
    content = b"".join(sample(folder))
    with clock.running():
        ox.Store().load(content, format=ox.RdfFormat.N_QUADS)
    return {}


def command(*words: str) -> subprocess.CompletedProcess[bytes]:
    ran = subprocess.run([sys.executable, "-m", "kg", *words], check=False, capture_output=True)
    assert ran.returncode in {0, FINDINGS}, ran.stderr.decode("utf-8", "replace")
    return ran


def build(folder: Path, clock: Clock, *options: str) -> Figures:
    """`kg build`, from JSON Lines to the store on disk."""
    start = time.perf_counter()
    with clock.running():
        command("build", "--project", str(folder / "project"), *options)
    return {"seconds": time.perf_counter() - start}


def build_1(folder: Path, clock: Clock) -> Figures:
    """Everything anew, documents filled by one process."""
    return build(folder, clock, "--fresh", "--jobs", "1")


def build_2(folder: Path, clock: Clock) -> Figures:
    """The same by two."""
    return build(folder, clock, "--fresh", "--jobs", "2")


def shards(folder: Path, clock: Clock) -> Figures:
    """The graph in pieces, with their manifest."""
    with clock.running():
        command("export", "shards", "--project", str(folder / "project"))
    return {}


def rebuild(folder: Path, clock: Clock) -> Figures:
    """`kg build` after one statement of one document was taken back."""
    path = folder / "project" / "passages" / "reports.jsonl"
    lines = path.read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if n and '"statements"' in line)
    entry = json.loads(lines[number])
    del entry["statements"]
    lines[number] = json.dumps(entry, ensure_ascii=False)
    path.write_text("\n".join(lines), "utf-8")
    return build(folder, clock)


def export_turtle(folder: Path, clock: Clock) -> Figures:
    """The graph of the project as sorted Turtle, by a command that opens its store."""
    with clock.running():
        command("export", "ttl", "--project", str(folder / "project"))
    return {}


def dump_disk(folder: Path, clock: Clock) -> Figures:
    """The same store, in its own order."""
    store = open_store(read_project(folder / "project").cache)
    with clock.running():
        store.dump(format=ox.RdfFormat.TRIG)
    return {}


def dataset_of(folder: Path) -> Dataset:
    """The graph in memory, as the writers get it."""
    from kg.writers.dataset import Dataset
    from tests.bench.corpus import BASE

    store = ox.Store()
    store.load(graph(folder), format=ox.RdfFormat.N_QUADS)
    return Dataset(store, BASE, ["en", "zh-Hans"])


def turtle(folder: Path, clock: Clock) -> Figures:
    """The graph in memory as sorted Turtle."""
    from kg.writers import FILES

    dataset = dataset_of(folder)
    with clock.running():
        FILES["graph.ttl"](dataset)
    return {}


def dump(folder: Path, clock: Clock) -> Figures:
    """The same triples as Turtle with the same prefixes, in the order of the store."""
    dataset, plain = dataset_of(folder), ox.Store()
    plain.extend(ox.Quad(*quad.triple) for quad in dataset.store)
    prefixes = dataset.prefixes
    with clock.running():
        plain.dump(format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=prefixes)
    return {}


def rdflib_turtle(folder: Path, clock: Clock) -> Figures:
    """A sample of the graph as rdflib's Turtle, with the same prefixes."""
    import rdflib

    data = rdflib.Dataset(default_union=True).parse(
        data=b"".join(sample(folder)).decode(), format="nquads"
    )
    plain = rdflib.Graph()
    for name, namespace in dataset_of(folder).prefixes.items():
        plain.bind(name, namespace)
    for triple in data.triples((None, None, None)):
        plain.add(triple)
    with clock.running():
        plain.serialize(format="turtle")
    return {"lines": len(plain)}


def closure(folder: Path, clock: Clock) -> Figures:
    """What follows from the ontology and the edges between concepts."""
    from kg.identifiers import Graphs
    from kg.infer import close, read_rules
    from kg.project import read_project
    from kg.store import open_store
    from tests.bench.corpus import BASE

    store = open_store(read_project(folder / "project").cache)
    graphs = Graphs(BASE)
    asserted = [
        quad.triple
        for name in (graphs.ontology, graphs.direct)
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    ]
    with clock.running():
        inferred, _ = close(asserted, read_rules(folder / "project" / "ontology" / "rules"), {})
    return {"inferred": len(set(inferred))}


def shapes(folder: Path, clock: Clock) -> Figures:
    """The project's shapes over the graph, compiled to SPARQL."""
    from kg.identifiers import Graphs
    from kg.validate import validate
    from tests.bench.corpus import BASE

    store = ox.Store()
    store.load(graph(folder), format=ox.RdfFormat.N_QUADS)
    path = folder / "project" / "ontology" / "shapes.ttl"
    with clock.running():
        issues = validate(store, path, data=Graphs(BASE).data, places={}, language="en")
    return {"issues": len(issues)}


def pyshacl(folder: Path, clock: Clock) -> Figures:
    """The same by pySHACL over an rdflib graph."""
    from pyshacl import validate
    from rdflib import RDF, SH, Dataset, Graph

    data, plain = Dataset(), Graph()
    data.parse(data=graph(folder).decode(), format="nquads")
    for triple in data.quads((None, None, None, None)):
        plain.add(triple[:3])
    ontology = folder / "project" / "ontology"
    rules = Graph()
    for name in ("core-shapes.ttl", "shapes.ttl"):
        rules.parse(ontology / name)
    with clock.running():
        _, found, _ = validate(plain, shacl_graph=rules, inference="none", advanced=True)
    return {"issues": len(set(found.subjects(RDF.type, SH.ValidationResult)))}


def start(folder: Path, clock: Clock) -> Figures:
    """`kg --help`, wall-clock seconds, the best of five."""
    seconds = []
    for _ in range(5):
        begin = time.perf_counter()
        with clock.running():
            command("--help")
        seconds.append(time.perf_counter() - begin)
    return {"seconds": min(seconds), "folder": folder.name}


STEPS: dict[str, Callable[..., Figures]] = {
    step.__name__: step
    for step in (
        *(write, map_records, read_records, load, bulk_load, rdflib_parse, oxigraph_parse),
        *(
            build,
            build_1,
            build_2,
            rebuild,
            shards,
            export_turtle,
            dump_disk,
            turtle,
            dump,
            rdflib_turtle,
            closure,
            shapes,
            pyshacl,
        ),
        *(natively, by_worker, each, by_rdflib, start),
    )
}


def main(name: str, folder: str) -> None:
    clock = Clock()
    found = STEPS[name](Path(folder), clock)
    print(json.dumps({"cpu": clock.seconds, "peak": peak(), **found}))


if __name__ == "__main__":
    main(*sys.argv[1:])

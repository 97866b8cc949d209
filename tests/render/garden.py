"""A kitchen garden, coded: the small project that the page's tests look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.identifiers import Graphs
from kg.infer import close, read_rules
from kg.mapping import dataset_quads, document_quads
from kg.model import Classification, Document, Flow, Mention, Passage, Span, Statement
from kg.network import concept_network
from kg.questions import read_questions
from kg.render import render
from kg.render.layout import place
from kg.render.sparql import sparql_page
from kg.writers.dataset import Dataset

BASE = "https://garden.example/"
LANGUAGES = ("en", "zh-Hans")
CONCEPT, TERM = f"{BASE}concept/", f"{BASE}terms#"
CODED = "2026-01-02T09:00:00Z"
TEXT = (
    "PRESS OFFICE, CALL 555\n"
    "The garden in June 🌹\n"
    "In summer the ladybird eats the aphid, says the Garden Society. "
    "Thus the ladybird protects the rose. "
    "Nobody has seen a rose eat anything. "
    "Compost moves from the heap to the flower bed. The end.\n"
    "COPYRIGHT NOTICE"
)
BODY = (TEXT.index("The garden"), TEXT.index("COPYRIGHT"))


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def mention(number: int, words: str, concept: str, coder: str = "ann") -> Mention:
    return Mention(f"m-{number}", (span(words),), CONCEPT + concept, coder, CODED)


def statement(name: str, subject: str, relation: str, object_: str, **more: object) -> Statement:
    ends = (CONCEPT + subject, TERM + relation, CONCEPT + object_)
    return replace(Statement(name, *ends, "descriptive", "ann", CODED), **more)  # type: ignore[arg-type]


EATING = Passage(
    "p-1",
    span("In summer the ladybird eats the aphid, says the Garden Society."),
    "ann",
    CODED,
    mentions=(
        mention(1, "ladybird", "ladybird"),
        mention(2, "aphid", "aphid"),
        mention(3, "summer", "summer"),
        mention(4, "Garden Society", "society"),
    ),
    statements=(
        statement(
            "s-1",
            "ladybird",
            "eats",
            "aphid",
            subject_mentions=("m-1",),
            object_mentions=("m-2",),
            qualifiers=((f"{TERM}inSeason", f"{CONCEPT}summer"),),
            source=f"{CONCEPT}society",
        ),
    ),
    classifications=(
        Classification("x-1", f"{CONCEPT}aphid", f"{TERM}hasRank", f"{CONCEPT}pest", "ann", CODED),
    ),
)
PROTECTING = Passage(
    "p-2",
    span("Thus the ladybird protects the rose."),
    "ann",
    CODED,
    mentions=(
        Mention("m-5", (span("ladybird protects"),), f"{CONCEPT}ladybird", "ann", CODED),
        mention(6, "rose", "rose"),
    ),
    statements=(
        statement(
            "s-2",
            "ladybird",
            "protects",
            "rose",
            modality="required",
            explicitness="implied",
            confidence="0.8",
            note="Between the lines.",
        ),
    ),
)
MOVING = Passage(
    "p-3",
    span("Compost moves from the heap to the flower bed."),
    "bob",
    CODED,
    mentions=(
        mention(7, "Compost", "compost", "bob"),
        mention(8, "heap", "heap", "bob"),
        mention(9, "flower bed", "bed", "bob"),
    ),
    flows=(
        Flow(
            "f-1",
            f"{CONCEPT}compost",
            f"{CONCEPT}heap",
            f"{CONCEPT}bed",
            "",
            "descriptive",
            "bob",
            CODED,
        ),
    ),
)
DOCUMENT = Document(
    key="june",
    text=TEXT,
    sha256="00",
    body=(BODY,),
    title="The garden in June",
    issued="2026-06-01",
    source="https://garden.example/june",
    language="en",
    passages=(EATING, PROTECTING, MOVING),
)
JULY_TEXT = "In July the ladybird must eat the aphid. The rose grows without the ladybird."


def july(words: str) -> Span:
    start = JULY_TEXT.index(words)
    return Span(start, start + len(words), words)


JULY = Document(
    key="july",
    text=JULY_TEXT,
    sha256="01",
    body=((0, len(JULY_TEXT)),),
    title="The garden in July",
    issued="2026-07-01",
    language="en",
    passages=(
        Passage(
            "p-4",
            july("In July the ladybird must eat the aphid."),
            "bob",
            CODED,
            mentions=(
                Mention("m-10", (july("ladybird"),), f"{CONCEPT}ladybird", "bob", CODED),
                Mention("m-11", (july("aphid"),), f"{CONCEPT}aphid", "bob", CODED),
            ),
            statements=(
                statement("s-3", "ladybird", "eats", "aphid", modality="required", coder="bob"),
            ),
        ),
        Passage(
            "p-5",
            july("The rose grows without the ladybird."),
            "bob",
            CODED,
            mentions=(Mention("m-12", (july("rose"),), f"{CONCEPT}rose", "bob", CODED),),
            statements=(
                statement("s-4", "ladybird", "protects", "rose", polarity="negative", coder="bob"),
            ),
        ),
    ),
)
"""A month later another coder reads the one claim again, and the other denied."""


@dataclass(frozen=True)
class Garden:
    """A project as the page gets it; tests replace what they want to see broken."""

    ontology: str = (Path(__file__).parent / "garden.trig").read_text("utf-8")
    documents: tuple[Document, ...] = (DOCUMENT,)
    languages: tuple[str, ...] = LANGUAGES
    title: str = "Kitchen garden"
    titles: tuple[tuple[str, str], ...] = ()
    coders: tuple[tuple[str, str], ...] = (("ann", "Ann"), ("bob", "Bob"))

    def store(self) -> ox.Store:
        graphs = Graphs(BASE)
        store = ox.Store()
        store.load(self.ontology.encode(), format=ox.RdfFormat.TRIG)
        text = dataset_quads(
            graphs, titles={"": self.title}, build="b", documents=(), coders=dict(self.coders)
        )
        for document in self.documents:
            text += "".join(document_quads(document, graphs, {}))
        store.load(text.encode(), format=ox.RdfFormat.N_QUADS)
        direct = ox.NamedNode(graphs.direct)
        store.extend(ox.Quad(*triple, direct) for triple in self._direct())
        asserted = [
            quad.triple
            for name in (graphs.ontology, graphs.direct)
            for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        ]
        inferred, _ = close(asserted, read_rules(Path()))
        store.extend(ox.Quad(*triple, ox.NamedNode(graphs.inferred)) for triple in inferred)
        return store

    def _direct(self) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
        for document in self.documents:
            for passage in document.passages:
                said = (each for each in passage.statements if each.polarity == "positive")
                for item in (*said, *passage.classifications):
                    iris = (item.subject, item.predicate, item.object)
                    yield tuple(ox.NamedNode(iri) for iri in iris)  # type: ignore[misc]

    def sparql_page(self, graph: str = "graph.html") -> str:
        """With the program's own questions only."""
        dataset = Dataset(self.store(), BASE, self.languages, {"t": TERM})
        questions = read_questions(Path("none")).values()
        titles = dict(self.titles)
        page = sparql_page(dataset, questions, own=(), title=self.title, titles=titles, graph=graph)
        return page.decode()

    def page(self, sparql: str = "") -> str:
        store = self.store()
        network = concept_network(store, base=BASE, languages=self.languages)
        return render(
            store,
            self.documents,
            network=network,
            title=self.title,
            titles=dict(self.titles),
            base=BASE,
            languages=self.languages,
            positions=place(network, {}),
            build_id="0123456789abcdef",
            sparql=sparql,
        )


def unpacked(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a packed table, as the page reads them."""
    records: list[dict[str, Any]] = [dict(table["same"]) for _ in range(table["count"])]
    for name, values in table["columns"].items():
        for record, value in zip(records, values, strict=True):
            record.update({} if value is None else {name: value})
    for name, values in table["few"].items():
        for number, value in values.items():
            records[int(number)][name] = value
    return records

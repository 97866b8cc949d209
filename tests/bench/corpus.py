"""A corpus of any size over this repository's ontology, the same for the same seed.

A document has 20 passages, each with three mentions and one statement; one passage in ten also has
a flow or a classification. Even documents are English, odd ones Chinese. The last two passages of a
document are a second coder's: a stretch that the first has read too, and a longer one. What is
drawn for a document hangs on the seed and its number alone: a corpus is the beginning of every
larger one.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg import identifiers
from kg.identifiers import Graphs
from kg.mapping import dataset_quads, document_quads
from kg.model import Classification, Document, Flow, Mention, Passage, Span, Statement
from kg.namespaces import PKG, RDF
from kg.ontology import Concept, Ontology, Relation, read_ontology, subjects
from kg.readers.jsonl_writer import jsonl_lines
from kg.readers.names import Names

ROOT = Path(__file__).parent.parent.parent
BASE = "https://w3id.org/policy-kg/"
BUILD = "0123456789abcdef"
PASSAGES = 20
"""In each document, those of the second coder included."""
TRIPLES = 1_770
"""About so many in the graph of one document."""
SETTINGS = f"""title = "A corpus"
base = "{BASE}"
languages = ["en", "zh-Hans"]
exports = []

[coders]
a1 = "Coder A1"
b1 = "Coder B1"
"""
CODERS = {"a1": "Coder A1", "b1": "Coder B1"}
MODALITIES = ("required", "proposed", "descriptive", "planned", "encouraged", "piloted")
ENGLISH = (
    "early steady local common careful open distant narrow mutual quiet plain northern",
    "workshop harbour orchard archive council market bridge garden road mill river school",
    "renewal exchange upkeep planning records training access transport lighting survey",
)
CHINESE = "春江花月夜山水田园云雨风雪松竹梅兰菊石桥路城乡村镇市港湾学校图书工坊年度报告经验办法"


@dataclass(frozen=True)
class Corpus:
    """So many documents over the ontology of a folder."""

    size: int
    seed: int = 1
    folder: Path = ROOT / "ontology"

    @cached_property
    def ontology(self) -> Ontology:
        return read_ontology(self.folder, BASE)

    @cached_property
    def choices(self) -> Choices:
        return Choices(self.ontology)

    @property
    def documents(self) -> Iterator[Document]:
        """One after the other; none is kept."""
        return (self.document(number) for number in range(self.size))

    def document(self, number: int) -> Document:
        """The document of that number."""
        return Writer(self.choices, random.Random(f"{self.seed}/{number}"), number).document()  # noqa: S311

    def quads(self) -> Iterator[str]:
        """N-Quads: the dataset, then each document."""
        graphs = Graphs(BASE)
        keys = (key(number) for number in range(self.size))
        yield dataset_quads(graphs, title="A corpus", build=BUILD, documents=keys, coders=CODERS)
        datatypes = {q.iri: q.datatype for q in self.ontology.qualifiers.values() if q.datatype}
        for document in self.documents:
            yield from document_quads(document, graphs, datatypes)

    def write(self, project: Path) -> None:
        """A project to build: the ontology, `kg.toml`, and all documents as JSON Lines."""
        shutil.copytree(self.folder, project / "ontology")
        (project / "kg.toml").write_text(SETTINGS, "utf-8")
        (project / "passages").mkdir()
        with (project / "passages" / "reports.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(jsonl_lines(self.documents, Names(self.ontology)))

    def store(self, folder: Path | None = None) -> ox.Store:
        """All graphs but the direct and the inferred one; on disk where a folder is given."""
        store = ox.Store(str(folder)) if folder else ox.Store()
        load = store.bulk_load if folder else store.load
        graph = ox.NamedNode(Graphs(BASE).ontology)
        store.extend(ox.Quad(*quad.triple, graph) for quad in self.ontology.store)
        waiting: list[str] = []
        for part in self.quads():
            waiting.append(part)
            if len(waiting) > 100_000:
                load("".join(waiting).encode(), format=ox.RdfFormat.N_QUADS)
                waiting.clear()
        load("".join(waiting).encode(), format=ox.RdfFormat.N_QUADS)
        return store


def of_triples(triples: int, seed: int = 1) -> Corpus:
    """A corpus whose graph has about so many."""
    return Corpus(max(1, round(triples / TRIPLES)), seed)


def key(number: int) -> str:
    return f"report-{number:06}"


class Choices:
    """What a statement of each relation may name."""

    def __init__(self, ontology: Ontology) -> None:
        self.concepts = [c for c in ontology.concepts.values() if len(c.labels) > 1]
        fitting = {
            r.key: (r, self._of(r.domain), self._of(r.range)) for r in ontology.relations.values()
        }
        inverse = set(subjects(ontology.store, RDF.type, PKG.InverseRelation))
        usable = [c for c in fitting.values() if c[1] and c[2] and c[0].iri not in inverse]
        self.said = [choice for choice in usable if not choice[0].analyst]
        self.read = [choice for choice in usable if choice[0].analyst]
        self.qualifiers = [
            (q, self._of(q.range)) for q in ontology.qualifiers.values() if not q.datatype
        ]

    def _of(self, classes: frozenset[str]) -> list[Concept]:
        return [c for c in self.concepts if not classes or c.classes & classes]


class Writer:
    """One document in the making: text so far, and what was coded in it."""

    def __init__(self, choices: Choices, chance: random.Random, number: int) -> None:
        self.choices = choices
        self.chance = chance
        self.key = key(number)
        self.chinese = number % 2 == 1
        self.year = 1990 + number % 36
        self.text = ""
        self.seen: dict[str, int] = {}

    def document(self) -> Document:
        first = [self.passage() for _ in range(PASSAGES - 2)]
        passages = [*first, self.again(first[-1]), self.longer(first[-3], first[-2])]
        return Document(
            key=self.key,
            text=self.text,
            sha256=hashlib.sha256(self.text.encode()).hexdigest(),
            body=((0, len(self.text)),),
            title=f"{self.year} 年报告" if self.chinese else f"Report of {self.year}",
            issued=f"{self.year}-01-02",
            language="zh-Hans" if self.chinese else "en",
            passages=tuple(passages),
        )

    def one_of(self, things: Sequence[Concept]) -> Concept:
        """The first ones are chosen most."""
        return things[int(len(things) * self.chance.random() ** 2)]

    def passage(self) -> Passage:
        """A sentence, behind all that stands there already."""
        relation, domain, range_ = self.choices.said[
            int(len(self.choices.said) * self.chance.random() ** 1.5)
        ]
        subject, others = self.one_of(domain), range_
        if subject in range_ and len(range_) > 1:
            others = [concept for concept in range_ if concept is not subject]
        named = (subject, self.one_of(others), self.one_of(self.choices.concepts))
        pieces = self._sentence(relation, [self._label(concept) for concept in named])
        start, spans = len(self.text), []
        for piece, marked in pieces:
            if marked:
                spans.append(Span(len(self.text), len(self.text) + len(piece), piece))
            self.text += piece
        quote = self.text[start:]
        self.text += "" if self.chinese else " "
        self.seen[quote] = self.seen.get(quote, 0) + 1
        id_ = identifiers.passage_id(self.key, quote, self.seen[quote])
        return self._coded(
            id_, Span(start, start + len(quote), quote), spans, named, relation, "a1"
        )

    def _sentence(self, relation: Relation, labels: list[str]) -> list[tuple[str, bool]]:
        subject, object_, third = labels
        if self.chinese:
            words = "".join(self.chance.choices(CHINESE, k=24))
            says = relation.labels.get("zh-hans", relation.key)
            tail = "".join(self.chance.choices(CHINESE, k=16))
            return [
                (f"据{words}，", False), (subject, True), (says, False), (object_, True),
                ("，兼顾", False), (third, True), (f"，并见于{tail}。", False),
            ]  # fmt: skip
        words = " ".join(self.chance.choice(line.split()) for line in ENGLISH * 2)
        says = relation.labels.get("en", relation.key)
        tail = " ".join(self.chance.choice(line.split()) for line in ENGLISH)
        return [
            (f"According to the {words}, ", False), (subject, True), (f" {says} ", False),
            (object_, True), (", together with ", False), (third, True),
            (f", for the {tail}.", False),
        ]  # fmt: skip

    def _label(self, concept: Concept) -> str:
        return concept.labels.get("zh-hans" if self.chinese else "en", concept.key)

    def _coded(
        self,
        id_: str,
        span: Span,
        spans: list[Span],
        named: Sequence[Concept],
        relation: Relation,
        coder: str,
    ) -> Passage:
        coded = f"2026-11-{1 + self.chance.randrange(28):02}T09:00:00Z"
        mentions = tuple(
            self._mention(id_, span, marked, concept.iri, coder, coded)
            for marked, concept in zip(spans, named, strict=True)
        )
        extra = self.chance.random()
        return Passage(
            id=id_,
            span=span,
            coder=coder,
            coded=coded,
            mentions=tuple({mention.id: mention for mention in mentions}.values()),
            statements=(self._statement(id_, mentions, relation, coder, coded),),
            flows=(self._flow(id_, coder, coded),) if extra < 0.05 else (),
            classifications=(self._classification(id_, coder, coded),) if extra > 0.95 else (),
        )

    def _mention(
        self, passage: str, around: Span, span: Span, concept: str, coder: str, coded: str
    ) -> Mention:
        within = [(span.start - around.start, span.end - around.start)]
        id_ = identifiers.mention_id(passage, within, concept, coder)
        return Mention(id_, (span,), concept, coder, coded)

    def _statement(
        self,
        passage: str,
        mentions: Sequence[Mention],
        relation: Relation,
        coder: str,
        coded: str,
    ) -> Statement:
        chance = self.chance
        triple = (mentions[0].concept, relation.iri, mentions[1].concept)
        qualifiers: tuple[tuple[str, str], ...] = ()
        if chance.random() < 0.25:
            qualifier, range_ = chance.choice(self.choices.qualifiers)
            qualifiers = ((qualifier.iri, self.one_of(range_).iri),)
        modality = MODALITIES[int(len(MODALITIES) * chance.random() ** 2)]
        source = self.one_of(self.choices.concepts).iri if chance.random() < 0.1 else ""
        id_ = identifiers.statement_id(passage, triple, qualifiers, modality, source, coder)
        return Statement(
            id_,
            *triple,
            modality,
            coder,
            coded,
            qualifiers=qualifiers,
            source=source,
            polarity="negative" if chance.random() < 0.05 else "positive",
            explicitness="implied" if chance.random() < 0.1 else "explicit",
            confidence="0.7" if chance.random() < 0.1 else "1.0",
            status="draft" if chance.random() < 0.05 else "accepted",
            subject_mentions=(mentions[0].id,),
            object_mentions=(mentions[1].id,),
        )

    def _flow(self, passage: str, coder: str, coded: str) -> Flow:
        of, origin, destination, via = (self.one_of(self.choices.concepts).iri for _ in range(4))
        ends = (of, origin, destination, via)
        modality = self.chance.choice(MODALITIES)
        id_ = identifiers.flow_id(passage, ends, (), modality, "", coder)
        return Flow(id_, *ends, modality, coder, coded)

    def _classification(self, passage: str, coder: str, coded: str) -> Classification:
        relation, domain, range_ = self.chance.choice(self.choices.read)
        triple = (self.one_of(domain).iri, relation.iri, self.one_of(range_).iri)
        id_ = identifiers.classification_id(passage, triple, coder)
        return Classification(id_, *triple, coder, coded)

    def again(self, passage: Passage) -> Passage:
        """The same stretch as the second coder reads it: the first two concepts as well."""
        statement = passage.statements[0]
        relation = next(r for r, _, _ in self.choices.said if r.iri == statement.predicate)
        spans = [mention.spans[0] for mention in passage.mentions]
        named = [self._concept(mention.concept) for mention in passage.mentions]
        named[2:] = [self.one_of(self.choices.concepts)] * len(named[2:])
        while len(named) < 3:
            spans.append(spans[0])
            named.append(self.one_of(self.choices.concepts))
        return self._coded(passage.id, passage.span, spans, named, relation, "b1")

    def longer(self, first: Passage, last: Passage) -> Passage:
        """Two stretches as one; what the first says is said here as well."""
        start, end = first.span.start, last.span.end
        span = Span(start, end, self.text[start:end])
        id_ = identifiers.passage_id(self.key, span.quote, 1)
        read = self.again(first)
        spans = [mention.spans[0] for mention in read.mentions]
        named = [self._concept(mention.concept) for mention in read.mentions]
        relation = next(r for r, _, _ in self.choices.said if r.iri == read.statements[0].predicate)
        while len(named) < 3:
            spans.append(spans[0])
            named.append(self.one_of(self.choices.concepts))
        return self._coded(id_, span, spans, named, relation, "b1")

    def _concept(self, iri: str) -> Concept:
        return next(concept for concept in self.choices.concepts if concept.iri == iri)

"""A crowd: a made-up project of any number of concepts, the same for the same number.

Concepts stand in circles of friends, the circles in quarters; a few are known to everybody. About
nine lines to four concepts; of every four lines, one is said in a passage, by words that are there.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.identifiers import Graphs
from kg.mapping import dataset_quads, document_quads
from kg.model import Document, Mention, Passage, Span, Statement
from kg.network import concept_network
from kg.render import render

BASE = "https://crowd.example/"
CONCEPT, TERM = f"{BASE}concept/", f"{BASE}terms#"
LANGUAGES = ("en", "zh-Hans")
CODED = "2026-01-02T09:00:00Z"
CIRCLE, QUARTER = 45, 12
"""Concepts in a circle, circles in a quarter."""
LINES = 2.25
"""For each concept, on average."""
IN_CIRCLE, IN_QUARTER, TO_KNOWN = 0.72, 0.92, 0.97
"""How many lines, of all, end within so near a distance."""
SAID = 4
"""One line in so many is said in a passage."""
PASSAGES = 40
"""In each document."""
WORDS = (
    "bridge market harbour school garden council workshop road orchard mill river archive",
    "open quiet early common narrow steady local distant mutual careful northern plain",
    "renewal exchange upkeep planning festival records training access transport lighting",
)
CHARACTERS = "春江花月夜山水田园云雨风雪松竹梅兰菊石桥路城乡村镇市港湾学校图书工坊"
CLASSES = ("person", "place", "practice", "tool", "season", "event", "rule", "aim", "craft")
RELATIONS = ("knows", "helps", "teaches", "feeds", "follows", "borders", "needs", "serves")


@dataclass(frozen=True)
class Crowd:
    """A project of so many concepts, as the page gets it."""

    size: int
    title: str = "A crowd"

    @cached_property
    def labels(self) -> list[tuple[str, str]]:
        """English and Chinese, all different."""
        chance = random.Random(self.size)  # noqa: S311 - no secret
        return [(_english(number), _chinese(number, chance)) for number in range(self.size)]

    @cached_property
    def lines(self) -> list[tuple[int, str, int]]:
        """Each once: who, how, whom."""
        chance = random.Random(self.size + 1)  # noqa: S311
        found: dict[tuple[int, str, int], None] = {}
        while len(found) < int(self.size * LINES):
            a = chance.randrange(self.size)
            b = self._other(a, chance)
            if a != b:
                found[a, RELATIONS[int(len(RELATIONS) * chance.random() ** 2)], b] = None
        return list(found)

    def _other(self, a: int, chance: random.Random) -> int:
        """Mostly of the same circle, there mostly one of the first."""
        far = chance.random()
        whole = CIRCLE * QUARTER
        if far < IN_CIRCLE:
            b = a - a % CIRCLE + int(CIRCLE * chance.random() ** 2.5)
        elif far < IN_QUARTER:
            b = (
                a
                - a % whole
                + CIRCLE * chance.randrange(QUARTER)
                + int(CIRCLE * chance.random() ** 4)
            )
        elif far < TO_KNOWN:
            b = CIRCLE * chance.randrange(1 + int(math.sqrt(self.size / CIRCLE)))
        else:
            b = chance.randrange(self.size)
        return b if b < self.size else chance.randrange(self.size)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Three lines of the same circle to a passage, where there are so many."""
        said = sorted(self.lines[::SAID])
        passages = [said[first : first + 3] for first in range(0, len(said), 3)]
        return tuple(
            self._document(number, passages[first : first + PASSAGES])
            for number, first in enumerate(range(0, len(passages), PASSAGES))
        )

    def _document(self, number: int, passages: list[list[tuple[int, str, int]]]) -> Document:
        text, coded = "", []
        for at, lines in enumerate(passages):
            passage = self._passage(f"{number}-{at}", len(text), lines)
            coded.append(passage)
            text += f"{passage.span.quote} "
        return Document(
            key=f"letter-{number}",
            text=text,
            sha256="00",
            body=((0, len(text)),),
            title=f"Letter {number + 1}",
            issued=f"{1990 + number % 36}-01-02",
            language="en",
            passages=tuple(coded),
        )

    def _passage(self, name: str, start: int, lines: list[tuple[int, str, int]]) -> Passage:
        text, mentions, statements = "", [], []
        for number, (a, relation, b) in enumerate(lines):
            ends = []
            for end, words in ((a, "People say that the "), (b, f" {relation} the ")):
                text += words
                label = self.labels[end][0]
                at = Span(start + len(text), start + len(text) + len(label), label)
                ends.append(
                    Mention(f"m-{name}-{number}-{len(ends)}", (at,), self.iri(end), "ann", CODED)
                )
                text += label
            text += ". "
            mentions += ends
            iris = (self.iri(a), TERM + relation, self.iri(b))
            statements.append(
                Statement(
                    f"s-{name}-{number}",
                    *iris,
                    "descriptive",
                    "ann",
                    CODED,
                    subject_mentions=(ends[0].id,),
                    object_mentions=(ends[1].id,),
                )
            )
        span = Span(start, start + len(text.rstrip()), text.rstrip())
        return Passage(f"p-{name}", span, "ann", CODED, tuple(mentions), tuple(statements))

    def iri(self, number: int) -> str:
        return f"{CONCEPT}c-{number:05}"

    def places(self) -> dict[str, tuple[int, int]]:
        """A place for everybody among the friends, without any computing."""
        found = {}
        for number in range(self.size):
            circle, one = divmod(number, CIRCLE)
            quarter, corner = divmod(circle, QUARTER)
            x = 9_000 * (quarter % 9) + 2_000 * (corner % 4) + 240 * (one % 7)
            y = 3_600 * (quarter // 9) + 1_000 * (corner // 4) + 110 * (one // 7)
            found[self.iri(number)] = (x, y)
        return found

    def page(self) -> str:
        store = self.store()
        return render(
            store,
            self.documents,
            network=concept_network(store, base=BASE, languages=LANGUAGES),
            title=self.title,
            base=BASE,
            languages=LANGUAGES,
            positions=self.places(),
            build_id="0123456789abcdef",
        )

    def store(self) -> ox.Store:
        graphs = Graphs(BASE)
        store = ox.Store()
        store.load("".join(self._ontology(graphs)).encode(), format=ox.RdfFormat.TRIG)
        quads = dataset_quads(
            graphs, titles={"": self.title}, build="b", documents=(), coders={"ann": "Ann"}
        )
        for document in self.documents:
            quads += "".join(document_quads(document, graphs, {}))
        store.load(quads.encode(), format=ox.RdfFormat.N_QUADS)
        return store

    def _ontology(self, graphs: Graphs) -> Iterator[str]:
        yield PREFIXES
        yield f"<{graphs.ontology}> {{\n"
        yield "pkg:modality-descriptive rdfs:label 'descriptive'@en , '描述'@zh-Hans .\n"
        for name in CLASSES:
            yield f"t:{name.title()} a owl:Class ; rdfs:subClassOf skos:Concept ; "
            yield f"rdfs:label '{name}'@en .\n"
        for name in RELATIONS:
            yield f"t:{name} a owl:ObjectProperty ; rdfs:label '{name}'@en .\n"
        for number, (english, chinese) in enumerate(self.labels):
            kind = CLASSES[(number % CIRCLE + number // CIRCLE) % len(CLASSES)].title()
            yield (
                f"<{self.iri(number)}> a t:{kind} ; "
                f"skos:prefLabel '{english}'@en , '{chinese}'@zh-Hans .\n"
            )
        yield "}\n"
        yield f"<{graphs.direct}> {{\n"
        for a, relation, b in self.lines:
            yield f"<{self.iri(a)}> t:{relation} <{self.iri(b)}> .\n"
        yield "}\n"


PREFIXES = f"""
@prefix pkg: <https://w3id.org/policy-kg/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <{TERM}> .
"""


def _english(number: int) -> str:
    """One to three words, and a numeral where the words are used up."""
    words, rest = [], number + 1
    for choice in (line.split() for line in WORDS):
        if rest:
            rest, chosen = divmod(rest - 1, len(choice))
            words.append(choice[chosen])
    name = " ".join([*words[1:2], *words[:1], *words[2:]])
    return f"{name} {rest + 1}" if rest else name


def _chinese(number: int, chance: random.Random) -> str:
    count = len(CHARACTERS)
    letters = [CHARACTERS[number // count**place % count] for place in range(3)]
    return "".join(letters) + "".join(chance.choices(CHARACTERS, k=chance.randrange(5)))

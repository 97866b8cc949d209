"""From a file of anybody's to a page, and sentences on what of the file is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.anyrdf.details import Details
from kg.anyrdf.facts import Facts
from kg.anyrdf.groups import groups_of
from kg.anyrdf.loading import load
from kg.anyrdf.names import names_of
from kg.anyrdf.network import network_of
from kg.anyrdf.opening import CHOOSE
from kg.anyrdf.own import documents_of, make_whole, own_dataset
from kg.anyrdf.picture import Picture, picture_of
from kg.anyrdf.texts import in_languages, labels_of, languages_of, said_of
from kg.anyrdf.vocabularies import vocabularies
from kg.errors import InputError, Place
from kg.identifiers import Graphs
from kg.labels import labels
from kg.network import concept_classes, concept_network
from kg.render import render, render_network
from kg.render.layout import place
from kg.results import counted
from kg.store import build_id

if TYPE_CHECKING:
    from kg.render.evidence import Drawn, Record

Step = Callable[[str], None]

_NOUNS = {"concepts": "concepts", "classes": "classes and individuals", "things": "things"}
_WORDS = {"concepts": ["file"], "classes": ["node", "file"], "things": ["node", "file"]}
"""In which words the page speaks of what it draws (`say` in words.js)."""
_WIDTHS = [1.3]


@dataclass(frozen=True)
class Page:
    """The HTML, and what is drawn and left out, in sentences."""

    html: str
    sentences: tuple[str, ...]


def draw(path: Path, most: int, step: Step = lambda _: None) -> Page:
    """The page of a file with at most so many things; InputError where nothing can be drawn.

    `step` hears what is being done.
    """
    step("reading")
    facts = Facts(load(path))
    own = own_dataset(facts.store)
    return _own_page(facts, *own, step) if own else _page(facts, path, most, step)


# ── A graph of our own ──────────────────────────────────────────────────────────────────────────


def _own_page(facts: Facts, base: str, title: str, step: Step) -> Page:
    store = facts.store
    made_whole = make_whole(store, base)
    known = labels(store, ())
    concepts = [known.get(iri, {}) for iri in concept_classes(store, Graphs(base))]
    languages = languages_of(concepts)
    network = concept_network(store, base=base, languages=languages)
    documents = documents_of(store)
    step("laying out")
    html = render(
        store,
        documents,
        network=network,
        title=title,
        base=base,
        languages=languages,
        positions=place(network, {}),
        build_id=build_id(store),
    )
    sentences = [
        f"a graph of kg: {counted(len(network), 'concepts')}, "
        f"{counted(network.number_of_edges(), 'relations')}",
        "its quotes are shown with the few words around them that it holds, not with whole texts",
    ]
    if made_whole:
        sentences.append(
            "this format does not tell what follows from what the ontology says: graph.trig does"
        )
    return Page(html, tuple(sentences))


# ── Anybody's ───────────────────────────────────────────────────────────────────────────────────


def _page(facts: Facts, path: Path, most: int, step: Step) -> Page:
    step("choosing")
    picture = picture_of(facts, most)
    if not picture.nodes:
        what = "there is nothing in this file that could be drawn: it describes no thing"
        raise InputError(what, fix=CHOOSE, place=Place(str(path)))
    step("collecting")
    groups = groups_of(facts, picture)
    names = names_of(facts, picture, groups.of)
    network = network_of(picture, groups.of, names.known, names.languages)
    details = Details(facts, names, frozenset(picture.edges))
    step("laying out")
    positions = place(network, {})

    def tables(drawn: Drawn, relations: Sequence[Record]) -> dict[str, Any]:
        return {
            "about": details.about(drawn),
            "relations": details.relations(drawn, relations),
            "widths": _WIDTHS,
            "words": [*(["branch"] if groups.branches else []), *_WORDS[picture.kind]],
            "file": {"name": path.name, "things": picture.things, "lines": picture.lines},
        }

    step("writing")
    html = render_network(
        network,
        names.known,
        tables,
        title=title_of(facts, names.languages) or stem_of(path),
        languages=names.languages,
        positions=positions,
    )
    return Page(html, tuple(_sentences(picture)))


def _sentences(picture: Picture) -> Iterator[str]:
    noun = _NOUNS[picture.kind]
    drawn, lines = len(picture.nodes), len(picture.edges)
    if drawn == picture.things:
        every = "the only one is" if drawn == 1 else f"all {drawn:,} are"
        yield f"{noun}: {every} drawn, with {counted(lines, 'relations')}"
    else:
        yield (
            f"{noun}: {drawn:,} of {picture.things:,} are drawn, the best joined ones, with "
            f"{lines:,} of {counted(picture.lines, 'relations')}; for more of them: --most N"
        )


def stem_of(path: Path) -> str:
    """The name of a file without what says how it is written.

    >>> stem_of(Path("a/trees.v2.ttl.gz"))
    'trees.v2'
    """
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return Path(name).stem


def title_of(facts: Facts, languages: Sequence[str]) -> str:
    """What the file as a whole is called, where it says so of one thing only; else ""."""
    for whole in vocabularies().role("whole"):
        things = sorted(thing for thing, classes in facts.types.items() if whole in classes)
        titles = [in_languages(labels_of(facts, said_of(facts, t)), languages) for t in things]
        if len(things) == 1 and titles[0]:
            return next(iter(titles[0].values()))
    return ""

"""From a file of anybody's to a page: what of it is drawn, and under which names.

A network as that of our own concepts is made of it (kg.network), so that the page is the same. A
mark's size stands for its lines in the file, as elsewhere for passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.anyrdf.details import Details
from kg.anyrdf.facts import Facts, Line, name_of
from kg.anyrdf.groups import Groups, groups_of
from kg.anyrdf.loading import load
from kg.anyrdf.opening import CHOOSE
from kg.anyrdf.own import documents_of, make_whole, own_dataset
from kg.anyrdf.picture import Picture, picture_of
from kg.anyrdf.texts import Said, cut, in_languages, labels_of, languages_of, readable, said_of
from kg.anyrdf.vocabularies import vocabularies
from kg.errors import InputError, Place
from kg.identifiers import claim_id, digest
from kg.labels import Texts, label, labels
from kg.namespaces import OWL, SKOS
from kg.network import concept_network
from kg.ontology import local_name
from kg.render import render, render_network
from kg.render.layout import place
from kg.results import counted
from kg.store import build_id

if TYPE_CHECKING:
    import networkx

LARGEST = 60
"""As many passages would give a mark the size of that of the thing with the most lines."""
LONGEST_TITLE = 120

Step = Callable[[str], None]


@dataclass(frozen=True)
class Page:
    """The HTML, and sentences for whoever asked for it: what is drawn, what is left out."""

    html: str
    sentences: tuple[str, ...]


def draw(path: Path, most: int, step: Step = lambda _: None) -> Page:
    """The page of a file; InputError where nothing of it can be drawn. `step` hears what is done."""
    step("reading")
    facts = Facts(load(path))
    own = own_dataset(facts.store)
    return _own_page(facts, *own, step) if own else _page(facts, path, most, step)


def _own_page(facts: Facts, base: str, title: str, step: Step) -> Page:
    step("laying out")
    made_whole = make_whole(facts.store, base)
    concepts = labels(facts.store, ())
    ...

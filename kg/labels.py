"""Texts in the project's languages: labels, definitions.

Oxigraph folds language tags to lower case; here they are written as the project writes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg import terms
from kg.namespaces import RDFS, SKOS
from kg.ontology import local_name

Texts = dict[str, str]
"""Language tag → text, "" → a text without a tag."""


def texts(store: ox.Store, predicate: str, languages: Sequence[str]) -> dict[str, Texts]:
    """The values of a text property of everything; the first in code-point order where several."""
    tags = {tag.lower(): tag for tag in languages}
    found: dict[str, Texts] = defaultdict(dict)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
        text, tag = terms.value(quad.object), terms.language(quad.object).lower()
        known = found[terms.value(quad.subject)]
        tag = tags.get(tag, tag)
        known[tag] = min(known.get(tag, text), text)
    return {iri: dict(sorted(by_tag.items())) for iri, by_tag in found.items()}


def labels(store: ox.Store, languages: Sequence[str]) -> dict[str, Texts]:
    """Preferred labels of concepts, labels of everything else."""
    return texts(store, RDFS.label, languages) | texts(store, SKOS.prefLabel, languages)


def label(iri: str, known: Mapping[str, Texts], languages: Sequence[str]) -> str:
    """In the first of the languages that has one, else in any, else the local name.

    >>> label("https://example.org/c/sea", {"https://example.org/c/sea": {"pt": "mar"}}, ["en"])
    'mar'
    """
    by_tag = known.get(iri, {})
    named = (by_tag[tag] for tag in languages if tag in by_tag)
    return next(named, "") or next(iter(by_tag.values()), "") or local_name(iri)

"""What the features of an annotation in INCEpTION or UIMA mean: its label, who said it, the rest.

A layer is a type with features of anybody's choice. The label is the feature that is usually one;
where none has a value, it is the name of the layer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from kg.interchange.model import Circumstances

LABELS = ("label", "value", "PosValue", "DependencyType", "referenceType", "referenceRelation",
          "identifier")  # fmt: skip
"""Features that hold the label, the likeliest first."""
SAID = {"coder": "coder", "time": "time", "note": "note", "comment": "note",
        "confidence": "confidence", "status": "status"}  # fmt: skip
FIELDS = "fields"
"""A feature for all that has none: a JSON list of names and values."""
CONCEPT = "webanno.custom.Concept"
RELATION = "webanno.custom.Relates"
"""The layers that are written, with the features below."""
FEATURES = ("coder", "confidence", "fields", "label", "note", "status", "time")
_STRUCTURE = (
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "uima.tcas.DocumentAnnotation",
)
_WORDS = {
    f"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.{name}"
    for name in ("Token", "Sentence", "Paragraph", "Heading", "Div", "Document", "Split")
}


GRAMMAR_LEFT = "marks of grammar (lemmas, parts of speech …), not read"
WORDS_LEFT = "relations between words that no layer marks, not read"
"""Remarks on what is passed over."""
_CORE = "de.tudarmstadt.ukp.dkpro.core.api."
_GRAMMAR = tuple(
    f"{_CORE}{name}" for name in ("lexmorph.type.", "syntax.type.", "segmentation.type.")
)


@lru_cache(maxsize=1_000)
def is_grammar(layer: str) -> bool:
    """Whether a layer describes the language of every word; programs fill such layers.

    >>> is_grammar(f"{_CORE}segmentation.type.Lemma"), is_grammar(f"{_CORE}ner.type.NamedEntity")
    (True, False)
    """
    return layer.startswith(_GRAMMAR)


@lru_cache(maxsize=1_000)
def is_structure(layer: str) -> bool:
    """Whether a layer says how the text is built, not what it means: words, sentences, metadata."""
    return layer in _WORDS or layer.startswith(_STRUCTURE)


def short(layer: str) -> str:
    """
    >>> short("webanno.custom.Concept")
    'Concept'
    """
    return layer.rpartition(".")[2]


def label_of(layer: str, features: Mapping[str, str]) -> tuple[str, str]:
    """The label, and the feature it is the value of ("" for none).

    >>> label_of("webanno.custom.Span", {"value": "", "Certain": "no"})
    ('no', 'Certain')
    >>> label_of("webanno.custom.Span", {})
    ('Span', '')
    """
    for name in (*LABELS, *sorted(features.keys() - SAID.keys())):
        if value := features.get(name, "").strip():
            return value, name
    return short(layer), ""


def said_of(features: Mapping[str, str], label: str) -> Circumstances:
    """Who said it and when, by features of those names; the others but the `label` are kept."""
    known = {SAID[name]: value for name, value in features.items() if name in SAID and value}
    more: list[tuple[str, str]] = []
    for name, value in sorted(features.items()):
        if value and name != label and name not in SAID:
            more += _pairs(value) if name == FIELDS else [(name, value)]
    return Circumstances(**known, more=tuple(more))


def _pairs(value: str) -> list[tuple[str, str]]:
    """All other fields in one, as they are written here; as it is where somebody else wrote it."""
    try:
        pairs = json.loads(value)
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        return [(FIELDS, value)]
    return [(name, text) for name, text in pairs]


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and [type(part) for part in pair] == [str, str]


def features_of(label: str, said: Circumstances) -> dict[str, str]:
    """The features of `FEATURES` that a mark or a relation is written with."""
    given = {"label": label, "coder": said.coder, "time": said.time, "note": said.note}
    given |= {"confidence": said.confidence, "status": said.status}
    given[FIELDS] = json.dumps(said.more, ensure_ascii=False) if said.more else ""
    return {name: given[name] for name in FEATURES}

"""What the features of an annotation in INCEpTION or UIMA mean: its label, who said it, the rest.

A layer is a type with features of anybody's choice. The label is the feature that is usually one;
where none has a value, it is the name of the layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.interchange.model import Circumstances

LABELS = ("label", "value", "PosValue", "DependencyType", "referenceType", "referenceRelation",
          "identifier")  # fmt: skip
"""Features that hold the label, the likeliest first."""
SAID = {"coder": "coder", "time": "time", "note": "note", "comment": "note",
        "confidence": "confidence", "status": "status"}  # fmt: skip
CONCEPT = "webanno.custom.Concept"
RELATION = "webanno.custom.Relates"
"""The layers that are written, with the features below."""
FEATURES = ("coder", "confidence", "label", "note", "status", "time")
_STRUCTURE = (
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "uima.tcas.DocumentAnnotation",
)
_WORDS = {
    f"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.{name}"
    for name in ("Token", "Sentence", "Paragraph", "Heading", "Div", "Document", "Split")
}


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
    more = sorted(
        (name, value)
        for name, value in features.items()
        if value and name != label and name not in SAID
    )
    return Circumstances(**known, more=tuple(more))


def features_of(label: str, said: Circumstances) -> dict[str, str]:
    """The features of `FEATURES` that a mark or a relation is written with."""
    given = {"label": label, "coder": said.coder, "time": said.time, "note": said.note}
    given |= {"confidence": said.confidence, "status": said.status}
    return {name: given[name] for name in FEATURES}

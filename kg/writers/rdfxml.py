"""RDF/XML: an element for each subject, the union of all graphs.

    <rdf:Description rdf:about="https://example.org/concept/sea">
      <skos:prefLabel xml:lang="en">sea</skos:prefLabel>
    </rdf:Description>

https://www.w3.org/TR/rdf-syntax-grammar/. A relation becomes the name of an element, so its IRI has
to end in a name. Written here because Oxigraph lets control characters through and writes elements
without a name. Characters that XML forbids are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.errors import FormatError, Place
from kg.namespaces import RDF
from kg.writers.dataset import Dataset
from kg.writers.tokens import TYPE, by_subject, literal
from kg.writers.xmltext import escaped

# NCName of XML, at the end of an IRI
_START = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAMED = re.compile(f"(.*?)([{_START}][{_START}0-9.\u00b7\u0300-\u036f\u203f\u2040-]*)")


class NoElementName(FormatError):
    """A relation whose IRI does not end in a name, which RDF/XML needs."""

    code = "no-element-name"


def rdfxml(dataset: Dataset) -> bytes:
    """The triples of all graphs, or NoElementName."""
    elements = _Elements(dataset.prefixes)
    body = "".join(
        _description(subject, triples, elements) for subject, triples in by_subject(dataset.union)
    )
    declared = "".join(
        f'\n    xmlns:{prefix}="{escaped(namespace)}"'
        for namespace, prefix in sorted(elements.namespaces.items(), key=lambda item: item[1])
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n{body}</rdf:RDF>\n'
    ).encode()


class _Element(dict[str, str]):
    """Token of a value → the element that says it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __missing__(self, token: str) -> str:
        self[token] = line = f"    {_property(self.name, token)}\n"
        return line


class _Elements(dict[str, _Element]):
    """Predicate token → its elements; remembers the namespaces that took."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self.namespaces = {RDF.iri: "rdf"}
        self._known = {ns: name for name, ns in prefixes.items() if name[:3].lower() != "xml"}

    def __missing__(self, token: str) -> _Element:
        match = _NAMED.fullmatch(token[1:-1])
        if match is None:
            raise NoElementName(
                f"RDF/XML cannot write the relation {token[1:-1]}: it does not end in a name",
                fix="let its IRI end in a name, or take graph.rdf from exports in kg.toml",
                place=Place("graph.rdf"),
            )
        prefix = self._prefix(match[1])
        self.namespaces[match[1]] = prefix
        self[token] = element = _Element(f"{prefix}:{match[2]}")
        return element

    def _prefix(self, namespace: str) -> str:
        known = self.namespaces.get(namespace) or self._known.get(namespace)
        return known or f"_{len(self.namespaces)}"


def _description(subject: str, triples: Iterable[list[str]], elements: _Elements) -> str:
    classes: list[str] = []
    others: list[str] = []
    for _, predicate, token in triples:
        (classes if predicate == TYPE else others).append(elements[predicate][token])
    said = "".join(classes + others)
    return f"  <rdf:Description {_node(subject, 'about')}>\n{said}  </rdf:Description>\n"


def _property(name: str, token: str) -> str:
    if not token.startswith('"'):
        return f"<{name} {_node(token, 'resource')}/>"
    text, tag, datatype = literal(token)
    attribute = f' xml:lang="{tag}"' if tag else ""
    if datatype:
        attribute = f' rdf:datatype="{escaped(datatype)}"'
    return f"<{name}{attribute}>{escaped(text)}</{name}>"


def _node(token: str, attribute: str) -> str:
    if token.startswith("_:"):
        return f'rdf:nodeID="b{token[2:]}"'  # a name may not begin with a digit
    return f'rdf:{attribute}="{escaped(token[1:-1])}"'

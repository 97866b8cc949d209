"""What every coded item carries: how sure the coder is, and what the project decided."""

from __future__ import annotations

from kg import terms
from kg.model import Classification, Flow, Mention, Statement
from kg.namespaces import PKG, SKOS, XSD


def judgement_quads(node: str, item: Mention | Statement | Flow | Classification, g: str) -> str:
    """Confidence, status and note; `node` and `g` are written in angle brackets already."""
    note = f"{node} <{SKOS.note}> {terms.literal(item.note)} {g} .\n" if item.note else ""
    return (
        f'{node} <{PKG.confidence}> "{item.confidence}"^^<{XSD.decimal}> {g} .\n'
        f"{node} <{PKG.status}> <{PKG.status}-{item.status}> {g} .\n"
    ) + note

"""What the parts of one coder's file need to know of the whole while it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.anchoring import Anchors, Near
from kg.model import Unplaced
from kg.readers.faults import Fault, Faults
from kg.readers.manner import BROKEN, INHERITED, Manner, look_up, unknown_key
from kg.readers.names import Names
from kg.readers.tree import Lines, Mapping, Node, Scalar

PATIENCE = 100_000_000
"""Characters of text that one file may have searched, so that advice never costs minutes."""


@dataclass(slots=True)
class Sheet:
    """One coder's file: whose it is, of which text, and where its faults go."""

    document: str
    coder: str
    anchors: Anchors
    names: Names
    lines: Lines
    faults: Faults
    unplaced: list[Unplaced] = field(default_factory=list)
    unsaid_modality: set[int] = field(default_factory=set)
    """The lines of statements and flows for which no modality is given anywhere."""
    searched: int = 0
    """Characters that have been searched for words that resemble a quote."""

    def nearest(self, quote: str) -> Near | None:
        """The place that resembles a quote, as long as patience lasts."""
        self.searched += len(self.anchors.squeezed)
        return self.anchors.nearest(quote) if self.searched <= PATIENCE else None

    def setting(self, key: str, node: Node) -> tuple[str, ...]:
        """The values of a key, or the Fault of its line."""
        try:
            return look_up(key, self._values(key, node), self.names)
        except Fault as fault:
            fault.line = node.line
            raise

    def defaults(self, node: Mapping) -> Manner:
        """What a file or passage says for all below it; what is faulty is an issue and BROKEN."""
        found: Manner = {}
        for key in (*INHERITED, *self.names.qualifiers):
            if (value := node.get(key)) is not None:
                try:
                    found[key] = self.setting(key, value)
                except Fault as fault:
                    fault.what += "; nothing that would inherit it is read"
                    self.faults.add(value.line, fault)
                    found[key] = BROKEN
        return found

    def _values(self, key: str, node: Node) -> list[str]:
        items = [node] if isinstance(node, Scalar) else getattr(node, "items", ())
        values = [item.value.strip() for item in items if isinstance(item, Scalar)]
        if isinstance(node, Mapping) or len(values) < len(items):
            raise Fault("bad-value", f"`{key}` holds keys of its own", "write one value, or a list")
        qualifier = self.names.qualifiers.get(key)
        if isinstance(node, Scalar) and qualifier and not qualifier.datatype:
            values = [part for part in _split(node.value) if part]
        if not values or not all(values):
            fix = "write one, take the key away, or write `none` to cancel what is inherited"
            raise Fault("bad-value", f"`{key}` has no value", fix)
        return values

    def check_keys(self, node: Mapping, allowed: Iterable[str], where: str) -> None:
        """An issue for each key that means nothing here."""
        allowed = {*allowed, *self.names.qualifiers}
        for key, entry in node.entries.items():
            if key not in allowed:
                self.faults.add(entry.key.line, unknown_key(key, allowed, where))

    def text_of(self, node: Mapping, key: str) -> str:
        """The value of a key that takes free text, "" if there is none."""
        value = node.get(key)
        if value is None or isinstance(value, Scalar):
            return value.value.strip() if value else ""
        fix = "write it on one line, or as a block: `|`, then indented lines"
        self.faults.error(value.line, "bad-value", f"`{key}` is text, but a list stands here", fix)
        return ""


def _split(value: str) -> list[str]:
    """Names with commas between them, quoted where they hold one.

    >>> _split('urban area, "towns, small"')
    ['urban area', 'towns, small']
    """
    parts: list[str] = [""]
    quoted = False
    for char in value:
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]

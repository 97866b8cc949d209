"""REFI-QDA codebooks, https://www.qdasoftware.org: a tree of codes, as a file or in a project.

Sample    <CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="…" name="Actor"
            isCodable="true" color="#ff0000"><Description>…</Description><Code …/></Code>…
Read      codes with their tree, descriptions and colours, in any version of the namespace
Keys      ours stand at the end of a description, as (key: river-otter)
Dropped   sets of codes: told with their number
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from kg.interchange.intake import shown
from kg.interchange.model import Annotated, Code, Foreign
from kg.interchange.packed import child_text, children, local, root_name, xml_of, xml_root
from kg.interchange.source import Source
from kg.plainxml import Element
from kg.readers.faults import Faults

ORIGIN = "policy-kg (code points)"
_SPACE = UUID("6b1f3a52-6f0e-5d0c-9d5b-0c6a4f6e7a11")
_COLOUR = re.compile("#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_KEY = re.compile(r"\s*\(key: ([\w-]+)\)$")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
Labels = tuple[str, ...]


def looks_like_qdc(path: Path, text: str) -> bool:
    return path.suffix.lower() == ".qdc" or root_name(text) == "CodeBook"


def read_qdc(source: Source) -> Foreign:
    """The codes of a codebook; there are no texts in it."""
    root = xml_root(xml_of(source.text), source.faults)
    tree = CodeTree(source.faults)
    if root is not None and local(root) == "CodeBook":
        tree.read(root)
    elif root is not None:
        what = f"this is no codebook: it begins with <{shown(local(root))}>"
        source.faults.error(root.line, "bad-xml", what, "export the codebook as REFI-QDA (.qdc)")
    if sets := sum(1 for group in children(root, "Sets") for _ in children(group, "Set")):
        source.intake.remark("sets of codes, not read", sets)
    return source.intake.foreign(tree.codes)


@dataclass
class CodeTree:
    """The codes of a file in their order: `paths` by their ids; `noted` reads their notes."""

    faults: Faults
    noted: Callable[[Element], Iterable[str]] = lambda _: ()
    codes: list[Code] = field(default_factory=list)
    paths: dict[str, Labels] = field(default_factory=dict)

    def read(self, codebook: Element | None) -> None:
        top = [code for codes in children(codebook, "Codes") for code in children(codes, "Code")]
        waiting: list[tuple[Element, Labels]] = [(code, ()) for code in reversed(top)]
        while waiting:
            element, above = waiting.pop()
            path = self._path(element, above)
            waiting += [(child, path) for child in children(element, "Code")][::-1]

    def _path(self, element: Element, above: Labels) -> Labels:
        """Where a code stands in the tree; one without a name is passed over."""
        guid, name = guid_of(element.get("guid", "")), " ".join(element.get("name", "").split())
        if not name:
            what = "this code has no name"
            self.faults.error(element.line, "no-label", what, "give it a name there")
            return above
        path = (*above, name)
        if guid and guid in self.paths:
            what = f"two codes have the same id ({shown(guid)}): `{shown(name)}` is the second"
            fix = "marks with this id get the first; export the file again"
            self.faults.error(element.line, "annotation-twice", what, fix)
        elif guid:
            self.paths[guid] = path
        more = [("note", note) for note in self.noted(element)]
        if colour := element.get("color", ""):
            more.append(("colour", colour))
        definition = " ".join(child_text(element, "Description").split())
        if key := _KEY.search(definition):
            more.append(("key", key[1]))
            definition = definition[: key.start()]
        self.codes.append(Code(path, definition, tuple(more)))
        return path


def guid_of(text: str) -> str:
    """An id as it is compared: without braces, in small letters.

    >>> guid_of("{0A1B}")
    '0a1b'
    """
    return text.strip().strip("{}").lower()


def guid(*parts: str) -> str:
    """An id made from what it is the id of."""
    return str(uuid5(_SPACE, "\x1f".join(parts)))


def write_qdc(_: Sequence[Annotated], codes: Sequence[Code] = ()) -> dict[str, bytes]:
    """A codebook of its own."""
    attributes = f'xmlns="urn:QDA-XML:codebook:1.0" origin="{ORIGIN}"'
    tree = "".join(code_lines(codes))
    return {"codebook.qdc": f"{_HEAD}<CodeBook {attributes}>\n{tree}</CodeBook>\n".encode()}


def code_lines(codes: Iterable[Code]) -> Iterable[str]:
    """The element with all codes, those above them included; none for no codes."""
    by_path = {code.path[:depth]: Code(code.path[:depth])
               for code in codes for depth in range(1, len(code.path) + 1)}  # fmt: skip
    by_path |= {code.path: code for code in codes}
    below: dict[Labels, list[Code]] = {}
    for path in sorted(by_path):
        below.setdefault(path[:-1], []).append(by_path[path])
    if by_path:
        yield " <Codes>\n"
        for code in below[()]:
            yield from _code_lines(code, below, "  ")
        yield " </Codes>\n"


def _code_lines(code: Code, below: Mapping[Labels, list[Code]], indent: str) -> Iterable[str]:
    colour = dict(code.more).get("colour", "")
    attributes = {"guid": guid("code", *code.path), "name": code.path[-1], "isCodable": "true"}
    if _COLOUR.fullmatch(colour):
        attributes["color"] = colour
    yield f"{indent}<Code{attributes_of(attributes)}>\n"
    key = dict(code.more).get("key", "")
    if words := " ".join(filter(None, (code.definition, key and f"(key: {key})"))):
        yield f"{indent} <Description>{words_of(words)}</Description>\n"
    for child in below.get(code.path, ()):
        yield from _code_lines(child, below, indent + " ")
    yield f"{indent}</Code>\n"


def attributes_of(values: Mapping[str, str]) -> str:
    """Attributes as they stand in a tag, empty ones left out."""
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)


def words_of(text: str) -> str:
    """Words as they stand between tags; line ends survive."""
    return escape(text, {"\r": "&#13;"})

"""XML that others made, as a tree in which each element knows its line; no DOCTYPE, no network.

    root = read_xml(data)                       # bytes; BadFile with the line where it is bad
    for code in root.iter("{urn:QDA-XML:project:1.0}Code"):
        code.get("name"), code.line

Entities can only be declared in a DOCTYPE, and office and annotation formats have none: one rule
keeps out entity bombs and references to other files.
"""

from __future__ import annotations

from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from kg.encoding import BadFile
from kg.limits import raised

DEEPEST = 1000
"""Elements within elements."""
MOST_ELEMENTS = 1_000_000
_AGAIN = "get the whole file again, or mend the line"


class Element(ElementTree.Element):
    """An element with the line of its start tag, from 1."""

    __slots__ = ("line",)
    line: int


class Watched:
    """An expat parser that stops at what is damaged or nested too deep; for `start`, `end` to use.

    Names are `namespace}name`. A subclass sets further handlers.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - of expat
        self.depth += 1
        if self.depth > DEEPEST:
            what = f"this XML is nested more than {DEEPEST} deep"
            raise BadFile("too-deep", self.line, what, "save it again in the program that made it")

    def end(self, name: str) -> None:  # noqa: ARG002 - of expat
        self.depth -= 1

    def parse(self, data: bytes | IO[bytes]) -> None:
        """All of it; BadFile where it is no XML."""
        try:
            if isinstance(data, bytes):
                self.parser.Parse(data, True)
            else:
                self.parser.ParseFile(data)
        except expat.ExpatError as error:
            what = f"this XML is damaged or breaks off: {expat.ErrorString(error.code)}"
            raise BadFile("bad-xml", error.lineno, what, _AGAIN) from None


class Plain(Watched):
    """XML without a DOCTYPE."""

    def __init__(self) -> None:
        super().__init__()
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        what = "this XML has a DOCTYPE, which could name other files or grow without end"
        fix = "take the DOCTYPE out, and the entities (&name;) with it"
        raise BadFile("bad-xml", self.line, what, fix)


class _Tree(Plain):
    """Builds the elements."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = ElementTree.TreeBuilder(element_factory=Element)
        self.parser.CharacterDataHandler = self.builder.data
        self.left = raised(MOST_ELEMENTS)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        self.left -= 1
        if self.left < 0:
            what = f"this XML has more than {raised(MOST_ELEMENTS):,} elements, which is the limit"
            raise BadFile("too-large", self.line, what, "split it")
        named = {"{" + key if "}" in key else key: value for key, value in attributes.items()}
        element = self.builder.start(_clark(name), named)
        assert isinstance(element, Element)  # noqa: S101 - the factory makes no others
        element.line = self.line

    def end(self, name: str) -> None:
        super().end(name)
        self.builder.end(_clark(name))


def read_xml(data: bytes) -> Element:
    """The root element; names are `{namespace}name`, as in ElementTree."""
    tree = _Tree()
    tree.parse(data)
    root = tree.builder.close()
    assert isinstance(root, Element)  # noqa: S101 - the factory makes no others
    return root


def read_xml_so_far(data: bytes) -> tuple[Element | None, BadFile | None]:
    """The root with all that stands before the point where the file is bad, and what is bad there.

    >>> root, bad = read_xml_so_far(b"<codes><code/><co")
    >>> [child.tag for child in root], bad.code
    (['code'], 'bad-xml')
    """
    tree = _Tree()
    bad = None
    try:
        tree.parse(data)
    except BadFile as stopped:
        bad = stopped
    root = tree.builder.close()
    return (root if isinstance(root, Element) else None), bad


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name

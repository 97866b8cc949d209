"""Foreign files that are zips, and the XML in them: every fault is told with its entry and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from kg.encoding import BadFile
from kg.interchange.source import LARGEST_FOREIGN, Source, decoded
from kg.plainxml import Element, read_xml_so_far
from kg.readers.faults import Faults
from kg.zips import Archive, Limits, open_zip

LIMITS = Limits(entry=LARGEST_FOREIGN, total=4 * LARGEST_FOREIGN)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*?\?>")


@contextmanager
def opened(source: Source) -> Iterator[Archive | None]:
    """The zip file of a source, None where it cannot be used; entries that are refused are told."""
    try:
        with open_zip(source.path, LIMITS) as archive:
            tell_refused(archive, source.faults)
            yield archive
    except BadFile as bad:
        source.faults.unusable(bad)
        yield None


def tell_refused(archive: Archive, faults: Faults) -> None:
    for entry, bad in archive.refused:
        faults.unusable(bad, entry)


def read_entry(archive: Archive, name: str, faults: Faults) -> bytes | None:
    """The bytes of an entry, None and an issue where they cannot be had."""
    try:
        return archive.read(name)
    except BadFile as bad:
        faults.unusable(bad, name)
    return None


def read_text(archive: Archive, name: str, faults: Faults, encoding: str) -> str | None:
    """The text of an entry, None and an issue where it has none."""
    data = read_entry(archive, name, faults)
    with faults.within(name):
        return decoded(data, faults, encoding) if data is not None else None


def xml_root(data: bytes, faults: Faults) -> Element | None:
    """The root of some XML with what stands before its first fault, which is told."""
    root, bad = read_xml_so_far(data)
    if bad:
        faults.unusable(bad)
    return root


def xml_of(text: str) -> bytes:
    """XML that was read as text, without what it says of its encoding; lines stay."""
    return _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), text, count=1).encode()


def root_name(text: str) -> str:
    """The name of the first element of some XML, "" where there is none.

    >>> root_name('<?xml version="1.0"?><!-- a --><q:Project xmlns:q="urn:q">')
    'Project'
    """
    match = re.match(r"\s*(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:[\w.-]+:)?([\w.-]+)",
                     text[:10_000], re.DOTALL)  # fmt: skip
    return match[1] if match else ""


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return _local(element.tag)


@lru_cache(maxsize=1_000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """The child elements of these names, of all names if none is given."""
    for child in element if element is not None else ():
        if isinstance(child, Element) and (not names or local(child) in names):
            yield child


def child_text(element: Element, name: str) -> str:
    """The words of the first child of a name, "" where there is none."""
    return next(("".join(child.itertext()) for child in children(element, name)), "")

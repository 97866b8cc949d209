"""Is XML read with its lines, and is nothing followed that it asks for?"""

from __future__ import annotations

import pytest

from kg.encoding import BadFile
from kg.plainxml import read_xml

BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>\n<a>&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<a>&b;</a>'


def test_elements_know_their_lines_and_namespaces() -> None:
    root = read_xml(b'<a xmlns="urn:x" xmlns:y="urn:y">\n<b y:n="1">t&amp;u</b>tail\n<y:c/></a>')
    found = [(each.tag, each.line) for each in root.iter()]  # type: ignore[attr-defined]
    assert found == [("{urn:x}a", 1), ("{urn:x}b", 2), ("{urn:y}c", 3)]
    assert (root[0].text, root[0].tail, root[0].get("{urn:y}n")) == ("t&u", "tail\n", "1")


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, '<!DOCTYPE a SYSTEM "http://example.org/">\n<a/>'])
def test_a_doctype_is_refused_before_anything_of_it_is_read(text: str) -> None:
    with pytest.raises(BadFile, match="has a DOCTYPE") as caught:
        read_xml(text.encode())
    assert (caught.value.code, caught.value.line) == ("bad-xml", 1)


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"", 1), (b"<a>\n<b>", 2), (b"<a>\n&x;</a>", 2), (b"\xff\xfe<", 1), (b"<a>\n\0</a>", 2)],
)
def test_damaged_xml_says_where(data: bytes, line: int) -> None:
    with pytest.raises(BadFile, match="damaged or breaks off") as caught:
        read_xml(data)
    assert (caught.value.code, caught.value.line) == ("bad-xml", line)


def test_a_tower_of_elements_is_refused() -> None:
    with pytest.raises(BadFile, match="nested more than 1000 deep"):
        read_xml(b"<a>" * 100_000)


def test_utf16_is_read_as_it_says() -> None:
    assert (
        read_xml('<?xml version="1.0" encoding="UTF-16"?><a>县</a>'.encode("utf-16")).text == "县"
    )

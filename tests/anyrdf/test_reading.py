"""Is any of RDF's syntaxes read, under any name, and is everything else refused in a sentence?"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.anyrdf import render_file
from kg.errors import InputError
from tests.anyrdf.pages import SAMPLES, drawn, written
from tests.conftest import REPOSITORY

SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "n3": ox.RdfFormat.N3,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
X = 'xmlns:x="http://e.example/"'
XML = '<?xml version="1.0"?>\n'


def in_syntax(ending: str) -> bytes:
    """The thesaurus, written anew."""
    quads = ox.parse(path=str(SAMPLES / "thesaurus.ttl"), format=ox.RdfFormat.TURTLE)
    triples = (quad.triple for quad in quads)
    return ox.serialize(triples, format=SYNTAXES[ending]) or b""


@pytest.mark.parametrize("ending", SYNTAXES)
def test_every_syntax_gives_the_same_picture(tmp_path: Path, ending: str) -> None:
    wanted = drawn(SAMPLES / "thesaurus.ttl")
    found = drawn(written(tmp_path, f"graph.{ending}", in_syntax(ending)))
    assert found.edges == wanted.edges
    assert found.classes == wanted.classes
    assert found.about("Wald") == wanted.about("Wald")


@pytest.mark.parametrize("ending", SYNTAXES)
@pytest.mark.parametrize("name", ["graph", "graph.ttl", "graph.owl", "graph.json", "graph.txt"])
def test_a_wrong_name_does_no_harm(tmp_path: Path, ending: str, name: str) -> None:
    assert len(drawn(written(tmp_path, name, in_syntax(ending))).labels) == 10


def test_what_is_packed_is_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(in_syntax("ttl"))
    assert drawn(written(tmp_path, "graph.ttl.gz", packed)).labels >= {"Wald", "Moor"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mark.ttl", '\ufeff<http://e.example/a> <http://e.example/p> "x" .'.encode()),
        ("lines.nt", b'<http://e.example/a> <http://e.example/p> "x" .\r\n\r\n# end\r\n'),
        (
            "latin.rdf",
            f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<rdf:RDF {RDF} {X}><rdf:Description '
            'rdf:about="http://e.example/a"><x:p>é</x:p></rdf:Description></rdf:RDF>'.encode(
                "latin-1"
            ),
        ),
        (
            "wide.rdf",
            f'<?xml version="1.0" encoding="UTF-16"?>\n<rdf:RDF {RDF} {X}><rdf:Description '
            'rdf:about="http://e.example/a"><x:p>é</x:p></rdf:Description></rdf:RDF>'.encode(
                "utf-16"
            ),
        ),
        ("entity.owl", (SAMPLES / "pizza.owl").read_bytes()),
        ("annotated.ttl", b"PREFIX : <http://e.example/> :a :p :b {| :since 1990 |} ."),
        ("graphs.trig", b"PREFIX : <http://e.example/> _:g { :a :p :b } :g { :a :p :b }"),
    ],
)
def test_what_old_and_new_tools_write_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    assert drawn(written(tmp_path, name, content)).labels


REFUSED = {
    "empty.ttl": (b" \n", "this file is empty"),
    "comment.ttl": (b"# nothing\n", "there is no statement in it"),
    "broken.ttl": (b"@prefix : <http://e.example/> .\n:a :p", ":2: this Turtle cannot be read"),
    "prefix.ttl": (b"\n:a :p :b .", ":2: this Turtle cannot be read: The prefix : has not been"),
    "table.ttl": (b"a,b\n1,2\n", ":1: this Turtle cannot be read"),
    "line.nt": (
        b"<http://e.example/a> <http://e.example/p> <http://e.example/b> .\n<http://e.example/a>.",
        ":2: this N-Quads cannot be read",
    ),
    "latin.ttl": ('<x:a> <x:p> "Straße in Köln" .'.encode("latin-1"), "looks like windows-1252"),
    "wide.ttl": ("<x:a> <x:p> <x:b> .".encode("utf-16"), "UTF-16"),
    "notes.docx": (b"PK\x03\x04", "a document, a workbook or an archive"),
    "page.rdf": (b"<!DOCTYPE html><html></html>", "no RDF, but a web page"),
    "functional.owl": (b"Prefix(:=<http://e.example/>)\nOntology()", "functional or Manchester"),
    "owx.owl": (
        b'<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>',
        ":2: this is OWL/XML, which is not RDF",
    ),
    "other.xml": (b"<gexf xmlns='http://gexf.net/1.2'><graph/></gexf>", "it begins with <gexf>"),
    "cut.rdf": (f"{XML}<rdf:RDF {RDF}>\n".encode(), ":3: this XML is damaged or breaks off"),
    "code.rdf": (
        f'<?xml version="1.0" encoding="morse"?><rdf:RDF {RDF}/>'.encode(),
        "not in the encoding that it names",
    ),
    "entities.rdf": (
        f'{XML}<!DOCTYPE r [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]>\n<rdf:RDF {RDF}/>'.encode(),
        ":2: the entity 'b' refers to other entities",
    ),
    "outside.rdf": (
        f'{XML}<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rdf:RDF {RDF}/>'.encode(),
        ":2: the entity 'a' refers to",
    ),
    "deep.rdf": (
        f"<rdf:RDF {RDF} {X}>{'<x:A><x:p>' * 600}{'</x:p></x:A>' * 600}</rdf:RDF>".encode(),
        "nested more than 1000 deep",
    ),
    "plain.json": (b'{"a": 1}', "this JSON says nothing as JSON-LD"),
    "list.json": (b"[1, 2]", "JSON-LD"),
    "cut.jsonld": (b'{"@context": {},\n "a": ', ":2: this JSON-LD cannot be read"),
    "remote.jsonld": (
        b'{\n "@context": ["https://schema.org", {"x": "http://e.example/"}],\n "name": "A"}',
        ":2: this JSON-LD needs the context https://schema.org, which is on the network",
    ),
    "deep.json": (b'{"a":\n' + b'{"a":' * 300 + b"1" + b"}" * 301, ":2: this JSON is nested"),
    "packed.gz": (gzip.compress(os.urandom(9000))[:-20], "breaks off before its end"),
    "packed2.gz": (b"\x1f\x8b" + b"x" * 99, "it cannot be unpacked"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_file_and_line(tmp_path: Path, name: str) -> None:
    content, words = REFUSED[name]
    path = written(tmp_path, name, content)
    with pytest.raises(InputError, match=re.escape(words)) as refused:
        drawn(path)
    assert str(refused.value).startswith(str(path))
    assert refused.value.fix


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        drawn(tmp_path / "nothing.ttl")
    with pytest.raises(InputError, match="not a readable file, but a folder"):
        drawn(tmp_path)


def test_entities_do_not_grow_without_end(tmp_path: Path) -> None:
    entity, uses = "x" * 900, "&a;" * 30_000
    declared = f'{XML}<!DOCTYPE r [<!ENTITY a "{entity}">]>'
    text = f'{declared}<rdf:RDF {RDF} {X}><x:A x:p="{uses}"/></rdf:RDF>'
    with pytest.raises(InputError, match="entit"):
        drawn(written(tmp_path, "growing.rdf", text))


def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.anyrdf.loading.MOST", 3)
    with pytest.raises(InputError, match="more than 3 statements"):
        drawn(SAMPLES / "people.ttl")
    monkeypatch.setattr("kg.anyrdf.opening.LARGEST", 1024**2)
    big = gzip.compress(b"# nothing\n" * 200_000)
    for name, content in (("big.ttl.gz", big), ("big.ttl", gzip.decompress(big))):
        with pytest.raises(InputError, match=r"more than 1 MB \(unpacked\)"):
            drawn(written(tmp_path, name, content))


def test_a_file_that_ends_the_parser_ends_no_more_than_that(tmp_path: Path) -> None:
    """A parser that recurses into each level runs out of its stack."""
    depth = 200_000
    nested = "<<( <x:a> <x:p> " * depth + '"x"' + ")>>" * depth
    path = written(tmp_path, "nested.ttl", f"<x:a> <x:p> {nested} .")
    with pytest.raises(InputError, match="nested too deeply, or needs more than 4 GB"):
        render_file(path)
    assert [file.name for file in tmp_path.iterdir()] == ["nested.ttl"]


def test_drawing_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.anyrdf.apart.PATIENCE", 0.0)
    monkeypatch.setattr("kg.anyrdf.apart.PATIENCE_EACH", 0.0)
    with pytest.raises(InputError, match="was stopped after 0 seconds"):
        render_file(SAMPLES / "people.ttl")


def test_a_fault_of_the_program_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.anyrdf.apart.MODULE", "kg.no_such_module")
    with pytest.raises(RuntimeError, match="No module named"):
        render_file(SAMPLES / "people.ttl")


def test_the_same_file_gives_the_same_page_whatever_the_hash_seed(tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "kg", "render", "--from", SAMPLES / "people.ttl", "-o", seed],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            check=True,
            capture_output=True,
        )
        pages.append((tmp_path / seed).read_bytes())
    assert pages[0] == pages[1]

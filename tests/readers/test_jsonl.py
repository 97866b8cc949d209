"""Does a file of JSON Lines say all that coders' files can, and does a fault cost only itself?"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.commands.exporting import export_formats
from kg.export import render_pages
from kg.model import Document
from kg.ontology import Ontology
from kg.pipeline import build_project
from kg.project import Project, read_project
from kg.readers import jsonl
from kg.readers.jsonl_writer import jsonl_lines
from kg.readers.names import Names
from kg.starter import make_project
from kg.store import build_id, open_store
from tests.readers.conftest import HEAD, Folder, concept, term

TEXT = "Otters eat salmon; the otter lives in the upper river."
RIVER: dict[str, Any] = {"document": "river", "language": "en", "text": TEXT}
EATS = {"subject": "otter", "relation": "eats", "object": "salmon", "modality": "descriptive"}
PASSAGE: dict[str, Any] = {
    "document": "river",
    "coder": "a1",
    "coded": "2026-11-22T09:00:00Z",
    "start": 0,
    "end": 17,
    "quote": "Otters eat salmon",
    "mentions": [
        {"concept": "otter", "start": 0, "end": 6, "quote": "Otters"},
        {"concept": "鲑鱼", "quote": "salmon", "confidence": 0.50},
    ],
    "statements": [EATS],
}


def lines(*entries: dict[str, Any] | str) -> str:
    shown = (each if isinstance(each, str) else json.dumps(each) for each in entries)
    return "".join(line + "\n" for line in shown)


def passage(**other: object) -> dict[str, Any]:
    return {**PASSAGE, **other}


def test_a_document_with_a_passage(folder: Folder) -> None:
    found = folder.write("many.jsonl", lines(RIVER, PASSAGE)).passage()
    assert (found.span.start, found.span.quote, found.coder) == (0, "Otters eat salmon", "a1")
    assert [(m.concept, m.spans[0].start, m.confidence) for m in found.mentions] == [
        (concept("otter"), 0, "1.0"),
        (concept("salmon"), 11, "0.5"),
    ]
    [statement] = found.statements
    assert statement.predicate == term("eats")
    assert statement.subject_mentions == (found.mentions[0].id,)


def test_a_file_holds_many_documents_and_a_folder_many_files(folder: Folder) -> None:
    folder.write("one.jsonl", lines(RIVER, PASSAGE, {"document": "lake", "text": "Salmon."}))
    folder.write("two.jsonl", lines({"document": "brook", "text": "Otters."})).text("A note.")
    assert [document.key for document in folder.read().documents] == [
        *("brook", "lake", "notes", "river"),
    ]


def test_the_same_key_twice_names_both_places(folder: Folder) -> None:
    folder.text("A note.").write("many.jsonl", lines(RIVER, {"document": "notes", "text": "x"}))
    assert folder.issue() == (
        "passages/many.jsonl:2: there is a document `notes` already, in passages/notes.txt; this "
        "one is not read [document-twice]\n  fix: give one of the two another key, or remove it"
    )


FAULTS: dict[str, tuple[tuple[dict[str, Any] | str, ...], str, str]] = {
    "cut off": (('{"document": "river", "coder"',), "bad-json", "at character 31"),
    "no object": (("[1, 2]",), "bad-entry", "holds no object"),
    "a key twice": (('{"document": "river", "coder": "a", "coder": "b"}',), "bad-json", "'coder'"),
    "no number": (('{"document": "river", "coder": NaN}',), "bad-json", "NaN"),
    "nested": (('{"coder":' + "[" * 100_000,), "too-deep", "deeper"),
    "of no document": ((passage(document="lake"),), "stray-passage", "`lake`"),
    "no coder's name": ((passage(coder="a.1"),), "bad-value", "`coder: a.1`"),
    "no time": ((passage(coded="yesterday"),), "bad-time", "yesterday"),
    "other words": ((passage(start=1, end=18),), "quote-mismatch", "stand at 0-17"),
    "words twice": ((passage(quote="otter", start=0, end=5),), "quote-mismatch", "23-28"),
    "nowhere": ((passage(start=900, end=917),), "quote-mismatch", "stand at 0-17"),
    "no offset": ((passage(start=-1),), "bad-offset", "`start`"),
    "an unknown key": ((passage(coding=1),), "unknown-key", "classifications, coded, coder"),
    "a list as a note": ((passage(note=["x"]),), "bad-value", "`note` holds no text"),
    "twice": ((PASSAGE, PASSAGE), "passage-twice", "line 2"),
    "the document again": ((PASSAGE, RIVER), "document-twice", "after line 1"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_line_costs_that_line_and_says_where(folder: Folder, name: str) -> None:
    broken, code, words = FAULTS[name]
    after = passage(coder="b1")
    folder.write("many.jsonl", lines(RIVER, *broken, after))
    [issue] = folder.read().issues
    assert (issue.code, issue.place.file) == (code, "passages/many.jsonl")
    assert issue.place.line == 1 + len(broken)
    assert words in f"{issue.what} {issue.fix}"
    coders = {p.coder for document in folder.read().documents for p in document.passages}
    assert "b1" in coders


ITEMS: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown concept": (
        {"mentions": [{"concept": "samon", "quote": "salmon"}]}, "unknown-concept", "salmon"
    ),
    "words outside": (
        {"mentions": [{"concept": "otter", "start": 23, "end": 28, "quote": "otter"}]},
        "bad-offset", "within the passage",
    ),
    "words that stand twice": (
        {"mentions": [{"concept": "otter", "quote": "t"}]}, "quote-twice", "3 times"
    ),
    "an unknown relation": (
        {"statements": [{**EATS, "relation": "eat"}]}, "unknown-relation", "eats"
    ),
    "a wrong domain": (
        {"statements": [{**EATS, "subject": "winter"}]}, "breaks-domain", "animal"
    ),
    "no modality": ({"statements": [{**EATS, "modality": ""}]}, "missing-key", "modality"),
    "an unknown modality": (
        {"statements": [{**EATS, "modality": "none"}]}, "unknown-facet", "none"
    ),
    "an unknown qualifier": (
        {"statements": [{**EATS, "qualifiers": {"durin": "winter"}}]}, "unknown-key", "during"
    ),
    "a qualifier out of range": (
        {"statements": [{**EATS, "qualifiers": {"during": "otter"}}]}, "breaks-range", "season"
    ),
    "a confidence of 2": ({"statements": [{**EATS, "confidence": 2}]}, "bad-confidence", "2"),
    "a mention that is none": (
        {"statements": [{**EATS, "subject_mentions": ["m1"]}]}, "unknown-id", "m1"
    ),
    "a flow to nowhere": (
        {"flows": [{"of": "salmon", "modality": "planned"}]}, "bad-flow", "from"
    ),
    "said twice": ({"statements": [EATS, {**EATS, "status": "draft"}]}, "said-twice", "delete"),
    "no list": ({"statements": "eats"}, "bad-value", "list of objects"),
}  # fmt: skip


@pytest.mark.parametrize("name", ITEMS)
def test_a_faulty_item_costs_that_item(folder: Folder, name: str) -> None:
    given, code, words = ITEMS[name]
    folder.write("many.jsonl", lines(RIVER, passage(**given)))
    [issue] = folder.read().issues
    assert (issue.code, str(issue.place)) == (code, "passages/many.jsonl:2")
    assert words in f"{issue.what} {issue.fix}"
    [document] = folder.read().documents
    assert len(document.passages) == 1


def test_a_broken_document_costs_its_passages_and_no_other_document(folder: Folder) -> None:
    lake = [{"document": "lake", "text": TEXT}, passage(document="lake")]
    folder.write("many.jsonl", lines({**RIVER, "body": [[5, 900]]}, PASSAGE, PASSAGE, *lake))
    assert [issue.code for issue in folder.read().issues] == ["bad-body", "stray-passage"]
    assert "and 1 more below" in folder.issues()[1]
    [document] = folder.read().documents
    assert (document.key, len(document.passages)) == ("lake", 1)


def test_lines_end_only_where_a_line_ends(folder: Folder) -> None:
    text = "Otters\u2028eat\u0085salmon\x0b\r\n today"
    entry = passage(quote=text, start=0, end=len(text), mentions=[], statements=[])
    folder.write("many.jsonl", json.dumps({**RIVER, "text": text}, ensure_ascii=False))
    [document] = folder.read().documents
    assert document.text == text
    written = json.dumps(entry, ensure_ascii=False).replace("\\u000b", "\x0b")
    folder.write("many.jsonl", lines({**RIVER, "text": text}, written.replace("\x0b", "\\u000b")))
    assert folder.read().documents[0].passages[0].span.quote == text


def test_a_line_over_the_limit_is_passed_over(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1_000)
    folder.write("many.jsonl", lines(RIVER, passage(note="x" * 3_000), passage(coder="b1")))
    assert "passages/many.jsonl:2: this line is longer than 1,000 bytes" in folder.issue()
    assert [found.coder for found in folder.read().documents[0].passages] == ["b1"]


def test_half_an_emoji_is_told_and_replaced(folder: Folder) -> None:
    folder.write("many.jsonl", '{"document": "river", "text": "a fish \\ud83d"}\n')
    assert "half-character" in folder.issue()
    assert folder.read().documents[0].text == "a fish \ufffd"


def test_a_line_that_is_not_utf8_is_told(folder: Folder) -> None:
    bad = lines(passage(note="§")).encode().replace(b"\\u00a7", b"\xa7")
    folder.write("many.jsonl", lines(RIVER).encode() + bad + lines(PASSAGE).encode())
    assert "many.jsonl:2: not UTF-8" in folder.issue()
    assert len(folder.read().documents[0].passages) == 1


def test_a_project_of_json_lines_makes_the_same_graph(tmp_path: Path) -> None:
    make_project(tmp_path)
    project = read_project(tmp_path)
    build_project(project)
    graph = (project.output / "graph.nq").read_text().replace(build_of(project), "")
    page = (project.output / "graph.html").read_bytes()
    [twin] = export_formats(project, ["jsonl"])
    for path in project.passages.iterdir():
        path.unlink()
    twin.rename(project.passages / "all.jsonl")
    assert build_project(project).filled.issues == ()
    assert (project.output / "graph.nq").read_text().replace(build_of(project), "") == graph
    assert {path.name for path in render_pages(project)} == {"graph.html", "sparql.html"}
    assert len((project.output / "graph.html").read_bytes()) == len(page)


def build_of(project: Project) -> str:
    return build_id(open_store(project.cache))


# ── There and back ──────────────────────────────────────────────────────────────────────────────

ANIMALS = st.sampled_from(["otter", "salmon", "grey-heron", "o", "o2"])
TAILS = st.lists(
    st.sampled_from(
        [
            *("planned", "implied", "negative", "draft", "confidence=0.80", "source=census"),
            *("during=winter", "since=1998", 'note="a, \\u2028 b"'),
        ]
    ),
    unique=True,
    max_size=4,
).map(lambda words: "{" + " ".join(words) + "}" if words else "")
STATEMENTS = st.builds(
    "  - {} eats {} {}".format, ANIMALS, st.sampled_from(["salmon", "otter"]), TAILS
)
ANALYSED = st.sampled_from(["predators", "divers"]).map("  - otter inGuild {}".format)
FLOWS = st.builds("  - {} from upper-river to estuary {}".format, ANIMALS, TAILS)
WORDS = st.lists(
    st.sampled_from(["[Otters]{otter #o}", "[eat]{#o2}", "[otter]{otter #o2}", "salmon", "\t水獭🐟",
                     "[salmon]{salmon confidence=0.1}", "[the [heron]{grey-heron}]{#o}"]),
    min_size=1, max_size=8,
).map(" ".join)  # fmt: skip
REMARKS = st.sampled_from(["", "  note: 'none'\n", "  uncoded: a greeting\n", "  nth: 2\n"])


def block(words: str, remark: str, said: list[str], moved: list[str]) -> str:
    statements = "  statements:\n" + "".join(f"{line}\n" for line in said) if said else ""
    flows = "  flows:\n" + "".join(f"{line}\n" for line in moved) if moved else ""
    return f"- text: >-\n    {words}\n{remark}{statements}{flows}"


BLOCKS = st.lists(
    st.builds(block, WORDS, REMARKS, st.lists(STATEMENTS | ANALYSED), st.lists(FLOWS, max_size=2)),
    min_size=1,
    max_size=4,
)
PLAIN = (
    "Otters eat salmon 水獭🐟 otter the heron eat Otters salmon  otter Otters eat\u2028 salmon"
    " \t水獭🐟 the heron Otters eat salmon"
)
ABOUT = st.sampled_from(["", "title: '水獭'\nlanguage: en\n", "body: 3-40, 45-90\nissued: 2024\n"])


@settings(deadline=None, max_examples=60)
@given(BLOCKS, BLOCKS, ABOUT, st.binary(max_size=0) | st.just(b"\xef\xbb\xbf"))
def test_what_coders_files_say_json_lines_say_as_well(
    river: Ontology, one: list[str], two: list[str], about: str, mark: bytes
) -> None:
    with TemporaryDirectory() as path:
        folder = Folder(Path(path) / "passages", river)
        folder.write("notes.txt", mark + PLAIN.encode()).write("notes.yaml", about or "body: 0-90")
        folder.coded("".join(one)).write("notes.b.yaml", HEAD.replace("a1", "b") + "".join(two))
        expected = folder.read().documents
        twin = Folder(Path(path) / "twin", river).write("all.jsonl", written(expected, river))
        again = twin.read()
    assert again.documents == expected
    assert {issue.code for issue in again.issues} <= {"uncoded-but-coded"}
    assert written(again.documents, river) == written(expected, river)


def written(documents: tuple[Document, ...], ontology: Ontology) -> str:
    return "".join(jsonl_lines(documents, Names(ontology)))

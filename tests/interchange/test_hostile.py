"""What happens to files that are broken, cut off, mis-encoded or meant to hurt?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.interchange.formats import FORMATS, format_of
from kg.interchange.model import Annotated, Foreign, Mark
from kg.interchange.source import LARGEST_FOREIGN, open_source

SAME = Path(__file__).parent.parent / "same_passage"
FILES = sorted(path for path in SAME.iterdir() if path.stem in FORMATS and path.suffix != ".txt")
pytestmark = pytest.mark.usefixtures("no_network")


def read(path: Path, content: str | bytes, name: str = "doccano") -> Foreign:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return FORMATS[name].read(open_source(path, [SAME]))


def found(foreign: Foreign) -> list[tuple[int, str]]:
    return [(issue.place.line, issue.code) for issue in foreign.issues]


def kept(foreign: Foreign) -> int:
    return sum(len(document.marks) for document in foreign.documents)


GOOD = json.dumps({"text": "The town", "label": [[4, 8, "Town"]]})


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('{"text": "The town", "label": [[4, 8,', "bad-json"),
        ('{"text": "a", "text": "b", "label": []}', "bad-json"),
        ('{"text": "a", "label": [[0, NaN, "x"]]}', "bad-json"),
        ('{"text": "a", "label": [[0, ' + "1" * 5_000 + ', "x"]]}', "bad-json"),
        ("[" * 100_000, "too-deep"),
        ('{"label": [[4, 8, "Town"]]}', "bad-entry"),
        ('{"text": ["a"], "label": []}', "bad-entry"),
        ('{"text": "a", "label": [{}]}', "no-label"),
        ('{"text": "a", "label": [[0, 1]]}', "bad-entry"),
        ('{"text": "a", "label": [7]}', "bad-entry"),
        ('{"text": "a", "label": ["sport"]}', "not-anchored"),
        ('{"text": "a", "label": [[0, 1, ""]]}', "no-label"),
        ('{"text": "a", "label": [[0, 1, null]]}', "no-label"),
        ('{"text": "town", "label": [[-1, 2, "x"]]}', "bad-offset"),
        ('{"text": "town", "label": [[3, 2, "x"]]}', "bad-offset"),
        ('{"text": "town", "label": [[2, 2, "x"]]}', "bad-offset"),
        ('{"text": "town", "label": [[0, 5, "x"]]}', "bad-offset"),
        ('{"text": "town", "label": [[true, 2, "x"]]}', "bad-offset"),
        ('{"text": "town", "label": [["", 2, "x"]]}', "bad-offset"),
        ('{"text": "town", "label": [[0.5, 2, "x"]]}', "bad-offset"),
        ('{"text": "a   b", "label": [[1, 4, "x"]]}', "blank-mark"),
        ('{"text": "a\\u0000b", "label": []}', "control-character"),
        ('{"text": "fish \\ud83d", "label": []}', "half-character"),
        ('{"text": "a", "entities": [], "relations": ["x"]}', "bad-entry"),
        ('{"text": "a", "entities": [], "relations": [{"from_id": 1}]}', "dangling-relation"),
    ],
)
def test_a_fault_costs_its_entry_and_no_other(tmp_path: Path, broken: str, code: str) -> None:
    foreign = read(tmp_path / "a.jsonl", f"{GOOD}\n{broken}\n{GOOD}\n")
    assert found(foreign) == [(2, code)]
    assert kept(foreign) == 2


def test_a_list_that_is_cut_off_keeps_what_stands_before(tmp_path: Path) -> None:
    whole = (SAME / "hypothesis.json").read_text("utf-8")
    rows = json.dumps(json.loads(whole)["rows"], indent=1)
    foreign = read(tmp_path / "h.json", rows[: len(rows) * 3 // 4], "hypothesis")
    assert kept(foreign) == 3
    assert {code for _, code in found(foreign)} >= {"bad-json"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("T9\tTown 4 8", ""),
        ("T9\tTown 4 800\ttown", "bad-offset"),
        ("T9\tTown -4 8\ttown", "bad-offset"),
        ("T9\tTown 8 4\ttown", "bad-offset"),
        ("T9\tTown 4 9999999999999999999999\ttown", "bad-offset"),
        ("T9\tTown\ttown", "bad-line"),
        ("T9 Town 4 8 town", "bad-line"),
        ("T1\tTown 4 8\ttown", "annotation-twice"),
        ("T9\tTown 0 3\tno such words", "quote-mismatch"),
        ("T9\tTown 0 3\tgrew", "quote-moved"),
        ("R1\tnear Arg1:T1 Arg2:T7", "dangling-relation"),
        ("R1\tnear", "bad-line"),
        ("E1\tTown:T1 Where:T7", "dangling-relation"),
        ("A1\tSure T7", "dangling-note"),
        ("#1\tAnnotatorNotes T7\tunsure", "dangling-note"),
        ("*\tAlias T1 T7", "dangling-relation"),
        ("X1\tsomething", "bad-line"),
    ],
)
def test_a_line_of_brat_costs_itself(tmp_path: Path, line: str, code: str) -> None:
    (tmp_path / "a.txt").write_text("The town grew.\n", encoding="utf-8")
    foreign = read(tmp_path / "a.ann", f"T1\tTown 4 8\ttown\n{line}\n", "brat")
    assert found(foreign) == ([(2, code)] if code else [])
    assert kept(foreign) == (2 if code in ("", "quote-moved") else 1)
    assert foreign.marks == kept(foreign) + (
        line.startswith("T") and code not in ("", "quote-moved")
    )


def test_an_offset_inside_of_a_character_is_told(tmp_path: Path) -> None:
    result = [
        {"type": "labels", "value": {"start": start, "end": end, "text": text, "labels": ["x"]}}
        for start, end, text in ((4, 6, "🐟"), (7, 11, "swam"), (5, 6, "?"))
    ]
    task = {"data": {"text": "the 🐟 swam"}, "annotations": [{"result": result}]}
    foreign = read(tmp_path / "a.json", json.dumps([task]), "labelstudio")
    assert [issue.what for issue in foreign.issues] == [
        "offset 5 lies inside of a character (counting UTF-16 code units)"
    ]
    assert kept(foreign) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("notes,no such words,x,", "quote-not-in-text"),
        ("notes,salmon,x,", "quote-ambiguous"),
        ("notes,salmon,x,9", "bad-occurrence"),
        ("notes,salmon,x,first", "bad-occurrence"),
        ("elsewhere,salmon,x,", "no-text"),
        ("notes,   ,x,", "blank-mark"),
        ("notes,winter,,", "no-label"),
        ('notes,"winter,x,', "bad-line"),
        ("notes,winter,x,,,,", "bad-line"),
    ],
)
def test_a_row_of_a_table_costs_itself(tmp_path: Path, row: str, code: str) -> None:
    header = "document,quote,label,occurrence"
    content = f"{header}\nnotes,left,x,\n{row}\nnotes,eats,x,\n"
    foreign = read(tmp_path / "a.csv", content, "csv")
    assert found(foreign) == [(3, code)]
    assert kept(foreign) >= 2


def test_a_table_without_the_columns_it_needs_says_which(tmp_path: Path) -> None:
    assert found(read(tmp_path / "a.csv", "file;words\na;b\n", "csv")) == [(1, "missing-column")]


def selecting(kind: str, **fields: object) -> object:
    return {"source": "notes", "selector": {"type": f"{kind}Selector", **fields}}


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (selecting("XPath", value="//p"), "not-anchored"),
        (selecting("Css", value="p"), "not-anchored"),
        (selecting("Svg", value="<svg/>"), "not-anchored"),
        (selecting("Range"), "not-anchored"),
        ({"source": "notes", "selector": "http://example.org/s"}, "not-anchored"),
        ("notes", "not-anchored"),
        (None, "no-text"),
        ({"source": "http://example.org/x.html"}, "no-text"),
        (selecting("TextPosition", start=3), "bad-offset"),
        (selecting("TextPosition", start=0, end=10**9), "bad-offset"),
        (selecting("TextQuote", exact="salmon"), "quote-ambiguous"),
        (selecting("TextQuote"), "blank-mark"),
        ({"source": "notes#char=0,3"}, ""),
        ("notes#char=0,3", ""),
    ],
)
def test_a_target_that_marks_no_words_says_why(tmp_path: Path, target: object, code: str) -> None:
    body = {"type": "TextualBody", "value": "x", "purpose": "tagging"}
    item = {"type": "Annotation", "body": body, "target": target}
    context = {"@context": "http://example.org/never-fetched.jsonld"}
    foreign = read(tmp_path / "a.jsonld", json.dumps(context | item), "w3c")
    assert found(foreign) == ([(1, code)] if code else [])


def test_ten_thousand_labels_on_one_word(tmp_path: Path) -> None:
    entry = {"text": "The town", "label": [[4, 8, f"L{number}"] for number in range(10_000)]}
    foreign = read(tmp_path / "a.jsonl", json.dumps(entry))
    assert (kept(foreign), foreign.issues) == (10_000, ())


def test_ten_thousand_faults_are_counted_not_listed(tmp_path: Path) -> None:
    entry = {"text": "The town", "label": [[4, 800, "x"]] * 10_000}
    foreign = read(tmp_path / "a.jsonl", json.dumps(entry))
    assert len(foreign.issues) == 201
    assert foreign.issues[-1].what == "9,800 more faults in this file are not listed"
    assert foreign.marks == 10_000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brat", "A1\tSure T1 " + " " * 300_000 + "\tx"),
        ("brat", "T1\tTown " + "4 8;" * 100_000 + "\tx"),
        ("doccano", "x" + "\n" * 300_000),
        ("doccano", "[1,\n" * 50_000),
        ("csv", "document,quote,label\nnotes,left," + " " * 300_000 + "> x"),
        ("csv", "document,quote,label,coder\nnotes,left,x," + "_" * 300_000 + "a"),
        ("csv", "document,quote,label\n" + "notes,no such words anywhere,x\n" * 10_000),
        ("csv", "document,quote,label\n" + 'notes,"left,x\n' * 10_000),
    ],
)
def test_long_runs_of_anything_are_read_at_once(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text("The town grew.\n", encoding="utf-8")
    assert kept(read(tmp_path / "a.ann", content, name)) <= 1


def test_rows_behind_many_broken_ones_are_read(tmp_path: Path) -> None:
    """None is passed over in silence, however many are broken before it."""
    (tmp_path / "a.txt").write_text("The town grew.\n", encoding="utf-8")
    broken = 'a,"town"s,x\n' * 50
    foreign = read(tmp_path / "a.csv", f"document,quote,label\n{broken}a,town,Town\n", "csv")
    assert (foreign.marks, kept(foreign), len(foreign.issues)) == (51, 1, 50)


def test_two_columns_with_one_heading_do_not_shift_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The town grew.\n", encoding="utf-8")
    content = "document,memo,memo,quote,label\na,one,two,town,Town\n"
    [document] = read(tmp_path / "a.csv", content, "csv").documents
    assert [mark.label for mark in document.marks] == [("Town",)]


def test_notes_on_what_is_not_there_are_told_those_on_events_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The town grew.\n", encoding="utf-8")
    lines = ["T1\tGrow 9 13\tgrew", "E1\tGrow:T1", "#1\tAnnotatorNotes E1\tfast", "A1\tSure T7"]
    foreign = read(tmp_path / "a.ann", "\n".join(lines), "brat")
    [mark] = foreign.documents[0].marks
    assert (mark.said.note, found(foreign)) == ("fast", [(4, "dangling-note")])


def test_a_line_of_200_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    source = open_source(path, ())
    [issue] = source.faults.issues
    assert (issue.code, source.text) == ("too-large", "")
    assert f"the limit is {LARGEST_FOREIGN:,}" in issue.what


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_whatever_is_done_to_a_file_it_is_read_without_a_crash(
    tmp_path_factory: pytest.TempPathFactory, path: Path, data: st.DataObject
) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        how = data.draw(st.sampled_from(["cut", "drop", "change", "repeat"]))
        piece = bytes([data.draw(st.sampled_from(b'\x00\xff"{}[],:\t\n-9'))])
        if how == "cut":
            del content[max(at, 1) :]
        elif how == "drop":
            del content[at : at + 20]
        else:
            content[at : at + (how == "change")] = (
                piece if how == "change" else content[at : at + 40]
            )
        content = content or bytearray(b"x")
    folder = tmp_path_factory.mktemp("broken")
    (folder / "brat.txt").write_bytes((SAME / "brat.txt").read_bytes())
    foreign = read(folder / path.name, bytes(content), path.stem)
    assert kept(foreign) <= foreign.marks
    assert all(issue.what and issue.fix for issue in foreign.issues)


@pytest.mark.parametrize("name", ["qdpx", "uima", "webanno"])
def test_ten_thousand_marks_on_one_word_in_xml_and_tables(tmp_path: Path, name: str) -> None:
    marks = tuple(Mark(f"n{n}", ((4, 8),), (f"L{n}",)) for n in range(10_000))
    write = FORMATS[name].write
    assert write
    [(file, data)] = write([Annotated("notes", "The town", marks)]).items()
    foreign = read(tmp_path / file, data, name)
    assert (kept(foreign), foreign.issues) == (10_000, ())


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.zip", b"PK\x03\x04 cut off", "this is no zip file, or breaks off"),
        ("a.json", b'{"text": "The tow', r"a\.json:1: this is no JSON"),
        ("a.xml", b"<towns>\n<town>\n</towns>", r"(?s)a\.xml:3: .*fix: get the whole file again"),
        ("a.xml", b'<?xml version="1.0" encoding="UTF-16"?><town/>', "tells no format"),
        ("a.xmi", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><a>&x;</a>', "a DOCTYPE"),
        ("a.xyz", b"The town grew.", "tells no format"),
    ],
)
def test_a_damaged_file_is_not_just_of_no_format(
    tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(KgError, match=what):
        format_of(open_source(path, ()))

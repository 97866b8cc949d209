"""Does what was annotated in INCEpTION come along from each of its exports, and go back?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.interchange.formats import FORMATS, format_of
from kg.interchange.model import Circumstances, Foreign
from kg.interchange.source import open_source
from kg.zips import zipped

SAME = Path(__file__).parent.parent / "same_passage"
HEAD = "#FORMAT=WebAnno TSV 3.3\n"
WORDS = ["The", "otter", "🐟", "eats", "fish", "."]
TEXT = "The otter 🐟 eats fish ."
XMI = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmlns:f="http:///uima/noNamespace.ecore"
 xmlns:t="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/><t:Token xmi:id="2" sofa="1" begin="0" end="3"/>
<t:Token xmi:id="3" sofa="1" begin="4" end="9"/>
{}
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{}"/>
</xmi:XMI>"""


def read(path: Path, content: str | bytes, name: str) -> Foreign:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return FORMATS[name].read(open_source(path, ()))


def tsv(*layers: str, **cells: list[str]) -> str:
    """The sentence above with some cells: `otter=["Town[1]"]`; other words have none."""
    columns = sum(max(1, layer.count("|")) for layer in layers)
    lines, at = [HEAD + "".join(f"{layer}\n" for layer in layers), f"#Text={TEXT}"], 0
    for number, word in enumerate(WORDS, 1):
        length = 2 if word == "🐟" else len(word)
        row = cells.get(word, ["_"] * columns)
        lines.append("\t".join([f"1-{number}", f"{at}-{at + length}", word, *row, ""]))
        at += length + 1
    return "\n".join(lines) + "\n"


def said(foreign: Foreign) -> set[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]]:
    """The words, the label and the other fields of each mark."""
    return {
        (document.text[mark.spans[0][0] : mark.spans[0][1]], mark.label, mark.said.more)
        for document in foreign.documents
        for mark in document.marks
    }


def tied(foreign: Foreign) -> set[tuple[str, str, str]]:
    """Each relation by the words that it leads from and to."""
    found = set()
    for document in foreign.documents:
        words = {mark.id: document.text[slice(*mark.spans[0])] for mark in document.marks}
        found |= {(words[each.origin], each.label, words[each.target]) for each in document.links}
    return found


def xmi(*structures: str) -> str:
    return XMI.format("\n".join(structures), TEXT)


def span(id_: int, begin: int, end: int, more: str = "") -> str:
    return f'<custom:Span xmi:id="{id_}" sofa="1" begin="{begin}" end="{end}" {more}/>'


SPAN = "#T_SP=webanno.custom.Span|Certain|value"
CASES = {
    "on several words": (
        tsv(SPAN, otter=["yes[1]", "Eater[1]"], **{"🐟": ["yes[1]", "Eater[1]"]}),
        xmi(span(10, 4, 12, 'value="Eater" Certain="yes"')),
        {("otter 🐟", ("Eater",), (("Certain", "yes"),))},
        set(),
    ),
    "stacked, some without a value": (
        tsv(SPAN, fish=["*[1]|yes[2]|*", "A[1]|*[2]|\\*\\_\\|\\[9\\]"]),
        xmi(
            span(10, 18, 22, 'value="A"'),
            span(11, 18, 22, 'Certain="yes"'),
            span(12, 18, 22, 'value="*_|[9]"'),
        ),
        {("fish", ("A",), ()), ("fish", ("yes",), ()), ("fish", ("*_|[9]",), ())},
        set(),
    ),
    "related": (
        tsv(
            SPAN,
            "#T_RL=webanno.custom.Rel|value|BT_webanno.custom.Span",
            otter=["*[1]", "A[1]", "_", "_"],
            **{"🐟": ["*[1]", "A[1]", "_", "_"]},
            fish=["*", "B", "eats|likes", "1-2[1_0]|1-2[1_0]"],
        ),
        xmi(
            span(10, 4, 12, 'value="A"'),
            span(11, 18, 22, 'value="B"'),
            '<custom:Rel xmi:id="12" sofa="1" begin="18" end="22" Governor="10" Dependent="11"'
            ' value="eats"/>',
            '<custom:Rel xmi:id="13" sofa="1" begin="18" end="22" Governor="10" Dependent="11"'
            ' value="likes"/>',
        ),
        {("otter 🐟", ("A",), ()), ("fish", ("B",), ())},
        {("otter 🐟", "eats", "fish"), ("otter 🐟", "likes", "fish")},
    ),
    "with slots": (
        tsv(
            "#T_SP=webanno.custom.Frame"
            "|ROLE_webanno.custom.Frame:args_webanno.custom.Link|uima.tcas.Annotation|value",
            SPAN,
            eats=["agent;*", "1-2;1-5[7]", "Eating", "_", "_"],
            otter=["_", "_", "_", "*", "A"],
            fish=["_", "_", "_", "*[7]", "B[7]"],
        ),
        xmi(
            '<custom:Frame xmi:id="9" sofa="1" begin="13" end="17" value="Eating" args="20 21"/>',
            '<custom:Link xmi:id="20" role="agent" target="10"/>',
            '<custom:Link xmi:id="21" target="11"/>',
            span(10, 4, 9, 'value="A"'),
            span(11, 18, 22, 'value="B"'),
        ),
        {("eats", ("Eating",), ()), ("otter", ("A",), ()), ("fish", ("B",), ())},
        {("eats", "agent", "otter"), ("eats", "args", "fish")},
    ),
    "in a chain": (
        tsv(
            "#T_CH=webanno.custom.CorefLink|referenceType|referenceRelation",
            The=["nam", "same->1-1"],
            otter=["nam", "same->1-1"],
            fish=["*", "*->1-2"],
        ),
        xmi(
            '<custom:CorefLink xmi:id="8" sofa="1" begin="0" end="9" referenceType="nam"'
            ' referenceRelation="same" next="9"/>',
            '<custom:CorefLink xmi:id="9" sofa="1" begin="18" end="22"/>',
        ),
        {("The otter", ("nam",), ()), ("fish", ("CorefLink",), ())},
        {("The otter", "same", "fish")},
    ),
    "between bare words": (
        tsv(
            "#T_RL=webanno.custom.Dep|value"
            "|BT_de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token",
            otter=["det", "1-1"],
        ),
        xmi(
            '<custom:Dep xmi:id="8" sofa="1" begin="4" end="9" Governor="2" Dependent="3"'
            ' value="det"/>'
        ),
        set(),
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_same_case_is_the_same_in_both_exports(tmp_path: Path, case: str) -> None:
    sheet, cas, marks, links = CASES[case]
    for name, content in (("webanno", sheet), ("uima", cas)):
        foreign = read(tmp_path / f"a.{name}", content, name)
        assert (foreign.issues, said(foreign), tied(foreign)) == ((), marks, links)
        assert [document.text for document in foreign.documents] == [TEXT]
        left = (foreign.marks - len(marks), foreign.links - len(links))
        assert left == (0, 1 if case == "between bare words" else 0)
        assert bool(foreign.remarks) == (case == "between bare words")


CORE = "de.tudarmstadt.ukp.dkpro.core.api"
LEMMA = f"#T_SP={CORE}.segmentation.type.Lemma|value"
DEPENDENCY = f"#T_RL={CORE}.syntax.type.dependency.Dependency|DependencyType|BT_{CORE}.x.POS"


def test_grammar_is_read_only_where_there_is_nothing_else(tmp_path: Path) -> None:
    lemma = '<s:Lemma xmlns:s="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"'
    lemma += ' xmi:id="30" sofa="1" begin="4" end="9" value="otter"/>'
    alone = {
        "webanno": tsv(LEMMA, otter=["otter"]),
        "uima": xmi(lemma),
    }
    among = {
        "webanno": tsv(SPAN, LEMMA, DEPENDENCY, otter=["*", "A", "otter", "nsubj", "1-4"]),
        "uima": xmi(lemma, span(9, 4, 9, 'value="A"')),
    }
    for name in ("webanno", "uima"):
        assert said(read(tmp_path / "a", alone[name], name)) == {("otter", ("otter",), ())}
        foreign = read(tmp_path / "a", among[name], name)
        assert (said(foreign), foreign.marks) == ({("otter", ("A",), ())}, 2)
        assert foreign.remarks[0] == "marks of grammar (lemmas, parts of speech …), not read: 1"
        assert (foreign.issues, foreign.links) == ((), len(foreign.remarks) - 1)


def test_several_cas_in_one_zip_are_several_texts(tmp_path: Path) -> None:
    entries = {f"{name}.xmi": xmi(span(9, 4, 9)).encode() for name in ("one", "two")}
    foreign = read(tmp_path / "a.zip", zipped(entries), "uima")
    assert [document.key for document in foreign.documents] == ["one", "two"]


def test_cas_json_says_the_same(tmp_path: Path) -> None:
    structures: list[dict[str, object]] = [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": TEXT, "sofaID": "_InitialView"},
        {"%ID": 9, "%TYPE": "a.Frame", "@sofa": 1, "begin": 13, "end": 17, "@args": 30},
        {"%ID": 30, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [20]},
        {"%ID": 20, "%TYPE": "a.Link", "role": "agent", "@target": 10},
        {"%ID": 10, "%TYPE": "a.Span", "@sofa": 1, "begin": 4, "end": 12, "value": "A", "n": 3},
        {"%ID": 11, "%TYPE": "a.Span", "@sofa": 1, "begin": 18, "end": 22, "sure": True},
        {"%ID": 12, "%TYPE": "a.R", "@sofa": 1, "begin": 4, "end": 5, "@Governor": 10,
         "@Dependent": 11, "value": "eats"},
    ]  # fmt: skip
    for listed in (structures, {str(each.pop("%ID")): each for each in map(dict, structures)}):
        content = json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": listed}, indent=1)
        foreign = read(tmp_path / "a.json", content, "uima")
        assert (foreign.issues, tied(foreign)) == (
            (),
            {("eats", "agent", "otter 🐟"), ("otter 🐟", "eats", "fish")},
        )
        assert said(foreign) == {
            ("eats", ("Frame",), ()),
            ("otter 🐟", ("A",), (("n", "3"),)),
            ("fish", ("true",), ()),
        }


def test_a_feature_called_fields_may_be_anybodys(tmp_path: Path) -> None:
    words = ['[["a", "b"]]', '["a", "b"]', "[[1, 2]]", "[["]
    spans = [span(9 + n, 4, 9, f"fields='{each}' value='x{n}'") for n, each in enumerate(words)]
    found = said(read(tmp_path / "a.xmi", xmi(*spans), "uima"))
    assert {(label, more) for _, (label,), more in found} == {
        ("x0", (("a", "b"),)),
        *((f"x{n}", (("fields", each),)) for n, each in enumerate(words) if n),
    }


def test_several_sentences_with_gaps_line_ends_and_parts_of_words(tmp_path: Path) -> None:
    sheet = f"""{HEAD}#T_SP=a.Span|value

#Text=One\\ttown
#Text=two.
1-1\t2-5\tOne\t_\t
1-2\t6-10\ttown\tA[1]\t
1-3\t11-14\ttwo\tA[1]\t
1-3.1\t12-14\two\tB\t
1-4\t14-15\t.\t_\t

#Sentence.id=x
#Text=鲑鱼。
2-1\t15-17\t鲑鱼\tC\t
2-2\t17-18\t。\t_\t

#Text=End
3-1\t21-24\tEnd\tD\t
"""
    foreign = read(tmp_path / "a.tsv", sheet, "webanno")
    assert foreign.issues == ()
    assert foreign.documents[0].text == "  One\ttown\ntwo.鲑鱼。\n  End"
    assert said(foreign) == {
        ("town\ntwo", ("A",), ()),
        ("wo", ("B",), ()),
        ("鲑鱼", ("C",), ()),
        ("End", ("D",), ()),
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("1-2\t4-9\totter", "1-2\t4-9\tbeaver", "quote-mismatch"),
        ("1-2\t4-9\totter", "1-2\t9-4\totter", "bad-offset"),
        ("1-2\t4-9\totter", "1-2\t4-4\t", "bad-offset"),
        ("1-2\t4-9\totter", "1-2\t4-11\totter", "bad-offset"),
        ("1-2\t4-9\totter", "1-2\t900-905\totter", "bad-offset"),
        ("1-2\t4-9\totter", "1-2 4-9 otter", "bad-line"),
        ("1-2\t4-9\totter", "1-2\t-4-9\totter", "bad-line"),
        ("1-2[1_0]", "1-3", "dangling-relation"),
        ("1-2[1_0]", "1-2[8_0]", "dangling-relation"),
        ("TSV 3.3", "TSV 2", "bad-line"),
    ],
)
def test_a_faulty_line_costs_its_marks(tmp_path: Path, old: str, new: str, code: str) -> None:
    sheet = tsv(
        SPAN,
        "#T_RL=webanno.custom.Rel|value|BT_webanno.custom.Span",
        otter=["*[1]", "A[1]", "_", "_"],
        fish=["*", "B", "eats", "1-2[1_0]"],
    )
    assert old in sheet
    foreign = read(tmp_path / "a.tsv", sheet.replace(old, new, 1), "webanno")
    lost = code in ("quote-mismatch", "bad-offset") or "1-2\t" in old
    assert {issue.code for issue in foreign.issues} == {code, *(["dangling-relation"] * lost)}
    assert ("fish", ("B",), ()) in said(foreign)
    assert len(said(foreign)) == 2 - lost


@pytest.mark.parametrize(
    ("structure", "code"),
    [
        (span(10, 4, 11), "bad-offset"),
        (span(10, 4, 900), "bad-offset"),
        (span(10, 9, 4), "bad-offset"),
        (span(10, -4, 9), "bad-offset"),
        (span(9, 4, 9), "annotation-twice"),
        (span(10, 4, 9).replace('sofa="1"', 'sofa="7"'), "no-text"),
        ('<custom:R xmi:id="8" sofa="1" begin="4" end="9" Governor="9" Dependent="77"/>',
         "dangling-relation"),
    ],
)  # fmt: skip
def test_a_faulty_structure_costs_itself(tmp_path: Path, structure: str, code: str) -> None:
    foreign = read(tmp_path / "a.xmi", xmi(span(9, 18, 22), structure), "uima")
    assert [issue.code for issue in foreign.issues] == [code]
    assert said(foreign) == {("fish", ("Span",), ())}
    assert foreign.marks + foreign.links == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (xmi(span(9, 18, 22))[:-40], "bad-xml"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + xmi(), "bad-xml"),
        ("<Project/>", "bad-xml"),
        ('{"%FEATURE_STRUCTURES": 3}', "bad-entry"),
        ('{"%FEATURE_STRUCTURES": [3]}', "bad-entry"),
        ('{"%FEATURE_STRUCTURES": [', "bad-json"),
        (zipped({"a.txt": b""}), "bad-zip"),
        (zipped({"a.xmi": b"<a>"}), "bad-xml"),
        (b"PK\x03\x04", "bad-zip"),
    ],
)
def test_a_file_that_is_no_cas_says_why(tmp_path: Path, content: str | bytes, code: str) -> None:
    foreign = read(tmp_path / "a.xmi", content, "uima")
    assert code in {issue.code for issue in foreign.issues}


def test_a_cas_without_its_text_takes_the_text_beside_it(tmp_path: Path) -> None:
    cas = xmi(span(9, 18, 22)).replace(f' sofaString="{TEXT}"', "")
    foreign = read(tmp_path / "a.xmi", cas, "uima")
    assert [issue.code for issue in foreign.issues] == ["no-text"]
    assert (foreign.marks, foreign.documents) == (1, ())
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert said(read(tmp_path / "a.xmi", cas, "uima")) == {("fish", ("Span",), ())}


def project_zip(*, bob: str = "FINISHED", curated: bool = True) -> bytes:
    def work(label: str) -> bytes:
        return tsv(SPAN, otter=["*", label]).encode()

    states = [
        {"name": "a.txt", "user": "ann", "state": "FINISHED", "timestamp": 1795338000000},
        {"name": "a.txt", "user": "bob", "state": bob},
    ]
    project = {
        "source_documents": [{"name": "a.txt", "state": "CURATION_FINISHED"}],
        "annotation_documents": states,
    }
    cas = xmi(span(9, 18, 22)).encode()
    entries = {
        "exportedproject1.json": json.dumps(project).encode(),
        "source/a.txt": TEXT.encode(),
        "annotation/a.txt/ann.zip": zipped({"ann.tsv": work("A")}),
        "annotation/a.txt/bob.tsv": work("B"),
        "annotation/b.txt/ann.zip": zipped({"x.xmi": cas, "TypeSystem.xml": b"<a/>"}),
    }
    if curated:
        entries["curation/a.txt/CURATION_USER.zip"] = zipped({"CURATION_USER.tsv": work("C")})
    return zipped(entries)


def test_a_project_brings_annotators_times_states_and_curation(tmp_path: Path) -> None:
    foreign = read(tmp_path / "p.zip", project_zip(bob="IN_PROGRESS"), "inception")
    assert foreign.issues == ()
    assert {document.key: len(document.marks) for document in foreign.documents} == {"a": 3, "b": 1}
    assert {mark.label[0]: mark.said for mark in foreign.documents[0].marks} == {
        "A": Circumstances("ann", "2026-11-22T09:00:00Z"),
        "B": Circumstances("bob", status="draft"),
        "C": Circumstances("curation"),
    }


def test_curated_texts_alone_are_read_too(tmp_path: Path) -> None:
    work = tsv(SPAN, otter=["*", "C"]).encode()
    (tmp_path / "c.zip").write_bytes(
        zipped({"curation/a.txt/CURATION_USER.zip": zipped({"CURATION_USER.tsv": work})})
    )
    source = open_source(tmp_path / "c.zip", ())
    assert format_of(source) == "inception"
    [mark] = FORMATS["inception"].read(source).documents[0].marks
    assert mark.said == Circumstances("curation")


def test_work_to_be_ignored_is_told_and_not_read(tmp_path: Path) -> None:
    foreign = read(tmp_path / "p.zip", project_zip(bob="IGNORE", curated=False), "inception")
    assert {mark.label[0] for mark in foreign.documents[0].marks} == {"A"}
    assert foreign.remarks == ("work of annotators to be ignored, not read: 1",)


@pytest.mark.parametrize(
    ("entries", "code", "entry"),
    [
        ({"annotation/a.txt/ann.zip": b"no zip"}, "bad-zip", "!annotation/a.txt/ann.zip"),
        ({"annotation/a.txt/ann.tsv": b"\xff\xfe\x00"}, "wrong-encoding", ".tsv"),
        ({"annotation/a.txt/ann.json": b"[1]"}, "bad-entry", ".json"),
        ({"annotation/../x/ann.tsv": b""}, "unsafe-path", "!annotation/../x/ann.tsv"),
        ({"exportedproject1.json": b"{"}, "bad-json", "!exportedproject1.json"),
        ({"annotation_ser/a.txt/ann.ser": b""}, "bad-zip", ".zip"),
        ({"annotation/a.txt/ann.zip": zipped({"a.tsv": b"0" * 60_000_000})}, "too-large", "a.tsv"),
    ],
)
def test_a_faulty_entry_costs_itself(
    tmp_path: Path, entries: dict[str, bytes], code: str, entry: str
) -> None:
    foreign = read(tmp_path / "p.zip", zipped(entries), "inception")
    assert code in {issue.code for issue in foreign.issues}
    assert any(issue.place.file.endswith(entry) for issue in foreign.issues)

"""Does a project of NVivo, ATLAS.ti, MAXQDA or QualCoder come along whole, and go back?"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kg.interchange.formats import FORMATS, format_of, reduced
from kg.interchange.model import Annotated, Circumstances, Code, Foreign, Link, Mark
from kg.interchange.qdpx import UNITS
from kg.interchange.source import open_source
from kg.interchange.units import ruler
from kg.zips import zipped
from tests.interchange.made import documents
from tests.test_cli import Kg, kg

__all__ = ["kg"]

SCHEMAS = Path(__file__).parent.parent / "schemas"
SAME = Path(__file__).parent.parent / "same_passage"
HEAD = '<Project name="p" origin="{}" xmlns="urn:QDA-XML:project:1.0">'
USERS = '<Users><User guid="{A1}" name="Ann Lee"/><User guid="b2" id="bob"/></Users>'
CODES = """<CodeBook><Codes>
<Code guid="C1" name="Animals" isCodable="false"><Code guid="C2" name="otter" isCodable="true"/>
<Code guid="c3" name="salmon" isCodable="true" color="#FF0000"/></Code>
</Codes></CodeBook>"""
TEXT = "Rain fell.\r\nThe otter 🐟 eats\r\nsalmon. It rains."


def coded(start: int, end: int, code: str = "c2", *, more: str = "", note: str = "") -> str:
    """A selection with a coding; `more` are attributes, `note` is what refers to one."""
    coding = f'<Coding guid="x{start}"{more}><CodeRef targetGUID="{code}"/>{note}</Coding>'
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="s{start}" {place}>{coding}</PlainTextSelection>'


def text_source(*inside: str, path: str = "internal://t.txt", more: str = "") -> str:
    attributes = f'guid="t" name="notes.docx" plainTextPath="{path}"{more}'
    return f"<Sources><TextSource {attributes}>{''.join(inside)}</TextSource></Sources>"


def project_of(*parts: str, origin: str = "Tool 1") -> str:
    return "\n".join([HEAD.format(origin), USERS, CODES, *parts, "</Project>"])


def read(folder: Path, project: str, text: str | bytes = TEXT, **entries: bytes) -> Foreign:
    data = text if isinstance(text, bytes) else text.encode()
    names = {"project.qde": project.encode(), "Sources/t.txt": data, **entries}
    return read_bytes(folder, zipped(names))


def read_bytes(folder: Path, content: bytes) -> Foreign:
    path = folder / "p.qdpx"
    path.write_bytes(content)
    return FORMATS["qdpx"].read(open_source(path, ()))


def quotes(foreign: Foreign) -> list[str]:
    return [
        document.text[start:end]
        for document in foreign.documents
        for mark in document.marks
        for start, end in mark.spans
    ]


def found(foreign: Foreign) -> list[str]:
    return [issue.code for issue in foreign.issues]


@pytest.mark.parametrize(
    ("unit", "offsets"),
    [
        ("code points", [(16, 21), (30, 36)]),
        ("code points, \\r\\n as one", [(15, 20), (28, 34)]),
        ("UTF-16 code units", [(16, 21), (31, 37)]),
        ("UTF-16 code units, \\r\\n as one", [(15, 20), (29, 35)]),
    ],
)
def test_whatever_a_program_counts_its_codings_stand_on_whole_words(
    tmp_path: Path, unit: str, offsets: list[tuple[int, int]]
) -> None:
    project = project_of(text_source(*(coded(start, end) for start, end in offsets)))
    foreign = read(tmp_path, project)
    assert (quotes(foreign), foreign.documents[0].unit) == (["otter", "salmon"], unit)


def test_line_ends_that_were_two_characters_before_the_text_was_saved_again(
    tmp_path: Path,
) -> None:
    project = project_of(text_source(coded(16, 21), coded(30, 36)))
    foreign = read(tmp_path, project, TEXT.replace("\r\n", "\n"))
    assert quotes(foreign) == ["otter", "salmon"]
    assert foreign.documents[0].unit == "code points, \\n as two"


def test_where_no_word_has_edges_the_program_that_counted_decides(tmp_path: Path) -> None:
    text = "水獭\r\n吃鲑鱼和虾"
    project = project_of(text_source(coded(4, 6)), origin="ATLAS.ti 23")
    assert quotes(read(tmp_path, project, text)) == ["鲑鱼"]
    project = project_of(text_source(coded(5, 7)), origin="NVivo 14")
    assert quotes(read(tmp_path, project, text)) == ["鲑鱼"]


def test_users_times_notes_colours_and_variables_survive(tmp_path: Path) -> None:
    who = ' creatingUser="a1" creationDateTime="2026-01-02T03:04:05Z"'
    variables = '<Variables><Variable guid="v" name="weight" typeOfVariable="Text"/></Variables>'
    value = (
        '<VariableValue><VariableRef targetGUID="V"/><TextValue>3 kg</TextValue></VariableValue>'
    )
    notes = f"""<Notes><Note guid="n1"><PlainTextContent>seen twice</PlainTextContent>{value}</Note>
<Note guid="n2" plainTextPath="internal://memo.txt"/></Notes>"""
    refs = '<NoteRef targetGUID="n1"/><NoteRef targetGUID="{N2}"/>'
    coding = coded(16, 21, "C2", more=who, note=refs)
    project = project_of(variables, text_source(coding), notes)
    foreign = read(tmp_path, project, **{"sources/memo.txt": "鱼\n".encode()})
    said = Circumstances(
        "Ann Lee", "2026-01-02T03:04:05Z", "seen twice; 鱼", more=(("weight", "3 kg"),)
    )
    [mark] = foreign.documents[0].marks
    assert mark == Mark("x16", ((16, 21),), ("Animals", "otter"), said)
    assert Code(("Animals", "salmon"), more=(("colour", "#FF0000"),)) in foreign.codes
    assert (foreign.issues, foreign.remarks) == ((), ())


def test_notes_and_variables_of_a_text_are_told_where_they_have_no_place(
    kg: Kg, project: Path
) -> None:
    notes = '<Notes><Note guid="n"><PlainTextContent>long</PlainTextContent></Note></Notes>'
    source = text_source(coded(16, 21), '<NoteRef targetGUID="n"/>')
    read(project, project_of(source, notes))
    when = ("--coded", "2026-01-20T10:00:00Z")
    ran = kg("import", project / "p.qdpx", *when, "--dry-run", "--project", project)
    assert "cannot be kept: other fields of texts (1)" in ran.out


def test_links_between_codings_are_relations_and_others_are_told(tmp_path: Path) -> None:
    links = """<Links>
<Link guid="l1" name="eats" direction="OneWay" originGUID="x16" targetGUID="s30"/>
<Link guid="l2" direction="Associative" originGUID="s30" targetGUID="X16"/>
<Link guid="l3" name="see" originGUID="c2" targetGUID="c3"/><Link guid="l4"/></Links>
<Sets><Set guid="z" name="mammals"><MemberCode targetGUID="c2"/></Set></Sets>"""
    foreign = read(tmp_path, project_of(text_source(coded(16, 21), coded(30, 36)), links))
    assert foreign.documents[0].links == (
        Link("l1", "x16", "x30", "eats"),
        Link("l2", "x30", "x16", "linked", Circumstances(more=(("direction", "Associative"),))),
    )
    assert (foreign.links, foreign.remarks) == (
        4,
        ("links from or to what is no coding, not read: 2", "sets, not read: 1"),
    )


def test_the_names_of_selections_in_qualcoder_are_their_words(tmp_path: Path) -> None:
    named = coded(0, 5).replace(" startPosition", ' name="otter" startPosition')
    project = project_of(text_source(named), origin="QualCoder-3.6")
    foreign = read(tmp_path, project, "The otter.")
    assert (found(foreign), quotes(foreign)) == (["quote-moved"], ["otter"])
    other = project_of(text_source(named), origin="NVivo 14")
    assert quotes(read(tmp_path, other, "The otter.")) == ["The o"]


def test_a_text_that_only_stands_for_a_document_is_told_and_found_beside_it(
    tmp_path: Path,
) -> None:
    rich = ' richTextPath="internal://t.docx"'
    project = project_of(text_source(coded(16, 21), more=rich))
    foreign = read(tmp_path, project, "see it")
    assert (found(foreign), foreign.marks, foreign.documents) == (["no-text"], 1, ())
    assert "notes.txt" in foreign.issues[0].fix
    (tmp_path / "notes.txt").write_bytes(TEXT.encode())
    foreign = read(tmp_path, project, "see it")
    assert (quotes(foreign), foreign.issues[0].severity) == (["otter"], "warning")


@pytest.mark.parametrize("path", ["relative:///notes.txt", "absolute:///C:/x/notes.txt", "../no"])
def test_a_text_outside_of_the_project_is_looked_for_beside_it_and_nowhere_else(
    tmp_path: Path, path: str
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (tmp_path / "no").write_text("another text", encoding="utf-8")
    project = project_of(text_source(coded(16, 21), path=path))
    assert found(read(folder, project)) == ["no-text"]
    (folder / "notes.txt").write_bytes(TEXT.encode())
    assert quotes(read(folder, project)) == ["otter"]


def test_a_project_that_was_unpacked_has_its_texts_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "t.txt").write_bytes(TEXT.encode())
    path = tmp_path / "project.qde"
    path.write_text(project_of(text_source(coded(16, 21))), encoding="utf-8")
    source = open_source(path, ())
    assert format_of(source) == "qdpx"
    assert quotes(FORMATS["qdpx"].read(source)) == ["otter"]


def test_what_marks_no_words_is_counted_and_told(tmp_path: Path) -> None:
    coding = '<Coding guid="y"><CodeRef targetGUID="c2"/></Coding>'
    sources = f"""<Sources><PDFSource guid="p" name="Report.pdf">
<PDFSelection guid="q" page="1" firstX="0" firstY="0">{coding}</PDFSelection>
<Representation guid="r" plainTextPath="internal://t.txt">{coded(16, 21)}</Representation>{coding}
</PDFSource><AudioSource guid="a"><Transcript guid="tr" plainTextPath="internal://t.txt">
<SyncPoint guid="k1" position="16"/><SyncPoint guid="k2" position="21"/>
<TranscriptSelection guid="ts" fromSyncPoint="k1" toSyncPoint="k2">{coding}</TranscriptSelection>
</Transcript><AudioSelection guid="as" begin="0" end="9">{coding}</AudioSelection></AudioSource>
</Sources>"""
    foreign = read(tmp_path, project_of(sources))
    assert (quotes(foreign), foreign.marks) == (["otter", "otter"], 5)
    assert [document.key for document in foreign.documents] == ["Report", "t"]
    assert foreign.remarks == (
        "codings of a whole source, which mark no words, not read: 1",
        "codings of places on pages, not read: 1",
        "codings of sound, not read: 1",
    )


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        (coded(16, 21, "nothing"), "no-code"),
        (coded(16, 21).replace('<CodeRef targetGUID="c2"/>', ""), "no-code"),
        (coded(16, 9999), "bad-offset"),
        (coded(21, 16), "bad-offset"),
        (coded(-16, 21), "bad-offset"),
        (coded(16, 21).replace('"21"', '"9' + "9" * 40 + '"'), "bad-offset"),
        (coded(16, 21).replace(' startPosition="16"', ""), "bad-offset"),
        (coded(0, 4), "annotation-twice"),
        (coded(9, 9), "bad-offset"),
    ],
)
def test_a_faulty_coding_costs_itself(tmp_path: Path, selection: str, code: str) -> None:
    project = project_of(text_source(coded(0, 4), selection, coded(30, 36)))
    foreign = read(tmp_path, project)
    assert (found(foreign), foreign.marks, len(quotes(foreign))) == ([code], 3, 2)
    assert foreign.issues[0].place.file.endswith("p.qdpx!project.qde")


def test_codings_without_ids_and_codes_under_themselves(tmp_path: Path) -> None:
    bare = coded(16, 21).replace('guid="x16"', "").replace('guid="s16"', "")
    twice = project_of(text_source(bare, bare.replace("16", "30").replace("21", "36")))
    assert quotes(read(tmp_path, twice)) == ["otter", "salmon"]
    ring = twice.replace(
        '<Code guid="C2" name="otter" isCodable="true"/>',
        '<Code guid="C2" name="otter"><Code guid="c1" name="Animals"/></Code>',
    )
    foreign = read(tmp_path, ring)
    assert (found(foreign), quotes(foreign)) == (["annotation-twice"], ["otter", "salmon"])


def test_a_project_that_breaks_off_keeps_what_stands_before(tmp_path: Path) -> None:
    whole = project_of(text_source(coded(16, 21), coded(30, 36)))
    foreign = read(tmp_path, whole[: whole.index("</TextSource>")])
    assert (found(foreign), quotes(foreign)) == (["bad-xml"], ["otter", "salmon"])


def bomb() -> bytes:
    return zipped({"project.qde": b" " * 60_000_000})


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"PK\x03\x04 no zip at all", ["bad-zip"]),
        ((SAME / "qdpx.qdpx").read_bytes()[:900], ["bad-zip"]),
        (zipped({"readme.txt": b"a"}), ["bad-zip"]),
        (zipped({"project.qde": b"<Project", "../x": b"a"}), ["unsafe-path", "bad-xml"]),
        (zipped({"project.qde": b"<Codes/>"}), ["bad-xml"]),
        (zipped({"project.qde": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), ["bad-xml"]),
        (zipped({"project.qde": b"<a>" * 5_000}), ["too-deep", "bad-xml"]),
        (bomb(), ["too-large"]),
        (b"<Project><Sources/></Project>", []),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><Project/>", ["bad-xml"]),
        (b"neither zip nor XML", ["bad-xml"]),
    ],
)
def test_a_file_that_is_no_project_says_why(
    tmp_path: Path, content: bytes, codes: list[str]
) -> None:
    foreign = read_bytes(tmp_path, content)
    assert sorted(found(foreign)) == sorted(codes)
    assert foreign.documents == ()


def test_a_text_in_another_encoding_is_told_with_its_entry(tmp_path: Path) -> None:
    project = project_of(text_source(coded(0, 2)))
    foreign = read(tmp_path, project, "鲑鱼在河口的上游。".encode("gb18030"))
    assert {issue.code for issue in foreign.issues} == {"wrong-encoding"}
    assert foreign.issues[0].place.file.endswith("p.qdpx!Sources/t.txt")
    source = open_source(tmp_path / "p.qdpx", (), "gb18030")
    assert quotes(FORMATS["qdpx"].read(source)) == ["鲑鱼"]


def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "refi-qda-written.rng"))


@settings(deadline=None, max_examples=40)
@given(document=documents())
def test_what_is_written_is_valid(document: Annotated) -> None:
    each = FORMATS["qdpx"]
    assert each.write
    files = each.write([reduced(document, each.holds)])
    with zipfile.ZipFile(BytesIO(files["annotations.qdpx"])) as archive:
        schema().assertValid(etree.fromstring(archive.read("project.qde")))


def test_a_project_of_qualcoder_needs_no_further_step(kg: Kg, project: Path) -> None:
    new = project / "ontology" / "codes.ttl"
    (project / "ontology" / "river.ttl").unlink()
    toml = project / "kg.toml"
    toml.write_text(toml.read_text("utf-8").replace(', "fr"', ""), "utf-8")
    ran = kg("import", SAME / "qdpx.qdpx", "--codebook", new, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert "marks: 5 = 5 written" in ran.out
    assert 'skos:definition "The animal itself, not its tracks."@en' in new.read_text("utf-8")
    assert 'pkg:colour "#FA8072"' in new.read_text("utf-8")
    built = kg("build", "--project", project)
    assert (built.code, "error" in built.err) == (0, False)
    asked = kg("query", "mentions", "concept=otter", "--format", "csv", "--project", project)
    assert (asked.code, asked.out.count("otter")) == (0, 4)
    assert kg("render", "--project", project).code == 0


def test_an_empty_project_needs_nothing_but_the_import(kg: Kg, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert kg("init", "--empty", mine).code == 0
    new = mine / "ontology" / "codes.ttl"
    ran = kg("import", SAME / "qdpx.qdpx", "--codebook", new, "--project", mine)
    assert (ran.code, ran.err) == (0, "")
    assert "relations: 1 = 1 written" in ran.out
    assert ["otter", "otter", "new", "2"] in [line.split() for line in ran.out.splitlines()]
    assert "3 new concepts without a class" in ran.out
    assert "1 new relation between any concepts" in ran.out
    checked = kg("check", "--project", mine)
    told = {line.rpartition("[")[2] for line in checked.err.splitlines() if "warning: " in line}
    # Definitions and the licence of a vocabulary are for people to write, and nothing else is left.
    assert (checked.code, told) == (0, {"missing-definition]", "missing-header]"})
    built = kg("build", "--project", mine)
    assert (built.code, "error" in built.err) == (0, False)
    asked = kg("query", "claims", "--format", "csv", "--project", mine)
    assert (asked.code, "terms#eats,https://example.org/mine/concept/salmon" in asked.out) == (
        0,
        True,
    )
    again = kg("import", SAME / "qdpx.qdpx", "--codebook", new, "--project", mine)
    assert (again.code, "notes.ann.yaml is there already, with just" in again.out) == (0, True)
    assert kg("render", "--project", mine).code == 0


def test_two_spellings_of_a_relation_are_one_and_left_out_ones_are_none(
    kg: Kg, project: Path
) -> None:
    link = '<Link guid="l{0}" name="{1}" direction="OneWay" originGUID="x16" targetGUID="x30"/>'
    names = ("swims after", "SwimsAfter", "salmon", "bites")
    links = "".join(link.format(number, name) for number, name in enumerate(names))
    source = text_source(coded(16, 21), coded(30, 36))
    read(project, project_of(source, f"<Links>{links}</Links>"))
    chosen = project / "map.tsv"
    chosen.write_text("relation\tbites\t-\n", encoding="utf-8")
    new = project / "ontology" / "new.ttl"
    wanted = ("--coded", "2026-01-20T10:00:00Z", "--codebook", new, "--map", chosen)
    ran = kg("import", project / "p.qdpx", *wanted, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert "relations: 4 = 2 written + 1 left out by the map + 1 said twice" in ran.out
    assert "2 new relations between any concepts" in ran.out
    assert new.read_text("utf-8").count("owl:inverseOf") == 2
    assert "error" not in kg("build", "--project", project).err


def test_a_codebook_makes_the_folder_that_it_lies_in(kg: Kg, tmp_path: Path) -> None:
    toml = 'title = "t"\nbase = "https://example.org/t/"\n'
    (tmp_path / "kg.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "passages").mkdir()
    new = tmp_path / "ontology" / "codes.ttl"
    kg("import", SAME / "qdpx.qdpx", "--codebook", new, "--project", tmp_path)
    assert "skos:Concept" in new.read_text("utf-8")
    assert "5 written" in kg("import", SAME / "qdpx.qdpx", "--project", tmp_path).out


def test_a_codebook_alone_becomes_concepts(kg: Kg, project: Path) -> None:
    codes = '<Code guid="1" name="Birds" isCodable="true"><Code guid="2" name="dipper"/></Code>'
    codes += '<Code guid="3" name="salmon" isCodable="true"/>'
    file = project / "birds.qdc"
    xml = f'<CodeBook xmlns="urn:QDA-XML:codebook:1:0"><Codes>{codes}</Codes></CodeBook>'
    file.write_text(xml, encoding="utf-8")
    new = project / "ontology" / "birds.ttl"
    ran = kg("import", file, "--codebook", new, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert ["salmon", "salmon", "key", "0"] in [line.split() for line in ran.out.splitlines()]
    turtle = new.read_text("utf-8")
    assert "skos:broader <https://example.org/river/concept/birds>" in turtle
    assert "concept/salmon" not in turtle


def test_two_codes_of_one_name_are_two_concepts_that_differ_in_label(kg: Kg, project: Path) -> None:
    codes = CODES.replace("otter", "Other").replace("Animals", "Fauna")
    codes = codes.replace("</Codes>", '<Code guid="c9" name="Other" isCodable="true"/></Codes>')
    xml = project_of(text_source(coded(16, 21), coded(30, 36, "c9"))).replace(CODES, codes)
    read(project, xml)
    new = project / "ontology" / "new.ttl"
    when = ("--coded", "2026-01-20T10:00:00Z")
    ran = kg("import", project / "p.qdpx", *when, "--codebook", new, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert '"Fauna > Other"@en' in new.read_text("utf-8")
    assert "shared-label" not in kg("check", "--project", project).err
    again = kg("import", project / "p.qdpx", *when, "--project", project)
    assert (again.code, "is there already, with just this in it" in again.out) == (0, True)


def test_the_concepts_go_out_as_a_code_tree_with_definitions(kg: Kg, starter: Path) -> None:
    ran = kg("export", "qdc", "qdpx", "--project", starter)
    assert ran.code == 0
    codebook, project = (Path(line) for line in ran.out.splitlines())
    alone = FORMATS["qdc"].read(open_source(codebook, ()))
    within = FORMATS["qdpx"].read(open_source(project, ()))
    assert [*alone.codes] == [*within.codes]
    assert next(code for code in alone.codes if code.path[-1] == "pupils").definition
    with zipfile.ZipFile(project) as archive:
        schema().assertValid(etree.fromstring(archive.read("project.qde")))


def test_codes_go_out_by_their_labels_and_come_back_to_their_concepts(
    kg: Kg, starter: Path
) -> None:
    vocabulary = starter / "ontology" / "school-meals.ttl"
    turtle = vocabulary.read_text("utf-8").replace('"rural income"@en', '"Farm"@en')
    vocabulary.write_text(turtle, encoding="utf-8")
    ran = kg("export", "qdpx", "--project", starter)
    assert "labels besides the first (3)" in ran.err
    assert "classes of concepts (9)" in ran.err
    [exported] = map(Path, ran.out.splitlines())
    names = {code.path[-1] for code in FORMATS["qdpx"].read(open_source(exported, ())).codes}
    assert names >= {"free school lunch", "rural-income", "farm"}
    ran = kg("import", exported, "--dry-run", "--project", starter)
    assert any(
        line.startswith("free school lunch ") and " free-lunch " in line
        for line in ran.out.splitlines()
    )
    assert "unmatched" not in ran.err


def test_keys_and_definitions_come_back_in_a_project_without_them(
    kg: Kg, starter: Path, tmp_path: Path
) -> None:
    [exported] = map(Path, kg("export", "qdc", "--project", starter).out.splitlines())
    mine = tmp_path / "mine"
    kg("init", "--empty", mine)
    new = mine / "ontology" / "codes.ttl"
    assert kg("import", exported, "--codebook", new, "--project", mine).code == 0
    turtle = new.read_text("utf-8")
    assert "<https://example.org/mine/concept/free-lunch> a skos:Concept" in turtle
    assert 'skos:prefLabel "free school lunch"@en' in turtle
    assert 'skos:definition "A midday meal at school that costs the family nothing."@en' in turtle


def test_new_codes_hang_under_the_concepts_that_are_there(kg: Kg, project: Path) -> None:
    codes = '<Code guid="1" name="otter" isCodable="true"><Code guid="2" name="cub"/></Code>'
    file = project / "cubs.qdc"
    file.write_text(f"<CodeBook><Codes>{codes}</Codes></CodeBook>", encoding="utf-8")
    new = project / "ontology" / "cubs.ttl"
    assert kg("import", file, "--codebook", new, "--project", project).code == 0
    turtle = new.read_text("utf-8")
    otter = "<https://example.org/river/concept/otter>"
    assert f"skos:broader {otter}" in turtle
    assert f"{otter} skos:narrower <https://example.org/river/concept/cub> ." in turtle
    assert f"{otter} a skos:Concept" not in turtle
    assert "one-way-link" not in kg("check", "--project", project).err


def test_of_two_texts_of_one_name_the_one_among_the_sources_is_meant(tmp_path: Path) -> None:
    entries = {
        "project.qde": project_of(text_source(coded(16, 21))).encode(),
        "old/t.txt": b"quite another text, long enough",
        "sources/t.txt": TEXT.encode(),
    }
    assert quotes(read_bytes(tmp_path, zipped(entries))) == ["otter"]


NAMES = st.text(
    st.sampled_from([*"aB &<>\"'/;{}[]é", "鱼", "🐟", "\u2028", "\u0301"]), min_size=1, max_size=6
).map(lambda name: " ".join(name.split()) or "x")
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=4).map(tuple),
    st.tuples(NAMES | st.just(""), st.sampled_from(["", "#00FF7f"])),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(tree=TREES)
def test_a_code_tree_comes_back_whole(tree: dict[tuple[str, ...], tuple[str, str]]) -> None:
    above = {path[:depth] for path in tree for depth in range(1, len(path) + 1)}
    expected = {
        path: Code(path, text, (("colour", colour),) if colour else ())
        for path in above
        for text, colour in [tree.get(path, ("", ""))]
    }
    for name in ("qdc", "qdpx"):
        write = FORMATS[name].coded
        assert write
        files = write([], [expected[path] for path in tree])
        with TemporaryDirectory() as folder:
            [(file, data)] = files.items()
            (Path(folder) / file).write_bytes(data)
            foreign = FORMATS[name].read(open_source(Path(folder) / file, ()))
        assert foreign.issues == ()
        assert {code.path: code for code in foreign.codes} == expected
        assert len(foreign.codes) == len(expected)


@settings(deadline=None, max_examples=60)
@given(document=documents(), unit=st.sampled_from(UNITS))
def test_marks_whose_words_are_given_are_found_whatever_is_counted(
    document: Annotated, unit: str
) -> None:
    by = ruler(document.text, unit)
    offsets = reversed(range(by.foreign_length + 1))
    where = {by.point(offset): offset for offset in offsets}
    wanted = [
        document.text[start:end]
        for mark in document.marks
        for start, end in mark.spans
        if start in where and end in where
    ]
    selections = [
        coded(where[start], where[end], "c2")
        .replace('"x', f'"x{number}.{start}.')
        .replace("<PlainTextSelection", f"<PlainTextSelection name={quoteattr(words)}")
        for number, mark in enumerate(document.marks)
        for start, end in mark.spans
        if start in where and end in where
        for words in [document.text[start:end]]
    ]
    with TemporaryDirectory() as folder:
        foreign = read(Path(folder), project_of(text_source(*selections)), document.text)
    assert foreign.issues == ()
    assert quotes(foreign) == wanted

"""Does a workbook of coded segments come in, as Excel, MAXQDA and hostile people save them?"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kg.interchange import sheets
from kg.interchange.model import Foreign
from kg.interchange.source import open_source
from kg.interchange.xlsx import looks_like_xlsx, read_xlsx
from kg.workbook import workbook
from tests.documents.making import zipped

TEXT = "The otter eats salmon. The otter left."
HEAD = ("Document", "Code", "Segment")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes.txt").write_text(TEXT, "utf-8")
    return tmp_path


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in rows:
        sheet.append(row)
    return saved(book)


def read(folder: Path, data: bytes) -> Foreign:
    path = folder / "codes.xlsx"
    path.write_bytes(data)
    source = open_source(path, [])
    assert looks_like_xlsx(path, source.text)
    return read_xlsx(source)


def told(foreign: Foreign) -> list[str]:
    folder = re.compile(r"^.*/(?=codes\.xlsx)")
    return [folder.sub("", f"{issue.place} {issue.code}") for issue in foreign.issues]


def test_dates_numbers_and_rich_texts_are_what_a_person_sees(folder: Path) -> None:
    rich = CellRichText("The ", TextBlock(InlineFont(b=True), "otter"), " eats")
    foreign = read(
        folder,
        table(
            (*HEAD, "Created", "Confidence", "Weight", "Sure"),
            ("notes", "Animals > Otter", rich, datetime(2024, 4, 1, 9, 30), 0.75, 5, True),
            ("notes", "Left", "left", date(2024, 4, 2), 1, 2.5, False),
        ),
    )
    [document] = foreign.documents
    one, two = document.marks
    assert foreign.issues == ()
    assert (one.label, TEXT[slice(*one.spans[0])]) == (("Animals", "Otter"), "The otter eats")
    assert (one.said.time, one.said.confidence) == ("2024-04-01T09:30:00", "0.75")
    assert one.said.more == (("Weight", "5"), ("Sure", "TRUE"))
    assert (two.said.time, two.said.confidence, two.said.more[0]) == (
        "2024-04-02",
        "1",
        ("Weight", "2.5"),
    )


def test_faults_name_the_sheet_and_the_row_and_cost_only_it(folder: Path) -> None:
    foreign = read(
        folder,
        table(
            HEAD,
            ("notes", "a", "salmon"),
            (),
            ("other", "a", "salmon"),
            ("notes", "a", "otter"),
            ("notes", "a", "whale", "beyond"),
        ),
    )
    assert (foreign.marks, len(foreign.documents[0].marks)) == (4, 1)
    assert told(foreign) == [
        "codes.xlsx!Sheet:4 no-text",
        "codes.xlsx!Sheet:5 quote-ambiguous",
        "codes.xlsx!Sheet:6 bad-line",
        "codes.xlsx!Sheet:6 quote-not-in-text",
    ]


def test_an_export_of_maxqda_needs_no_change(folder: Path) -> None:
    """`Beginning` and `End` count paragraphs there, and are kept as they are."""
    head = ("Document group", "Document name", "Code", "Beginning", "End", "Segment", "Created by")
    row = ("Group", "notes", "Animals > Otter", 1, 1, "The otter eats salmon.", "ann")
    foreign = read(folder, table(head, row))
    assert foreign.issues == ()
    [mark] = foreign.documents[0].marks
    assert (mark.spans, mark.said.coder) == (((0, 22),), "ann")
    assert dict(mark.said.more) == {"Document group": "Group", "Beginning": "1", "End": "1"}


def test_other_sheets_are_passed_over_and_told(folder: Path) -> None:
    book = {"About": [["just", "words"]], "Codes": [HEAD, ["notes", "a", "salmon"]]}
    foreign = read(folder, workbook(book))
    assert len(foreign.documents[0].marks) == 1
    assert foreign.remarks == ("sheets without columns for codes and their words, not read: 1",)
    assert told(read(folder, workbook({"About": [["just", "words"]]}))) == [
        "codes.xlsx!About:1 missing-column"
    ]


def parts(sheet: str, **more: str) -> dict[str, str]:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>'
        '<sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<R><R Id="r1" Target="/xl/worksheets/s.xml"/></R>',
        "xl/worksheets/s.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        **{f"xl/{name}.xml": content for name, content in more.items()},
    }


SHARED = (
    "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>"
    "<c r='C1' t='inlineStr'><is><t>Code</t><rPh><t>x</t></rPh></is></c></row>"
    "<row><c t='s'><v>1</v></c><c r='C2' t='str'><f>A1</f><v>x</v></c>"
    "<c t='e'><v>#N/A</v></c></row>"
    "<row><c t='s'><v>9</v></c><c r='C3' t='s'><v>-1</v></c></row></sheetData>"
)
TEXTS = (
    "<sst><si><t>Segment</t></si>"
    "<si><r><t>sal</t></r><r><t>mon</t></r><rPh><t>X</t></rPh></si></sst>"
)


def test_shared_texts_have_no_readings_and_bad_numbers_are_empty_cells(folder: Path) -> None:
    foreign = read(folder, zipped(parts(SHARED, sharedStrings=TEXTS)))
    [document] = foreign.documents
    assert [(mark.label, TEXT[slice(*mark.spans[0])]) for mark in document.marks] == [
        (("x",), "salmon")
    ]
    assert foreign.issues == ()


BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"xl/workbook.xml": BOMB}, ["codes.xlsx:1 bad-xml"]),
        ({"xl/worksheets/s.xml": BOMB}, ["codes.xlsx!S:1 bad-xml"]),
        ({"xl/worksheets/s.xml": "<a>"}, ["codes.xlsx!S:1 bad-xml"]),
        ({"xl/sharedStrings.xml": "<a>\n<b>"}, ["codes.xlsx:2 bad-xml"]),
        ({"../evil": "x"}, ["codes.xlsx!../evil unsafe-path"]),
    ],
)
def test_a_hostile_part_is_told(
    folder: Path, entries: Mapping[str, str], expected: list[str]
) -> None:
    foreign = read(folder, zipped({**parts(SHARED, sharedStrings=TEXTS), **entries}))
    assert told(foreign) == expected


def test_more_cells_than_the_limit_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_CELLS", 5)
    foreign = read(folder, table(HEAD, ("notes", "a", "salmon")))
    assert told(foreign) == ["codes.xlsx!Sheet:1 too-large"]


GOOD = table(HEAD, ("notes", "a", "salmon"))


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=4))
def test_a_damaged_workbook_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "notes.txt").write_text(TEXT, "utf-8")
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    (folder / "codes.xlsx").write_bytes(data)
    source = open_source(folder / "codes.xlsx", [])
    foreign = read_xlsx(source)
    assert foreign.issues or foreign.documents
    assert foreign.marks <= 1

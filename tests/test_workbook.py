"""Does a workbook open in other programs, with the same cells and no formula among them?"""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kg import workbook as module
from kg.errors import FormatError
from kg.interchange.sheets import open_workbook
from kg.workbook import Cell, workbook
from kg.zips import open_zip

TEXT = st.text(
    st.one_of(
        st.sampled_from("=+-@\t\r\n <>&\"'_x000D_县鱼🐟e\u0301\u202eא"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=20,
)
ROWS = st.lists(st.lists(st.one_of(TEXT, st.integers(-(10**9), 10**9)), min_size=1, max_size=4))


def by_us(data: bytes) -> dict[str, list[dict[int, str]]]:
    with open_zip(data) as archive:
        book = open_workbook(archive)
        return {name: [dict(cells) for _, cells in book.rows(name)] for name in book.sheets}


@settings(deadline=None, max_examples=80)
@given(rows=ROWS)
def test_what_is_written_is_read_again(rows: list[list[Cell]]) -> None:
    expected = [{n: str(cell) for n, cell in enumerate(row) if cell != ""} for row in rows]
    assert by_us(workbook({"sheet": rows})) == {"sheet": [row for row in expected if row]}


def test_another_program_opens_it_and_sees_the_same_cells() -> None:
    words = "县 <b> & 🐟\nsecond"
    rows: list[list[Cell]] = [["name", "count"], [words, -3], ["", 7], [" edge ", 0]]
    book = load_workbook(io.BytesIO(workbook({"first & last": rows, "empty": []})))
    assert book.sheetnames == ["first & last", "empty"]
    found = [[cell.value for cell in row] for row in book["first & last"].iter_rows()]
    assert found == [["name", "count"], [words, -3], [None, 7], [" edge ", 0]]
    assert book["first & last"].freeze_panes == "A2"
    assert book["first & last"]["A1"].font.bold


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_what_looks_like_a_formula_is_a_quoted_text(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    sheet = load_workbook(io.BytesIO(workbook({"a": [["head"], [text]]})))["a"]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_the_same_rows_are_the_same_bytes() -> None:
    sheets = {"a": [["b", 1]], "c": [["d"]]}
    assert workbook(sheets) == workbook(sheets)
    with zipfile.ZipFile(io.BytesIO(workbook(sheets))) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_cell_that_excel_would_cut_says_so() -> None:
    [[cell]] = [row.values() for row in by_us(workbook({"a": [["x" * 40_000]]}))["a"]]
    assert len(cell) == 32_767
    assert cell.endswith("… [40,000 characters; cut here]")


def test_characters_that_no_xml_can_hold_are_left_out() -> None:
    assert by_us(workbook({"a": [["a\x00b\x0bc\ud83d"]]})) == {"a": [{0: "abc"}]}


def test_more_rows_than_excel_opens_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    with pytest.raises(FormatError, match="has more than 2 rows"):
        workbook({"a": [["x"]] * 3})

"""Sheets of text and whole numbers as an Excel workbook, ECMA-376: the same rows, the same bytes.

Texts are written as texts, so that none is ever a formula; those that look like one have the mark
of quotation that Excel gives to a cell typed with an apostrophe, which keeps them so in editing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from kg.errors import FormatError
from kg.zips import zipped

Cell = str | int
Rows = Iterable[Sequence[Cell]]
"""The first is the heading."""
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
"""Limits of Excel: it repairs a file beyond them, and loses what it likes."""
_LONGEST_NAME = 31
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_HEADING, _QUOTED = 1, 2
"""Styles: see `_STYLES`."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """The file; FormatError where a sheet has more rows than Excel opens.

    The names of sheets may hold none of []:*?/\\ and at most 31 characters.
    """
    entries = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n, _ in _numbered(sheets)}
            | {f"rId{len(sheets) + 1}": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, name in _numbered(sheets):
        entries[f"xl/worksheets/sheet{number}.xml"] = _sheet(name, sheets[name])
    return zipped(entries)


def _numbered(sheets: Mapping[str, Rows]) -> Iterator[tuple[int, str]]:
    return enumerate(sheets, 1)


def _content_types(count: int) -> str:
    kinds = {"workbook": f"{_TYPE}sheet.main+xml", "styles": f"{_TYPE}styles+xml"}
    kinds |= {f"worksheets/sheet{n + 1}": f"{_TYPE}worksheet+xml" for n in range(count)}
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{kind}"/>'
        for name, kind in kinds.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _book(sheets: Mapping[str, Rows]) -> str:
    rows = "".join(
        f'<sheet name={quoteattr(name[:_LONGEST_NAME])} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in _numbered(sheets)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{rows}</sheets></workbook>'


def _sheet(name: str, rows: Rows) -> str:
    """With the heading bold, and in sight when the rest is moved."""
    written: list[str] = []
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            what = f"the sheet {name} has more than {MOST_ROWS:,} rows, and Excel opens no more"
            raise FormatError(what, fix="take the tables: kg export csv")
        cells = "".join(_cell(cell, _HEADING if number == 1 else 0) for cell in row)
        written.append(f"<row>{cells}</row>")
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
        f"</sheetView></sheetViews><sheetData>{''.join(written)}</sheetData></worksheet>"
    )


def _cell(cell: Cell, style: int) -> str:
    if isinstance(cell, int):
        return f"<c><v>{cell:d}</v></c>"
    if not cell:
        return "<c/>"
    style = _QUOTED if cell.startswith(_FORMULA) else style
    of_style = f' s="{style}"' if style else ""
    text = f'<t xml:space="preserve">{cell_text(cell)}</t>'
    return f'<c t="inlineStr"{of_style}><is>{text}</is></c>'


def cell_text(text: str) -> str:
    """A text as XML; one that Excel would cut is cut here, and says so.

    >>> cell_text("a\\r\\n<b> _x000D_")
    'a_x000D_\\n&lt;b&gt; _x005F_x000D_'
    """
    if len(text) > LONGEST_CELL:
        told = f"… [{len(text):,} characters; cut here]"
        text = text[: LONGEST_CELL - len(told)] + told
    text = _UNFIT.sub("", _ESCAPED.sub("_x005F_", text))
    return escape(text).replace("\r", "_x000D_")

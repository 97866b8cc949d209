"""Word and PDF files made from words, by hand: nothing that the readers use makes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name, data)
    return buffer.getvalue()


def paragraph(words: str, inside: str = "") -> str:
    return f"<w:p>{inside}<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def docx(body: str, **parts: str) -> bytes:
    """A file with that body; `core` and the other parts by their names in word/."""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    if core := parts.pop("core", ""):
        entries["docProps/core.xml"] = CORE.format(core)
    for name, content in parts.items():
        entries[f"word/{name}.xml"] = f"<w:{name} {W}>{content}</w:{name}>"
    return zipped(entries)


def pdf(
    pages: Sequence[Sequence[str]], info: Mapping[str, str] | None = None, broken: int = -1
) -> bytes:
    """Pages of lines; every character is a glyph that says by a table which letter it is.

    The page of the number `broken`, from 0, is one that cannot be read.
    """
    letters = sorted({char for page in pages for line in page for char in line})
    codes = {char: number for number, char in enumerate(letters, 1)}
    table = "\n".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}\nendbfchar\nendcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids ["
        + " ".join(f"{8 + 2 * n} 0 R" for n in range(len(pages)))
        + "] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /FontDescriptor 5 0 R /DW 500 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] >>",
        stream(cmap),
        "<< " + " ".join(f"/{key} ({value})" for key, value in (info or {}).items()) + " >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"<{hexed(line, codes)}> Tj T*\n" for line in page)
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources "
            f"<< /Font << /F 3 0 R >> >> /Contents {9 + 2 * number} 0 R >>",
            "[" * 20_000 + "]" * 20_000
            if number == broken
            else stream(f"BT /F 10 Tf 14 TL 50 750 Td\n{shown}ET"),
        ]
    return written(objects)


def hexed(line: str, codes: Mapping[str, int]) -> str:
    return "".join(f"{codes[char]:04x}" for char in line)


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def written(objects: Sequence[str]) -> bytes:
    out, places = "%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 7 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n{trailer}\n"
    return (out + end + f"startxref\n{len(out)}\n%%EOF\n").encode("latin-1")

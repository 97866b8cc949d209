"""What happens to documents that are broken, locked, empty or meant to hurt?"""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import apart, kind_of, read_apart
from kg.documents import docx as docx_reader
from kg.documents.__main__ import READERS
from kg.documents.clean import Clean
from kg.readers.faults import Faults
from kg.zips import Limits
from tests.documents.making import W, docx, paragraph, pdf, zipped

WORDS = docx(paragraph("The county town."))
PAGES = pdf([["The county town."], ["It grows."]])
DOCUMENT = f"<w:document {W}><w:body>%s</w:body></w:document>"
pytestmark = pytest.mark.usefixtures("no_network")


def read(kind: str, data: bytes) -> tuple[Clean | None, list[str]]:
    faults = Faults(f"a.{kind}")
    return READERS[kind](data, faults), [f"{each.place} {each.code}" for each in faults.issues]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"other.xml": "<a/>"}, ["a.docx bad-zip"]),
        ({"word/document.xml": "<a>"}, ["a.docx!word/document.xml:1 bad-xml"]),
        (
            {
                "word/document.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
            },
            ["a.docx!word/document.xml:1 bad-xml"],
        ),
        ({"word/document.xml": "\n" + "<a>" * 5_000}, ["a.docx!word/document.xml:2 too-deep"]),
        ({"word/document.xml": bytes(2_000_000)}, ["a.docx!word/document.xml too-large"]),
    ],
)
def test_a_word_file_that_cannot_be_used_says_which_entry(
    entries: dict[str, str | bytes], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx_reader, "LIMITS", Limits(entry=1_000_000))
    assert read("docx", zipped(entries)) == (None, told)


def test_a_bad_part_or_a_path_that_leads_out_costs_only_itself() -> None:
    body = DOCUMENT % paragraph("Words")
    found, told = read(
        "docx",
        zipped({"word/document.xml": body, "../../evil": "x", "word/footnotes.xml": "<a>"}),
    )
    assert found
    assert found.text == "Words\n"
    assert told == ["a.docx!../../evil unsafe-path", "a.docx!word/footnotes.xml:1 bad-xml"]


def test_tables_within_tables_are_read_however_deep() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 300 + paragraph("Words") + "</w:tc></w:tr></w:tbl>" * 300
    found, told = read("docx", docx(deep))
    assert found
    assert (found.text, told) == ("Words\n", [])


def test_an_old_word_file_and_one_with_a_password_say_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert read("docx", data) == (None, ["a.docx bad-zip"])


def locked(password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PAGES)))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")  # noqa: S106 - of a test
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_locked_pdf_says_so_and_one_that_everybody_may_open_is_read() -> None:
    assert read("pdf", locked("secret")) == (None, ["a.pdf bad-pdf"])
    found, told = read("pdf", locked(""))
    assert found
    assert ("The county town." in found.text, told) == (True, [])


def test_a_pdf_that_needs_a_further_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    def refuse(*_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", refuse)
    faults = Faults("a.pdf")
    assert READERS["pdf"](locked(""), faults) is None
    assert [issue.fix.partition(";")[0] for issue in faults.issues] == ["pip install cryptography"]


def test_a_page_that_cannot_be_read_is_one_issue_and_costs_no_other() -> None:
    found, told = read("pdf", pdf([["The county town."], ["It grows."]], broken=0))
    assert found
    assert (found.text, told) == ("It grows.\n", ["a.pdf bad-pdf"])


def test_a_scanned_pdf_says_that_it_holds_no_text() -> None:
    assert read("pdf", pdf([[], []])) == (None, ["a.pdf no-text"])
    found, told = read("pdf", pdf([["Words"], []]))
    assert found
    assert (found.text, told) == ("Words\n", ["a.pdf no-text"])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", PAGES[:300], b"%PDF-" + bytes(5_000)])
def test_a_pdf_that_breaks_off_is_told(data: bytes) -> None:
    found, told = read("pdf", data)
    assert found is None
    assert told in (["a.pdf bad-pdf"], ["a.pdf no-text"])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=4)), max_size=5))
def test_a_damaged_document_is_read_or_told(changes: list[tuple[int, bytes]]) -> None:
    for kind, good in (("docx", WORDS), ("pdf", PAGES)):
        data = bytearray(good)
        for at, put in changes:
            data[at % len(data) : at % len(data) + len(put)] = put
        found, told = read(kind, bytes(data))
        assert found or told


@settings(deadline=None, max_examples=100)
@given(st.text(st.sampled_from("<>/!-[]ab=\"' \n&#;xdivtableptrtdscriptnavmain"), max_size=200))
def test_any_html_and_any_markdown_is_read(text: str) -> None:
    for kind in ("html", "md"):
        found, told = read(kind, text.encode())
        assert found
        assert told == []
        assert all(0 <= start < end <= len(found.text) for start, end in found.body)


@pytest.mark.parametrize(
    "odd", ["<![doc[x]>", "<![if !IE]>", "<![CDATA[x]]>", "<!x>", "<?x>", "</ x>"]
)
def test_odd_declarations_of_a_page_are_passed_over(odd: str) -> None:
    found, told = read("html", f"<p>One</p>{odd}<p>Two</p>".encode())
    assert found
    assert (found.text, told) == ("One\n\nTwo\n", [])


def test_a_page_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 1.0)
    faults = Faults("a.html")
    assert read_apart("html", b"<a " * 400_000, faults) is None
    assert [each.code for each in faults.issues] == ["too-large"]


def test_a_file_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 90_000_000)
    faults = Faults("a.docx")
    bomb = zipped({"word/document.xml": DOCUMENT % ("<w:p/>" * 900_000)})
    assert read_apart("docx", bomb, faults) is None
    [issue] = faults.issues
    assert "this file takes more than 90,000,000 bytes of memory, the limit" in issue.what


def test_what_the_other_process_found_comes_over_whole() -> None:
    faults = Faults("a.docx")
    data = zipped({"word/document.xml": DOCUMENT % paragraph("Wörter 县"), "../x": ""})
    assert read_apart("docx", data, faults) == Clean("Wörter 县\n")
    assert [str(each.place) for each in faults.issues] == ["a.docx!../x"]


def test_the_kind_is_told_by_what_a_file_holds() -> None:
    entries = "[Content_Types].xml\nword/document.xml"
    assert [kind_of("report", text) for text in (entries, "%PDF-", "x")] == ["docx", "pdf", ""]
    assert [kind_of(name, "x") for name in ("a.HTM", "a.md", "a.txt")] == ["html", "md", "txt"]

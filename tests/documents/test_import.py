"""What does somebody see who brings a report along that nobody has coded yet?"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ontology import Ontology
from kg.readers import read_folder
from tests.documents.making import docx, paragraph, pdf
from tests.interchange.conftest import project, river
from tests.test_cli import Kg, kg

__all__ = ["kg", "project", "river"]

NOTES = f'<w:footnote w:type="separator"/><w:footnote>{paragraph("See there.")}</w:footnote>'
CORE = "<dc:title>Of: rivers</dc:title><dcterms:created>2024-04-01T09:00:00Z</dcterms:created>"


def test_a_word_file_becomes_a_text_with_its_title_date_and_body(
    kg: Kg, project: Path, tmp_path: Path, river: Ontology
) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx(paragraph("The otter eats salmon."), core=CORE, footnotes=NOTES))
    ran = kg("import", path, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    folder = project / "passages"
    assert ran.out.splitlines() == [
        "read 1 file as docx: 1 text, 0 marks, 0 relations",
        "report, changed: footnotes, at the end and outside of the body (1)",
        "report, issued: 2024-04-01, as the file says; check it in report.yaml",
        f"wrote {folder / 'report.txt'}",
        f"wrote {folder / 'report.yaml'}",
    ]
    reading = read_folder(folder, river)
    [document] = reading.documents
    assert reading.issues == ()
    assert (document.title, document.issued) == ("Of: rivers", "2024-04-01")
    assert document.text == "The otter eats salmon.\n\nSee there.\n"
    assert [document.text[start:end] for start, end in document.body] == ["The otter eats salmon."]
    assert "passages/" not in kg("build", "--project", project).err


def test_a_page_is_read_in_the_encoding_that_it_names(
    kg: Kg, project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "页.html"
    text = '<html><head><meta charset="gb2312"><title>县城</title></head><p>县城是支撑。镕</p>'
    path.write_bytes(text.encode("gb18030"))
    assert kg("import", path, "--project", project).code == 0
    assert (project / "passages" / "页.txt").read_text("utf-8") == "县城是支撑。镕\n"
    assert (project / "passages" / "页.yaml").read_text("utf-8") == 'title: "县城"\n'


def test_a_page_that_names_no_encoding_needs_one(kg: Kg, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("<p>县城是城乡融合发展的关键支撑。</p>".encode("gb18030"))
    ran = kg("import", path, "--project", project)
    assert (ran.code, "it looks like GB18030" in ran.err) == (1, True)
    ran = kg("import", path, "--encoding", "gb18030", "--project", project)
    assert (ran.code, ran.err) == (0, "")


def test_plain_text_stays_as_it_is_but_for_line_ends(kg: Kg, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"\xef\xbb\xbfOne\r\n  two")
    assert kg("import", path, "--project", project).code == 0
    assert (project / "passages" / "notes.txt").read_bytes() == b"One\n  two\n"


def test_what_cannot_be_read_costs_no_other_file(kg: Kg, project: Path, tmp_path: Path) -> None:
    scanned, good, empty = (tmp_path / name for name in ("scan.pdf", "good.pdf", "empty.md"))
    scanned.write_bytes(pdf([[]]))
    good.write_bytes(pdf([["The otter."]]))
    empty.write_text("![](x.png)", "utf-8")
    ran = kg("import", scanned, good, empty, "--project", project)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert "scan.pdf: no page of this PDF (1) holds text; it may be scanned" in ran.err
    assert "empty.md: this document holds no words" in ran.err
    assert (project / "passages" / "good.txt").read_text("utf-8") == "The otter.\n"


def test_a_limit_says_how_it_is_raised(
    kg: Kg, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.interchange.source.LARGEST_FOREIGN", 20)
    path = tmp_path / "long.txt"
    path.write_text("The otter eats salmon.", "utf-8")
    ran = kg("import", path, "--project", project)
    assert (ran.code, "the limit is 20" in ran.err) == (1, True)
    assert "or raise the limits, if you trust it: --limits 10" in ran.err
    ran = kg("import", path, "--limits", "10", "--project", project)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("name", ["old.doc", "locked.docx", "old.xls", "locked.xlsx"])
def test_old_and_locked_files_say_how_to_save_them(
    kg: Kg, project: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    ran = kg("import", path, "--project", project)
    assert ran.code == 1
    assert "save it as .docx or .xlsx, without a password" in ran.err
    assert ran.err.count("fix:") == 1


def test_a_missing_extra_says_how_to_get_it(
    kg: Kg, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.documents.apart.find_spec", lambda _: None)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf([["The otter."]]))
    ran = kg("import", path, "--project", project)
    assert (ran.code, "pip install 'policy-kg[docs]'" in ran.err) == (2, True)


def test_a_text_that_is_there_is_never_changed(kg: Kg, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx(paragraph("New words.")))
    there = project / "passages" / "report.txt"
    there.write_text("Old words.\n", "utf-8")
    ran = kg("import", path, "--project", project)
    assert (ran.code, "text-differs" in ran.err) == (1, True)
    assert there.read_text("utf-8") == "Old words.\n"

"""Do the words of a document come out clean, and is it told what did not?"""

from __future__ import annotations

from kg.documents.__main__ import READERS
from kg.documents.clean import Clean
from kg.readers.faults import Faults
from tests.documents.making import docx, paragraph, pdf

P = paragraph
CELL = "<w:tc>{}</w:tc>".format
ROW = "<w:tr>{}</w:tr>".format


def clean(kind: str, data: bytes | str) -> Clean:
    faults = Faults(f"report.{kind}")
    found = READERS[kind](data if isinstance(data, bytes) else data.encode(), faults)
    assert (faults.issues, found is None) == ((), False)
    assert found
    return found


def body(found: Clean) -> list[str]:
    return [found.text[start:end] for start, end in found.body]


def test_a_word_file_is_its_paragraphs_with_its_title_and_dates() -> None:
    core = (
        "<dc:title>On towns</dc:title><dc:creator>Ann &amp; Bob</dc:creator>"
        "<dcterms:created>2024-04-01T09:00:00Z</dcterms:created>"
    )
    found = clean("docx", docx(P("One town.") + P("") + P("县城是支撑。"), core=core))
    assert found.text == "One town.\n\n县城是支撑。\n"
    assert found.about == {
        "title": "On towns",
        "creator": "Ann & Bob",
        "issued": "2024-04-01T09:00:00Z",
    }
    assert (found.body, found.dropped, found.changed) == ((), {}, {})


def test_the_rows_of_a_table_are_lines() -> None:
    inner = "<w:tbl>" + ROW(CELL(P("x")) + CELL(P("y"))) + "</w:tbl>"
    rows = ROW(CELL(P("a") + P("b")) + CELL(P("c"))) + ROW(CELL(inner) + CELL(P("d")))
    found = clean("docx", docx(P("Before") + f"<w:tbl>{rows}</w:tbl>" + P("After")))
    assert found.text == "Before\n\na b\tc\nx y\td\n\nAfter\n"
    assert found.changed == {"tables, as lines with tabs between cells": 2}


def test_what_is_no_text_of_a_word_file_is_counted() -> None:
    numbered = "<w:pPr><w:numPr/></w:pPr>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>" + (
        "<w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    )
    picture = "<w:p><w:r><w:drawing/></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
    found = clean(
        "docx",
        docx(
            P("First", numbered) + hidden + deleted + picture,
            header1=P("Head"),
            comments="<w:comment/><w:comment/>",
        ),
    )
    assert found.text == "First\n\nnew\n\nshown\n"
    assert found.dropped == {
        "numbers and bullets of lists": 1,
        "hidden words": 1,
        "deletions of tracked changes": 1,
        "images": 1,
        "headers and footers": 1,
        "comments": 2,
    }


def test_notes_and_the_table_of_contents_are_no_part_of_the_body() -> None:
    contents = P("Towns 1", '<w:pPr><w:pStyle w:val="TOC1"/></w:pPr>')
    notes = f'<w:footnote w:type="separator"/><w:footnote>{P("See 1.")}</w:footnote>'
    found = clean("docx", docx(contents + P("Towns grow."), footnotes=notes))
    assert found.text == "Towns 1\n\nTowns grow.\n\nSee 1.\n"
    assert body(found) == ["Towns grow."]


def test_a_text_box_stands_before_its_paragraph_and_is_not_lost() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{P('In the box')}</w:txbxContent></w:pict></w:r>"
    found = clean("docx", docx(P("Around", box)))
    assert (found.text, found.dropped) == ("In the box\n\nAround\n", {})


def test_a_page_is_its_main_part_and_the_menus_are_not_its_body() -> None:
    found = clean(
        "html",
        """<!doctype html><html lang="zh-Hans"><head><title>A page | Site</title>
        <meta name="author" content="Ann"><meta property="article:published_time"
        content="2024-04-01T08:00:00+08:00"><meta name="DC.title" content="On towns">
        <style>p {}</style></head><body><nav><a href="/">Home</a></nav>
        <article><header><h1>On towns</h1></header><p>The <b>county</b>&nbsp;town<br>grows &amp;
        grows.<script>alert("x")</script><img src="http://example.org/x.png" alt="a map"></p>
        <aside>Read more</aside></article><footer>Imprint</footer></body></html>""",
    )
    assert found.text == (
        "Home\n\nOn towns\n\nThe county town\ngrows & grows.\n\nRead more\n\nImprint\n"
    )
    assert body(found) == ["On towns\n\nThe county town\ngrows & grows."]
    assert found.about == {
        "title": "On towns",
        "creator": "Ann",
        "issued": "2024-04-01T08:00:00+08:00",
        "language": "zh-Hans",
    }
    assert found.dropped == {"scripts and styles": 2, "images": 1}


def test_a_page_of_one_form_keeps_its_words() -> None:
    """Some servers put whole pages into one."""
    found = clean("html", "<form><p>Words</p><button>Send</button><p hidden>No</p></form>")
    assert (found.text, found.dropped) == ("Words\n", {"forms": 1, "hidden parts": 1})


def test_a_table_of_a_page_is_lines_and_lists_lose_their_numbers() -> None:
    found = clean(
        "html",
        "<table><tr><th>Town<th>People<tr><td>A<br>B<td><p>1,000</p></table>"
        "<ol><li>One<li>Two</ol><ul><li>Three</ul>",
    )
    assert found.text == "Town\tPeople\nA B\t1,000\n\nOne\n\nTwo\n\nThree\n"
    assert found.changed == {"tables, as lines with tabs between cells": 1}
    assert found.dropped == {"numbers of lists": 2}


def test_soft_hyphens_and_ligatures_of_a_font_become_letters() -> None:
    found = clean("html", "<p>inte\u00adgration of of\ufb01ces and \u2f08\u2f1d")
    assert found.text == "integration of offices and 人口\n"
    assert found.dropped == {"unseen characters such as soft hyphens": 1}


def test_markdown_is_its_words_and_numbers() -> None:
    found = clean(
        "md",
        "---\ntitle: 'On towns'\nauthor: Ann\ndate: 2024-04-01\n---\n# Towns\n\n3. one *town*,\n"
        "[linked](http://example.org)\n4. ![map](x.png)two\n\n> quoted `code`\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n<div>Inner<script>no</script></div>\n",
    )
    assert found.text == (
        "Towns\n\n3. one town, linked\n\n4. two\n\nquoted code\n\na\tb\nc\td\n\nInner\n"
    )
    assert found.about == {"title": "On towns", "creator": "Ann", "issued": "2024-04-01"}
    assert found.dropped == {"images": 1, "scripts and styles": 1}


def test_markdown_without_a_header_has_its_heading_as_title() -> None:
    assert clean("md", "# On *towns*\n\nWords").about == {"title": "On towns"}


def test_the_lines_of_a_pdf_are_joined_to_paragraphs_without_running_heads() -> None:
    pages = [
        [
            "Ministry of Towns 1",
            "The county town is a carrier of the integra-",
            "tion of towns that grow",
        ],
        ["Ministry of Towns 2", "on all sides, in well-being as in number of", "well-", "being."],
        ["Ministry of Towns 3", "县城是城乡融合发展的关键支撑，对促进新型城", "镇化建设很重要。"],
    ]
    info = {"Title": "On towns", "Author": "Ann", "CreationDate": "D:20240401090000Z"}
    found = clean("pdf", pdf(pages, info))
    assert found.text == (
        "The county town is a carrier of the integration of towns that grow on all sides, in "
        "well-being as in number of well-being.\n\n"
        "县城是城乡融合发展的关键支撑，对促进新型城镇化建设很重要。\n"
    )
    assert found.dropped == {"running heads and page numbers": 3}
    assert found.changed == {"words joined that a line end parted": 1}
    assert found.about == {
        "title": "On towns",
        "creator": "Ann",
        "issued": "2024-04-01",
        "language": "en-GB",
    }


def test_a_running_head_is_kept_once_and_numbered_ones_are_not() -> None:
    """The first may be the title; a number counts only if it goes along with the pages."""
    lines = [f"The county town {word} a carrier of integration." for word in ("is", "was", "be")]
    pages = [["On towns", line, f"- {n}"] for n, line in enumerate(lines, 1)]
    pages[2].insert(2, "1999")
    found = clean("pdf", pdf(pages))
    assert found.text == "\n\n".join(["On towns", *lines]) + " 1999\n"
    assert found.dropped == {"running heads and page numbers": 5}


def test_listed_lines_of_a_pdf_are_paragraphs_of_their_own() -> None:
    lines = ["(1) towns and", "(2) villages and", "第三条 县城", "The end"]
    assert clean("pdf", pdf([lines])).text == "\n\n".join(lines) + "\n"

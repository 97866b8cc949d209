"""HTML: the words of a page, https://html.spec.whatwg.org; nothing of it is run or fetched.

Read      title, author, dates, publisher, language, address and rights where the head says them
Body      what stands in <main> or <article>, else all but menus (nav, header, footer, aside)
Dropped   scripts, styles, forms, frames, drawings, hidden parts, images (alternative texts too);
          the numbers of lists, which only browsers make
Tables    a line for each row, a tab between cells
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser

from kg.documents.clean import TABLES, Clean, Paragraphs
from kg.readers.faults import Faults

_LEFT_OUT = {
    **dict.fromkeys(("script", "style", "noscript", "template"), "scripts and styles"),
    **dict.fromkeys(("select", "textarea", "button", "datalist", "dialog"), "forms"),
    **dict.fromkeys(("iframe", "object", "canvas", "svg", "audio", "video", "map"),
                    "frames, drawings, sound and film"),
    "rt": "readings above characters", "rp": "readings above characters",
}  # fmt: skip
_IMAGES = ("img", "picture", "image")
_BESIDE = ("nav", "aside")
_EDGES = ("header", "footer")
"""Of a page; in the middle of an article they belong to it."""
_MAIN = ("main", "article")
_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
     "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
     "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol",
     "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "ul")
)  # fmt: skip
_CELLS = ("td", "th")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr")
)  # fmt: skip
_ABOUT = {
    "title": ("dc.title", "dcterms.title", "citation_title", "og:title"),
    "creator": ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author"),
    "issued": ("dcterms.issued", "dcterms.date", "dc.date.issued", "dc.date",
               "citation_publication_date", "article:published_time", "pubdate", "date"),
    "publisher": ("dc.publisher", "dcterms.publisher", "citation_publisher", "og:site_name"),
    "rights": ("dcterms.rights", "dc.rights", "copyright"),
    "source": ("canonical", "og:url"),
    "language": ("html", "dcterms.language", "dc.language", "content-language"),
}  # fmt: skip
Attributes = Sequence[tuple[str, str | None]]


def read_html(data: bytes, _: Faults) -> Clean:
    """The words of a page, which is UTF-8 here."""
    return clean_html(data.decode())


def clean_html(text: str) -> Clean:
    """
    >>> clean_html("<nav>Home</nav><p>A <b>county</b> town<script>1</script>").text
    'Home\\n\\nA county town\\n'
    """
    page = _Page()
    page.feed(text)
    page.close()
    return page.clean()


class _Page(HTMLParser):
    """What is met on the way through a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, bool, bool]] = []
        """Words, whether they are of the main part, whether they stand beside the document."""
        self.words: list[str] = []
        self.meta: dict[str, str] = {}
        self.open: Counter[str] = Counter()
        self.skipped = ("", 0)
        self.dropped: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._learn(tag, {name: value or "" for name, value in attrs})
        name, depth = self.skipped
        if name:
            self.skipped = (name, depth + (tag == name))
        elif tag in _IMAGES:
            self.dropped["images"] += 1
        elif what := _left_out(tag, attrs):
            self.dropped[what] += 1
            self.skipped = ("", 0) if tag in _VOID else (tag, 1)
        elif tag == "br":
            self.words.append(" " if self.open["table"] else "\n")
        elif tag in (*_CELLS, "tr"):
            self._cell("\n" if tag == "tr" else "\t")
        elif tag in _BLOCKS:
            self._block(tag, opens=True)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _LEFT_OUT and tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        name, depth = self.skipped
        if name:
            self.skipped = (name, depth - 1) if tag == name and depth > 1 else self.skipped
            self.skipped = ("", 0) if tag == name and depth == 1 else self.skipped
        elif tag in _BLOCKS:
            self._block(tag, opens=False)

    def handle_data(self, data: str) -> None:
        if not self.skipped[0]:
            self.words.append(data if self.open["pre"] else re.sub(r"\s+", " ", data))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![…` is a comment in HTML; some versions of Python stop at those they do not know."""
        return self.parse_bogus_comment(i, report)

    def _cell(self, before: str) -> None:
        """A further row or cell of a table; its text is one line."""
        if not self.words or self.words[-1] in "\n\t":
            before = "" if before == "\t" else before
        self.words.append(before)

    def _block(self, tag: str, *, opens: bool) -> None:
        in_table = bool(self.open["table"]) and tag not in ("table", "caption")
        if in_table:
            self.words.append(" ")
        else:
            self._paragraph(tag)
        self.changed[TABLES] += opens and tag == "table"
        self.dropped["numbers of lists"] += opens and tag == "li" and bool(self.open["ol"])
        self.open[tag] = max(0, self.open[tag] + (1 if opens else -1))

    def _paragraph(self, tag: str = "") -> None:
        words = "".join(self.words)
        self.words = []
        if tag == "title" and self.open["title"]:
            self.meta.setdefault("<title>", words)
        elif words.strip():
            beside = any(self.open[name] for name in _BESIDE)
            edge = any(self.open[name] for name in _EDGES)
            main = any(self.open[name] for name in _MAIN)
            self.found.append((words, main and not beside, beside or edge))

    def _learn(self, tag: str, attributes: dict[str, str]) -> None:
        """What the head says of the page."""
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or ""
            name = name or attributes.get("http-equiv", "")
            self.meta.setdefault(name.strip().lower(), attributes.get("content", ""))
        elif tag == "html":
            language = attributes.get("lang") or attributes.get("xml:lang", "")
            self.meta.setdefault("html", language)
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.meta.setdefault("canonical", attributes.get("href", ""))

    def clean(self) -> Clean:
        self._paragraph()
        paragraphs = Paragraphs()
        paragraphs.dropped, paragraphs.changed = self.dropped, self.changed
        has_main = any(main for _, main, _ in self.found)
        for words, main, beside in self.found:
            paragraphs.add(words, inside=main if has_main else not beside)
        about = {
            key: next((found for name in names if (found := self.meta.get(name, "").strip())), "")
            for key, names in _ABOUT.items()
        }
        about["title"] = about["title"] or self.meta.get("<title>", "")
        return paragraphs.clean(about)


def _left_out(tag: str, attrs: Attributes) -> str:
    hidden = any(
        name == "hidden" or (name == "style" and re.search(r"display\s*:\s*none", value or ""))
        for name, value in attrs
    )
    return _LEFT_OUT.get(tag, "hidden parts" if hidden else "")

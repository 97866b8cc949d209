"""PDF, ISO 32000, by pypdf (BSD): the words that its pages hold as text, put into paragraphs.

Read      the text of each page in the order of the file; title, author, date of making, language
Dropped   images, lines that come back at the top or foot of pages (running heads, page numbers)
Changed   lines are joined to paragraphs, words that were hyphenated at a line end are joined
Never     words in pictures: a scanned page has none until a program for OCR has put them in
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.documents.clean import Clean, Paragraphs
from kg.limits import raised
from kg.readers.faults import Faults

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 5_000
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_EDGE = 2
"""Lines at the top and at the foot of a page that may be running heads."""
_PAGES, _SHARE = 3, 0.5
_FULL = 0.75
"""Of the longest lines of a page: a shorter line ends its paragraph."""
_ENDS = re.compile(r"[.!?:;。！？：；…][\"'”’」』)）\]]*$")
_LISTED = re.compile(
    r"""
    \s* (?: [•●▪◦–—*-] | \(?[0-9]{1,3}[.)] | \(?[a-z][.)]
    | [（(][一二三四五六七八九十]+[）)] | [一二三四五六七八九十]+、
    | 第[一二三四五六七八九十百0-9]+[章节条]
    ) \s* \S
    """,
    re.VERBOSE,
)
"""Lines that begin a paragraph: bullets, numbers, articles."""
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_MOST_UNREADABLE = 0.05
Page = list[str]


def read_pdf(data: bytes, faults: Faults) -> Clean | None:
    """The words of a file; None and an issue where there are none to be had."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            _with_password(faults)
            return None
        count = len(reader.pages)
    except DependencyError:
        what = "this PDF is encrypted in a way (AES) that needs a further package"
        fix = "pip install cryptography; or save it without a password"
        faults.error(0, "bad-pdf", what, fix)
        return None
    except _broken() as error:
        what = f"this PDF is damaged or breaks off: {_short(error)}"
        faults.error(0, "bad-pdf", what, "get the whole file again, or print it to a new PDF")
        return None
    if count > (most := raised(MOST_PAGES)):
        what = f"this PDF has {count:,} pages; the limit is {most:,}"
        faults.error(0, "too-large", what, "split it")
        return None
    paragraphs = Paragraphs()
    read = [_page(reader.pages, number, paragraphs, faults) for number in range(count)]
    _tell_of_empty(read, faults)
    pages = [page for page in read if page is not None]
    if not any(map(any, pages)):
        return None
    _without_heads(pages, paragraphs)
    for words in _joined(_paragraphs(pages), pages, paragraphs):
        paragraphs.add(words)
    clean = paragraphs.clean(_about(reader))
    if len(_UNREADABLE.findall(clean.text)) > _MOST_UNREADABLE * len(clean.text):
        what = "much of this text is in a font that does not say which letters it holds"
        faults.warning(0, "no-text", what, "look at the text; a program for OCR can put letters in")
    return clean


def _broken() -> tuple[type[Exception], ...]:
    """What pypdf lets through from files that are not what they should be."""
    from pypdf.errors import PyPdfError

    return (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError,
            RuntimeError, TypeError, ValueError)  # fmt: skip


def _with_password(faults: Faults) -> None:
    what = "this PDF is encrypted with a password"
    faults.error(0, "bad-pdf", what, "save it without a password in the program that shows it")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


def _page(
    pages: Sequence[PageObject], number: int, paragraphs: Paragraphs, faults: Faults
) -> Page | None:
    """The lines of a page; None and an issue for one that cannot be read."""
    try:
        page = pages[number]
        text = page.extract_text()
        paragraphs.dropped["images"] += _images(page)
    except _broken() as error:
        what = f"page {number + 1} cannot be read: {_short(error)}"
        faults.error(0, "bad-pdf", what, "print the file to a new PDF; the page is left out")
        return None
    return [line.strip() for line in text.splitlines()]


def _images(page: PageObject) -> int:
    resources = page.get("/Resources")
    found = resources.get_object().get("/XObject") if resources else None
    return sum(
        each.get_object().get("/Subtype") == "/Image"
        for each in (found.get_object().values() if found else ())
    )


def _tell_of_empty(pages: Sequence[Page | None], faults: Faults) -> None:
    """Pages that can be read, but hold no text."""
    empty = [str(n) for n, page in enumerate(pages, 1) if page is not None and not any(page)]
    fix = "if they are scanned, let a program for OCR (such as ocrmypdf) put the text in first"
    if len(empty) == len(pages):
        what = f"no page of this PDF ({len(pages):,}) holds text; it may be scanned"
        faults.error(0, "no-text", what, fix)
    elif empty:
        more = f" and {len(empty) - 10:,} more" if empty[10:] else ""
        what = f"without text: page {', '.join(empty[:10])}{more}"
        faults.warning(0, "no-text", what, fix)


def _without_heads(pages: Sequence[Page], paragraphs: Paragraphs) -> None:
    """Take out what comes back at the edges of pages: with the page's number, or the same on most.

    Of what has no number the first is kept: it may be the title.
    """
    heads = [{_head(page[at], number) for at in _edges(page)} for number, page in enumerate(pages)]
    times = Counter(head for page in heads for head in page)
    most = max(_PAGES, _SHARE * len(pages))
    kept: set[tuple[str, int | None]] = set()
    for number, page in enumerate(pages):
        for at in reversed(_edges(page)):
            head = _head(page[at], number)
            if times[head] < (most if head[1] is None else _PAGES):
                continue
            if head[1] is None and head not in kept:
                kept.add(head)
            else:
                del page[at]
                paragraphs.dropped["running heads and page numbers"] += 1


def _head(line: str, page: int) -> tuple[str, int | None]:
    """A line without its number, and how far that is from the number of the page.

    >>> _head("Chapter 2: Towns 7", 4) == _head("Chapter 2: Towns 8", 5)
    True
    """
    words = " ".join(line.split())
    found = re.search(r"(?<!\d)\d{1,5}$|^\d{1,5}(?!\d)", words)
    if not found:
        return words, None
    return words[: found.start()] + words[found.end() :], int(found[0]) - page


def _edges(page: Page) -> list[int]:
    """The places of the first and last lines that hold anything, in order."""
    filled = [number for number, line in enumerate(page) if line]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _paragraphs(pages: Iterable[Page]) -> Iterator[Page]:
    """The lines that belong together; a page may end within a paragraph."""
    lines: Page = []
    is_over = False
    for page in pages:
        full = _FULL * max(map(_width, page), default=0)
        for line in page:
            if line and (_LISTED.match(line) or (is_over and not line[0].islower())):
                yield lines
                lines = []
            lines += [line] if line else []
            is_over = _width(line) < full
        is_over = is_over or bool(lines and _ENDS.search(lines[-1]))
    yield lines


def _width(line: str) -> int:
    return len(line) + len(_CJK.findall(line))


def _joined(groups: Iterable[Page], pages: Iterable[Page], paragraphs: Paragraphs) -> Iterator[str]:
    """Each group of lines as one; words hyphenated at a line end are looked up in the others."""
    known = Counter(word for page in pages for line in page for word in re.findall(r"[\w-]+", line))
    for lines in groups:
        words = ""
        for line in lines:
            parted = re.search(r"([^\W\d_]+)-$", words)
            follows = re.match(r"[^\W\d_]+", line)
            if parted and follows and follows[0].islower():
                whole = parted[1] + follows[0]
                kept = known[f"{parted[1]}-{follows[0]}"] > known[whole]
                words = (words if kept else words[:-1]) + line
                paragraphs.changed["words joined that a line end parted"] += not kept
            elif words and _CJK.match(words[-1]) and _CJK.match(line[0]):
                words += line
            else:
                words += f" {line}" if words else line
        yield words


def _about(reader: PdfReader) -> dict[str, str]:
    """What the file says of itself, as far as it can be read."""
    try:
        known: Mapping[str, object] = reader.metadata or {}
        made = _DATE.match(str(known.get("/CreationDate", "")))
        title = str(known.get("/Title", "")).removeprefix("Microsoft Word - ")
        about = {"title": title, "creator": str(known.get("/Author", ""))}
        about["language"] = str(reader.trailer["/Root"].get("/Lang", ""))  # type: ignore[attr-defined]
    except _broken():
        return {}
    return about | ({"issued": "-".join(made.groups())} if made else {})

"""Markdown, https://spec.commonmark.org with tables: the words without the signs.

Read      headings, paragraphs, quotations, code, links (their words), numbers of lists; title,
          author, date and more from a YAML header between `---`
Dropped   images, HTML that is no text, addresses of links
Tables    a line for each row, a tab between cells
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.documents.clean import TABLES, Clean, Paragraphs
from kg.documents.html import clean_html
from kg.readers.faults import Faults

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEADER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]+):[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_KEYS = {"title": "title", "author": "creator", "creator": "creator", "date": "issued",
         "issued": "issued", "publisher": "publisher", "source": "source", "url": "source",
         "lang": "language", "language": "language", "rights": "rights", "license": "rights",
         "copyright": "rights"}  # fmt: skip


def read_markdown(data: bytes, _: Faults) -> Clean:
    """The words of a file in UTF-8."""
    from markdown_it import MarkdownIt

    text = re.sub(r"\r\n?", "\n", data.decode())
    header = _HEADER.match(text)
    tokens = MarkdownIt("commonmark").enable("table").parse(text[header.end() if header else 0 :])
    paragraphs = Paragraphs()
    _blocks(tokens, paragraphs)
    about = _about(header[1] if header else "")
    return paragraphs.clean(about | {"title": about.get("title") or _first_heading(tokens)})


def _about(header: str) -> dict[str, str]:
    """
    >>> _about("title: 'A town'\\nauthor: Ann\\ntags: [x]")
    {'creator': 'Ann', 'title': 'A town'}
    """
    found = {key.lower(): value.strip("'\"") for key, value in _FIELD.findall(header)}
    return {_KEYS[key]: value for key, value in reversed(found.items()) if key in _KEYS}


def _first_heading(tokens: Sequence[Token]) -> str:
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h1":
            return "".join(_words(token, Paragraphs()))
    return ""


def _blocks(tokens: Sequence[Token], paragraphs: Paragraphs) -> None:
    number, cells = "", list[str]()
    for token in tokens:
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "table_open":
            paragraphs.changed[TABLES] += 1
            cells = []
        elif token.type in ("th_open", "td_open", "tr_open"):
            row = token.type == "tr_open"
            cells.append("\n" if row else "\t" * (cells[-1] != "\n"))
        elif token.type == "table_close":
            paragraphs.add("".join(cells))
            cells = []
        elif token.type == "inline":
            words = "".join(_words(token, paragraphs))
            if cells:
                cells.append(" ".join(words.split()))
            else:
                paragraphs.add(number + words)
                number = ""
        elif token.type in ("fence", "code_block"):
            paragraphs.add(token.content)
        elif token.type == "html_block":
            _html(token.content, paragraphs)


def _words(token: Token, paragraphs: Paragraphs) -> list[str]:
    words: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" " if child.type == "softbreak" else "\n")
        elif child.type == "html_inline":
            words.append("\n" * child.content.lower().startswith("<br"))
            paragraphs.dropped["tags of HTML"] += 1
        elif child.type == "image":
            paragraphs.dropped["images"] += 1
    return words


def _html(content: str, paragraphs: Paragraphs) -> None:
    inner = clean_html(content)
    paragraphs.dropped.update(inner.dropped)
    paragraphs.changed.update(inner.changed)
    for words in inner.text.split("\n\n"):
        paragraphs.add(words)

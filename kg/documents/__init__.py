"""Documents as clean text: each reader says what it knows of the text, and what it left out."""

from __future__ import annotations

from kg.documents.apart import read_apart
from kg.documents.clean import Clean

__all__ = ["KINDS", "Clean", "kind_of", "read_apart"]

KINDS = {
    "docx": (".docx", ".docm", ".dotx", ".doc"),
    "pdf": (".pdf",),
    "html": (".html", ".htm", ".xhtml"),
    "md": (".md", ".markdown"),
    "txt": (".txt", ".text"),
}
"""The kinds of documents by the endings of their names."""


def kind_of(name: str, text: str) -> str:
    """The kind of a document by what it holds, else by its name; "" for none.

    Of a zip file, `text` is the names of its entries.

    >>> kind_of("report", "%PDF-"), kind_of("notes.txt", "A town"), kind_of("codes.csv", "a,b")
    ('pdf', 'txt', '')
    """
    if text.startswith("%PDF-"):
        return "pdf"
    if "word/document.xml" in text.split("\n"):
        return "docx"
    ending = name[name.rfind(".") :].lower()
    return next((kind for kind, endings in KINDS.items() if ending in endings), "")

"""Reading texts and what coders marked in them: the project's own files."""

from __future__ import annotations

from kg.readers.coded import read_coded
from kg.readers.documents import read_document
from kg.readers.folder import read_documents, read_folder, read_texts
from kg.readers.tidy import coders_files, tidy_files

__all__ = [
    "coders_files",
    "read_coded",
    "read_document",
    "read_documents",
    "read_folder",
    "read_texts",
    "tidy_files",
]

"""Readers, one file a format, each giving a `Reading`; a new format is one more line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.model import Reading
from kg.ontology import Ontology
from kg.readers.coded import read_coded
from kg.readers.documents import read_document
from kg.readers.folder import read_folder
from kg.readers.tidy import tidy_files

__all__ = ["READERS", "read_coded", "read_document", "read_folder", "tidy_files"]

READERS: dict[str, Callable[[Path, Ontology], Reading]] = {"yaml": read_folder}

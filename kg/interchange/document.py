"""Documents without any mark: txt, Markdown, HTML, Word and PDF as texts to be coded here.

What is known of a text comes along, and which stretches of it are its body. What was left out, or
stands there in another form, is told in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from kg.documents import KINDS, Clean, kind_of, read_apart
from kg.interchange.model import Foreign
from kg.interchange.source import LARGEST_FOREIGN, Source, without_controls
from kg.limits import raised
from kg.readers.documents import is_date, is_language
from kg.readers.encoding import read_bytes

BODY = "body"
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_AS_IT_LIES = ("docx", "pdf")
"""Kinds that say their encoding themselves."""


def document_kind(source: Source) -> str:
    return kind_of(source.path.name, source.text)


def read_text(kind: str, source: Source) -> Foreign:
    """The document as a text with no marks."""
    data = _bytes(source) if kind in _AS_IT_LIES else source.text.encode(errors="replace")
    clean = Clean(source.text) if kind == "txt" else read_apart(kind, data, source.faults)
    if clean is None:
        return source.intake.foreign()
    if not clean.text.strip():
        what, fix = "this document holds no words", "look at it in its own program"
        source.faults.error(0, "no-text", what, fix)
        return source.intake.foreign()
    key = source.key
    text = without_controls(clean.text, source.faults)
    about = _about(clean)
    source.intake.document(key, text, about=about.items())
    return replace(source.intake.foreign(), remarks=tuple(_remarks(key, clean, about)))


def _bytes(source: Source) -> bytes:
    return source.data or read_bytes(source.path, source.faults, raised(LARGEST_FOREIGN)) or b""


READERS: Mapping[str, Callable[[Source], Foreign]] = {
    kind: partial(read_text, kind) for kind in KINDS
}


def _about(clean: Clean) -> dict[str, str]:
    """What is known of the text, as far as it has the form that the project's files ask for."""
    about = dict(clean.about)
    found = _DAY.match(about.get("issued", ""))
    about["issued"] = found[0] if found and is_date(found[0]) else ""
    if not is_language(about.get("language", "")):
        about["language"] = ""
    about[BODY] = ", ".join(f"{start}-{end}" for start, end in clean.body)
    return {name: value for name, value in about.items() if value}


def _remarks(key: str, clean: Clean, about: Mapping[str, str]) -> list[str]:
    """Sentences about what is not in the text as it was in the file."""
    counts = {"left out": clean.dropped, "changed": clean.changed}
    told = [
        f"{key}, {word}: " + ", ".join(f"{what} ({number:,})" for what, number in found.items())
        for word, found in counts.items()
        if found
    ]
    if "issued" in about:
        told.append(f"{key}, issued: {about['issued']}, as the file says; check it in {key}.yaml")
    return told

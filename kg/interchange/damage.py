"""Why a file shows no format: it may be damaged, or hold what is not read."""

from __future__ import annotations

from kg.encoding import BadFile
from kg.interchange.entries import read_entries
from kg.interchange.source import Source, is_zip
from kg.plainxml import read_xml
from kg.readers.faults import Faults
from kg.zips import open_zip


def damage(source: Source) -> str:
    """What is wrong with a zip file, XML or JSON, "" where nothing is."""
    start = source.text.lstrip()[:1]
    try:
        if is_zip(source.path):
            with open_zip(source.path):
                return ""
        if start == "<":
            read_xml(source.text.encode())
    except BadFile as bad:
        return f"line {bad.line}: {bad.what}" if bad.line else bad.what
    return _broken_json(source.text) if start in ("{", "[") else ""


def _broken_json(text: str) -> str:
    faults = Faults("")
    next(read_entries(text, faults), None)
    return next((f"line {each.place.line}: {each.what}" for each in faults.issues), "")

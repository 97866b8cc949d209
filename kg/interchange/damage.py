"""Why a file shows no format: it may be damaged, or hold what is not read."""

from __future__ import annotations

from kg.encoding import BadFile
from kg.errors import Issue
from kg.interchange.entries import read_entries
from kg.interchange.packed import xml_of
from kg.interchange.source import Source, is_zip
from kg.plainxml import read_xml
from kg.readers.faults import Faults
from kg.zips import open_zip


def damage(source: Source) -> Issue | None:
    """What is wrong with a zip file, XML or JSON, None where nothing is."""
    faults, start = Faults(str(source.path)), source.text.lstrip()[:1]
    try:
        if is_zip(source.path):
            with open_zip(source.path):
                return None
        if start == "<":
            read_xml(xml_of(source.text))
    except BadFile as bad:
        faults.unusable(bad)
    if start in ("{", "["):
        next(read_entries(source.text, faults), None)
    return next(iter(faults.issues), None)

"""Passages that have lost their place, in JSON Lines: kept whole, though they say nothing.

Sample    {"document": "river", "coder": "a1", "coded": "2026-11-22T09:00:00Z", "at": "orphaned",
           "quote": "Otters eat salmon", "mentions": […]}   (on one line)
Read      all of it, as it is; what comes from a coder's file stands under `written`
"""

from __future__ import annotations

import json

from kg.errors import Place
from kg.identifiers import passage_id
from kg.model import Unplaced
from kg.readers.faults import Fault, Faults
from kg.readers.objects import Object, key_of, needed, text_of, written
from kg.readers.placing import UNPLACED

NO_PLACE = "these words have no place in the text since it has changed, and nothing is read of them"
WRITTEN = "written"
"""The key of an entry as it stood in a coder's file."""
_KNOWN = ("document", "coder", "coded", "at", "note")


def is_unplaced(entry: Object) -> bool:
    return entry.get("at") in UNPLACED


def read_unplaced(entry: Object, document: str, faults: Faults, line: int) -> list[Unplaced]:
    """What is left of a passage, by itself; nothing and an issue where it says not whose it is."""
    try:
        found = _unplaced(entry, document, faults.place(line))
    except Fault as fault:
        faults.add(line, fault)
        return []
    fix = 'quote the words that stand there now, with "start" and "end", and delete "at"'
    faults.warning(line, f"{found.state}-anchor", NO_PLACE, fix)
    return [found]


def _unplaced(entry: Object, document: str, place: Place) -> Unplaced:
    words = " ".join(needed(entry, "quote").split())
    known = (*_KNOWN, "quote") if words == entry["quote"] else _KNOWN
    rest = {key: value for key, value in entry.items() if key not in known}
    return Unplaced(
        id=passage_id(document, words, 0),
        quote=words,
        state=entry["at"],
        coder=key_of(entry, "coder"),
        coded=needed(entry, "coded"),
        note=text_of(entry, "note"),
        rest=written(rest) if rest else "",
        place=place,
    )


def unplaced_entry(document: str, passage: Unplaced) -> Object:
    """The line of a passage without a place."""
    return {
        "document": document,
        "coder": passage.coder,
        "coded": passage.coded,
        "at": passage.state,
        "quote": passage.quote,
        **({"note": passage.note} if passage.note else {}),
        **json.loads(passage.rest or "{}"),
    }

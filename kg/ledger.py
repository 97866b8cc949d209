"""What was filled from what: a line for each document of the graph on disk, beside the store.

    {"key": "canteens", "digest": "0f…", "place": "passages/canteens.txt", "counts": [1904, …], …}

A document whose line still fits is not filled again; what was found wrong in it is told again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Issue, Place

if TYPE_CHECKING:
    from kg.readers.bundles import Bundle


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it was filled; `counts` are its quads, passages, mentions …

    `claims` tells where each claim is first made, a line each: its name, how many lines below the
    document's own place, and the file where that is another.
    """

    digest: str
    place: str
    counts: tuple[int, ...]
    coders: tuple[str, ...]
    issues: tuple[Issue, ...]
    claims: str

    def place_of(self, claim: str, document: Place) -> Place | None:
        """Where a claim is first made, in a document that stands there now."""
        _, found, rest = self.claims.partition(f"{claim} ")
        if not found:
            return None
        line, _, file = rest.partition("\n")[0].partition(" ")
        return Place(file or document.file, document.line + int(line))

    def fits(self, bundle: Bundle) -> bool:
        """Whether filling would give the same; findings tell their lines, so these count too."""
        return self.digest == bundle.digest and (not self.issues or self.place == str(bundle.place))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by key; `context` identifies all that documents are filled with.

    `quads` is how many the whole store holds, so that a damaged one is seen.
    """

    context: str
    entries: Mapping[str, Entry]
    quads: int = 0


NOTHING = Ledger("", {})


def written(claims: Mapping[str, Place], document: Place) -> str:
    """The places of claims as an entry keeps them: they hold wherever the document moves to."""
    return "\n".join(
        f"{claim} {place.line - document.line} {'' if place.file == document.file else place.file}"
        for claim, place in claims.items()
    )


def read_ledger(path: Path) -> Ledger:
    """The ledger of a file, NOTHING where there is none that can be used."""
    entries: dict[str, Entry] = {}
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            context, quads = str(head["context"]), int(head["quads"])
            for line in file:
                found = json.loads(line)
                entries[found["key"]] = Entry(
                    found["digest"],
                    found["place"],
                    tuple(found["counts"]),
                    tuple(found["coders"]),
                    tuple(map(_issue, found["issues"])),
                    str(found["claims"]),
                )
    except (OSError, ValueError, KeyError, TypeError):
        return NOTHING
    return Ledger(context, entries, quads)


def ledger_lines(ledger: Ledger) -> Iterator[bytes]:
    """The ledger as a file."""
    yield _line({"context": ledger.context, "quads": ledger.quads})
    for key, entry in sorted(ledger.entries.items()):
        yield _line(
            {
                "key": key,
                "digest": entry.digest,
                "place": entry.place,
                "counts": entry.counts,
                "coders": entry.coders,
                "issues": [
                    (i.place.file, i.place.line, i.code, i.what, i.fix, i.severity)
                    for i in entry.issues
                ],
                "claims": entry.claims,
            }
        )


def _line(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _issue(found: list[str | int]) -> Issue:
    file, line, code, what, fix, severity = found
    return Issue(
        Place(str(file), int(line)),
        str(code),
        str(what),
        str(fix),
        severity="warning" if severity == "warning" else "error",
    )

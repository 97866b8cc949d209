"""What stands in a REFI-QDA project to be referred to: users, notes, variables, files, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.interchange.model import Circumstances, Pairs
from kg.interchange.packed import child_text, children, local, read_text
from kg.interchange.qdc import guid_of
from kg.interchange.source import Source
from kg.plainxml import Element
from kg.zips import Archive

_OF_US = ("confidence", "status")


@dataclass
class References:
    """The things of a project by their ids; `used` are those that something referred to."""

    source: Source
    archive: Archive | None
    root: Element
    used: set[str] = field(default_factory=set)

    def all(self, group: str, *names: str) -> Iterator[Element]:
        """The elements of a group, of these names or of any."""
        for element in children(self.root, group):
            yield from children(element, *names)

    @cached_property
    def users(self) -> dict[str, str]:
        return {
            guid_of(user.get("guid", "")): _first([user], "name", "id", "guid")
            for user in self.all("Users", "User")
        }

    @cached_property
    def variables(self) -> dict[str, str]:
        return {
            guid_of(variable.get("guid", "")): variable.get("name", "")
            for variable in self.all("Variables", "Variable")
        }

    @cached_property
    def notes(self) -> dict[str, Element]:
        return {guid_of(note.get("guid", "")): note for note in self.all("Notes", "Note")}

    @cached_property
    def _entries(self) -> dict[str, str]:
        """The entries of the zip file by their names with and without folders, in small letters."""
        names = self.archive.names if self.archive else ()
        by_name = {name.rsplit("/", 1)[-1].casefold(): name for name in reversed(names)}
        return by_name | {name.casefold(): name for name in names}

    def entry(self, path: str) -> str:
        """The entry of the zip file that a path means, "" for a file elsewhere."""
        name = path.removeprefix("internal://").replace("\\", "/").lstrip("/").casefold()
        if not name or ":/" in name:
            return ""
        tries = (f"sources/{name}", name, name.rsplit("/", 1)[-1])
        return next((self._entries[each] for each in tries if each in self._entries), "")

    def text(self, path: str) -> str | None:
        """The text of an entry; None where there is none that could be read."""
        entry = self.entry(path)
        if self.archive is None or not entry:
            return None
        return read_text(self.archive, entry, self.source.faults, self.source.encoding)

    def notes_on(self, *elements: Element) -> list[Element]:
        """The notes that elements refer to."""
        refs = (ref for element in elements for ref in children(element, "NoteRef"))
        ids = [id_ for ref in refs if (id_ := guid_of(ref.get("targetGUID", ""))) in self.notes]
        self.used.update(ids)
        return [self.notes[id_] for id_ in ids]

    def words_of(self, note: Element) -> str:
        text = child_text(note, "PlainTextContent") or child_text(note, "Description")
        return (text or self.text(note.get("plainTextPath", "")) or "").strip()

    def noted(self, *elements: Element) -> list[str]:
        """The words of the notes on elements."""
        return [words for note in self.notes_on(*elements) if (words := self.words_of(note))]

    def values(self, element: Element) -> Pairs:
        """The variables of an element, by their names."""
        found = []
        for value in children(element, "VariableValue"):
            ids = [guid_of(ref.get("targetGUID", "")) for ref in children(value, "VariableRef")]
            self.used.update(ids)
            words = "".join(
                "".join(each.itertext()) for each in children(value) if local(each) != "VariableRef"
            )
            found += [(self.variables.get(id_) or "variable", words) for id_ in ids]
        return tuple(found)

    def circumstances(
        self, elements: Sequence[Element], notes: Sequence[Element], more: Iterable[str] = ()
    ) -> Circumstances:
        """Who and when, by the first element that says so; the rest by notes and variables."""
        user = _first(elements, "creatingUser", "modifyingUser")
        values = [pair for note in notes for pair in self.values(note)]
        known = dict(values)
        return Circumstances(
            coder=self.users.get(guid_of(user), user),
            time=_first(elements, "creationDateTime", "modifiedDateTime"),
            note="; ".join(filter(None, (*map(self.words_of, notes), *more))),
            confidence=known.get("confidence", ""),
            status=known.get("status", ""),
            more=tuple(pair for pair in values if pair[0] not in _OF_US),
        )


def _first(elements: Sequence[Element], *names: str) -> str:
    found = (element.get(name, "") for element in elements for name in names)
    return next(filter(None, found), "")


class Positions:
    """Where selections begin and end: said by themselves, or by points of a transcript."""

    def __init__(self, element: Element) -> None:
        self.points = {
            guid_of(point.get("guid", "")): point.get("position")
            for point in children(element, "SyncPoint")
        }

    def written(self, selection: Element) -> tuple[str | None, str | None]:
        if local(selection) == "PlainTextSelection":
            return selection.get("startPosition"), selection.get("endPosition")
        start, end = (self.points.get(guid_of(selection.get(name, "")))
                      for name in ("fromSyncPoint", "toSyncPoint"))  # fmt: skip
        return start, end

    def of(self, selection: Element) -> tuple[int, int]:
        """As numbers, -1 for what is none."""
        start, end = self.written(selection)
        return _number(start), _number(end)


def _number(text: str | None) -> int:
    text = (text or "").strip()[:12]
    return int(text) if text.isascii() and text.isdigit() else -1

"""Collecting the faults of one file, so that reading goes on behind each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kg.encoding import BadFile
from kg.errors import Issue, Place, Severity
from kg.zips import entry_place

MOST_FAULTS = 200
"""Faults told of one file; of the others only their number is told."""


class Fault(Exception):
    """What is wrong with a piece of text; `line` is 0 until somebody knows it."""

    def __init__(self, code: str, what: str, fix: str) -> None:
        self.code, self.what, self.fix = code, what, fix
        self.line = 0
        super().__init__(what)


def too_many(issues: Sequence[Issue]) -> list[Issue]:
    """The first findings of one file, and how many more there are."""
    told, rest = list(issues[:MOST_FAULTS]), issues[MOST_FAULTS:]
    return [*told, _unlisted(rest[-1].place, len(rest))] if rest else told


def _unlisted(place: Place, count: int) -> Issue:
    what = "1 more fault in this file is not listed"
    if count > 1:
        what = f"{count:,} more faults in this file are not listed"
    return Issue(place, "too-many-faults", what, "mend those above first, then check again")


class Faults:
    """The faults of one file; `file` is its path as messages give it."""

    def __init__(self, file: str) -> None:
        self.file = self._whole = file
        self._issues: list[Issue] = []
        self._untold: list[int] = []

    def place(self, line: int) -> Place:
        return Place(self.file, line)

    @contextmanager
    def within(self, entry: str) -> Iterator[None]:
        """Meanwhile, faults are those of an entry of this file."""
        before, self.file = self.file, entry_place(self._whole, entry).file
        try:
            yield
        finally:
            self.file = before

    def error(self, line: int, code: str, what: str, fix: str) -> None:
        self._add(self.place(line), code, what, fix, "error")

    def warning(self, line: int, code: str, what: str, fix: str) -> None:
        self._add(self.place(line), code, what, fix, "warning")

    def error_at(self, place: Place, code: str, what: str, fix: str) -> None:
        self._add(place, code, what, fix, "error")

    def unusable(self, file: BadFile, entry: str = "") -> None:
        """The file, or an entry of it, cannot be used."""
        place = entry_place(self._whole, entry, file.line) if entry else self.place(file.line)
        self.error_at(place, file.code, file.what, file.fix)

    def add(self, line: int, fault: Fault) -> None:
        """An error at the fault's own line, else at the given one."""
        self.error(fault.line or line, fault.code, fault.what, fault.fix)

    def _add(self, place: Place, code: str, what: str, fix: str, severity: Severity) -> None:
        if self.full:
            self._untold.append(place.line)
        else:
            self._issues.append(Issue(place, code, what, fix, severity=severity))

    @property
    def full(self) -> bool:
        """Whether further faults are only counted: no use then in working out advice."""
        return len(self._issues) >= MOST_FAULTS

    @property
    def told(self) -> int:
        """How many are told so far."""
        return len(self._issues)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All told faults in the order of the file, those of its entries behind."""
        told = sorted(self._issues, key=lambda issue: (issue.place.file, issue.place.line))
        if self._untold:
            # Whoever sorts findings by place still has to find it behind those above.
            line = max(*self._untold, told[-1].place.line)
            told.append(_unlisted(self.place(line), len(self._untold)))
        return tuple(told)

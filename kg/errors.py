"""What went wrong, where, and how to mend it.

An `Issue` is a finding about something a person wrote; readers and checks collect them and carry
on. A `KgError` ends a command. Every code is explained in `kg/explain.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; `line` counts from 1, 0 where the whole file is meant."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One finding: the place, the code, what is wrong, and how to mend it."""

    place: Place
    code: str
    what: str
    fix: str
    severity: Severity = field(default="error", kw_only=True)

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.place}: {mark}{self.what} [{self.code}]\n  fix: {self.fix}"


class KgError(Exception):
    """Base of all errors of this package: what is wrong and what to do, never a traceback."""

    code = "failed"

    def __init__(self, what: str, *, fix: str, place: Place | None = None) -> None:
        self.what, self.fix, self.place = what, fix, place
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what} [{self.code}]\n  fix: {self.fix}"


class ProjectError(KgError):
    """The folder is no project, or its kg.toml cannot be used."""

    code = "not-a-project"


class InputError(KgError):
    """A file that was asked for cannot be read."""

    code = "unreadable-file"


class OutputError(KgError):
    """A file cannot be written: no permission, no space."""

    code = "cannot-write"


class FormatError(KgError):
    """A format has no way to write something that this graph holds."""

    code = "not-in-this-format"


class StoreError(KgError):
    """There is no graph yet, or the one on disk is damaged or of another version."""

    code = "no-graph"


class QueryError(KgError):
    """A query that is malformed, refused, stopped or too large."""

    code = "bad-query"


class ServerError(KgError):
    """A server that cannot be reached, refuses, is late or breaks off; `status` is of HTTP."""

    code = "bad-server"

    def __init__(self, what: str, *, fix: str, status: int = 0) -> None:
        super().__init__(what, fix=fix)
        self.status = status


class MissingExtra(KgError):
    """Something that is asked for needs a package that is not installed with kg."""

    code = "missing-extra"

    def __init__(self, package: str, command: str) -> None:
        super().__init__(f"this needs the package {package}", fix=f"install it: {command}")


class UnknownName(KgError):
    """A concept, question, format or code that does not exist."""

    code = "unknown-name"


def errors(issues: Iterable[Issue]) -> list[Issue]:
    """Those that make a command exit with 1."""
    return [issue for issue in issues if issue.severity == "error"]


def issue_as_json(issue: Issue) -> dict[str, str | int]:
    """A finding for programs."""
    return {
        "code": issue.code,
        "severity": issue.severity,
        "file": issue.place.file,
        "line": issue.place.line,
        "what": issue.what,
        "fix": issue.fix,
    }

"""Drawing in a process of its own: a file that a parser cannot bear ends that process only.

Nested deeply enough, a file exhausts the stack of whoever parses it, which Python cannot catch.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.anyrdf.drawing import Page
from kg.confined import OUT_OF_MEMORY, ended_after
from kg.errors import InputError, Place

MEMORY = 4 * 1024**3
"""Bytes of address space; Python and its libraries take half a gigabyte, mostly unused."""
MODULE = "kg.anyrdf"
PATIENCE, PATIENCE_EACH = 60.0, 3.0
"""Seconds after which drawing is stopped, and for each megabyte of the file."""
UNPACKED = 12
"""How much larger a packed file may be in truth."""


def draw_apart(path: Path, most: int, *, step: Callable[[str], None] = lambda _: None) -> Page:
    """As `draw`; InputError also where it takes too long or too much memory, or the parser dies."""
    request = {"path": str(path), "most": most, "memory": MEMORY}
    patience = _patience(path)
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(
            [sys.executable, "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
        ) as process,
    ):
        with ended_after(process, patience) as late:
            answer = _answer(process, request, step)
        complaints.seek(0)
        text = complaints.read().decode("utf-8", "replace")
    if "page" in answer:
        return Page(answer["page"], tuple(answer["sentences"]))
    if process.returncode > 0 and process.returncode != OUT_OF_MEMORY:
        raise _fault(text)
    raise _failure(answer, path, patience if late.is_set() else None)


def _patience(path: Path) -> float:
    try:
        size = path.stat().st_size * (UNPACKED if path.suffix.lower() == ".gz" else 1)
    except OSError:
        size = 0
    return PATIENCE + PATIENCE_EACH * size / 1024**2


def _answer(
    process: subprocess.Popen[bytes], request: dict[str, Any], step: Callable[[str], None]
) -> dict[str, Any]:
    """What the process says last, and nothing of what it had begun when it died."""
    answer: dict[str, Any] = {}
    assert process.stdin and process.stdout  # noqa: S101 - both are pipes
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
    for line in process.stdout:
        if line.endswith(b"\n"):
            answer = json.loads(line)
            if "step" in answer:
                step(answer["step"])
    return answer


def _fault(complaints: str) -> RuntimeError:
    """A fault of the program, with all that is known of it."""
    fault = RuntimeError(complaints.strip().rpartition("\n")[2])
    fault.add_note(complaints)
    return fault


def _failure(answer: dict[str, Any], path: Path, late: float | None) -> InputError:
    """What to say of the file; `late` are the seconds after which it was stopped, if it was."""
    if error := answer.get("error"):
        place = Place(**error["place"]) if error["place"] else None
        return InputError(error["what"], fix=error["fix"], place=place)
    what = f"this file is nested too deeply, or needs more than {MEMORY // 1024**3} GB of memory"
    if late is not None:
        what = f"drawing this file was stopped after {late:.0f} seconds: that is long for its size"
    return InputError(what, fix="take the part of it that is to be seen", place=Place(str(path)))

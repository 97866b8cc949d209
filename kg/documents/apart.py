"""Documents read in a process of their own, which a hostile file can exhaust without harm.

What parses HTML, PDF and Markdown takes minutes for some files of a few kilobytes. Where the
system allows it, the process has no network and no more memory than is said here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import nullcontext
from importlib.util import find_spec

from kg.confined import OUT_OF_MEMORY
from kg.documents.clean import Clean
from kg.errors import MissingExtra
from kg.limits import raised, times
from kg.readers.faults import Faults

MEMORY = 1_000_000_000
"""Bytes."""
PATIENCE = 9.0
PATIENCE_EACH = {"pdf": 6.0, "docx": 2.0, "html": 1.0, "md": 1.0}
"""Seconds, and for each megabyte of the file."""
_NEEDS = {"pdf": "pypdf", "md": "markdown_it"}
_MEGABYTE = 1_000_000
MODULE = "kg.documents"


def read_apart(kind: str, data: bytes, faults: Faults) -> Clean | None:
    """A document of one of the `KINDS`; None and issues where it cannot be read.

    HTML and Markdown are UTF-8 here.
    """
    if (package := _NEEDS.get(kind)) and not find_spec(package):
        raise MissingExtra(package, "pip install 'policy-kg[docs]'")
    patience = times() * (PATIENCE + PATIENCE_EACH[kind] * len(data) / _MEGABYTE)
    command = [sys.executable, "-m", MODULE, kind, faults.file, str(raised(MEMORY)), str(times())]
    try:
        ran = subprocess.run(
            command, input=data, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"reading this file takes longer than {patience:.0f} seconds, which is the limit"
        faults.error(0, "too-large", what, "save it again in another program, or split it")
        return None
    if ran.returncode:
        told = ran.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        what = f"this file is damaged and cannot be read: {told}"
        if ran.returncode == OUT_OF_MEMORY:
            what = (
                f"reading this file takes more than {raised(MEMORY):,} bytes of memory, the limit"
            )
        faults.error(0, "too-large", what, "save it again in another program, or split it")
        return None
    answer = json.loads(ran.stdout)
    for file, line, code, what, fix, severity in answer["issues"]:
        tell = faults.error if severity == "error" else faults.warning
        entry = file.removeprefix(faults.file).removeprefix("!")
        with faults.within(entry) if entry else nullcontext():
            tell(line, code, what, fix)
    found = answer["clean"]
    return Clean(**found | {"body": tuple(map(tuple, found["body"]))}) if found else None

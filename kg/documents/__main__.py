"""`python -m kg.documents KIND FILE MEMORY LIMITS < document > answer`: see `apart`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict

from kg.confined import confined
from kg.documents.clean import Clean
from kg.documents.docx import read_docx
from kg.documents.html import read_html
from kg.documents.markdown import read_markdown
from kg.documents.pdf import read_pdf
from kg.limits import limits_times
from kg.readers.faults import Faults

READERS: Mapping[str, Callable[[bytes, Faults], Clean | None]] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "html": read_html,
    "md": read_markdown,
}


def main() -> None:
    kind, file, memory, limits = sys.argv[1:]
    data = sys.stdin.buffer.read()
    faults = Faults(file)
    with confined(int(memory)), limits_times(int(limits)):
        clean = READERS[kind](data, faults)
    issues = [
        (each.place.file, each.place.line, each.code, each.what, each.fix, each.severity)
        for each in faults.issues
    ]
    json.dump({"clean": asdict(clean) if clean else None, "issues": issues}, sys.stdout)


if __name__ == "__main__":
    main()

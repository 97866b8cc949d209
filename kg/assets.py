"""Files that belong to the program: core ontology, queries, starter project, parts of the page.

Everything lies inside the package except `core.ttl` and `core-shapes.ttl`, which stand with the
other Turtle in the repository's `ontology/`; the wheel carries them at the top of the package.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ONTOLOGY = PACKAGE.parent / "ontology"


def asset(name: str) -> Path:
    """The path of a file or folder of the program, from a wheel and an editable install alike."""
    path = PACKAGE / name
    if not path.exists() and name.startswith("core"):
        path = ONTOLOGY / name
    if not path.exists():
        raise FileNotFoundError(f"the installed package lacks {name}; install it again")
    return path


@cache
def program_digest() -> str:
    """What identifies the program: 16 hex digits over all its code and queries."""
    total = hashlib.sha256()
    files = [path for end in ("py", "rq", "ttl") for path in PACKAGE.rglob(f"*.{end}")]
    for path in [*sorted(files), asset("core.ttl"), asset("core-shapes.ttl")]:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def sparql(name: str) -> str:
    """The text of `kg/sparql/<name>.rq`."""
    return asset(f"sparql/{name}.rq").read_text("utf-8")

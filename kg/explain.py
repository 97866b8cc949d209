"""The rules behind the codes of findings, from `kg/explain.md`: a section for each code."""

from __future__ import annotations

import difflib
import re

from kg.assets import asset
from kg.errors import UnknownName


def explanations() -> dict[str, str]:
    """Code → its section, heading included."""
    sections = re.split(r"(?m)^(?=## )", asset("explain.md").read_text("utf-8"))[1:]
    return {section.split("\n", 1)[0].removeprefix("## ").strip(): section for section in sections}


def explanation(code: str) -> str:
    """The section of a code, or UnknownName with the nearest codes."""
    known = explanations()
    if code in known:
        return known[code].rstrip()
    near = difflib.get_close_matches(code, known, n=3, cutoff=0.4)
    fix = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known)}"
    raise UnknownName(f"there is no code '{code}'", fix=fix)

"""Is every code that an import can give explained, with an example?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kg.interchange
from kg.explain import explanations

ROOM = Path(kg.interchange.__file__).parent
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def codes() -> list[str]:
    """Every string of an import that has the shape of a code."""
    strings = {
        node.value
        for path in [*ROOM.glob("*.py"), *(ROOM.parent / "commands").glob("import*.py")]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(
        {"unmatched-label", "unmatched-relation"}
        | {text for text in strings if CODE.fullmatch(text)}
    )


@pytest.mark.parametrize("code", codes())
def test_every_code_says_how_grave_it_is_and_shows_wrong_and_right(code: str) -> None:
    section = explanations()[code]
    assert re.search(r"This is (an error|a warning)\. Wrong:", section)
    assert section.count("```") == 4
    assert "\nRight:\n" in section

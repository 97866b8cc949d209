"""Is every code that a reader can give explained, with an example?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kg.readers
from kg.explain import explanations

READERS = Path(kg.readers.__file__).parent
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
NO_CODES = {"utf-8", "utf-8-sig", "windows-1252"}


def codes() -> list[str]:
    """Every string in the readers that has the shape of a code."""
    strings = {
        node.value
        for path in READERS.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(text for text in strings if CODE.fullmatch(text) and text not in NO_CODES)


@pytest.mark.parametrize("code", codes())
def test_every_code_says_how_grave_it_is_and_shows_wrong_and_right(code: str) -> None:
    section = explanations()[code]
    assert re.search(r"This is (an error|a warning)\. Wrong:", section)
    assert section.count("```") == 4
    assert "\nRight:\n" in section

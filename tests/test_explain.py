"""Is every code that the program can give explained, wrong and right?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kg
from kg.explain import explanations

PACKAGE = Path(kg.__file__).parent
CLASS_CODE = re.compile(r'^    code = "([\w-]+)"', re.MULTILINE)
ISSUE_CODE = re.compile(r'Issue\(\s*[\w.]+(?:\(.*?\))?,\s*"([\w-]+)"', re.DOTALL)
ANY_CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
READING = ("readers/*.py", "interchange/*.py", "commands/import*.py")
"""Where any string that has the shape of a code is one."""
NO_CODES = {"utf-8", "utf-8-sig", "windows-1252"}
PUT_TOGETHER = {"unmatched-label", "unmatched-relation"}


def codes() -> set[str]:
    found = {path.stem for path in (PACKAGE / "checks").glob("*.rq")}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        found |= {*CLASS_CODE.findall(text), *ISSUE_CODE.findall(text)}
    reading = [path for pattern in READING for path in PACKAGE.glob(pattern)]
    strings = {text for path in reading for text in strings_of(path) if ANY_CODE.fullmatch(text)}
    return found | PUT_TOGETHER | strings - NO_CODES


def strings_of(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    constants = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return {each for each in constants if isinstance(each, str)}


def test_the_codes_are_found() -> None:
    some = {"missing-label", "no-graph", "no-texts", "bad-turtle", "breaks-shape", "quote-mismatch"}
    assert some <= codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_is_explained_with_what_is_wrong_and_right(code: str) -> None:
    section = explanations()[code]
    assert re.search(r"This is (an error|a warning)\. Wrong:\n\n```", section)
    assert section.count("```") == 4
    assert "\nRight:\n\n```" in section

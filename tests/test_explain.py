"""Is every code that the program can give explained, wrong and right?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg
from kg.explain import explanations

PACKAGE = Path(kg.__file__).parent
CLASS_CODE = re.compile(r'^    code = "([\w-]+)"', re.MULTILINE)
ISSUE_CODE = re.compile(r'Issue\(\s*[\w.]+(?:\(.*?\))?,\s*"([\w-]+)"', re.DOTALL)


def codes() -> set[str]:
    found = {path.stem for path in (PACKAGE / "checks").glob("*.rq")}
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text("utf-8")
        found |= {*CLASS_CODE.findall(text), *ISSUE_CODE.findall(text)}
    return found


def test_the_codes_are_found() -> None:
    assert {"missing-label", "no-graph", "no-texts", "bad-turtle", "breaks-shape"} <= codes()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_code_is_explained_with_an_example(code: str) -> None:
    section = explanations()[code]
    assert re.search(r"This is (an error|a warning)\. Wrong:\n\n```", section)
    assert "\nRight:\n\n```" in section

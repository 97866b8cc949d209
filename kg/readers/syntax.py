"""YAML's own error messages in plain words, with what to do about each."""

from __future__ import annotations

from collections.abc import Callable

import yaml

_BLOCK = "write the words of a passage as a block: `text: >-`, then the words on indented lines"
_EXPLAINED = (
    (
        ("tab character", "'\\t' that cannot start"),
        "a tab stands where YAML wants spaces",
        "replace the tabs at the beginning of lines by spaces",
    ),
    (
        ("mapping values are not allowed",),
        "a colon followed by a space stands inside a plain line, or this line is indented too far",
        "put the whole value in 'single quotation marks', or line the key up with its neighbours",
    ),
    (
        ("unknown escape character",),
        'a backslash inside "double quotation marks" means something else to YAML',
        f"{_BLOCK}; backslashes are safe there",
    ),
    (
        ("found unexpected end of stream",),
        "a quotation mark that was opened here or above is never closed",
        "close it, or take the opening one away",
    ),
    (
        ("cannot start any token",),
        "a plain value may not begin with this character",
        "put the value in 'single quotation marks'",
    ),
    (
        ("expected ',' or ']'", "expected ',' or '}'", "expected the node content"),
        "a bracket is not closed, or holds what YAML cannot read",
        f"close it; {_BLOCK}",
    ),
    (
        ("could not find expected ':'",),
        "this line is neither `key: value` nor an indented part of what stands above",
        "indent it under the key it belongs to, or add the colon and a space",
    ),
    (
        ("expected '-' indicator", "did not find expected key", "expected <block end>"),
        "this line does not line up with what stands above, or something follows a closed quote",
        f"give it the same indentation as its neighbours; {_BLOCK}",
    ),
    (
        ("undefined alias", "expected alphabetic or numeric", "alias", "anchor"),
        "& and * at the beginning of a value mean anchors and aliases to YAML",
        "put the value in 'single quotation marks'",
    ),
    (
        ("tag", "directive"),
        "! and % at the beginning of a value mean tags and directives to YAML",
        "put the value in 'single quotation marks'",
    ),
)


def explain_syntax_error(
    error: yaml.YAMLError, text: str, line_of: Callable[[int], int]
) -> tuple[int, str, str]:
    """The line, what is wrong there, and how to mend it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    offset = mark.index if mark else getattr(error, "position", 0)
    line = line_of(min(offset, max(len(text) - 1, 0)))
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "no valid YAML"
    if "end of stream" in problem and (opened := getattr(error, "context_mark", None)):
        line = line_of(opened.index)
    for words, what, fix in _EXPLAINED:
        if any(word in problem for word in words):
            return line, what, fix
    return line, f"this line is no valid YAML: {problem}", "compare it with the lines around it"

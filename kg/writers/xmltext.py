"""Text fit for XML 1.0, without what that cannot hold.

Control characters and the like make a whole file unreadable, escaped or not:
https://www.w3.org/TR/xml/#charsets.
"""

from __future__ import annotations

import re

_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_NO_CHARACTER = re.compile(f"[{_FORBIDDEN}]")
_UNFIT = re.compile(f'[&<>"\r{_FORBIDDEN}]')
_UNFIT_IN_ATTRIBUTE = re.compile(f'[&<>"\r\n\t{_FORBIDDEN}]')
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#09;",
}


def allowed(text: str) -> str:
    """The text without the characters that XML forbids.

    >>> allowed("a\\x0bb")
    'ab'
    """
    return _NO_CHARACTER.sub("", text)


def escaped(text: str) -> str:
    """Fit for an element, and for an attribute that is one line.

    >>> escaped("R&D\\x00")
    'R&amp;D'
    """
    return _UNFIT.sub(_fit, text)


def attribute(text: str) -> str:
    """Fit for an attribute in double quotes that keeps its line breaks.

    >>> attribute("two\\nlines")
    'two&#10;lines'
    """
    return _UNFIT_IN_ATTRIBUTE.sub(_fit, text)


def _fit(match: re.Match[str]) -> str:
    """Escaped where there is a way, else nothing."""
    return _ESCAPES.get(match[0], "")

"""What XML 1.0 cannot hold, taken out.

Control characters and the like make a whole file unreadable, escaped or not:
https://www.w3.org/TR/xml/#charsets.
"""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#09;",
}
_ESCAPED = re.compile('[&<>"\r]')
_ESCAPED_IN_ATTRIBUTE = re.compile('[&<>"\r\n\t]')


def allowed(text: str) -> str:
    """The text without the characters that XML forbids.

    >>> allowed("a\\x0bb")
    'ab'
    """
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """Fit for an element, and for an attribute that is one line.

    >>> escaped("R&D\\x00")
    'R&amp;D'
    """
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], allowed(text))


def attribute(text: str) -> str:
    """Fit for an attribute in double quotes that keeps its line breaks.

    >>> attribute("two\\nlines")
    'two&#10;lines'
    """
    return _ESCAPED_IN_ATTRIBUTE.sub(lambda match: _ESCAPES[match[0]], allowed(text))

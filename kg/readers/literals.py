"""Whether a text is a value of an XML Schema datatype; those that qualifiers commonly take."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from kg.namespaces import XSD

_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
_DATE_TIME = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?({_ZONE})?")
_PATTERNS = {
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    XSD.boolean: re.compile(r"true|false|0|1"),
    XSD.gYear: re.compile(rf"-?\d{{4,}}{_ZONE}?"),
    XSD.gYearMonth: re.compile(rf"-?\d{{4,}}-(?:0[1-9]|1[0-2]){_ZONE}?"),
    XSD.date: re.compile(rf"(\d{{4}}-\d\d-\d\d){_ZONE}?"),
    XSD.dateTime: _DATE_TIME,
}
_EXAMPLES = {
    XSD.integer: "12",
    XSD.decimal: "12.5",
    XSD.boolean: "true or false",
    XSD.gYear: "2026",
    XSD.gYearMonth: "2026-11",
    XSD.date: "2026-11-22",
    XSD.dateTime: "2026-11-22T09:00:00Z",
}


def is_literal(text: str, datatype: str) -> bool:
    """Datatypes that are not known here allow any text.

    >>> is_literal("2026-02-30", XSD.date)
    False
    """
    pattern = _PATTERNS.get(datatype)
    match = pattern.fullmatch(text) if pattern else None
    if pattern is None or match is None:
        return pattern is None
    return text.isascii() and (not match.re.groups or _is_in_calendar(match.group(1)))


def _is_in_calendar(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def literal_example(datatype: str) -> str:
    return _EXAMPLES.get(datatype, "any text")


def is_moment(text: str) -> bool:
    """A date and time with its zone: what every act of coding carries.

    >>> is_moment("2026-11-22T09:00:00Z"), is_moment("2026-11-22 09:00")
    (True, False)
    """
    match = _DATE_TIME.fullmatch(text)
    return bool(match and match.group(2) and is_literal(text, XSD.dateTime))


def canonical_confidence(text: str) -> str:
    """A number from 0 to 1 in canonical form, "" for anything else.

    >>> canonical_confidence("1"), canonical_confidence("0.80"), canonical_confidence("1.2")
    ('1.0', '0.8', '')
    """
    if not text.isascii() or not _PATTERNS[XSD.decimal].fullmatch(text):
        return ""
    number = Decimal(text)
    if not 0 <= number <= 1:
        return ""
    digits = f"{number:f}".lstrip("+-")
    whole, _, fraction = digits.partition(".")
    return f"{whole.lstrip('0') or '0'}.{fraction.rstrip('0') or '0'}"

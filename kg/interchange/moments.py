"""Times and confidences of other tools, as the coder's file takes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from kg.readers.literals import canonical_confidence, is_moment


@lru_cache(maxsize=10_000)
def moment(time: str) -> tuple[str, bool]:
    """A date and time with its zone, "" where it is none; and whether UTC had to be assumed.

    >>> moment("2026-11-22 09:00:00"), moment("2026-11-22T09:00:00+08:00"), moment("soon")
    (('2026-11-22T09:00:00Z', True), ('2026-11-22T09:00:00+08:00', False), ('', False))
    """
    if is_moment(time):
        return time, False
    try:
        read = datetime.fromisoformat(time.strip())
    except ValueError:
        return "", False
    assumed = read.tzinfo is None
    zoned = read.replace(tzinfo=UTC) if assumed else read
    written = in_words(zoned)
    return (written, assumed) if is_moment(written) else ("", False)


def in_words(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


def latest(times: Iterable[str]) -> str:
    """The last of some moments.

    >>> latest(["2026-11-22T09:00:00Z", "2026-11-22T10:00:00+08:00"])
    '2026-11-22T09:00:00Z'
    """
    return max(times, key=lambda time: (datetime.fromisoformat(time), time))


def confidence(text: str) -> str:
    """A number from 0 to 1 in canonical form, "" for anything else.

    >>> confidence("1e-05"), confidence("87")
    ('0.00001', '')
    """
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return ""
    small = number.is_finite() and -100 < number.adjusted() < 1  # noqa: PLR2004 - digits
    return canonical_confidence(f"{number:f}") if small else ""

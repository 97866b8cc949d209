"""Limits of size, time and memory for files that others made, raised together by who trusts one.

Each limit stands where it holds, with its default; who asks for it there asks `raised`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_TIMES: ContextVar[int] = ContextVar("times", default=1)


def times() -> int:
    """How many times the usual limits hold."""
    return _TIMES.get()


def raised(limit: int) -> int:
    """
    >>> with limits_times(3):
    ...     raised(100)
    300
    """
    return limit * times()


@contextmanager
def limits_times(number: int) -> Iterator[None]:
    """Meanwhile, all limits are so many times what they usually are."""
    token = _TIMES.set(number)
    try:
        yield
    finally:
        _TIMES.reset(token)

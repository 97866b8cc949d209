"""What a process does to itself before it handles what may be hostile, where the system can."""

from __future__ import annotations

import sys

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def limit_memory(size: int) -> None:
    """An allocation beyond so many bytes ends the process."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, most))


def limit_work(seconds: float) -> None:
    """So many more seconds of computing end the process, should nobody be left to end it."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    done = usage.ru_utime + usage.ru_stime
    resource.setrlimit(resource.RLIMIT_CPU, (int(done + seconds) + 1, most))


def leave_network() -> None:
    """On Linux: a network namespace of its own, with nothing in it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)

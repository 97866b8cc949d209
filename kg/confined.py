"""Processes that handle what may be hostile: what they do to themselves before, where the system
can, and how they are ended."""

from __future__ import annotations

import sys
from contextlib import contextmanager

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import Popen
    from threading import Event

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
OUT_OF_MEMORY = 3
"""How a confined process ends where Python itself finds no memory."""


@contextmanager
def confined(memory: int) -> Iterator[None]:
    """Work without network, in so many bytes of address space."""
    leave_network()
    limit_memory(memory)
    try:
        yield
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


@contextmanager
def ended_after(process: Popen[bytes], seconds: float) -> Iterator[Event]:
    """A process that is killed if this takes longer; the event is set where it was."""
    from threading import Event, Timer

    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


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

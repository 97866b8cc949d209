"""Ask the graph in SPARQL: read-only, without network, and never longer than allowed.

Each query runs in a worker process (`kg.worker`) that is killed at the timeout; a worker that
answered waits for the next query. SERVICE and updates are refused before anything runs
(`kg.guard`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg import worker
from kg.confined import ended_after
from kg.errors import QueryError, StoreError
from kg.guard import refuse_unsafe
from kg.rq import declared, prefix_line, used

TIMEOUT = 60.0
"""Seconds after which a query is stopped."""
MEMORY = 1536 * 1024**2
"""Bytes of address space for a query; an idle worker takes a third of them, mostly unused."""
LONGEST = 64 * 1024**2
"""Bytes of the longest answer that is handed on."""
ALONE = 10.0
"""Seconds of computing for which a query outlives a program that was killed."""
IDLE = 2
"""Workers that may wait for the next query."""

_POSITION = re.compile(r"error at (\d+):(\d+)")
_REASON = re.compile(r"\bThe [A-Za-z ]{10,}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, and bytes of memory."""

    timeout: float = TIMEOUT
    memory: int = MEMORY


USUAL = Limits()


class Workers:
    """Processes over one store, started when needed and asked again while they live.

    They end with the object, or with the program.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._idle: list[subprocess.Popen[bytes]] = []
        weakref.finalize(self, _end_all, self._idle)

    def run(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str],
        limits: Limits = USUAL,
        service: bool = False,
    ) -> bytes:
        """SPARQL 1.1 Results JSON, or N-Triples of a graph.

        `prefixes` need not be declared in the query; with `service` it may ask other servers, in a
        process that has a network and is not asked again. Raises QueryError: refused, malformed,
        stopped at its limits, too large.
        """
        refuse_unsafe(query, service=service)
        return self._answer(query, "", prefixes, limits, network=service)

    def quotes(self, words: str) -> list[str]:
        """The quotes that hold some words, letter case aside."""
        return list(json.loads(self._answer("", words, {}, USUAL)))

    def close(self) -> None:
        """End the processes that wait."""
        _end_all(self._idle)

    def _answer(
        self,
        query: str,
        words: str,
        prefixes: Mapping[str, str],
        limits: Limits,
        *,
        network: bool = False,
    ) -> bytes:
        """What a worker says to a query, or of words."""
        request: worker.Request = {
            "query": query,
            "words": words,
            "prefixes": dict(prefixes),
            "seconds": limits.timeout + ALONE,
            "memory": limits.memory,
            "longest": LONGEST,
        }
        outcome, content = self._ask(request, limits.timeout, network=network)
        if outcome == worker.ANSWER:
            return content
        raise _failure(outcome, content, query, prefixes)

    def _ask(self, request: worker.Request, timeout: float, *, network: bool) -> tuple[str, bytes]:
        line = json.dumps(request).encode() + b"\n"
        process = self._start("--network") if network else self._waiting() or self._start()
        with ended_after(process, timeout) as late:
            try:
                reply = _exchange(process, line)
            except BaseException:
                process.kill()
                raise
        if reply is None or late.is_set() or reply[0] == worker.NO_STORE:
            _end(process)
        elif len(self._idle) < IDLE and not network:
            self._idle.append(process)
        else:
            _end(process)
        if late.is_set():
            raise QueryError(
                f"the query was stopped after {timeout:g} seconds",
                fix="ask for less (a LIMIT, fewer patterns), or give it more time with --timeout",
            )
        return reply or (_DIED, b"")

    def _waiting(self) -> subprocess.Popen[bytes] | None:
        """A process that lives, if any."""
        while self._idle:
            process = self._idle.pop()
            if process.poll() is None:
                return process
            _end(process)
        return None

    def _start(self, *options: str) -> subprocess.Popen[bytes]:
        words = self._store.parent / f"words-{self._store.name}.sqlite"
        command = [sys.executable, "-m", "kg.worker", str(self._store), str(words), *options]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )


_DIED = "died"


def _exchange(process: subprocess.Popen[bytes], line: bytes) -> tuple[str, bytes] | None:
    """A request and its reply; None from a process that has ended."""
    assert process.stdin and process.stdout  # noqa: S101 - both are pipes
    try:
        process.stdin.write(line)
        process.stdin.flush()
    except BrokenPipeError:
        pass
    return _reply(process.stdout)


def _reply(stream: IO[bytes]) -> tuple[str, bytes] | None:
    head = stream.readline().split()
    if not head:
        return None
    size = int(head[1])
    content = stream.read(size)
    return (head[0].decode(), content) if len(content) == size else None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and wait until it is gone."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue


def _end_all(processes: list[subprocess.Popen[bytes]]) -> None:
    while processes:
        _end(processes.pop())


def _failure(
    outcome: str, content: bytes, query: str, prefixes: Mapping[str, str]
) -> QueryError | StoreError:
    if outcome == worker.SYNTAX_ERROR:
        return malformed(content.decode("utf-8", "replace"), query, prefixes)
    if outcome == worker.TOO_LONG:
        return too_long()
    if outcome == worker.NO_STORE:
        return StoreError(
            "the graph was built anew, or removed, since it was opened",
            fix="open it again; if there is none: kg build",
        )
    return QueryError(
        "the query is too large or too deeply nested and was ended",
        fix="ask for less: fewer nested braces, a LIMIT, or several smaller queries",
    )


def too_long() -> QueryError:
    """An answer of more than LONGEST bytes."""
    return QueryError(
        f"the answer is longer than {LONGEST // 1024**2} MB",
        fix="ask for less: end the query with LIMIT 10000, or count instead of listing",
    )


def malformed(message: str, query: str, prefixes: Mapping[str, str]) -> QueryError:
    """What a parser said of a query, in words, with the prefix that is most often forgotten."""
    known = {*prefixes, *declared(query)}
    if unknown := [name for name in used(query) if name not in known]:
        return QueryError(
            f"the prefix '{unknown[0]}:' is not declared",
            fix=f"add a line {prefix_line(unknown[0], '…')}, "
            f"or use one of: {', '.join(sorted(known))}",
        )
    position = _POSITION.search(message)
    reasons = _REASON.findall(message) or ([] if position else [message])
    where = [f"it cannot be read at line {position[1]}, column {position[2]}"] if position else []
    return QueryError(
        f"this is not SPARQL that can be run: {'; '.join([*where, *reasons])}",
        fix="look just before that place: a missing brace, full stop or question mark is usual",
    )

"""The graph on disk: an Oxigraph store that is built beside the old one and swapped in whole.

`.kg/current` names the store that is in use; a build that is killed leaves it as it was. A build
works on a draft: a copy of the store in use, by links to its files, or an empty one. The store is a
cache: it can always be made again by `kg build`.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.assets import asset
from kg.atomic import write_atomically, write_in_parts
from kg.errors import OutputError, StoreError
from kg.filenames import numbered
from kg.identifiers import digest
from kg.ledger import NOTHING, Ledger, ledger_lines, read_ledger
from kg.namespaces import DCAT, DCTERMS, RDF

NAME = re.compile(r"store-([0-9a-f]{16})-([0-9a-f]{16})(?:-\d+)?")
AT_ONCE = 32_000_000
"""Bytes of N-Quads that are loaded together: what loading takes of memory is ten times as much."""

MUCH = 1_000_000
"""Bytes of N-Quads from which loading in bulk is faster."""


def program_id() -> str:
    """16 hex digits over what of the program itself goes into a graph: an upgrade builds anew."""
    own = [asset("core.ttl"), *sorted(asset("rules").glob("*.rq"))]
    return digest(__version__, ox.__version__, *(path.read_text("utf-8") for path in own))


@dataclass
class Draft:
    """A store that is filled beside the one in use; nobody sees it until it is kept.

    A small one is `in_memory` until then: asking it is faster.
    """

    cache: Path
    store: ox.Store
    folder: Path
    ledger: Ledger
    in_memory: bool = False
    kept: bool = False

    def keep(self, build: str, ledger: Ledger) -> Ledger:
        """Make it the store in use, with what it was filled from, once it opens and is whole."""
        ledger = replace(ledger, quads=len(self.store))
        if self.in_memory:
            text = self.store.dump(format=ox.RdfFormat.N_QUADS)
            self.store = ox.Store(str(self.folder))
            self.store.bulk_load(text, format=ox.RdfFormat.N_QUADS, lenient=True)
        self.store.flush()
        del self.store
        if not _is_whole(self.folder, build, ledger.quads):
            raise OSError(0, "what was written cannot be read again")
        first = f"store-{program_id()}-{build}"
        name = next(name for name in numbered(first) if not (self.cache / name).exists())
        self.folder.rename(self.cache / name)
        self.kept = True
        write_in_parts(_ledger(self.cache, name), ledger_lines(ledger))
        write_atomically(self.cache / "current", name.encode())
        _remove_others(self.cache, name)
        return ledger


@contextmanager
def drafted(cache: Path, *, fresh: bool = False, small: bool = False) -> Iterator[Draft]:
    """A draft that begins as a copy of the store in use, or empty if that is of no use.

    `small` says that memory can hold what will be in it. What fails on the way is an OutputError;
    the store in use stays as it was.
    """
    _remove_others(cache, _current(cache))
    folder = cache / "draft"
    ledger = NOTHING if fresh else _copied(cache, folder)
    draft = None
    try:
        in_memory = small and ledger is NOTHING
        store = ox.Store() if in_memory else ox.Store(str(folder))
        draft = Draft(cache, store, folder, ledger, in_memory)
        del store
        yield draft
    except (OSError, RuntimeError) as error:
        raise OutputError(
            f"the graph cannot be written: {error}",
            fix="free some space or check the permissions of the folder .kg; the old graph is kept",
        ) from None
    finally:
        if draft is None or not draft.kept:
            if draft is not None:
                draft.__dict__.pop("store", None)  # closes it
            shutil.rmtree(folder, ignore_errors=True)


def _copied(cache: Path, folder: Path) -> Ledger:
    """Copy the store in use, by links to its files, if it is sound; its ledger, else NOTHING."""
    try:
        current = current_folder(cache)
        ledger = read_ledger(_ledger(cache, current.name))
        store = ox.Store.read_only(str(current))
        if ledger.context and len(store) == ledger.quads:
            store.backup(str(folder))
            return ledger
    except (StoreError, OSError, RuntimeError, ValueError):
        shutil.rmtree(folder, ignore_errors=True)
    return NOTHING


def load(store: ox.Store, parts: Iterable[bytes]) -> None:
    """Load N-Quads that are known to be sound, some at a time, while the next are being made."""
    with ThreadPoolExecutor(max_workers=1) as loader:
        under_way: Future[None] | None = None
        for text in _joined(parts):
            if under_way:
                under_way.result()
            under_way = loader.submit(_load, store, text)
        if under_way:
            under_way.result()


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same in fewer pieces, none of which is much larger than AT_ONCE."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= AT_ONCE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if size:
        yield b"".join(waiting)


def _load(store: ox.Store, text: bytes) -> None:
    """In bulk makes new files for all of it, which little is not worth."""
    load_ = store.bulk_load if len(text) > MUCH else store.load
    load_(text, format=ox.RdfFormat.N_QUADS, lenient=True)


def _ledger(cache: Path, name: str) -> Path:
    return cache / f"{name}.ledger"


def open_store(cache: Path) -> ox.Store:
    """The current store, read-only; StoreError as for `current_folder`."""
    return ox.Store.read_only(str(current_folder(cache)))


def current_folder(cache: Path) -> Path:
    """Where the current store lies; StoreError where there is none or it cannot be trusted."""
    name = _current(cache)
    if not name:
        raise StoreError("there is no graph here yet", fix="build it: kg build")
    match = NAME.fullmatch(name)
    if match is None or not _holds(cache / name, match[2]):
        raise StoreError("the graph on disk is damaged or incomplete", fix="kg build --fresh")
    if match[1] != program_id():
        raise StoreError("the graph was built by another version of kg", fix="kg build")
    return cache / name


def build_id(store: ox.Store) -> str:
    """What the store says it was built from; "" where it does not say."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(DCAT.Dataset)):
        for named in store.quads_for_pattern(quad.subject, ox.NamedNode(DCTERMS.identifier), None):
            return str(getattr(named.object, "value", ""))
    return ""


def _current(cache: Path) -> str:
    try:
        return (cache / "current").read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""


def _holds(folder: Path, build: str) -> bool:
    """Whether a folder is a store of that build: an emptied one opens without a word."""
    try:
        return folder.is_dir() and build_id(ox.Store.read_only(str(folder))) == build
    except (OSError, ValueError, RuntimeError):
        return False


def _is_whole(folder: Path, build: str, quads: int) -> bool:
    """Whether a store opens, is of that build, and holds as many quads as it should."""
    try:
        store = ox.Store.read_only(str(folder))
        return build_id(store) == build and len(store) == quads
    except (OSError, ValueError, RuntimeError):
        return False


def _remove_others(cache: Path, name: str) -> None:
    """Everything that was left behind, but for the store of that name."""
    for path in (*cache.glob("store-*"), *cache.glob("draft")):
        if path.name not in (name, _ledger(cache, name).name):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


@contextmanager
def writing(cache: Path) -> Iterator[None]:
    """Hold the project for one writer; a second one is told who holds it and since when."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _lock(cache / "lock")
    except OSError as error:
        raise OutputError(
            f"the folder {cache} cannot be written: {os.strerror(error.errno or 0)}",
            fix="check its permissions, or copy the project to a folder of your own",
        ) from None
    try:
        yield
    finally:
        (cache / "lock").unlink(missing_ok=True)
        with suppress(OSError):  # nothing is left of a build that kept nothing
            cache.rmdir()


def _lock(path: Path) -> None:
    for _ in range(2):
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            refuse_if_held(path)
            path.unlink(missing_ok=True)
        else:
            with os.fdopen(descriptor, "w") as file:
                file.write(f"{os.getpid()} {time.strftime('%H:%M:%S')}")
            return


def refuse_if_held(path: Path) -> None:
    """OutputError where a living process holds the lock; a lock that was left behind is none."""
    pid, _, since = path.read_bytes().decode("ascii", "replace").partition(" ")
    young = time.time() - path.stat().st_mtime < 1
    if not (_is_alive(pid) or (young and not pid)):
        return
    raise OutputError(
        f"another kg build (process {pid}) has been working on this project since {since}",
        fix=f"wait for it to end; if it has ended, remove {path}",
    )


def _is_alive(pid: str) -> bool:
    if not pid.isdigit() or os.name != "posix":
        return pid.isdigit()
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True

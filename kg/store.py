"""The graph on disk: an Oxigraph store that is built beside the old one and swapped in whole.

`.kg/current` names the store that is in use; a build that is killed leaves it as it was. The store
is a cache: it can always be made again by `kg build`.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.assets import asset
from kg.atomic import write_atomically
from kg.errors import OutputError, StoreError
from kg.identifiers import digest
from kg.namespaces import DCAT, DCTERMS, RDF

NAME = re.compile(r"store-([0-9a-f]{16})-([0-9a-f]{16})")


def program_id() -> str:
    """16 hex digits over what of the program itself goes into a graph: an upgrade builds anew."""
    own = [asset("core.ttl"), asset("sparql/direct.rq"), *sorted(asset("rules").glob("*.rq"))]
    return digest(__version__, ox.__version__, *(path.read_text("utf-8") for path in own))


def save_store(quads: Iterable[ox.Quad], cache: Path, build: str) -> None:
    """Write the quads to a new store under `cache` and make it the current one."""
    name = f"store-{program_id()}-{build}"
    folder = cache / name
    if _current(cache) == name and _holds(folder, build):
        return
    shutil.rmtree(folder, ignore_errors=True)
    try:
        store = ox.Store(str(folder))
        store.bulk_extend(quads)
        store.flush()
        del store
    except (OSError, RuntimeError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OutputError(
            f"the graph cannot be written: {error}",
            fix="free some space or check the permissions of the folder .kg; the old graph is kept",
        ) from None
    write_atomically(cache / "current", name.encode())
    _remove_others(cache, name)


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


def clear(cache: Path) -> None:
    """Forget the store."""
    (cache / "current").unlink(missing_ok=True)
    _remove_others(cache, "")


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


def _remove_others(cache: Path, name: str) -> None:
    for folder in cache.glob("store-*"):
        if folder.name != name:
            shutil.rmtree(folder, ignore_errors=True)


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

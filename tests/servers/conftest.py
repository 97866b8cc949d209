"""Two real servers, filled with the graph of the two texts; and one that does everything wrong."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from kg.errors import ServerError
from kg.pipeline import Built
from kg.servers.endpoint import Endpoint
from kg.servers.profiles import PROFILES
from kg.servers.push import push, store_pieces

VIRTUOSO = shutil.which("virtuoso-t")
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 100000
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if VIRTUOSO:
        return
    left_out = [item for item in items if item.get_closest_marker("virtuoso")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not VIRTUOSO:
        terminalreporter.write_line("no Virtuoso here: the tests marked 'virtuoso' were left out")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path, endpoint: Endpoint) -> Iterator[Endpoint]:
    """A server process, from when it answers until the end."""
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(240):
            try:
                endpoint.run("ASK {}", prefixes={})
                break
            except ServerError:
                assert process.poll() is None, (folder / "out.log").read_text("utf-8", "replace")
                time.sleep(0.25)
        yield endpoint
    finally:
        process.kill()
        process.wait()


@contextmanager
def served(folder: Path) -> Iterator[Endpoint]:
    """Oxigraph with nothing in it."""
    port = free_port()
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program
    command = [program, "serve", "--location", "data", "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, Endpoint(f"http://127.0.0.1:{port}", PROFILES["oxigraph"])) as it:
        yield it


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The server of all tests that fill it in the same way."""
    with served(tmp_path_factory.mktemp("oxigraph")) as endpoint:
        yield endpoint


@pytest.fixture
def empty_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A server of one test alone."""
    with served(tmp_path_factory.mktemp("empty")) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(http=port, sql=free_port()))
    assert VIRTUOSO
    command = [VIRTUOSO, "-f", "-c", "virtuoso.ini"]
    endpoint = Endpoint(f"http://127.0.0.1:{port}", PROFILES["virtuoso"], "dba", "dba")
    with running(command, folder, endpoint):
        yield endpoint


@pytest.fixture(scope="session")
def oxigraph_filled(oxigraph: Endpoint, built: Built, tmp_path_factory: Any) -> Endpoint:
    push(store_pieces(built.filled.store), oxigraph, tmp_path_factory.mktemp("notes") / "oxigraph")
    return oxigraph


@pytest.fixture(scope="session")
def virtuoso_filled(virtuoso: Endpoint, built: Built, tmp_path_factory: Any) -> Endpoint:
    push(store_pieces(built.filled.store), virtuoso, tmp_path_factory.mktemp("notes") / "virtuoso")
    return virtuoso


Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def naughty() -> Iterator[Callable[[Answer], Endpoint]]:
    """A server that answers every request as it is told."""
    servers = []

    def serve(answer: Answer) -> Endpoint:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer(self)

            do_PUT = do_DELETE = do_POST

            def log_message(self, *_: object) -> None:
                return

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return Endpoint(f"http://127.0.0.1:{server.server_port}", PROFILES["oxigraph"])

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()

"""What does a server do wrong, and what is said then? Nothing is lost, nothing doubled."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import QueryError, ServerError, UnknownName
from kg.query import Limits
from kg.servers.endpoint import Endpoint
from kg.servers.profiles import PROFILES, profile_of
from kg.servers.push import Piece, Pushed, push, store_pieces
from tests.servers.conftest import Answer, free_port

Serve = Callable[[Answer], Endpoint]
ROW = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1"}}]}}'


def reply(status: int, body: bytes, size: int | None = None) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body) if size is None else size))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (reply(200, ROW[:60]), r"broke off or is none: its JSON has no end"),
        (reply(200, ROW[:60], size=len(ROW)), r"broke off or is none"),
        (reply(200, b"<html>Welcome</html>"), r"broke off or is none: its JSON has no end"),
        (reply(200, b'{"hello": 1}'), r"broke off or is none: it is no answer"),
        (reply(500, b"out of\nmemory"), r"(?s)500.*: out of memory.*server's log"),
        (reply(400, b"Virtuoso 37000 Error"), r"(?s)400.*Virtuoso 37000.*--show"),
        (reply(401, b""), r"(?s)401.*no reason given.*--user NAME.*KG_PASSWORD"),
        (reply(404, b""), r"(?s)404.*--profile"),
        (reply(302, b""), r"refused with 302"),
        (drip, r"(?s)did not answer within 0.5 seconds.*--timeout"),
        (lambda _: time.sleep(3), r"(?s)did not answer within 0.5 seconds"),
    ],
)
def test_what_a_server_does_wrong_is_said(naughty: Serve, answer: Answer, told: str) -> None:
    with pytest.raises(ServerError, match=told):
        naughty(answer).run("SELECT * {}", prefixes={}, limits=Limits(0.5))


@pytest.mark.parametrize("scheme", ["Digest", "Basic", "Negotiate"])
def test_a_password_that_is_not_taken_is_told(naughty: Serve, scheme: str) -> None:
    def ask(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(401)
        handler.send_header("WWW-Authenticate", f'{scheme} realm="r", nonce="n", qop="auth"')
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server = Endpoint(naughty(ask).url, PROFILES["oxigraph"], "me", "wrong")
    with pytest.raises(ServerError, match=r"(?s)(401|name and password).*--user NAME"):
        server.put("x:g", b"", 5)


def test_a_graph_that_breaks_off_is_no_graph(naughty: Serve) -> None:
    with pytest.raises(ServerError, match="it is no N-Triples"):
        naughty(reply(200, b"<x:a> <x:b> <x:c")).run("CONSTRUCT WHERE { ?s ?p ?o }", prefixes={})


def test_where_nobody_listens_is_said() -> None:
    nobody = Endpoint(f"http://127.0.0.1:{free_port()}", PROFILES["oxigraph"])
    with pytest.raises(ServerError, match=r"(?s)nobody answers at http://127.*check the address"):
        nobody.run("ASK {}", prefixes={})


def test_a_project_may_be_opened_on_a_server(naughty: Serve, starter: Path) -> None:
    graph = kg.open(starter, endpoint=naughty(reply(200, ROW)).url, profile="oxigraph")
    assert [tuple(row) for row in graph.query("SELECT ?a { ?a ?b ?c }")] == [("1",)]


def test_an_address_and_a_profile_are_checked() -> None:
    with pytest.raises(UnknownName, match=r"(?s)no address.*http://HOST"):
        profile_of("localhost:7878")
    with pytest.raises(UnknownName, match="use oxigraph, fuseki"):
        profile_of("http://localhost:7878", "oxygraph")
    known = {
        "http://localhost:7878": "oxigraph",
        "http://localhost:3030/towns": "fuseki",
        "http://localhost:8890/": "virtuoso",
        "http://localhost:7200/repositories/towns": "rdf4j",
        "https://c.cluster-1.eu-west-1.neptune.amazonaws.com:8182": "neptune",
        "https://qlever.example/api/towns": "qlever",
        "https://example.org/sparql": "sparql",
    }
    assert {url: profile_of(url) for url in known} == {u: PROFILES[n] for u, n in known.items()}


def test_a_server_is_asked_nothing_that_the_store_is_not(naughty: Serve) -> None:
    server = naughty(reply(200, ROW))
    with pytest.raises(QueryError, match="read-only"):
        server.run("DROP ALL", prefixes={})
    with pytest.raises(QueryError, match="--allow-service"):
        server.run("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", prefixes={})


def test_a_server_without_a_union_is_told_every_graph(naughty: Serve) -> None:
    asked: list[bytes] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.body)  # type: ignore[attr-defined]
        graph = ROW.replace(b'"a"', b'"graph"').replace(
            b'"literal","value":"1"', b'"uri","value":"x:g"'
        )
        reply(200, graph)(handler)

    plain = Endpoint(naughty(answer).url, PROFILES["sparql"])
    plain.run("SELECT * { ?s ?p ?o }", prefixes={"x": "x:"})
    assert b"default-graph-uri=x%3Ag" in asked[-1]
    assert b"PREFIX" in asked[-1]


def test_a_server_that_names_no_graphs_when_asked_for_them_is_told(naughty: Serve) -> None:
    with pytest.raises(ServerError, match="it names no graphs"):
        naughty(reply(200, ROW)).graphs()


def pieces(*texts: str) -> list[Piece]:
    return [
        Piece(f"https://t.example/g{n}", f'<x:s> <x:p> "{t}" .\n'.encode())
        for n, t in enumerate(texts)
    ]


def held(server: Endpoint) -> list[bytes]:
    """What the server has of the graphs of `pieces`."""
    query = "CONSTRUCT { ?g <x:p> ?o } { GRAPH ?g { <x:s> <x:p> ?o } }"
    return sorted(server.run(query, prefixes={}).splitlines())


def test_a_push_that_fails_half_way_goes_on_where_it_ended(
    oxigraph: Endpoint, tmp_path: Path, naughty: Serve
) -> None:
    fails = naughty(reply(500, b"half-way"))
    notes = tmp_path / "notes"
    assert push(pieces("a", "b"), oxigraph, notes) == Pushed(sent=2)
    dead = Endpoint(oxigraph.url, oxigraph.profile)
    with pytest.raises(ServerError, match=r"(?s)500.*0 graphs are there.*goes on where it ended"):
        push(pieces("x"), fails, tmp_path / "other", waits=(0, 0))
    assert push(pieces("a", "b", "c"), dead, notes) == Pushed(sent=1, same=2)
    assert push(pieces("a", "new"), oxigraph, notes) == Pushed(sent=1, same=1, removed=1)
    assert [line.split(b'"')[1] for line in held(oxigraph)] == [b"a", b"new"]
    assert push([], oxigraph, notes) == Pushed(removed=2)
    assert held(oxigraph) == []


def test_a_failure_that_passes_is_not_seen(naughty: Serve, tmp_path: Path) -> None:
    asked: list[str] = []

    def moody(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        reply(503 if len(asked) in {1, 2, 4} else 204, b"")(handler)

    assert push(pieces("a", "b"), naughty(moody), tmp_path / "notes", waits=(0, 0)) == Pushed(2)
    assert [path[-2:] for path in asked] == ["g0", "g0", "g0", "g1", "g1"]


def test_a_server_that_was_emptied_is_filled_again(
    empty_oxigraph: Endpoint, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    push(pieces("a", "b"), empty_oxigraph, notes)
    empty_oxigraph.delete("https://t.example/g0", 10)
    empty_oxigraph.delete("https://t.example/g0", 10)
    assert push(pieces("a", "b"), empty_oxigraph, notes) == Pushed(sent=1, same=1)
    push([], empty_oxigraph, notes)


def test_the_pieces_of_a_store_are_its_graphs() -> None:
    store = ox.Store()
    quads = '<x:b> <x:p> "2" <x:g> .\n<x:a> <x:p> "1" <x:g> .\n<x:a> <x:p> "1" <x:f> .\n'
    store.load(quads.encode(), format=ox.RdfFormat.N_QUADS)
    assert list(store_pieces(store)) == [
        Piece("x:f", b'<x:a> <x:p> "1" .\n'),
        Piece("x:g", b'<x:a> <x:p> "1" .\n<x:b> <x:p> "2" .\n'),
    ]

"""A graph that lies on a server: SPARQL 1.1 Protocol and Graph Store Protocol over HTTP.

Whatever a server does wrong (it refuses, is late, fails, breaks off) is a ServerError that says so.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as ox

from kg.assets import sparql
from kg.errors import ServerError
from kg.guard import refuse_unsafe
from kg.query import LONGEST, USUAL, Limits, too_long
from kg.rq import makes_graph, with_prefixes
from kg.servers.profiles import Profile

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples, text/plain;q=0.5"
PIECE = 64 * 1024
"""Bytes that are read at a time; between two reads the clock is looked at."""


class _StayHere(HTTPRedirectHandler):
    """A query and a password go to the address that was given, and to no other."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Endpoint:
    """A server, and who asks."""

    url: str
    profile: Profile
    user: str = ""
    password: str = field(default="", repr=False)

    @cached_property
    def _opener(self) -> OpenerDirector:
        if not self.user:
            return build_opener(_StayHere)
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, self.url, self.user, self.password)
        return build_opener(
            _StayHere, HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords)
        )

    def run(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str],
        limits: Limits = USUAL,
        service: bool = False,
    ) -> bytes:
        """SPARQL 1.1 Results JSON, or N-Triples of a graph, as a worker gives."""
        refuse_unsafe(query, service=service)
        wants_graph = makes_graph(query)
        union = [*self.profile.union, *self._graphs_by_name(limits)]
        asked = [("query", with_prefixes(query, prefixes)), *union]
        answer = self._ask(asked, TRIPLES if wants_graph else ROWS, limits)
        return self._whole_graph(answer) if wants_graph else self._whole(answer)

    def quotes(self, _: str) -> None:
        """A server has no index of ours."""

    def graphs(self, limits: Limits = USUAL) -> list[str]:
        """The named graphs of the server."""
        answer = self._ask([("query", sparql("graphs"))], ROWS, limits)
        rows = json.loads(self._whole(answer))
        try:
            return [row["graph"]["value"] for row in rows["results"]["bindings"]]
        except (KeyError, TypeError):
            raise self._broken("it names no graphs") from None

    def _ask(self, form: list[tuple[str, str]], accept: str, limits: Limits) -> bytes:
        url = self.url.rstrip("/") + self.profile.query
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self.send("POST", url, urlencode(form).encode(), headers, limits.timeout)

    def put(self, graph: str, ntriples: bytes, timeout: float) -> None:
        """Make this the whole of a named graph."""
        self._store("PUT", graph, ntriples, timeout)

    def delete(self, graph: str, timeout: float) -> None:
        """Remove a named graph; one that is not there is removed already."""
        try:
            self._store("DELETE", graph, None, timeout)
        except ServerError as error:
            if error.status != 404:  # noqa: PLR2004 - not found
                raise

    def send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], timeout: float
    ) -> bytes:
        """The body of the answer, whole and in time."""
        end = time.monotonic() + timeout
        request = Request(url, body, dict(headers), method=method)  # noqa: S310 - http(s) only
        try:
            with self._opener.open(request, timeout=timeout) as response:
                return self._read(response, end, timeout)
        except HTTPError as error:
            raise self._refused(error) from None
        except TimeoutError:
            raise self._late(timeout) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late(timeout) from None
            raise ServerError(
                f"nobody answers at {self.url}: {error.reason}",
                fix="check the address, and that the server runs",
            ) from None
        except ValueError:
            # what urllib says when it has no answer to the question for a password
            raise ServerError(
                f"{self.url} does not take this name and password",
                fix="check --user NAME and the variable KG_PASSWORD",
                status=401,
            ) from None
        except (HTTPException, OSError) as error:
            raise self._broken(type(error).__name__) from None

    def _read(self, response: HTTPResponse, end: float, timeout: float) -> bytes:
        pieces, size = [], 0
        while piece := response.read1(PIECE):
            pieces.append(piece)
            size += len(piece)
            if time.monotonic() > end:
                raise self._late(timeout)
            if size > LONGEST:
                raise too_long()
        if response.length:
            raise self._broken(f"{response.length} bytes are missing")
        return b"".join(pieces)

    def _store(self, method: str, graph: str, body: bytes | None, timeout: float) -> None:
        url = f"{self.url.rstrip('/')}{self.profile.store}?graph={quote(graph, safe='')}"
        # N-Triples is Turtle, and every server reads Turtle
        self.send(method, url, body, {"Content-Type": "text/turtle"}, timeout)

    def _graphs_by_name(self, limits: Limits) -> list[tuple[str, str]]:
        named = self.graphs(limits) if self.profile.listed else []
        return [("default-graph-uri", graph) for graph in named]

    def _whole(self, answer: bytes) -> bytes:
        """The rows, if they are whole: a server may fail after it has said that all is well."""
        try:
            found = json.loads(answer)
        except ValueError:
            raise self._broken("its JSON has no end") from None
        if not isinstance(found, dict) or not ({"results", "boolean"} & set(found)):
            raise self._broken("it is no answer to a query")
        return answer

    def _whole_graph(self, answer: bytes) -> bytes:
        """The triples, in the one way of writing them."""
        try:
            quads = list(ox.parse(answer, format=ox.RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError):
            raise self._broken("it is no N-Triples") from None
        triples = (quad.triple for quad in quads)
        return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""

    def _broken(self, how: str) -> ServerError:
        return ServerError(
            f"the answer of {self.url} broke off or is none: {how}",
            fix="ask again; if it happens again, ask for less, or look into the server's log",
        )

    def _late(self, timeout: float) -> ServerError:
        return ServerError(
            f"{self.url} did not answer within {timeout:g} seconds",
            fix="ask for less (a LIMIT, fewer patterns), or give it more time with --timeout",
        )

    def _refused(self, error: HTTPError) -> ServerError:
        words = " ".join(error.read(PIECE).decode("utf-8", "replace").split())[:300]
        fix = {
            400: "look at the query; `kg query … --show` prints it",
            401: "give --user NAME, and the password in the variable KG_PASSWORD",
            403: "ask for the right to do this, or use --user NAME",
            404: "check the address, and name the kind of server with --profile",
        }.get(error.code, "look into the server's log, or try again later")
        return ServerError(
            f"{self.url} refused with {error.code} {error.reason}: {words or 'no reason given'}",
            fix=fix,
            status=error.code,
        )

"""SPARQL servers and how each wants to be asked: one row a server.

`query` and `store` stand behind the address that a user gives: the SPARQL 1.1 Protocol and the
Graph Store Protocol. Our questions look at all graphs as one: `union` are the parameters that make
a server do so; one that has none and does not do it by itself is told every graph by name
(`listed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import UnknownName


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of server; `sign` is what tells its addresses from others."""

    query: str = ""
    store: str = ""
    union: tuple[tuple[str, str], ...] = ()
    listed: bool = False
    sign: str = ""


PROFILES = {
    # http://localhost:7878 (`oxigraph serve`)
    "oxigraph": Profile("/query", "/store", union=(("union-default-graph", ""),), sign=":7878"),
    # http://localhost:3030/DATASET
    "fuseki": Profile(
        "/query", "/data", union=(("default-graph-uri", "urn:x-arq:UnionGraph"),), sign=":3030"
    ),
    # http://localhost:8890; its own system graphs are in the union, where they do no harm
    "virtuoso": Profile("/sparql", "/sparql-graph-crud-auth", sign=":8890"),
    # http://localhost:7200/repositories/NAME, both GraphDB and RDF4J (…/rdf4j-server/repositories…)
    "rdf4j": Profile("", "/rdf-graphs/service", sign="/repositories/"),
    # https://CLUSTER.neptune.amazonaws.com:8182
    "neptune": Profile("/sparql", "/sparql/gsp/", sign=".neptune."),
    # http://localhost:7001
    "qlever": Profile("", "", sign="qlever"),
    # any other: the address of its SPARQL endpoint
    "sparql": Profile(listed=True),
}


def profile_of(url: str, name: str = "") -> Profile:
    """The profile of that name, else the one whose sign the address bears, else `sparql`."""
    if name and name not in PROFILES:
        raise UnknownName(f"there is no profile '{name}'", fix=f"use {', '.join(PROFILES)}")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UnknownName(f"'{url}' is no address of a server", fix="write http://HOST:PORT")
    signs = (key for key, profile in PROFILES.items() if profile.sign and profile.sign in url)
    return PROFILES[name or next(signs, "sparql")]

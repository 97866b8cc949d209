"""policy-kg: from annotated policy texts to a graph in which every edge leads back to its words.

    import kg

    graph = kg.build("my-project")            # or kg.open, once it is built
    for row in graph.ask("claims", concept="county town"):
        print(row.quote, row.coder)

`kg.read` gives what was coded as plain data; what goes wrong is a `KgError` or an `Issue`.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from os import PathLike

    from kg.errors import Issue, KgError, Place
    from kg.graph import Graph
    from kg.model import (
        Classification,
        Document,
        Flow,
        Mention,
        Passage,
        Reading,
        Span,
        Statement,
    )

__version__ = "0.1.0"

__all__ = [
    "Classification",
    "Document",
    "Flow",
    "Issue",
    "KgError",
    "Mention",
    "Passage",
    "Place",
    "Reading",
    "Span",
    "Statement",
    "build",
    "open",
    "read",
]

_ERRORS = {"Issue", "KgError", "Place"}


def __getattr__(name: str) -> object:
    """The nouns and errors, imported when they are first named: a worker starts without them."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module("kg.errors" if name in _ERRORS else "kg.model"), name)


def open(folder: str | PathLike[str], *, endpoint: str = "", profile: str = "") -> Graph:
    """The graph of a project that has been built; with the address of a server, the one there.

    `profile` is the kind of server, where its address does not tell.
    """
    from pathlib import Path

    from kg.graph import Graph
    from kg.project import read_project
    from kg.servers.endpoint import Endpoint
    from kg.servers.profiles import profile_of

    server = Endpoint(endpoint, profile_of(endpoint, profile)) if endpoint else None
    return Graph(read_project(Path(folder)), endpoint=server)


def build(folder: str | PathLike[str]) -> Graph:
    """Fill the graph of a project from its ontology and passages, and write its exports.

    What was found wrong, and left out, is in the graph's `issues`.
    """
    from pathlib import Path

    from kg.graph import Graph
    from kg.pipeline import build_project
    from kg.project import read_project

    project = read_project(Path(folder))
    return Graph(project, build_project(project).filled.issues)


def read(folder: str | PathLike[str]) -> Reading:
    """What was coded in a project, as plain data, with one issue for each fault."""
    from pathlib import Path

    from kg.ontology import read_ontology
    from kg.project import read_project
    from kg.readers import read_folder

    project = read_project(Path(folder))
    ontology = read_ontology(project.ontology, project.base)
    return read_folder(project.passages, ontology)

"""Does the way through the house stay one way, and does no domain live in it?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph

KG = Path(__file__).parent.parent / "kg"
ONTOLOGY = KG.parent / "ontology"

LAYERS = [
    {"errors", "namespaces", "model", "assets", "encoding", "limits"},
    {"terms", "rq", "atomic", "identifiers", "explain", "turtle", "guard", "console", "notebook",
     "zips", "plainxml", "confined", "workbook", "filenames", "fulltext", "grams"},
    {"project", "ontology", "anchoring", "words"},
    {"readers"},
    {"documents"},
    {"interchange"},
    {"reanchoring"},
    {"mapping"},
    {"rows", "labels", "check", "shacl", "validate", "reach", "infer", "audit", "filling", "ledger",
     "store",
     "questions", "worker", "query", "results", "plan", "network", "matrix", "unused", "coverage",
     "agreement"},
    {"writers", "servers", "render", "graph", "starter"},
    {"pipeline", "export", "anyrdf"},
    {"commands"},
    {"cli"},
    {"__main__"},
]  # fmt: skip


def module(path: Path) -> str:
    """The room that a file belongs to: `kg/readers/yaml.py` is in `readers`."""
    return path.relative_to(KG).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms that a file imports, those for type checking included."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg"):
            parts = node.module.split(".")[1:2] or [alias.name for alias in node.names]
            rooms |= {part for part in parts if not part.startswith("_")}
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("kg.")}
    return rooms


FILES = [path for path in sorted(KG.rglob("*.py")) if path != KG / "__init__.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(KG).as_posix())
def test_a_module_imports_only_from_the_left(path: Path) -> None:
    level = {room: n for n, rooms in enumerate(LAYERS) for room in rooms}
    here = module(path)
    wrong = {
        room
        for room in imported(path) - {here}
        if level[room] > level[here]
    }  # fmt: skip
    assert wrong == set()


def test_no_two_rooms_of_one_layer_need_each_other() -> None:
    needs: dict[str, set[str]] = {}
    for path in FILES:
        needs.setdefault(module(path), set()).update(imported(path) - {module(path)})
    done: set[str] = set()
    while ready := {room for room in needs if room not in done and needs[room] <= done}:
        done |= ready
    assert set(needs) - done == set()


def domain_names() -> set[str]:
    """The camel-case names of policy.ttl that are two words at least."""
    graph = Graph().parse(ONTOLOGY / "policy.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    names = {
        str(term).rpartition("#")[2]
        for kind in kinds
        for term in graph.subjects(RDF.type, kind)
        if "policy#" in str(term)
    }
    return {name for name in names if re.search(r"[a-z][A-Z]", name)}


def test_the_program_knows_nothing_of_the_domain() -> None:
    names = domain_names()
    assert "mobilisesFactor" in names
    word = re.compile(
        r"\b(" + "|".join(sorted(names)) + r")\b|policy-kg/policy#|policy-kg/concept/"
    )
    files = [p for p in KG.rglob("*") if p.is_file() and "vendor" not in p.parts]
    found = {
        f"{path.relative_to(KG)}: {match[0]}"
        for path in files
        if path.suffix
        in {".py", ".rq", ".md", ".html", ".j2", ".css", ".js", ".json", ".toml", ".ttl"}
        for match in word.finditer(path.read_text("utf-8"))
    }
    assert found == set()


def strings(path: Path) -> list[tuple[int, str]]:
    """The strings of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in docstrings
    ]


QUERY = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE)\b[^|]*?[{]|\bPREFIX \w*:\s*<", re.DOTALL)


def test_no_sparql_stands_in_a_python_string() -> None:
    assert QUERY.search("\nSELECT ?a\nWHERE {\n?a ?b ?c }")
    advice = "…"
    found = {
        f"{path.name}:{line}"
        for path in FILES
        for line, text in strings(path)
        if QUERY.search(text) and advice not in text
    }
    assert found == set()


def test_every_file_is_short_enough_to_be_one_thing() -> None:
    long = {p.name for p in FILES if len(p.read_text("utf-8").splitlines()) > 300}
    assert long == set()

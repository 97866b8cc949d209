"""The SPARQL page as a file: the same bytes every time, nothing in it that was not meant for it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from kg.assets import asset
from kg.export import render_pages
from kg.graph import Graph
from kg.pipeline import Built
from tests.conftest import REPOSITORY
from tests.render.garden import Garden


@pytest.fixture(scope="module")
def page() -> str:
    return Garden().sparql_page()


def element(page: str, id: str) -> str:
    found = re.search(rf'<script[^>]* id="{id}">(.*?)</script>', page, flags=re.DOTALL)
    assert found
    return found[1]


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(page: str) -> None:
    script = (
        "from hashlib import sha256; from tests.render.garden import Garden;"
        "print(sha256(Garden().sparql_page().encode()).hexdigest())"
    )
    for seed in ("1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_the_policy_names_every_script_and_style_and_forbids_connections(page: str) -> None:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    policy = dict(part.split(" ", 1) for part in unescape(found[1]).split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'none'"
    assert policy["worker-src"] == "blob:"
    scripts = re.findall(r'<script(?: id="engine")?>(.*?)</script>', page, flags=re.DOTALL)
    yasqe = gzip.decompress(base64.b64decode(element(page, "yasqe"))).decode()
    styles = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert policy["script-src"].split() == [*map(digest, [yasqe, *scripts]), "'wasm-unsafe-eval'"]
    assert policy["style-src"].split() == [*map(digest, styles)]


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_in_the_page_is_fetched_from_elsewhere(page: str) -> None:
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r"\b(?:src|href)=[\"']?([^\"'>]+)", markup) == ["data:,", "graph.html"]
    yasqe = gzip.decompress(base64.b64decode(element(page, "yasqe"))).decode()
    assert "sourceMappingURL" not in page + yasqe
    assert " style=" not in markup
    for style in re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL):
        assert not re.search(r"@import|url\(", style)


def test_data_are_json_without_markup() -> None:
    page = replace(Garden(), title="</script><b>\u2028").sparql_page()
    assert not re.search("[<>&\u2028\u2029]", element(page, "data"))
    assert json.loads(element(page, "data"))["title"] == "</script><b>\u2028"


def test_the_page_carries_the_licences_of_what_it_carries(page: str) -> None:
    notices = unescape(element(page, "licences"))
    assert "RUDF developers" in notices
    assert "Marijn Haverbeke" in notices


def test_foreign_files_are_those_that_the_readme_names() -> None:
    folder = asset("render/vendor")
    named = (folder / "README.md").read_text("utf-8")
    files = [*folder.glob("*.js"), *folder.glob("*.css"), *folder.glob("*.gz")]
    assert len(files) == 5
    for path in files:
        packed = path.suffix == ".gz"
        content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
        name = path.name.removesuffix(".gz")
        assert f"sha256 {hashlib.sha256(content).hexdigest()}  {name}\n" in named


FOLDER = asset("render/sparql")
INTERFACE = json.loads((FOLDER / "interface.json").read_text("utf-8"))


def test_both_interfaces_say_the_same_things() -> None:
    english, chinese = INTERFACE["en"], INTERFACE["zh"]
    assert english.keys() - chinese.keys() == {"noscript"}
    holes = re.compile(r"\{\w+\}")
    for key, sentence in chinese.items():
        assert set(holes.findall(str(sentence))) == set(holes.findall(str(english[key]))), key


def test_every_word_that_the_scripts_say_is_in_the_interface() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (FOLDER / "js").glob("*.js"))
    template = (FOLDER / "page.html.j2").read_text("utf-8")
    said = set(re.findall(r'\bsay\("([\w-]+)"', scripts))
    said |= set(re.findall(r'data-say(?:-label)?="([\w-]+)"', template))
    said |= {"refused-service", "refused-update", "rows-count", "triples-count", "class"}
    kinds = ("concept", "relation", "document", "coder", "text")
    said |= {*kinds, *(f"any-{kind}" for kind in kinds)}
    assert said <= INTERFACE["en"].keys()


def test_the_prefixes_of_kg_query_need_no_declaration(built: Built, graph: Graph) -> None:
    page = (built.filled.project.output / "sparql.html").read_text("utf-8")
    assert graph.prefixes.items() <= json.loads(element(page, "data"))["prefixes"].items()


def test_every_question_is_there_and_says_whose_it_is(built: Built, graph: Graph) -> None:
    page = (built.filled.project.output / "sparql.html").read_text("utf-8")
    listed = json.loads(element(page, "data"))["questions"]
    assert [question["name"] for question in listed] == list(graph.questions)
    own = {path.stem for path in (graph.project.ontology / "questions").glob("*.rq")}
    assert {question["name"] for question in listed if question["own"]} == own


def test_the_pages_lead_to_each_other_where_both_are_asked_for(starter: Path) -> None:
    from kg.pipeline import build_project
    from kg.project import read_project

    project = read_project(starter)
    build_project(project)
    graph, sparql = (project.output / name for name in ("graph.html", "sparql.html"))
    before = sparql.read_bytes()
    assert 'href="sparql.html"' in graph.read_text("utf-8")
    assert 'href="graph.html"' in sparql.read_text("utf-8")
    assert render_pages(project) == [graph, sparql]
    assert sparql.read_bytes() == before
    alone = replace(project, exports=("graph.html",))
    assert render_pages(alone) == [graph]
    assert 'href="sparql.html"' not in graph.read_text("utf-8")
    build_project(replace(project, exports=("sparql.html",)))
    assert 'href="graph.html"' not in sparql.read_text("utf-8")

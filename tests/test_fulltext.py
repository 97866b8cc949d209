"""Which passages hold these words: English or Chinese, long or short, any letter case?"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.fulltext import EXACT, matching, opened, search
from kg.graph import Graph
from kg.pipeline import build_project
from kg.project import read_project


def store_of(texts: list[str]) -> ox.Store:
    store = ox.Store()
    for number, text in enumerate(texts):
        store.add(ox.Quad(ox.NamedNode(f"x:{number}"), EXACT, ox.Literal(text)))
    return store


@pytest.fixture(scope="module")
def canteens(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Two short texts, one of them Chinese, each with a passage and marked words."""
    folder = tmp_path_factory.mktemp("search")
    (folder / "ontology").mkdir()
    (folder / "passages").mkdir()
    (folder / "kg.toml").write_text(
        'title = "T"\nbase = "https://t.example/"\nlanguages = ["en", "zh-Hans"]\nexports = []\n'
    )
    (folder / "ontology" / "t.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://t.example/concept/town> a skos:Concept ;\n"
        "  skos:prefLabel 'county town'@en , '县城'@zh-Hans ."
    )
    for name, text, marked in (
        ("en", "County towns carry 100% of it.", "[County towns]{town} carry 100% of it."),
        ("zh", "县城是重要载体。", "[县城]{town}是重要载体。"),
    ):
        (folder / "passages" / f"{name}.txt").write_text(text, "utf-8")
        (folder / "passages" / f"{name}.me.yaml").write_text(
            f"document: {name}\ncoder: me\ncoded: 2026-01-20T10:00:00Z\n"
            f"passages:\n- text: >-\n    {marked}\n",
            "utf-8",
        )
    project = read_project(folder)
    build_project(project)
    return Graph(project)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("county TOWN", [("en", "passage"), ("en", "marked words")]),
        ("carry", [("en", "passage")]),
        ("100%", [("en", "passage")]),
        ("it", [("en", "passage")]),
        ("重要载体", [("zh", "passage")]),
        ("县城", [("zh", "passage"), ("zh", "marked words")]),
        ("县", [("zh", "passage"), ("zh", "marked words")]),
        ("carry town", []),
        ('"', []),
        ("town*", []),
    ],
)
def test_where_do_these_words_stand(
    canteens: Graph, text: str, found: list[tuple[str, str]]
) -> None:
    rows = canteens.ask("search", text=text)
    assert [(row.document.removeprefix("d:doc-"), row.kind) for row in rows] == found


def test_the_offsets_are_those_of_the_words(canteens: Graph) -> None:
    rows = canteens.ask("search", text="县城", document="zh")
    assert [(row.start, row.end, row.quote) for row in rows] == [
        ("0", "8", "县城是重要载体。"),
        ("0", "2", "县城"),
    ]


def test_any_query_may_search(canteens: Graph) -> None:
    rows = canteens.query(
        "SELECT (COUNT(?q) AS ?n) { ?x oa:exact ?q . FILTER (pkg:matches(?q, '县')) }"
    )
    assert [row.n for row in rows] == ["2"]


def test_the_index_stands_beside_its_store_and_goes_with_it(canteens: Graph) -> None:
    canteens.ask("search", text="town")
    cache = canteens.project.cache
    (index,) = cache.glob("words-*")
    assert index.name == f"words-{(cache / 'current').read_text('ascii')}.sqlite"
    passages = canteens.project.passages
    (passages / "more.txt").write_text("Villages.", "utf-8")
    (passages / "more.me.yaml").write_text(
        "document: more\ncoder: me\ncoded: 2026-01-20T10:00:00Z\n"
        "passages:\n- text: >-\n    [Villages]{town}.\n"
    )
    build_project(canteens.project)
    assert len(Graph(canteens.project).ask("search", text="village")) == 2
    assert [path.exists() for path in cache.glob("words-*")] == [True]


def test_where_nothing_can_be_written_the_index_is_made_in_memory(tmp_path: Path) -> None:
    store = store_of(["towns", "villages"])
    matches = matching(store, tmp_path / "no" / "such" / "folder" / "words.sqlite")
    assert matches(ox.Literal("towns"), ox.Literal("TOWN")) == ox.Literal(True)
    assert matches(ox.Literal("villages"), ox.Literal("town")) == ox.Literal(False)
    assert matches(ox.NamedNode("x:towns"), ox.Literal("town")) is None


LETTERS = st.text(alphabet='abAB城乡 "*%_', min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(LETTERS, max_size=8), wanted=LETTERS)
def test_what_is_found_is_what_holds_the_words(texts: list[str], wanted: str) -> None:
    index = opened(store_of(texts), Path("/nowhere/words.sqlite"))
    assert sorted(search(index, wanted)) == sorted(
        {text for text in texts if wanted.lower() in text.lower()}
    )
    index.close()


def test_filling_twice_is_one_index(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite"
    opened(store_of(["one"]), path).close()
    index = opened(store_of(["another"]), path)
    assert search(index, "one") == ["one"]
    index.close()

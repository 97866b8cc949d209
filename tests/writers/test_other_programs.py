"""Do Excel, Neo4j, Cytoscape and Obsidian get the graph whole, and nothing that does harm?"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import networkx
import pandas
import pytest
import yaml
from openpyxl import load_workbook

from kg.commands.exporting import ANNOTATIONS, GRAPHS, JSONL, export_formats
from kg.project import read_project
from kg.writers import FILES, FOLDERS, write_folder
from tests.fisheries import CONCEPT, TERM, dataset, fisheries
from tests.test_cli import Kg, kg

__all__ = ["kg"]

SEASON, SARDINE = f"{CONCEPT}close-season", f"{CONCEPT}sardine"
HOSTILE = (
    'c:x1 a skos:Concept ; skos:prefLabel "con"@en .'
    'c:x2 a skos:Concept ; skos:prefLabel "CON"@en .'
    'c:x3 a skos:Concept ; skos:prefLabel "a/../b; \\"c\\" ]] <img src=http://x.example/>"@en .'
    'c:x4 a skos:Concept ; skos:prefLabel "🐟 \\u202e=1+1,\\n- x"@en ; f:within c:x3 .'
    'c:x5 a skos:Concept ; skos:prefLabel "index"@en ; f:within c:x4 .'
)
Row = dict[str, str]


def mentions() -> list[Row]:
    text = FILES["mentions.csv"](dataset()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_mention_is_a_row_with_its_words_and_its_concept() -> None:
    [row] = mentions()
    assert {key: value for key, value in row.items() if not key.startswith("class")} == {
        "id": "m-1",
        "concept": SEASON,
        "concept_en": "close season",
        "concept_pt-BR": "período de defeso",
        "document": "plano",
        "title": "Plano da sardinha",
        "start": "2",
        "end": "8",
        "pieces": "",
        "quote": "defeso",
        "passage": "p-1",
        "words of passage": 'O defeso protege a sardinha, "sim"',
        "coder": "Ana",
        "time": "2026-11-22T09:00:00Z",
        "confidence": "1",
        "status": "accepted",
        "note": "",
    }
    assert len(pandas.read_csv(io.BytesIO(FILES["mentions.csv"](dataset())))) == 1


PIECES = """
    d:m-9 a pkg:Mention ; oa:hasBody c:hake ; oa:hasTarget d:t-9 , d:t-9-2 ; pkg:inPassage d:p-3 ;
        dcterms:creator d:coder-rui ; pkg:status pkg:status-suggested ; skos:note "=unsure" .
    d:t-9 a oa:SpecificResource ; oa:hasSelector d:t-9-pos .
    d:t-9-2 a oa:SpecificResource ; oa:hasSelector d:t-9-2-pos .
    d:t-9-pos a oa:TextPositionSelector ; oa:start 83 ; oa:end 90 .
    d:t-9-2-pos a oa:TextPositionSelector ; oa:start 60 ; oa:end 68 .
"""


def test_words_in_pieces_are_one_row_in_their_order() -> None:
    data = dataset(fisheries(PIECES))
    text = FILES["mentions.csv"](data).decode("utf-8-sig")
    row = list(csv.DictReader(io.StringIO(text, newline="")))[1]
    assert [row[name] for name in ("quote", "start", "end", "pieces", "note")] == [
        *("Sardines … harbour", "60", "90", "60-68, 83-90", "'=unsure"),
    ]
    page = FOLDERS["obsidian"](data)["pescada.md"].decode()
    assert "“<mark>Sardines</mark> are landed in <mark>harbour</mark>.” —" in page
    assert "Rui, suggested · \\=unsure" in page


def test_the_workbook_has_the_tables_as_sheets() -> None:
    data = dataset()
    book = load_workbook(io.BytesIO(FILES["graph.xlsx"](data)))
    assert book.sheetnames == ["concepts", "mentions", "statements", "matrix", "documents"]
    for name in ("concepts", "mentions", "statements"):
        text = FILES[f"{name}.csv"](data).decode("utf-8-sig")
        table = csv.reader(io.StringIO(text, newline=""))
        assert [
            ["" if cell is None else str(cell) for cell in row] for row in book[name].values
        ] == [[as_in_excel(cell) for cell in row] for row in table]


def as_in_excel(cell: str) -> str:
    """Without the apostrophe of a formula, without what XML cannot hold."""
    cell = re.sub("^'(?=[=+@-])", "", cell)
    return cell.replace("\x0b", "").replace("\r", "_x000D_")


def test_the_matrix_counts_passages_by_layer() -> None:
    book = load_workbook(io.BytesIO(FILES["graph.xlsx"](dataset())))
    rows = [list(row) for row in book["matrix"].values]
    assert rows[0] == ["measure", "area", "pescada", "sardine"]
    assert [row for row in rows if row[0] == "close season"] == [
        ["close season", "all", 0, 2],
        ["close season", "coast", 0, 1],
        ["close season", "harbour", 0, 1],
        ["close season", "north coast", 0, 1],
    ]


def test_the_documents_are_counted() -> None:
    book = load_workbook(io.BytesIO(FILES["graph.xlsx"](dataset())))
    rows = [list(row) for row in book["documents"].values]
    assert rows[1][:2] + rows[1][-2:] == ["plano", "Plano da sardinha", 1, 1]
    assert rows[2][:1] + rows[2][-2:] == ["report", 2, 0]


def test_a_formula_in_a_label_is_a_quoted_text() -> None:
    book = load_workbook(io.BytesIO(FILES["graph.xlsx"](dataset())))
    [cell] = [cell for cell in book["concepts"]["B"] if str(cell.value).startswith("=trawl")]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def neo4j(more: str = "") -> dict[str, list[Row]]:
    files = FOLDERS["neo4j"](dataset(fisheries(more)))
    return {
        name: list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
        for name, data in files.items()
        if name.endswith(".csv")
    }


@pytest.mark.parametrize("more", ["", HOSTILE])
def test_every_end_of_a_relationship_is_a_node_of_its_kind(more: str) -> None:
    tables = neo4j(more)
    ids = {
        heading[heading.index("(") :]: {row[heading] for row in rows}
        for rows in tables.values()
        for heading in rows[0]
        if ":ID(" in heading
    }
    assert {*ids} == {"(concept)", "(passage)", "(document)"}
    for name, space in (("concepts", "iri"), ("passages", "id"), ("documents", "key")):
        rows = tables[f"{name}.csv"]
        assert len({row[f"{space}:ID({name[:-1]})"] for row in rows}) == len(rows)
    for name in ("relations", "mentions", "parts"):
        for row in tables[f"{name}.csv"]:
            for heading, value in row.items():
                if heading.startswith((":START_ID", ":END_ID")):
                    assert value in ids[heading[heading.index("(") :]]
            assert re.fullmatch(r"\w+", row[":TYPE"])


@pytest.mark.parametrize("more", ["", HOSTILE])
def test_neo4j_gets_the_same_network(more: str) -> None:
    """Put together from the tables as Neo4j does, by their headings."""
    tables, network = neo4j(more), dataset(fisheries(more)).network
    built: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for row in tables["concepts.csv"]:
        built.add_node(row["iri:ID(concept)"], passages=int(row["passages:long"]))
    for row in tables["relations.csv"]:
        ends = row[":START_ID(concept)"], row[":END_ID(concept)"]
        documents = tuple(row["documents:string[]"].split(";")) if row["documents:string[]"] else ()
        built.add_edge(*ends, row["claim"], evidence=int(row["evidence:long"]), documents=documents)
    assert {n: d["passages"] for n, d in built.nodes(data=True)} == {
        n: d["passages"] for n, d in network.nodes(data=True)
    }
    assert edges(built) == edges(network)


def edges(network: networkx.MultiDiGraph[str]) -> set[tuple[object, ...]]:
    return {
        (*ends, claim, edge["evidence"], edge["documents"])
        for *ends, claim, edge in network.edges(data=True, keys=True)
    }


def test_a_relationship_leads_to_the_passages_that_say_it() -> None:
    [row] = [r for r in neo4j()["relations.csv"] if r["claim"] == "k-b2f8bcd2d85a66a4"]
    assert (row[":TYPE"], row["said_in:string[]"]) == ("protects", "p-1;p-2")
    [concept] = [r for r in neo4j()["concepts.csv"] if r["iri:ID(concept)"] == SEASON]
    assert (concept[":LABEL"], concept["label_pt_BR"]) == (
        "Concept;TimedClosure",
        "período de defeso",
    )


def test_the_import_line_names_every_table() -> None:
    files = FOLDERS["neo4j"](dataset())
    line = next(x for x in files["README.txt"].decode().splitlines() if "neo4j-admin" in x)
    assert {*re.findall(r"=(\w+\.csv)", line)} == {*files} - {"README.txt"}


@pytest.mark.parametrize("more", ["", HOSTILE])
def test_cytoscape_gets_the_same_network(more: str) -> None:
    data = dataset(fisheries(more))
    graph = networkx.cytoscape_graph(json.loads(FILES["graph.cyjs"](data)))
    assert {*graph.nodes} == {*data.network.nodes}
    assert {(*ends, key) for *ends, key in graph.edges(keys=True)} == {
        (*ends, key) for *ends, key in data.network.edges(keys=True)
    }
    edge = graph.edges[SEASON, SARDINE, "k-b2f8bcd2d85a66a4"]
    assert (edge["interaction"], edge["evidence"]) == ("protects", 2)
    assert (edge["relation"], edge["label_pt-BR"]) == (f"{TERM}protects", "protege")


def vault(more: str = "") -> dict[str, str]:
    files = FOLDERS["obsidian"](dataset(fisheries(more)))
    return {name: data.decode() for name, data in files.items()}


@pytest.mark.parametrize("more", ["", HOSTILE])
def test_every_link_leads_to_a_page_and_every_page_is_linked(more: str) -> None:
    pages = vault(more)
    links = {
        link.partition("|")[0]
        for page in pages.values()
        for link in re.findall(r"\[\[(.*?)\]\]", page)
    }
    assert {f"{link}.md" for link in links} == {*pages} - {"index.md"}


def test_a_page_says_what_leads_where_and_quotes_it() -> None:
    page = vault()["close season.md"]
    assert "- protects [[sardine]] (2 passages)" in page
    assert "> “O <mark>defeso</mark> protege" in page
    assert "— [[documents/plano|Plano da sardinha]], 0–34, Ana, 2026-11-22" in page
    assert "- [[close season]] protects (2 passages)" in vault()["sardine.md"]
    header = yaml.safe_load(page.split("---")[1])
    assert header == {"iri": SEASON, "class": "timed closure", "aliases": ["período de defeso"]}


def test_pages_of_earlier_go_but_no_note_of_anybody(tmp_path: Path) -> None:
    concept = 'c:{0} a skos:Concept ; skos:prefLabel "{0}"@en .'.format
    more = concept("eel") + concept("cod")
    folder = tmp_path / "obsidian"
    write_folder(dataset(fisheries(more)), "obsidian", tmp_path)
    (folder / "my own.md").write_text("a note", "utf-8")
    (folder / "cod.md").write_text("what I think of it", "utf-8")
    outside = tmp_path / "outside.md"
    outside.write_text("x", "utf-8")
    written = json.loads((folder / ".written.json").read_bytes())
    written["../outside.md"] = hashlib.sha256(b"x").hexdigest()
    (folder / ".written.json").write_text(json.dumps(written), "utf-8")
    write_folder(dataset(), "obsidian", tmp_path)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    assert names == {*vault(), "my own.md", "cod.md"}
    assert outside.exists()


def test_labels_that_mean_harm_are_names_and_words() -> None:
    pages = vault(HOSTILE)
    names = {name.casefold() for name in pages}
    assert len(names) == len(pages)
    assert {"con_.md", "con_ (x2).md", "index.md", "index (x5).md"} <= names
    assert "a .. b; c img src=http x.example.md" in names
    assert all(".." not in Path(name).parts for name in pages)
    text = "".join(pages.values())
    assert "<img" not in text.replace("\\<img", "")
    for page in pages.values():
        if page.startswith("---"):
            assert isinstance(yaml.safe_load(page.split("\n---\n")[0].removeprefix("---\n")), dict)


def test_the_help_names_every_format(kg: Kg) -> None:
    told = kg("export", "--help").out.split()
    assert {*GRAPHS, *ANNOTATIONS, JSONL} <= {*told}


def test_all_of_them_come_from_the_command_line(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    ran = kg("export", "csv", "xlsx", "neo4j", "cytoscape", "obsidian", "--project", starter)
    assert ran.code == 0
    out = starter / "exports"
    assert [Path(line).relative_to(out).as_posix() for line in ran.out.splitlines()] == [
        *("concepts.csv", "mentions.csv", "edges.csv", "statements.csv", "graph.xlsx"),
        *("neo4j", "graph.cyjs", "obsidian"),
    ]
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    again = [*export_formats(read_project(starter), ["xlsx", "neo4j", "obsidian"])]
    assert again == [out / "graph.xlsx", out / "neo4j", out / "obsidian"]
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_the_table_of_mentions_can_be_imported_again(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    kg("export", "csv", "xlsx", "--project", starter)
    for name in ("mentions.csv", "graph.xlsx"):
        ran = kg("import", starter / "exports" / name, "--dry-run", "--project", starter)
        assert (ran.code, ran.err) == (0, "")
        assert "marks: 11 = 11 written" in ran.out

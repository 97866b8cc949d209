"""Who acts on what, and where?"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.commands import report
from kg.matrix import Matrix, matrix
from kg.namespaces import PKG
from tests.fisheries import BASE, CONCEPT, LANGUAGES, fisheries, name


@pytest.fixture(scope="module")
def table() -> Matrix:
    found = matrix(fisheries(), base=BASE, languages=LANGUAGES)
    assert found is not None
    return found


def cells(table: Matrix) -> dict[str, list[str]]:
    return {
        " × ".join(map(name, cell)): [name(passage) for passage in passages]
        for cell, passages in table.cells.items()
    }


def without(term: str) -> ox.Store:
    """The fisheries with a header that lacks something."""
    store = fisheries()
    for quad in store.quads_for_pattern(None, ox.NamedNode(PKG.iri + term), None):
        store.remove(quad)
    return store


def test_a_cell_holds_the_passages_in_the_layer_that_they_name(table: Matrix) -> None:
    assert cells(table) == {
        "close-season × sardine × coast": ["p-2"],  # two areas are named there …
        "close-season × sardine × harbour": ["p-2"],
        "close-season × sardine × north-coast": ["p-1"],  # … and none here: where it applies
        "trawl-ban × hake × ": ["p-2"],  # it applies nowhere that is known
    }  # p-1 is one passage, though two coders coded it; rejected and denied ones are not there


def test_a_cell_knows_the_statements_behind_it(table: Matrix) -> None:
    named = {" × ".join(map(name, cell)): said for cell, said in table.statements.items()}
    assert named.keys() == cells(table).keys()
    assert list(map(name, named["close-season × sardine × north-coast"])) == ["s-1", "s-2"]


def test_a_passage_that_names_two_layers_counts_once_in_the_whole(table: Matrix) -> None:
    found = table.passages(f"{CONCEPT}close-season", f"{CONCEPT}sardine")
    assert list(map(name, found)) == ["p-1", "p-2"]


def test_the_axes_hold_every_concept_of_their_class_in_the_order_of_labels(table: Matrix) -> None:
    """The class of one row is below the class of rows; "" is for what stands in no layer."""
    assert list(map(name, table.rows)) == ["trawl-ban", "close-season"]
    assert list(map(name, table.columns)) == ["hake", "sardine"]
    assert list(map(name, table.layers)) == ["coast", "harbour", "north-coast", ""]
    assert table.labels[f"{CONCEPT}hake"] == "pescada"
    assert table.labels[table.row_class] == "measure"


def test_a_layer_that_the_ontology_itself_gives_counts_too() -> None:
    found = matrix(fisheries("c:trawl-ban f:appliesTo c:coast ."), base=BASE, languages=LANGUAGES)
    assert found is not None
    assert "trawl-ban × hake × coast" in cells(found)
    assert "" not in found.layers


def test_without_rows_or_columns_there_is_no_matrix() -> None:
    store = without("matrixRow")
    assert matrix(store, base=BASE, languages=LANGUAGES) is None
    assert matrix(ox.Store(), base=BASE, languages=LANGUAGES) is None


def test_without_layers_everything_stands_in_none() -> None:
    store = without("matrixLayer")
    found = matrix(store, base=BASE, languages=LANGUAGES)
    assert found is not None
    assert cells(found) == {
        "close-season × sardine × ": ["p-1", "p-2"],
        "trawl-ban × hake × ": ["p-2"],
    }


def test_a_row_of_the_summary_names_a_few_layers_and_counts_the_others(
    table: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    def layers() -> str:
        [row] = (line for line in report.matrix_lines(table) if "close season" in line)
        return row.partition("·")[2].strip()

    assert layers() == "coast, harbour, north coast"
    monkeypatch.setattr(report, "LAYERS", 2)
    assert layers() == "coast, harbour and 1 more"

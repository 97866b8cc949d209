"""What does a researcher see who opens the tables in a spreadsheet?"""

from __future__ import annotations

import csv
import io

import pandas
import pytest

from kg.writers import FILES
from tests.fisheries import CONCEPT, dataset, fisheries, name

Row = dict[str, str]


def table(file: str, more: str = "") -> list[Row]:
    text = FILES[file](dataset(fisheries(more))).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def row(rows: list[Row], **having: str) -> Row:
    (found,) = (each for each in rows if having.items() <= each.items())
    return found


@pytest.mark.parametrize("file", ["concepts.csv", "edges.csv", "statements.csv"])
def test_a_spreadsheet_knows_the_encoding_and_the_line_ends(file: str) -> None:
    data = FILES[file](dataset())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert len(pandas.read_csv(io.BytesIO(data))) == len(table(file))


def test_a_concept_has_labels_and_definitions_in_every_language() -> None:
    assert row(table("concepts.csv"), label_en="close season") == {
        "concept": f"{CONCEPT}close-season",
        "label_en": "close season",
        "label_pt-BR": "período de defeso",
        "definition_en": "Months in which a stock may not be fished.",
        "definition_pt-BR": "Meses em que a pesca é proibida.",
        "class": "https://fisheries.example/kg/terms#TimedClosure",
        "class_en": "timed closure",
        "class_pt-BR": "defeso",
        "passages": "2",
        "background": "false",
    }


def test_a_missing_label_is_an_empty_cell() -> None:
    assert row(table("concepts.csv"), concept=f"{CONCEPT}hake")["label_en"] == ""


def test_an_edge_says_who_says_what_and_how_often() -> None:
    edge = row(table("edges.csv"), relation_en="protects", object_en="sardine")
    assert (edge["subject_pt-BR"], edge["relation_pt-BR"]) == ("período de defeso", "protege")
    assert (edge["kind"], edge["evidence"], edge["documents"]) == ("direct", "2", "plano report")


def test_a_flow_is_an_edge_that_names_what_moves() -> None:
    edge = row(table("edges.csv"), kind="flow", subject_en="north coast")
    assert (edge["relation_en"], edge["of"], edge["object_en"]) == ("flow", "sardine", "harbour")


def test_a_statement_comes_with_its_words_and_everything_about_it() -> None:
    found = row(table("statements.csv"), id="s-1")
    iris = {key: found.pop(key) for key in ("claim", "subject", "relation", "object")}
    assert list(map(name, iris.values())) == [
        "k-b2f8bcd2d85a66a4", "close-season", "protects", "sardine",
    ]  # fmt: skip
    assert found == {
        "id": "s-1",
        "kind": "statement",
        "subject_en": "close season",
        "subject_pt-BR": "período de defeso",
        "relation_en": "protects",
        "relation_pt-BR": "protege",
        "object_en": "sardine",
        "object_pt-BR": "sardinha",
        "of": "",
        "via": "",
        "qualifiers": "during=March to May",
        "modality": "required",
        "polarity": "positive",
        "explicitness": "explicit",
        "source": "Law of 2009",
        "confidence": "0.95",
        "status": "accepted",
        "document": "plano",
        "title": "Plano da sardinha",
        "start": "0",
        "end": "34",
        "quote": 'O defeso protege a sardinha, "sim"',
        "coder": "Ana",
        "time": "2026-11-22T09:00:00Z",
        "note": "",
    }


def test_everything_that_was_said_is_there_in_the_order_of_the_documents() -> None:
    """Rejected and negative ones too: the table says so."""
    found = [
        f"{r['id']} {r['kind']} {r['polarity']} {r['status']}" for r in table("statements.csv")
    ]
    assert found == [
        "s-1 statement positive accepted",
        "s-2 statement positive accepted",
        "s-3 statement positive accepted",
        "x-1 classification  accepted",
        "s-4 statement positive accepted",
        "s-5 statement negative accepted",
        "s-7 statement positive accepted",
        "f-1 flow positive accepted",
        "f-2 flow positive accepted",
        "f-3 flow positive accepted",
        "s-10 statement positive rejected",
        "s-6 statement positive rejected",
        "s-8 statement positive accepted",
        "s-9 statement negative accepted",
    ]


def test_several_qualifiers_are_listed_by_the_keys_that_coders_write() -> None:
    assert row(table("statements.csv"), id="s-4")["qualifiers"] == "in=coast; in=harbour"


def test_a_flow_has_its_ends_as_subject_and_object() -> None:
    found = row(table("statements.csv"), id="f-3")
    ends = [found[key] for key in ("of", "subject_en", "object_en", "via")]
    assert ends == ["pescada", "coast", "", ""]


def test_what_looks_like_a_formula_is_text() -> None:
    label = row(table("concepts.csv"), concept=f"{CONCEPT}trawl-ban")["label_en"]
    assert label.startswith("'=trawl")
    assert row(table("statements.csv"), id="s-4")["note"] == "'-see table 2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\\t", "\\r"])
def test_every_beginning_of_a_formula_is_guarded(start: str) -> None:
    found = table("concepts.csv", f'c:new a skos:Concept ; skos:prefLabel "{start}1+1"@en .')
    assert row(found, concept=f"{CONCEPT}new")["label_en"].startswith("'")


def test_a_text_keeps_its_line_breaks_and_quotes() -> None:
    quote = row(table("statements.csv"), id="s-5")
    assert quote["quote"] == "The season is closed on the coast,\r\nfor all"
    assert quote["title"] == 'Report\u2028on "hake" 🐟'

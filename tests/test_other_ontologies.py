"""What of an ontology that somebody else made for something else: does it check, and build?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.errors import errors
from kg.pipeline import Filled, build_project
from kg.project import EXPORTS
from tests.conftest import fill_folder

PREFIXES = (
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix t: <https://thesaurus.example.org/> .\n"
)
FILE = "ontology/thesaurus.ttl"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project that has one short text and no ontology yet."""
    for name in ("ontology", "passages"):
        (tmp_path / name).mkdir()
    (tmp_path / "kg.toml").write_text('base = "https://example.org/"\nlanguages = ["en"]\n')
    (tmp_path / "passages" / "paddy.txt").write_text("Rice is a cereal.")
    (tmp_path / "passages" / "paddy.me.yaml").write_text(
        "document: paddy\ncoder: me\ncoded: 2026-01-20T10:00:00Z\npassages:\n"
        "- text: >-\n    [Rice]{rice} is a cereal.\n"
    )
    return tmp_path


def fill_with(folder: Path, turtle: str) -> Filled:
    (folder / FILE).write_text(PREFIXES + turtle, encoding="utf-8")
    return fill_folder(folder)


def found(filled: Filled) -> list[tuple[int, str]]:
    """(line, code) of every finding on the ontology, the prefixes not counted."""
    head = PREFIXES.count("\n")
    return [
        (issue.place.line - head, issue.code) for issue in filled.issues if issue.place.file == FILE
    ]


def test_bare_skos_without_classes(bare: Path) -> None:
    filled = fill_with(
        bare,
        't:rice a skos:Concept ; skos:prefLabel "rice"@en ; skos:broader t:cereal .\n'
        't:cereal a skos:Concept ; skos:prefLabel "cereal"@en .\n',
    )
    assert found(filled) == [
        (1, "missing-definition"), (1, "missing-scheme"), (1, "one-way-link"),
        (2, "missing-definition"), (2, "missing-scheme"),
    ]  # fmt: skip
    assert errors(filled.issues) == []
    assert [m.concept for m in filled.documents[0].passages[0].mentions] == [
        "https://thesaurus.example.org/rice"
    ]


def test_cycles_missing_labels_and_labels_without_language(bare: Path) -> None:
    filled = fill_with(
        bare,
        't:rice a skos:Concept ; skos:prefLabel "rice" ; skos:broader t:cereal .\n'
        "\n"
        "t:cereal a skos:Concept ;\n"
        "    skos:broader t:rice .\n",
    )
    wanted = {
        (1, "hierarchy-cycle"), (3, "hierarchy-cycle"), (1, "missing-label"),
        (3, "missing-label"), (1, "label-without-language"),
    }  # fmt: skip
    assert wanted <= set(found(filled))
    assert len(build_project(filled.project).files) == len(EXPORTS)


def test_two_concepts_with_one_label_in_no_scheme(bare: Path) -> None:
    filled = fill_with(
        bare,
        't:paddy a skos:Concept ; skos:prefLabel "rice"@en .\n'
        't:rice a skos:Concept ; skos:prefLabel "rice"@en .\n',
    )
    assert (2, "shared-label") in found(filled)


def test_one_label_in_two_schemes_is_no_fault(bare: Path) -> None:
    filled = fill_with(
        bare,
        't:paddy a skos:Concept ; skos:prefLabel "rice"@en ; skos:inScheme t:plants .\n'
        't:rice a skos:Concept ; skos:prefLabel "rice"@en ; skos:inScheme t:goods .\n',
    )
    assert "shared-label" not in {code for _, code in found(filled)}


def test_blank_nodes_have_the_line_of_the_statement_around_them(bare: Path) -> None:
    filled = fill_with(
        bare,
        't:rice a skos:Concept ; skos:prefLabel "rice"@en ;\n'
        "    skos:broader [ a skos:Concept ] .\n\n[] a skos:Concept .\n",
    )
    missing = [line for line, code in found(filled) if code == "missing-label"]
    assert missing == [1, 4]


def test_an_ontology_from_protege(bare: Path) -> None:
    """Its individuals are of owl:NamedIndividual, it declares what it borrows, and has unions."""
    filled = fill_with(
        bare,
        "skos:prefLabel a owl:AnnotationProperty .\n"
        "t:Crop a owl:Class ; rdfs:subClassOf skos:Concept ; rdfs:label 'crop'@en .\n"
        "t:Plant a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( t:Crop ) ] .\n"
        't:rice a owl:NamedIndividual , t:Crop ; skos:prefLabel "rice"@en .\n',
    )
    codes = Counter(code for _, code in found(filled))
    assert codes == {
        "missing-comment": 2, "missing-definition": 1, "missing-header": 1, "missing-scheme": 1,
        "missing-term-label": 1,
    }  # fmt: skip


def test_another_ontology_beside_ones_own(starter: Path) -> None:
    filled = fill_with(
        starter, '\n\n  t:rice a skos:Concept ; skos:prefLabel "riz"@fr ; skos:broader [ ] .\n'
    )
    assert (3, "missing-label") in found(filled)
    assert "https://thesaurus.example.org/rice" in filled.ontology.concepts
    assert len(filled.documents[0].passages) == 3


def test_ten_thousand_concepts_are_counted_not_listed(bare: Path) -> None:
    """Slow means a rule that compares each with each: it would take minutes, not seconds."""
    turtle = "".join(
        f't:c{i} a skos:Concept ; skos:prefLabel "same"@en ; skos:broader t:c0 .\n'
        for i in range(1, 10_000)
    )
    filled = fill_with(bare, turtle + 't:c0 a skos:Concept ; skos:prefLabel "top"@en .\n')
    told = Counter(issue.code for issue in filled.issues)
    assert (told["shared-label"], told["missing-definition"]) == (50, 50)
    assert [str(issue) for issue in filled.issues if "shared-label are not" in issue.what] == [
        f"{FILE}: 9,948 more findings of shared-label are not listed [too-many-faults]\n"
        "  fix: mend those that are listed first, then check again"
    ]

"""Is every slip in an ontology found, with its file and line? Each rule is broken once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.assets import asset
from kg.check import check_ontology, read_check
from kg.explain import explanations
from kg.ontology import read_ontology
from kg.pipeline import fill
from kg.project import read_project
from tests.conftest import copy_project

ONTOLOGY = "ontology/school-meals.ttl"


def found(folder: Path) -> list[tuple[str, str, str]]:
    """(place, code, what) of every finding."""
    project = read_project(folder)
    ontology = read_ontology(project.ontology, project.base)
    issues = check_ontology(ontology, project.languages)
    return [(str(issue.place), issue.code, issue.what) for issue in issues]


def test_the_two_texts_ontology_is_clean(tmp_path: Path) -> None:
    assert found(copy_project(tmp_path)) == []


def test_the_starters_ontology_is_clean(starter: Path) -> None:
    assert found(starter) == []


BREAKS = {
    "missing-label": (
        'skos:prefLabel "farm"@en ;', "",
        "the concept 'farm' has no preferred label in en",
    ),
    "two-preferred-labels": (
        'skos:prefLabel "farm"@en ;', 'skos:prefLabel "farm"@en , "croft"@en ;',
        "the concept 'farm' has two preferred labels in one language, 'croft' and 'farm'",
    ),
    "label-without-language": (
        'skos:prefLabel "farm"@en ;', 'skos:prefLabel "farm"@en ; skos:altLabel "croft" ;',
        "the label 'croft' of 'farm' has no language",
    ),
    "shared-label": (
        'skos:prefLabel "farm"@en ;', 'skos:prefLabel "pupils"@en ;',
        "'farm' and 'pupils' have the same preferred label, 'pupils'",
    ),
    "hierarchy-cycle": (
        'skos:prefLabel "farm"@en ;', 'skos:prefLabel "farm"@en ; skos:broader c:farm ;',
        "the concept 'farm' is broader than itself",
    ),
    "undeclared-class": (
        "c:farm a skos:Concept , :Place ;", "c:farm a skos:Concept , :Plaice ;",
        "'farm' is said to be of the class 'Plaice', which is declared nowhere",
    ),
    "shared-key": (
        "c:farm a skos:Concept , :Place ;",
        "<https://example.org/zoo/pupils> a skos:Concept , :Place ;",
        "'pupils' and 'https://example.org/school-meals/concept/pupils' have the same short name, "
        "'pupils', "
        "and a coder's file cannot tell them apart",
    ),
    "missing-definition": (
        'skos:definition "Where food is grown."@en .', "skos:notation 'F' .",
        "the concept 'farm' has no definition",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", BREAKS)
def test_a_broken_rule_is_found_where_it_is_broken(starter: Path, code: str) -> None:
    old, new, what = BREAKS[code]
    path = starter / ONTOLOGY
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    lines = path.read_text("utf-8").splitlines()
    subject = new.partition(" a ")[0] if " a " in new else "c:farm"
    line = next(n for n, words in enumerate(lines, 1) if words.startswith(f"{subject} a "))
    assert (f"{ONTOLOGY}:{line}", code, what) in found(starter)


def test_every_rule_is_broken_once() -> None:
    assert {path.stem for path in asset("checks").glob("*.rq")} == set(BREAKS)


def test_every_rule_is_explained_and_says_what_to_do() -> None:
    for path in asset("checks").glob("*.rq"):
        rule = read_check(path)
        assert rule.code in explanations()
        assert rule.fix


def test_an_ontology_of_another_tool_is_checked_and_still_builds(starter: Path) -> None:
    (starter / "ontology" / "thesaurus.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix t: <https://thesaurus.example.org/> .\n"
        't:rice a skos:Concept ; skos:prefLabel "riz"@fr ; skos:broader [ a skos:Concept ] .\n'
    )
    filled = fill(read_project(starter))
    places = {(str(issue.place), issue.code) for issue in filled.issues}
    assert ("ontology/thesaurus.ttl:3", "missing-label") in places
    assert "https://thesaurus.example.org/rice" in filled.ontology.concepts
    assert len(filled.documents[0].passages) == 3

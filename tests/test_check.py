"""Is every slip in an ontology found, with its file and line? Each rule is broken once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.assets import asset
from kg.check import MOST_FINDINGS, check_ontology, read_checks
from kg.explain import explanations
from kg.ontology import read_ontology
from kg.project import read_project
from tests.conftest import copy_project

ONTOLOGY = "ontology/school-meals.ttl"
FARM = "c:farm a skos:Concept , :Place ;"
LABEL = 'skos:prefLabel "farm"@en ;'
HAY = 'c:hay a skos:Concept , :Good ; skos:prefLabel "hay"@en ; skos:definition "Dry grass."@en'
OUTSIDE = "<https://thesaurus.example.org/farm>"


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


@dataclass(frozen=True)
class Break:
    """A slip: `old` becomes `new`, and the finding stands where `at` does, saying `what`."""

    old: str
    new: str
    what: str
    at: str = "c:farm a "


BREAKS = {
    "missing-label": Break(
        LABEL, "", "the concept 'farm' has no preferred label in en",
    ),
    "two-preferred-labels": Break(
        LABEL, f'{LABEL} skos:prefLabel "croft"@en ;',
        "the concept 'farm' has two preferred labels in one language, 'croft' and 'farm'",
    ),
    "label-without-language": Break(
        LABEL, f'{LABEL} skos:altLabel "croft" ;',
        "the label 'croft' of 'farm' has no language",
    ),
    "shared-label": Break(
        LABEL, 'skos:prefLabel "school attendance"@en ;',
        "'farm' and 'attendance' have the same preferred label, 'school attendance'",
    ),
    "repeated-label": Break(
        LABEL, f'{LABEL} skos:hiddenLabel "farm"@en ;',
        "'farm' stands twice on 'farm', as prefLabel and as hiddenLabel",
    ),
    "label-of-another": Break(
        LABEL, f'{LABEL} skos:altLabel "pupils"@en ;',
        "'pupils' is another label of 'farm', but the preferred label of 'pupils'",
    ),
    "missing-definition": Break(
        'skos:definition "Where food is grown."@en .', "skos:notation 'F' .",
        "the concept 'farm' has no definition in en",
    ),
    "missing-scheme": Break(
        "c:vegetables a ", f"{HAY} .\n\nc:vegetables a ",
        "the concept 'hay' is in no scheme",
        at="c:hay a ",
    ),
    "orphan-concept": Break(
        "c:vegetables a ", f"{HAY} ; skos:inScheme c:scheme .\n\nc:vegetables a ",
        "the concept 'hay' stands alone: it has no broader concept and is no top concept",
        at="c:hay a ",
    ),
    "hierarchy-cycle": Break(
        LABEL, f"{LABEL} skos:broader c:farm ;",
        "the concept 'farm' is broader than itself",
    ),
    "one-way-link": Break(
        LABEL, f"{LABEL} skos:broader c:village-school ;",
        "'farm' says broader 'village-school', but 'village-school' does not say narrower 'farm'",
    ),
    "related-in-hierarchy": Break(
        LABEL, f"{LABEL} skos:broader c:village-school ; skos:related c:village-school ;",
        "'farm' is related to 'village-school', which is above it in the hierarchy",
    ),
    "redundant-broader": Break(
        LABEL,
        f"{LABEL} skos:broader c:village-school , c:p . c:village-school skos:broader c:p . c:farm",
        "'farm' is said to be below 'p', and below 'village-school', which is below 'p'",
    ),
    "conflicting-match": Break(
        LABEL, f"{LABEL} skos:exactMatch {OUTSIDE} ; skos:relatedMatch {OUTSIDE} ;",
        "'farm' is said to match 'farm' exactly, and also by relatedMatch",
    ),
    "shared-match": Break(
        LABEL, f"{LABEL} skos:exactMatch {OUTSIDE} . c:aid skos:exactMatch {OUTSIDE} . c:farm",
        "'farm' and 'aid' are both said to match 'farm' exactly, so they would be one concept",
    ),
    "missing-class": Break(
        FARM, "c:farm a skos:Concept ;", "the concept 'farm' is of no class",
    ),
    "two-classes": Break(
        FARM, "c:farm a skos:Concept , :Place , :Good ;",
        "the concept 'farm' is of two classes, 'Good' and 'Place'",
    ),
    "class-unlike-broader": Break(
        LABEL, f"{LABEL} skos:broader c:pupils ;",
        "'farm' is below 'pupils' but not of its class, 'Group'",
    ),
    "undeclared-class": Break(
        FARM, "c:farm a skos:Concept , :Plaice ;",
        "'farm' is said to be of the class 'Plaice', which is declared nowhere",
    ),
    "undeclared-term": Break(
        LABEL, f"{LABEL} :rechaes c:pupils ;",
        "the term 'rechaes' is used of 'farm' but declared nowhere",
    ),
    "unknown-term": Break(
        LABEL, f'{LABEL} skos:altLable "croft"@en ;',
        "there is no 'altLable' in the vocabulary that it is said to be of; 'farm' uses it",
    ),
    "missing-term-label": Break(
        'rdfs:label "good"@en ;', "", "the class or property 'Good' has no label in en",
        at=":Good a ",
    ),
    "missing-comment": Break(
        'rdfs:comment "Where it happens."@en ;', "",
        "the class or property 'Place' has no comment in en",
        at=":Place a ",
    ),
    "missing-domain": Break(
        "rdfs:domain :Group ; rdfs:range :Measure ;", "rdfs:range :Measure ;",
        "nothing says what 'reachedBy' may be said of: it has no domain",
        at=":reachedBy a ",
    ),
    "missing-range": Break(
        "rdfs:domain :Group ; rdfs:range :Measure ;", "rdfs:domain :Group ;",
        "nothing says what 'reachedBy' may point to: it has no range",
        at=":reachedBy a ",
    ),
    "missing-inverse": Break(
        "owl:inverseOf :reachedBy ;", "",
        "the relation 'reaches' cannot be read from its other side: it has no inverse",
        at=":reaches a ",
    ),
    "incomplete-header": Break(
        'owl:versionInfo "1" ;', "", "the header of 'terms' has no version",
        at="<https://example.org/school-meals/terms> a ",
    ),
    "missing-header": Break(
        "a owl:Ontology ;", "",
        "the vocabulary of 'Aim' has no header: nobody can tell its title, version and licence",
        at=":Aim a ",
    ),
    "shared-key": Break(
        FARM, "<https://example.org/zoo/pupils> a skos:Concept , :Place ;",
        "'pupils' and 'https://example.org/school-meals/concept/pupils' have the same short name, "
        "'pupils', and a coder's file cannot tell them apart",
        at="<https://example.org/zoo/pupils> a ",
    ),
}  # fmt: skip


def break_once(folder: Path, slip: Break) -> str:
    """Make a slip in a project; the place where it is to be found."""
    path = folder / ONTOLOGY
    text = path.read_text("utf-8")
    assert slip.old in text
    path.write_text(text.replace(slip.old, slip.new), encoding="utf-8")
    lines = path.read_text("utf-8").splitlines()
    return f"{ONTOLOGY}:{next(n for n, line in enumerate(lines, 1) if line.startswith(slip.at))}"


@pytest.mark.parametrize("code", BREAKS)
def test_a_broken_rule_is_found_where_it_is_broken(starter: Path, code: str) -> None:
    place = break_once(starter, BREAKS[code])
    assert (place, code, BREAKS[code].what) in found(starter)


def test_every_rule_is_broken_once() -> None:
    assert {rule.code for rule in read_checks(asset("checks"))} == set(BREAKS)


@pytest.mark.parametrize("folder", ["checks", "checks/dataset"])
def test_every_rule_is_explained_and_says_what_to_do(folder: str) -> None:
    for rule in read_checks(asset(folder)):
        kind = "an error" if rule.severity == "error" else "a warning"
        assert f"This is {kind}." in explanations()[rule.code]
        assert rule.fix


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("dcterms:title", "title"),
        ("dcterms:license", "licence"),
        ("dcterms:creator", "creator"),
        ("owl:versionInfo", "version"),
        ("owl:versionIRI", "version IRI"),
        ("vann:preferredNamespacePrefix", "preferred prefix"),
    ],
)
def test_a_header_has_all_its_fields(starter: Path, field: str, what: str) -> None:
    place = break_once(starter, Break(f"    {field} ", "    rdfs:seeAlso ", "", at="<https://"))
    assert found(starter) == [
        (place, "incomplete-header", f"the header of 'terms' has no {what}"),
    ]


@pytest.mark.parametrize(
    ("link", "reverse"),
    [("broader", "narrower"), ("narrower", "broader"), ("hasTopConcept", "topConceptOf")],
)
def test_every_link_of_the_hierarchy_is_written_on_both_sides(
    starter: Path, link: str, reverse: str
) -> None:
    slip = Break(LABEL, f"{LABEL} skos:{link} c:village-school ;", "")
    what = (
        f"'farm' says {link} 'village-school', but 'village-school' does not say {reverse} 'farm'"
    )
    assert (break_once(starter, slip), "one-way-link", what) in found(starter)
    both = Break('"village school"@en ;', f'"village school"@en ; skos:{reverse} c:farm ;', "")
    break_once(starter, both)
    assert "one-way-link" not in {code for _, code, _ in found(starter)}


def test_a_finding_stands_where_the_link_is_written_not_where_the_concept_is(starter: Path) -> None:
    (starter / "ontology" / "alignments.ttl").write_text(
        "@prefix c: <https://example.org/school-meals/concept/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        f"c:farm skos:exactMatch {OUTSIDE} .\nc:pupils skos:exactMatch {OUTSIDE} .\n"
    )
    break_once(starter, BREAKS["missing-definition"])
    assert [(place, code) for place, code, _ in found(starter)] == [
        ("ontology/alignments.ttl:5", "shared-match"),
        (break_once(starter, Break(FARM, FARM, "")), "missing-definition"),
    ]


def test_of_one_rule_the_first_findings_are_listed_and_the_others_counted(starter: Path) -> None:
    path = starter / ONTOLOGY
    more = "".join(f':r{i} a owl:Class ; rdfs:label "r{i}"@en .\n' for i in range(1000))
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    counted, *listed = found(starter)
    assert counted == (
        ONTOLOGY,
        "too-many-faults",
        f"{1000 - MOST_FINDINGS} more findings of missing-comment are not listed",
    )
    assert len(listed) == MOST_FINDINGS

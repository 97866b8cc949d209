"""What can one ask, and what is the answer? Read off the texts first, then asked."""

from __future__ import annotations

import inspect
import keyword
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import KgError, UnknownName
from kg.graph import Graph
from kg.pipeline import Filled, build_project, fill
from kg.project import read_project
from kg.questions import QuestionError, read_question, read_questions
from kg.results import Rows
from tests.conftest import REPOSITORY, STARTER

TOWNS = "Using county towns as carriers to promote urban-rural integration and development"
NO1 = "no1-document-county-integration"
"""What stands for the second text, which has no title."""
SOURCE = "No. 1 central document"
CONGRESS = "20th National Congress of the CPC"

GENERIC = REPOSITORY / "kg" / "questions"
DOMAIN = REPOSITORY / "ontology" / "questions"
QUESTIONS = read_questions(DOMAIN)
FILES = sorted([*GENERIC.glob("*.rq"), *DOMAIN.glob("*.rq")])


def ask(graph: Graph, question: str, columns: str, **parameters: str) -> list[tuple[str, ...]]:
    """Some columns of the answer, all rows in their order."""
    rows = graph.ask(question, **parameters)
    assert isinstance(rows, Rows)
    return [tuple(getattr(row, column) for column in columns.split()) for row in rows]


def once(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Each row once: the rest of a row is another quote or another coder."""
    return list(dict.fromkeys(rows))


@pytest.fixture(scope="module")
def meals(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The starter project with a second text, which says one thing of the first again."""
    from shutil import copytree

    folder = tmp_path_factory.mktemp("meals") / "meals"
    copytree(STARTER, folder)
    passages = folder / "passages"
    (passages / "letter.txt").write_text("Pupils get a free lunch. Teachers do not.")
    (passages / "letter.ann.yaml").write_text(
        "document: letter\ncoder: ann\ncoded: 2026-02-02T10:00:00Z\nmodality: descriptive\n"
        "passages:\n"
        "- text: >-\n    [Pupils]{pupils} get a [free lunch]{free-lunch}.\n"
        "  statements:\n"
        "  - free-lunch reaches pupils\n"
        "  - local-purchasing reaches pupils {draft}\n"
        "  - free-lunch reaches farmers {negative}\n"
    )
    ontology = folder / "ontology" / "school-meals.ttl"
    ontology.write_text(
        ontology.read_text("utf-8")
        + 'c:breakfast a skos:Concept , :Measure ; skos:prefLabel "breakfast"@en .\n'
        + 'c:snack a skos:Concept , :Measure ; skos:prefLabel "snack"@en ; pkg:background true .\n'
    )
    (folder / "kg.toml").write_text(
        (folder / "kg.toml").read_text("utf-8").replace("[coders]", "exports = []\n[coders]")
    )
    project = read_project(folder)
    build_project(project)
    return Graph(project)


# ── Questions of this domain ─────────────────────────────────────────────────────────────────────


def test_which_measures_mobilise_land(graph: Graph) -> None:
    columns = "measure factor tier modality quotes document"
    breaking = ("break down institutional barriers to factor flow", "land")
    named = [
        (*breaking, "rural area", "required", "1", TOWNS),
        (*breaking, "urban area", "required", "1", TOWNS),
    ]
    assert ask(graph, "measures-mobilising", columns, factor="土地") == named
    piloting = ("pilot comprehensive rural land consolidation", "rural land")
    assert ask(graph, "measures-mobilising", columns, kind_of="land") == [
        *named,
        (*piloting, "rural area", "piloted", "1", NO1),
    ]
    assert ask(graph, "measures-mobilising", "quote", factor="rural land") == [
        ("Piloting the comprehensive improvement of rural land.",)
    ]


def test_which_measures_act_on_towns(graph: Graph) -> None:
    rows = graph.ask("measures-on", tier="town")
    assert [row.measure for row in rows] == ["expand powers to strengthen towns"]
    pattern = "build a new pattern of urban–rural integration of county, township and village"
    complementary = "make the functions of county, township and village complementary"
    assert ask(graph, "measures-on", "measure tier modality document", kind_of="乡镇") == [
        ("plan and build key towns", "key town", "planned", NO1),
        ("expand powers to strengthen towns", "town", "proposed", NO1),
        (pattern, "township", "required", TOWNS),
        ("build townships into regional centres serving farmers", "township", "required", NO1),
        (complementary, "township", "required", TOWNS),
        (complementary, "township", "required", NO1),
    ]


def test_which_measures_act_on_county_towns(graph: Graph) -> None:
    columns = "measure modality condition quotes document"
    small_city = "build county towns to the standard of small cities"
    assert ask(graph, "measures-on", columns, tier="county seat", document=NO1) == [
        (small_city, "proposed", "where conditions permit", "1", NO1),
        (
            "enhance the comprehensive service capacity of county towns",
            "required", "", "1", NO1,
        ),
        ("increase housing supply", "proposed", "", "1", NO1),
        (
            "promote urbanization with county towns as an important carrier",
            "proposed", "", "1", NO1,
        ),
        ("promote the local citizenization of migrant workers", "proposed", "", "1", NO1),
    ]  # fmt: skip
    rows = ask(graph, "measures-on", "measure modality quotes", tier="county town")
    assert len(rows) == 29
    assert [row for row in rows if row[2] != "1"] == [
        ("improve the functions of county towns", "required", "2")
    ]


def test_what_is_wanted_of_townships(graph: Graph) -> None:
    columns = "relation wanted modality attributed_to document"
    own, said = ("required", "", TOWNS), ("required", SOURCE, NO1)
    pattern = "build a new pattern of urban–rural integration of county, township and village"
    complementary = "make the functions of county, township and village complementary"
    assert ask(graph, "required-of", columns, tier="township") == [
        ("is tier of", pattern, *own),
        ("complements", "county", *own),
        ("complements", "village", *own),
        ("is tier of", complementary, *own),
        ("has role", "regional centre serving farmers", *said),
        ("serves", "farmer", *said),
        ("is tier of", "build townships into regional centres serving farmers", *said),
        ("is tier of", complementary, *said),
    ]


def test_what_document_no_1_wants_of_the_county(graph: Graph) -> None:
    wanted = ask(graph, "required-of", "wanted modality", tier="县域", source="中央一号文件")
    assert wanted == [
        ("coordinate the spatial layout of the county", "required"),
        ("cultivate pillar industries", "proposed"),
        ("strengthen the county economy", "proposed"),
        ("undertake suitable industrial transfer", "proposed"),
        ("build incubation and training bases", "encouraged"),
        ("build returnee entrepreneurship parks", "encouraged"),
    ]


def test_what_the_first_text_wants_of_cities(graph: Graph) -> None:
    columns = "wanted modality attributed_to"
    assert ask(graph, "required-of", columns, tier="city", document=TOWNS) == [
        ("rural area", "required", ""),
        ("open up circulation channels", "required", ""),
        ("promote the orderly migration of farmers to cities", "required", ""),
    ]


def test_which_barriers_hinder_what_and_what_removes_them(graph: Graph) -> None:
    rows = ask(graph, "barriers", "barrier relation other modality explicitness")
    obstacles = "obstacles to urban–rural factor flow"
    barriers = "institutional barriers to the free flow of factors"
    drawbacks = "institutional drawbacks of urban–rural division"
    division = "urban–rural division"
    flow = "urban–rural factor flow"
    eliminate = "eliminate the institutional drawbacks of urban–rural division"
    weak = "weak links of county towns"
    assert rows == [
        (weak, "is reduced by", "shore up weak links of county towns", "proposed", "explicit"),
        (weak, "hinders", "county-town quality", "descriptive", "implied"),
        (obstacles, "hinders", flow, "descriptive", "explicit"),
        (
            obstacles, "is removed by",
            "resolve obstacles to urban–rural factor flow", "required", "explicit",
        ),
        (barriers, "hinders", "free flow of factors", "descriptive", "explicit"),
        (barriers, "hinders", "two-way free flow of factors", "descriptive", "implied"),
        (
            barriers, "is removed by",
            "break down institutional barriers to factor flow", "required", "explicit",
        ),
        (drawbacks, "hinders", flow, "descriptive", "implied"),
        (drawbacks, "is removed by", eliminate, "required", "explicit"),
        (division, "hinders", flow, "descriptive", "implied"),
        (division, "is removed by", eliminate, "required", "implied"),
    ]  # fmt: skip
    one = ask(graph, "barriers", "barrier relation", barrier="要素自由流动的体制机制障碍")
    assert one == [(barriers, "hinders"), (barriers, "hinders"), (barriers, "is removed by")]


def test_who_benefits(graph: Graph) -> None:
    columns = "relation measure modality explicitness"
    centre = "build townships into regional centres serving farmers"
    migration = "promote the orderly migration of farmers to cities"
    assert once(ask(graph, "beneficiaries", columns, actor="farmers")) == [
        ("is beneficiary of", centre, "required", "explicit"),  # as the second coder reads it
        ("is beneficiary of", centre, "required", "implied"),
        (
            "is beneficiary of",
            "improve the employment absorption capacity of counties", "descriptive", "implied",
        ),
        ("is target of", migration, "required", "explicit"),
    ]  # fmt: skip
    everybody = ask(graph, "beneficiaries", "actor relation")
    assert once(everybody) == [
        ("agricultural migrant population", "is beneficiary of"),
        ("migrant workers employed in the county", "is beneficiary of"),
        ("migrant workers employed in the county", "is target of"),
        ("farmer", "is beneficiary of"),
        ("farmer", "is target of"),
        ("farmers entering cities", "is beneficiary of"),
        ("farmers entering cities", "is target of"),
        ("migrant worker", "is target of"),
        ("the people", "is beneficiary of"),
        ("residents", "is beneficiary of"),
        ("returnee entrepreneur", "is beneficiary of"),
    ]


def test_which_part_each_actor_has(graph: Graph) -> None:
    assert ask(graph, "actors", "actor relation claims", document=TOWNS) == [
        ("agricultural migrant population", "is attracted by", "1"),
        ("agricultural migrant population", "is beneficiary of", "1"),
        ("farmer", "is target of", "1"),
        ("the people", "is beneficiary of", "5"),
        ("residents", "is beneficiary of", "2"),
    ]
    assert ask(graph, "actors", "relation claims", actor="农民") == [
        ("is beneficiary of", "2"),
        ("is served by", "1"),
        ("is target of", "1"),
    ]


def test_who_is_to_act(graph: Graph) -> None:
    assert ask(graph, "who-acts", "actor relation other modality attributed_to") == [
        ("local government", "is encouraged by", SOURCE, "descriptive", ""),
        (
            "local government", "undertakes",
            "build incubation and training bases", "encouraged", SOURCE,
        ),
        (
            "local government", "undertakes",
            "build returnee entrepreneurship parks", "encouraged", SOURCE,
        ),
    ]  # fmt: skip


def test_which_measures_carry_a_condition(graph: Graph) -> None:
    measure = "build county towns to the standard of small cities"
    condition = "where conditions permit"
    columns = "measure condition relation object modality"
    carried = [
        (measure, condition, "applies to tier", "county town", "proposed"),
        (measure, condition, "builds", "county town", "proposed"),
        (measure, condition, "is conditional on", condition, "proposed"),
        (measure, condition, "is built to the standard of", "small city", "proposed"),
    ]
    assert ask(graph, "conditional-measures", columns) == carried
    assert ask(graph, "conditional-measures", columns, condition="有条件的地区") == carried


def test_which_instruments_are_used_how_often(graph: Graph) -> None:
    hood = "Hood instrument type"
    rothwell = "Rothwell–Zegveld instrument type"
    columns = "typology instrument measures percent"
    assert ask(graph, "instruments", columns, coder="a1") == [
        (hood, "organisation", "51", "60"),
        (hood, "authority", "29", "34"),
        (hood, "nodality", "3", "4"),
        (hood, "treasure", "2", "2"),
        (rothwell, "environmental instrument", "43", "51"),
        (rothwell, "supply-side instrument", "41", "48"),
        (rothwell, "demand-side instrument", "1", "1"),
    ]
    assert ask(graph, "instruments", columns, typology=hood, document=NO1, coder="a1") == [
        (hood, "organisation", "20", "71"),
        (hood, "authority", "7", "25"),
        (hood, "treasure", "1", "4"),
        (hood, "nodality", "0", "0"),
    ]


def test_where_coders_differ_a_measure_counts_for_each_instrument(graph: Graph) -> None:
    columns = "instrument measures percent"
    assert ask(graph, "instruments", columns, typology="hood-instrument") == [
        ("organisation", "52", "61"),
        ("authority", "38", "45"),
        ("nodality", "3", "4"),
        ("treasure", "3", "4"),
    ]


def test_as_what_a_measure_is_classified(graph: Graph) -> None:
    columns = "measure instrument confidence coder document"
    housing = "increase housing supply"
    assert ask(graph, "instruments-of", columns, measure=housing) == [
        (housing, "treasure", "0.7", "Coder A1", NO1),
        (housing, "supply-side instrument", "0.7", "Coder A1", NO1),
    ]
    assert ask(graph, "instruments-of", "measure coder", instrument="fiscal instrument") == [
        ("strengthen the guarantee of rural governance elements", "Coder A1"),
        (housing, "Coder A1"),
        ("promote capital to go to the countryside", "Coder B1"),
    ]


def test_which_measures_serve_urban_rural_integration(graph: Graph) -> None:
    goal = "urban–rural integrated development"
    accelerate = "accelerate urban–rural integrated development"
    pattern = "build a new pattern of urban–rural integration of county, township and village"
    columns = "measure relation explicitness"
    assert ask(graph, "goals", columns, goal=goal, document=NO1) == [
        (accelerate, "has goal", "explicit"),
        ("improve the employment absorption capacity of counties", "promotes", "implied"),
    ]
    assert once(ask(graph, "goals", columns, goal=goal, document=TOWNS)) == [
        (accelerate, "has goal", "explicit"),
        ("build an integrated development mechanism", "has goal", "implied"),
        (pattern, "has goal", "implied"),
        ("digital empowerment", "supports", "explicit"),
        ("promote capital to go to the countryside", "supports", "explicit"),
        ("promote the orderly migration of farmers to cities", "supports", "explicit"),
        ("promote talent to go to the countryside", "supports", "explicit"),
        ("stimulate the endogenous dynamism of the county", "supports", "explicit"),
        ("stimulate the vitality of rural development", "supports", "explicit"),
        ("promote urban–rural integration with county towns as carriers", "has goal", "explicit"),
    ]


def test_which_goals_no_measure_serves(graph: Graph) -> None:
    staying = "farmers staying and living locally"
    assert ask(graph, "goals-without-measures", "goal relation other") == [
        ("caring for the family", "is promoted by", "employment close to home"),
        ("earning an income", "is promoted by", "employment close to home"),
        (staying, "is promoted by", "caring for the family"),
        (staying, "is promoted by", "earning an income"),
        (staying, "is promoted by", "employment close to home"),
    ]


def test_which_measures_have_no_stated_goal(graph: Graph) -> None:
    integration = ("implements", "speed up urban–rural integration within the county")
    development = ("implements", "accelerate county development")
    employment = ("implements", "improve the employment absorption capacity of counties")
    small_towns = ("implements", "speed up the development of small towns")
    assert ask(graph, "measures-without-goal", "measure relation wider", document=NO1) == [
        ("build county towns to the standard of small cities", *integration),
        ("build incubation and training bases", *development),
        ("plan and build key towns", *integration),
        ("build returnee entrepreneurship parks", *development),
        ("build townships into regional centres serving farmers", *integration),
        ("coordinate the spatial layout of the county", *integration),
        ("cultivate pillar industries", *employment),
        ("expand powers to strengthen towns", *integration),
        ("improve infrastructure", *integration),
        ("improve infrastructure", *small_towns),
        ("improve public services", *integration),
        ("improve public services", *small_towns),
        ("give play to the role of small towns", *integration),
        ("give play to the role of small towns", *small_towns),
        ("pilot comprehensive rural land consolidation", *development),
        ("promote urbanization with county towns as an important carrier", *integration),
        ("promote the local citizenization of migrant workers", *development),
        ("strengthen the county", "is required by", integration[1]),
        ("strengthen the county", "is required by", "urban–rural integration within the county"),
        ("strengthen the county economy", *employment),
        ("undertake suitable industrial transfer", *employment),
    ]


def test_which_measures_improve_or_build_which_governance(graph: Graph) -> None:
    shift = "shift the focus of governance and services downward"
    focus = "downward shift of the focus of governance and services"
    explore = "explore a new urban–rural social governance system"
    organise = "improve the organisational system of rural governance"
    guarantee = "strengthen the guarantee of rural governance elements"
    digitise = "digitise rural governance"
    modernise = "modernise county social governance"
    columns = "thing relation measure modality explicitness"
    explicit, implied = ("proposed", "explicit"), ("proposed", "implied")
    rural = [
        ("rural governance", "is improved by", digitise, *implied),
        ("rural governance", "is improved by", organise, *implied),
        ("rural governance", "is supported by", guarantee, *implied),
    ]
    assert ask(graph, "changes", columns, type="governance", document=TOWNS) == [
        ("county social governance", "is improved by", modernise, *explicit),
        ("digital rural governance", "is built by", digitise, *explicit),
        (focus, "is promoted by", shift, *explicit),
        ("governance", "is improved by", shift, *implied),
        ("new urban–rural social governance system", "is built by", explore,
         "exploratory", "explicit"),
        *rural,
        ("rural governance elements", "is improved by", guarantee, *explicit),
        ("organisational system of rural governance", "is improved by", organise, *explicit),
        ("social governance", "is improved by", explore, "exploratory", "implied"),
    ]  # fmt: skip
    assert ask(graph, "changes", columns, thing="乡村治理") == rural
    assert ask(graph, "changes", "thing measure", type="治理", document=NO1) == [
        ("delegation of power", "expand powers to strengthen towns")
    ]


def test_which_measures_change_which_spaces(graph: Graph) -> None:
    columns = "thing relation measure modality document"
    layout = ("is coordinated by", "coordinate the spatial layout of the county", "required", NO1)
    urban = (
        "is improved by",
        "expand and optimise production, living and ecological spaces", "descriptive", TOWNS,
    )  # fmt: skip
    expand = "expand the development space of county towns"
    industrial = "build an urban–rural industrial spatial layout"
    parks = "build returnee entrepreneurship parks"
    bases = "build incubation and training bases"
    assert ask(graph, "changes", columns, type="功能空间") == [
        ("basic farmland", *layout),
        ("spatial layout of the county", *layout),
        ("development space", "is improved by", expand, "required", TOWNS),
        ("development space", "is improved by", "optimise development space", "proposed", TOWNS),
        ("ecological protection", *layout),
        ("ecological space", *urban),
        ("entrepreneurship park", "is built by", parks, "encouraged", NO1),
        ("incubation and training base", "is built by", bases, "encouraged", NO1),
        ("living space", *urban),
        ("production, living and ecological spaces", *urban),
        ("production space", *urban),
        ("urban development space", *layout),
        ("urban–rural industrial spatial layout", "is built by", industrial, "required", TOWNS),
        ("village layout", *layout),
    ]


def test_which_goals_a_measure_has(graph: Graph) -> None:
    assert ask(graph, "goals", "relation goal modality", measure="增加住房供给") == [
        ("has goal", "meeting rigid housing demand", "proposed")
    ]


def test_which_roles_county_towns_have(graph: Graph) -> None:
    columns = "relation other modality attributed_to"
    proposed = ("proposed", SOURCE)
    assert ask(graph, "roles", columns, tier="county town", document=NO1) == [
        ("is carrier of", "county-town-based urbanization", *proposed),
        (
            "is carrier of",
            "promote urbanization with county towns as an important carrier", *proposed,
        ),
        ("is carrier of", "urbanization", *proposed),
        ("has role", "important carrier", *proposed),
    ]  # fmt: skip
    rows = ask(graph, "roles", "relation other modality", tier="county town", document=TOWNS)
    assert [row[1:] for row in rows if row[0] == "has role"] == [
        ("bridge and link", "descriptive"),
        ("carrier", "proposed"),
        ("connecting cities", "descriptive"),
        ("radiating to and driving rural areas", "descriptive"),
        ("fundamental component of the urban system", "descriptive"),
        ("important carrier", "required"),
        ("key support", "descriptive"),
        ("natural carrier", "descriptive"),
        ("serving rural areas", "descriptive"),
        ("receiver of spill-over from large cities", "descriptive"),
    ]
    assert once([row[:2] for row in rows if row[0] not in {"has role", "is carrier of"}]) == [
        ("attracts", "agricultural migrant population"),
        ("connects", "city"),
        ("connects", "rural area"),
        ("radiates to and drives", "rural area"),
        ("receives spill-over from", "large city"),
        ("serves", "rural area"),
    ]
    assert ask(graph, "roles", columns, tier="village") == [
        ("complements", "county", "required", ""),
        ("complements", "county", "required", SOURCE),
        ("complements", "township", "required", ""),
    ]


def test_how_people_and_talent_get_to_the_countryside(graph: Graph) -> None:
    columns = "who origin destination measure relation other"
    talent = ("talent", "city", "rural area", "promote talent to go to the countryside")
    assert once(ask(graph, "people-moving", columns, into="countryside")) == [
        (*talent, "follows principle", "orderly progress"),
        (*talent, "is supported by", "digital empowerment"),
    ]
    farmer = ("farmer", "rural area", "city", "promote the orderly migration of farmers to cities")
    assert ask(graph, "people-moving", columns, into="city") == [
        (*farmer, "follows principle", "orderly progress"),
        (*farmer, "is supported by", "digital empowerment"),
        ("farmers entering cities", "rural area", "city", "", "", ""),
    ]
    assert ask(graph, "people-moving", columns, into="county town") == [
        ("agricultural migrant population", "rural area", "county town", "", "", "")
    ]


def test_which_of_the_five_factors_is_never_named(graph: Graph) -> None:
    official = "the official list of production factors of 2020"
    listed = "the five production factors named in “Using county towns as carriers”"
    columns = "list factor instead"
    assert ask(graph, "unnamed-factors", columns) == [(official, "labour", "talent")]
    assert ask(graph, "unnamed-factors", columns, document=NO1) == [
        (listed, "capital", ""),
        (listed, "data", ""),
        (listed, "land", "rural land"),
        (listed, "population", ""),
        (listed, "technology", ""),
        (official, "capital", ""),
        (official, "data", ""),
        (official, "labour", ""),
        (official, "land", "rural land"),
        (official, "technology", ""),
    ]


def test_through_what_an_aim_is_brought_about(graph: Graph) -> None:
    columns = "relation measure modality explicitness"
    capacity = "improve the employment absorption capacity of counties"
    assert ask(graph, "means", columns, aim=capacity) == [
        ("is implemented through", "cultivate pillar industries", "proposed", "implied"),
        ("is implemented through", "strengthen the county economy", "proposed", "implied"),
        ("is implemented through", "undertake suitable industrial transfer", "proposed", "implied"),
    ]
    assert ask(graph, "means", columns, aim="县域内城乡融合发展") == [
        ("requires", "merge urban and rural systems", "required", "explicit"),
        ("requires", "unify urban–rural standards", "required", "explicit"),
        ("requires", "enhance the carrying capacity of the county", "required", "explicit"),
        ("requires", "strengthen the county", "required", "explicit"),
    ]
    speeding = ask(graph, "means", "relation measure", aim="加快县域内城乡融合发展")
    assert [measure for relation, measure in once(speeding) if relation != "requires"] == [
        "build townships into regional centres serving farmers",
        "coordinate the spatial layout of the county",
        "enhance the comprehensive service capacity of county towns",
        "make the functions of county, township and village complementary",
        "improve infrastructure",
        "improve public services",
        "give play to the role of small towns",
        "speed up the development of small towns",
        "build county towns to the standard of small cities",
        "promote urbanization with county towns as an important carrier",
        "plan and build key towns",
        "expand powers to strengthen towns",
    ]


def test_what_document_no_1_wants(graph: Graph) -> None:
    complementary = "functional complementarity of county, township and village"
    assert ask(graph, "mandates", "wanted modality explicitness", source=SOURCE) == [
        ("build townships into regional centres serving farmers", "required", "explicit"),
        ("coordinate the spatial layout of the county", "required", "explicit"),
        (complementary, "required", "explicit"),
        ("enhance the comprehensive service capacity of county towns", "required", "explicit"),
        (
            "make the functions of county, township and village complementary",
            "required", "explicit",
        ),
        ("improve infrastructure", "proposed", "explicit"),
        ("improve public services", "proposed", "explicit"),
        ("give play to the role of small towns", "proposed", "explicit"),
        ("speed up the development of small towns", "proposed", "explicit"),
        ("build county towns to the standard of small cities", "proposed", "implied"),
        ("promote urbanization with county towns as an important carrier", "proposed", "implied"),
        ("plan and build key towns", "planned", "implied"),
        ("expand powers to strengthen towns", "proposed", "implied"),
        ("cultivate pillar industries", "proposed", "explicit"),
        ("strengthen the county economy", "proposed", "explicit"),
        ("undertake suitable industrial transfer", "proposed", "explicit"),
        ("pilot comprehensive rural land consolidation", "piloted", "implied"),
        ("increase housing supply", "proposed", "implied"),
        ("promote the local citizenization of migrant workers", "proposed", "implied"),
        ("build incubation and training bases", "encouraged", "implied"),
        ("build returnee entrepreneurship parks", "encouraged", "implied"),
    ]  # fmt: skip
    assert ask(graph, "mandates", "source wanted modality", document=TOWNS) == [
        (CONGRESS, "comprehensively promote national rejuvenation", "planned"),
        (CONGRESS, "urban–rural integrated development", ""),
    ]


def test_how_much_attention_each_tier_gets(graph: Graph) -> None:
    assert ask(graph, "attention", "tier measures passages", document=NO1) == [
        ("county area", "12", "4"),
        ("county town", "5", "3"),
        ("small town", "4", "1"),
        ("rural area", "2", "5"),
        ("county", "2", "2"),
        ("township", "2", "1"),
        ("urban area", "1", "3"),
        ("city", "1", "2"),
        ("key town", "1", "1"),
        ("town", "1", "1"),
        ("village", "1", "1"),
        ("small city", "0", "1"),
        ("county–township–village chain", "0", "0"),
        ("large city", "0", "0"),
        ("urban system", "0", "0"),
    ]
    most = ask(graph, "attention", "tier measures", document=TOWNS)[:4]
    assert sorted(most) == [
        ("county area", "12"), ("county town", "23"), ("rural area", "22"), ("urban area", "12")
    ]  # fmt: skip


# ── Questions that hold in any project ───────────────────────────────────────────────────────────


def test_what_the_texts_say_of_a_concept(graph: Graph) -> None:
    columns = "subject relation object modality attributed_to quote document coder"
    said = (
        "promotes", "farmers staying and living locally",
        "descriptive", "", "Farmers naturally want to stay and live.", NO1, "Coder A1",
    )  # fmt: skip
    assert ask(graph, "claims", columns, concept="农民留乡安居") == [
        ("caring for the family", *said),
        ("earning an income", *said),
        ("employment close to home", *said),
    ]


def test_what_one_text_says_of_a_concept(graph: Graph) -> None:
    columns = "subject relation object modality attributed_to document coder"
    migration = "promote the orderly migration of farmers to cities"
    capacity = "improve the employment absorption capacity of counties"
    first = [
        (migration, "targets", "farmer", "required", "", TOWNS, "Coder A1"),
        (migration, "targets", "farmer", "required", "", TOWNS, "Coder B1"),
    ]
    build = "build townships into regional centres serving farmers"
    assert ask(graph, "claims", columns, concept="farmer", document=TOWNS) == first
    assert ask(graph, "claims", columns, concept="farmer") == [
        *first,
        (build, "benefits", "farmer", "required", SOURCE, NO1, "Coder A1"),
        (build, "benefits", "farmer", "required", SOURCE, NO1, "Coder B1"),
        ("township", "serves", "farmer", "required", SOURCE, NO1, "Coder A1"),
        ("township", "serves", "farmer", "required", SOURCE, NO1, "Coder B1"),
        (capacity, "benefits", "farmer", "descriptive", "", NO1, "Coder A1"),
    ]


def test_no_draft_and_nothing_denied_is_an_answer(meals: Graph) -> None:
    assert ask(meals, "claims", "subject relation object", document="letter") == [
        ("free school lunch", "reaches", "pupils")
    ]


def test_where_a_claim_comes_from(graph: Graph) -> None:
    rows = graph.ask("where", subject="county town", relation="has role", object="natural carrier")
    said = (
        "county town", "has role", "natural carrier", TOWNS, "2581", "2721",
        "County towns are a natural carrier for the cross-border allocation of urban and "
        "rural factors and the coordinated development of industries.", "descriptive", "",
    )  # fmt: skip
    assert [tuple(row) for row in rows] == [
        (*said, "Coder A1", "2026-11-22T09:00:00Z"),
        (*said, "Coder B1", "2026-11-22T10:00:00Z"),
    ]
    in_chinese = graph.ask("where", subject="县城", relation="具有功能定位", object="天然载体")
    assert in_chinese == rows
    text = (REPOSITORY / "passages" / "county-towns-as-carriers.txt").read_bytes().decode()
    assert text[2581:2721] == next(iter(rows)).quote


def test_where_a_claim_of_both_texts_comes_from(graph: Graph) -> None:
    columns = "document start end modality attributed_to coder"
    claim = {"subject": "county", "relation": "complements", "object": "village"}
    assert ask(graph, "where", columns, **claim) == [
        (TOWNS, "2146", "2453", "required", "", "Coder A1"),
        (NO1, "198", "644", "required", SOURCE, "Coder A1"),
        (NO1, "198", "644", "required", SOURCE, "Coder B1"),
    ]
    one, other = ask(graph, "where", "modality coder", subject="small town", relation="serves")
    assert (one, other) == (("descriptive", "Coder B1"), ("proposed", "Coder A1"))


def test_where_a_concept_is_mentioned(graph: Graph) -> None:
    rows = ask(graph, "mentions", "concept words start end coder", concept="县城", document=NO1)
    words = ("county town", "county towns")
    assert rows == [
        (*words, "470", "482", "Coder A1"),
        (*words, "470", "482", "Coder B1"),
        (*words, "1044", "1056", "Coder A1"),
        (*words, "1044", "1056", "Coder B1"),
        (*words, "1092", "1104", "Coder A1"),
        (*words, "1092", "1104", "Coder B1"),
        (*words, "1898", "1910", "Coder A1"),
    ]
    text = (REPOSITORY / "passages" / "no1-document-county-integration.txt").read_bytes().decode()
    assert {text[int(row[2]) : int(row[3])] for row in rows} == {"county towns"}
    pieces = ask(graph, "mentions", "words", concept="talent going to the countryside")
    assert once(pieces) == [("talents",), ("to go to rural areas",)]


def test_what_flows_where(graph: Graph) -> None:
    columns = "of origin destination via modality attributed_to document"
    goods, migration = (
        "open up circulation channels",
        "promote the orderly migration of farmers to cities",
    )
    countryside = ("rural area", "city")
    assert ask(graph, "flows", columns, into="city") == [
        ("agricultural products", *countryside, goods, "required", "", TOWNS),
        ("farmer", *countryside, migration, "required", "", TOWNS),
        ("farmers entering cities", *countryside, "", "descriptive", SOURCE, NO1),
    ]
    assert once(ask(graph, "flows", "of origin destination", of="人才")) == [
        ("talent", "", "county area"),
        ("talent", "city", "rural area"),
    ]
    assert ask(graph, "flows", "of", out_of="urban area", into="rural area") == [
        ("production factor",),
        ("consumer goods",),
        ("production factor",),
    ]
    assert ask(graph, "flows", "of origin", into="county area") == [
        ("talent", ""),
        ("industry", ""),
    ]


def test_which_concepts_there_are(graph: Graph) -> None:
    assert ask(graph, "concepts", "concept kind passages", type="commodity") == [
        ("agricultural products", "commodity", "1"),
        ("consumer goods", "commodity", "1"),
    ]
    assert ask(graph, "concepts", "concept passages", type="障碍") == [
        ("weak links of county towns", "1"),
        ("obstacles to urban–rural factor flow", "1"),
        ("institutional barriers to the free flow of factors", "1"),
        ("institutional drawbacks of urban–rural division", "1"),
        ("urban–rural division", "1"),
        ("barrier", "0"),
    ]
    everything = ask(graph, "concepts", "concept")
    assert sorted(everything) == sorted((graph.name(iri),) for iri in graph.ontology.concepts)


def test_who_coded_how_much(meals: Graph) -> None:
    assert ask(meals, "coders", "coder document mentions statements flows") == [
        ("ann", "letter", "2", "2", "0"),
        ("The first coder", "Lunch for everyone", "11", "4", "1"),
    ]


def test_which_relations_are_stated_how_often(meals: Graph) -> None:
    columns = "relation claims statements documents"
    assert ask(meals, "relations", columns) == [
        ("reaches", "2", "3", "2"),
        ("serves the aim of", "2", "2", "1"),
    ]
    assert ask(meals, "relations", columns, document="Lunch for everyone") == [
        ("reaches", "2", "2", "1"),
        ("serves the aim of", "2", "2", "1"),
    ]


def test_which_claims_rest_on_one_passage(meals: Graph) -> None:
    nobody = "Nobody who has eaten well stays away from lessons, the council says."
    growers = (
        "Kitchens should buy from growers nearby. Vegetables would then travel from the farm to "
        "the village school in a morning, and more money would stay in the countryside."
    )
    lunch = "Lunch for everyone"
    assert [tuple(row) for row in meals.ask("single-witness")] == [
        ("free school lunch", "serves the aim of", "school attendance", nobody, lunch),
        ("local purchasing", "reaches", "farmers", growers, lunch),
        ("local purchasing", "serves the aim of", "rural income", growers, lunch),
    ]
    assert ask(meals, "single-witness", "subject", document="letter") == []


def test_where_some_words_stand(graph: Graph) -> None:
    county_towns = (
        "Using county towns as carriers to promote urban-rural integration and development"
    )
    assert ask(graph, "search", "document start end kind", text="county seat") == [
        (county_towns, "410", "562", "passage"),
        (county_towns, "414", "425", "marked words"),
    ]
    [(words,)] = once(ask(graph, "search", "quote", text="COUNTY SEAT"))[1:]
    assert words == "county seat"


def test_which_claims_are_made_again(graph: Graph, meals: Graph) -> None:
    columns = "subject relation object passages documents"
    complementary = "make the functions of county, township and village complementary"
    aim = "functional complementarity of county, township and village"
    goal = "urban–rural integrated development"
    accelerate = "accelerate urban–rural integrated development"
    functions = "improve the functions of county towns"
    quality = "improve the quality of county towns"
    speed_up = "speed up urban–rural integration within the county"
    within = "urban–rural integration within the county"
    assert ask(graph, "repeated", columns) == [
        (accelerate, "applies to tier", "rural area", "2", "2"),
        (accelerate, "applies to tier", "urban area", "2", "2"),
        (accelerate, "has goal", goal, "2", "2"),
        ("county", "complements", "village", "2", "2"),
        ("county town", "has role", "important carrier", "2", "2"),
        ("improve infrastructure", "improves", "infrastructure", "2", "2"),
        ("improve public services", "improves", "public service", "2", "2"),
        (complementary, "applies to tier", "county", "2", "2"),
        (complementary, "applies to tier", "township", "2", "2"),
        (complementary, "applies to tier", "village", "2", "2"),
        (complementary, "has goal", aim, "2", "2"),
        (SOURCE, "issued by", "CPC Central Committee", "3", "1"),
        ("accelerate new urbanization", "promotes", "new urbanization", "2", "1"),
        ("county town", "connects", "city", "2", "1"),
        (functions, "applies to tier", "county town", "2", "1"),
        (functions, "improves", "county-town functions", "2", "1"),
        (quality, "applies to tier", "county town", "2", "1"),
        (quality, "improves", "county-town quality", "2", "1"),
        (speed_up, "applies to tier", "county area", "2", "1"),
        (speed_up, "has goal", within, "2", "1"),
    ]
    assert ask(meals, "repeated", columns) == [("free school lunch", "reaches", "pupils", "2", "2")]


def test_passages_of_two_coders_that_overlap_are_one_witness(starter: Path) -> None:
    (starter / "passages" / "canteens.ann.yaml").write_text(
        "document: canteens\ncoder: ann\ncoded: 2026-02-02T10:00:00Z\nmodality: descriptive\n"
        "passages:\n"
        "- text: >-\n    a [free lunch]{free-lunch} for all [children]{pupils}\n"
        "  statements:\n"
        "  - free-lunch reaches pupils\n"
    )
    graph = kg.build(starter)
    claim = ("free school lunch", "reaches", "pupils")
    columns = "subject relation object"
    assert len(ask(graph, "where", "quote", subject="free-lunch", object="pupils")) == 2
    assert ask(graph, "repeated", columns) == []
    assert ask(graph, "single-witness", columns).count(claim) == 1
    [(later, earlier)] = graph.query(
        "SELECT ?later ?earlier { ?again pkg:repeats ?said . "
        "?again pkg:inPassage/oa:hasSelector/oa:exact ?later . "
        "?said pkg:inPassage/oa:hasSelector/oa:exact ?earlier }"
    )
    assert later == "a free lunch for all children"
    assert earlier.startswith(f"From next year the district will pay for {later}")


def test_which_concepts_lack_evidence(graph: Graph, meals: Graph) -> None:
    assert ask(graph, "without-evidence", "concept") == []
    assert ask(meals, "without-evidence", "concept") == [("breakfast",)]


def test_what_a_concept_is_joined_to(graph: Graph) -> None:
    columns = "subject relation object origin"
    measure = "build county towns to the standard of small cities"
    assert ask(graph, "neighbours", columns, concept="small city") == [
        (measure, "is built to the standard of", "small city", "stated")
    ]
    complementary = "make the functions of county, township and village complementary"
    pattern = "build a new pattern of urban–rural integration of county, township and village"
    assert ask(graph, "neighbours", columns, concept="村") == [
        (pattern, "applies to tier", "village", "stated"),
        (complementary, "applies to tier", "village", "stated"),
        ("county", "complements", "village", "stated"),
        ("township", "complements", "village", "stated"),
        ("village", "is part of", "county–township–village chain", "stated"),
        ("village", "is directly part of", "township", "ontology"),
        ("village", "is part of", "rural area", "ontology"),
        ("village", "is part of", "township", "ontology"),
        ("village", "complements", "county", "inferred"),
        ("village", "complements", "township", "inferred"),
        ("village", "is part of", "county", "inferred"),
        ("village", "is part of", "county area", "inferred"),
        ("village", "is part of", "prefecture-level city", "inferred"),
        ("village", "is part of", "province", "inferred"),
    ]


def test_which_concepts_stand_together(graph: Graph, meals: Graph) -> None:
    assert ask(graph, "together", "other passages", concept="employment close to home") == [
        ("caring for the family", "1"),
        ("earning an income", "1"),
    ]
    assert ask(meals, "together", "other passages", concept="pupils") == [
        ("free school lunch", "2"),
        ("village school", "1"),
    ]


def test_how_firmly_a_text_speaks(meals: Graph) -> None:
    assert ask(meals, "firmness", "document modality statements") == [
        ("Lunch for everyone", "proposed", "2"),
        ("Lunch for everyone", "descriptive", "1"),
        ("Lunch for everyone", "planned", "1"),
        ("letter", "descriptive", "1"),
    ]


def test_what_is_attributed_to_document_no_1(graph: Graph) -> None:
    columns = "subject relation object modality document"
    centre = "build townships into regional centres serving farmers"
    complementary = "make the functions of county, township and village complementary"
    assert ask(graph, "attributed", columns, source="Document No. 1", concept="township") == [
        (centre, "applies to tier", "township", "required", NO1),
        (centre, "builds", "township", "required", NO1),
        (complementary, "applies to tier", "township", "required", NO1),
        ("township", "has role", "regional centre serving farmers", "required", NO1),
        ("township", "serves", "farmer", "required", NO1),
    ]
    rejuvenation = "great rejuvenation of the Chinese nation"
    assert ask(graph, "attributed", "source subject relation object", document=TOWNS) == [
        (CONGRESS, "Chinese path to modernization", "promotes", rejuvenation),
        (CONGRESS, "comprehensively promote national rejuvenation", "has goal", rejuvenation),
    ]


def test_which_claims_hold_only_within_limits(graph: Graph) -> None:
    columns = "subject relation object qualifier limit modality"
    assert ask(graph, "narrowed", columns, limit="small town") == [
        (
            "improve infrastructure", "improves", "infrastructure",
            "in tier", "small town", "proposed",
        ),
        (
            "improve public services", "improves", "public service",
            "in tier", "small town", "proposed",
        ),
    ]  # fmt: skip
    assert ask(graph, "narrowed", "relation qualifier", limit="where conditions permit") == [
        ("applies to tier", "under condition"),
        ("builds", "under condition"),
        ("is built to the standard of", "under condition"),
    ]


def test_which_claims_are_least_certain(graph: Graph) -> None:
    columns = "subject relation explicitness confidence"
    assert once(ask(graph, "least-certain", columns, concept="small town")) == [
        ("give play to the role of small towns", "improves", "implied", "0.7"),
        ("improve infrastructure", "applies to tier", "implied", "0.8"),
        ("improve public services", "applies to tier", "implied", "0.8"),
    ]


def test_what_both_texts_mention(graph: Graph) -> None:
    columns = "concept only_in passages_in_one passages_in_other"
    rows = ask(graph, "compare-concepts", columns, one=TOWNS, other=NO1)
    assert [concept for concept, only, _, _ in rows if not only] == [
        "accelerate urban–rural integrated development",
        "city",
        "connecting cities",
        "county",
        "county area",
        "county economy",
        "county town",
        "functional complementarity of county, township and village",
        "farmer",
        "important carrier",
        "improve infrastructure",
        "improve public services",
        "industry",
        "infrastructure",
        "make the functions of county, township and village complementary",
        "public service",
        "rural area",
        "serving rural areas",
        "township",
        "urban area",
        "urban–rural integrated development",
        "urban–rural integration within the county",
        "village",
    ]
    assert ("county town", "", "12", "3") in rows
    assert ("land", TOWNS, "1", "0") in rows
    assert ("rural land", NO1, "0", "1") in rows


def test_which_claims_both_texts_make(graph: Graph) -> None:
    rows = ask(graph, "compare-claims", "subject relation object only_in", one=TOWNS, other=NO1)
    complementary = "make the functions of county, township and village complementary"
    aim = "functional complementarity of county, township and village"
    goal = "urban–rural integrated development"
    assert [row[:3] for row in rows if not row[3]] == [
        ("accelerate urban–rural integrated development", "applies to tier", "rural area"),
        ("accelerate urban–rural integrated development", "applies to tier", "urban area"),
        ("accelerate urban–rural integrated development", "has goal", goal),
        ("county", "complements", "village"),
        ("county town", "has role", "important carrier"),
        ("improve infrastructure", "improves", "infrastructure"),
        ("improve public services", "improves", "public service"),
        (complementary, "applies to tier", "county"),
        (complementary, "applies to tier", "township"),
        (complementary, "applies to tier", "village"),
        (complementary, "has goal", aim),
    ]


def test_what_both_texts_say(graph: Graph, meals: Graph) -> None:
    columns = "subject relation object only_in"
    capacity = "improve the employment absorption capacity of counties"
    rows = ask(graph, "compare-claims", columns, one=TOWNS, other=NO1, concept="农民")
    assert rows == [
        ("promote the orderly migration of farmers to cities", "targets", "farmer", TOWNS),
        (
            "build townships into regional centres serving farmers",
            "benefits", "farmer", NO1,
        ),
        (capacity, "benefits", "farmer", NO1),
        ("township", "serves", "farmer", NO1),
    ]  # fmt: skip
    counted = f"{columns} passages_in_one passages_in_other"
    lunch = "Lunch for everyone"
    assert ask(meals, "compare-claims", counted, one=lunch, other="letter") == [
        ("free school lunch", "reaches", "pupils", "", "1", "1"),
        ("free school lunch", "serves the aim of", "school attendance", lunch, "1", "0"),
        ("local purchasing", "reaches", "farmers", lunch, "1", "0"),
        ("local purchasing", "serves the aim of", "rural income", lunch, "1", "0"),
    ]


# ── The starter's question ───────────────────────────────────────────────────────────────────────


def test_which_measures_reach_pupils(meals: Graph) -> None:
    sentence = (
        "From next year the district will pay for a free lunch for all children in its village "
        "schools."
    )
    columns = "measure group quote document coder"
    assert ask(meals, "measures-for", columns, group="children") == [
        ("free school lunch", "pupils", sentence, "Lunch for everyone", "The first coder"),
        ("free school lunch", "pupils", "Pupils get a free lunch.", "letter", "ann"),
    ]
    assert ask(meals, "measures-for", "measure group") == [
        ("free school lunch", "pupils"),
        ("free school lunch", "pupils"),
        ("local purchasing", "farmers"),
    ]


# ── Slips ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("question", "parameters", "says"),
    [
        ("measures-onn", {}, "there is no question 'measures-onn'.*did you mean measures-on"),
        ("measures-on", {"teir": "town"}, "no parameter 'teir'.*did you mean tier"),
        ("barriers", {"zone": "x"}, "no parameter 'zone'.*there are: barrier"),
        ("who-acts", {"actor": "local goverment"}, "no concept.*did you mean local-government"),
        ("measures-on", {"tier": "xyzzy"}, "no concept 'xyzzy'.*see kg query concepts"),
        ("coders", {"coder": "a1"}, "it takes none; leave it out"),
        ("where", {"relation": "has rôle"}, "no relation.*did you mean has role"),
        ("claims", {"document": "County towns"}, "no document.*there are: county-towns-as"),
        ("neighbours", {}, "needs a value for 'concept'.*kg query neighbours concept=…"),
        ("compare-claims", {"one": TOWNS}, "needs a value for 'other'"),
    ],
)
def test_a_slip_is_named_with_what_to_do(
    graph: Graph, question: str, parameters: dict[str, str], says: str
) -> None:
    with pytest.raises(KgError, match=f"(?s){says}") as caught:
        graph.ask(question, **parameters)
    assert isinstance(caught.value, UnknownName | QuestionError)


def test_a_document_is_named_by_key_or_title(graph: Graph) -> None:
    by_title = ask(graph, "claims", "subject relation object", document=TOWNS)
    assert ask(graph, "claims", "subject relation object", document="county-towns-as-carriers") == (
        by_title
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { ?s ?p ?o }", "there are no lines such as"),
        (
            "#+ parameters: {a: {is: concept}\nSELECT * { VALUES ?a { UNDEF } }",
            "expected ',' or '}'",
        ),
        (
            "#+ summary: Who?\n#+ parameters: {tier: {is: concept}}\nSELECT * {}",
            "'tier' must stand both under",
        ),
        ("#+ summary: Who?\nSELECT * { VALUES ?a { UNDEF } }", "'a' must stand both under"),
        ("#+ parameters: {a: {is: place}}\nSELECT * { VALUES ?a { UNDEF } }", "use concept, rel"),
        ("#+ parameters: [a]\nSELECT * { VALUES ?a { UNDEF } }", "must hold a line"),
        ("#+ summary: Who?\n#+ names@zh: [a]\nSELECT ?a {}", "'names@…' must hold"),
        ("#+ parameters: {a: concept}\nSELECT * { VALUES ?a { UNDEF } }", "has no summary"),
    ],
)
def test_a_malformed_file_is_named_with_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "acting-on.rq"
    path.write_text(text)
    with pytest.raises(QuestionError) as caught:
        read_question(path)
    message = str(caught.value)
    assert message.startswith("ontology/questions/acting-on.rq:1: the head of this question ")
    assert says in message
    assert "mend its lines that begin with #+ (kg explain bad-question shows an example)" in message


def test_a_malformed_file_is_found_by_check_and_costs_only_itself(starter: Path) -> None:
    folder = starter / "ontology" / "questions"
    (folder / "odd.rq").write_text("#+ parameters: [group]\nSELECT * { ?s ?p ?o }")
    graph = kg.build(starter)
    assert "odd" not in graph.questions
    assert len(ask(graph, "measures-for", "measure")) == 2
    with pytest.raises(QuestionError, match=r"odd\.rq:1: .*'parameters' must hold a line"):
        graph.ask("odd")
    found = fill(read_project(starter)).issues
    assert [(str(issue.place), issue.code) for issue in found] == [
        ("ontology/questions/odd.rq:1", "bad-question")
    ]


def test_a_projects_question_wins_over_one_of_the_program(starter: Path) -> None:
    own = starter / "ontology" / "questions" / "claims.rq"
    own.write_text("#+ summary: What do we say?\nSELECT * { ?s ?p ?o }")
    assert read_questions(own.parent)["claims"].summary("en") == "What do we say?"
    assert "where" in read_questions(own.parent)


# ── All of them ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_is_put_in_both_languages_and_answered_here(path: Path) -> None:
    question = read_question(path)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.name)
    assert set(question.summaries) == {"", "zh-Hans"}
    assert question.summary("en").endswith("?")
    assert question.summary("zh-Hans").endswith("？")
    asked = rf'ask\((?:(?:graph|meals), |\s*)"{path.stem}"'
    assert re.search(asked, Path(__file__).read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_names_can_be_written_in_python(path: Path) -> None:
    names = {parameter.name for parameter in read_question(path).parameters}
    assert not names & set(inspect.signature(Graph.ask).parameters)
    head = re.search(r"^SELECT(.*?)WHERE", path.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert head
    columns = set(re.findall(r"\?(\w+)", head[1]))
    assert not {name for name in names | columns if keyword.iskeyword(name)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_order_of_the_answer_leaves_nothing_to_chance(path: Path) -> None:
    query = path.read_text("utf-8")
    order = query.rpartition("ORDER BY")[2]
    grouped = re.search(r"^GROUP BY (.*)$", query, re.MULTILINE)
    head = re.search(r"^SELECT(.*?)WHERE", query, re.DOTALL | re.MULTILINE)
    assert head
    shown = re.sub(r"\((?:[^()]|\([^()]*\))* AS (\?\w+)\)", r"\1", head[1])
    distinguishing = re.findall(r"\?\w+", grouped[1] if grouped else shown)
    for key, column in re.findall(r'BIND \(CONCAT\(" ", STR\((\?\w+)\)\) AS (\?by_\w+)\)', query):
        order = order.replace(column, key)
    assert set(distinguishing) <= set(re.findall(r"\?\w+", order))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_is_plain_sparql(filled: Filled, path: Path) -> None:
    from rdflib.plugins.sparql import prepareQuery

    query = path.read_text("utf-8")
    prepareQuery(query)
    unasked = list(filled.store.query(query, use_default_graph_as_union=True))
    expected_to_be_empty = path.stem in {"without-evidence", "search"}
    assert bool(unasked) != expected_to_be_empty


@pytest.fixture(scope="module", params=["draft", "denied"])
def silent(filled: Filled, request: pytest.FixtureRequest) -> tuple[str, ox.Store]:
    """The two texts with nothing accepted, or with everything denied."""
    store = ox.Store()
    store.extend(filled.store)
    said, instead = {
        "draft": ("pkg:status pkg:status-accepted", "pkg:status pkg:status-draft"),
        "denied": ("pkg:polarity pkg:polarity-positive", "pkg:polarity pkg:polarity-negative"),
    }[request.param]
    store.update(
        "PREFIX pkg: <https://w3id.org/policy-kg/core#> "
        f"DELETE {{ GRAPH ?g {{ ?item {said} }} }} INSERT {{ GRAPH ?g {{ ?item {instead} }} }} "
        f"WHERE {{ GRAPH ?g {{ ?item {said} }} }}"
    )
    return request.param, store


# What rests on mentions, on the graph that was derived before, on classifications, or on what
# is not said.
NO_CLAIMS = {"together", "compare-concepts", "concepts", "neighbours", "attention"}
NO_CLAIMS |= {"unnamed-factors", "without-evidence"}
NO_CLAIMS |= {"goals-without-measures", "measures-without-goal"}
NEVER_DENIED = {"mentions", "coders", "instruments", "instruments-of"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_what_is_accepted_and_affirmed_is_an_answer(
    silent: tuple[str, ox.Store], path: Path
) -> None:
    how, store = silent
    rows = list(store.query(path.read_text("utf-8"), use_default_graph_as_union=True))
    if path.stem == "attention":
        assert {row["measures"].value for row in rows} == {"0"}
    elif path.stem not in NO_CLAIMS | (NEVER_DENIED if how == "denied" else set()):
        assert rows == []


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        (question.name, parameter)
        for question in QUESTIONS.values()
        for parameter in question.parameters
        if parameter.example
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_every_example_has_an_answer(graph: Graph, question: str, parameter: object) -> None:
    given = {parameter.name: parameter.example}  # type: ignore[attr-defined]
    assert len(graph.ask(question, **given)) > 0


def test_the_programs_questions_name_nothing_of_a_domain() -> None:
    for path in GENERIC.glob("*.rq"):
        prefixes = re.findall(r"PREFIX \S+ <([^>]+)>", path.read_text("utf-8"))
        assert all("policy-kg/policy" not in ns and "concept/" not in ns for ns in prefixes)


OPEN = [
    n for n, q in QUESTIONS.items() if q.parameters and not any(p.required for p in q.parameters)
]


@pytest.mark.parametrize("name", OPEN)
def test_a_question_with_nothing_given_asks_what_its_file_asks_as_it_stands(
    graph: Graph, name: str
) -> None:
    question = QUESTIONS[name]
    left_open, taken_out = graph.query(question.sparql), graph.query(graph.bind(question, {}))
    assert len(taken_out) > 0
    assert list(left_open) == list(taken_out)

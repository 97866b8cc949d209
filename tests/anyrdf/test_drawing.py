"""What of a colleague's file is drawn, under which names, and what is said of it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from tests.anyrdf.pages import SAMPLES, drawn, written

PREFIXES = """
@prefix : <http://e.example/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
"""


def turtle(folder: Path, text: str, name: str = "graph.ttl") -> Path:
    return written(folder, name, PREFIXES + text)


# ── Thesauri ────────────────────────────────────────────────────────────────────────────────────


def test_a_thesaurus_is_its_concepts_each_relation_drawn_once_and_upwards() -> None:
    assert drawn(SAMPLES / "thesaurus.ttl").edges == {
        ("Wald", "broader", "Natur"),
        ("Boden", "broader", "Natur"),
        ("Moor", "broader", "Boden"),
        ("Holz", "broader", "Technik"),
        ("Windkraft", "broader", "Technik"),
        ("Waldrecht", "broader", "Umweltrecht"),
        ("Holz", "related", "Wald"),
        ("Wald", "related", "Waldrecht"),
        ("forest", "the same as", "Wald"),
    }


def test_its_languages_title_and_definitions_are_those_of_the_file() -> None:
    page = drawn(SAMPLES / "thesaurus.ttl")
    assert page.data["title"] == "Umwelt-Thesaurus"
    assert page.data["languages"] == ["de", "fr"]
    about = page.about("Wald")
    assert about["definitions"] == [
        ["de", "Eine mit Bäumen bestandene Fläche."],
        ["fr", "Étendue couverte d’arbres."],
    ]
    assert about["alternatives"] == [["de", "Forst"], ["fr", "bois"]]
    assert about["scopes"] == [["de", "Auch für Forste verwenden."]]
    assert page.facts("Wald") == {"in the scheme": ["Umwelt-Thesaurus"], "notation": ["N.1"]}


def test_with_one_scheme_and_no_classes_the_branches_tell_concepts_apart() -> None:
    page = drawn(SAMPLES / "thesaurus.ttl")
    assert page.data["words"] == ["branch", "file"]
    assert page.classes["Moor"] == page.classes["Natur"] == "Natur"
    assert page.classes["Windkraft"] == "Technik"
    assert page.classes["forest"] == "only named here"


def test_several_schemes_or_collections_are_the_classes(tmp_path: Path) -> None:
    page = drawn(
        turtle(
            tmp_path,
            """:s a skos:ConceptScheme ; rdfs:label "all" .
            :g a skos:Collection ; skos:prefLabel "green things" ; skos:member :a , :b .
            :h a skos:Collection ; skos:prefLabel "hard things" ; skos:member :c .
            :a a skos:Concept ; skos:inScheme :s . :b a skos:Concept ; skos:inScheme :s .
            :c a skos:Concept ; skos:inScheme :s . :d a skos:Concept ; skos:inScheme :s .""",
        )
    )
    assert page.classes == {
        "a": "green things", "b": "green things", "c": "hard things", "d": "concept",
    }  # fmt: skip


def test_classes_of_its_own_come_before_schemes(tmp_path: Path) -> None:
    page = drawn(
        turtle(
            tmp_path,
            """:River rdfs:subClassOf skos:Concept . :Lake rdfs:subClassOf skos:Concept .
            :a a :River ; skos:inScheme :s . :b a skos:Concept , :Lake ; :flowsInto :a .""",
        )
    )
    assert page.classes == {"a": "River", "b": "Lake"}
    assert page.edges == {("b", "flows into", "a")}


def test_labels_in_nodes_of_their_own_are_read(tmp_path: Path) -> None:
    page = drawn(
        turtle(
            tmp_path,
            """:a a skos:Concept ; skos:definition [ rdf:value "A tree."@en ] ;
              skosxl:prefLabel [ a skosxl:Label ; skosxl:literalForm "oak"@en ] .""",
        )
    )
    assert page.labels == {"oak"}
    assert page.about("oak")["definitions"] == [["en", "A tree."]]


# ── Ontologies ──────────────────────────────────────────────────────────────────────────────────


def test_an_ontology_is_its_classes_with_what_their_definitions_demand() -> None:
    assert drawn(SAMPLES / "pizza.owl").edges == {
        ("Pizza", "is a kind of", "Food"),
        ("Pizza base", "is a kind of", "Food"),
        ("Pizza topping", "is a kind of", "Food"),
        ("Cheese topping", "is a kind of", "Pizza topping"),
        ("Mozzarella", "is a kind of", "Cheese topping"),
        ("Tomato topping", "is a kind of", "Pizza topping"),
        ("Margherita", "is a kind of", "Pizza"),
        ("Cheesey pizza", "is a kind of", "Pizza"),
        ("Pizza", "has topping", "Pizza topping"),
        ("Pizza", "has base", "Pizza base"),
        ("Margherita", "has topping", "Mozzarella"),
        ("Margherita", "has topping", "Tomato topping"),
        ("Cheesey pizza", "has topping", "Cheese topping"),
        ("Mozzarella", "has country of origin", "Italy"),
        ("Italy", "is a", "Country"),
    }


def test_its_branches_are_the_first_level_that_tells_classes_apart() -> None:
    classes = drawn(SAMPLES / "pizza.owl").classes
    assert classes["Margherita"] == classes["Cheesey pizza"] == "Pizza"
    assert classes["Mozzarella"] == "Pizza topping"
    assert classes["Food"] == "in no branch"
    assert classes["Italy"] == "Country"


def test_a_class_outside_the_branches_stands_with_what_it_is_the_class_of(tmp_path: Path) -> None:
    text = """:Lion rdfs:subClassOf :Animal . :Zebra rdfs:subClassOf :Animal . :Person a owl:Class .
        :leo a :Lion . :marty a :Zebra . :ann a :Person ; :keeps :leo , :marty ."""
    classes = drawn(turtle(tmp_path, text)).classes
    assert classes["ann"] == classes["Person"] == "Person"
    assert classes["Animal"] == "in no branch"


def test_what_is_disjoint_is_told_and_not_drawn() -> None:
    assert drawn(SAMPLES / "pizza.owl").facts("Pizza topping") == {"never also": ["Pizza base"]}


def test_a_vocabulary_without_owl_is_drawn_too(tmp_path: Path) -> None:
    page = drawn(
        turtle(
            tmp_path,
            """:Tree rdfs:subClassOf :Plant . :growsIn rdfs:domain :Plant ; rdfs:range :Soil .
            :height rdfs:domain :Plant ; rdfs:range rdfs:Literal .""",
        )
    )
    assert page.edges == {("Tree", "is a kind of", "Plant"), ("Plant", "grows in", "Soil")}


# ── Anything else ───────────────────────────────────────────────────────────────────────────────


def test_people_are_drawn_by_name_also_those_without_an_address() -> None:
    page = drawn(SAMPLES / "people.ttl")
    assert page.edges == {
        ("Anna Weiß", "knows", "Bert O’Neill"),
        ("Anna Weiß", "knows", "Dora"),
        ("Anna Weiß", "member of", "Institute for Rivers"),
        ("Bert O’Neill", "knows", "Anna Weiß"),
        ("Chen Wei", "based near", "(Agent)"),
        ("Report on rivers", "creator", "Bert O’Neill"),
        ("Report on rivers", "creator", "Chen Wei"),
    }
    assert page.classes["Dora"] == "Person"


def test_pages_and_addresses_of_people_are_told_and_not_drawn() -> None:
    page = drawn(SAMPLES / "people.ttl")
    assert page.facts("Anna Weiß") == {
        "birthday": ["03-14"],
        "home page": ["http://anna.example/"],
        "e-mail": ["anna@example.org"],
    }
    assert page.about("Dora")["alternatives"] == [["", "D."]]


def test_json_with_its_context_in_it_is_drawn() -> None:
    page = drawn(SAMPLES / "shop.jsonld")
    assert ("Corner Books", "address", "(Postal address)") in page.edges
    assert ("Rivers & Roads", "author", "L. Vogt") in page.edges
    assert ("Mo", "knows about", "Old maps") in page.edges
    assert page.facts("(Postal address)") == {
        "address locality": ["Ayr"], "street address": ["1 High Street"],
    }  # fmt: skip
    assert page.about("Rivers & Roads")["definitions"] == [["", "A journey."]]


def test_what_has_no_class_and_what_no_label_is_drawn_and_said_to_be_so() -> None:
    page = drawn(SAMPLES / "places.nt")
    assert page.labels == {"Berlin", "Germany", "country", "Q515", "Q142"}
    assert page.classes["Berlin"] == "without a class"
    assert page.classes["Q515"] == "only named here"
    assert ("Berlin", "instance of", "Q515") in page.edges
    assert page.facts("Berlin") == {"P1082": ["3755251"]}
    assert page.data["languages"] == ["en", "zh"]


def test_of_several_classes_the_narrower_counts_then_the_more_common(tmp_path: Path) -> None:
    page = drawn(
        turtle(
            tmp_path,
            """:Poet rdfs:subClassOf :Person . :a a :Person , :Poet . :b a :Poet , :Tenor .
            :c a owl:Thing , owl:NamedIndividual .""",
        )
    )
    assert page.classes == {"a": "Poet", "b": "Poet", "c": "without a class"}


def test_only_so_many_classes_stand_in_the_legend(tmp_path: Path) -> None:
    things = "".join(f":t{n} a :C{n % 40} ; :p :t0 .\n" for n in range(90))
    page = drawn(turtle(tmp_path, things))
    assert len(page.data["classes"]) == 21
    assert "other classes" in page.classes.values()


def test_languages_are_the_most_frequent_ones_and_known_to_browsers(tmp_path: Path) -> None:
    tags = ("pl", "cs", "da", "x-elvish", "zh-hant", "sv")
    labels = [(n, tag) for n in range(30) for at, tag in enumerate(tags) if at <= n % 6]
    page = drawn(
        turtle(tmp_path, "".join(f':t{n} rdfs:label "{tag} {n}"@{tag} .\n' for n, tag in labels))
    )
    assert page.data["languages"] == ["pl", "cs", "da", "zh-Hant"]


def test_a_page_in_a_language_finds_words_in_its_kin(tmp_path: Path) -> None:
    text = ':a skos:related :b . :a rdfs:label "橡树"@zh-Hans . :b rdfs:label "林"@zh-Hans .'
    page = drawn(turtle(tmp_path, text))
    assert page.edges == {("橡树", "相关", "林")}


def test_a_ring_in_a_hierarchy_is_drawn_as_it_is(tmp_path: Path) -> None:
    page = drawn(
        turtle(
            tmp_path,
            """:a a skos:Concept ; skos:broader :b , :a . :b a skos:Concept ; skos:broader :a .""",
        )
    )
    assert page.edges == {("a", "broader", "b"), ("b", "broader", "a")}


def test_names_that_two_things_share_are_told_apart_in_the_address(tmp_path: Path) -> None:
    text = "<http://x.example/sea> :near <http://y.example/sea> , <http://y.example/> ."
    keys = {node["label"] for node in drawn(turtle(tmp_path, text)).table("nodes")}
    assert keys == {"http://x.example/sea", "http://y.example/sea", "y.example"}


# ── Much, and next to nothing ───────────────────────────────────────────────────────────────────


def test_a_single_thing_is_no_plural(tmp_path: Path) -> None:
    one = turtle(tmp_path, ':a rdfs:label "a" .')
    assert drawn(one).sentences == ("things: the only one is drawn, with 0 relations",)
    two = turtle(tmp_path, ":a :near :b .")
    assert drawn(two).sentences == ("things: all 2 are drawn, with 1 relation",)


def test_what_has_no_name_is_not_counted_among_the_values_not_shown(tmp_path: Path) -> None:
    values = ", ".join([f'"v{n}"' for n in range(14)] + ['[ rdfs:seeAlso "x" ]'] * 40)
    page = drawn(turtle(tmp_path, f":a a skos:Concept ; :says {values} ."))
    ((_, shown, more),) = page.about("a")["facts"]
    assert (len(shown), more) == (12, 2)


def test_of_many_things_the_best_joined_are_drawn_and_it_is_said(tmp_path: Path) -> None:
    stars = "".join(f":hub{n % 5} :p :leaf{n} ; :q :hub{(n + 1) % 5} .\n" for n in range(500))
    page = drawn(turtle(tmp_path, stars), most=5)
    assert page.labels == {"hub0", "hub1", "hub2", "hub4", "leaf0"}
    assert page.data["file"] == {"name": "graph.ttl", "things": 505, "lines": 505}
    assert page.sentences == (
        "things: 5 of 505 are drawn, the best joined ones, with 4 of 505 relations; "
        "for more of them: --most N",
    )


def test_where_everything_is_joined_with_everything_fewer_are_drawn(tmp_path: Path) -> None:
    everything = "".join(f":t{a} :p :t{b} .\n" for a in range(30) for b in range(a))
    page = drawn(turtle(tmp_path, everything), most=20)
    assert len(page.labels) < 20
    assert len(page.edges) <= 80


def test_a_mark_grows_with_its_lines_to_a_limit(tmp_path: Path) -> None:
    star = "".join(f":hub :p :leaf{n} .\n" for n in range(400))
    sizes = {node["label"]: node["size"] for node in drawn(turtle(tmp_path, star)).table("nodes")}
    assert 15 < sizes["hub"] < 30
    assert sizes["leaf7"] < 10


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (':a rdfs:label "only one" .', {"only one"}),
        (":a :p :a .", {"a"}),
        ("[] :p [] .", {"…"}),
        (f':a rdfs:label "{"long " * 2000}" .', {("long " * 24)[:119].rstrip() + "…"}),
        (':a rdfs:label "  " ; :p "x" .', {"a"}),
        ('<http://e.example/a b> rdfs:label "odd" .', {"odd"}),
        ("<javascript:alert(1)> :p <data:text/html,x> .", {"javascript:alert(1)"}),
        ("<http://[odd> :p :b .", {"[odd", "b"}),
    ],
)
def test_next_to_nothing_and_oddities_are_drawn(
    tmp_path: Path, text: str, labels: set[str]
) -> None:
    assert drawn(turtle(tmp_path, text)).labels == labels


@pytest.mark.parametrize("text", ["rdf:nil a rdf:List .", ":p a owl:ObjectProperty ."])
def test_a_file_in_which_nothing_can_be_drawn_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="nothing in this file that could be drawn"):
        drawn(turtle(tmp_path, text))


def test_long_texts_and_many_values_are_cut_and_it_is_said(tmp_path: Path) -> None:
    values = " , ".join(f'"value {n}"' for n in range(20))
    page = drawn(turtle(tmp_path, f':a rdfs:comment "{"word " * 1000}" ; :p {values} .'))
    assert len(page.about("a")["definitions"][0][1]) <= 1500
    ((_, shown, more),) = page.about("a")["facts"]
    assert (len(shown), more) == (12, 8)

"""What follows from what is stated, and does nothing else?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Place
from kg.infer import RuleError, close, infer, read_rules
from kg.reach import LONGEST_RING

HEAD = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NO_RULES = Path("no-such-folder")


def parsed(turtle: str) -> list[ox.Triple]:
    return [q.triple for q in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)]


def named(triples: Iterable[ox.Triple]) -> list[str]:
    """Each triple by its local names."""
    return [
        " ".join(term.value.replace("#", "/").rpartition("/")[2] for term in triple)
        for triple in triples
    ]


def closure(turtle: str, rules: Path = NO_RULES) -> set[str]:
    """What follows, nothing twice and nothing left out."""
    found, issues = infer(parsed(turtle), read_rules(rules))
    assert issues == []
    assert len(set(found)) == len(found)
    return set(named(found))


@pytest.mark.parametrize(
    ("stated", "follows"),
    [
        (":a a :Dog . :Dog rdfs:subClassOf :Animal . :Animal rdfs:subClassOf :Thing .",
         {"a type Animal", "a type Thing"}),
        (":a :eats :b . :eats rdfs:subPropertyOf :uses . :uses rdfs:subPropertyOf :meets .",
         {"a uses b", "a meets b"}),
        (":a :eats :b . :eats owl:inverseOf :eatenBy .", {"b eatenBy a"}),
        (":a :eatenBy :b . :eats owl:inverseOf :eatenBy .", {"b eats a"}),
        (":a :near :b . :near a owl:SymmetricProperty .", {"b near a"}),
        (":a :in :b . :b :in :c . :c :in :d . :in a owl:TransitiveProperty .",
         {"a in c", "a in d", "b in d"}),
        (":a :step :b . :b :step :c . :step rdfs:subPropertyOf :in . "
         ":in a owl:TransitiveProperty .",
         {"a in b", "b in c", "a in c"}),
        (":a :likes :b .", set()),
    ],
)  # fmt: skip
def test_what_follows(stated: str, follows: set[str]) -> None:
    assert closure(stated) == follows


def skos_axioms() -> str:
    core = (Path(__file__).parent.parent / "ontology" / "core.ttl").read_text("utf-8")
    return core[core.index("# ── What SKOS says") :]


def test_broader_reaches_all_the_way_up() -> None:
    turtle = ":pug skos:broader :dog . :dog skos:broader :animal ."
    found = closure(turtle + skos_axioms())
    assert "pug broaderTransitive animal" in found
    assert "animal narrowerTransitive pug" in found
    assert "dog narrower pug" in found
    assert "pug broader animal" not in found


edges = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12)


@given(edges)
def test_the_transitive_closure_is_reachability(pairs: set[tuple[int, int]]) -> None:
    stated = " ".join(f":n{a} :in :n{b} ." for a, b in pairs) + " :in a owl:TransitiveProperty ."
    reached = set(pairs)
    while more := {(a, d) for a, b in reached for c, d in reached if b == c} - reached:
        reached |= more
    assert closure(stated) == {f"n{a} in n{b}" for a, b in reached - pairs}


def chain(nodes: int, step: str, stem: str = "n") -> str:
    return " ".join(f":{stem}{n} {step} :{stem}{n + 1} ." for n in range(nodes - 1))


def ring(nodes: int, step: str) -> str:
    return f"{chain(nodes, step)} :n{nodes - 1} {step} :n0 ."


TRANSITIVE = " :in a owl:TransitiveProperty ."


def test_a_long_chain_is_followed_to_its_end() -> None:
    found = closure(chain(150, ":in") + TRANSITIVE)
    assert found == {f"n{a} in n{b}" for a in range(150) for b in range(a + 2, 150)}


def test_a_chain_and_its_inverse_that_is_not_said_to_be_transitive() -> None:
    found = closure(chain(150, ":in") + TRANSITIVE + " :holds owl:inverseOf :in .")
    assert {f"n{b} holds n{a}" for a in range(150) for b in range(a + 1, 150)} <= found


def test_a_deep_tree_of_classes_is_climbed_to_its_top() -> None:
    classes = chain(90, "rdfs:subClassOf", "C")
    assert closure(f":rex a :C0 . {classes}") == {f"rex type C{n}" for n in range(1, 90)}


def test_a_short_ring_is_closed() -> None:
    found = closure(ring(3, ":in") + TRANSITIVE)
    assert found == {f"n{a} in n{b}" for a in range(3) for b in range(3) if b != (a + 1) % 3}


def test_a_long_ring_is_named_and_everything_else_inferred() -> None:
    """No rule is to blame for it, and it is told of once, not for the inverse again."""
    around = LONGEST_RING + 1
    outside = ":pug skos:broader :dog . :dog skos:broader :n7 . :n7 skos:broader :top ."
    triples = parsed(f"{ring(around, 'skos:broader')} {outside} {skos_axioms()}")
    here = Place("ontology/dogs.ttl", 3)
    found, issues = close(triples, read_rules(NO_RULES), {"https://example.org/n0": here})
    assert [(issue.place, issue.code, issue.severity, issue.what) for issue in issues] == [
        (here, "long-ring", "warning",
         f"{around} things lead to one another by 'broaderTransitive', 'n0' and 'n1' among them; "
         "what follows from the ring is left out"),
    ]  # fmt: skip
    up = {name for name in named(found) if " broaderTransitive " in name}
    steps = {f"n{n} broaderTransitive n{(n + 1) % around}" for n in range(around)}
    assert up - steps == {
        f"{a} broaderTransitive {b}"
        for a, b in (("pug", "dog"), ("dog", "n7"), ("n7", "top"),
                     ("pug", "n7"), ("pug", "top"), ("dog", "top"))
    }  # fmt: skip


def test_where_too_much_would_follow_the_relation_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.reach.MOST_PAIRS", 50)
    monkeypatch.setattr("kg.reach.MOST_PER_STEP", 1)
    other = " :a :on :b . :b :on :c . :on a owl:TransitiveProperty ."
    triples = parsed(chain(12, ":in") + TRANSITIVE + other)
    here = Place("ontology/dogs.ttl", 8)
    found, issues = close(triples, read_rules(NO_RULES), {"https://example.org/in": here})
    assert named(found) == ["a on c"]
    assert [(issue.place, issue.code, issue.what) for issue in issues] == [
        (here, "too-much-follows",
         "more than 50 triples follow from 'in' being transitive; they are left out")
    ]  # fmt: skip


def test_what_a_rule_makes_of_the_closure_is_followed_on(tmp_path: Path) -> None:
    (tmp_path / "extend.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { :c :in :d } WHERE { :a :in :c }"
    )
    stated = ":a :in :b . :b :in :c ." + TRANSITIVE
    assert closure(stated, tmp_path) == {"a in c", "c in d", "b in d", "a in d"}


def test_a_rule_may_say_that_a_relation_is_transitive(tmp_path: Path) -> None:
    (tmp_path / "kind.rq").write_text(
        "PREFIX : <https://example.org/> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
        "CONSTRUCT { ?r a owl:TransitiveProperty } WHERE { ?r a :Order }"
    )
    found = closure(":a :in :b . :b :in :c . :in a :Order .", tmp_path)
    assert found == {"in type TransitiveProperty", "a in c"}


def test_a_rule_of_the_project_is_applied(tmp_path: Path) -> None:
    (tmp_path / "uncle.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { ?a :uncleOf ?c } "
        "WHERE { ?a :brotherOf ?b . ?b :parentOf ?c }"
    )
    turtle = ":tom :brotherOf :ann . :ann :parentOf :eve ."
    assert closure(turtle, tmp_path) == {"tom uncleOf eve"}


@pytest.mark.parametrize(
    ("rule", "says"),
    [("CONSTRUCT { ?a ?b", "cannot be read"), ("SELECT * { ?a ?b ?c }", "makes no triples")],
)
def test_a_rule_that_is_none_is_named(tmp_path: Path, rule: str, says: str) -> None:
    (tmp_path / "odd.rq").write_text(rule)
    with pytest.raises(RuleError, match=rf"ontology/rules/odd.rq.*{says}"):
        infer([], read_rules(tmp_path))


def test_a_rule_may_not_ask_another_server(tmp_path: Path) -> None:
    rule = "CONSTRUCT { ?a ?b ?c } { SERVICE <http://example.org/> { ?a ?b ?c } }"
    (tmp_path / "odd.rq").write_text(rule)
    with pytest.raises(RuleError, match=r"odd.rq: this rule is refused: SERVICE asks another"):
        infer([], read_rules(tmp_path))


def test_a_rule_that_cannot_be_used_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_bytes(b"\xff\xfe rule")
    (tmp_path / "good.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { ?b :far ?a } { ?a :near ?b }"
    )
    triples = parsed(":a :near :b .")
    found, issues = close(triples, read_rules(tmp_path))
    assert named(found) == ["b far a"]
    assert [(str(issue.place), issue.code) for issue in issues] == [
        ("ontology/rules/odd.rq", "bad-rule")
    ]


def test_a_rule_that_would_never_end_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_text(
        "PREFIX : <https://example.org/> "
        "CONSTRUCT { ?n :near ?a } { ?a :near ?b BIND (UUID() AS ?n) }"
    )
    triples = parsed(":a :near :b .")
    with pytest.raises(RuleError, match=r"odd.rq: this rule goes on without end"):
        infer(triples, read_rules(tmp_path))


def test_a_rule_that_makes_one_name_after_another_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { :a :count ?next } "
        "WHERE { { SELECT (MAX(?n) + 1 AS ?next) { :a :count ?n } } }"
    )
    with pytest.raises(RuleError, match=r"odd.rq: this rule goes on without end"):
        infer(parsed(f":a :count 1 ; :likes {', '.join(f':n{n}' for n in range(9))} ."),
              read_rules(tmp_path))  # fmt: skip


def test_a_rule_that_takes_many_rounds_has_an_end_nonetheless(tmp_path: Path) -> None:
    (tmp_path / "after.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { :n0 :after ?b } "
        "WHERE { { :n0 :next ?b } UNION { :n0 :after/:next ?b } }"
    )
    assert closure(chain(100, ":next"), tmp_path) == {f"n0 after n{n}" for n in range(1, 100)}


def test_a_rule_that_finds_too_much_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.infer.MOST_FOUND", 50)
    monkeypatch.setattr("kg.infer.MOST_PER_TRIPLE", 1)
    (tmp_path / "odd.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { ?a :near ?b } WHERE { ?a a :X . ?b a :X }"
    )
    things = " ".join(f":n{n} a :X ." for n in range(9))
    _, issues = close(parsed(things), read_rules(tmp_path))
    assert [issue.what for issue in issues] == ["this rule finds too much: more than 50 triples"]

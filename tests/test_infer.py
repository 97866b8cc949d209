"""What follows from what is stated, and does nothing else?"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.infer import RuleError, close, infer, read_rules

HEAD = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
NO_RULES = Path("no-such-folder")


def closure(turtle: str) -> set[str]:
    """What follows, each triple by its local names."""
    triples = [q.triple for q in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)]
    return {
        " ".join(term.value.replace("#", "/").rpartition("/")[2] for term in triple)
        for triple in infer(triples, read_rules(NO_RULES))
    }


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


def test_broader_reaches_all_the_way_up() -> None:
    turtle = ":pug skos:broader :dog . :dog skos:broader :animal ."
    core = (Path(__file__).parent.parent / "ontology" / "core.ttl").read_text("utf-8")
    axioms = core[core.index("# ── What SKOS says") :]
    found = closure(turtle + axioms)
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


def test_a_rule_of_the_project_is_applied(tmp_path: Path) -> None:
    (tmp_path / "uncle.rq").write_text(
        "PREFIX : <https://example.org/> CONSTRUCT { ?a :uncleOf ?c } "
        "WHERE { ?a :brotherOf ?b . ?b :parentOf ?c }"
    )
    turtle = HEAD + ":tom :brotherOf :ann . :ann :parentOf :eve ."
    triples = [q.triple for q in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    found = infer(triples, read_rules(tmp_path))
    assert [t.predicate.value for t in found] == ["https://example.org/uncleOf"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [("CONSTRUCT { ?a ?b", "cannot be read"), ("SELECT * { ?a ?b ?c }", "not a CONSTRUCT query")],
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
    triples = [q.triple for q in ox.parse(HEAD + ":a :near :b .", format=ox.RdfFormat.TURTLE)]
    found, issues = close(triples, read_rules(tmp_path))
    assert [t.predicate.value for t in found] == ["https://example.org/far"]
    assert [(str(issue.place), issue.code) for issue in issues] == [
        ("ontology/rules/odd.rq", "bad-rule")
    ]


def test_a_rule_that_would_never_end_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "odd.rq").write_text(
        "PREFIX : <https://example.org/> "
        "CONSTRUCT { ?n :near ?a } { ?a :near ?b BIND (UUID() AS ?n) }"
    )
    triples = [q.triple for q in ox.parse(HEAD + ":a :near :b .", format=ox.RdfFormat.TURTLE)]
    with pytest.raises(RuleError, match=r"odd.rq: this rule goes on without end"):
        infer(triples, read_rules(tmp_path))

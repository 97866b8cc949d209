"""Groups for the first view of very many concepts: communities, else classes."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from kg.render.groups import PLENTY, SMALLEST, group

Network = nx.MultiDiGraph
CIRCLE = 20


def circles(count: int) -> Network:
    """Concepts in circles, all of a circle joined to its first, of two classes by turns."""
    found: Network = nx.MultiDiGraph()
    for number in range(count):
        found.add_node(f"c-{number:05}", **{"class": ("a", "b")[number % 2]})
    for number in range(count):
        found.add_edge(
            f"c-{number:05}", f"c-{number - number % CIRCLE:05}", kind="direct", relation="r"
        )
    return found


def test_up_to_three_thousand_concepts_are_not_gathered() -> None:
    assert group(circles(PLENTY), {"a": 0, "b": 1}) == ({}, [])


def test_who_is_joined_is_in_one_group() -> None:
    of, groups = group(circles(PLENTY + CIRCLE), {"a": 0, "b": 1})
    assert len(of) == PLENTY + CIRCLE
    communities = [number for number, record in enumerate(groups) if "class" not in record]
    for circle in range(3):
        ones = {of[f"c-{circle * CIRCLE + one:05}"] for one in range(CIRCLE)}
        assert len(ones) == 1
        assert ones <= set(communities)


def test_who_is_joined_to_few_is_in_the_group_of_its_class() -> None:
    network = circles(PLENTY)
    for name, cls in (("lone-1", "a"), ("lone-2", "a"), ("lone-3", "b")):
        network.add_node(name, **{"class": cls})
    network.add_edge("lone-1", "lone-3", kind="direct", relation="r")
    of, groups = group(network, {"a": 0, "b": 1})
    assert [groups[of[name]] for name in ("lone-1", "lone-2", "lone-3")] == [
        {"class": 0},
        {"class": 0},
        {"class": 1},
    ]
    sizes = Counter(of.values())
    assert min(sizes[n] for n, record in enumerate(groups) if "class" not in record) >= SMALLEST


def test_without_any_relation_the_classes_are_the_groups() -> None:
    network = circles(PLENTY + 2)
    network.remove_edges_from(list(network.edges(keys=True)))
    of, groups = group(network, {"a": 0, "b": 1})
    assert groups == [{"class": 0}, {"class": 1}]
    assert set(Counter(of.values()).values()) == {PLENTY // 2 + 1}


def test_the_groups_are_the_same_every_time() -> None:
    assert group(circles(PLENTY + 40), {"a": 0, "b": 1}) == group(
        circles(PLENTY + 40), {"a": 0, "b": 1}
    )

"""Where concepts stand: places that are kept, new ones that fit in, and a layout from scratch."""

from __future__ import annotations

import itertools
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from kg.render.atlas import pull_and_push
from kg.render.boxes import boxes_of
from kg.render.layout import place, read_layout, relayout, write_layout
from kg.render.lines import read_lines

Network = nx.MultiDiGraph


def network(concepts: int, lines: list[tuple[int, int]]) -> Network:
    """Concepts named c-0, c-1, … with labels of different lengths."""
    found: Network = nx.MultiDiGraph()
    for number in range(concepts):
        label = " ".join(["word"] * (1 + number % 5))
        found.add_node(
            f"https://x.example/c-{number:03}",
            label=label,
            labels={"en": label},
            passages=number % 7,
        )
    for a, b in lines:
        found.add_edge(f"https://x.example/c-{a:03}", f"https://x.example/c-{b:03}", kind="direct")
    return found


RING = network(30, [(n, (n + 1) % 30) for n in range(30)] + [(0, n) for n in range(5, 25, 4)])


def overlapping(network: Network, places: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    boxes = boxes_of(network)
    rectangles = [
        (
            iri,
            places[iri][0] - left,
            places[iri][0] + right,
            places[iri][1] - half,
            places[iri][1] + half,
        )
        for iri, left, right, half in zip(network, boxes.left, boxes.right, boxes.half, strict=True)
    ]
    return [
        (a[0], b[0])
        for a, b in itertools.combinations(rectangles, 2)
        if a[1] < b[2] - 1 and b[1] < a[2] - 1 and a[3] < b[4] - 1 and b[3] < a[4] - 1
    ]


def test_a_layout_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "layout.tsv"
    write_layout(path, {"https://x.example/b": (1, -2), "https://x.example/a": (30, 4)})
    assert path.read_bytes() == b"key\tx\ty\na\t30\t4\nb\t1\t-2\n"
    assert read_layout(path) == ({"a": (30, 4), "b": (1, -2)}, [])


def test_no_file_is_no_layout(tmp_path: Path) -> None:
    assert read_layout(tmp_path / "layout.tsv") == ({}, [])


@pytest.mark.parametrize("line", ["a\t1", "a\t1\tx", "a\t1\t2\t3", "a 1 2"])
def test_a_broken_line_is_named_and_costs_only_itself(tmp_path: Path, line: str) -> None:
    path = tmp_path / "layout.tsv"
    path.write_text(f"key\tx\ty\n{line}\nb\t1\t2\n")
    places, issues = read_layout(path)
    assert places == {"b": (1, 2)}
    assert [(str(issue.place), issue.code) for issue in issues] == [
        ("ontology/layout.tsv:2", "bad-layout")
    ]


def test_a_full_layout_has_room_for_every_label() -> None:
    assert overlapping(RING, relayout(RING)) == []


MANY = network(
    420,
    [(n, n - n % 30) for n in range(420) if n % 30]
    + [(n, (n + 30) % 420) for n in range(0, 420, 30)],
)
"""Too many for one run of the forces: communities are laid out."""


def test_a_layout_of_communities_has_room_for_every_label_and_is_the_same_every_time() -> None:
    places = relayout(MANY)
    assert overlapping(MANY, places) == []
    assert relayout(MANY) == places


def test_forces_act_on_a_network_as_if_it_were_alone() -> None:
    small, large = read_lines(RING), read_lines(MANY)
    alone, (_, together) = pull_and_push([(small, 3)]), pull_and_push([(large, 1), (small, 3)])
    assert np.allclose(alone[0], together)


def test_a_full_layout_is_the_same_every_time() -> None:
    assert relayout(RING) == relayout(RING)


def test_a_full_layout_lies_across() -> None:
    xs, ys = zip(*relayout(RING).values(), strict=True)
    assert max(xs) - min(xs) > max(ys) - min(ys)


def test_without_any_known_place_everything_is_laid_out() -> None:
    assert place(RING, {"long-gone": (1, 2)}) == relayout(RING)


def test_a_place_that_is_known_is_kept_and_a_new_concept_goes_near_its_neighbours() -> None:
    places = relayout(RING)
    known = {
        iri.rsplit("/", 1)[1]: spot for iri, spot in places.items() if not iri.endswith("-007")
    }
    found = place(RING, known)
    new = "https://x.example/c-007"
    assert {iri: spot for iri, spot in found.items() if iri != new} == {
        iri: spot for iri, spot in places.items() if iri != new
    }
    assert overlapping(RING, found) == []
    (x, y), (a, b) = found[new], found["https://x.example/c-006"]
    assert abs(x - a) + abs(y - b) < 400


def test_new_concepts_without_neighbours_stand_below_the_others() -> None:
    two = network(2, [])
    found = place(two, {"c-000": (5, 5)})
    assert found["https://x.example/c-000"] == (5, 5)
    assert found["https://x.example/c-001"][1] > 5


@pytest.mark.parametrize("concepts", [0, 1, 2, 3])
@pytest.mark.parametrize("lines", [[], [(0, 0)]])
def test_next_to_nothing_can_be_laid_out(concepts: int, lines: list[tuple[int, int]]) -> None:
    small = network(concepts, lines if concepts else [])
    places = relayout(small)
    assert list(places) == list(small)
    assert overlapping(small, places) == []


def test_a_frame_that_is_too_full_grows() -> None:
    crowd = network(60, [])
    for _, data in crowd.nodes(data=True):
        data["labels"] = {"en": "a very long label indeed " * 4}
    assert overlapping(crowd, relayout(crowd)) == []


def test_many_new_concepts_are_laid_out_below_those_that_have_places() -> None:
    many = network(230, [])
    found = place(many, {"c-000": (7, 8)})
    assert found["https://x.example/c-000"] == (7, 8)
    assert min(y for iri, (_, y) in found.items() if not iri.endswith("c-000")) > 8
    assert len(set(found.values())) == 230

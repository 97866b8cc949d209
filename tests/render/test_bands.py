"""The tables of the lanes and the matrix, as they travel into the page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.render.garden import PROTECTING, Garden, unpacked
from tests.render.plots import HEADER, JUNE, LIVING, PLANTED, plots


def data(garden: Garden) -> dict[str, Any]:
    """The data of a page, packed tables as lists of records."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', garden.page())
    assert found
    tables: dict[str, Any] = json.loads(found[1])
    for key, table in tables.items():
        if isinstance(table, dict) and "columns" in table:
            tables[key] = unpacked(table)
    return tables


def standing(tables: dict[str, Any]) -> list[str]:
    """`band: concept` of every place, with the object of the edge that leads there."""
    label = {node["id"]: node["label"] for node in tables["nodes"]}
    bands = [tables["terms"][band["term"]]["labels"][0] for band in tables["lanes"]["bands"]]
    found = []
    for place in tables["standing"]:
        by = place.get("by")
        reached = "" if by is None else f" → {label[tables['edges'][by]['to']]}"
        found.append(f"{bands[place['band']]}: {label[place['concept']]}{reached}")
    return found


def test_bands_come_in_the_order_of_their_positions_with_what_stands_in_them() -> None:
    assert standing(data(plots())) == [
        "flowers: aphid → bed",
        "flowers: bed",
        "flowers: ladybird → bed",
        "by the heap: heap",
        "by the heap: ladybird → heap",
    ]


def led(tables: dict[str, Any]) -> list[str]:
    """Whatever has no place of its own and is led to a band, by how many of how many lines."""
    label = {node["id"]: node["label"] for node in tables["nodes"]}
    bands = [tables["terms"][band["term"]]["labels"][0] for band in tables["lanes"]["bands"]]
    return [
        f"{label[each['concept']]} → {bands[each['band']]}: {each['lines']} of {each['of']}"
        for each in tables["led"]
    ]


def test_what_has_no_place_is_led_to_where_most_of_its_lines_lead() -> None:
    found = led(data(plots()))
    assert found == ["garden → flowers: 1 of 1", "rose → flowers: 2 of 2"]
    assert not any("pest" in each for each in found), "what an analyst reads into it leads nowhere"


def test_what_is_as_near_to_one_band_as_to_another_is_led_to_none() -> None:
    planted = replace(PLANTED, statements=(*PROTECTING.statements, *LIVING[:3]))
    passages = tuple(planted if each is PLANTED else each for each in JUNE.passages)
    tables = data(plots(documents=(replace(JUNE, passages=passages),)))
    assert led(tables) == ["garden → flowers: 1 of 1"]


def test_without_the_relation_a_band_has_only_what_it_holds() -> None:
    tables = data(plots(HEADER.replace("pkg:laneRelation", "o:other")))
    assert tables["lanes"]["relation"] is None
    assert standing(tables) == ["flowers: bed", "by the heap: heap"]


@pytest.mark.parametrize("position", ['"first"', "-3", '""', '"²"'])
def test_a_band_whose_position_is_no_number_comes_last(position: str) -> None:
    tables = data(plots(HEADER.replace("pkg:position 1", f"pkg:position {position}")))
    names = [tables["terms"][band["term"]]["labels"][0] for band in tables["lanes"]["bands"]]
    assert names == ["by the heap", "flowers"]


def test_a_band_may_hold_what_is_no_concept_or_nothing() -> None:
    tables = data(plots(HEADER.replace("pkg:holds c:heap", "pkg:holds o:nothing")))
    assert [band["holds"] for band in tables["lanes"]["bands"]][1] == []


def test_without_a_header_there_are_no_bands_and_no_matrix() -> None:
    tables = data(Garden())
    assert tables["lanes"] == {}
    assert tables["matrix"] == {}
    assert tables["standing"] == tables["led"] == tables["cells"] == []


def test_a_cell_names_the_sayings_behind_it() -> None:
    tables = data(plots())
    label = {node["id"]: node["label"] for node in tables["nodes"]}
    edges = [tables["edges"][saying["edge"]] for saying in tables["sayings"]]
    for cell in tables["cells"]:
        for said in cell["said"]:
            assert (edges[said]["from"], edges[said]["to"]) == (cell["row"], cell["column"])
    layers = {
        (label[cell["row"]], label[cell["column"]], label[cell["layer"]]): len(cell["said"])
        for cell in tables["cells"]
        if cell["layer"] is not None
    }
    assert layers["aphid", "rose", "heap"] == 1
    assert layers["ladybird", "aphid", "bed"] == layers["ladybird", "aphid", "heap"] == 1

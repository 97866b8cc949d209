"""What a page shows where script is switched off: its concepts and relations as two tables.

The best known come first; of very many, the rest is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

MOST = 2000
"""So many rows has a table at most."""

Row: TypeAlias = tuple[str | int, ...]
PlainTable: TypeAlias = Mapping[str, Any]
"""`name` and `head` are words of the interface; `rest` is how many rows are left out."""


def plain_tables(data: Mapping[str, Any]) -> list[PlainTable]:
    """Both tables, in the page's first language, from the page's own ones (kg.render)."""
    evidence = [] if "file" in data else ["passages"]
    return [
        _table("concepts", ["concept", "class", *evidence], _concept_rows(data), len(evidence)),
        _table("relations", ["from", "relation", "to", *evidence], _edge_rows(data), len(evidence)),
    ]


def _table(name: str, head: Sequence[str], rows: Iterable[Row], counts: int) -> PlainTable:
    ordered = sorted(rows, key=lambda row: (-int(row[-1]), row))
    cells = [row if counts else row[:-1] for row in ordered[:MOST]]
    return {"name": name, "head": head, "rows": cells, "rest": max(0, len(ordered) - MOST)}


def _concept_rows(data: Mapping[str, Any]) -> Iterable[Row]:
    for node in data["nodes"]:
        yield _name(node), _term(data, data["classes"][node["group"]]), node["passages"]


def _edge_rows(data: Mapping[str, Any]) -> Iterable[Row]:
    """Inferred relations are left out, as they are of themselves in the page."""
    nodes, passages = data["nodes"], _passages(data["sayings"])
    for number, edge in enumerate(data["edges"]):
        if edge["kind"] == "inferred":
            continue
        relation = _term(data, data["relations"][edge["relation"]])
        moved = f" ({_name(nodes[edge['of']])})" if edge.get("of") is not None else ""
        ends = _name(nodes[edge["from"]]), _name(nodes[edge["to"]])
        yield ends[0], relation + moved, ends[1], len(passages[number])


def _passages(sayings: Iterable[Mapping[str, Any]]) -> Mapping[int, set[int]]:
    """The passages behind each edge."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for saying in sayings:
        if saying["passage"] is not None and not saying["apart"]:
            found[saying["edge"]].add(saying["passage"])
    return found


def _term(data: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    term = data["terms"][record["term"]]
    return next(filter(None, term["labels"]), "") or str(term["key"])


def _name(node: Mapping[str, Any]) -> str:
    return next(filter(None, node["labels"]), "") or str(node["label"])

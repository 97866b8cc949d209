"""What a page holds, as its reader sees it: names instead of numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.anyrdf.drawing import draw
from tests.render.garden import unpacked

SAMPLES = Path(__file__).parent / "samples"

Table = list[dict[str, Any]]


@dataclass(frozen=True)
class Drawn:
    """The data of a page, its tables unpacked, and what was said while it was made."""

    data: Mapping[str, Any]
    sentences: tuple[str, ...]

    def table(self, name: str) -> Table:
        return unpacked(self.data[name])

    def label(self, number: int) -> str:
        node = self.table("nodes")[number]
        return next(filter(None, node["labels"]), node["label"])

    def term(self, number: int) -> str:
        term = self.table("terms")[number]
        return next(filter(None, term["labels"]), term["key"])

    @property
    def labels(self) -> set[str]:
        return {self.label(number) for number in range(len(self.table("nodes")))}

    @property
    def edges(self) -> set[tuple[str, str, str]]:
        names = [self.term(relation["term"]) for relation in self.table("relations")]
        return {
            (self.label(edge["from"]), names[edge["relation"]], self.label(edge["to"]))
            for edge in self.table("edges")
        }

    @property
    def classes(self) -> dict[str, str]:
        names = [self.term(cls["term"]) for cls in self.data["classes"]]
        return {self.label(node["id"]): names[node["group"]] for node in self.table("nodes")}

    def about(self, label: str) -> dict[str, Any]:
        numbers = {self.label(number): number for number in range(len(self.table("nodes")))}
        return self.table("about")[numbers[label]]

    def facts(self, label: str) -> dict[str, list[str]]:
        """Property → the texts of its values."""
        found = self.about(label).get("facts") or []
        return {self.term(term): [value[1] for value in values] for term, values, _ in found}


def drawn(path: Path, most: int = 2000) -> Drawn:
    page = draw(path, most)
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html)
    assert data
    return Drawn(json.loads(data[1]), page.sentences)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path

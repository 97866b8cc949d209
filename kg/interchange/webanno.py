"""WebAnno TSV 3.x, which INCEpTION exports: a word a line, a column for each feature.

Sample    #T_SP=webanno.custom.Span|value
          #Text=The county town
          1-1<TAB>0-3<TAB>The<TAB>_
          1-2<TAB>4-10<TAB>county<TAB>Town[1]
          1-3<TAB>11-15<TAB>town<TAB>Town[1]
Offsets   UTF-16 code units, end excluded; each word is compared with the text of its sentence
Read      spans on several words, stacked (`a|b`) and on parts of words; relations, slots, chains;
          features called coder, time, note, comment, confidence and status; others are kept
Dropped   relations between words that no layer marks; lemmas, parts of speech and the like, where
          there is anything else: told with their number
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from kg.anchoring import squeeze
from kg.interchange.intake import Incoming, shown
from kg.interchange.layers import GRAMMAR_LEFT, WORDS_LEFT, is_grammar, label_of, said_of, short
from kg.interchange.model import Foreign
from kg.interchange.source import Source
from kg.interchange.tsv import (
    Column,
    Layer,
    Unit,
    Value,
    layer_of,
    split,
    text_of,
    unescaped,
    unit_of,
)
from kg.interchange.units import UTF16, ruler, utf16_length

HEAD = "#FORMAT=WebAnno TSV "
_TEXT = "#Text="
_LINE_END = re.compile(r"\r\n|\r|\n")


def looks_like_webanno(_: Path, text: str) -> bool:
    return text.startswith(HEAD)


def read_webanno(source: Source, *, grammar: bool = True) -> Foreign:
    """The one text of a file with all its layers; `grammar` where there is nothing else."""
    sheet = _Sheet(source)
    sheet.read()
    text = "".join(sheet.pieces)
    incoming = source.intake.document(source.key, text)
    incoming.ruler = ruler(incoming.text, UTF16)
    sheet.leave_grammar(grammar)
    sheet.give(incoming)
    return source.intake.foreign()


@dataclass
class _Annotation:
    """An annotation of some layer while its units are read."""

    id: str
    layer: Layer
    units: list[Unit]
    features: dict[str, str] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    targets: list[tuple[str, str]] = field(default_factory=list)
    base: str = ""
    ends: tuple[str, str] = ("", "")


@dataclass
class _Sheet:
    """The lines of a file: its text in `pieces`, and its annotations."""

    source: Source
    layers: dict[str, Layer] = field(default_factory=dict)
    columns: list[tuple[Layer, Column]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    annotations: list[_Annotation] = field(default_factory=list)
    numbered: dict[str, _Annotation] = field(default_factory=dict)
    placed: dict[tuple[str, str], _Annotation] = field(default_factory=dict)
    chains: dict[str, dict[int, _Annotation]] = field(default_factory=dict)
    length: int = 0

    def read(self) -> None:
        sentence: list[str] = []
        for number, line in enumerate(_LINE_END.split(self.source.text), 1):
            if line.startswith(_TEXT):
                sentence.append(text_of(line[len(_TEXT) :]))
            elif line.startswith("#") and "\t" not in line:
                self._read_head(line, number)
            elif line.strip():
                unit = unit_of(line, number)
                if unit is None:
                    what = f"`{shown(line)}` is no line of WebAnno TSV"
                    fix = "write it as 1-1<TAB>0-4<TAB>This<TAB>value, or export the file again"
                    self.source.faults.error(number, "bad-line", what, fix)
                    continue
                if sentence:
                    self._add_sentence("".join(f"{part}\n" for part in sentence), unit.start)
                    sentence = []
                self._read_unit(unit)
        if sentence:
            self._add_sentence("".join(f"{part}\n" for part in sentence), self.length)
        if self.pieces:
            self.pieces[-1] = self.pieces[-1][:-1]

    def _read_head(self, line: str, number: int) -> None:
        if line.startswith(HEAD) and not line.startswith(f"{HEAD}3"):
            what = f"this is {line[len('#FORMAT=') :]}, which is too old"
            fix = "export it as WebAnno TSV v3.3 (or later)"
            self.source.faults.error(number, "bad-line", what, fix)
        if layer := layer_of(line):
            self.layers.setdefault(layer.name, layer)
            self.columns += [(layer, column) for column in layer.columns]

    def _add_sentence(self, text: str, begin: int) -> None:
        """The line end behind a sentence counts only where there is room for it."""
        if self.length == begin + 1 and self.pieces:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1
        if self.length < begin <= self.length + len(self.source.text):
            self.pieces.append(" " * (begin - self.length))
            self.length = begin
        self.pieces.append(text)
        self.length += utf16_length(text)

    def _read_unit(self, unit: Unit) -> None:
        """The cells of a word that say something; those that tell chains apart come first."""
        rows = zip(self.columns, unit.cells, strict=False)
        cells = [(*column, cell) for column, cell in rows if cell not in ("_", "")]
        here: dict[tuple[str, int], _Annotation] = {}
        for layer, column, cell in sorted(cells, key=lambda each: each[1].kind != "link"):
            for count, written in enumerate(split(cell, "|")):
                value = Value.of(written, column.kind)
                stacked = layer.name, count
                if stacked not in here:
                    here[stacked] = self._annotation(layer, unit, value)
                    self.placed.setdefault((layer.name, unit.id), here[stacked])
                self._set(here[stacked], column.name, column.kind, value)

    def _annotation(self, layer: Layer, unit: Unit, value: Value) -> _Annotation:
        """A new one, or one that began with an earlier word."""
        number = value.chain or (value.number if layer.kind == "SP" else "")
        if number in self.numbered and self.numbered[number].layer == layer:
            self.numbered[number].units.append(unit)
            return self.numbered[number]
        made = _Annotation(f"{short(layer.name)} {len(self.annotations) + 1}", layer, [unit])
        self.annotations.append(made)
        if number:
            self.numbered[number] = made
        return made

    def _set(self, of: _Annotation, name: str, kind: str, value: Value) -> None:
        if kind == "role":
            of.roles = [unescaped(role) for role in split(value.text, ";")]
        elif kind == "target":
            of.targets = [(name, target) for target in split(value.text, ";")]
        elif kind == "base":
            of.base = value.text
            source, _, target = value.number.partition("_")
            of.ends = (source or "0", target or "0")
        elif value.text != "*":
            of.features[name] = unescaped(value.text)
        if value.chain:
            chain, _, element = value.chain.removeprefix("->").partition("-")
            self.chains.setdefault(chain, {})[int(element)] = of

    def leave_grammar(self, wanted: bool) -> None:
        """Lemmas and the like are passed over, but for a file that holds nothing else."""
        spans = [each for each in self.annotations if each.layer.kind != "RL"]
        left = [each for each in spans if is_grammar(each.layer.name)]
        if left and not (wanted and len(left) == len(spans)):
            self.source.intake.marks += len(left)
            self.source.intake.remark(GRAMMAR_LEFT, len(left))
            gone = {each.id for each in left}
            self.annotations = [each for each in self.annotations if each.id not in gone]
            self.layers = {name: each for name, each in self.layers.items() if not is_grammar(name)}

    def give(self, incoming: Incoming) -> None:
        """Everything that was found, given to the document."""
        for each in self.annotations:
            if each.layer.kind != "RL":
                self._give_mark(incoming, each)
        for each in self.annotations:
            if each.layer.kind == "RL":
                self._give_relation(incoming, each)
            for role, (name, target) in zip(each.roles, each.targets, strict=False):
                value = Value.of(target, "base")
                found = self._resolved(value.text, value.number or "0", "")
                end = found.id if found else target
                label = role if role not in ("", "*") else name
                id_ = f"{each.id}.{name}.{target}"
                incoming.link(id_, label, (each.id, end), each.units[0].line)
        for number, chain in self.chains.items():
            links = [chain[element] for element in sorted(chain)]
            for count, (one, two) in enumerate(pairwise(links), 1):
                label = one.features.get("referenceRelation") or short(one.layer.name)
                line = one.units[0].line
                incoming.link(f"chain {number}.{count}", label, (one.id, two.id), line)

    def _give_mark(self, incoming: Incoming, each: _Annotation) -> None:
        features = dict(each.features)
        if each.layer.kind == "CH":
            features.pop("referenceRelation", None)
        label, name = label_of(each.layer.name, features)
        first, last = each.units[0], each.units[-1]
        for unit in each.units:
            points = incoming.ruler.point(unit.start), incoming.ruler.point(unit.end)
            found = incoming.text[points[0] : points[1]]
            if 0 <= points[0] < points[1] and squeeze(found) != squeeze(unit.word):
                what = f"“{shown(found)}” stands at {unit.start}–{unit.end}, "
                what += f"not “{shown(unit.word)}”"
                fix = "export the file again: its words are not those of its sentences"
                incoming.intake.refuse(unit.line, "quote-mismatch", what, fix)
                return
        said = said_of(features, name)
        incoming.mark(each.id, [label], [(first.start, last.end)], first.line, said=said)

    def _give_relation(self, incoming: Incoming, each: _Annotation) -> None:
        unit = each.units[0]
        if each.layer.base not in self.layers or is_grammar(each.layer.name):
            incoming.intake.links += 1
            incoming.intake.remark(WORDS_LEFT)
            return
        label, name = label_of(each.layer.name, each.features)
        source = self._resolved(each.base, each.ends[0], each.layer.base)
        target = self._resolved(unit.id, each.ends[1], each.layer.base)
        ends = (source.id if source else each.base, target.id if target else unit.id)
        said = said_of(each.features, name)
        incoming.link(each.id, label, ends, unit.line, said=said)

    def _resolved(self, unit: str, number: str, layer: str) -> _Annotation | None:
        """The annotation with a number, or the one at a word; "" stands for any layer."""
        if number != "0":
            return self.numbered.get(number)
        names = [layer] if layer else [each.name for each in self.layers.values()]
        found = (self.placed.get((name, unit)) for name in names)
        return next((each for each in found if each and each.layer.kind != "RL"), None)

"""From lines to statements, flows, classifications: names looked up, domain and range checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TypedDict

from kg.errors import Place
from kg.identifiers import classification_id, flow_id, statement_id
from kg.model import Classification, Flow, Statement
from kg.ontology import Concept, Relation
from kg.readers.faults import Fault
from kg.readers.manner import (
    OF_A_CLASSIFICATION,
    OF_A_STATEMENT,
    Manner,
    check_keys,
    gather,
    is_sound,
    look_up,
    overlay,
    qualifier_pairs,
    said,
)
from kg.readers.mentions import Ground, Marked
from kg.readers.names import Names
from kg.readers.sentences import Setting, read_movement, read_sentence
from kg.readers.sheet import Sheet
from kg.readers.tree import Mapping, Node, Scalar, Sequence
from kg.readers.words import Name

MOST_OF_A_LINE = 1_000
"""Statements or flows that one line may make; every pair of names is one."""

Said = Statement | Flow | Classification


@dataclass(frozen=True, slots=True)
class _Named:
    """What a name stands for, and the mentions that it points at."""

    concept: Concept
    mentions: tuple[str, ...]


class Judged(TypedDict):
    """What a coder says of every item."""

    coder: str
    coded: str
    confidence: str
    status: str
    note: str
    place: Place


class Told(Judged):
    """What a statement and a flow have in common."""

    modality: str
    qualifiers: tuple[tuple[str, str], ...]
    source: str
    polarity: str
    explicitness: str


def tells_apart(told: Told) -> tuple[tuple[tuple[str, str], ...], str, str, str]:
    """What goes into an identifier: two that differ in nothing else are one."""
    return told["qualifiers"], told["modality"], told["source"], told["coder"]


@dataclass(slots=True)
class SaidHere:
    """Reads what a passage says; `found` holds it by id."""

    sheet: Sheet
    marked: Marked
    ground: Ground
    found: dict[str, Said] = field(default_factory=dict)

    def read(self, node: Mapping) -> None:
        """Everything under `statements:` and `flows:`; a faulty line is an issue."""
        for key, kind in (("statements", "statement"), ("flows", "flow")):
            for item in self._items(node.get(key), key):
                try:
                    self._line(item, kind)
                except Fault as fault:
                    fault.fix += self._comment_advice(item)
                    self.sheet.faults.add(item.line, fault)

    def _items(self, node: Node | None, key: str) -> Iterable[Node]:
        if isinstance(node, Sequence):
            return node.items
        if node is not None and not (isinstance(node, Scalar) and not node.value):
            fix = "begin each line under it with a hyphen and a space"
            self.sheet.faults.error(node.line, "bad-value", f"`{key}` holds no list", fix)
        return ()

    def _comment_advice(self, item: Node) -> str:
        """YAML drops what follows a space and #; whoever wrote an id there has to be told."""
        rest = self.sheet.lines.rest(item.end).lstrip() if isinstance(item, Scalar) else ""
        return f" (to YAML, `{rest}` is a comment)" if rest.startswith("#") else ""

    def _line(self, item: Node, kind: str) -> None:
        line, given = self._taken_apart(item, kind)
        if kind == "flow":
            movement = read_movement(line)
            manner = self._manner(given, movement.tail)
            needed: Collection[str] = manner
            ends = (movement.of, movement.origins, movement.destinations, movement.means)
            _check_count(*ends)
            found: Iterator[Said] = self._flows(
                [self._resolve(names, item) for names in ends], manner, item
            )
        else:
            sentence = read_sentence(line, self.sheet.names.relations)
            relation = self.sheet.names.relation(sentence.relation)
            manner = self._manner(given, sentence.tail, analyst=relation.analyst)
            needed = OF_A_CLASSIFICATION if relation.analyst else manner
            _check_count(sentence.subjects, sentence.objects)
            subjects = self._resolve(sentence.subjects, item)
            objects = self._resolve(sentence.objects, item)
            found = self._pairs(relation, subjects, objects, manner, item)
        for said_here in found if is_sound(manner, needed) else ():
            self._keep(said_here, item)

    def _taken_apart(self, item: Node, kind: str) -> tuple[str, Manner]:
        """The line itself and the keys of its long form."""
        if isinstance(item, Scalar):
            return item.value, {}
        if not isinstance(item, Mapping):
            fix = f"write the {kind} as one line of text"
            raise Fault("bad-statement", "a list stands here", fix)
        check_keys(item.entries, (kind, *OF_A_STATEMENT, *self.sheet.names.qualifiers), f"a {kind}")
        line = item.get(kind)
        if not isinstance(line, Scalar):
            fix = f"write `{kind}: …` first, then its keys below"
            raise Fault("bad-statement", f"this {kind} has no `{kind}:` line", fix)
        keys = (*OF_A_STATEMENT, *self.sheet.names.qualifiers)
        nodes = [(key, node) for key in keys if (node := item.get(key)) is not None]
        return line.value, {key: self.sheet.setting(key, node) for key, node in nodes}

    def _manner(self, given: Manner, tail: Iterable[Setting], *, analyst: bool = False) -> Manner:
        names = self.sheet.names
        written = gather(tail, names)
        check_keys(written, (*OF_A_STATEMENT, *names.qualifiers), "a statement or flow")
        if twice := [key for key in written if key in given]:
            what = f"`{twice[0]}` stands in the braces and below them"
            raise Fault("duplicate-key", what, "keep one of the two")
        own = given | {key: look_up(key, values, names) for key, values in written.items()}
        if analyst and (stray := [key for key in own if key not in OF_A_CLASSIFICATION]):
            what = f"`{stray[0]}` is given for a relation that the analyst, not the text, fills"
            fix = f"take it away; such a line takes only {', '.join(OF_A_CLASSIFICATION)}"
            raise Fault("analyst-relation", what, fix)
        return overlay(self.ground.manner, own)

    def _resolve(self, names: Iterable[Name], item: Node) -> list[_Named]:
        """What the names stand for; all faults of a line but the last are told right here."""
        found: list[_Named] = []
        faults: list[Fault] = []
        for name in names:
            try:
                found.append(self._named(name))
            except Fault as fault:
                faults.append(fault)
        for earlier in faults[:-1]:
            self.sheet.faults.add(item.line, earlier)
        if faults:
            raise faults[-1]
        return found

    def _named(self, name: Name) -> _Named:
        marked = self.marked
        if not name.quoted and name.text in marked.ids:
            mention = marked.ids[name.text]
            return _Named(self.sheet.names.ontology.concepts[mention.concept], (mention.id,))
        if not name.quoted and name.text in marked.broken:
            what = f"#{name.text} is a mark with a fault (line {marked.broken[name.text]})"
            raise Fault("broken-mark", what, "mend the mark; this line is then read as well")
        concept = self.sheet.names.concept(name.text, () if name.quoted else marked.ids)
        return _Named(concept, marked.by_concept.get(concept.iri, ()))

    def _pairs(
        self,
        relation: Relation,
        subjects: list[_Named],
        objects: list[_Named],
        manner: Manner,
        item: Node,
    ) -> Iterator[Said]:
        for named in subjects:
            check_class(relation, named.concept, "subject", self.sheet.names)
        for named in objects:
            check_class(relation, named.concept, "object", self.sheet.names)
        make = self._classification if relation.analyst else self._statement
        for subject, object_ in product(subjects, objects):
            yield make(relation, subject, object_, manner, item)

    def _statement(
        self, relation: Relation, subject: _Named, object_: _Named, manner: Manner, item: Node
    ) -> Statement:
        triple = (subject.concept.iri, relation.iri, object_.concept.iri)
        told = self._told(manner, item)
        return Statement(
            statement_id(self.ground.passage, triple, *tells_apart(told)),
            *triple,
            subject_mentions=subject.mentions,
            object_mentions=object_.mentions,
            **told,
        )

    def _classification(
        self, relation: Relation, subject: _Named, object_: _Named, manner: Manner, item: Node
    ) -> Classification:
        triple = (subject.concept.iri, relation.iri, object_.concept.iri)
        return Classification(
            classification_id(self.ground.passage, triple, self.sheet.coder),
            *triple,
            coder=self.sheet.coder,
            coded=self.ground.coded,
            confidence=said(manner, "confidence"),
            status=said(manner, "status"),
            note=said(manner, "note"),
            place=self.sheet.faults.place(item.line),
        )

    def _flows(self, ends: list[list[_Named]], manner: Manner, item: Node) -> Iterator[Flow]:
        told = self._told(manner, item)
        sides = [[named.concept.iri for named in side] or [""] for side in ends]
        for of, origin, destination, via in product(*sides):
            four = (of, origin, destination, via)
            yield Flow(flow_id(self.ground.passage, four, *tells_apart(told)), *four, **told)

    def _told(self, manner: Manner, item: Node) -> Told:
        if "modality" not in manner:
            self.sheet.unsaid_modality.add(item.line)
        return Told(
            modality=said(manner, "modality"),
            coder=self.sheet.coder,
            coded=self.ground.coded,
            qualifiers=qualifier_pairs(manner, self.sheet.names),
            source=said(manner, "source"),
            polarity=said(manner, "polarity"),
            explicitness=said(manner, "explicitness"),
            confidence=said(manner, "confidence"),
            status=said(manner, "status"),
            note=said(manner, "note"),
            place=self.sheet.faults.place(item.line),
        )

    def _keep(self, found: Said, item: Node) -> None:
        first = self.found.setdefault(found.id, found)
        if first is not found:
            line = first.place.line if first.place else 0
            what = f"this passage says the same already in line {line}"
            fix = "delete one; they differ in nothing that makes them two"
            self.sheet.faults.error(item.line, "said-twice", what, fix)


def check_class(relation: Relation, concept: Concept, side: str, names: Names) -> None:
    """Raise the Fault of a concept that this side of a relation, subject or object, cannot be."""
    allowed = relation.domain if side == "subject" else relation.range
    if names.ontology.is_a(concept.iri, allowed):
        return
    what = f"the {side} of `{relation.key}` has to be of class {names.class_names(allowed)}"
    what += f", but `{concept.key}` is of class {names.classes_of(concept)}"
    fix = "name another concept or another relation, or mend its class in the ontology"
    raise Fault("breaks-domain" if side == "subject" else "breaks-range", what, fix)


def _check_count(*sides: Collection[Name]) -> None:
    count = prod(len(side) or 1 for side in sides)
    if count > MOST_OF_A_LINE:
        what = f"this line makes {count:,} of all its names; the limit is {MOST_OF_A_LINE:,}"
        raise Fault("too-large", what, "split it into several lines")

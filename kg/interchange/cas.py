"""A UIMA CAS as it is written in any of its forms: texts (sofas), and structures with features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.interchange.intake import Incoming
from kg.interchange.layers import (
    GRAMMAR_LEFT,
    WORDS_LEFT,
    is_grammar,
    is_structure,
    label_of,
    said_of,
    short,
)
from kg.interchange.source import Source, key_of
from kg.interchange.units import UTF16, ruler

ENDS = ("Governor", "Dependent")
"""The features that make a structure a relation; it leads from the first to the second."""
_NEXT = "next"


@dataclass(frozen=True, slots=True)
class Sofa:
    """A text; `text` is None where it is not in the file, `uri` then may say where it is."""

    id: str
    name: str
    text: str | None
    uri: str
    line: int


@dataclass(frozen=True, slots=True)
class Structure:
    """Anything with a type; `refs` are features that may lead to other structures, by ids."""

    id: str
    type: str
    sofa: str
    begin: object
    end: object
    line: int
    features: dict[str, str] = field(default_factory=dict)
    refs: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_mark(self) -> bool:
        """Whether it marks words, and is neither how the text is built nor a relation."""
        on_words = self.begin is not None and self.end is not None
        return on_words and not self.is_relation and not is_structure(self.type)

    @property
    def is_relation(self) -> bool:
        return ENDS[0] in self.refs and ENDS[1] in self.refs


@dataclass
class Cas:
    """All that stands in one file."""

    sofas: list[Sofa] = field(default_factory=list)
    structures: list[Structure] = field(default_factory=list)

    def give(self, source: Source, stem: str, *, grammar: bool = True) -> None:
        """A document for each text, with its marks and relations; grammar if there is only that."""
        self._leave_grammar(source, grammar)
        by_id = {each.id: each for each in self.structures}
        by_sofa: dict[str, list[Structure]] = {}
        for each in self.structures:
            by_sofa.setdefault(each.sofa, []).append(each)
        given = 0
        for sofa in self.sofas:
            here = by_sofa.pop(sofa.id, [])
            text = sofa.text if sofa.text is not None else _beside(source, sofa)
            if text is None:
                _refuse(source, sofa, here)
                continue
            key = stem if not given else f"{stem}-{key_of(sofa.name) or given + 1}"
            given += 1
            incoming = source.intake.document(key, text, sofa.line)
            incoming.ruler = ruler(incoming.text, UTF16)
            _give(incoming, here, by_id)
        for rest in by_sofa.values():
            _refuse(source, Sofa("", "?", None, "", rest[0].line), rest)

    def _leave_grammar(self, source: Source, wanted: bool) -> None:
        marks = [each for each in self.structures if each.is_mark]
        left = {each.id for each in marks if is_grammar(each.type)}
        if left and not (wanted and len(left) == len(marks)):
            source.intake.marks += len(left)
            source.intake.remark(GRAMMAR_LEFT, len(left))
            self.structures = [
                replace(each, begin=None) if each.id in left else each for each in self.structures
            ]


def _beside(source: Source, sofa: Sofa) -> str | None:
    found = source.texts.find(sofa.uri.rsplit("/", 1)[-1], source.path.stem)
    return found.text if found else None


def _refuse(source: Source, sofa: Sofa, here: Sequence[Structure]) -> None:
    """A text that is not there, and the marks on it."""
    source.intake.marks += (marks := sum(each.is_mark for each in here))
    source.intake.links += (links := sum(each.is_relation for each in here))
    if marks or links or sofa.id:
        what = f"the text of the view `{sofa.name}` is not in this file"
        fix = f"put it beside this file, as {key_of(source.path.stem) or 'NAME'}.txt"
        if not (marks or links):
            source.faults.warning(sofa.line, "no-text", what, fix)
        else:
            source.faults.error(sofa.line, "no-text", f"{what} ({marks:,} marks are on it)", fix)


def _give(incoming: Incoming, here: Sequence[Structure], by_id: dict[str, Structure]) -> None:
    for each in here:
        if each.is_mark:
            words = _words(each, by_id)
            label, name = label_of(each.type, words)
            said = said_of(words, name)
            offsets = [(each.begin, each.end)]
            incoming.mark(_id(each), [label], offsets, each.line, said=said)
    for each in (structure for structure in here if structure.refs):
        if each.is_relation:
            _give_relation(incoming, each, by_id)
        elif each.is_mark:
            for count, (label, target) in enumerate(_links(each, by_id), 1):
                ends = (_id(each), _id_of(target, by_id))
                incoming.link(f"{_id(each)}.{count}", label, ends, each.line)


def _words(structure: Structure, by_id: dict[str, Structure]) -> dict[str, str]:
    """The features that hold words: those that lead somewhere are relations instead."""
    if not structure.refs and "referenceRelation" not in structure.features:
        return structure.features
    refs = {name: " ".join(ids) for name, ids in structure.refs.items()
            if name not in (*ENDS, _NEXT) and not _slots(ids, by_id)}  # fmt: skip
    is_chain = _NEXT in structure.refs or "referenceRelation" in structure.features
    words = structure.features | refs
    return {k: v for k, v in words.items() if not (is_chain and k == "referenceRelation")}


def _slots(ids: Sequence[str], by_id: dict[str, Structure]) -> list[Structure]:
    """The structures that lead on to others, if ids are those of such."""
    found = [by_id[id_] for id_ in ids if id_ in by_id]
    slots = [each for each in found if each.begin is None and "target" in each.refs]
    return slots if len(slots) == len(ids) else []


def _links(structure: Structure, by_id: dict[str, Structure]) -> Iterator[tuple[str, str]]:
    """Label and target of what leads from a mark to others: slots, and the next of a chain."""
    for name, ids in structure.refs.items():
        for slot in _slots(ids, by_id):
            for target in slot.refs["target"]:
                yield slot.features.get("role", "").strip() or name, target
        if name == _NEXT:
            for target in ids:
                yield structure.features.get("referenceRelation") or short(structure.type), target


def _give_relation(incoming: Incoming, each: Structure, by_id: dict[str, Structure]) -> None:
    ends = [by_id.get("".join(each.refs[name])) for name in ENDS]
    if is_grammar(each.type) or any(end and not end.is_mark for end in ends):
        incoming.intake.links += 1
        incoming.intake.remark(WORDS_LEFT)
        return
    words = _words(each, by_id)
    label, name = label_of(each.type, words)
    one, two = ("".join(_id_of(id_, by_id) for id_ in each.refs[name]) for name in ENDS)
    incoming.link(_id(each), label, (one, two), each.line, said=said_of(words, name))


def _id(structure: Structure) -> str:
    return f"{short(structure.type)} {structure.id}"


def _id_of(id_: str, by_id: dict[str, Structure]) -> str:
    return _id(by_id[id_]) if id_ in by_id else id_

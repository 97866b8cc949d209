"""A line of JSON Lines that is a passage: its marks, and what it says, as nouns."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from kg.errors import Place
from kg.identifiers import classification_id, flow_id, mention_id, passage_id, statement_id
from kg.model import Classification, Document, Flow, Mention, Passage, Span, Statement
from kg.ontology import Concept, Relation
from kg.readers.encoding import control_characters, without_control_characters
from kg.readers.faults import Fault, Faults
from kg.readers.literals import is_moment
from kg.readers.manner import DEFAULTS, qualifier_value, single_value
from kg.readers.names import Names, nearest
from kg.readers.objects import (
    Object,
    check_keys,
    key_of,
    needed,
    number_of,
    objects_of,
    text_of,
    texts_of,
)
from kg.readers.spans import SHOWN, occurrence, place
from kg.readers.statements import Judged, Told, check_class, tells_apart
from kg.readers.unplaced import WRITTEN

ENDS = ("of", "from", "to", "via")
PIECE_KEYS = frozenset({"start", "end", "quote"})
PASSAGE_KEYS = PIECE_KEYS | {
    *("document", "coder", "coded", "note", "uncoded"),
    *("mentions", "statements", "flows", "classifications"),
}
JUDGED = frozenset({"confidence", "status", "note"})
MENTION_KEYS = PIECE_KEYS | JUDGED | {"id", "concept", "pieces"}
SAID = JUDGED | {"modality", "source", "polarity", "explicitness", "qualifiers"}
CLASSIFICATION_KEYS = JUDGED | {"subject", "relation", "object"}
STATEMENT_KEYS = CLASSIFICATION_KEYS | SAID | {"subject_mentions", "object_mentions"}
FLOW_KEYS = SAID | {*ENDS}

T = TypeVar("T", Mention, Statement, Flow, Classification)


def read_record(
    entry: Object, document: Document, names: Names, faults: Faults, line: int
) -> Passage | None:
    """The passage of a line, or None and an issue; a faulty mark or statement costs only itself."""
    try:
        coder, coded = key_of(entry, "coder"), _moment(entry)
        span = place(entry, document.text, document.body)
    except Fault as fault:
        faults.add(line, fault)
        return None
    id_ = passage_id(document.key, span.quote, occurrence(document, span))
    where = faults.place(line)
    return _Record(document, names, faults, line, id_, span, coder, coded, where).read(entry)


def _moment(entry: Object) -> str:
    coded = needed(entry, "coded")
    if is_moment(coded):
        return coded
    fix = "write it like 2026-11-22T09:00:00Z or 2026-11-22T17:00:00+08:00"
    raise Fault("bad-time", f"`coded: {coded[:SHOWN]}` is no date and time with a zone", fix)


@dataclass(slots=True)
class _Record:
    """One passage while its line is read; `ids` are the mentions that the line itself names."""

    document: Document
    names: Names
    faults: Faults
    line: int
    id: str
    span: Span
    coder: str
    coded: str
    place: Place
    ids: dict[str, Mention] = field(default_factory=dict)
    marked: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, entry: Object) -> Passage:
        self._keys(entry, PASSAGE_KEYS | {WRITTEN}, "a passage")
        if WRITTEN in entry:
            what = f"`{WRITTEN}` is what stood in a coder's file, and nothing of it is read"
            fix = f"write what it marks and says under `mentions` …, and take `{WRITTEN}` away"
            self.faults.error(self.line, "unknown-key", what, fix)
        mentions = self._all(entry, "mentions", self._mention)
        for mention in mentions:
            self.marked[mention.concept] = (*self.marked.get(mention.concept, ()), mention.id)
        passage = Passage(
            id=self.id,
            span=self.span,
            coder=self.coder,
            coded=self.coded,
            mentions=mentions,
            statements=self._all(entry, "statements", self._statement),
            flows=self._all(entry, "flows", self._flow),
            classifications=self._all(entry, "classifications", self._classification),
            note=self._words(entry, "note"),
            uncoded=self._words(entry, "uncoded"),
            place=self.place,
        )
        said = passage.statements or passage.flows or passage.classifications
        if passage.uncoded and (mentions or said):
            what = "this passage says why nothing is coded in it, and yet something is"
            fix = "take `uncoded` away, or the marks and statements"
            self.faults.warning(self.line, "uncoded-but-coded", what, fix)
        return passage

    def _all(self, entry: Object, key: str, read: Callable[[Object], T]) -> tuple[T, ...]:
        """Everything under a key; what is faulty is an issue."""
        found: dict[str, T] = {}
        for item in self._objects(entry, key):
            try:
                one = read(item)
            except Fault as fault:
                self.faults.add(self.line, fault)
                continue
            if found.setdefault(one.id, one) is not one:
                what = f"one of the {key} of this passage says the same as one before it"
                self.faults.error(self.line, "said-twice", what, "delete one of the two")
        return tuple(found.values())

    def _objects(self, entry: Object, key: str) -> list[Object]:
        try:
            return objects_of(entry, key)
        except Fault as fault:
            self.faults.add(self.line, fault)
            return []

    def _words(self, entry: Object, key: str) -> str:
        """Free text, with spaces for what no file of ours can hold."""
        if key not in entry:
            return ""
        try:
            text = text_of(entry, key)
        except Fault as fault:
            self.faults.add(self.line, fault)
            return ""
        found, _ = control_characters(text)
        if found:
            fix = "delete them; such characters come along when text is copied from a PDF"
            self.faults.warning(self.line, "control-character", f"read as spaces: {found}", fix)
        return without_control_characters(text)

    def _keys(self, entry: Object, allowed: Set[str], where: str) -> None:
        try:
            check_keys(entry, allowed, where)
        except Fault as fault:
            self.faults.add(self.line, fault)

    def _judged(self, entry: Object) -> Judged:
        return Judged(
            coder=self.coder,
            coded=self.coded,
            confidence=self._value(entry, "confidence"),
            status=self._value(entry, "status"),
            note=self._words(entry, "note"),
            place=self.place,
        )

    def _value(self, entry: Object, key: str) -> str:
        """The value of a facet or of the confidence, or its default."""
        if key not in entry:
            return DEFAULTS[key]
        value = number_of(entry, key) if key == "confidence" else text_of(entry, key)
        return single_value(key, value, self.names)

    def _told(self, entry: Object) -> Told:
        needed(entry, "modality")
        source = text_of(entry, "source")
        return Told(
            **self._judged(entry),
            modality=self._value(entry, "modality"),
            qualifiers=self._qualifiers(entry),
            source=self.names.concept(source).iri if source else "",
            polarity=self._value(entry, "polarity"),
            explicitness=self._value(entry, "explicitness"),
        )

    def _qualifiers(self, entry: Object) -> tuple[tuple[str, str], ...]:
        if "qualifiers" not in entry:
            return ()
        given = entry["qualifiers"]
        if not isinstance(given, dict):
            fix = 'write {"key": ["value"]}'
            raise Fault("bad-value", "`qualifiers` holds no object", fix)
        pairs = set()
        for key in given:
            if key not in self.names.qualifiers:
                fix = f"write {nearest(key, self.names.qualifiers)}"
                raise Fault("unknown-key", f"no qualifier has the key `{key[:SHOWN]}`", fix)
            qualifier = self.names.qualifiers[key]
            for value in texts_of(given, key):
                pairs.add((qualifier.iri, qualifier_value(qualifier, value, self.names)))
        return tuple(sorted(pairs))

    def _mention(self, entry: Object) -> Mention:
        check_keys(entry, MENTION_KEYS, "a mention")
        concept = self.names.concept(needed(entry, "concept")).iri
        spans = self._spans(entry)
        within = [(span.start - self.span.start, span.end - self.span.start) for span in spans]
        id_ = mention_id(self.id, within, concept, self.coder)
        mention = Mention(id_, spans, concept, **self._judged(entry))
        name = text_of(entry, "id")
        if name and self.ids.setdefault(name, mention) is not mention:
            fix = "give each mention an id of its own"
            raise Fault("id-twice", f"`{name[:SHOWN]}` is the id of another mention already", fix)
        return mention

    def _spans(self, entry: Object) -> tuple[Span, ...]:
        text, within = self.document.text, [(self.span.start, self.span.end)]
        if "pieces" not in entry:
            return (place(entry, text, within),)
        pieces = objects_of(entry, "pieces")
        for piece in pieces:
            check_keys(piece, PIECE_KEYS, "a piece")
        spans = sorted(place(piece, text, within) for piece in pieces)
        if not spans or any(a.end > b.start for a, b in pairwise(spans)):
            what = "the pieces of this mention overlap, or there are none"
            raise Fault("bad-offset", what, "write each stretch of words once")
        return tuple(spans)

    def _triple(self, entry: Object, *, analyst: bool) -> tuple[Concept, Relation, Concept]:
        subject, object_ = (self.names.concept(needed(entry, key)) for key in ("subject", "object"))
        relation = self.names.relation(needed(entry, "relation"))
        if relation.analyst != analyst:
            kinds = ("statements", "classifications")
            what = f"`{relation.key}` stands under {kinds[analyst]}"
            raise Fault("analyst-relation", what, f"put it under `{kinds[relation.analyst]}`")
        check_class(relation, subject, "subject", self.names)
        check_class(relation, object_, "object", self.names)
        return subject, relation, object_

    def _statement(self, entry: Object) -> Statement:
        check_keys(entry, STATEMENT_KEYS, "a statement")
        subject, relation, object_ = self._triple(entry, analyst=False)
        triple = (subject.iri, relation.iri, object_.iri)
        told = self._told(entry)
        return Statement(
            statement_id(self.id, triple, *tells_apart(told)),
            *triple,
            subject_mentions=self._pointed(entry, "subject_mentions", subject),
            object_mentions=self._pointed(entry, "object_mentions", object_),
            **told,
        )

    def _pointed(self, entry: Object, key: str, concept: Concept) -> tuple[str, ...]:
        """The mentions that a statement names; all of its concept where it names none."""
        if key not in entry:
            return self.marked.get(concept.iri, ())
        wanted = texts_of(entry, key)
        for name in wanted:
            if name not in self.ids or self.ids[name].concept != concept.iri:
                known = [id_ for id_, one in self.ids.items() if one.concept == concept.iri]
                fix = f"the ids of mentions of it: {', '.join(known) or 'none'}"
                what = f"`{name[:SHOWN]}` is no mention of {concept.key} in this passage"
                raise Fault("unknown-id", what, fix)
        return tuple(self.ids[name].id for name in wanted)

    def _flow(self, entry: Object) -> Flow:
        check_keys(entry, FLOW_KEYS, "a flow")
        needed(entry, "of")
        names = [text_of(entry, key) for key in ENDS]
        of, origin, destination, via = (self.names.concept(n).iri if n else "" for n in names)
        if not origin and not destination:
            fix = 'write "from" or "to", or both'
            raise Fault("bad-flow", "this flow says neither from where nor to where", fix)
        told = self._told(entry)
        ends = (of, origin, destination, via)
        return Flow(flow_id(self.id, ends, *tells_apart(told)), *ends, **told)

    def _classification(self, entry: Object) -> Classification:
        check_keys(entry, CLASSIFICATION_KEYS, "a classification")
        subject, relation, object_ = self._triple(entry, analyst=True)
        triple = (subject.iri, relation.iri, object_.iri)
        id_ = classification_id(self.id, triple, self.coder)
        return Classification(id_, *triple, **self._judged(entry))

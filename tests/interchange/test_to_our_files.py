"""Is what is written to `passages/` read back as exactly what the other tool held?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from kg.interchange.conversion import ENTANGLED, convert
from kg.interchange.drafts import yaml_of
from kg.interchange.labelmap import Chosen
from kg.interchange.model import Annotated, Circumstances, Link, Mark
from kg.interchange.moments import confidence
from kg.interchange.placing import WRITTEN, Ground, Tally
from kg.interchange.vocabulary import Vocabulary
from kg.interchange.whitespace import moved, plain_line_ends
from kg.model import Document
from kg.ontology import Ontology
from kg.readers import read_folder
from kg.readers.tidy import tidy
from tests.interchange.made import documents
from tests.readers.conftest import concept, term

CODERS = {"ann": "ann", "bob": "b2", "": "imported"}
CODED = "2026-05-05T05:05:05Z"


def converted(document: Annotated, river: Ontology, folder: Path) -> tuple[Ground, Document | None]:
    """Write a document's files, and read the folder back without any finding but warnings."""
    text = plain_line_ends(document.text)
    here = moved(document, text)
    assert here is not None
    vocabulary = Vocabulary(river, Chosen())
    ground = Ground(here, ((0, len(text)),), vocabulary, CODERS, CODED, Tally())
    drafts = convert(ground)
    (folder / "notes.txt").write_bytes(text.encode())
    for draft in drafts:
        written = yaml_of(draft)
        assert tidy(written) == written
        (folder / draft.name).write_bytes(written.encode())
    if not text.strip():
        return ground, None
    reading = read_folder(folder, river)
    assert [str(issue) for issue in reading.issues] == []
    return ground, reading.documents[0]


def meant(ground: Ground) -> set[tuple[object, ...]]:
    """The mentions that have to be read; of two alike, one."""
    return {
        (ground.trimmed(mark.spans), concept(mark.label[-1]), *who(mark.said))
        for mark in ground.document.marks
    }


def who(said: Circumstances) -> tuple[str, str]:
    status = said.status or "accepted"
    coder = CODERS[said.coder]
    return (coder if status == "accepted" else f"{coder}-{status}"), status


@settings(deadline=None, max_examples=150)
@given(document=documents())
def test_every_mark_and_relation_is_read_as_it_was_held(
    river: Ontology, document: Annotated
) -> None:
    with TemporaryDirectory() as path:
        ground, read = converted(document, river, Path(path))
    passages = read.passages if read else ()
    found = {
        (tuple((s.start, s.end) for s in each.spans), each.concept, each.coder, each.status)
        for passage in passages
        for each in passage.mentions
    }
    assert found == meant(ground)
    check_circumstances(ground, passages)
    check_statements(ground, passages)
    tally = ground.tally
    assert tally.marks.total() == len(document.marks)
    assert tally.links.total() == len(document.links)
    assert tally.marks[WRITTEN] == sum(len(passage.mentions) for passage in passages)
    assert tally.links[WRITTEN] == sum(len(passage.statements) for passage in passages)


def check_circumstances(ground: Ground, passages) -> None:
    """Each mention has the confidence and the note of one of its marks; times are those given."""
    given_for: dict[tuple[object, ...], set[tuple[str, str]]] = {}
    times: dict[str, set[str]] = {}
    for mark in ground.document.marks:
        key = (ground.trimmed(mark.spans), concept(mark.label[-1]), *who(mark.said))
        note = " ".join(mark.said.note.replace('"', "'").split())
        given_for.setdefault(key, set()).add((confidence(mark.said.confidence) or "1.0", note))
        times.setdefault(who(mark.said)[0], set()).add(mark.said.time)
    times_of_links = {link.said.time for link in ground.document.links}
    for passage in passages:
        assert passage.coded in times[passage.coder] | times_of_links
        for mention in passage.mentions:
            spans = tuple((span.start, span.end) for span in mention.spans)
            key = (spans, mention.concept, mention.coder, mention.status)
            assert (mention.confidence, mention.note) in given_for[key]


def check_statements(ground: Ground, passages) -> None:
    """Each statement is a relation of its coder's marks, at their very words."""
    marks = {mark.id: mark for mark in ground.document.marks}
    relations = ground.vocabulary.ontology.relations
    held = set()
    for link in ground.document.links:
        ends = [marks[link.origin], marks[link.target]]
        concepts = [concept(mark.label[-1]) for mark in ends]
        relation = relations[link.label]
        sides = zip(concepts, (relation.domain, relation.range), strict=True)
        if all(ground.vocabulary.ontology.is_a(iri, allowed) for iri, allowed in sides):
            held.add((who(ends[0].said)[0], concepts[0], term(link.label), concepts[1]))
    said = {
        (passage.coder, each.subject, each.predicate, each.object)
        for passage in passages
        for each in passage.statements
    }
    assert said == held


# ── By example ───────────────────────────────────────────────────────────────────────────────────


def shown(document: Annotated, river: Ontology, folder: Path) -> str:
    """The one file that a document makes."""
    converted(document, river, folder)
    [path] = folder.glob("*.yaml")
    return path.read_text("utf-8")


def at(text: str, words: str, label: str, id_: str = "1", **said: str) -> Mark:
    start = text.index(words)
    fields = Circumstances(coder="ann", time="2026-11-22T09:00:00Z", **said)
    return Mark(id_, ((start, start + len(words)),), (label,), fields)


TEXT = "Rain fell. The otter eats salmon in winter. The salmon swam on."


def test_a_passage_is_the_sentence_with_all_its_marks(river: Ontology, tmp_path: Path) -> None:
    marks = (
        at(TEXT, "otter", "otter", "1", confidence="0.5"),
        at(TEXT, "salmon in winter", "winter", "2", note="all of it"),
        at(TEXT, "salmon", "salmon", "3"),
    )
    links = (Link("r", "1", "3", "eats", Circumstances(note="seen")),)
    assert shown(Annotated("notes", TEXT, marks, links), river, tmp_path) == (
        "document: notes\n"
        "coder: ann\n"
        "coded: 2026-11-22T09:00:00Z\n"
        "modality: descriptive\n"
        "passages:\n"
        "- text: >-\n"
        "    The [otter]{otter #m1 confidence=0.5} eats [[salmon]{salmon #m3} in"
        ' winter]{winter note="all\n    of it"}.\n'
        "  statements:\n"
        "  - m1 eats m3 {note=seen}\n"
    )


def test_marks_that_cross_are_pieces_of_one_id(river: Ontology, tmp_path: Path) -> None:
    marks = (at(TEXT, "otter eats", "otter", "1"), at(TEXT, "eats salmon", "salmon", "2"))
    yaml = shown(Annotated("notes", TEXT, marks), river, tmp_path)
    assert "The [otter [eats]{salmon #m2}]{otter} [salmon]{#m2} in winter." in yaml


def test_a_passage_that_stands_twice_has_its_number(river: Ontology, tmp_path: Path) -> None:
    text = "The otter.\nThe otter.\nThe otter."
    mark = Mark("1", ((15, 20),), ("otter",), Circumstances(time="2026-11-22T09:00:00Z"))
    assert "\n  nth: 2\n" in shown(Annotated("notes", text, (mark,)), river, tmp_path)


def test_a_relation_between_neighbouring_sentences_joins_them(
    river: Ontology, tmp_path: Path
) -> None:
    marks = (at(TEXT, "otter", "otter", "1"), at(TEXT, "swam on", "salmon", "2"))
    yaml = shown(Annotated("notes", TEXT, marks, (Link("r", "1", "2", "eats"),)), river, tmp_path)
    assert "The [otter]{otter #m1} eats salmon in winter. The salmon [swam on]{salmon #m2}." in yaml


def test_a_relation_over_many_sentences_names_the_concept(river: Ontology, tmp_path: Path) -> None:
    text = TEXT + " Nothing happened for a while." * 50 + " Then the grey heron came."
    marks = (at(text, "otter", "otter", "1"), at(text, "grey heron", "grey heron", "2"))
    yaml = shown(Annotated("notes", text, marks, (Link("r", "1", "2", "near"),)), river, tmp_path)
    assert "- m1 near grey-heron\n" in yaml


def test_ten_thousand_labels_on_one_word_are_one_mark_each(river: Ontology, tmp_path: Path) -> None:
    marks = tuple(
        Mark(str(n), ((15, 20),), ("otter",), Circumstances(time="2026-11-22T09:00:00Z"))
        for n in range(10_000)
    )
    ground, read = converted(Annotated("notes", TEXT, marks), river, tmp_path)
    assert ground.tally.marks == Counter({"written": 1, "marked twice with one concept": 9_999})
    assert read and len(read.passages[0].mentions) == 1


def test_marks_beyond_what_a_passage_holds_are_counted(river: Ontology, tmp_path: Path) -> None:
    said = Circumstances(time="2026-11-22T09:00:00Z")
    marks = tuple(Mark(str(n), ((n, n + 1),), ("otter",), said) for n in range(10_100))
    ground, _ = converted(Annotated("notes", "x" * 10_100, marks), river, tmp_path)
    assert +ground.tally.marks == Counter({ENTANGLED: len(marks)})


def test_the_clock_is_never_asked(river: Ontology, tmp_path: Path) -> None:
    mark = Mark("1", ((15, 20),), ("otter",))
    document = Annotated("notes", TEXT, (mark,))
    assert f"coded: {CODED}\n" in shown(document, river, tmp_path)
    bare = Ground(document, ((0, len(TEXT)),), Vocabulary(river, Chosen()), CODERS, "", Tally())
    assert convert(bare) == ()
    assert bare.tally.marks == Counter({"without a time": 1})


@pytest.mark.parametrize("label", ["Grey_Heron", "GreyHeron", "héron cendré", "grey-heron"])
def test_labels_mean_the_same_however_a_tool_spells_them(river: Ontology, label: str) -> None:
    match = Vocabulary(river, Chosen()).concept((label,))
    assert match.iri == concept("grey-heron")

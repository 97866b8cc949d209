"""What does a coder's mark mean, and what is said of one that is wrong?"""

from __future__ import annotations

import pytest

from kg.identifiers import mention_id
from kg.model import Mention, Span
from tests.readers.conftest import Folder, concept

TEXT = "Salmon swim to the upper and lower river [1], where otters wait … for them."


def block(text: str) -> str:
    """A passage; its words begin in line 7."""
    return "- text: >-\n" + "".join(f"    {line}\n" for line in text.split("\n"))


def mentions(folder: Folder, text: str) -> list[tuple[str, str]]:
    """Each mention as its concept's key and its words, pieces joined by …"""
    return [shown(mention) for mention in folder.coded(block(text)).passage().mentions]


def shown(mention: Mention) -> tuple[str, str]:
    return mention.concept.split("/")[-1], " … ".join(span.quote for span in mention.spans)


@pytest.fixture
def notes(folder: Folder) -> Folder:
    return folder.text(TEXT)


def test_marked_words(notes: Folder) -> None:
    [mention] = notes.coded(block("[Salmon]{salmon} swim")).passage().mentions
    assert mention.spans == (Span(0, 6, "Salmon"),)
    assert mention == Mention(
        id=mention_id(notes.passage().id, [(0, 6)], concept("salmon"), "a1"),
        spans=mention.spans,
        concept=concept("salmon"),
        coder="a1",
        coded="2026-11-22T09:00:00Z",
    )
    assert str(mention.place) == "passages/notes.a1.yaml:7"


def test_a_mention_is_named_by_its_places_within_the_passage(notes: Folder) -> None:
    passage = notes.coded(block("the [upper]{upper-river #u} and lower [river]{#u}")).passage()
    assert passage.span.start == 15
    places = [(4, 9), (20, 25)]
    assert passage.mentions[0].id == mention_id(passage.id, places, concept("upper-river"), "a1")


def test_marks_nest(notes: Folder) -> None:
    assert mentions(
        notes, "Salmon swim to [the [upper and lower river]{estuary}]{upper-river}"
    ) == [
        ("upper-river", "the upper and lower river"),
        ("estuary", "upper and lower river"),
    ]


def test_one_stretch_can_be_several_concepts(notes: Folder) -> None:
    assert mentions(notes, "[Salmon]{salmon, otter,grey-heron}") == [
        ("grey-heron", "Salmon"),
        ("otter", "Salmon"),
        ("salmon", "Salmon"),
    ]


def test_one_mention_in_pieces_of_one_id_in_any_order(notes: Folder) -> None:
    expected = [("upper-river", "upper … river")]
    assert mentions(notes, "the [upper]{upper-river #u} and lower [river]{#u}") == expected
    assert mentions(notes, "the [upper]{#u} and lower [river]{upper-river #u}") == expected
    assert mentions(notes, "the [upper]{upper-river#u} and lower [river]{ #u }") == expected


def test_pieces_that_touch_or_overlap_join(notes: Folder) -> None:
    assert mentions(notes, "[Salmon]{salmon #s} [swim]{#s} [to [the]{#s} upper]{#s}") == [
        ("salmon", "Salmon swim to the upper")
    ]


def test_edges_are_trimmed_and_line_breaks_do_not_matter(notes: Folder) -> None:
    assert mentions(notes, "Salmon [ swim\n  to   the\n\n  upper ]{upper-river} and") == [
        ("upper-river", "swim to the upper")
    ]


def test_brackets_and_ellipses_of_the_text_itself_are_escaped(notes: Folder) -> None:
    assert mentions(notes, "lower river \\[[1]{census}\\], where otters [wait \\…]{otter}") == [
        ("census", "1"),
        ("otter", "wait …"),
    ]
    assert notes.passage().span.quote == "lower river [1], where otters wait …"


def test_a_backslash_before_anything_else_is_a_backslash(folder: Folder) -> None:
    folder.text(r"C:\rivers \ [x] \… end").coded(block(r"C:\rivers \\ \[x\] \\\… end"))
    assert folder.passage().span.quote == r"C:\rivers \ [x] \… end"


@pytest.mark.parametrize(
    "text", ["… upper and lower river …", "…upper and lower river…", "…… upper and lower river"]
)
def test_a_bare_ellipsis_at_an_edge_stands_for_words_left_out(notes: Folder, text: str) -> None:
    assert notes.coded(block(text)).passage().span.quote == "upper and lower river"


def test_an_ellipsis_inside_is_a_character_of_the_text(notes: Folder) -> None:
    assert notes.coded(block("wait … for")).passage().span.quote == "wait … for"


def test_marks_keep_their_words_when_an_edge_is_left_out(notes: Folder) -> None:
    assert mentions(notes, "… [upper]{upper-river} and lower [river …]{estuary}") == [
        ("upper-river", "upper"),
        ("estuary", "river"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "grey-heron",
        "grey heron",
        "Grey  Heron",
        "héron cendré",
        '"heron, grey"',
        "gr\u200bey-heron",
    ],
)
def test_a_concept_is_named_by_key_or_by_a_label_in_any_language(notes: Folder, name: str) -> None:
    assert mentions(notes, f"[otters]{{{name} #h}}") == [("grey-heron", "otters")]


def test_confidence_and_note_of_a_mark(notes: Folder) -> None:
    text = '[otters]{otter #o confidence=0.80 note="so, [1]\n  = it {seems}"}'
    [mention] = notes.coded(block(text)).passage().mentions
    assert (mention.confidence, mention.note) == ("0.8", "so, [1] = it {seems}")


def test_literal_and_folded_blocks_are_read_alike(notes: Folder) -> None:
    passage = notes.coded(block("[Salmon]{salmon}\nswim")).passage()
    for style in ("|", ">", "|-", ">+", "|2  # words"):
        folder = notes.coded(block("[Salmon]{salmon}\nswim").replace(">-", style))
        assert folder.passage() == passage


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Salmon\n[swim", 8, "the mark that begins at `[swim` is never closed [unclosed-mark]"),
        (
            "Salmon\nswim]{salmon}",
            8,
            "`]{salmon}` closes a mark that was never opened [unopened-mark]",
        ),
        ("Salmon]\nswim", 7, "`]` closes a mark that was never opened [unopened-mark]"),
        ("Salmon\n[swim]", 8, "the mark at `[swim]` names no concept [mark-without-concept]"),
        ("[Salmon] {salmon}", 7, "the mark at `[Salmon] {salmon}` names no concept"),
        ("Salmon []{otter}", 7, "the mark of `otter` holds no words [empty-mark]"),
        ("Salmon [ \n ]{otter}", 8, "the mark of `otter` holds no words [empty-mark]"),
        ("[Salmon]{}", 7, "no concept stands between these braces or commas [empty-item]"),
        ("[Salmon]{salmon,\n}", 7, "no concept stands between these braces or commas [empty-item]"),
        ("[Salmon]{confidence=1}", 7, "`confidence=1` names no concept [empty-item]"),
        ("[Salmon]{#s salmon}", 7, "`#s salmon` is in the wrong order [bad-item]"),
        ('[Salmon]{salmon #s "x"}', 7, '`salmon #s "x"` is in the wrong order [bad-item]'),
        (
            "[Salmon]{salmon #s #t}",
            7,
            "`salmon #s #t` holds more than one concept or id [bad-item]",
        ),
        ("[Salmon]{salmon #1}", 7, "`#1` is no id [bad-id]"),
        ("[Salmon]{salmon #a.b}", 7, "`#a.b` is no id [bad-id]"),
        ("[Salmon]{salmon status=draft}", 7, "`status` is no key of a mark [unknown-key]"),
        ("[Salmon]{salmon note=a note=b}", 7, "`note` stands twice in one mark [duplicate-key]"),
        ("[Salmon]{salmon confidence=80%}", 7, "`80%` is no confidence [bad-confidence]"),
        ('[Salmon]{salmon note="x}', 7, 'the braces at `]{salmon note="x}` are not closed'),
        ("[Salmon]{salmon = x}", 7, "`=` stands alone before ` x` [misplaced-character]"),
        ("[Salmon\nswim]{otter,\nslmon}", 9, "no concept is called `slmon` [unknown-concept]"),
        ("[Salmon]{bank}", 7, "`bank` is a label of several concepts: river-bank, sand-bank"),
        ("[Salmon]{#s}", 7, "#s is given to no concept in this passage [unknown-id]"),
        ("[Salmon]{salmon #otter}", 7, "#otter is also the key of a concept [id-is-a-name]"),
        ("[Salmon]{salmon #eats}", 7, "#eats is also a word of statements or flows [id-is-a-name]"),
        ("[Salmon]{salmon #via}", 7, "#via is also a word of statements or flows [id-is-a-name]"),
    ],
)
def test_a_faulty_mark_costs_only_itself(
    folder: Folder, text: str, line: int, message: str
) -> None:
    notes = folder.text("Salmon swim to. Salmon to.")
    issue = notes.coded(block(text + "\n[to]{winter}")).issue()
    assert issue.startswith(f"passages/notes.a1.yaml:{line}: {message}")
    assert "\n  fix: " in issue
    passages = notes.read().documents[0].passages
    if "braces at" not in message:
        assert ("winter", "to") in [shown(mention) for mention in passages[0].mentions]


def test_the_fix_of_an_unknown_concept_names_the_nearest(notes: Folder) -> None:
    assert (
        notes.coded(block("[Salmon]{slmon}"))
        .issue()
        .endswith("\n  fix: write salmon, or add it to the ontology as a concept")
    )
    assert (
        notes.coded(block("[Salmon]{otter，salmon}"))
        .issue()
        .endswith('; separate names by an ASCII comma, and write { } = # " in ASCII too')
    )


def test_an_id_given_twice_names_both_lines(notes: Folder) -> None:
    issue = notes.coded(block("[Salmon]{salmon #s}\n[swim]{salmon #s}")).issue()
    assert issue == (
        "passages/notes.a1.yaml:8: #s is the id of another mark already (line 7) [id-twice]\n"
        "  fix: write {#s} alone for another piece of that mark, or choose another id"
    )


def test_the_same_mention_twice_names_both_lines_and_the_first_is_kept(notes: Folder) -> None:
    notes.coded(
        block("[Salmon]{salmon\nconfidence=0.5,\nsalmon #s}") + "  statements:\n  - s near s\n"
    )
    issue = notes.issue()
    assert issue.startswith(
        "passages/notes.a1.yaml:9: `salmon` is marked twice on the same words (first in line 7)"
    )
    [passage] = notes.read().documents[0].passages
    [mention] = passage.mentions
    assert mention.confidence == "0.5"
    assert passage.statements[0].subject_mentions == (mention.id,)


def test_braces_that_never_end_cost_the_passage(notes: Folder) -> None:
    notes.coded(block("Salmon\n[swim]{salmon\nto the [upper]{upper-river}") + block("otters"))
    assert notes.issue().startswith(
        "passages/notes.a1.yaml:8: the braces at `]{salmon` are not closed"
    )
    assert [passage.span.quote for passage in notes.read().documents[0].passages] == ["otters"]

"""What does a line under `statements:` or `flows:` say, and what is said of one that is wrong?"""

from __future__ import annotations

import pytest

from kg.identifiers import classification_id, flow_id, statement_id
from kg.model import Classification, Flow, Statement
from tests.readers.conftest import HEAD, Folder, concept, term

WHEN = "2026-11-22T09:00:00Z"
TEXT = "Otters eat salmon; the otter and the heron live in the upper river."
PASSAGE = """\
- text: >-
    [Otters]{otter #o} eat [salmon]{salmon #s}; the [otter]{otter} and
    the [heron]{grey-heron #h} live in the [upper river]{upper-river #u}.
"""
"""Three lines: what is said of it stands from line 10 on."""


@pytest.fixture
def notes(folder: Folder) -> Folder:
    return folder.text(TEXT)


def saying(folder: Folder, *lines: str, head: str = HEAD) -> Folder:
    return folder.coded(PASSAGE + "  statements:\n" + "".join(f"  {x}\n" for x in lines), head)


def flowing(folder: Folder, *lines: str) -> Folder:
    return folder.coded(PASSAGE + "  flows:\n" + "".join(f"  {line}\n" for line in lines))


def triples(folder: Folder) -> list[str]:
    return [" ".join(map(local, (s.subject, s.predicate, s.object))) for s in said(folder)]


def said(folder: Folder) -> tuple[Statement, ...]:
    return folder.passage().statements


def moved(folder: Folder) -> list[tuple[str, ...]]:
    flows = folder.passage().flows
    return [tuple(map(local, (f.of, f.origin, f.destination, f.via))) for f in flows]


def local(iri: str) -> str:
    return iri.replace("#", "/").split("/")[-1]


def test_a_statement_with_everything(notes: Folder) -> None:
    tail = (
        'negative implied during=winter since=1998 confidence=.50 source=census note="Once; maybe"'
    )
    passage = saying(notes, f"- o eats s {{planned draft {tail}}}").passage()
    otter, salmon = passage.mentions[0], passage.mentions[1]
    triple = (concept("otter"), term("eats"), concept("salmon"))
    qualifiers = ((term("inSeason"), concept("winter")), (term("sinceYear"), "1998"))
    source = concept("census")
    [statement] = passage.statements
    assert statement == Statement(
        id=statement_id(passage.id, triple, qualifiers, "planned", source, "a1"),
        subject=triple[0],
        predicate=triple[1],
        object=triple[2],
        modality="planned",
        coder="a1",
        coded=WHEN,
        qualifiers=qualifiers,
        source=source,
        polarity="negative",
        explicitness="implied",
        confidence="0.5",
        status="draft",
        subject_mentions=(otter.id,),
        object_mentions=(salmon.id,),
        note="Once; maybe",
    )
    assert str(statement.place) == "passages/notes.a1.yaml:10"


def test_what_nobody_says_has_its_default(notes: Folder) -> None:
    [statement] = said(saying(notes, "- o eats s"))
    assert (statement.polarity, statement.explicitness) == ("positive", "explicit")
    assert (statement.confidence, statement.status, statement.source) == ("1.0", "accepted", "")


def test_several_names_on_a_side_make_every_pair(notes: Folder) -> None:
    assert triples(saying(notes, "- o, grey-heron eats salmon , otter")) == [
        "otter eats salmon",
        "otter eats otter",
        "grey-heron eats salmon",
        "grey-heron eats otter",
    ]


def test_an_id_points_at_one_mention_and_a_concept_at_all_of_them(notes: Folder) -> None:
    [by_id] = said(saying(notes, "- o livesIn u"))
    [by_name] = said(saying(notes, "- otter livesIn u"))
    mentions = notes.passage().mentions
    otters = tuple(m.id for m in mentions if m.concept == concept("otter"))
    assert len(otters) == 2
    assert (by_id.subject_mentions, by_name.subject_mentions) == (otters[:1], otters)
    assert by_id.id == by_name.id


def test_a_concept_that_is_not_marked_points_at_no_mention(notes: Folder) -> None:
    [statement] = said(saying(notes, "- o livesIn estuary"))
    assert statement.object_mentions == ()


@pytest.mark.parametrize(
    "line",
    [
        '"grey heron" livesIn "Upper River"',
        '"heron, grey" livesIn 上游',
        '"héron cendré" livesIn "upper-river"',
        "'\"grey heron\" livesIn u'",
        '"h\u200beron, grey" livesIn u',
        '"grey heron"  livesIn  u # and nowhere else',
    ],
)
def test_labels_are_quoted_where_they_hold_a_space_or_comma(notes: Folder, line: str) -> None:
    assert triples(saying(notes, f"- {line}")) == ["grey-heron livesIn upper-river"]


def test_a_quoted_name_is_neither_an_id_nor_a_relation(notes: Folder) -> None:
    assert "no concept is called `o`" in saying(notes, '- "o" livesIn u').issue()
    assert "no concept is called `eats`" in saying(notes, '- o near "eats"').issue()


def test_the_long_form(notes: Folder) -> None:
    short = "- o eats s, h {implied during=winter during=flood-season since=1998 note=x}"
    long = [
        "- statement: o eats s, h {implied}",
        "  during: [winter, flood season]",
        "  since:",
        "  - 1998",
        "  note: x",
    ]
    expected = saying(notes, short).passage().statements
    assert saying(notes, *long).passage().statements == expected
    assert [local(value) for _, value in expected[0].qualifiers] == [
        "flood-season",
        "winter",
        "1998",
    ]


def test_names_of_a_key_may_stand_on_one_line(notes: Folder) -> None:
    line = ["- statement: o eats s", '  during: winter, "flood season"']
    [statement] = said(saying(notes, *line))
    assert [local(value) for _, value in statement.qualifiers] == ["flood-season", "winter"]
    line[1] = '  during: "season, cold", flood season'
    assert said(saying(notes, *line)) == (statement,)


def test_a_flow_with_everything(notes: Folder) -> None:
    passage = flowing(
        notes, "- salmon from u to estuary via o {exploratory during=winter}"
    ).passage()
    four = (concept("salmon"), concept("upper-river"), concept("estuary"), concept("otter"))
    qualifiers = ((term("inSeason"), concept("winter")),)
    assert passage.flows == (
        Flow(
            flow_id(passage.id, four, qualifiers, "exploratory", "", "a1"),
            *four,
            modality="exploratory",
            coder="a1",
            coded=WHEN,
            qualifiers=qualifiers,
        ),
    )
    assert str(passage.flows[0].place) == "passages/notes.a1.yaml:10"


def test_several_names_in_a_flow_make_every_combination(notes: Folder) -> None:
    assert moved(flowing(notes, "- salmon, otter from u to estuary, sand-bank via h")) == [
        ("salmon", "upper-river", "estuary", "grey-heron"),
        ("salmon", "upper-river", "sand-bank", "grey-heron"),
        ("otter", "upper-river", "estuary", "grey-heron"),
        ("otter", "upper-river", "sand-bank", "grey-heron"),
    ]


def test_a_flow_needs_only_one_of_its_ends(notes: Folder) -> None:
    assert moved(flowing(notes, "- salmon from u")) == [("salmon", "upper-river", "", "")]
    assert moved(flowing(notes, "- flow: salmon to u", "  note: x")) == [
        ("salmon", "", "upper-river", "")
    ]


def test_an_analysts_reading_has_neither_modality_nor_source(notes: Folder) -> None:
    head = HEAD.replace("passages:", "source: census\nduring: winter\nconfidence: 0.4\npassages:")
    passage = saying(notes, "- o inGuild predators, divers {draft note=x}", head=head).passage()
    triple = (concept("otter"), term("inGuild"), concept("predators"))
    assert passage.statements == ()
    assert passage.classifications[0] == Classification(
        classification_id(passage.id, triple, "a1"),
        *triple,
        coder="a1",
        coded=WHEN,
        confidence="0.4",
        status="draft",
        note="x",
    )
    assert local(passage.classifications[1].object) == "divers"


@pytest.mark.parametrize("tail", ["planned", "source=census", "during=winter", "negative"])
def test_an_analysts_reading_may_not_be_given_any(notes: Folder, tail: str) -> None:
    issue = saying(notes, f"- o inGuild divers {{{tail}}}").issue()
    assert (
        "is given for a relation that the analyst, not the text, fills [analyst-relation]" in issue
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("o eets s", "no relation is called `eets` [unknown-relation]\n  fix: write eats"),
        ("o, s eets s, h", "no relation is called `eets` [unknown-relation]\n  fix: write eats"),
        ("o eats s near h", "this statement holds the relations `eats` and `near` [two-relations]"),
        ("o, s", "no word of this statement is a relation [no-relation]\n  fix: write: subject"),
        ("o", "no word of this statement is a relation [no-relation]"),
        ("the otter will eets s", "`eets` is nearest to eats"),
        ('""', "no word of this statement is a relation [no-relation]"),
        ("eats s", "a name is missing before `eats` [missing-name]"),
        ("o eats", "a name is missing after `eats` [missing-name]"),
        ("o eats s,", "a name is missing after `eats` [missing-name]"),
        ("o,, s eats s", "a name is missing before `eats` [missing-name]"),
        ("upper river near o", "`upper` and `river` stand side by side with no comma [two-names]"),
        ("x eats s", "no concept is called `x` [unknown-concept]"),
        ("oter eats s", "no concept is called `oter` [unknown-concept]\n  fix: write otter"),
        ("o eats 鲑鱼，水獭", "no concept is called `鲑鱼，水獭` [unknown-concept]"),
        ("o near bank", "`bank` is a label of several concepts: river-bank, sand-bank [ambiguous"),
        ("winter eats s", "the subject of `eats` has to be of class animal (Animal), but `winter`"),
        ("o eats u", "of class animal (Animal) or fish (Fish), but `upper-river` is of class"),
        ("o eats #s", "a name is missing after `eats` [missing-name]"),
        ("s,#o near h", "`#o` stands in a statement [id-with-hash]\n  fix: write `o` without #"),
        (
            "o during=winter eats s",
            "`during=winter` stands among the names [bad-statement]\n  fix: p",
        ),
        (
            "o eats s {requierd}",
            "`requierd` says nothing by itself [unknown-facet]\n  fix: write req",
        ),
        (
            "o eats s {draft rejected}",
            "`status` is given several values: draft, rejected [several-v",
        ),
        ("o eats s {confidence=2}", "`2` is no confidence [bad-confidence]"),
        ("o eats s {confidence=high}", "`high` is no confidence [bad-confidence]"),
        ("o eats s {in=winter}", "`in` is no key of a statement or flow [unknown-key]"),
        (
            "o eats s {during=otter}",
            "`during` takes concepts of class season (Season), but `otter`",
        ),
        ("o eats s {during=wintr}", "no concept is called `wintr` [unknown-concept]"),
        ("o eats s {since=long}", "`long`, given for since, is no gYear [bad-literal]"),
        ("o eats s {source=censsus}", "no concept is called `censsus` [unknown-concept]"),
        ("o eats s {draft", "the braces of this line are not closed at its end [unclosed-braces]"),
        (
            "o eats s {draft} {planned}",
            "the braces of this line are not closed at its end [unclosed",
        ),
        (
            "o eats s {draft} x",
            "the braces of this line are not closed at its end [unclosed-braces]",
        ),
        ("o eats s }", "a } stands before any { [unclosed-braces]"),
        ("o eats s {#x}", "`x` means nothing between these braces [bad-statement]"),
        ('o eats s {note="x}', 'the quotation mark at `="x}` is never closed [unclosed-quote]'),
        ("o eats s {note= x}", "`=` stands alone before ` x}` [misplaced-character]"),
        ("{a: b}", "`a` is no key of a statement [unknown-key]"),
        ("[o, eats, s]", "a list stands here [bad-statement]"),
        ("note: x", "this statement has no `statement:` line [bad-statement]"),
        ('o eats s {note="x: y"}', 'YAML reads `o eats s {note="x` as a key, because a colon and'),
    ],
)
def test_a_faulty_statement_costs_only_itself(notes: Folder, line: str, message: str) -> None:
    issue = saying(notes, f"- {line}", "- o near s").issue()
    assert issue.startswith("passages/notes.a1.yaml:10: ")
    assert message in issue
    assert "\n  fix: " in issue
    [passage] = notes.read().documents[0].passages
    assert [local(statement.predicate) for statement in passage.statements] == ["near"]


def test_an_id_that_yaml_took_for_a_comment_is_pointed_out(notes: Folder) -> None:
    assert saying(notes, "- o eats #s").issue().endswith("(to YAML, `#s` is a comment)")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("salmon", "this flow says neither `from` nor `to` [bad-flow]\n  fix: write: what moves"),
        ("salmon via o", "this flow says neither `from` nor `to` [bad-flow]"),
        ("salmon from u from estuary", "`from` stands twice in this flow [bad-flow]"),
        ("from u to estuary", "a name is missing before `from` [missing-name]"),
        ("salmon from u to", "a name is missing after `to` [missing-name]"),
        ("salmon from upper river", "`upper` and `river` stand side by side with no comma"),
        ("salmon from nowhere", "no concept is called `nowhere` [unknown-concept]"),
        ("statement: o eats s", "`statement` is no key of a flow [unknown-key]"),
    ],
)
def test_a_faulty_flow_costs_only_itself(notes: Folder, line: str, message: str) -> None:
    issue = flowing(notes, f"- {line}", "- salmon from u").issue()
    assert issue.startswith(f"passages/notes.a1.yaml:10: {message}")
    assert "\n  fix: " in issue
    assert len(notes.read().documents[0].passages[0].flows) == 1


def test_every_unknown_name_of_a_line_is_told(notes: Folder) -> None:
    issues = saying(notes, "- x1, o, x2 eats s").issues()
    assert [issue.split("`")[1] for issue in issues] == ["x1", "x2"]


def test_a_statement_that_names_a_faulty_mark_says_which(notes: Folder) -> None:
    notes.coded(PASSAGE.replace("salmon #s", "slmon #s") + "  statements:\n  - o eats s\n")
    assert notes.issues()[1] == (
        "passages/notes.a1.yaml:10: #s is a mark with a fault (line 7) [broken-mark]\n"
        "  fix: mend the mark; this line is then read as well"
    )


@pytest.mark.parametrize(
    "second", ["o eats s", "otter eats salmon {confidence=0.5}", 'o eats s {note="again" draft}']
)
def test_what_is_said_twice_is_told_and_kept_once(notes: Folder, second: str) -> None:
    saying(notes, "- o eats s", f"- {second}")
    assert notes.issue() == (
        "passages/notes.a1.yaml:11: this passage says the same already in line 10 [said-twice]\n"
        "  fix: delete one; they differ in nothing that makes them two"
    )
    [statement] = notes.read().documents[0].passages[0].statements
    assert statement.confidence == "1.0"


@pytest.mark.parametrize("second", ["o eats s {planned}", "o eats s {during=winter}"])
def test_another_modality_or_qualifier_makes_another_statement(notes: Folder, second: str) -> None:
    assert len(said(saying(notes, "- o eats s", f"- {second}"))) == 2

"""Are the words of a passage put right without touching its marks?"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.anchoring import squeeze
from kg.readers.faults import Faults
from kg.readers.markup import Markup, read_markup
from kg.reanchoring.alignment import Alignment
from kg.reanchoring.folding import Folded, fold
from kg.reanchoring.rewording import MarkLost, reworded

RAW = """\
    The [county towns]{county-town #t} serve
      the [villages [nearby]{near}]{village} and
    more"""


def markup_of(raw: str) -> Markup:
    markup = read_markup(raw, lambda _: 0, Faults(""))
    assert markup
    return markup


def new(raw: str, words: str) -> list[str]:
    """The lines of a block that says these words."""
    return reworded(raw, markup_of(raw), words).split("\n")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("County towns serve the villages nearby and more",
         ["    [County towns]{county-town #t} serve",
          "      the [villages [nearby]{near}]{village} and", "    more"]),
        ("The county-level towns will serve the village nearby and still more.",
         ["    The [county-level towns]{county-town #t} will serve",
          "      the [village [nearby]{near}]{village} and still", "    more."]),
        ("The county towns, at last, serve the villages [sic] nearby and more …",
         ["    The [county towns]{county-town #t}, at last, serve",
          "      the [villages \\[sic\\] [nearby]{near}]{village} and", "    more \\…"]),
        ("The county towns serve villages nearby and more",
         ["    The [county towns]{county-town #t} serve",
          "      [villages [nearby]{near}]{village} and", "    more"]),
        ("The county towns the villages nearby and more",
         ["    The [county towns]{county-town #t}",
          "      the [villages [nearby]{near}]{village} and", "    more"]),
    ],
)  # fmt: skip
def test_only_the_words_that_changed_are_written(words: str, lines: list[str]) -> None:
    assert new(RAW, words) == lines


def test_chinese_is_put_right_character_by_character() -> None:
    assert new(
        "    县城[土地]{land}改革", "县城的[土地]的改革".replace("[", "").replace("]", "")
    ) == ["    县城的[土地]{land}的改革"]


def test_letters_that_are_stored_otherwise_stay_in_their_mark() -> None:
    assert new("    [caf\u00e9s]{x} here", "cafe\u0301s here") == ["    [cafe\u0301s]{x} here"]


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("The county towns serve and more", "nearby"),
        ("The farmers serve the villages nearby and more", "countytowns"),
    ],
)
def test_a_mark_without_its_words_is_told(words: str, lost: str) -> None:
    with pytest.raises(MarkLost, match=lost):
        new(RAW, words)


PIECES = ["town", "towns", "The", "a", "县", "城", "é", "e\u0301", "…", "[", "."]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12)


@settings(deadline=None, max_examples=150)
@given(WORDS, WORDS, st.integers(0, 11), st.integers(1, 5))
def test_law_a_reworded_block_says_the_words_or_a_mark_is_lost(
    old: list[str], words: list[str], first: int, length: int
) -> None:
    escaped = ["\\" + word if word in "[…" else word for word in old]
    if marked := escaped[first : first + length]:
        escaped[first : first + length] = [f"[{' '.join(marked)}]{{x}}"]
    raw = "    " + " ".join(escaped)
    try:
        again = markup_of(reworded(raw, markup_of(raw), " ".join(words)))
    except MarkLost:
        assert marked
    else:
        assert again.quote == squeeze(" ".join(words))
        assert len(again.marks) == bool(marked)


TEXTS = st.text(alphabet="ab,. \n县", max_size=60)


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS, TEXTS)
def test_law_an_alignment_holds_the_same_characters_in_order(a: str, b: str, c: str) -> None:
    old, now = a + b, a + c + b
    runs = Alignment.of(old, now).runs
    for run in runs:
        assert old[run.old : run.old + run.length] == now[run.new : run.new + run.length]
    for one, other in pairwise(runs):
        assert one.old + one.length <= other.old
        assert one.new + one.length <= other.new


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ae\u0301\u00e9\u0323\u1ec7 가県🐟", max_size=30), st.data())
def test_law_places_in_a_folded_text_lead_back(text: str, data: st.DataObject) -> None:
    folded = Folded.of(text)
    assert fold(folded.text) == fold(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = folded.forth(start), folded.forth(end)
    back = folded.back(*there)
    assert back[0] <= start
    assert fold(text[back[0] : back[1]]) == fold(folded.text[slice(*there)]) or back != (start, end)

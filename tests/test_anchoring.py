"""Where does a quote stand in a text, when white space and invisible characters do not count?"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.anchoring import Anchors, squeeze
from kg.grams import Grams
from kg.identifiers import passage_id
from kg.model import Span

PIECES = st.sampled_from(
    [
        "a",
        "b",
        "県",
        "城",
        "é",
        "é",
        "🐟",
        "👨\u200d👩\u200d👧",
        ".",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u3000",
        "\u200b",
        "\xad",
        "\ufeff",
        "\u2028",
        "\x00",
        "\x0c",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def spans(text: str, quote: str, *body: tuple[int, int]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in Anchors.of(text, body).find(quote)]


def test_line_breaks_and_spaces_of_quote_and_text_may_differ() -> None:
    text = "Otters live\r\nin the\t upper\n river."
    assert spans(text, "live in the upper river") == [(7, 33)]
    assert text[7:33] == "live\r\nin the\t upper\n river"


def test_a_folded_chinese_quote_is_found_where_the_text_has_no_space() -> None:
    assert spans("水獭生活在河流上游。", "水獭 生活在 河流\n上游") == [(0, 9)]


def test_zero_width_characters_count_neither_in_the_text_nor_in_the_quote() -> None:
    assert spans("sal\u200bmon \ufeffrun", "salmon r\u00adun") == [(0, 12)]


def test_a_span_begins_and_ends_with_characters_that_count() -> None:
    assert spans("  \u200bsalmon\u200b  ", " salmon ") == [(3, 9)]


def test_offsets_are_code_points() -> None:
    assert spans("🐟🐟 salmon", "salmon") == [(3, 9)]


def test_combining_marks_count_and_are_not_normalised() -> None:
    assert spans("he\u0301ron", "héron") == []
    assert spans("he\u0301ron", "he\u0301ron") == [(0, 6)]


def test_every_place_is_found_overlapping_ones_too() -> None:
    assert spans("哈哈哈", "哈哈") == [(0, 2), (1, 3)]


def test_nothing_is_found_for_an_empty_quote() -> None:
    assert spans("salmon", " \n") == []


def test_a_quote_has_to_lie_within_one_stretch_of_the_body() -> None:
    text = "Title. Date. Salmon swim. Footer."
    assert spans(text, "Title", (0, 6), (13, 25)) == [(0, 5)]
    assert spans(text, "Date", (0, 6), (13, 25)) == []
    assert spans(text, "Title. Salmon", (0, 6), (13, 25)) == []
    assert [span.quote for span in Anchors.of(text, [(0, 6)]).whole.find("Date")] == ["Date"]


def test_stretches_that_touch_stay_apart() -> None:
    assert spans("salmon", "salmon", (0, 3), (3, 6)) == []
    assert spans("salmon", "mon", (0, 3), (3, 6)) == [(3, 6)]


def test_occurrences_are_counted_by_the_very_same_characters_within_the_body() -> None:
    anchors = Anchors.of("a b. a  b. a b. a b.", ((4, 20),))
    first, second, third = anchors.find("a b")
    assert (first.quote, second.quote, third.quote) == ("a  b", "a b", "a b")
    assert [anchors.occurrence(span) for span in (first, second, third)] == [1, 1, 2]


def test_the_nearest_place_of_a_quote_that_is_not_there() -> None:
    anchors = Anchors.of("Herons wait.\nThe otters live in the upper river.")
    near = anchors.nearest("The oters live in")
    assert near is not None
    assert near.span.quote.startswith("The otters live")
    assert near.score > 90
    assert anchors.line_column(near.span.start) == (2, 1)


def test_nothing_is_near_in_an_empty_text() -> None:
    assert Anchors.of(" \n").nearest("salmon") is None
    assert Anchors.of("salmon").nearest(" ") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_and_column_as_an_editor_counts_them(end: str) -> None:
    text = f"one{end}two{end}{end}four"
    anchors = Anchors.of(text)
    assert anchors.line_column(text.index("two") + 1) == (2, 2)
    assert anchors.line_column(text.index("four")) == (4, 1)
    assert anchors.line_column(len(text)) == (4, 5)


def test_context_is_clipped_to_the_body_and_to_32_characters() -> None:
    text = "x" * 50 + "SECRET" + "y" * 10 + "salmon" + "z" * 50
    anchors = Anchors.of(text, ((56, len(text)),))
    assert anchors.around(Span(66, 72, "salmon")) == ("y" * 10, "z" * 32)


def by_brute_force(text: str, quote: str) -> list[tuple[int, int]]:
    """What finding means, said slowly: slices that begin and end with a counted character."""
    wanted = squeeze(quote)
    counts = [bool(squeeze(char)) for char in text]
    return [
        (start, end)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        if counts[start] and counts[end - 1] and squeeze(text[start:end]) == wanted
    ]


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_law_exactly_the_slices_that_squeeze_alike_are_found(text: str, quote: str) -> None:
    assert spans(text, quote) == by_brute_force(text, quote)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_law_every_slice_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for found in Anchors.of(text).find(text[start:end]):
        assert text[found.start : found.end] == found.quote
    if squeeze(text[start:end]):
        inside = [
            span for span in spans(text, text[start:end]) if start <= span[0] <= span[1] <= end
        ]
        assert len(inside) == 1


@settings(deadline=None)
@given(TEXTS)
def test_law_passages_of_one_document_never_share_an_id(text: str) -> None:
    anchors = Anchors.of(text)
    found = {
        span: passage_id("doc", span.quote, anchors.occurrence(span))
        for quote in {text[i : i + 3] for i in range(len(text))}
        for span in anchors.find(quote)
    }
    assert len(set(found.values())) == len(found)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 60))
def test_law_line_and_column_lead_back_to_the_offset(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = Anchors.of(text).line_column(offset)
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    assert starts[line - 1] + column - 1 == offset


def test_of_a_long_quote_the_place_of_its_first_fault_is_shown() -> None:
    words = [f"word{number}" for number in range(2000)]
    text = " ".join(words)
    words[1500] = "wrong"
    near = Anchors.of(text).nearest(" ".join(words))
    assert near is not None
    assert "word1500" in near.span.quote
    assert len(near.quote) == 400


def test_in_a_long_text_the_words_before_the_fault_show_the_place() -> None:
    text = " ".join(f"word{number}" for number in range(120_000))
    near = Anchors.of(text).nearest("word30000 word30001 wrd30002 word30003")
    assert near is not None
    assert near.span.quote == "word30000 word30001 word30002 word30003"


@settings(deadline=None)
@given(TEXTS, TEXTS, st.integers(0, 20))
def test_law_the_nearest_place_is_a_slice_of_the_body(text: str, quote: str, cut: int) -> None:
    cut = min(cut, len(text))
    anchors = Anchors.of(text, [part for part in ((0, cut), (cut, len(text))) if part[0] < part[1]])
    near = anchors.nearest(quote)
    if near:
        assert text[near.span.start : near.span.end] == near.span.quote
        assert any(a <= near.span.start < near.span.end <= b for a, b in anchors.body)


def test_in_a_long_text_many_quotes_are_found_where_each_of_them_stands() -> None:
    sentences = [f"Sentence {n % 900} of the {n % 7} towns\r\n倡导 {n % 5}. " for n in range(2_000)]
    text = "".join(sentences)
    anchors = Anchors.of(text)
    for number, sentence in enumerate(sentences[:300]):
        places = [match.start() for match in re.finditer(re.escape(sentence.strip()), text)]
        assert [span.start for span in anchors.find(sentence + sentences[number + 1])] == [
            at for at in places if text.startswith(sentence + sentences[number + 1], at)
        ]
    assert not [*anchors.find("Sentence 1 of the 1 towns is not in this text at all")]


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet="ab县🐟", max_size=200), st.integers(0, 200), st.integers(1, 50))
def test_law_hashed_places_are_those_of_a_search(text: str, start: int, length: int) -> None:
    text = text + text[start:] * 2
    words = text[start : start + length]
    places = [at for at in range(len(text)) if text.startswith(words, at)]
    grams = Grams.of(text)
    if len(words) >= grams.size:
        assert list(grams.starts(words)) == places
    assert not grams.is_single(start, start + length) or len(places) == 1


def test_what_stands_once_in_a_long_text_is_known_without_a_search() -> None:
    sentences = [f"Sentence {number:04} grows.\n" for number in range(5_000)]
    grams, length = Grams.of("".join(sentences)), len(sentences[0])
    assert all(grams.is_single(number * length, (number + 1) * length) for number in range(5_000))
    assert not grams.is_single(0, 9)
    assert not grams.is_single(0, 5), "too short for its hash: whoever asks has to search"

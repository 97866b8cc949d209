"""Does everything in the graph lead back to its words, its document, its coder and its time?"""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.namespaces import DCTERMS, OA, PKG, PROV, RDF
from kg.pipeline import Filled
from tests.conftest import fill_folder


def values(store: ox.Store, subject: ox.NamedNode, predicate: str) -> list[ox.NamedNode]:
    return [q.object for q in store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]


def graph_triples(filled: Filled, graph: str) -> set[ox.Triple]:
    return {q.triple for q in filled.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))}


def quoted_slices(filled: Filled) -> list[tuple[str, str]]:
    """(quote, text[start:end]) of every selector pair in the graph."""
    store = filled.store
    texts = {f"doc-{document.key}": document.text for document in filled.documents}
    pairs = []
    for quad in store.quads_for_pattern(None, ox.NamedNode(OA.hasSource), None):
        text = texts[quad.object.value.rpartition("/")[2]]
        position, quote = (ox.NamedNode(f"{quad.subject.value}{end}") for end in ("-pos", "-quote"))
        start, end = (int(values(store, position, at)[0].value) for at in (OA.start, OA.end))
        pairs.append((values(store, quote, OA.exact)[0].value, text[start:end]))
    return pairs


def test_every_quote_of_the_two_texts_is_the_slice_at_its_offsets(filled: Filled) -> None:
    pairs = quoted_slices(filled)
    spans = [m.spans for d in filled.documents for p in d.passages for m in p.mentions]
    passages = {p.id for d in filled.documents for p in d.passages}
    assert len(pairs) == sum(map(len, spans)) + len(passages) > 0
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_the_words_and_their_surroundings_stay_inside_the_body(filled: Filled) -> None:
    for document in filled.documents:
        for passage in document.passages:
            span = passage.span
            assert any(s <= span.start and span.end <= e for s, e in document.body)
    text = "\n".join(
        quad.object.value for quad in filled.store if isinstance(quad.object, ox.Literal)
    )
    assert "Return to list" not in text
    assert "lwxsd@" not in text


def test_offsets_hold_behind_chinese_an_emoji_a_combining_mark_and_crlf(starter: Path) -> None:
    text = "县城 👩‍🌾 cafe\u0301\r\n\r\nKitchens should buy from growers nearby.\r\n"
    (starter / "passages" / "canteens.txt").write_bytes(text.encode())
    (starter / "passages" / "canteens.me.yaml").write_text(
        "document: canteens\ncoder: me\ncoded: 2026-01-20T10:00:00Z\npassages:\n"
        "- text: >-\n    [Kitchens should buy from\n    [growers]{farmers}]{local-purchasing}"
        "\n    nearby.\n"
        "  statements:\n  - local-purchasing reaches farmers {proposed}\n",
        encoding="utf-8",
    )
    filled = fill_folder(starter)
    mentions = filled.documents[0].passages[0].mentions
    assert sorted((m.spans[0].quote, m.spans[0].start) for m in mentions) == [
        ("Kitchens should buy from growers", text.index("Kitchens")),
        ("growers", text.index("growers")),
    ]
    assert all(quote == found for quote, found in quoted_slices(filled))
    assert unicodedata.normalize("NFC", text) != text


def test_every_direct_triple_has_a_statement_a_passage_a_quote_a_coder_and_a_time(
    filled: Filled,
) -> None:
    store = filled.store
    backed = set()
    for kind in (PKG.Statement, PKG.Classification):
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(kind)):
            said = quad.subject
            if not values(store, said, PKG.status)[0].value.endswith("status-accepted"):
                continue
            if [v.value[-8:] for v in values(store, said, PKG.polarity)] == ["negative"]:
                continue
            passage = values(store, said, PKG.inPassage)[0]
            quote = ox.NamedNode(f"{passage.value}-quote")
            assert values(store, quote, OA.exact)[0].value
            assert values(store, passage, OA.hasSource)[0].value.startswith(filled.graphs.data)
            coder = values(store, said, PROV.wasAttributedTo)[0]
            assert values(store, coder, DCTERMS.identifier)
            assert values(store, said, PROV.generatedAtTime)[0].value.endswith("Z")
            triple = (values(store, said, p)[0] for p in (RDF.subject, RDF.predicate, RDF.object))
            backed.add(ox.Triple(*triple))
    direct = graph_triples(filled, filled.graphs.direct)
    assert direct
    assert direct <= backed
    assert backed - direct <= graph_triples(filled, filled.graphs.ontology)


def test_every_triple_stands_in_exactly_one_graph(filled: Filled) -> None:
    often = [triple for triple, n in Counter(q.triple for q in filled.store).items() if n > 1]
    assert often == []


def test_no_node_is_blank(filled: Filled) -> None:
    terms = {term for quad in filled.store for term in (quad.subject, quad.object)}
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


SECOND = """document: notice
coder: me
coded: 2026-01-21T10:00:00Z
passages:
- text: >-
    [Buy local]{local-purchasing #m1} to help [growers]{farmers}.
  statements:
  - m1 reaches farmers {proposed}
"""


def reaches(folder: Path, graph: str, relation: str) -> set[tuple[str, str]]:
    filled = fill_folder(folder)
    return {
        (t.subject.value.rpartition("/")[2], t.object.value.rpartition("/")[2])
        for t in graph_triples(filled, f"{filled.graphs.base}graph/{graph}")
        if t.predicate.value.endswith(f"#{relation}")
    }


def without_claim(path: Path, line: str) -> None:
    text = path.read_text("utf-8")
    assert line in text
    path.write_text(text.replace(line, ""), encoding="utf-8")


def test_a_triple_leaves_with_its_last_statement_and_takes_along_what_followed(
    starter: Path,
) -> None:
    passages = starter / "passages"
    (passages / "notice.txt").write_text("Buy local to help growers.\n", encoding="utf-8")
    (passages / "notice.me.yaml").write_text(SECOND, encoding="utf-8")
    claim = ("local-purchasing", "farmers")

    assert claim in reaches(starter, "direct", "reaches")
    without_claim(passages / "notice.me.yaml", "  - m1 reaches farmers {proposed}\n")
    assert claim in reaches(starter, "direct", "reaches")
    assert claim[::-1] in reaches(starter, "inferred", "reachedBy")
    without_claim(passages / "canteens.me.yaml", "  - local-purchasing reaches farmers\n")
    assert claim not in reaches(starter, "direct", "reaches")
    assert claim[::-1] not in reaches(starter, "inferred", "reachedBy")


@pytest.mark.parametrize("manner", ["rejected", "draft", "suggested", "negative"])
def test_what_is_denied_or_not_accepted_is_kept_and_makes_no_triple(
    starter: Path, manner: str
) -> None:
    path = starter / "passages" / "canteens.me.yaml"
    text = path.read_text("utf-8")
    line = "- local-purchasing reaches farmers\n"
    path.write_text(text.replace(line, line[:-1] + f" {{{manner}}}\n"), encoding="utf-8")
    assert ("local-purchasing", "farmers") not in reaches(starter, "direct", "reaches")
    statements = [s for p in fill_folder(starter).documents[0].passages for s in p.statements]
    assert manner in {s.status for s in statements} | {s.polarity for s in statements}


def test_a_sentence_more_at_the_top_renames_nothing_below(starter: Path) -> None:
    before = fill_folder(starter).documents[0].passages
    path = starter / "passages" / "canteens.txt"
    path.write_text(
        "A new first sentence. 新的一句。\n" + path.read_text("utf-8"), encoding="utf-8"
    )
    after = fill_folder(starter).documents[0].passages

    def ids(passages: tuple) -> list[str]:
        groups = ("mentions", "statements", "flows", "classifications")
        inside = [item.id for p in passages for group in groups for item in getattr(p, group)]
        return [p.id for p in passages] + inside

    assert ids(after) == ids(before)
    assert after[0].span.start > before[0].span.start

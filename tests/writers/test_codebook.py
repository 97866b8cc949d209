"""Can a coder work from the codebook alone, in any browser, whatever the labels hold?"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from kg.pipeline import build_project
from kg.project import read_project
from kg.writers import FILES
from kg.writers.codebook.book import Codebook, Counts, Entry
from kg.writers.codebook.examples import Marked, examples
from kg.writers.codebook.gather import codebook
from kg.writers.dataset import Dataset
from tests.fisheries import BASE, dataset, fisheries

FOREIGN = Path(__file__).parent.parent / "foreign"
ATTACK = "</style><script>document.title='x'</script><img src=x onerror=alert(1)>"


def book(more: str = "") -> Codebook:
    return codebook(dataset(fisheries(more)))


def entry(found: Codebook, key: str) -> Entry:
    (only,) = (e for section in found.sections for e in section.entries if e.key == key)
    return only


def page(more: str = "") -> lxml_html.HtmlElement:
    text = FILES["codebook.html"](dataset(fisheries(more))).decode()
    return lxml_html.document_fromstring(text)


def markdown(more: str = "") -> str:
    return FILES["codebook.md"](dataset(fisheries(more))).decode()


def words(node: lxml_html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


# ── What stands in it ────────────────────────────────────────────────────────────────────────────


def test_each_class_is_a_section_and_each_concept_stands_in_one() -> None:
    found = {s.label: [e.key for e in s.entries] for s in book().sections}
    assert found == {
        "area": ["coast", "harbour", "north-coast"],
        "instrument": ["regulation"],
        "measure": ["trawl-ban"],
        "stock": ["hake", "sardine"],
        "timed closure": ["close-season"],
        "": ["law-2009", "unclassed"],
    }


def test_an_entry_has_everything_a_coder_needs() -> None:
    found = entry(
        book(
            'c:close-season skos:notation "M2" ; skos:altLabel "defeso"@en , "veda"@pt-BR ;\n'
            '  skos:scopeNote "Not for lasting bans."@en ; skos:broader c:regulation ;\n'
            "  pkg:notToBeConfusedWith c:trawl-ban ."
        ),
        "close-season",
    )
    assert (found.label, found.notation, found.depth) == ("close season", "M2", 0)
    assert found.labels == (("en", "close season"), ("pt-BR", "período de defeso"))
    assert found.alternatives == (("en", "defeso"), ("pt-BR", "veda"))
    assert found.definitions == (
        ("en", "Months in which a stock may not be fished."),
        ("pt-BR", "Meses em que a pesca é proibida."),
    )
    assert found.scopes == (("en", "Not for lasting bans."),)
    assert [(link.label, link.anchor) for link in found.broader] == [("regulation", "c-regulation")]
    assert [link.anchor for link in found.confusions] == ["c-trawl-ban"]


def test_a_confusion_is_told_on_both_sides() -> None:
    found = book("c:close-season pkg:notToBeConfusedWith c:trawl-ban .")
    assert [link.label for link in entry(found, "trawl-ban").confusions] == ["close season"]


def test_what_is_accepted_is_counted() -> None:
    found = book()
    assert entry(found, "close-season").counts == Counts(
        passages=2, mentions=1, statements=6, classifications=1
    )
    assert entry(found, "law-2009").counts == Counts(attributed=1)
    assert entry(found, "regulation").counts == Counts(classifications=1)


def test_an_example_is_the_quote_with_its_marked_words_and_their_place() -> None:
    (found,) = entry(book(), "close-season").examples
    assert found.pieces == (("O ", False), ("defeso", True), (' protege a sardinha, "sim"', False))
    assert (found.document, found.start, found.end, found.coder) == ("plano", 2, 8, "Ana")


def marked(document: str, start: int, words: str) -> Marked:
    """The first word of a passage that begins at `start`."""
    return Marked(document, ((start, start + words.index(" ")),), "Ana", start, words)


def test_examples_are_three_and_unlike_each_other() -> None:
    waiting = [
        marked("a", 0, "cod is landed"),
        marked("a", 50, "Cod again"),
        marked("a", 90, "codfish at last"),
        marked("b", 0, "cod elsewhere"),
    ]
    found = [(e.document, e.start) for e in examples(waiting)]
    assert found == [("a", 0), ("a", 90), ("b", 0)]


def test_a_long_passage_is_cut_between_words_around_the_marked_ones() -> None:
    words = "left " * 60 + "cod" + " right" * 60
    (found,) = examples([Marked("a", ((1300, 1303),), "Ana", 1000, words)])
    before, (cod, _), after = found.pieces
    assert cod == "cod"
    assert before == ("… " + "left " * 25, False)
    assert after == (" right" * 21 + " …", False)


def test_pieces_of_one_mention_are_marked_one_by_one() -> None:
    (found,) = examples([Marked("a", ((0, 5), (16, 21)), "Ana", 0, "urban and rural areas grow")])
    assert found.pieces == (
        ("", False), ("urban", True), (" and rural ", False), ("areas", True), (" grow", False),
    )  # fmt: skip


def test_relations_say_between_what_and_how_often() -> None:
    more = (
        "f:protects rdfs:domain f:Measure ; rdfs:range f:Stock ; rdfs:comment 'Keeps alive.'@en ."
    )
    (found,) = (r for r in book(more).relations if r.key == "protects")
    assert ([d.label for d in found.domain], [r.label for r in found.range]) == (
        ["measure"],
        ["stock"],
    )
    assert (found.definitions, found.inverse) == ((("en", "Keeps alive."),), "is protected by")
    assert (found.uses, found.claims, found.passages) == (6, 3, 3)
    assert [r.key for r in book().relations if r.analyst] == ["hasInstrument"]


def test_qualifiers_stand_under_the_key_that_coders_write() -> None:
    assert {q.key: q.uses for q in book().qualifiers} == {"in": 1, "during": 1}


# ── Hierarchies ──────────────────────────────────────────────────────────────────────────────────


def outline_of(more: str, label: str) -> list[tuple[str, int]]:
    (section,) = (s for s in book(more).sections if s.label == label)
    return [(e.key, e.depth) for e in section.entries]


def test_narrower_concepts_stand_below_broader_ones() -> None:
    more = "c:coast skos:narrower c:north-coast . c:harbour skos:broader c:north-coast ."
    assert outline_of(more, "area") == [("coast", 0), ("north-coast", 1), ("harbour", 2)]


def test_a_circle_is_cut_and_nobody_is_lost() -> None:
    more = "c:coast skos:broader c:harbour , c:coast . c:harbour skos:broader c:coast ."
    assert outline_of(more, "area") == [("north-coast", 0), ("coast", 0), ("harbour", 1)]


def test_a_concept_with_two_broader_ones_has_one_entry() -> None:
    more = "c:harbour skos:broader c:coast , c:north-coast ."
    assert outline_of(more, "area") == [("coast", 0), ("harbour", 1), ("north-coast", 0)]
    assert [link.label for link in entry(book(more), "harbour").broader] == ["coast", "north coast"]


def test_a_very_deep_hierarchy_is_no_trouble() -> None:
    steps = "".join(f"c:n{n} a skos:Concept ; skos:broader c:n{n + 1} .\n" for n in range(3000))
    found = outline_of(f"{steps} c:n3000 a skos:Concept .", "")
    assert found[3] == ("n2998", 2)
    assert ("n0", 3000) in found
    assert "n2999" in markdown(f"{steps} c:n3000 a skos:Concept .")


def test_concepts_without_a_class_are_put_together_by_scheme() -> None:
    more = 'c:unclassed skos:inScheme c:gear . c:gear skos:prefLabel "gear"@en .'
    assert outline_of(more, "gear") == [("unclassed", 0)]


# ── As a page ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    found = page()
    assert found.xpath("//script | //img | //link | //iframe | //@style | //@onclick") == []
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert [href for href in found.xpath("//@href") if not href.startswith("#")] == []


def test_every_link_leads_somewhere_and_no_name_is_given_twice() -> None:
    found = page(
        "c:close-season pkg:notToBeConfusedWith c:trawl-ban , <https://elsewhere.example/x> ."
    )
    names = found.xpath("//@id")
    assert len(set(names)) == len(names)
    assert {href.removeprefix("#") for href in found.xpath("//@href")} <= set(names)
    text = markdown()
    links = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert "c-close-season" in links
    assert links <= set(re.findall(r'<a id="([^"]*)">', text))


HOSTILE = f"""
c:sardine skos:altLabel "{ATTACK}"@en ; skos:definition "{ATTACK}"@en ; skos:notation "{ATTACK}" .
c:bad a skos:Concept , f:Bad ; skos:prefLabel "{ATTACK}"@en ;
    skos:scopeNote "a\\n\\n# b\\n- c | d"@en .
f:Bad a owl:Class ; rdfs:subClassOf skos:Concept ; rdfs:label "{ATTACK}"@en ;
    pkg:colour "red;}}</style><script>" .
f:protects rdfs:comment "[x](javascript:alert(1)) ![y](http://z) `c` <b>"@en .
<https://fisheries.example/kg/concept/x"onmouseover=alert(1)> a skos:Concept .
"""


def hostile() -> str:
    return HOSTILE.replace('x"onmouseover', "x'onmouseover")


def test_markup_in_any_label_is_text_on_the_page() -> None:
    found = page(hostile())
    assert found.xpath("//script | //img | //b | //@onmouseover | //@onerror") == []
    (heading,) = found.xpath("//article[@id='c-bad']/h3")
    assert words(heading) == ATTACK
    assert set(found.xpath("//circle/@fill")) <= {"#8b8a84", "#0d3b66", "#1f77b4", "#2ca02c"}


def test_markup_in_any_label_is_text_in_markdown() -> None:
    made = MarkdownIt("commonmark").render(markdown(hostile()))
    found = lxml_html.fromstring(made)
    assert found.xpath("//script | //img | //b | //code | //@onmouseover") == []
    assert [href for href in found.xpath("//@href") if not href.startswith("#")] == []
    (heading,) = (h for h in found.xpath("//h3") if words(h) == ATTACK)
    assert heading.tag == "h3"
    assert "a # b - c | d" in words(found)


def test_control_characters_are_left_out() -> None:
    for name in ("codebook.md", "codebook.html"):
        assert "\x0b" not in FILES[name](dataset()).decode()


def test_the_interface_speaks_the_first_language_where_it_can() -> None:
    chinese = Dataset(fisheries(), BASE, ("zh-Hans", "en"))
    text = FILES["codebook.html"](chinese).decode()
    assert '<html lang="zh-Hans">' in text
    assert "编码手册" in text


def test_a_project_that_shares_nothing_with_ours_has_a_codebook(tmp_path: Path) -> None:
    folder = tmp_path / "wald"
    shutil.copytree(FOREIGN, folder)
    built = build_project(read_project(folder)).filled
    made = codebook(Dataset(built.store, built.project.base, built.project.languages))
    assert made.title == "Wald im Klimawandel"
    assert {s.label: [e.label for e in s.entries] for s in made.sections} == {
        "Baumart": ["Fichte", "Kiefer", "Rotbuche"],
        "Gefahr": ["Dürre"],
        "Schädling": ["Borkenkäfer"],
    }
    assert {q.key: (q.uses, [r.label for r in q.range]) for q in made.qualifiers} == {
        "neben": (1, ["Baumart"]),
        "seit": (1, ["gYear"]),
    }


@pytest.mark.parametrize("name", ["codebook.md", "codebook.html"])
def test_an_empty_dataset_has_an_empty_codebook(name: str) -> None:
    import pyoxigraph as ox

    assert FILES[name](Dataset(ox.Store(), BASE, ("en",)))

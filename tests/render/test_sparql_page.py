"""Does the SPARQL page answer as `kg query` does, in the browser alone, whatever it holds?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Page, expect

from kg.errors import KgError
from kg.graph import Graph
from kg.guard import refuse_unsafe
from kg.pipeline import Built
from kg.questions import Question
from kg.render.sparql import sparql_page
from kg.results import Rows, to_csv
from kg.rq import bind
from kg.writers.dataset import Dataset
from tests import test_query
from tests.render.conftest import PHONE, Open
from tests.render.garden import BASE, Garden

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)

CONCEPTS = "SELECT ?concept ?label { ?concept skos:prefLabel ?label } ORDER BY ?label"


@pytest.fixture(scope="module")
def garden() -> str:
    return Garden().sparql_page()


@pytest.fixture(scope="module")
def two_texts_page(built: Built) -> str:
    return (built.filled.project.output / "sparql.html").read_text("utf-8")


def opened(open_page: Open, html: str, query: str, **options: Any) -> Page:
    """The page with a query in its address, answered or refused."""
    page = open_page(html, f"#query={quote(query)}", **options)
    answered(page)
    return page


def answered(page: Page) -> None:
    page.wait_for_function(
        "() => !document.body.classList.contains('running')"
        " && (window.page.shown.answer || !document.getElementById('fault').hidden)"
    )


def rows(page: Page) -> list[list[str]]:
    """What the table shows."""
    return page.locator("#rows tbody tr").evaluate_all(
        "all => all.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )


# ── The same answers as kg query ────────────────────────────────────────────────────────────────

ASK_ALL = """async (queries) => {
  const { asked, readAnswer, textOf, ntriples } = window.page;
  const found = [];
  for (const query of queries) {
    const { columns, rows } = readAnswer(await asked(query));
    found.push({
      columns,
      terms: rows.map((row) => columns.map((column) => ntriples(row[column]))),
      texts: rows.map((row) => columns.map((column) => textOf(row[column]))),
    });
  }
  return found;
}"""


def askings(graph: Graph) -> Iterator[tuple[Question, dict[str, str]]]:
    """Every named question as it stands, and with its examples."""
    documents = [
        row[0] for row in graph.query("SELECT ?key { ?d a pkg:Document ; dcterms:identifier ?key }")
    ]
    needed = {"one": documents[0], "other": documents[1], "concept": "land", "text": "land"}
    for question in graph.questions.values():
        given = {p.name: needed[p.name] for p in question.parameters if p.required}
        yield question, given
        examples = {p.name: p.example for p in question.parameters if p.example}
        for name, example in examples.items():
            yield question, given | {name: example}


def test_every_named_question_answers_as_kg_query_does(
    open_page: Open, two_texts_page: str, graph: Graph
) -> None:
    page = open_page(two_texts_page)
    all_askings = list(askings(graph))
    assert {question.name for question, _ in all_askings} == set(graph.questions)
    found = page.evaluate(ASK_ALL, [graph.bind(*asking) for asking in all_askings])
    for (question, given), seen in zip(all_askings, found, strict=True):
        wanted = graph.ask(question.name, **given)
        assert isinstance(wanted, Rows)
        assert tuple(seen["columns"]) == wanted.variables, question.name
        spoken = {*wanted.variables, *(parameter.name for parameter in question.parameters)}
        for tongue, names in question.names.items():
            assert names.keys() <= spoken, (question.name, tongue)
            assert tongue == "en" or names.keys() == spoken, (
                "in English the others speak themselves"
            )
        terms = [["" if t is None else str(t) for t in row] for row in wanted.terms]
        assert [[folded(t) for t in row] for row in seen["terms"]] == terms, (question.name, given)
        assert seen["texts"] == [list(row) for row in wanted], (question.name, given)


def folded(term: str) -> str:
    """Language tags as Oxigraph has them."""
    return re.sub(r'"@[\w-]+$', lambda tag: tag[0].lower(), term)


def test_parameters_are_bound_as_python_binds_them(
    open_page: Open, two_texts_page: str, graph: Graph
) -> None:
    cases = []
    for question in graph.questions.values():
        names = [parameter.name for parameter in question.parameters]
        for given in ([], names, *([name] for name in names)):
            terms = {name: f"<https://example.org/{name}?a=$&$1>" for name in given}
            cases.append((question.sparql, terms))
    page = open_page(two_texts_page)
    bound = page.evaluate(
        "all => all.map(([sparql, given]) => window.page.bind(sparql, given))", cases
    )
    assert bound == [bind(*case) for case in cases]


def test_a_question_and_its_parameters_are_chosen_by_label(
    open_page: Open, two_texts_page: str, graph: Graph
) -> None:
    page = open_page(two_texts_page, "#language=zh-Hans")
    page.fill("#seek", "调动某种要素")
    page.locator("#question-list button").first.click()
    answered(page)
    page.fill("#given-factor", "土地")
    page.keyboard.press("Enter")
    answered(page)
    wanted = graph.ask("measures-mobilising", factor="land")
    assert len(rows(page)) == len(wanted)
    assert "土地" in {cell for row in rows(page) for cell in row}
    assert page.url.endswith("language=zh-Hans&question=measures-mobilising&with-factor=land")
    names = page.locator("#given label, #rows th").all_inner_texts()
    assert names == [
        "要素",
        "此种及其下位",
        "措施",
        "要素",
        "层级",
        "语气",
        "引文数",
        "原文",
        "文献",
    ]
    page.click("[data-language=en]")
    assert page.locator("#given label, #rows th").all_inner_texts()[:3] == [
        "factor",
        "any kind of",
        "measure",
    ]
    assert rows(page) == [list(row) for row in wanted]
    page.reload()
    answered(page)
    expect(page.locator("#given-factor")).to_have_value("land")
    assert rows(page) == [list(row) for row in wanted]


def test_a_question_waits_for_what_it_needs(open_page: Open, two_texts_page: str) -> None:
    page = open_page(two_texts_page, "#question=neighbours")
    expect(page.locator("#given-concept")).to_be_focused()
    expect(page.locator("#answer")).to_be_hidden()
    page.keyboard.type("county tow")
    page.keyboard.press("Enter")
    answered(page)
    assert {"county town"} <= {cell for row in rows(page) for cell in row}


def test_the_same_is_refused_as_by_kg_query(open_page: Open, garden: str) -> None:
    texts = [
        text
        for test in (
            test_query.test_no_query_asks_another_server,
            test_query.test_the_word_alone_is_no_crime,
            test_query.test_no_query_changes_the_graph,
        )
        for text in test.pytestmark[0].args[1]
    ]
    page = open_page(garden)
    refused = page.evaluate("all => all.map((text) => window.page.refusal(text) !== null)", texts)
    assert refused == [is_refused(text) for text in texts]


def is_refused(query: str) -> bool:
    try:
        refuse_unsafe(query)
    except KgError:
        return True
    return False


# ── What one writes oneself ─────────────────────────────────────────────────────────────────────


def test_prefixes_need_no_declaration_and_labels_stand_for_iris(
    open_page: Open, garden: str
) -> None:
    page = opened(open_page, garden, CONCEPTS)
    assert ["ladybird", "瓢虫zh-Hans"] in rows(page)
    cell = page.locator("#rows td", has_text=re.compile("^ladybird$")).first
    assert cell.get_attribute("title") == f"<{BASE}concept/ladybird>"


def test_a_concept_leads_to_the_graph_and_so_do_all_together(open_page: Open, garden: str) -> None:
    query = "SELECT ?a ?b { VALUES (?a ?b) { (c:rose c:aphid) (c:rose t:eats) } }"
    page = opened(open_page, garden, query)
    links = page.locator("#rows a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert links == [
        "graph.html#concept=rose",
        "graph.html#concept=aphid",
        "graph.html#concept=rose",
    ]
    together = page.locator("#highlight")
    expect(together).to_have_text("Show its 2 concepts in the graph")
    assert together.get_attribute("href") == "graph.html#concepts=rose,aphid"


def test_without_a_graph_page_nothing_leads_there(open_page: Open) -> None:
    page = opened(open_page, Garden().sparql_page(graph=""), CONCEPTS)
    assert page.locator("a[href]").count() == 0


def test_yes_or_no(open_page: Open, garden: str) -> None:
    page = opened(open_page, garden, "ASK { c:ladybird t:eats c:aphid }")
    expect(page.locator("#verdict")).to_have_text("Yes")
    page = opened(open_page, garden, "ASK { c:aphid t:eats c:ladybird }")
    expect(page.locator("#verdict")).to_have_text("No")


@pytest.mark.parametrize(
    "query", ["DESCRIBE c:ladybird", "CONSTRUCT WHERE { ?s ?p ?o }"], ids=["describe", "construct"]
)
def test_triples_are_a_table_and_turtle(open_page: Open, garden: str, query: str) -> None:
    page = opened(open_page, garden, query)
    made = set(ox.parse(downloaded(page, "ttl"), format=ox.RdfFormat.TURTLE))
    declared = f"PREFIX c: <{BASE}concept/> {query}"
    wanted = Garden().store().query(declared, use_default_graph_as_union=True)
    assert {quad.triple for quad in made} == set(wanted)  # type: ignore[arg-type]
    assert len(rows(page)) == len(made)


def downloaded(page: Page, form: str) -> bytes:
    with page.expect_download() as download:
        page.click(f"[data-format={form}]")
    return download.value.path().read_bytes()


def test_rows_are_downloaded_as_kg_query_writes_them(
    open_page: Open, two_texts_page: str, graph: Graph
) -> None:
    query = (
        "SELECT ?a ?l ?n { { ?a a skos:Concept ; skos:prefLabel ?l BIND (STRLEN(?l) AS ?n) }"
        " UNION { VALUES (?l ?n) { ('=1+1, \"x\"' UNDEF) ('a\\tb\\nc' 1.5) } } } ORDER BY ?l ?n"
    )
    page = opened(open_page, two_texts_page, query)
    wanted = graph.query(query)
    assert isinstance(wanted, Rows)
    assert downloaded(page, "csv").decode() == to_csv(wanted)
    for form, parsed in (("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)):
        made = ox.parse_query_results(downloaded(page, form), format=parsed)
        assert [tuple(row[name] for name in wanted.variables) for row in made] == list(wanted.terms)


def test_language_tags_are_as_the_project_writes_them(open_page: Open, garden: str) -> None:
    page = opened(
        open_page, garden, 'SELECT ?l { c:ladybird skos:prefLabel ?l FILTER (LANG(?l) != "en") }'
    )
    assert b'"xml:lang": "zh-Hans"' in downloaded(page, "json")
    assert page.locator("#rows td bdi").get_attribute("lang") == "zh-Hans"


def test_a_slip_is_marked_where_it_stands(open_page: Open, garden: str) -> None:
    page = opened(open_page, garden, "SELECT * WHERE {\n  ?s ?p\n  # 🌹\n}")
    expect(page.locator("#fault")).to_contain_text("line 4, column 1.")
    expect(page.locator(".fault-word")).to_have_text("}")
    page.click("[data-language=zh-Hans]")
    page.click("#run")
    expect(page.locator("#fault")).to_contain_text("第 4 行第 1 列")
    page = opened(open_page, garden, "SELECT * WHERE { ?s ?p }")
    expect(page.locator("#fault")).to_contain_text("line 1, column 25.")


def test_a_prefix_that_is_not_declared_is_named(open_page: Open, garden: str) -> None:
    page = opened(open_page, garden, "SELECT * {\n  ?s 'a:b' foo:bar }")
    expect(page.locator("#fault")).to_contain_text("The prefix “foo:” is not declared.")
    expect(page.locator(".fault-word")).to_have_text("foo:bar")


def test_a_query_may_declare_a_prefix_anew(open_page: Open, garden: str) -> None:
    page = opened(open_page, garden, "PREFIX c: <http://a.b/> SELECT ?x { BIND (c:d AS ?x) }")
    assert page.locator("#rows a").get_attribute("href") == "http://a.b/d"


def test_another_server_is_refused_in_a_sentence(open_page: Open, garden: str) -> None:
    page = opened(
        open_page, garden, "SELECT * { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }"
    )
    expect(page.locator("#fault")).to_contain_text("queries here never use the network")
    page = opened(open_page, garden, "INSERT DATA { c:a c:b c:c }")
    expect(page.locator("#fault")).to_contain_text("the graph is read-only")


def test_no_named_question_is_underlined(
    open_page: Open, two_texts_page: str, graph: Graph
) -> None:
    page = open_page(two_texts_page)
    wrong = page.evaluate(
        """(names) => names.filter((name) => {
          document.querySelector(`[data-question="${name}"]`).click();
          const { mirror } = window.page.editor;
          const last = mirror.lastLine();
          return !mirror.getTokenAt({ line: last, ch: mirror.getLine(last).length }).state.OK;
        })""",
        list(graph.questions),
    )
    assert wrong == []


def type_query(page: Page, text: str) -> None:
    page.click("#editor .CodeMirror-line")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def query_text(page: Page) -> str:
    return page.evaluate("window.page.editor.mirror.getValue()")


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("SELECT * { ?x t:ea", "SELECT * { ?x t:eats"),
        ("SELECT * { ?x protec", "SELECT * { ?x t:protects"),
        ("SELECT * { ?x a anim", "SELECT * { ?x a t:Animal"),
        ("SELECT * { ?x t:eats 瓢", "SELECT * { ?x t:eats c:ladybird"),
        ("SELECT * { ?someone t:eats ?so", "SELECT * { ?someone t:eats ?someone"),
    ],
)
def test_names_are_completed_by_label(open_page: Open, garden: str, typed: str, taken: str) -> None:
    page = open_page(garden)
    type_query(page, typed)
    page.locator(".CodeMirror-hint-active").wait_for()
    page.keyboard.press("Enter")
    assert query_text(page) == taken


def test_a_query_is_run_by_the_keyboard_and_kept(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    answered(page)
    type_query(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#verdict")).to_have_text("Yes")
    expect(page.locator("#edited")).to_be_visible()
    page.click("#new-query")
    type_query(page, "SELECT (1 AS ?one) {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#rows td")).to_have_text("1")
    page.evaluate("location.hash = ''")
    page.reload()
    expect(page.locator("#rows td")).to_have_text("1")
    page.locator(".tab .name").first.click()
    assert query_text(page) == "ASK {}"
    page.click("#reset")
    assert "SELECT" in query_text(page)
    page.locator(".tab .shut").last.click()
    expect(page.locator("#tabs")).to_be_hidden()


def test_back_brings_the_last_question_back(open_page: Open, garden: str) -> None:
    page = open_page(garden)
    first = page.locator("#question").inner_text()
    page.click("[data-question=relations]")
    answered(page)
    assert page.locator("#question").inner_text() != first
    page.go_back()
    expect(page.locator("#question")).to_have_text(first)
    expect(page.locator("#tabs")).to_be_hidden()


def test_many_rows_are_shown_when_asked_for_and_sorted(
    open_page: Open, two_texts_page: str
) -> None:
    page = opened(open_page, two_texts_page, "SELECT ?n { ?n ?p ?o } LIMIT 1234")
    assert len(rows(page)) == 1000
    page.click("#show-rows")
    assert len(rows(page)) == 1234
    numbers = "SELECT ?n { VALUES ?n { 10 9 100 } }"
    page = opened(open_page, two_texts_page, numbers)
    page.click("#rows th button")
    assert rows(page) == [["100"], ["10"], ["9"]]
    page.click("#rows th button")
    assert rows(page) == [["9"], ["10"], ["100"]]
    expect(page.locator("#rows th")).to_have_attribute("aria-sort", "ascending")


# ── The graph page, there and back ──────────────────────────────────────────────────────────────


def labelled(page: Page) -> set[str]:
    return set(
        page.evaluate(
            "window.page.labels.boxes.filter(({ index }) => index !== undefined)"
            ".map(({ index }) => window.page.concepts[index].key)"
        )
    )


def test_what_an_answer_names_stands_out_in_the_graph(open_page: Open) -> None:
    page = open_page(Garden().page(), "#concepts=rose,aphid,nothing")
    note = page.locator("#highlight")
    expect(note).to_contain_text("2 concepts of an answer stand out.")
    page.wait_for_function("() => window.page.labels.boxes.length > 0")
    assert labelled(page) == {"rose", "aphid"}
    page.click("[data-language=zh-Hans]")
    expect(note).to_contain_text("已突出显示查询结果中的 2 个概念。")
    note.locator("button").click()
    page.wait_for_function("() => window.page.labels.boxes.length > 3")
    expect(note).to_be_empty()
    assert "concepts=" not in page.url


def test_the_graph_page_leads_here_in_its_language(open_page: Open) -> None:
    page = open_page(Garden().page(sparql="sparql.html"), "#language=zh-Hans")
    expect(page.locator("#to-sparql")).to_have_attribute("href", "sparql.html#language=zh-Hans")
    assert open_page(Garden().page()).locator("#to-sparql").count() == 0


def test_what_the_graph_page_shows_is_asked_here(
    open_page: Open, two_texts_page: str, built: Built
) -> None:
    html = (built.filled.project.output / "graph.html").read_text("utf-8")
    graph = open_page(html, "#concept=land")
    address = graph.locator("[data-tool=ask]").get_attribute("href") or ""
    assert address.startswith("sparql.html#language=en&query=")
    page = open_page(two_texts_page, address.removeprefix("sparql.html"))
    answered(page)
    assert "land" in {cell for row in rows(page) for cell in row}
    expect(page.locator("#fault")).to_be_hidden()


# ── A query that does not end, a browser that does not help ─────────────────────────────────────

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_is_stopped_and_the_next_one_works(open_page: Open, two_texts_page: str) -> None:
    page = open_page(two_texts_page, f"#query={quote(ENDLESS)}")
    page.wait_for_function(
        "() => window.page.engine.waiting.size"
        " && /[1-9]/.test(document.getElementById('clock').textContent)"
    )
    page.click("#stop")
    expect(page.locator("#fault")).to_have_text("Stopped.")
    type_query(page, "ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#verdict")).to_have_text("Yes")


def test_a_later_query_takes_the_place_of_an_earlier_one(
    open_page: Open, two_texts_page: str
) -> None:
    page = open_page(two_texts_page, f"#query={quote(ENDLESS)}")
    page.wait_for_function(
        "() => [...window.page.engine.waiting.values()].some(({ act }) => act === 'ask')"
    )
    type_query(page, "ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#verdict")).to_have_text("Yes")
    expect(page.locator("#fault")).to_be_hidden()


def test_a_query_that_kills_the_engine_kills_nothing_else(open_page: Open, garden: str) -> None:
    deep = "SELECT * " + "{" * 20_000 + "?s ?p ?o" + "}" * 20_000
    page = open_page(garden)
    answered(page)
    page.evaluate("text => window.page.editor.mirror.setValue(text)", "ASK {}")
    broken = page.evaluate("text => window.page.asked(text).catch((fault) => fault.broken)", deep)
    assert broken is True
    page.click("#run")
    answered(page)
    assert page.evaluate("window.page.shown.answer !== null")


def test_where_workers_are_refused_the_page_asks_itself(
    open_page: Open, garden: str, faults: list[str]
) -> None:
    page = opened(
        open_page, garden.replace("worker-src blob:", "worker-src &#39;none&#39;"), CONCEPTS
    )
    assert page.evaluate("window.page.engine.inPage")
    assert ["ladybird", "瓢虫zh-Hans"] in rows(page)
    assert all("Content Security Policy" in fault for fault in faults)
    faults.clear()


@pytest.mark.parametrize("lacking", ["WebAssembly", "DecompressionStream"])
def test_an_old_browser_still_reads_the_questions(
    browser: Browser, tmp_path: Any, garden: str, lacking: str
) -> None:
    path = tmp_path / "sparql.html"
    path.write_text(garden, "utf-8")
    context = browser.new_context()
    context.add_init_script(f"delete globalThis.{lacking}")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{path.as_uri()}#question=relations")
    expect(page.locator("#opened")).to_contain_text("too old to run queries here")
    expect(page.locator("#run")).to_be_disabled()
    expect(page.locator("#editor")).to_contain_text("SELECT ?relation")
    page.click("[data-question=mentions]")
    expect(page.locator("#editor")).to_contain_text("SELECT DISTINCT ?concept ?words")
    assert errors == []
    context.close()


def test_without_script_a_sentence_says_so(browser: Browser, tmp_path: Any, garden: str) -> None:
    path = tmp_path / "sparql.html"
    path.write_text(garden, "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator("noscript")).to_be_visible()
    assert "script, which is switched off here" in (page.locator("noscript").text_content() or "")
    expect(page.locator("#run")).to_be_hidden()
    context.close()


def test_on_a_phone_the_questions_lie_over_the_desk(open_page: Open, garden: str) -> None:
    page = open_page(garden, viewport=PHONE)
    answered(page)
    expect(page.locator("#questions")).to_be_hidden()
    page.click("#questions-button")
    page.click("[data-question=mentions]")
    answered(page)
    expect(page.locator("#questions")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# ── Whatever is in the graph ────────────────────────────────────────────────────────────────────

ATTACK = "</script><img src=x onerror=document.title='hacked'>\u2028\u2029\u202e"


def attacked() -> str:
    ontology = Garden().ontology.replace('"ladybird"@en', f'"ladybird {ATTACK}"@en')
    ontology = ontology.replace('"eats"@en', f'"eats {ATTACK}"@en')
    ontology = ontology.replace(
        "  c:rose a",
        "  <javascript:alert(1)> a o:Plant . c:rose rdfs:seeAlso <javascript:alert(2)> . c:rose a",
    )
    return Garden(ontology=ontology, title=f"Garden {ATTACK}").sparql_page()


def test_markup_in_any_text_is_text(open_page: Open) -> None:
    page = opened(open_page, attacked(), CONCEPTS + f" # {ATTACK}")
    assert f"ladybird {ATTACK}" in {row[0] for row in rows(page)}
    assert f"ladybird {ATTACK}en" in {row[1] for row in rows(page)}
    type_query(page, "SELECT * { ?x lady")
    expect(page.locator(".CodeMirror-hint-active")).to_contain_text("</script>")
    page.keyboard.press("Escape")
    page.click("[data-question=neighbours]")
    page.fill("#given-concept", "lady")
    expect(page.locator(".choices")).to_contain_text("</script>")
    assert page.title().startswith("Garden </script>")
    assert page.locator("img").count() == 0


def test_only_web_addresses_are_links(open_page: Open) -> None:
    query = (
        "SELECT ?x { { ?x a t:Plant } UNION { c:rose rdfs:seeAlso ?x } UNION"
        " { VALUES ?x { <data:text/html,x> <http://a.b/c> 'http://d.e/' } } }"
    )
    page = opened(open_page, attacked(), query)
    links = page.locator("#rows a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert all(link.startswith(("graph.html#", "http://a.b/c")) for link in links)
    assert "http://a.b/c" in links
    assert "<javascript:alert(2)>" in {
        cell.get_attribute("title") for cell in page.locator("#rows td").all()
    }


def test_odd_answers_are_shown(open_page: Open, garden: str) -> None:
    query = "SELECT ?x { VALUES ?x { UNDEF '' 'a'@de '2026'^^xsd:gYear } }"
    page = opened(open_page, garden, query)
    assert sorted(row[0] for row in rows(page)) == ["", "", "2026xsd:gYear", "ade"]
    page = opened(open_page, garden, "SELECT (BNODE() AS ?b) (<<( c:a c:b 1 )>> AS ?t) {}")
    assert rows(page)[0][0].startswith("_:")
    assert rows(page)[0][1].startswith("<<( <")


def test_a_graph_of_nothing_opens(open_page: Open) -> None:
    page = opened(
        open_page, Garden(ontology="", documents=()).sparql_page(), "SELECT * { ?s a skos:Concept }"
    )
    expect(page.locator("#told")).to_contain_text("0 rows")


def test_an_unknown_address_shows_the_first_question(open_page: Open, garden: str) -> None:
    page = open_page(garden, "#question=nothing&with-x=y&language=xx")
    answered(page)
    expect(page.locator("#question")).not_to_be_empty()


def test_triples_come_sorted_and_once(open_page: Open, garden: str) -> None:
    query = "CONSTRUCT { ?b t:eats ?a } { VALUES (?a ?b) { (c:z c:y) (c:a c:b) (c:a c:b) } }"
    page = opened(open_page, garden, query)
    assert [row[0] for row in rows(page)] == ["c:b", "c:y"]


ODD = (
    '<http://a.b/🌹x> <http://a.b/p> "line\\nand \\"quotes\\"^^1f" .\n'
    '<http://a.b/🌹y> <http://a.b/p> "1"^^<http://a.b/🌹type> .\n'
    '<http://a.b/🌷> <http://a.b/p> "a;b,c d\u2028"@en-GB .\n'
    "_:blank <http://a.b/p> <<( <http://a.b/s> <http://a.b/p> 'x y'@en )>> .\n"
).replace("'", '"')


def test_what_is_odd_in_a_graph_travels_unchanged(open_page: Open) -> None:
    store = ox.Store()
    store.load(ODD.encode(), format=ox.RdfFormat.N_TRIPLES)
    store.load(ODD.encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("http://a.b/g;,"))
    html = sparql_page(Dataset(store, BASE, ["en"]), [], own=[], title="odd", graph="").decode()
    for query in (
        "SELECT ?s ?o { ?s ?p ?o }",
        "SELECT ?s ?o { GRAPH <http://a.b/g;,> { ?s ?p ?o } }",
    ):
        page = opened(open_page, html, query)
        made = ox.parse_query_results(downloaded(page, "json"), format=ox.QueryResultsFormat.JSON)
        wanted = store.query(query, use_default_graph_as_union=True)
        assert {lines(row) for row in made} == {lines(row) for row in wanted}


def lines(row: ox.QuerySolution) -> str:
    """A row as text, whatever blank nodes are called."""
    return re.sub(r"_:\w+", "_:b", " ".join(str(term) for term in row))

"""Does every RDF file hold exactly the graph, readable to others and to people?"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.term
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.namespaces import DCTERMS, RDF, SKOS
from kg.writers import FILES
from kg.writers.dataset import Dataset
from kg.writers.rdfxml import NoElementName
from tests.fisheries import BASE, LANGUAGES, dataset, fisheries

TRIPLES = {"graph.ttl": "turtle", "graph.nt": "nt", "graph.rdf": "xml"}
QUADS = {"graph.nq": "nquads", "graph.trig": "trig", "graph.jsonld": "json-ld"}
RDFLIB = TRIPLES | QUADS
AWKWARD_TEXTS = [
    "", " lead and trail ", "q\"'\\", "line\nfeed", "carriage\rreturn", "tab\t", "next\x85line",
    "line\u2028separator", "astral 🐟 𝒢", "\ufeff", "]]> <b>&amp;</b>", '"@pt-br .', "{}#;,.",
    "c , b , a", '" , "@en , ', '"^^<x> .', "> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <",
    "@id", "c:coast",
]  # fmt: skip
UNREADABLE_IN_XML = ["\x0b\x0c\x08", "\x7f\x00", "\ufffe\uffff"]
AWKWARD_IRIS = [
    f"{BASE}data/a,b(c)", f"{BASE}data/x.y.", f"{BASE}data/.x", f"{BASE}data/-x", f"{BASE}data/",
    f"{BASE}data/a/b", f"{BASE}data/1", f"{BASE}data/%20", f"{BASE}data/渔业", f"{BASE}data/a'b!$&",
    f"{BASE}data/a:b", f"{BASE}data/a·b", f"{BASE}data/·", f"{BASE}data/e\u0301", f"{BASE}data/x#:",
    "urn:x:y", "c:coast", "https://example.org?q=1&r=<".replace("<", ""), "mailto:a@b.example",
]  # fmt: skip
EX = "https://example.org/terms/"


def awkward(*texts: str) -> ox.Store:
    """The fisheries and what formats stumble over, in a graph of its own."""
    graph, says = ox.NamedNode(f"{BASE}graph/awkward"), ox.NamedNode(f"{EX}says")
    things = [ox.NamedNode(iri) for iri in AWKWARD_IRIS]
    store = fisheries()
    for quad in [quad for quad in store if "\x0b" in quad.object.value]:
        store.remove(quad)
    store.extend(ox.Quad(things[0], says, ox.Literal(text), graph) for text in texts)
    store.extend(ox.Quad(things[1], says, ox.Literal(x, language="pt-BR"), graph) for x in texts)
    store.extend(ox.Quad(thing, ox.NamedNode(f"{EX}2nd"), thing, graph) for thing in things)
    for lexical, kind in (
        ("01", "integer"),
        ("+1.50", "decimal"),
        ("1e0", "double"),
        ("1", "boolean"),
    ):
        datatype = ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")
        store.add(ox.Quad(things[2], says, ox.Literal(lexical, datatype=datatype), graph))
    return store


def read_by_oxigraph(data: bytes, name: str) -> set[ox.Quad] | set[ox.Triple]:
    quads = ox.parse(data, format=ox.RdfFormat.from_extension(name.partition(".")[2]))
    return set(quads) if name in QUADS else {quad.triple for quad in quads}


def content(store: ox.Store, name: str) -> set[ox.Quad] | set[ox.Triple]:
    return set(store) if name in QUADS else {quad.triple for quad in store}


def plain(term: object) -> tuple[str, str, str]:
    """Text, language and datatype, for terms of either library."""
    datatype = getattr(term, "datatype", None) or ""
    language = getattr(term, "language", None) or ""
    if language or str(getattr(datatype, "value", datatype)).endswith("#string"):
        datatype = ""
    return (
        str(getattr(term, "value", term) if type(term).__module__ == "pyoxigraph" else term),
        language.lower(),
        str(getattr(datatype, "value", datatype)),
    )


def read_by_rdflib(data: bytes, name: str) -> set[tuple[tuple[str, str, str], ...]]:
    if name in TRIPLES:
        graph = rdflib.Graph().parse(data=data, format=TRIPLES[name])
        return {tuple(map(plain, triple)) for triple in graph}
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=QUADS[name])
    return {tuple(map(plain, quad)) for quad in dataset.quads()}


@pytest.fixture
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """rdflib keeps "01"^^xsd:integer, instead of making 1 of it."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.parametrize("name", RDFLIB)
def test_what_is_written_reads_back_equal(name: str) -> None:
    store = awkward(*AWKWARD_TEXTS)
    assert read_by_oxigraph(FILES[name](dataset(store)), name) == content(store, name)


@pytest.mark.usefixtures("as_written")
@pytest.mark.parametrize("name", RDFLIB)
def test_rdflib_reads_the_same(name: str) -> None:
    store = awkward(*AWKWARD_TEXTS)
    expected = {tuple(map(plain, tuple(item))) for item in content(store, name)}
    assert read_by_rdflib(FILES[name](dataset(store)), name) == expected


@pytest.mark.parametrize("name", sorted(RDFLIB.keys() - {"graph.rdf"}))
def test_control_characters_survive_where_the_format_can_hold_them(name: str) -> None:
    store = awkward(*UNREADABLE_IN_XML)
    data = FILES[name](dataset(store))
    assert read_by_oxigraph(data, name) == content(store, name)
    assert len(read_by_rdflib(data, name)) == len(content(store, name))


def test_rdf_xml_leaves_out_what_xml_forbids_and_stays_readable() -> None:
    data = FILES["graph.rdf"](dataset(awkward("a\x0bb\ufffe", "\x00")))
    texts = {text for _, _, (text, _, _) in read_by_rdflib(data, "graph.rdf")}
    assert "ab" in texts


def test_a_relation_that_rdf_xml_cannot_name_is_an_error_that_says_what_to_do() -> None:
    store = fisheries(f"c:coast <{EX}> c:hake .")
    with pytest.raises(
        NoElementName, match=r"RDF/XML cannot write the relation .*\n  fix: let its"
    ):
        FILES["graph.rdf"](dataset(store))


def test_a_default_graph_is_kept() -> None:
    store = fisheries()
    thing = ox.NamedNode(f"{EX}a")
    store.add(ox.Quad(thing, thing, ox.Literal("> <b> .")))
    for name in QUADS:
        assert read_by_oxigraph(FILES[name](dataset(store)), name) == set(store), name


TURTLE = """
    c:sardine a skos:Concept , f:Stock ;
        skos:prefLabel "sardine"@en , "sardinha"@pt-BR .
"""


def test_turtle_reads_like_turtle() -> None:
    """Classes first, prefixes for every local name, tags as the project writes them."""
    trig = FILES["graph.trig"](dataset()).decode()
    assert TURTLE in trig
    assert 'dcterms:issued "2023-05"^^xsd:gYearMonth' in trig
    assert "oa:start 10 ." in trig
    assert "pkg:confidence 0.95 ;" in trig
    assert f"<{BASE}files/plano(2023),v1.html>".replace("/kg", "") in trig  # no way to shorten it
    assert f"<{BASE}" not in trig.partition("\n\n")[2].replace(f"<{BASE}terms>", "")


def test_many_words_of_one_language_are_tagged_as_the_project_writes_them() -> None:
    """Oxigraph folds the tags; what a text says of one is left alone."""
    store = trig('<urn:a> <urn:b> "y"@pt-BR , "x"@pt-br , "say \\"x\\"@pt-br , so"@pt-BR .')
    line = '<urn:a> <urn:b> "say \\"x\\"@pt-br , so"@pt-BR , "x"@pt-BR , "y"@pt-BR .'
    for name in ("graph.ttl", "graph.trig"):
        assert FILES[name](dataset(store)).decode().strip() == line, name


def test_what_several_graphs_say_of_one_thing_is_one_paragraph_of_turtle() -> None:
    """Each triple once, classes first, the rest in the order of the IRIs."""
    store = trig(f"""
        PREFIX d: <{BASE}data/> PREFIX s: <{SKOS.iri}> PREFIX t: <{DCTERMS.iri}>
        <urn:a> {{ d:x s:note "b" , "> a <" ; a s:Concept ; t:title "t" . }}
        <urn:b> {{ d:x s:note "b" , "c" ; a s:Collection ; s:broader d:y . }}
    """)
    assert (
        FILES["graph.ttl"](dataset(store))
        .decode()
        .endswith("""\n
d:x a skos:Collection , skos:Concept ;
    dcterms:title "t" ;
    skos:broader d:y ;
    skos:note "> a <" , "b" , "c" .
""")
    )


THINGS = st.sampled_from(
    [ox.NamedNode(iri) for iri in (*AWKWARD_IRIS, f"{EX}a", f"{BASE}concept/hake")]
)
TEXTS = st.sampled_from(AWKWARD_TEXTS)
TAGGED = st.builds(ox.Literal, TEXTS, language=st.sampled_from(LANGUAGES))
GRAPH_NAMES = st.just(ox.DefaultGraph()) | THINGS
SAYS = st.sampled_from([ox.NamedNode(f"{EX}says"), ox.NamedNode(SKOS.note)])
QUADS_OF = st.builds(
    ox.Quad, THINGS, SAYS, THINGS | st.builds(ox.Literal, TEXTS) | TAGGED, GRAPH_NAMES
) | st.builds(ox.Quad, THINGS, st.just(ox.NamedNode(RDF.type)), THINGS, GRAPH_NAMES)


@settings(max_examples=50, deadline=None)
@given(st.just([]) | st.lists(QUADS_OF, min_size=25, max_size=60))
def test_any_graph_reads_back_equal_and_is_written_the_same_from_any_store(
    quads: list[ox.Quad],
) -> None:
    """Though one namespace lies in another, so that a name can be shortened in two ways."""
    there, back = ox.Store(), ox.Store()
    there.extend(quads)
    back.extend(reversed(quads))
    prefixes = {"all": BASE, "our": f"{BASE}data", "no": f"{BASE} /"}
    for name in RDFLIB:
        data = FILES[name](Dataset(there, BASE, LANGUAGES, prefixes))
        assert data == FILES[name](Dataset(back, BASE, LANGUAGES, prefixes)), name
        assert read_by_oxigraph(data, name) == content(there, name), name


def test_a_prefix_that_only_a_text_seems_to_use_is_not_declared() -> None:
    store = trig(
        '<urn:a> <urn:b> " dcam:x , \\" sh:y ^^prov:z" , "1"^^<http://www.w3.org/ns/oa#of> .'
    )
    header = FILES["graph.ttl"](dataset(store)).decode().partition("\n\n")[0]
    assert header == "@prefix oa: <http://www.w3.org/ns/oa#> ."


def test_a_triple_within_a_triple_is_kept() -> None:
    store = trig(f"""
        PREFIX d: <{BASE}data/>
        d:x d:says <<( d:x d:y "a , b" )>> , d:z , "e"@pt-br ,
            <<( d:x d:y <<( d:x d:y "@pt-br , \\"" )>> )>> .
    """)
    for name in ("graph.ttl", "graph.trig", "graph.nt", "graph.nq"):
        assert read_by_oxigraph(FILES[name](dataset(store)), name) == content(store, name), name


def test_only_prefixes_that_are_used_are_declared_and_in_order() -> None:
    header = FILES["graph.ttl"](dataset()).decode().partition("\n\n")[0]
    names = [line.split()[1] for line in header.splitlines()]
    assert names == sorted(names)
    assert "f:" in names  # preferred by the ontology itself
    assert "g:" not in names  # graphs do not occur in Turtle
    assert "dcam:" not in names


def test_prefixes_of_the_project_are_used() -> None:
    store = fisheries(f"c:coast <{EX}near> c:hake .")
    written = FILES["graph.ttl"](Dataset(store, BASE, LANGUAGES, {"ex": EX})).decode()
    assert f"@prefix ex: <{EX}> .\n" in written
    assert " ex:near c:hake ;\n" in written


def test_json_ld_is_short_and_says_what_a_value_is_once() -> None:
    written = FILES["graph.jsonld"](dataset()).decode()
    assert '"c": "https://fisheries.example/kg/concept/"' in written
    assert '"f:protects": {\n  "@type": "@id"\n }' in written
    assert '{"@id": "c:trawl-ban", "f:protects": "c:hake"}' in written


def test_a_prefix_that_is_a_scheme_too_is_not_used_in_json_ld() -> None:
    """`doi:10.1/x` would be read as the long form of the prefix."""
    store = fisheries(
        "c:coast skos:exactMatch <doi:10.1/x> , <https://doi.org/x> , <https://arxiv.org/abs/1> ."
    )
    prefixes = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}
    store.add(ox.Quad(*next(iter(store)).triple, ox.NamedNode("arxiv:1")))
    data = FILES["graph.jsonld"](Dataset(store, BASE, LANGUAGES, prefixes))
    assert read_by_oxigraph(data, "graph.jsonld") == set(store)


def trig(text: str) -> ox.Store:
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TRIG)
    return store


@pytest.mark.parametrize("name", RDFLIB)
def test_a_type_that_is_only_words_reads_back(name: str) -> None:
    """Nobody should write so, and somebody's graph does."""
    store = trig('<urn:g> { <urn:a> a "a town"@en , <urn:Town> . <urn:b> a <urn:Town> , "5" }')
    data = FILES[name](dataset(store))
    assert read_by_oxigraph(data, name) == content(store, name)
    assert read_by_rdflib(data, name) == {tuple(map(plain, each)) for each in content(store, name)}


@pytest.mark.parametrize("name", RDFLIB)
def test_blank_nodes_do_not_stop_a_file(name: str) -> None:
    """A dataset of this program has none; other people's may."""
    store = trig('_:1a <urn:p> _:b , "x" . <urn:g> { _:b <urn:p> _:1a }')
    data = FILES[name](dataset(store))
    assert len(read_by_oxigraph(data, name)) == len(content(store, name))


@pytest.mark.parametrize("name", RDFLIB)
def test_an_empty_dataset_is_a_valid_file(name: str) -> None:
    data = FILES[name](dataset(ox.Store()))
    assert read_by_oxigraph(data, name) == set()
    assert read_by_rdflib(data, name) == set()

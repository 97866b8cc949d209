"""Can a query hurt: hang, eat the memory, reach the network, change the graph?"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.errors import MissingExtra, QueryError, StoreError
from kg.graph import Graph
from kg.guard import refuse_unsafe
from kg.query import Limits, Workers
from kg.results import Rows, Triples
from kg.store import current_folder

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The worker processes, as they are started."""
    found: list[subprocess.Popen[bytes]] = []
    start = Workers._start

    def noted(workers: Workers, *options: str) -> subprocess.Popen[bytes]:
        found.append(start(workers, *options))
        return found[-1]

    monkeypatch.setattr(Workers, "_start", noted)
    return found


@pytest.fixture(scope="module")
def store(graph: Graph) -> Path:
    return current_folder(graph.project.cache)


def test_a_query_answers_over_all_graphs_at_once(store: Path) -> None:
    answer = Workers(store).run(
        "ASK { ?s oa:hasBody ?concept . ?concept a skos:Concept }",
        prefixes={
            "oa": "http://www.w3.org/ns/oa#",
            "skos": "http://www.w3.org/2004/02/skos/core#",
        },
    )
    assert json.loads(answer) == {"head": {}, "boolean": True}


def test_a_runaway_query_is_stopped_and_the_next_one_works(store: Path) -> None:
    with pytest.raises(QueryError, match=r"(?s)stopped after 0.5 seconds.*--timeout"):
        Workers(store).run(ENDLESS, prefixes={}, limits=Limits(0.5))
    assert b"true" in Workers(store).run("ASK { ?s ?p ?o }", prefixes={})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 4_000 + "?s ?p ?o" + "}" * 4_000,
        "SELECT * { FILTER (" + "(" * 9_000 + "1" + ")" * 9_000 + ") }",
        "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 15_000) + " }",
    ],
    ids=["braces", "parentheses", "unions"],
)
def test_a_query_that_kills_its_process_kills_nothing_else(store: Path, query: str) -> None:
    with pytest.raises(QueryError, match="too large or too deeply nested"):
        Workers(store).run(query, prefixes={})


def test_a_graph_asks_its_worker_again_and_starts_a_new_one_where_it_was_killed(
    store: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    workers = Workers(store)
    assert b"true" in workers.run("ASK { ?s ?p ?o }", prefixes={})
    assert b"true" in workers.run("ASK { ?s a ?o }", prefixes={})
    assert len(started) == 1
    with pytest.raises(QueryError, match="stopped after"):
        workers.run(ENDLESS, prefixes={}, limits=Limits(0.3))
    assert started[0].poll() is not None
    assert b"true" in workers.run("ASK { ?s ?p ?o }", prefixes={})
    assert len(started) == 2
    started[1].kill()
    started[1].wait()
    assert b"true" in workers.run("ASK { ?s ?p ?o }", prefixes={})
    del workers
    assert [process.poll() is None for process in started] == [False, False, False]


@pytest.mark.parametrize("death", ["time", "braces", "memory"])
def test_whatever_a_query_dies_of_its_process_is_gone_and_the_next_one_works(
    store: Path, started: list[subprocess.Popen[bytes]], death: str
) -> None:
    workers = Workers(store)
    query = {
        "time": ENDLESS,
        "braces": "SELECT * " + "{" * 3_000 + "?s ?p ?o" + "}" * 3_000,
        "memory": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a",
    }[death]
    told = {"time": "stopped after 1 seconds", "braces": "was ended", "memory": "was ended"}[death]
    with pytest.raises(QueryError, match=rf"(?s){told}.*ask for less"):
        workers.run(query, prefixes={}, limits=Limits(1 if death == "time" else 30, 700 * 1024**2))
    assert started[0].returncode is not None
    assert b"true" in workers.run("ASK { ?s ?p ?o }", prefixes={})


def test_a_query_that_nobody_waits_for_any_more_ends_by_itself(store: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "kg.worker", str(store), "none"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    request = {"query": ENDLESS, "words": "", "prefixes": {}, "seconds": 0.5}
    request |= {"memory": 2**31, "longest": 1_000}
    out, _ = worker.communicate(json.dumps(request).encode() + b"\n", timeout=60)
    assert out == b""
    assert worker.returncode == -signal.SIGXCPU


def test_a_slip_or_a_long_answer_does_not_cost_the_worker(
    store: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = Workers(store)
    with pytest.raises(QueryError, match="not SPARQL"):
        workers.run("SELECT ?s { ?s ?p }", prefixes={})
    monkeypatch.setattr("kg.query.LONGEST", 1_000)
    with pytest.raises(QueryError, match="longer than"):
        workers.run("SELECT * { ?s ?p ?o }", prefixes={})
    assert b"true" in workers.run("ASK { ?s ?p ?o }", prefixes={})
    assert len(started) == 1


def test_a_store_that_was_swapped_away_is_told_from_a_bad_query(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"(?s)since it was opened.*open it again"):
        Workers(tmp_path / "store-gone").run("ASK {}", prefixes={})


def test_service_may_be_allowed(graph: Graph) -> None:
    nobody = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="--allow-service"):
        graph.query(nobody)
    assert [tuple(row) for row in graph.query(nobody, allow_service=True)] == [("", "", "")]


def test_the_plan_of_a_query_tells_what_each_part_found(graph: Graph) -> None:
    shown = graph.plan("SELECT ?c { ?c a pol:FactorType ; skos:prefLabel ?l } LIMIT 2")
    head, *lines = shown.splitlines()
    assert head.split() == ["ms", "rows"]
    rows = {" ".join(line.split()[2:]): line.split()[1] for line in lines}
    assert rows["Project(?c)"] == "2"
    assert "QuadPattern(?c rdf:type pol:FactorType)" in rows
    with pytest.raises(QueryError, match=r"not SPARQL.*at line 1, column \d\d\b"):
        graph.plan("SELECT ?s { ?s ?p }")
    with pytest.raises(QueryError, match="--allow-service"):
        graph.plan("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match=r"(?s)stopped after 0.3.*take parts of it away"):
        graph.plan(ENDLESS, timeout=0.3)


def test_without_the_program_a_plan_says_what_to_install(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(MissingExtra, match=r"policy-kg\[plan\]"):
        graph.plan("ASK {}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . SERVICE<http://example.org/>{} }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://example.org/> { } }",
        "SELECT * { ?s ?p <http://a#b> . SERVICE <http://example.org/> { } }",
        "SELECT * { BIND(2 AS ?x) FILTER(?x<9)SERVICE#>\n<http://example.org/> { } }",
        "SELECT * { ?s oa:start 42SERVICE <http://example.org/> { } }",
        "SELECT * { ?s ?p trueSERVICE <http://example.org/> { } }",
        "SELECT * { ?s ?p ?o.SERVICE?where { } }",
        'SELECT * { BIND("\\\\\\u0022" AS ?x) SERVICE <http://example.org/> { } # "',
        "SELECT * { ?s ?p <http://a'b> . SERVICE <http://example.org/> { } ?c ?d <http://c'd> }",
        'SELECT * { # """\n SERVICE <http://example.org/> { } # """\n }',
        "SELECT * { SERVICESILENT<http://example.org/> { } }",
        "PREFIX ex: <http://example.org/> SELECT * { SERVICEex:a { } }",
        "SELECT * { SERVICE # a comment\n silent <http://example.org/> { } }",
    ],
)
def test_no_query_asks_another_server(query: str) -> None:
    with pytest.raises(QueryError, match=r"(?s)never use the network.*--allow-service"):
        refuse_unsafe(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a <http://example.org/SERVICE> }",
        "SELECT ?service ?o { ?service ?p ?o . ?o ?q ?public_service ; ?r ?s }",
        "SELECT * { ?s ?p ?words FILTER (CONTAINS(?words, 'public service')) }",
        "SELECT * { ?s pol:service ?o ; pol:public-service ?x ; <http://a/service?b=1> ?y }",
        "# Which public service?\n# SERVICE <http://example.org/> is what we do not use\nASK {}",
        "#+ summary: Which service: this?\nSELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p 'services rendered: many' }",
    ],
)
def test_the_word_alone_is_no_crime(query: str) -> None:
    refuse_unsafe(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/data.ttl>",
        "CLEAR GRAPH <x:g>",
        "DROP ALL",
    ],
)
def test_no_query_changes_the_graph(update: str) -> None:
    with pytest.raises(QueryError, match=r"read-only"):
        refuse_unsafe(update)


def test_a_query_that_slips_through_finds_no_network() -> None:
    """The last line of defence, where the system has it: a worker without a network."""
    code = (
        "import socket, sys, kg.worker as w\n"
        "w.leave_network()\n"
        "s = socket.socket(); s.settimeout(2)\n"
        "print(s.connect_ex(('127.0.0.1', int(sys.argv[1]))))\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        ran = subprocess.run(
            [sys.executable, "-c", code, port], capture_output=True, text=True, check=True
        )
        reached = ran.stdout.strip() == "0"
    allowed = Path("/proc/self/ns/user").exists() and can_unshare()
    assert reached is not allowed


def can_unshare() -> bool:
    """Whether this machine lets a process leave its network (a hardened kernel may not)."""
    code = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_answer_that_is_too_long_is_not_handed_on(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.query.LONGEST", 1_000)
    with pytest.raises(QueryError, match=r"(?s)longer than.*LIMIT"):
        Workers(store).run("SELECT * { ?s ?p ?o }", prefixes={})


def test_a_slip_is_explained_with_its_place(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"not SPARQL.*at line 1, column \d+"):
        graph.query("SELECT ?s { ?s ?p }")


def test_a_prefix_that_is_not_declared_is_named(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"(?s)prefix 'ex:' is not declared.*PREFIX ex:") as caught:
        graph.query("SELECT ?s { ?s ex:knows ?o }")
    assert "skos" in str(caught.value)


def test_the_projects_prefixes_need_no_declaration(graph: Graph) -> None:
    rows = graph.query("SELECT ?label { c:land skos:prefLabel ?label } ORDER BY ?label")
    assert isinstance(rows, Rows)
    assert [row.label for row in rows] == ["land", "土地"]


def test_an_ask_answers_yes_or_no(graph: Graph) -> None:
    answer = graph.query("ASK { c:land a skos:Concept }")
    assert [tuple(row) for row in answer] == [("yes",)]


def test_a_construct_answers_sorted_triples(graph: Graph) -> None:
    answer = graph.query("CONSTRUCT { ?s a skos:Concept } { VALUES ?s { c:land c:data } }")
    assert isinstance(answer, Triples)
    assert [line.partition("> ")[0][-5:] for line in answer.ntriples.splitlines()] == [
        "/data",
        "/land",
    ]


def test_rows_show_labels_and_keep_terms(graph: Graph) -> None:
    rows = graph.query("SELECT ?what ?none { BIND (c:land AS ?what) }")
    assert isinstance(rows, Rows)
    assert [tuple(row) for row in rows] == [("land", "")]
    assert rows.terms[0][0].value == "https://w3id.org/policy-kg/concept/land"
    assert rows.to_pandas().to_dict("records") == [{"what": "land", "none": ""}]


def test_an_emptied_store_is_not_taken_for_a_graph(starter: Path) -> None:
    from kg.pipeline import build_project
    from kg.project import read_project

    project = read_project(starter)
    with pytest.raises(StoreError, match=r"no graph here yet.*\n.*kg build"):
        Graph(project)
    build_project(project)
    store = current_folder(project.cache)
    for path in store.iterdir():
        path.unlink()
    with pytest.raises(StoreError, match=r"damaged or incomplete.*\n.*kg build --fresh"):
        Graph(project)
    build_project(project, fresh=True)
    assert len(Graph(project).query("SELECT * { ?s a pkg:Document }")) == 1


def test_the_command_explains_searches_and_tells_servers_from_the_disk(graph: Graph) -> None:
    def kg(*words: str) -> Result:
        return CliRunner().invoke(cli, ["query", *words, "--project", str(graph.project.root)])

    assert "QuadPattern(?concept rdf:type skos:Concept)" in kg("concepts", "--explain").output
    assert "break down institutional" not in kg("search", "text=no such words").output
    assert "institutional barriers" in kg("search", "text=INSTITUTIONAL", "--format", "csv").output
    elsewhere = kg("concepts", "--explain", "--endpoint", "http://127.0.0.1:9")
    assert "--explain is for the graph on disk" in elsewhere.output
    nobody = kg("concepts", "--endpoint", "http://127.0.0.1:9", "--profile", "fuseki")
    assert "nobody answers at http://127.0.0.1:9" in str(nobody.exception)

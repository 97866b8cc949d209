"""What does a user see who makes a mistake, and what one who makes none?"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import cli
from kg.project import read_project
from tests.conftest import REPOSITORY


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Kg = Callable[..., Ran]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kg:
    """Run a command as the terminal would: `kg("build", "--project", folder)`."""

    def run(*words: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, words: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


CODER = "passages/canteens.me.yaml"


# ── The ordinary way ─────────────────────────────────────────────────────────────────────────────


def test_a_new_project_builds_answers_and_exports(kg: Kg, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert kg("init", mine).code == 0
    built = kg("build", "--project", mine)
    assert (built.code, built.err) == (0, "")
    assert len(built.out.splitlines()) <= 25
    asked = kg("query", "measures-for", "group=children", "--format", "md", "--project", mine)
    assert asked.out.splitlines()[2].startswith("| free school lunch | pupils | From next year")
    assert kg("export", "ttl", "csv", "--project", mine).out.splitlines() == [
        str(mine / "exports" / name)
        for name in ("graph.ttl", "concepts.csv", "mentions.csv", "edges.csv", "statements.csv")
    ]


def test_init_touches_no_folder_that_holds_something(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    ran = kg("init", tmp_path)
    assert ran.code == 2
    assert "is not an empty folder, and nothing in it was touched" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_an_empty_project_is_called_like_its_folder_and_waits_for_texts(
    kg: Kg, tmp_path: Path
) -> None:
    mine = tmp_path / "My thesis (2)"
    ran = kg("init", "--empty", mine)
    assert ran.code == 0
    assert "kg import FILES --codebook ontology/codes.ttl" in ran.err
    assert ran.out.splitlines() == [str(mine / "kg.toml"), str(mine / "ontology" / "core.ttl")]
    project = read_project(mine)
    assert (project.title, project.base) == ("My thesis (2)", "https://example.org/my-thesis-2/")
    assert [*project.passages.iterdir()] == []
    assert "there is no text to build from" in kg("build", "--project", mine).err


@pytest.mark.parametrize("form", [(), ("--empty",)])
def test_a_new_project_may_have_a_title_and_an_address(
    kg: Kg, tmp_path: Path, form: tuple[str, ...]
) -> None:
    mine = tmp_path / "mine"
    wanted = ("--title", 'What "local" means', "--base", "https://w3id.org/me/")
    assert kg("init", *form, *wanted, mine).code == 0
    project = read_project(mine)
    assert (project.title, project.base) == ('What "local" means', "https://w3id.org/me/")
    assert not any("school-meals/" in path.read_text("utf-8") for path in project.inputs())


def test_an_address_that_no_iri_can_begin_with_makes_no_project(kg: Kg, tmp_path: Path) -> None:
    ran = kg("init", "--base", "example.org", tmp_path / "mine")
    assert (ran.code, "web address that ends with a slash" in ran.err) == (2, True)
    assert [*tmp_path.iterdir()] == []


def test_the_summary_of_the_two_texts_fits_on_a_screen(kg: Kg, two_texts: Path) -> None:
    built = kg("build", "--project", two_texts)
    lines = built.out.splitlines()
    assert len(lines) <= 25
    assert lines[0].startswith("read ")
    assert any(line.startswith("  2 documents · ") for line in lines)
    row = next(line for line in lines if "break down institutional barriers" in line)
    assert "rural area" in row
    assert lines[-1].startswith("  export  kg export csv")


def test_build_as_json_is_stable_and_has_no_times(kg: Kg, starter: Path) -> None:
    first = kg("build", "--json", "--project", starter).out
    assert kg("build", "--json", "--fresh", "--project", starter).out == first
    report = json.loads(first)
    assert report["counts"]["statements"] == 4
    assert report["issues"] == []
    assert "exports/graph.ttl" in report["files"]


def test_a_second_build_changes_no_byte(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    first = {path.name: path.read_bytes() for path in (starter / "exports").iterdir()}
    kg("build", "--fresh", "--project", starter)
    assert {path.name: path.read_bytes() for path in (starter / "exports").iterdir()} == first


def test_every_code_of_a_finding_is_explained(kg: Kg) -> None:
    ran = kg("explain", "unknown-concept")
    assert ran.code == 0
    assert ran.out.startswith("## unknown-concept\n")


def test_a_code_that_is_none_gets_a_suggestion(kg: Kg) -> None:
    ran = kg("explain", "unknow-concept")
    assert ran.code == 2
    assert "did you mean unknown-concept" in ran.err


def test_questions_are_listed_in_words(kg: Kg, starter: Path) -> None:
    ran = kg("questions", "--project", starter)
    assert "measures-for group=pupils\n    Which measures reach a group, and in whose words?" in (
        ran.out
    )
    chinese = kg("questions", "--lang", "zh-Hans", "--project", starter)
    assert "某一概念在何处被提到？用的是什么字句？" in chinese.out


# ── Slips ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "code", "says", "fix"),
    [
        ("- local-purchasing reaches farmers\n", "- local-purchasing reaches farmer\n",
         "unknown-concept", "farmer", "farmers"),
        ("- local-purchasing reaches farmers\n", "- local-purchasing reach farmers\n",
         "unknown-relation", "reach", "reaches"),
        ("- local-purchasing reaches farmers\n", "- farmers reaches local-purchasing\n",
         "breaks-domain", "farmers", "measure"),
        ("servesAim rural-income", "servesAim farmers", "breaks-range", "farmers", "aim"),
        ("Nobody who has eaten well", "Nobody who has drunk well", "quote-not-found",
         "nearest is 3:96", "copy the words from the text"),
        ("{farmers} nearby]", "{farmers} nearby", "unclosed-mark", "]", "["),
    ],
)  # fmt: skip
def test_a_slip_costs_only_itself(
    kg: Kg, starter: Path, old: str, new: str, code: str, says: str, fix: str
) -> None:
    change(starter / CODER, old, new)
    ran = kg("build", "--project", starter)
    assert ran.code == 1
    first = next(line for line in ran.err.splitlines() if f"[{code}]" in line)
    assert first.startswith(f"{CODER}:")
    assert says in first
    assert fix in ran.err
    assert "what they concern was left out" in ran.out
    assert (starter / "exports" / "graph.ttl").exists()
    rest = kg("query", "claims", "concept=pupils", "--format", "md", "--project", starter)
    assert "free school lunch" in rest.out


def test_the_line_of_a_slip_is_the_line_of_the_file(kg: Kg, starter: Path) -> None:
    change(starter / CODER, "- local-purchasing reaches farmers\n", "- nobody reaches farmers\n")
    found = json.loads(kg("check", "--json", "--project", starter).out)
    line = line_of(starter / CODER, "nobody reaches")
    assert [(f["file"], f["line"], f["code"]) for f in found] == [(CODER, line, "unknown-concept")]


def test_strict_builds_nothing_where_anything_is_wrong(kg: Kg, starter: Path) -> None:
    change(starter / CODER, "reaches farmers", "reaches farmer")
    ran = kg("build", "--strict", "--project", starter)
    assert ran.code != 0
    assert "unknown-concept" in ran.err
    assert "nothing was built" in ran.err
    assert not (starter / "exports").exists()
    assert not (starter / ".kg").exists()


def test_a_quote_that_stands_twice_is_settled_by_nth(kg: Kg, starter: Path) -> None:
    text = starter / "passages" / "canteens.txt"
    sentence = "Nobody who has eaten well stays away from lessons, the council says."
    change(text, sentence, f"{sentence} {sentence}")
    ran = kg("check", "--project", starter)
    assert "[quote-twice]" in ran.err
    assert "nth" in ran.err
    change(starter / CODER, "  modality: descriptive", "  nth: 2\n  modality: descriptive")
    assert kg("check", "--project", starter).code == 0


def test_a_loop_that_a_shape_forbids_leads_back_to_its_line(kg: Kg, starter: Path) -> None:
    (starter / "ontology" / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix sm: <https://example.org/school-meals/terms#> .\n"
        "@prefix c: <https://example.org/school-meals/concept/> .\n"
        "sm:NobodyElse a sh:NodeShape ; sh:targetSubjectsOf sm:reaches ;\n"
        "  sh:property [ sh:path sm:reaches ; sh:in ( c:pupils ) ;\n"
        '    sh:message "meals are for pupils only"@en ] .\n'
    )
    ran = kg("check", "--project", starter)
    line = line_of(starter / CODER, "- local-purchasing reaches farmers")
    assert ran.code == 1
    assert f"{CODER}:{line}: meals are for pupils only: local-purchasing reaches farmers" in ran.err


def test_a_relation_that_one_format_cannot_write_costs_only_that_file(
    kg: Kg, starter: Path
) -> None:
    with (starter / "ontology" / "school-meals.ttl").open("a") as ontology:
        ontology.write(
            "<https://example.org/school-meals/terms/helps/> a owl:ObjectProperty ;\n"
            '    rdfs:label "helps"@en ; rdfs:comment "Makes life easier."@en .\n'
        )
    change(
        starter / CODER, "- local-purchasing reaches farmers", "- local-purchasing helps farmers"
    )
    ran = kg("build", "--project", starter)
    assert ran.code == 1
    assert "graph.rdf: RDF/XML cannot write the relation" in ran.err
    made = {path.name for path in (starter / "exports").iterdir()}
    assert "graph.rdf" not in made
    assert {"graph.ttl", "graph.html", "statements.csv"} <= made


def test_gb18030_is_recognised_and_nothing_else_is_lost(kg: Kg, starter: Path) -> None:
    (starter / "passages" / "notice.txt").write_bytes(
        "县城是城乡融合发展的关键支撑，要推进以县城为重要载体的城镇化建设。".encode("gb18030")
    )
    ran = kg("build", "--project", starter)
    assert ran.code == 1
    assert "passages/notice.txt" in ran.err
    assert "GB18030" in ran.err
    assert "1 document " in ran.out


def test_a_coders_file_without_its_text_is_named(kg: Kg, starter: Path) -> None:
    (starter / "passages" / "canteens.txt").rename(starter / "passages" / "canteen.txt")
    ran = kg("check", "--project", starter)
    assert ran.code == 1
    assert CODER in ran.err
    assert "canteen.txt" in ran.err


def test_broken_turtle_is_named_with_its_line(kg: Kg, starter: Path) -> None:
    path = starter / "ontology" / "school-meals.ttl"
    change(path, 'skos:prefLabel "pupils"@en ;', 'skos:prefLabel "pupils@en ;')
    ran = kg("check", "--project", starter)
    line = line_of(path, '"pupils@en')
    assert ran.code == 1
    assert f"ontology/school-meals.ttl:{line}: this Turtle cannot be read" in ran.err


def test_a_folder_that_is_no_project_says_so(kg: Kg, tmp_path: Path) -> None:
    ran = kg("build", "--project", tmp_path)
    assert ran.code == 2
    assert "there is no kg.toml in" in ran.err
    assert "kg init DIR" in ran.err


def test_a_project_without_texts_says_so(kg: Kg, starter: Path) -> None:
    shutil.rmtree(starter / "passages")
    ran = kg("build", "--project", starter)
    assert ran.code == 1
    assert "passages: there is no text to build from [no-texts]" in ran.err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('titel = "Meals"', "did you mean 'title'?"),
        ('base = "example"', "must be a web address that ends with a slash"),
        ("languages = []", "'languages' holds no language tags"),
        ('exports = ["graph.tll"]', "did you mean 'graph.ttl'?"),
        ("title = Meals", "mend the line"),
    ],
)
def test_a_slip_in_the_settings(kg: Kg, starter: Path, line: str, says: str) -> None:
    key = line.split(" ", maxsplit=1)[0]
    lines = (starter / "kg.toml").read_text("utf-8").splitlines()
    kept = [old for old in lines if not old.startswith(key)]
    (starter / "kg.toml").write_text("\n".join([line, *kept]), encoding="utf-8")
    ran = kg("build", "--project", starter)
    assert ran.code == 2
    assert ran.err.startswith("kg.toml: ")
    assert says in ran.err


def test_a_folder_that_cannot_be_written(
    kg: Kg, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = kg("build", "--project", starter)
    assert ran.code == 2
    assert "cannot be written: Permission denied" in ran.err
    assert sorted(path.name for path in starter.iterdir()) == [
        "README.md", "kg.toml", "ontology", "passages",
    ]  # fmt: skip


def test_a_full_disk_is_seen_before_anything_is_written(
    kg: Kg, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(starter)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    ran = kg("build", "--project", starter)
    assert ran.code == 2
    assert "the disk is too full" in ran.err
    assert "1 MB are free" in ran.err
    assert not (starter / ".kg").exists()


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_files(
    kg: Kg, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg("build", "--project", starter)
    before = {path.name: path.read_bytes() for path in (starter / "exports").iterdir()}
    change(starter / "kg.toml", "a first project", "a second look")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = kg("build", "--project", starter)
    assert ran.code == 2
    assert "No space left on device" in ran.err
    assert {path.name: path.read_bytes() for path in (starter / "exports").iterdir()} == before
    assert kg("query", "coders", "--project", starter).code == 0


def test_a_second_writer_is_told_who_is_writing(kg: Kg, starter: Path) -> None:
    (starter / ".kg").mkdir()
    (starter / ".kg" / "lock").write_text(f"{os.getpid()} 09:15:00")
    ran = kg("build", "--project", starter)
    assert ran.code == 2
    assert f"process {os.getpid()}" in ran.err
    assert "since 09:15:00" in ran.err
    (starter / ".kg" / "lock").write_text("4194300 09:15:00")
    assert kg("build", "--project", starter).code == 0


def test_a_build_that_is_killed_leaves_the_old_graph(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    half = starter / ".kg" / "store-0123456789abcdef-0123456789abcdef"
    half.mkdir()
    (half / "000001.sst").write_bytes(b"half a store")
    assert "farmers" in kg("query", "concepts", "--project", starter).out
    change(starter / "kg.toml", "a first project", "a second look")
    kg("build", "--project", starter)
    assert not half.exists()


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────


def test_asking_before_building_says_what_to_do(kg: Kg, starter: Path) -> None:
    ran = kg("query", "claims", "--project", starter)
    assert ran.code == 2
    assert "there is no graph here yet" in ran.err
    assert "kg build" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["claim"], "did you mean claims"),
        (["claims", "concept=farmer"], "did you mean farmers"),
        (["claims", "concpt=farmers"], "did you mean concept?"),
        (["claims", "farmers"], 'for example concept="farmers"'),
        (["claims", "--format", "cvs"], "use table, csv"),
        (["mentions", "document=canteen"], "there are: canteens"),
        ([], "kg questions lists them"),
    ],
)
def test_a_slip_in_a_question(kg: Kg, starter: Path, words: list[str], says: str) -> None:
    kg("build", "--project", starter)
    ran = kg("query", *words, "--project", starter)
    assert ran.code == 2
    assert says in ran.err


def test_an_answer_in_every_format(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)

    def asked(form: str) -> str:
        query = ["query", "mentions", "concept=attendance", "--format", form, "--project", starter]
        return kg(*query).out

    assert asked("table").splitlines()[2].startswith("school attendance   stays away from lessons ")
    rows = list(csv.DictReader(asked("csv").splitlines()))
    assert rows[0]["concept"] == "https://example.org/school-meals/concept/attendance"
    assert json.loads(asked("json"))["results"]["bindings"][0]["words"]["value"] == (
        "stays away from lessons"
    )
    assert asked("tsv").splitlines()[0] == "?concept\t?words\t?document\t?start\t?end\t?coder"
    assert '<binding name="words">' in asked("xml")
    assert asked("md").splitlines()[0] == "| concept | words | document | start | end | coder |"


def test_sparql_in_a_file_and_in_the_command(kg: Kg, starter: Path, tmp_path: Path) -> None:
    kg("build", "--project", starter)
    (tmp_path / "q.rq").write_text("SELECT ?l { c:farm skos:prefLabel ?l }")
    by_file = kg("query", "-f", tmp_path / "q.rq", "--format", "md", "--project", starter).out
    typed = "SELECT ?l { c:farm skos:prefLabel ?l }"
    assert kg("query", typed, "--format", "md", "--project", starter).out == by_file
    assert by_file == "| l |\n| --- |\n| farm |\n"


def test_show_prints_sparql_that_can_be_run_as_it_is(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    shown = kg("query", "claims", "concept=pupils", "--show", "--project", starter).out
    assert "VALUES ?concept { <https://example.org/school-meals/concept/pupils> }" in shown
    asked = kg("query", "claims", "concept=pupils", "--project", starter).out
    assert kg("query", shown, "--project", starter).out == asked


def test_a_formula_in_an_answer_stays_text(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    query = 'SELECT ?x { VALUES ?x { "=HYPERLINK(1)" "-0.5" } }'
    out = kg("query", query, "--format", "csv", "--project", starter).out
    assert out.splitlines() == ["x", "'=HYPERLINK(1)", "-0.5"]


# ── Tidying ──────────────────────────────────────────────────────────────────────────────────────


def test_fmt_tidies_coders_files_and_nothing_else(kg: Kg, starter: Path) -> None:
    text = starter / "passages" / "canteens.txt"
    before = text.read_bytes()
    ran = kg("fmt", text, "--project", starter)
    assert ran.code == 2
    assert text.read_bytes() == before
    change(starter / CODER, "coder: me\n", "coder: me   \n\n\n")
    assert kg("fmt", "--check", "--project", starter).code == 1
    assert kg("fmt", "--project", starter).code == 0
    assert "coder: me\n" in (starter / CODER).read_text("utf-8")
    assert kg("fmt", "--check", "--project", starter).code == 0


def test_fmt_tells_of_a_file_that_it_cannot_read(kg: Kg, starter: Path) -> None:
    (starter / CODER).write_text("document: [canteens\n")
    ran = kg("fmt", "--project", starter)
    assert ran.code == 1
    assert "[bad-yaml]" in ran.err


# ── The program as a whole ───────────────────────────────────────────────────────────────────────


def test_a_fault_of_the_program_shows_no_traceback(starter: Path) -> None:
    code = (
        "import sys, kg.pipeline as b, kg.cli as c\n"
        "def fail(*_, **__): raise RuntimeError('a fault')\n"
        "b.build_project = fail\n"
        f"sys.argv = ['kg', 'build', '--project', {str(starter)!r}]\n"
        "c.main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
        env={**os.environ, "TMPDIR": str(starter)},
    )
    assert ran.returncode == 1
    assert "RuntimeError: a fault" in next(starter.glob("kg-*.log")).read_text("utf-8")
    assert "this is a fault of kg, not of your files: RuntimeError: a fault" in ran.stderr
    assert "Traceback" not in ran.stderr


def loaded(code: str, *modules: str) -> list[str]:
    """Which of the modules a program of its own has loaded at its end."""
    code = f"import sys\n{code}\nprint(*(name for name in {modules} if name in sys.modules))\n"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    return ran.stdout.split()


def test_help_loads_nothing_heavy() -> None:
    heavy = ["rdflib", "pyoxigraph", "networkx", "pyvis", "pyshacl", "numpy", "rich", "yaml"]
    assert loaded("import kg.cli", *heavy) == []


def test_a_check_loads_nothing_that_only_exports_need(starter: Path) -> None:
    check = (
        "from pathlib import Path\n"
        "from kg.pipeline import fill\n"
        "from kg.project import read_project\n"
        f"fill(read_project(Path({str(starter)!r})))"
    )
    assert loaded(check, "networkx", "pyvis", "jinja2", "numpy", "kg.writers") == []


def test_a_network_with_known_places_is_exported_without_numpy() -> None:
    export = (
        "from kg.writers import FILES\n"
        "from kg.render.layout import place\n"
        "from tests.fisheries import dataset\n"
        "data = dataset()\n"
        "for write in FILES.values(): write(data)\n"
        "place(data.network, {iri.rpartition('/')[2]: (0, 0) for iri in data.network})"
    )
    assert loaded(export, "networkx", "numpy") == ["networkx"]


def test_a_pipe_among_the_inputs_is_not_waited_for(kg: Kg, starter: Path) -> None:
    os.mkfifo(starter / "passages" / "pipe.txt")
    ran = kg("check", "--project", starter)
    assert ran.code == 1
    assert "passages/pipe.txt: this is not a readable file" in ran.err


def test_every_command_has_a_sentence_of_help(kg: Kg) -> None:
    listed = kg("--help").out.partition("Commands:\n")[2].splitlines()
    assert len(listed) == len(cli.cli.commands)
    for line in listed:
        command, _, sentence = line.strip().partition(" ")
        assert sentence and not sentence.endswith("..."), "each fits on its line"
        ran = kg(command, "--help")
        assert ran.code == 0
        assert ran.out.startswith(f"Usage: kg {command} ")


def test_data_is_utf8_whatever_the_terminal_speaks(kg: Kg, starter: Path) -> None:
    label = 'skos:prefLabel "pupils"@en'
    change(starter / "ontology" / "school-meals.ttl", label, 'skos:prefLabel "学生"@en')
    kg("build", "--project", starter)
    ran = subprocess.run(
        [sys.executable, "-m", "kg", "query", "mentions", "--format", "md", "--project", starter],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(REPOSITORY)},
    )
    assert "学生" in ran.stdout.decode("utf-8")


def test_a_damaged_store_says_so_and_is_built_again(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    for path in (starter / ".kg").glob("store-*/*"):
        if path.is_file():
            path.write_bytes(bytes(reversed(path.read_bytes())))
    ran = kg("query", "coders", "--project", starter)
    assert ran.code == 2
    assert "damaged or incomplete [no-graph]\n  fix: kg build --fresh" in ran.err
    (starter / ".kg" / "current").write_bytes(b"\xff\x00\xfe")
    assert "damaged" in kg("query", "coders", "--project", starter).err
    assert kg("build", "--project", starter).code == 0
    assert kg("query", "coders", "--project", starter).code == 0


def test_a_lock_that_nobody_holds_is_no_lock(kg: Kg, starter: Path) -> None:
    (starter / ".kg").mkdir()
    for content in (b"99999999999999999999 09:00:00", b"\xff\xfe"):
        (starter / ".kg" / "lock").write_bytes(content)
        assert kg("build", "--project", starter).code == 0


def test_the_graph_of_another_version_is_not_asked(
    kg: Kg, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg("build", "--project", starter)
    monkeypatch.setattr("kg.store.__version__", "99.0")
    ran = kg("query", "coders", "--project", starter)
    assert "built by another version of kg [no-graph]\n  fix: kg build" in ran.err
    assert kg("build", "--project", starter).code == 0
    assert kg("query", "coders", "--project", starter).code == 0


def test_a_build_that_fails_late_changes_no_file(
    kg: Kg, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg("build", "--project", starter)
    before = {path.name: path.read_bytes() for path in (starter / "exports").iterdir()}
    change(starter / CODER, "  - local-purchasing servesAim rural-income\n", "")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.render", fail)
    assert kg("build", "--project", starter).code == 2
    assert {path.name: path.read_bytes() for path in (starter / "exports").iterdir()} == before
    assert "rural income" in kg("query", "claims", "--project", starter).out
    assert not (starter / ".kg" / "exports").exists()


def test_an_answer_tells_when_the_files_have_changed(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    assert "have changed" not in kg("query", "coders", "--project", starter).err
    later = (starter / ".kg" / "current").stat().st_mtime + 5
    os.utime(starter / CODER, (later, later))
    ran = kg("query", "coders", "--project", starter)
    assert ran.code == 0
    assert (
        "the files have changed since this graph was built; for the new state: kg build" in ran.err
    )


def test_two_relations_of_one_name_are_no_silent_choice(kg: Kg, starter: Path) -> None:
    with (starter / "ontology" / "school-meals.ttl").open("a") as ontology:
        ontology.write(
            "<https://zzz.example/reaches> a owl:ObjectProperty ;\n"
            '    rdfs:label "arrives at"@en ; rdfs:comment "Comes to."@en .\n'
        )
    ran = kg("check", "--project", starter)
    assert ran.code == 1
    assert "have the same short name, 'reaches'" in ran.err


def test_describe_is_sparql_and_load_is_refused(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    farm = "<https://example.org/school-meals/concept/farm>"
    described = kg("query", f"DESCRIBE {farm}", "--format", "nt", "--project", starter)
    assert f'{farm} <http://www.w3.org/2004/02/skos/core#prefLabel> "farm"@en .' in described.out
    loaded = kg("query", "LOAD <http://example.org/x.ttl>", "--project", starter)
    assert loaded.code == 2
    assert "read-only" in loaded.err


def test_a_file_with_parameters_takes_them(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    file = starter / "ontology" / "questions" / "measures-for.rq"
    asked = kg("query", "-f", file, "group=farmers", "--format", "md", "--project", starter)
    assert asked.out == kg(
        "query", "measures-for", "group=farmers", "--format", "md", "--project", starter
    ).out  # fmt: skip
    assert "pupils" not in asked.out


def test_a_line_separator_in_a_label_breaks_no_answer(kg: Kg, starter: Path) -> None:
    label = 'skos:prefLabel "farm"@en'
    new = 'skos:prefLabel "fa\\u2028rm\\u0085"@en'
    change(starter / "ontology" / "school-meals.ttl", label, new)
    kg("build", "--project", starter)
    query = "CONSTRUCT { ?s skos:prefLabel ?o } { ?s skos:prefLabel ?o }"
    ran = kg("query", query, "--project", starter)
    assert (ran.code, ran.err) == (0, "9 triples\n")


def test_a_table_stops_where_nobody_reads_on(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    query = "SELECT ?a ?b { { SELECT ?a { ?a a ?x } LIMIT 40 } { SELECT ?b { ?b a ?y } LIMIT 40 } }"
    ran = kg("query", query, "--project", starter)
    assert ran.err == "1,600 rows\n"
    assert ran.out.splitlines()[-1] == "… and 1,100 more rows: --format csv has them all"


def test_many_columns_become_blocks(kg: Kg, starter: Path) -> None:
    kg("build", "--project", starter)
    out = kg("query", "where", "object=attendance", "--project", starter).out
    assert "subject        free school lunch\n" in out
    assert "document       Lunch for everyone\n" in out


def test_python_is_told_what_was_left_out(starter: Path) -> None:
    import kg as package

    change(starter / CODER, "reaches farmers", "reaches farmer")
    graph = package.build(starter)
    assert [issue.code for issue in graph.issues] == ["unknown-concept"]

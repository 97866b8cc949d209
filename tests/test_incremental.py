"""Is a graph that is brought up to date the same as one built anew, whatever was changed?"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.errors import Issue
from kg.filling import derived, workshop
from kg.filling.workshop import Workshop
from kg.namespaces import PKG
from kg.pipeline import Built, build_project
from kg.project import read_project
from kg.readers.bundles import Bundle, read_bundle
from kg.readers.names import Names
from kg.store import current_folder, open_store
from tests.conftest import REPOSITORY, STARTER

TEXT = "Kitchens should buy from growers nearby. 县城 Pupils eat lunch."
SAYING = "  statements:\n  - local-purchasing reaches farmers{}\n"
HEAD = "document: {}\ncoder: {}\ncoded: 2026-01-20T10:00:00Z\nmodality: proposed\npassages:\n"
WORDS = "[Kitchens should buy from [growers]{farmers}]{local-purchasing} nearby."
PASSAGE = f"- text: >-\n    {WORDS}\n"
LINE: dict[str, Any] = {
    "coder": "me",
    "coded": "2026-01-20T10:00:00Z",
    "quote": "Kitchens should buy from growers nearby.",
    "mentions": [{"concept": "farmers", "quote": "growers"}],
}
STATEMENT = {"relation": "reaches", "object": "farmers", "modality": "planned"}
SHAPE = """\
@prefix pkg: <https://w3id.org/policy-kg/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sm: <https://example.org/school-meals/terms#> .
sm:ReachesNobody a sh:NodeShape ; sh:targetSubjectsOf sm:reaches ;
    sh:property [ sh:path sm:reaches ; sh:in ( sm:Nobody ) ] .
"""
"""What each claim breaks."""
SHAPES = f"""{SHAPE}
sm:SaysLittle a sh:NodeShape ; sh:targetClass pkg:Passage ;
    sh:property [ sh:path [ sh:inversePath pkg:inPassage ] ; sh:maxCount 1 ] .
"""
"""What passages break too."""


def quads(built: Built) -> list[str]:
    text = built.filled.store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return sorted(text.decode().splitlines(keepends=True))


def rebuilt(folder: Path, *, fresh: bool = False) -> tuple[list[str], tuple[object, ...]]:
    """The graph's sorted N-Quads, and the findings."""
    built = build_project(read_project(folder), fresh=fresh)
    return quads(built), built.filled.issues


def shaped(folder: Path, shapes: str) -> Path:
    """The starter, with shapes that it breaks."""
    write(starter(folder) / "ontology" / "shapes.ttl", shapes)
    return folder


def starter(folder: Path) -> Path:
    """The starter, without exports."""
    shutil.copytree(STARTER, folder)
    settings = folder / "kg.toml"
    settings.write_text("exports = []\n" + settings.read_text("utf-8"), encoding="utf-8")
    return folder


# ── Random sequences of edits ───────────────────────────────────────────────────────────────────

Edit = Callable[[Path], None]
KEYS = st.sampled_from(["a", "b", "canteens"])
TAILS = st.sampled_from(["", " {rejected}", " {negative}", " {implied}", " and more"])


def text(key: str, more: str) -> Edit:
    return lambda folder: write(folder / f"{key}.txt", TEXT + more)


def coded(key: str, coder: str, tail: str, says: bool) -> Edit:
    content = HEAD.format(key, coder) + PASSAGE + SAYING.format(tail) * says
    return lambda folder: write(folder / f"{key}.{coder}.yaml", content)


def gone(name: str) -> Edit:
    return lambda folder: (folder / name).unlink(missing_ok=True)


def many(keys: list[str], subjects: list[str], broken: bool, gap: int = 0) -> Edit:
    lines: list[dict[str, Any]] = []
    for key, subject in zip(keys, subjects, strict=False):
        lines += [
            {"document": key, "text": TEXT},
            {"document": key, **LINE, "statements": [{**STATEMENT, "subject": subject}]},
        ]
    written = [json.dumps(line) for line in lines] + ["{"] * broken
    return lambda folder: write(folder / "many.jsonl", ("\n" * (gap + 1)).join(written))


def ontology(old: str, new: str) -> Edit:
    def change(folder: Path) -> None:
        path = folder.parent / "ontology" / "school-meals.ttl"
        write(path, path.read_text("utf-8").replace(old, new))

    return change


def write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


EDITS = st.one_of(
    st.builds(text, KEYS, st.sampled_from(["", " More.", "\r\n"])),
    st.builds(coded, KEYS, st.sampled_from(["me", "you"]), TAILS, st.booleans()),
    st.builds(gone, st.sampled_from(["a.txt", "a.me.yaml", "canteens.me.yaml", "many.jsonl"])),
    st.builds(
        many,
        st.lists(st.sampled_from(["c", "d", "a"]), max_size=3),
        st.lists(st.sampled_from(["local-purchasing", "free-lunch", "pupil"]), min_size=3),
        st.booleans(),
        st.integers(0, 1),
    ),
    st.just(ontology('"farmers"@en', '"growers"@en')),
    st.just(ontology('"growers"@en', '"farmers"@en')),
)


@settings(deadline=None, max_examples=5)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_up_to_date_is_the_same_as_new(rounds: list[list[Edit]]) -> None:
    with TemporaryDirectory() as path:
        folder = shaped(Path(path) / "old", SHAPES)
        rebuilt(folder)
        for edits in rounds:
            for edit in edits:
                edit(folder / "passages")
            updated = rebuilt(folder)
        new = Path(path) / "new"
        shutil.copytree(folder, new, ignore=shutil.ignore_patterns(".kg"))
        assert updated == rebuilt(new)


# ── What is filled again, and what is not ───────────────────────────────────────────────────────


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the documents that were filled, one after the other."""
    keys: list[str] = []
    fill = Workshop.fill

    def told(workshop: Workshop, bundles: tuple[Bundle, ...]) -> object:
        keys.extend(bundle.key for bundle in bundles)
        return fill(workshop, bundles)

    monkeypatch.setattr(Workshop, "fill", told)
    return keys


def test_only_what_changed_is_filled_again(tmp_path: Path, filled: list[str]) -> None:
    folder = starter(tmp_path / "project")
    many(["c", "d"], ["local-purchasing", "local-purchasing"], False)(folder / "passages")
    rebuilt(folder)
    assert filled == ["c", "canteens", "d"]
    filled.clear()
    rebuilt(folder)
    many(["c", "d"], ["local-purchasing", "free-lunch"], False)(folder / "passages")
    rebuilt(folder)
    assert filled == ["d"]
    filled.clear()
    ontology('"farmers"@en', '"growers"@en')(folder / "passages")
    rebuilt(folder)
    assert filled == ["c", "canteens", "d"]


def test_what_was_found_in_a_document_is_told_again(tmp_path: Path, filled: list[str]) -> None:
    folder = starter(tmp_path / "project")
    many(["c"], ["pupil"], False)(folder / "passages")
    _, first = rebuilt(folder)
    filled.clear()
    write(folder / "passages" / "other.txt", "Another text.")
    _, again = rebuilt(folder)
    assert filled == ["other"]
    assert first == again != ()


@pytest.mark.parametrize(("before", "gap"), [(["e"], 0), ([], 1)])
def test_a_finding_stands_where_its_claim_has_moved_to(
    tmp_path: Path, filled: list[str], before: list[str], gap: int
) -> None:
    folder = shaped(tmp_path / "project", SHAPE)
    subjects = ["local-purchasing", "local-purchasing"]
    many(["d"], subjects, False)(folder / "passages")
    (folder / "passages" / "canteens.me.yaml").unlink()
    rebuilt(folder)
    filled.clear()
    many([*before, "d"], subjects, False, gap)(folder / "passages")
    _, found = rebuilt(folder)
    assert filled == ["d"] * gap + before
    line = (2 * len(before) + 1) * (gap + 1) + 1
    [claim] = [issue for issue in found if "reaches" in issue.what]
    assert str(claim.place) == f"passages/many.jsonl:{line}"
    assert rebuilt(folder, fresh=True)[1] == found


def test_what_has_not_changed_is_not_read_again_for_its_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shaped(tmp_path / "project", SHAPE)
    many(["c", "d"], ["local-purchasing", "free-lunch"], False)(folder / "passages")
    read: list[str] = []

    def told(bundle: Bundle, names: Names) -> object:
        read.append(bundle.key)
        return read_bundle(bundle, names)

    for place in (workshop, derived):
        monkeypatch.setattr(place, "read_bundle", told)
    _, found = rebuilt(folder)
    assert read == ["c", "canteens", "d"]
    assert {issue.place.file for issue in found} == {
        "passages/canteens.me.yaml",
        "passages/many.jsonl",
    }
    write(folder / "passages" / "other.txt", "Another text.")
    assert rebuilt(folder)[1] == found
    assert read == ["c", "canteens", "d", "other"]


def test_a_title_that_changes_fills_nothing(tmp_path: Path, filled: list[str]) -> None:
    folder = starter(tmp_path / "project")
    rebuilt(folder)
    filled.clear()
    path = folder / "kg.toml"
    write(path, path.read_text("utf-8").replace("first", "second"))
    updated, _ = rebuilt(folder)
    assert filled == []
    assert updated == rebuilt(folder, fresh=True)[0]


# ── What goes wrong on the way ──────────────────────────────────────────────────────────────────


def run(folder: Path, setup: str = "") -> subprocess.Popen[bytes]:
    """`kg build` in a process of its own, behind some lines of Python."""
    code = f"import sys\n{setup}\nsys.argv[1:] = ['build', '--project', {str(folder)!r}]\n"
    return subprocess.Popen(
        [sys.executable, "-c", code + "from kg.cli import main\nmain()"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


def stored(folder: Path) -> list[bytes]:
    """The sorted N-Quads of the store in use."""
    store = open_store(read_project(folder).cache)
    return sorted((store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines())


def test_a_build_that_is_killed_at_any_moment_leaves_the_old_graph(tmp_path: Path) -> None:
    folder = starter(tmp_path / "project")
    rebuilt(folder)
    moments = random.Random(7)  # noqa: S311
    killed = 0
    for number in range(20):
        before, name = stored(folder), (folder / ".kg" / "current").read_text()
        write(folder / "passages" / "other.txt", f"Text number {number}.")
        process = run(folder)
        time.sleep(moments.uniform(0.05, 0.9))
        process.kill()
        process.communicate()
        if (folder / ".kg" / "current").read_text() == name:
            killed += 1
            assert stored(folder) == before
        else:
            assert len(stored(folder)) >= len(before)
    assert killed
    assert rebuilt(folder) == rebuilt(folder, fresh=True)


FULL = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"


def test_a_disk_that_is_full_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    folder = starter(tmp_path / "project")
    rebuilt(folder)
    before = stored(folder)
    write(folder / "passages" / "other.txt", "Another text.")
    process = run(folder, FULL)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert b"the old graph is kept" in told
    assert b"Traceback" not in told
    assert stored(folder) == before
    assert not (folder / ".kg" / "draft").exists()


def test_a_store_that_lost_something_is_built_anew(tmp_path: Path, filled: list[str]) -> None:
    folder = starter(tmp_path / "project")
    whole, _ = rebuilt(folder)
    project = read_project(folder)
    store = ox.Store(str(current_folder(project.cache)))
    store.remove(next(store.quads_for_pattern(None, ox.NamedNode(PKG.status), None)))
    store.flush()
    del store
    filled.clear()
    assert rebuilt(folder)[0] == whole
    assert filled == ["canteens"]


def test_a_graph_that_broke_a_promise_is_not_built_upon(
    tmp_path: Path, filled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = starter(tmp_path / "project")
    rebuilt(folder)

    derive = pipeline.add_inferred

    def lose_edges(store: ox.Store, *given: Any) -> list[Issue]:
        issues = derive(store, *given)
        store.remove_graph(ox.NamedNode("https://example.org/school-meals/graph/direct"))
        return issues

    path = folder / "passages" / "canteens.me.yaml"
    write(folder / "passages" / "other.txt", "Another text.")
    write(path, path.read_text("utf-8") + "# checked\n")
    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "add_inferred", lose_edges)
        _, found = rebuilt(folder)
    assert {issue.code for issue in found} == {"missing-edge"}
    filled.clear()
    mended = rebuilt(folder)
    assert filled == ["canteens", "other"]
    assert mended == rebuilt(folder, fresh=True)


def test_a_ledger_that_is_gone_or_broken_costs_only_time(tmp_path: Path) -> None:
    folder = starter(tmp_path / "project")
    whole, _ = rebuilt(folder)
    for content in (b"", b"[]\n", b"\xff\x00"):
        [ledger] = (folder / ".kg").glob("*.ledger")
        ledger.write_bytes(content)
        assert rebuilt(folder)[0] == whole

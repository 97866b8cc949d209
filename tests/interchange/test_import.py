"""What does somebody see who brings annotations along from another tool?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.ontology import Ontology
from kg.readers import read_folder
from kg.readers.tidy import coders_files, tidy_files
from kg.workbook import workbook
from tests.test_cli import Kg, kg

__all__ = ["kg"]

TEXT = "Rain fell. The otter eats salmon in winter 🐟. Rain fell."
ENTITIES = [
    {"id": 1, "label": "Otter", "start_offset": 15, "end_offset": 20},
    {"id": 2, "label": "salmon", "start_offset": 26, "end_offset": 32},
    {"id": 3, "label": "hiver", "start_offset": 36, "end_offset": 42},
]
RELATIONS = [{"id": 1, "from_id": 1, "to_id": 2, "type": "eats"}]
ENTRY = {"id": "a", "text": TEXT, "entities": ENTITIES, "relations": RELATIONS}
CODED = ("--coded", "2026-11-22T09:00:00Z")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What doccano gives: one text with marks and a relation."""
    path = tmp_path / "river.jsonl"
    path.write_text(json.dumps(ENTRY) + "\n", encoding="utf-8")
    return path


def files(project: Path) -> list[str]:
    return sorted(path.name for path in (project / "passages").iterdir())


def test_an_import_reads_back_builds_and_is_tidy(
    kg: Kg, project: Path, export: Path, river: Ontology
) -> None:
    ran = kg("import", export, *CODED, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert files(project) == ["river-a.imported.yaml", "river-a.txt"]
    [document] = read_folder(project / "passages", river).documents
    [passage] = document.passages
    said = passage.statements[0]
    names = {mention.id: mention.spans[0].quote for mention in passage.mentions}
    assert names[said.subject_mentions[0]] == "otter"
    assert names[said.object_mentions[0]] == "salmon"
    assert tidy_files(coders_files(project / "passages"), only_check=True) == ((), ())
    assert "passages/" not in kg("build", "--project", project).err


def test_a_dry_run_writes_nothing_and_shows_what_would_be(
    kg: Kg, project: Path, export: Path
) -> None:
    before = sorted(project.rglob("*"))
    ran = kg("import", export, *CODED, "--dry-run", "--project", project)
    assert sorted(project.rglob("*")) == before
    lines = ran.out.splitlines()
    assert lines[0] == "read 1 file as doccano: 1 text, 3 marks, 1 relation"
    assert lines[1] == "offsets count code points in 1 text"
    assert "Otter            otter    label  1" in lines
    assert "marks: 3 = 3 written" in lines
    assert f"would write {project / 'passages' / 'river-a.txt'}" in lines


def test_coding_that_no_file_could_hold_asks_for_a_shorter_text(
    kg: Kg, project: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In parts of one text it would not do: their files have one name."""
    monkeypatch.setattr("kg.commands.importing.LARGEST_YAML", 200)
    ran = kg("import", export, *CODED, "--project", project)
    assert (ran.code, "import each part as a text of its own" in ran.err) == (2, True)
    assert files(project) == []


def test_files_without_times_need_one_to_be_named(kg: Kg, project: Path, export: Path) -> None:
    ran = kg("import", export, "--project", project)
    assert ran.code == 2
    assert ran.err.count("nothing says when 3 marks were made, so nothing was written") == 1
    assert files(project) == []
    ran = kg("import", export, "--coded", "yesterday", "--project", project)
    assert (ran.code, "--coded 2026-11-22T09:00:00Z" in ran.err) == (2, True)


@pytest.mark.parametrize("name", ["codes.csv", "codes.xlsx"])
def test_headings_of_ones_own_are_named_in_the_map(
    kg: Kg, project: Path, tmp_path: Path, name: str
) -> None:
    (project / "passages" / "notes.txt").write_text("The otter left.\n", "utf-8")
    rows = [["Text", "Stelle", "Was", "Privat"], ["notes", "otter", "otter", "secret"]]
    content = "\n".join(",".join(row) for row in rows).encode()
    path = tmp_path / name
    path.write_bytes(content if name.endswith("csv") else workbook({"Stellen": rows}))
    ran = kg("import", path, *CODED, "--project", project)
    assert (ran.code, "no column of this table is called label" in ran.err) == (1, True)
    assert "column<TAB>HEADING<TAB>label (--map FILE)" in ran.err
    own = tmp_path / "map.tsv"
    meanings = ("Text\tdocument", "stelle\tquote", "Was\tlabel", "Privat\t-")
    own.write_text("".join(f"column\t{each}\n" for each in meanings), "utf-8")
    ran = kg("import", path, *CODED, "--map", own, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert "marks: 1 = 1 written" in ran.out
    own.write_text("column\tText\twords\n", "utf-8")
    ran = kg("import", path, *CODED, "--map", own, "--project", project)
    assert (ran.code, "map.tsv:1: the column `Text` cannot mean `words`" in ran.err) == (2, True)


def test_no_file_that_is_there_is_changed(kg: Kg, project: Path, export: Path) -> None:
    kg("import", export, *CODED, "--project", project)
    again = kg("import", export, *CODED, "--project", project)
    assert (again.code, "is there already, with just this in it" in again.out) == (0, True)
    mine = project / "passages" / "river-a.imported.yaml"
    mine.write_text(mine.read_text("utf-8") + "# mine\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    ran = kg("import", export, *CODED, "--project", project)
    assert ran.code == 2
    assert "river-a.imported.yaml: this file is there already" in ran.err
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_text_of_that_name_with_other_words_is_left_alone(
    kg: Kg, project: Path, export: Path
) -> None:
    (project / "passages" / "river-a.txt").write_text("Quite another text.\n", encoding="utf-8")
    ran = kg("import", export, *CODED, "--project", project)
    assert ran.code == 1
    assert "holds other words than this text [text-differs]" in ran.err
    assert "marks: 3 = 0 written + 3 on a text that cannot be used" in ran.out
    assert files(project) == ["river-a.txt"]


def test_a_text_that_differs_in_white_space_only_is_the_same(
    kg: Kg, project: Path, export: Path, river: Ontology
) -> None:
    there = "\ufeffRain fell.\r\n\r\nThe otter eats salmon\r\nin winter 🐟. Rain fell.\r\n"
    (project / "passages" / "river-a.txt").write_bytes(there.encode())
    assert kg("import", export, *CODED, "--project", project).code == 0
    [document] = read_folder(project / "passages", river).documents
    quotes = [mention.spans[0].quote for mention in document.passages[0].mentions]
    assert quotes == ["otter", "salmon", "winter"]


def test_unknown_labels_cost_only_themselves_and_a_map_file_mends_them(
    kg: Kg, project: Path, export: Path, tmp_path: Path
) -> None:
    entities = [*ENTITIES, {"id": 4, "label": "Samlon", "start_offset": 0, "end_offset": 4}]
    export.write_text(json.dumps(ENTRY | {"entities": entities}), encoding="utf-8")
    labels = tmp_path / "labels.tsv"
    ran = kg("import", export, *CODED, "--dry-run", "--map", labels, "--project", project)
    assert ran.code == 1
    assert "the label `Samlon` (1) is no concept of this project; nearest: salmon [" in ran.err
    assert "fix: choose concepts in a map file" in ran.err
    assert "marks: 4 = 3 written + 1 without a concept" in ran.out
    written = labels.read_text("utf-8")
    assert "label\tSamlon\t\t1\tsalmon\n" in written
    labels.write_text(written.replace("Samlon\t\t", "Samlon\tgrey heron\t"), encoding="utf-8")
    ran = kg("import", export, *CODED, "--map", labels, "--project", project)
    assert (ran.code, "marks: 4 = 4 written" in ran.out) == (0, True)
    assert "[Rain]{grey-heron}" in (project / "passages" / "river-a.imported.yaml").read_text(
        "utf-8"
    )


def test_a_map_that_names_nothing_of_ours_says_so_where_it_does(
    kg: Kg, project: Path, export: Path, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.tsv"
    labels.write_text("label\tOtter\totterz\nrelation\teats\teat\n", encoding="utf-8")
    ran = kg("import", export, *CODED, "--map", labels, "--project", project)
    assert ran.code == 1
    what = "the label `Otter` is to be `otterz`, which is no concept; nearest: otter"
    assert f"{labels}:1: {what} [unmatched-label]" in ran.err
    what = "the relation `eats` is to be `eat`, which is no relation"
    assert f"{labels}:2: {what}" in ran.err


def test_what_mends_many_findings_is_said_once(kg: Kg, project: Path, export: Path) -> None:
    strange = [{**entity, "label": f"zz{entity['label']}q"} for entity in ENTITIES]
    export.write_text(json.dumps(ENTRY | {"entities": strange}), encoding="utf-8")
    ran = kg("import", export, *CODED, "--project", project)
    assert ran.err.count("[unmatched-label]") == len({entity["label"] for entity in strange})
    assert ran.err.count("fix: choose concepts in a map file") == 1


def test_a_long_path_of_codes_shows_its_telling_end(kg: Kg, project: Path, tmp_path: Path) -> None:
    (project / "passages" / "notes.txt").write_text("Rain fell.\n", "utf-8")
    table = tmp_path / "codes.csv"
    label = "Weather as the texts have it > What falls from above > rain"
    table.write_text(f"document,quote,code\nnotes,Rain,{label}\n", encoding="utf-8")
    new = project / "ontology" / "codes.ttl"
    ran = kg("import", table, *CODED, "--codebook", new, "--project", project)
    assert "… > What falls from above > rain  rain" in ran.out
    assert f"3 new concepts without a class: give each one in {new}" in ran.out


def test_a_map_file_leaves_out_on_purpose_and_names_coders(
    kg: Kg, project: Path, export: Path, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.tsv"
    labels.write_text("label\thiver\t-\ncoder\t\tann\nrelation\teats\tnear\n", encoding="utf-8")
    ran = kg("import", export, *CODED, "--map", labels, "--project", project)
    assert (ran.code, "marks: 3 = 2 written + 1 left out by the map" in ran.out) == (0, True)
    yaml = (project / "passages" / "river-a.ann.yaml").read_text("utf-8")
    assert "- m1 near m2\n" in yaml
    labels.write_text("salmon = otter\n", encoding="utf-8")
    ran = kg("import", export, "--map", labels, "--dry-run", "--project", project)
    assert (ran.code, f"{labels}:1: this line says nothing" in ran.err) == (2, True)


def test_a_code_tree_becomes_concepts_in_a_new_file(kg: Kg, project: Path, tmp_path: Path) -> None:
    (project / "passages" / "notes.txt").write_text("Rain fell. The otter left.\n", "utf-8")
    table = tmp_path / "codes.csv"
    rows = [
        "document,quote,code,time",
        "notes,Rain,Weather > Other,2026-11-22",
        "notes,fell,Weather,",
    ]
    rows.append("notes,left,Animals > Other,2026-11-22")
    table.write_text("\n".join(rows), encoding="utf-8")
    new = project / "ontology" / "codes.ttl"
    ran = kg("import", table, *CODED, "--codebook", new, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    turtle = new.read_text("utf-8")
    assert "skos:broader <https://example.org/river/concept/weather>" in turtle
    yaml = (project / "passages" / "notes.imported.yaml").read_text("utf-8")
    assert "[Rain]{weather-other} [fell]{weather}." in yaml
    assert "[left]{other}" in yaml
    checked = kg("check", "--project", project)
    assert "one-way-link" not in checked.err


def test_coders_states_and_times_survive(
    kg: Kg, project: Path, tmp_path: Path, river: Ontology
) -> None:
    def work(who: str, time: str) -> dict[str, object]:
        value = {"start": 4, "end": 9, "text": "otter", "labels": ["otter"]}
        result = [{"id": "x", "type": "labels", "value": value}]
        return {"completed_by": {"email": who}, "created_at": time, "result": result}

    works = [work("ann@a.org", "2026-01-01T00:00:00Z"), work("bob@b.org", "2026-01-02T00:00:00Z")]
    guess = {**work("", "2026-01-03T00:00:00Z"), "model_version": "m1", "score": 0.25}
    task = {"id": 1, "data": {"text": "The otter."}, "annotations": works, "predictions": [guess]}
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([task]), encoding="utf-8")
    assert kg("import", path, "--project", project).code == 0
    [document] = read_folder(project / "passages", river).documents
    mentions = [mention for passage in document.passages for mention in passage.mentions]
    assert [(each.coder, each.coded, each.status, each.confidence) for each in mentions] == [
        ("ann", "2026-01-01T00:00:00Z", "accepted", "1.0"),
        ("bob", "2026-01-02T00:00:00Z", "accepted", "1.0"),
        ("m1-suggested", "2026-01-03T00:00:00Z", "suggested", "0.25"),
    ]
    assert len({passage.id for passage in document.passages}) == 1


def test_folders_of_brat_are_the_coders(kg: Kg, project: Path, tmp_path: Path) -> None:
    for coder in ("ann", "bob"):
        folder = tmp_path / "brat" / coder
        folder.mkdir(parents=True)
        (folder / "notes.txt").write_text("The otter.\n", encoding="utf-8")
        (folder / "notes.ann").write_text("T1\totter 4 9\totter\n", encoding="utf-8")
    ran = kg("import", tmp_path / "brat", *CODED, "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert files(project) == ["notes.ann.yaml", "notes.bob.yaml", "notes.txt"]


def test_files_in_other_encodings_are_named_or_read_as_told(
    kg: Kg, project: Path, tmp_path: Path
) -> None:
    path = tmp_path / "notes.jsonl"
    entry = json.dumps(
        {"text": "鲑鱼在河口的上游。", "label": [[0, 2, "鲑鱼"]]}, ensure_ascii=False
    )
    path.write_bytes(entry.encode("gb18030"))
    ran = kg("import", path, *CODED, "--from", "doccano", "--dry-run", "--project", project)
    assert ran.code == 1
    assert "it looks like GB18030" in ran.err
    ran = kg("import", path, *CODED, "--encoding", "gb18030", "--project", project)
    assert (ran.code, ran.err) == (0, "")
    assert (project / "passages" / "notes-1.txt").read_text("utf-8") == "鲑鱼在河口的上游。\n"
    ran = kg("import", path, "--encoding", "klingon", "--project", project)
    assert (ran.code, "there is no encoding `klingon`" in ran.err) == (2, True)


def test_what_tells_no_format_has_to_be_named(kg: Kg, project: Path, tmp_path: Path) -> None:
    path = tmp_path / "thesis.sav"
    path.write_text("chapter one", encoding="utf-8")
    ran = kg("import", path, "--project", project)
    assert (ran.code, "tells no format" in ran.err, "--from w3c | brat" in ran.err) == (
        2,
        True,
        True,
    )
    ran = kg("import", path, "--from", "nvivo", "--project", project)
    assert (ran.code, "there is no format 'nvivo' to read" in ran.err) == (2, True)


def test_counts_always_add_up(kg: Kg, project: Path, export: Path) -> None:
    entities = [
        *ENTITIES,
        {"id": 3, "label": "salmon", "start_offset": 0, "end_offset": 4},
        {"id": 5, "label": "salmon", "start_offset": 5, "end_offset": 999},
        {"id": 6, "label": "salmon", "start_offset": 26, "end_offset": 32},
        {"id": 7, "label": "Nothing", "start_offset": 26, "end_offset": 32},
    ]
    relations = [
        *RELATIONS,
        {"id": 2, "from_id": 6, "to_id": 1, "type": "livesIn"},
        {"id": 3, "from_id": 1, "to_id": 6, "type": "eats"},
        {"id": 4, "from_id": 1, "to_id": 99, "type": "eats"},
        {"id": 5, "from_id": 1, "to_id": 7, "type": "eats"},
    ]
    changed = ENTRY | {"entities": entities, "relations": relations}
    export.write_text(json.dumps(changed), encoding="utf-8")
    lines = kg("import", export, *CODED, "--project", project).out.splitlines()
    assert (
        "marks: 7 = 3 written + 1 without a concept + 1 marked twice with one concept"
        " + 2 unreadable"
    ) in lines
    assert (
        "relations: 5 = 1 written + 1 against the domain or range of the relation"
        " + 1 from or to a mark that was not written + 1 said twice in one passage + 1 unreadable"
    ) in lines


def test_a_text_and_its_standoff_may_be_named_together(
    kg: Kg, project: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("The otter.\n", encoding="utf-8")
    (tmp_path / "notes.ann").write_text("T1\totter 4 9\totter\n", encoding="utf-8")
    named = [tmp_path / "notes.ann", tmp_path / "notes.txt"]
    assert kg("import", *named, *CODED, "--project", project).code == 0
    shutil.rmtree(project / "passages")
    assert kg("import", tmp_path / "nothing", "--project", project).code == 2


@pytest.mark.parametrize("counted", ["code points", "characters as they are seen"])
def test_doccano_may_count_characters_as_they_are_seen(
    kg: Kg, project: Path, tmp_path: Path, counted: str
) -> None:
    text = "👩\u200d🌾 cafe\u0301 🇨🇳 otter, salmon"
    shift = 4 if counted == "characters as they are seen" else 0
    marks = [
        [text.index(w) - shift, text.index(w) + len(w) - shift, w] for w in ("otter", "salmon")
    ]
    file = tmp_path / "seen.jsonl"
    file.write_text(json.dumps({"id": 1, "text": text, "label": marks}), encoding="utf-8")
    ran = kg("import", file, *CODED, "--project", project)
    assert f"offsets count {counted} in 1 text" in ran.out
    coded = (project / "passages" / "seen-1.imported.yaml").read_text("utf-8")
    assert "[otter]{otter}, [salmon]{salmon}" in coded


def test_a_strict_import_writes_nothing_of_a_file_with_a_fault(
    kg: Kg, project: Path, export: Path
) -> None:
    wrong = dict(ENTRY, entities=[*ENTITIES, dict(ENTITIES[0], id=4, end_offset=9_999)])
    export.write_text(json.dumps(wrong), encoding="utf-8")
    ran = kg("import", export, *CODED, "--strict", "--project", project)
    assert (ran.code, ran.out, files(project)) == (1, "", [])
    assert "[bad-offset]" in ran.err
    assert "nothing was written: 1 error\n" in ran.err
    assert kg("import", export, *CODED, "--project", project).code == 1
    assert files(project) == ["river-a.imported.yaml", "river-a.txt"]

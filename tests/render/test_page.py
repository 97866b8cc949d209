"""The page as a file: the same bytes every time, nothing in it that was not meant for it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg.assets import asset
from kg.render.tables import pack, safe_json
from tests.render.garden import Garden

VIS = gzip.decompress((asset("render/vendor") / "vis-network.min.js.gz").read_bytes())
REPOSITORY = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def page() -> str:
    return Garden().page()


def elements(page: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, flags=re.DOTALL)


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(page: str) -> None:
    script = "import sys; from tests.render.garden import Garden; print(hash(Garden().page()))"
    script = script.replace("hash(", "__import__('hashlib').sha256(").replace(
        ".page())", ".page().encode()).hexdigest()"
    )
    for seed in ("1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.strip() == hashlib.sha256(page.encode()).hexdigest()


def test_the_policy_names_every_script_and_style_and_forbids_connections(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    wanted = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in wanted
    assert "connect-src 'none'" in wanted
    scripts = [body for body in elements(page, "script") if body.startswith('"use strict"')]
    assert len(scripts) == 1
    for body in (*scripts, VIS.decode(), *elements(page, "style")):
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in wanted


def test_nothing_in_the_page_is_fetched_from_elsewhere(page: str) -> None:
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r"\b(?:src|href)=[\"']?([^\"'>]+)", markup) == ["data:,"]
    vis = gzip.decompress(base64.b64decode(elements(page, "script")[2])).decode()
    assert "sourceMappingURL" not in page + vis
    assert not re.search(r"@import|url\(", elements(page, "style")[0])


def test_data_are_json_without_markup(page: str) -> None:
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert data
    assert not re.search("[<>&\u2028\u2029]", data[1])
    assert json.loads(data[1])["title"] == "Kitchen garden"


def test_what_lies_outside_the_body_is_not_in_the_page(page: str) -> None:
    assert "PRESS OFFICE" not in page
    assert "COPYRIGHT NOTICE" not in page
    assert page.count("Nobody has seen a rose") == 1


def test_evidence_of_a_document_whose_text_is_not_at_hand_is_left_out() -> None:
    page = replace(Garden(), documents=()).page()
    assert json.loads(elements(page, "script")[1])["passages"]["count"] == 0


def test_what_few_records_have_is_kept_apart() -> None:
    records = [{"a": n, "b": "same", "c": 7 if n == 3 else None} for n in range(9)]
    assert pack(records) == {
        "count": 9,
        "same": {"b": "same"},
        "columns": {"a": list(range(9))},
        "few": {"c": {3: 7}},
    }


def test_no_two_scripts_declare_the_same_name() -> None:
    folder = asset("render/page") / "js"
    declared = Counter(
        name
        for path in folder.glob("*.js")
        for name in re.findall(
            r"^(?:async function|function|const|let) (\w+)", path.read_text("utf-8"), re.MULTILINE
        )
    )
    assert [name for name, times in declared.items() if times > 1] == []


def test_a_lone_surrogate_can_be_written() -> None:
    assert safe_json("half a \ud83c").encode() == b'"half a \\ud83c"'


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 400_000


def test_vis_network_is_the_file_that_the_readme_names() -> None:
    folder = asset("render/vendor")
    unpacked = gzip.decompress((folder / "vis-network.min.js.gz").read_bytes())
    digest = hashlib.sha256(unpacked).hexdigest()
    assert digest in (folder / "README.md").read_text("utf-8")


def test_the_page_carries_vis_network_without_the_name_of_its_map(page: str) -> None:
    assert b"sourceMappingURL" not in VIS
    packed = re.search(r'<script type="application/gzip" id="vis-network">([^<]*)</script>', page)
    assert packed
    assert gzip.decompress(base64.b64decode(packed[1])) == VIS


def test_both_interfaces_say_the_same_things() -> None:
    interface = json.loads((asset("render/page") / "interface.json").read_text("utf-8"))
    english = interface.pop("en")
    holes = re.compile(r"\{\w+\}")
    for tag, words in interface.items():
        missing = english.keys() - words.keys()
        assert not missing, tag
        for key, sentence in words.items():
            assert set(holes.findall(str(sentence))) == set(holes.findall(str(english[key]))), key


def test_every_word_that_the_scripts_say_is_in_the_interface() -> None:
    folder = asset("render/page")
    interface = json.loads((folder / "interface.json").read_text("utf-8"))
    scripts = "".join(path.read_text("utf-8") for path in (folder / "js").glob("*.js"))
    template = (folder / "page.html.j2").read_text("utf-8")
    said = set(re.findall(r'\bsay\("([\w-]+)"', scripts))
    said |= set(re.findall(r'data-say(?:-label)?="([\w-]+)"', template))
    assert said <= interface["en"].keys()
    kinds = ("direct", "classification", "flow", "background", "inferred")
    assert {f"{what}-{kind}" for what in ("kind", "meaning") for kind in kinds} <= interface[
        "en"
    ].keys()

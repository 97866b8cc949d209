"""The SPARQL page: one HTML file that asks the graph in the browser, with no server and no request.

It holds Oxigraph compiled to WebAssembly, the graph, the editor of YASGUI, and the named questions
as examples. What is foreign travels as it lies in `vendor/`, gzipped, and is unpacked by the page.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from kg.assets import asset
from kg.questions import Question
from kg.render.page import policy, squeezed
from kg.render.sparql.packing import pack_graphs
from kg.render.sparql.terms import read_terms
from kg.render.tables import pack, safe_json
from kg.store import build_id
from kg.writers.dataset import Dataset

SHARED_SCRIPTS = ("tables", "dom", "words")
"""Those of the graph page that serve here too."""
SCRIPTS = (
    "data",
    "binding",
    "guard",
    "fault",
    "run",
    "answer",
    "turtle",
    "downloads",
    "editor",
    "complete",
    "picker",
    "questions",
    "desk",
    "rows",
    "main",
)
SHARED_STYLES = ("base", "bar")
STYLES = ("desk", "editor", "questions", "rows", "phone")
RUNNING = "'wasm-unsafe-eval'; worker-src blob:"
"""What WebAssembly in a worker needs beside the scripts."""
LICENCES = ("oxigraph", "yasqe")


def sparql_page(
    dataset: Dataset,
    questions: Iterable[Question],
    *,
    own: Iterable[str],
    title: str,
    graph: str,
    titles: Mapping[str, str] | None = None,
) -> bytes:
    """The page as HTML, the same to the byte for the same input.

    `own` names the questions that are the project's own; `graph` is the file of the graph page, ""
    where there is none; `titles` is the title by language, where there are several.
    """
    own = set(own)
    data = {
        "title": title,
        "titles": [(titles or {}).get(tag, "") for tag in dataset.languages],
        "build": build_id(dataset.store),
        "base": dataset.base,
        "languages": list(dataset.languages),
        "prefixes": dataset.prefixes,
        "graph": graph,
        "words": [],
        "questions": [_question(question, question.name in own) for question in questions],
        "terms": pack(read_terms(dataset)),
    }
    return _html(data, pack_graphs(dataset.subjects)).encode()


def _question(question: Question, own: bool) -> Mapping[str, Any]:
    return {
        "name": question.name,
        "own": own,
        "summaries": dict(question.summaries),
        "names": {tag: dict(names) for tag, names in question.names.items()},
        "parameters": [
            {"name": p.name, "kind": p.kind, "example": p.example, "required": p.required}
            for p in question.parameters
        ],
        "sparql": question.sparql,
    }


def _html(data: Mapping[str, Any], graph: Mapping[str, Any]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder, vendor = asset("render/sparql"), asset("render/vendor")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
    )
    interface = json.loads((folder / "interface.json").read_text("utf-8"))
    styles = [(vendor / "yasqe.min.css").read_text("utf-8"), _styles()]
    yasqe = gzip.decompress((vendor / "yasqe.min.js.gz").read_bytes()).decode()
    engine, script = _engine(), _script()
    return environment.get_template("page.html.j2").render(
        title=data["title"],
        language=data["languages"][0],
        graph_page=data["graph"],
        policy=policy(styles, [yasqe, engine, script], RUNNING),
        noscript=interface["en"]["noscript"],
        styles=[Markup(style) for style in styles],  # noqa: S704 - ours, and JSON without markup
        engine=Markup(engine),  # noqa: S704
        script=Markup(script),  # noqa: S704
        interface=Markup(safe_json(interface)),  # noqa: S704
        data=Markup(safe_json(data)),  # noqa: S704
        graph=Markup(safe_json(graph)),  # noqa: S704
        wasm=_base64("oxigraph.wasm"),
        yasqe=_base64("yasqe.min.js"),
        licences=[(vendor / f"LICENSE-{name}.txt").read_text("utf-8") for name in LICENCES],
    )


def _base64(name: str) -> str:
    return b64encode(asset(f"render/vendor/{name}.gz").read_bytes()).decode()


def _styles() -> str:
    shared = [asset("render/page") / "css" / f"{name}.css" for name in SHARED_STYLES]
    own = [asset("render/sparql") / "css" / f"{name}.css" for name in STYLES]
    return "\n".join(map(squeezed, [*shared, *own]))


def _script() -> str:
    shared = [asset("render/page") / "js" / f"{name}.js" for name in SHARED_SCRIPTS]
    own = [asset("render/sparql") / "js" / f"{name}.js" for name in SCRIPTS]
    return _alone("\n".join(map(squeezed, [*shared, *own])))


def _engine() -> str:
    """Oxigraph and what opens it, as one script that runs in a page and in a worker alike."""
    module = squeezed(asset("render/vendor/oxigraph.js"))
    module = re.sub(r"^export (?=class |function )", "", module, flags=re.MULTILINE)
    module = re.sub(r"^export \{[^}]*\};?$", "", module, flags=re.MULTILINE)
    module = module.replace("import.meta.url", '""')
    names = "{ initSync, Store }"
    module = f"const {names} = (() => {{\n{module}\nreturn {names};\n}})();"
    return _alone(f"{module}\n{squeezed(asset('render/sparql/js/engine.js'))}")


def _alone(script: str) -> str:
    return f'"use strict";(() => {{\n{script}\n}})();'

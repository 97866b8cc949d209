"""One HTML file of template, style, scripts and data: no request, no foreign script.

The Content-Security-Policy names the two scripts and the style by their hashes and forbids all
else, connections too; data stand in script elements of type application/json, which is never run.
vis-network travels packed: the page unpacks it into the second script (js/unpack.js); a page whose
map is drawn on the plain canvas comes without it. It lies here packed already, since what gzip
makes differs from one zlib to the next.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.assets import asset, sparql
from kg.render.plain import PlainTable
from kg.render.tables import safe_json

SCRIPTS = (
    *(
        "tables",
        "data",
        "dom",
        "unpack",
        "words",
        "views",
        "state",
        "facets",
        "near",
        "filter",
        "address",
    ),
    *("colours", "search", "curves", "brush", "letters", "labels", "over", "view", "swift"),
    *("vismap", "groups", "canvas", "map"),
    *("quote", "known", "panel", "path", "follows", "question", "legend", "table"),
    *("arrows", "ladder", "picture", "arcs", "rest", "lanes", "matrix"),
    *("marks", "reader", "margin"),
    *("images", "save", "keys", "sparql", "main"),
)
"""In the order in which they build on each other; all share one scope."""
STYLES = (
    *("base", "bar", "legend", "stage", "panel", "quote", "known", "table", "tools", "phone"),
    *("lanes", "matrix", "reader", "print"),
)

WORDINGS = ("quotes", "file", "node", "branch")
"""Endings of the names of wordings that only some pages have: those that `data["words"]` names."""


def page_html(data: Mapping[str, Any], plain: Sequence[PlainTable]) -> str:
    """The page for the tables that `kg.render` gathers; `plain` are those that need no script."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = asset("render/page")
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined
    )
    style = "\n".join(squeezed(folder / "css" / f"{name}.css") for name in STYLES)
    bare = squeezed(folder / "css" / "bare.css")
    script = "\n".join(squeezed(folder / "js" / f"{name}.js") for name in SCRIPTS)
    script = f'"use strict";(() => {{\n{_joined(script)}\n}})();'
    packed = b"" if data["groups"] else asset("render/vendor/vis-network.min.js.gz").read_bytes()
    vis = gzip.decompress(packed).decode()
    interface = json.loads((folder / "interface.json").read_text("utf-8"))
    return environment.get_template("page.html.j2").render(
        title=data["title"],
        language=data["languages"][0],
        sparql_page=data["sparql"],
        policy=policy([style, bare], [script, vis] if vis else [script]),
        plain=plain,
        say=_words_of(interface, data["languages"][0]),
        bare=Markup(bare),  # noqa: S704
        style=Markup(style),  # noqa: S704 - our own files, and JSON without markup
        script=Markup(script),  # noqa: S704
        vis=base64.b64encode(packed).decode(),
        interface=Markup(safe_json(_needed(interface, data["words"]))),  # noqa: S704
        data=Markup(safe_json({**data, "question": sparql("page-question")})),  # noqa: S704
    )


def _needed(
    interface: Mapping[str, Mapping[str, Any]], words: Sequence[str]
) -> Mapping[str, Mapping[str, Any]]:
    """The words of the interface without the wordings of other pages."""
    others = tuple(f"-{word}" for word in WORDINGS if word not in words)
    return {
        language: {name: text for name, text in said.items() if not name.endswith(others)}
        for language, said in interface.items()
    }


def _words_of(interface: Mapping[str, Mapping[str, Any]], language: str) -> Mapping[str, Any]:
    """The words of the interface in a language, in English where it has none."""
    known = (tag for tag in (language, language.split("-", 1)[0]) if tag in interface)
    return {**interface["en"], **interface[next(known, "en")]}


def squeezed(path: Path) -> str:
    """Our own files without indentation, blank lines and comments that fill their lines.

    A style sheet also does without white space around its signs.
    """
    text = re.sub(r"^\s*/\*.*?\*/\n", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.split("\n"))
    text = "\n".join(line for line in lines if line and not line.startswith("// "))
    return (
        re.sub(r"(?<=[:;{},])\s+|\s+(?=[{}])|;\s*(?=})", "", text)
        if path.suffix == ".css"
        else text
    )


def _joined(script: str) -> str:
    """A script without the spaces and line breaks beside its signs.

    Lines in which a comment, a template or an expression may be open stay as they are.

    >>> _joined('f(a, "b, c");\\ng(2) // why;\\nh(3);')
    'f(a,"b, c");g(2) // why;\\nh(3);'
    """
    lines = (_tight(line) for line in script.split("\n"))
    return re.sub(r"^((?!.*(?://|`)).*[;{,(\[])\n", r"\1", "\n".join(lines), flags=re.MULTILINE)


def _tight(line: str) -> str:
    if re.search(r"[`/']", line):
        return line
    parts = re.split(r'("(?:[^"\\]|\\.)*")', line)
    parts[::2] = [re.sub(r" ?([=<>!&|?:,;(){}\[\]*]+) ?", r"\1", part) for part in parts[::2]]
    return "".join(parts)


def policy(styles: list[str], scripts: list[str], more: str = "") -> str:
    """A Content-Security-Policy; `more` is what else may run, and directives of its own.

    >>> policy([], [])[:40]
    "default-src 'none'; style-src ; script-s"
    """
    return (
        f"default-src 'none'; style-src {_hashes(styles)}; script-src {_hashes(scripts)} {more}; "
        "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)

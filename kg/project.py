"""A project folder: `kg.toml` and where everything lies beside it."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.encoding import CONTROL_CHARACTER, BadFile, decode, read_bytes
from kg.errors import Place, ProjectError
from kg.terms import LANGUAGE_TAG

EXPORTS = (
    "graph.nq",
    "graph.trig",
    "graph.ttl",
    "graph.nt",
    "graph.jsonld",
    "graph.rdf",
    "graph.graphml",
    "graph.gexf",
    "concepts.csv",
    "edges.csv",
    "statements.csv",
    "graph.html",
    "sparql.html",
)
ON_DEMAND = ("codebook.md", "codebook.html", "mentions.csv", "graph.xlsx", "graph.cyjs")
"""Files that a build writes only where `exports` names them."""
INPUTS = (
    *("kg.toml", "ontology/*.ttl", "ontology/rules/*.rq"),
    *("passages/*.txt", "passages/*.yaml", "passages/*.jsonl"),
)
KEYS: Mapping[str, type | tuple[type, ...]] = {
    "title": (str, dict),
    "base": str,
    "languages": list,
    "exports": list,
    "coders": dict,
}
WANTED: Mapping[type | tuple[type, ...], str] = {
    str: "text in quotes",
    list: "a list in [ ]",
    dict: "a table",
    (str, dict): 'text in quotes, or a table: { en = "…" }',
}


@dataclass(frozen=True, slots=True)
class Project:
    """What `kg.toml` says; `base` ends with a slash, `languages` holds at least one tag.

    `titles` is by language, and empty where one title serves for all; `title` is the main one.
    """

    root: Path
    title: str
    base: str
    languages: tuple[str, ...]
    exports: tuple[str, ...] = EXPORTS
    coders: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def ontology(self) -> Path:
        return self.root / "ontology"

    @property
    def passages(self) -> Path:
        return self.root / "passages"

    @property
    def output(self) -> Path:
        return self.root / "exports"

    @property
    def cache(self) -> Path:
        return self.root / ".kg"

    @property
    def layout(self) -> Path:
        return self.ontology / "layout.tsv"

    def inputs(self) -> list[Path]:
        """The files that a graph is filled from, sorted."""
        return sorted({path for pattern in INPUTS for path in self.root.glob(pattern)})


def read_project(folder: Path) -> Project:
    """Read `folder/kg.toml`; a ProjectError says what is missing or wrong in it."""
    path = folder / "kg.toml"
    if not os.path.lexists(path):
        raise ProjectError(
            f"there is no kg.toml in {folder.absolute()}, so this is not a project folder",
            fix="go to your project folder, name it with --project DIR, or make one: kg init DIR",
        )
    try:
        settings = tomllib.loads(decode(read_bytes(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(str(error), "mend the line; text values stand in double quotes") from None
    except BadFile as bad:
        raise ProjectError(bad.what, fix=bad.fix, place=Place("kg.toml", bad.line)) from None
    _check_keys(settings)
    languages = _languages(settings.get("languages", ["en"]))
    titles = _titles(settings.get("title", "Untitled"), languages)
    return Project(
        root=folder,
        title=next(titles[tag] for tag in ("", *languages) if tag in titles),
        titles={tag: title for tag, title in titles.items() if tag},
        base=checked_base(settings.get("base", "")),
        languages=languages,
        exports=_exports(settings.get("exports", list(EXPORTS))),
        coders=_coders(settings.get("coders", {})),
    )


def _wrong(what: str, fix: str) -> ProjectError:
    return ProjectError(what, fix=fix, place=Place("kg.toml"))


def _check_keys(settings: Mapping[str, Any]) -> None:
    for key, value in settings.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            fix = f"did you mean '{near[0]}'?" if near else f"known settings: {', '.join(KEYS)}"
            raise _wrong(f"'{key}' is not a setting", fix)
        if not isinstance(value, KEYS[key]):
            wanted = WANTED[KEYS[key]]
            raise _wrong(f"'{key}' must be {wanted}", f"write {key} as {wanted}")
        _check_visible(key, value)


def _check_visible(key: str, value: object) -> None:
    """Some exports cannot hold control characters, which TOML takes as escapes."""
    if isinstance(value, str) and CONTROL_CHARACTER.search(value):
        raise _wrong(f"'{key}' holds an invisible control character", "delete it")


def checked_base(base: str) -> str:
    """The same address, where IRIs can begin with it; else a ProjectError."""
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+/", base) or not _is_iri(f"{base}concept/x"):
        raise _wrong(
            f"'base' must be a web address that ends with a slash, not '{base}'",
            'write, for example, base = "https://example.org/my-project/"',
        )
    return base


def _is_iri(text: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _titles(title: str | Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, str]:
    """Language → title in the order of the languages; one title for all has the language ""."""
    if isinstance(title, str):
        return {"": title}
    for tag, text in title.items():
        if tag not in languages:
            raise _wrong(
                f"'title' is given in '{tag}', which is none of the languages",
                f"languages are: {', '.join(languages)}",
            )
        if not isinstance(text, str):
            raise _wrong(f"the title in '{tag}' must be text in quotes", f'write {tag} = "…"')
        _check_visible("title", text)
    if not title:
        raise _wrong("'title' names no language", f'write title = {{ {languages[0]} = "…" }}')
    return {tag: title[tag] for tag in languages if tag in title}


def _coders(names: Mapping[str, Any]) -> dict[str, str]:
    for key, name in names.items():
        if not isinstance(name, str):
            raise _wrong(
                f"'{key}' under [coders] must be text in quotes",
                f'write the name by which this coder is to appear: {key} = "A. Reader"',
            )
        _check_visible(key, name)
    return dict(names)


def _languages(tags: list[Any]) -> tuple[str, ...]:
    wrong = [tag for tag in tags if not LANGUAGE_TAG.fullmatch(str(tag))]
    if wrong or not tags:
        raise _wrong(
            f"'languages' holds no language tags: {wrong or 'it is empty'}",
            'write, for example, languages = ["en", "zh-Hans"]; the first is the main one',
        )
    return tuple(str(tag) for tag in tags)


def _exports(names: list[Any]) -> tuple[str, ...]:
    for name in names:
        if name not in (known := EXPORTS + ON_DEMAND):
            near = difflib.get_close_matches(str(name), known, n=1)
            fix = f"did you mean '{near[0]}'?" if near else f"known files: {', '.join(known)}"
            raise _wrong(f"'{name}' in 'exports' is not a file that kg makes", fix)
    return tuple(names)

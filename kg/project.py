"""A project folder: `kg.toml` and where everything lies beside it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
)
ON_DEMAND = ("codebook.md", "codebook.html")
"""Files that a build writes only where `exports` names them."""
KEYS = {"title": str, "base": str, "languages": list, "exports": list, "coders": dict}


@dataclass(frozen=True, slots=True)
class Project:
    """What `kg.toml` says; `base` ends with a slash, `languages` holds at least one tag."""

    root: Path
    title: str
    base: str
    languages: tuple[str, ...]
    exports: tuple[str, ...] = EXPORTS
    coders: Mapping[str, str] = field(default_factory=dict)

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


def read_project(folder: Path) -> Project:
    """Read `folder/kg.toml`; a ProjectError says what is missing or wrong in it."""
    path = folder / "kg.toml"
    try:
        settings = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ProjectError(
            f"there is no kg.toml in {folder.resolve()}, so this is not a project folder",
            fix="go to your project folder, name it with --project DIR, or make one: kg init DIR",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(str(error), "mend the line; text values stand in double quotes") from None
    except OSError as error:
        raise _wrong(f"it cannot be read: {error.strerror}", "check its permissions") from None
    _check_keys(settings)
    return Project(
        root=folder,
        title=settings.get("title", "Untitled"),
        base=_base(settings.get("base", "")),
        languages=_languages(settings.get("languages", ["en"])),
        exports=_exports(settings.get("exports", list(EXPORTS))),
        coders={key: str(name) for key, name in settings.get("coders", {}).items()},
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
            wanted = {str: "text in quotes", list: "a list in [ ]", dict: "a table"}[KEYS[key]]
            raise _wrong(f"'{key}' must be {wanted}", f"write {key} as {wanted}")


def _base(base: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"{}|^`\\]+/", base):
        raise _wrong(
            f"'base' must be a web address that ends with a slash, not '{base}'",
            'write, for example, base = "https://example.org/my-project/"',
        )
    return base


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

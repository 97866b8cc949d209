"""Which quotes hold some words: an index of three-letter pieces beside the store.

SQLite's FTS5 with trigrams finds any substring of three or more characters, of Chinese as well as
of English; of shorter ones it has no index, so all quotes are looked through. Case makes no
difference. The index is made by the first search of a store, from the store, and named after it.

This runs in the worker: it imports nothing of kg.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

Answer: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
"""What a function of SPARQL may give; this one gives yes or no."""
EXACT = ox.NamedNode("http://www.w3.org/ns/oa#exact")
HASHED = 64 * 1024**2
"""Bytes of the index that are gathered in memory before they are written."""
SHORTEST = 3
"""Characters of the shortest text that the index can find."""
YES = ox.Literal(True)
NO = ox.Literal(False)


def matching(store: ox.Store, path: Path) -> Callable[..., Answer]:
    """The function of a query: whether a quote of the store holds some words."""

    @cache
    def holding(wanted: str) -> frozenset[str]:
        return frozenset(quotes(store, path, wanted))

    def matches(text: object, wanted: object) -> Answer:
        if not (isinstance(text, ox.Literal) and isinstance(wanted, ox.Literal)):
            return None
        return YES if text.value in holding(wanted.value) else NO

    return matches


def quotes(store: ox.Store, path: Path, wanted: str) -> list[str]:
    """The quotes of a store that hold some words; `path` is where its index lies."""
    with closing(opened(store, path)) as index:
        return search(index, wanted)


def opened(store: ox.Store, path: Path) -> sqlite3.Connection:
    """The index at a path, made from the store where there is none; in memory if nothing can be
    written there."""
    if not path.exists():
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            with closing(sqlite3.connect(beside)) as index:
                fill(index, store)
            beside.replace(path)
        except (OSError, sqlite3.Error):
            beside.unlink(missing_ok=True)
            index = sqlite3.connect(":memory:")
            fill(index, store)
            return index
        _remove_others(path)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def fill(index: sqlite3.Connection, store: ox.Store) -> None:
    """All quotes of a store, each once."""
    quads = store.quads_for_pattern(None, EXACT, None)
    texts = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
    with index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        index.execute(
            "CREATE VIRTUAL TABLE quotes USING fts5(folded, text UNINDEXED, tokenize = 'trigram')"
        )
        index.execute("INSERT INTO quotes (quotes, rank) VALUES ('hashsize', ?)", (HASHED,))
        index.executemany(
            "INSERT INTO quotes VALUES (?, ?)", ((text.lower(), text) for text in sorted(texts))
        )


def search(index: sqlite3.Connection, wanted: str) -> list[str]:
    """The quotes that hold some words, as one text."""
    folded = wanted.lower()
    if len(folded) < SHORTEST:
        rows = index.execute("SELECT text FROM quotes WHERE instr(folded, ?)", (folded,))
    else:
        phrase = '"{}"'.format(folded.replace('"', '""'))
        rows = index.execute("SELECT text FROM quotes WHERE quotes MATCH ?", (f"folded:{phrase}",))
    return sorted(text for (text,) in rows)


def _remove_others(path: Path) -> None:
    """The indexes of stores that are gone."""
    for other in path.parent.glob("words-*.sqlite"):
        if other != path:
            other.unlink(missing_ok=True)

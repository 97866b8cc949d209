"""Is every subject of a Turtle file found at its line, however the file is laid out?"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.turtle import Turtle, read_turtle

HEAD = "@prefix : <x:> .\n"


def lines(tmp_path: Path, text: str) -> dict[str, int]:
    """The line of each subject; blank nodes as b-a-1, b-a-2, …"""
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    turtle = read_turtle(path, "a.ttl", "https://example.org/")
    assert isinstance(turtle, Turtle), turtle
    names = {iri.removeprefix("https://example.org/data/"): p for iri, p in turtle.places.items()}
    assert {place.file for place in names.values()} == {"a.ttl"}
    return {name: place.line for name, place in names.items()}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("  :a :p 1 .\n\t:b :p 2 .", {"x:a": 2, "x:b": 3}),
        (":a :p 1 . :b :p 2 .\n:c :p 3.:d :p 4 .", {"x:a": 2, "x:b": 2, "x:c": 3, "x:d": 3}),
        (":größe\\,1.x:y%20-z :p 1 .", {"x:größe,1.x:y%20-z": 2}),
        ("<https://example.com/a.b#c> :p 1.5 , 2. :b :p .5 .",
         {"https://example.com/a.b#c": 2, "x:b": 2}),
        ("\n# :no :p 1 .\n:a # one. :no :p 2 .\n:p 1 .", {"x:a": 4}),
        (':a :p """one.\n:no :p 1 .\nit\'s "" two.""" .\n:b :p \'x. :no\' .', {"x:a": 2, "x:b": 5}),
        (':a :p "say \\". :no " ; :q <y:z.> .\n:b :p :c .', {"x:a": 2, "x:b": 3}),
        ("PREFIX q: <y:>\nBASE <http://b.example/d/>\nq:a :p 1 .\n<e> :p 2 .",
         {"y:a": 4, "http://b.example/d/e": 5}),
        (":a :p 1 .\n:b :p 2 .\n:a :q 3 .", {"x:a": 2, "x:b": 3}),
        ("_:one :p 1 .\n_:two :p 2 .", {"b-a-1": 2, "b-a-2": 3}),
        (":a :p [ :q [\n :r 1 ] ] .\n[] :p 2 .\n[ :s 3 ] :p 4 .",
         {"x:a": 2, "b-a-1": 2, "b-a-2": 2, "b-a-3": 4, "b-a-4": 5}),
        (":a :p 1 .\n:b :p ( 1\n [ :q 2 ] ) .",
         {"x:a": 2, "x:b": 3, "b-a-1": 3, "b-a-2": 3, "b-a-3": 3}),
    ],
)  # fmt: skip
def test_a_subject_stands_where_its_statement_begins(
    tmp_path: Path, text: str, places: dict[str, int]
) -> None:
    assert lines(tmp_path, HEAD + text) == places


def test_blank_nodes_that_refer_to_each_other_have_their_lines(tmp_path: Path) -> None:
    assert lines(tmp_path, f"{HEAD}_:a :p _:b .\n_:b :p _:a .") == {"b-a-1": 2, "b-a-2": 3}

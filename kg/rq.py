"""SPARQL as text: the head of a file in words, its parameters, and the prefixes of any query.

The head is YAML in comments that begin with `#+` (the convention of https://grlc.io):

    #+ summary: Which measures act on a tier?
    #+ parameters:
    #+   tier: {is: concept}

A parameter is a variable with a line that leaves it open, `VALUES ?tier { UNDEF }`, wherever the
planner should know its value. So the file is plain SPARQL that runs anywhere as it stands; given a
value, the lines carry it, and without one they are taken out. A pattern that only narrows the
answer to the value stands in the same braces, on a line of its own, and is taken out with it:

    { VALUES ?concept { UNDEF } ?statement rdf:subject|rdf:object ?concept }

A pattern in braces of its own is asked in one pass over all that it holds, which is the fastest way
where everything is asked; as soon as a parameter has a value, these braces are taken away, and it
is looked up for the few rows that are left. It ends its line, and has no braces or LIMIT in it:

    { SELECT * WHERE { ?passage oa:hasSource ?document } }
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml


def read_head(sparql: str) -> dict[str, Any]:
    """The fields of a head, every value as text; ValueError where it is not such a head.

    What follows a key on its line is taken as it stands, colons and quotation marks included.

    >>> read_head("#+ summary: Who: 'they'?\\n#+ limit: 3\\nSELECT * {}")
    {'summary': "Who: 'they'?", 'limit': '3'}
    """
    lines = [line[3:] for line in sparql.splitlines() if line.startswith("#+ ")]
    sentences = {match[1]: match[2] for line in lines if (match := _SENTENCE.fullmatch(line))}
    rest = "\n".join(line for line in lines if not _SENTENCE.fullmatch(line))
    try:
        fields = yaml.load(rest, yaml.BaseLoader) or {}  # noqa: S506 - makes plain text only
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    if not isinstance(fields, dict) or not (fields or sentences):
        raise ValueError("there are no lines such as  #+ summary: …")
    return sentences | fields


_SENTENCE = re.compile(r"([\w@-]+): +([^\s{\[>|&*!].*?) *")


_OPEN = re.compile(r"VALUES\s*\?(\w+)\s*\{\s*UNDEF\s*\}")


_FLAT = r"\{[^{}\n]*\}"
_ONE_PASS = re.compile(rf"\{{ SELECT \* WHERE ({_FLAT}) \}}(?=\r?\n)")


_NARROWING = re.compile(r"^ *\{ VALUES \?(\w+) \{ UNDEF \} .*\}\n", re.MULTILINE)


def parameters(sparql: str) -> set[str]:
    """The variables that are left open."""
    return set(_OPEN.findall(sparql))


def bind(sparql: str, terms: Mapping[str, str]) -> str:
    """The query with values for some of its parameters, written as N-Triples writes terms.

    >>> bind("SELECT * { VALUES ?a { UNDEF } VALUES ?b { UNDEF } ?a ?p ?b }", {"b": "<x:b>"})
    'SELECT * {  VALUES ?b { <x:b> } ?a ?p ?b }'
    >>> bind("SELECT * {\\n  { VALUES ?a { UNDEF } ?a ?q ?c }\\n  ?b ?p ?c }", {})
    'SELECT * {\\n  ?b ?p ?c }'
    >>> bind("SELECT * { VALUES ?a { UNDEF }\\n{ SELECT * WHERE { ?a ?p ?b } }\\n}", {"a": "<x:a>"})
    'SELECT * { VALUES ?a { <x:a> }\\n{ ?a ?p ?b }\\n}'
    >>> bind("{ SELECT * WHERE { ?a ?p ?b } LIMIT 3 }\\n", {"a": "<x:a>"})
    '{ SELECT * WHERE { ?a ?p ?b } LIMIT 3 }\\n'
    >>> bind("{ ?a ?p ?b { ?b ?q ?c } } UNION { SELECT * WHERE { ?b ?p ?a } }\\n", {"a": "<x:a>"})
    '{ ?a ?p ?b { ?b ?q ?c } } UNION { ?b ?p ?a }\\n'
    >>> bind("{ SELECT * WHERE { ?a ?p ?b } } UNION { ?b ?p ?a { ?a ?q ?c } }\\n", {"a": "<x:a>"})
    '{ SELECT * WHERE { ?a ?p ?b } } UNION { ?b ?p ?a { ?a ?q ?c } }\\n'
    """

    def narrowing(match: re.Match[str]) -> str:
        return match[0] if match[1] in terms else ""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return f"VALUES ?{name} {{ {terms[name]} }}" if name in terms else ""

    looked_up = _ONE_PASS.sub(r"\1", sparql) if terms else sparql
    return _OPEN.sub(value, _NARROWING.sub(narrowing, looked_up))


_HIDING = re.compile(r"""(["'])(?:(?!\1)[^\\\n\r]|\\.)*\1|<[^<>\s]*>|#[^\n\r]*""")
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$:@.-])([A-Za-z][\w-]*):(?![:/])", re.ASCII)
_FORM = re.compile(r"\b(?:(CONSTRUCT|DESCRIBE)|SELECT|ASK)\b", re.IGNORECASE)
_SPARQL = re.compile(
    r"\s*(?:#|(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD"
    r"|MOVE|COPY|WITH)\b(?!-))|.*[{]",
    re.IGNORECASE | re.DOTALL,
)


def is_sparql(words: str) -> bool:
    """Whether words are a query or an update, and not the name of a question.

    >>> is_sparql("select ?a"), is_sparql("select-all")
    (True, False)
    """
    return bool(_SPARQL.match(words))


def makes_graph(query: str) -> bool:
    """Whether the answer is a graph, and not rows or a yes."""
    form = _FORM.search(_visible(query))
    return bool(form and form[1])


def with_prefixes(query: str, prefixes: Mapping[str, str]) -> str:
    """With those that it does not declare itself, on one line above it.

    >>> with_prefixes("PREFIX a: <x:> ASK { a:s b:p ?o }", {"a": "y:", "b": "z:"})
    'PREFIX b: <z:>\\nPREFIX a: <x:> ASK { a:s b:p ?o }'
    """
    own = declared(query)
    lines = (prefix_line(name, iri) for name, iri in prefixes.items() if name not in own)
    return " ".join(lines) + "\n" + query


def prefix_line(name: str, iri: str) -> str:
    """What declares a prefix."""
    return f"PREFIX {name}: <{iri}>"


def declared(query: str) -> set[str]:
    """The prefixes that a query declares itself."""
    return set(_DECLARED.findall(_visible(query)))


def used(query: str) -> list[str]:
    """The prefixes of its names, and of those that it declares, in their order.

    >>> used("ASK { a:s b:p 'c:o' }"), used('ASK { ?s a:p "b:o" } # c:o')
    (['a', 'b'], ['a'])
    """
    return _USED.findall(_visible(query))


def _visible(query: str) -> str:
    """Without its texts, IRIs and comments."""
    return _HIDING.sub(" ", query)

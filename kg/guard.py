"""What no query may ask: another server, or a change.

Oxigraph runs SERVICE by default and has no switch for it, so the text is refused before it runs.
Where strings, comments and IRIs end cannot be told without a parser that agrees with Oxigraph's to
the letter; so nothing is cut away: the word is refused wherever it stands like the keyword, as
written and with its code point escapes resolved. A rare harmless query is refused with it.
"""

from __future__ import annotations

import re
import sys

from kg.errors import QueryError

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_COMMENTS_AT_THE_TOP = re.compile(r"\A(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*")
_SPACE = r"(?:\s|#[^\r\n]*[\r\n])*"
_SERVICE = re.compile(
    rf"(?P<before>[?$:]?[\w.%-]*|[/#])service{_SPACE}(?:silent)?{_SPACE}(?:[?$<]|[\w.-]*:)",
    re.IGNORECASE,
)
_PART_OF_A_NAME = re.compile(r"[?$]\w*|:[\w.%-]*|[/#]")
_UPDATE = re.compile(
    r"(?:\s|#[^\r\n]*[\r\n]|BASE\s*<[^>]*>|PREFIX\s*[\w.-]*:\s*<[^>]*>)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)


def refuse_unsafe(query: str, *, service: bool = False) -> None:
    """QueryError for a query that asks another server or would change the graph.

    With `service` it may ask another server.
    """
    body = _COMMENTS_AT_THE_TOP.sub("", query)
    for text in (body, _ESCAPE.sub(_character, body)):
        asking = (m["before"] for m in _SERVICE.finditer(text))
        if not service and any(not _PART_OF_A_NAME.fullmatch(before) for before in asking):
            raise QueryError(
                "SERVICE asks another server, and queries never use the network unless told to",
                fix="remove the SERVICE block (a mere word: word it otherwise), or let it ask: "
                "--allow-service",
            )
        if _UPDATE.match(text):
            raise QueryError(
                "this would change the graph, and the graph is read-only",
                fix="change the coder's files or the ontology, then: kg build; to fill a server: "
                "kg push",
            )


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]

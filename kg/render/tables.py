"""How data travels into the page: lists of like records as columns.

    {"count": 3, "same": {"kind": "flow"}, "columns": {"from": [0, 4, 4]}, "few": {"via": {"2": 7}}}

are three records: one value that all share, one column with a value (or null, for none) for each,
and one that few have, by number of record. That is a third of a list of objects, and quick to read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

SPARSE = 3
"""A column is of the few where at most one record in so many has a value."""


def pack(records: Sequence[Record]) -> dict[str, Any]:
    """
    >>> pack([{"a": 1, "b": 2}, {"a": 3, "b": 2}])
    {'count': 2, 'same': {'b': 2}, 'columns': {'a': [1, 3]}, 'few': {}}
    """
    packed: dict[str, Any] = {"count": len(records), "same": {}, "columns": {}, "few": {}}
    for name in dict.fromkeys(name for record in records for name in record):
        column = [record.get(name) for record in records]
        filled = {number: value for number, value in enumerate(column) if value is not None}
        if len(filled) == len(column) and all(value == column[0] for value in column):
            packed["same"][name] = column[0]
        elif len(filled) * SPARSE > len(column):
            packed["columns"][name] = column
        elif filled:
            packed["few"][name] = filled
    return packed


_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def safe_json(value: object) -> str:
    """JSON that can stand in a script element: no markup, line separators or lone surrogates.

    >>> safe_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

"""How data travels into the page: lists of like records as a row of names and rows of values.

`{"columns": ["from", "to"], "rows": [[0, 1], [2]]}` takes less than half the room of a list of
objects. What is missing at the end of a row, or null, has no value; what few have comes last.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


def pack(records: Sequence[Record]) -> dict[str, list[Any]]:
    """
    >>> pack([{"a": 1, "b": 2}, {"a": 3}])
    {'columns': ['a', 'b'], 'rows': [[1, 2], [3]]}
    """
    filled = Counter(
        name for record in records for name, value in record.items() if value is not None
    )
    columns = [name for name, _ in filled.most_common()]
    return {"columns": columns, "rows": [_row(record, columns) for record in records]}


def _row(record: Record, columns: Iterable[str]) -> list[Any]:
    row = [record.get(name) for name in columns]
    while row and row[-1] is None:
        row.pop()
    return row


_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def safe_json(value: object) -> str:
    """JSON that can stand in a script element: no markup, line separators or lone surrogates.

    >>> safe_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

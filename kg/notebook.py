"""How things look in a notebook: a page as a frame of its own, the rows of an answer as a table.

The frame is sandboxed: its script runs, with nothing of the notebook in reach.
"""

from __future__ import annotations

import html
import importlib
import sys
from collections.abc import Iterable, Sequence

HEIGHT = 680
"""Pixels; the reader can pull the frame's lower edge."""

_MAY = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"


def frame(page: str, title: str) -> str:
    """A whole HTML page as an element of another one."""
    return (
        f'<iframe title="{html.escape(title)}" sandbox="{_MAY}" allow="clipboard-write" '
        f'style="display:block;width:100%;height:{HEIGHT}px;min-height:320px;resize:vertical;'
        f'overflow:hidden;border:1px solid #8885;border-radius:8px" '
        f'srcdoc="{html.escape(page)}"></iframe>'
    )


def table(header: Sequence[str], rows: Iterable[Sequence[tuple[str, str]]], hidden: int) -> str:
    """Cells are a text and the address that it leads to, "" for none; `hidden` rows are told."""
    heads = "".join(f"<th>{html.escape(name)}</th>" for name in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{_cell(text, iri)}</td>' for text, iri in row)}</tr>" for row in rows
    )
    rest = f"<p>… and {hidden:,} more rows</p>" if hidden > 0 else ""
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _cell(text: str, iri: str) -> str:
    words = f"<bdi>{html.escape(text)}</bdi>"
    if not iri.startswith(("http://", "https://")):
        return words
    return f'<a href="{html.escape(iri)}" target="_blank" rel="noopener noreferrer">{words}</a>'


def shown_in_notebook(thing: object) -> bool:
    """Show a thing below the cell; False where this does not run in a notebook's kernel.

    Nothing of IPython is needed elsewhere; on a terminal it has a shell, but no kernel.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if not hasattr(shell, "kernel"):
        return False
    importlib.import_module("IPython.display").display(thing)
    return True

"""The two files, from one template each; whatever comes out of the dataset is escaped on the way.

The page has no script and asks for nothing: its policy allows its own style, by hash, and no more.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.assets import asset
from kg.writers.codebook.book import Counts
from kg.writers.codebook.gather import codebook
from kg.writers.dataset import Dataset
from kg.writers.xmltext import allowed

if TYPE_CHECKING:
    from jinja2 import Environment

_COUNTED = (
    "passages",
    "mentions",
    "statements",
    "flows",
    "classifications",
    "qualified",
    "attributed",
)
Words = Mapping[str, Any]


def codebook_html(dataset: Dataset) -> bytes:
    """A page that stands alone, for screen and paper."""
    from markupsafe import Markup

    style = (asset("writers/codebook") / "page.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    environment = _environment(finalize=_without_control, autoescape=True)
    return _made(environment, "page.html.j2", dataset, style=Markup(style), policy=policy)  # noqa: S704


def codebook_markdown(dataset: Dataset) -> bytes:
    """CommonMark with anchors and marks in HTML, which GitHub, GitLab and pandoc keep."""
    return _made(_environment(finalize=_as_markdown, autoescape=False), "page.md.j2", dataset)


def _environment(**options: Any) -> Environment:  # noqa: ANN401 - what jinja2 takes
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(  # noqa: S701 - Markdown has an escaping of its own, in `finalize`
        loader=FileSystemLoader(asset("writers/codebook")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )


def _made(environment: Environment, template: str, dataset: Dataset, **more: object) -> bytes:
    words = _words(dataset.languages[0])

    def counted(number: int, nouns: str) -> str:
        return f"{number:,} {words[nouns][number != 1]}"

    def totals(counts: Counts) -> str:
        """What there is any of."""
        numbers = [(getattr(counts, name), name) for name in _COUNTED]
        return " · ".join(counted(number, name) for number, name in numbers if number)

    made = environment.get_template(template).render(
        book=codebook(dataset), words=words, counted=counted, totals=totals, **more
    )
    return made.encode()


def _words(tag: str) -> Words:
    """Those of the program itself: Chinese for Chinese, English for everything else."""
    words = json.loads((asset("writers/codebook") / "words.json").read_text("utf-8"))
    found: Words = words.get(tag.split("-", maxsplit=1)[0].lower(), words["en"])
    return found


def _without_control(value: object) -> object:
    from markupsafe import Markup

    return value if isinstance(value, Markup) or not isinstance(value, str) else allowed(value)


_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$#]|(?<=\w):(?=//)|(?<=www)\.)", re.IGNORECASE)
_AT_START = re.compile(r"^\s*(?:\d{1,9}(?=[.)])|(?=[-+=]))")


def _as_markdown(value: object) -> str:
    """Text as CommonMark shows it: nothing in it is markup, and it stays on its line.

    >>> _as_markdown("1. <b>*so*</b>\\nhttp://x")
    '1\\\\. \\\\<b\\\\>\\\\*so\\\\*\\\\</b\\\\> http\\\\://x'
    """
    from markupsafe import Markup

    if isinstance(value, Markup):
        return str(value)
    line = re.sub(r"\s+", " ", allowed(str(value)))
    return _AT_START.sub(r"\g<0>\\", _SPECIAL.sub(r"\\\1", line))

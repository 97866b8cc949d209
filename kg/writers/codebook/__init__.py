"""The codebook: what may be coded, when and when not, and what was coded so far.

Two files from one set of nouns (`book`): Markdown to edit on, and a page to read and print. Their
writers are loaded when one is asked for, which few builds do.
"""

from __future__ import annotations

from kg.writers.dataset import Dataset


def codebook_markdown(dataset: Dataset) -> bytes:
    from kg.writers.codebook import files

    return files.codebook_markdown(dataset)


def codebook_html(dataset: Dataset) -> bytes:
    from kg.writers.codebook import files

    return files.codebook_html(dataset)

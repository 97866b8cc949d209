"""The codebook: what may be coded, when and when not, and what was coded so far.

Two files from one set of nouns (`book`): Markdown to edit on, and a page to read and print.
"""

from kg.writers.codebook.files import codebook_html, codebook_markdown

__all__ = ["codebook_html", "codebook_markdown"]

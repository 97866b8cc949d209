"""Linked notes in Markdown, for Obsidian and programs like it: a page for each concept and text.

    # close season
    - protects [[sardine]] (2 passages)
    > “The season is closed …” — [[documents/report|Report]], 10–52, Rui, 2026-11-22

https://help.obsidian.md. A folder of its own: `index.md`, the concepts by their labels, and the
texts with their passages under `documents/`. Words of texts are escaped, so that none is a link, a
tag or HTML. Rejected mentions are left out; others than accepted ones say what they are.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.filenames import file_names
from kg.labels import Texts, texts
from kg.namespaces import SKOS
from kg.ontology import local_name
from kg.writers.dataset import Dataset
from kg.writers.evidence import Mention, Passage, Source, mentions, passages, sources
from kg.writers.xmltext import allowed

DOCUMENTS, INDEX = "documents", "index"
_SIGNS = re.compile(r"[\\`*_\[\]<>#|~=$%^&!{}]|(?<=:)//|(?<=\w)@(?=\w)")
REJECTED, ACCEPTED = "rejected", "accepted"


def obsidian(dataset: Dataset) -> dict[str, bytes]:
    """File name → content, for a folder of their own."""
    vault = Vault.of(dataset)
    files = {f"{vault.pages[iri]}.md": vault.concept(iri) for iri in vault.pages}
    files |= {f"{vault.texts[s.key]}.md": vault.document(s) for s in vault.sources.values()}
    return {
        name: content.encode() for name, content in {**files, "index.md": vault.index()}.items()
    }


@dataclass(frozen=True)
class Vault:
    """What the pages draw on; `pages` and `texts` name the page of a concept and of a document."""

    dataset: Dataset
    pages: Mapping[str, str]
    texts: Mapping[str, str]
    sources: Mapping[str, Source]
    passages: Mapping[str, Sequence[Passage]]
    mentions: Mapping[str, Sequence[Mention]]
    marked: Mapping[str, Sequence[str]]
    """Passage → the concepts that are marked in it."""
    definitions: Mapping[str, Texts]

    @classmethod
    def of(cls, dataset: Dataset) -> Vault:
        names = {iri: node["label"] for iri, node in dataset.network.nodes(data=True)}
        keys = {iri: local_name(iri) for iri in names}
        pages = file_names({INDEX: INDEX, **names}, keys)
        by_concept: dict[str, list[Mention]] = defaultdict(list)
        marked_in: dict[str, dict[str, None]] = defaultdict(dict)
        for mention in mentions(dataset):
            if mention.status != REJECTED and mention.concept in pages:
                by_concept[mention.concept].append(mention)
                marked_in[mention.passage.id][mention.concept] = None
        by_document: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages(dataset).values():
            by_document[passage.document].append(passage)
        documents = {source.key: source for source in sources(dataset.store)}
        texts_of = file_names({key: key for key in documents}, {})
        return cls(
            dataset,
            {iri: pages[iri] for iri in names},
            {key: f"{DOCUMENTS}/{name}" for key, name in texts_of.items()},
            documents,
            by_document,
            by_concept,
            {passage: [*concepts] for passage, concepts in marked_in.items()},
            texts(dataset.store, SKOS.definition, dataset.languages),
        )

    def concept(self, iri: str) -> str:
        node = self.dataset.network.nodes[iri]
        head = {
            "iri": iri,
            "class": node["class_label"] or "",
            "aliases": sorted({*node["labels"].values()} - {node["label"]}),
        }
        parts = [_header(head), f"# {escaped(node['label'])}\n"]
        definition = self.definitions.get(iri, {})
        parts += [f"{escaped(text)} ({tag})\n" if tag else f"{escaped(text)}\n"
                  for tag, text in definition.items()]  # fmt: skip
        parts += _section("Relations", self._relations(iri))
        parts += _section("Linked from", self._linked_from(iri))
        parts += _section("Quotes", map(self._quote, self.mentions.get(iri, ())), between="\n\n")
        return "\n".join(parts)

    def _relations(self, iri: str) -> Iterator[str]:
        for _, target, edge in self.dataset.network.out_edges(iri, data=True):
            yield f"- {_edge(edge)} {self._link(target)}{_evidence(edge)}"

    def _linked_from(self, iri: str) -> Iterator[str]:
        for source, _, edge in self.dataset.network.in_edges(iri, data=True):
            yield f"- {self._link(source)} {_edge(edge)}{_evidence(edge)}"

    def _link(self, iri: str) -> str:
        return link(self.pages[iri], self.dataset.network.nodes[iri]["label"])

    def _quote(self, mention: Mention) -> str:
        passage = mention.passage
        status = "" if mention.status == ACCEPTED else mention.status
        who = ", ".join(filter(None, (escaped(mention.coder), mention.coded[:10], status)))
        title = self.sources[passage.document].title or passage.document
        text = link(self.texts[passage.document], title)
        note = f" · {escaped(mention.note)}" if mention.note else ""
        return f"> “{marked(mention)}” — {text}, {passage.start}–{passage.end}, {who}{note}"

    def document(self, source: Source) -> str:
        known = {name: getattr(source, name) for name in Source.__slots__}
        lines = map(self._passage, self.passages.get(source.key, ()))
        title = f"# {escaped(source.title or source.key)}\n"
        return "\n".join([_header(known), title, *_section("Passages", lines, between="\n\n")])

    def _passage(self, passage: Passage) -> str:
        concepts = ", ".join(map(self._link, self.marked.get(passage.id, ())))
        place = f"{passage.start}–{passage.end}"
        return f"> “{escaped(passage.words)}” {place}" + (f": {concepts}" if concepts else "")

    def index(self) -> str:
        by_class: dict[str, list[str]] = defaultdict(list)
        for iri, node in self.dataset.network.nodes(data=True):
            cls = node["class_label"] or "concepts without a class"
            by_class[cls].append(f"- {self._link(iri)}")
        names = ((self.texts[key], source.title or key) for key, source in self.sources.items())
        parts = _section("Documents", (f"- {link(name, title)}" for name, title in names))
        for cls in sorted(by_class):
            parts += _section(escaped(cls), by_class[cls])
        return "\n".join(parts)


def _header(known: Mapping[str, object]) -> str:
    written = {key: json.dumps(_plain(value), ensure_ascii=False) for key, value in known.items()}
    lines = [f"{key}: {value}" for key, value in written.items() if known[key]]
    return "\n".join(["---", *lines, "---", ""])


def _plain(value: object) -> object:
    """Without what YAML cannot hold, on one line."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return " ".join(allowed(str(value)).split())


def _section(title: str, lines: Iterable[str], between: str = "\n") -> list[str]:
    found = [*lines]
    return [f"## {title}\n", between.join(found) + "\n"] if found else []


def _edge(edge: Mapping[str, object]) -> str:
    return escaped(str(edge["label"])) + (" (flow)" if edge["kind"] == "flow" else "")


def _evidence(edge: Mapping[str, object]) -> str:
    count = int(str(edge["evidence"]))
    return f" ({count:,} passage{'s' * (count > 1)})" if count else " (from the ontology)"


def link(page: str, words: str) -> str:
    """
    >>> link("sea", "sea"), link("a b", "a/b"), link("x", "]] [[y|z")
    ('[[sea]]', '[[a b|a/b]]', '[[x|y z]]')
    """
    shown = " ".join(re.sub(r"[\[\]|<>`\\]", " ", allowed(words)).split())
    return f"[[{page}]]" if shown in (page, "") else f"[[{page}|{shown}]]"


def escaped(text: str) -> str:
    """A text on one line that is nothing but words in Markdown.

    >>> escaped("a [[b]]\\n# <i>c</i> http://d")
    'a \\\\[\\\\[b\\\\]\\\\] \\\\# \\\\<i\\\\>c\\\\</i\\\\> http:\\\\//d'
    """
    return _SIGNS.sub(r"\\\g<0>", " ".join(allowed(text).split()))


def marked(mention: Mention) -> str:
    """The words of the passage, with those of the mention marked.

    Not by signs of Markdown, which do nothing between Chinese characters.
    """
    words, start = mention.passage.words, mention.passage.start
    parts, at = [], 0
    for first, last in mention.pieces:
        begin, end = max(at, first - start), min(last - start, len(words))
        parts += [escaped_part(words[at:begin]), f"<mark>{escaped(words[begin:end])}</mark>"]
        at = max(at, end)
    return "".join([*parts, escaped_part(words[at:])]).strip()


def escaped_part(text: str) -> str:
    """As `escaped`, with the white space at its edges as one space."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * before}{escaped(text)}{' ' * after}" if text.strip() else " " * bool(text)

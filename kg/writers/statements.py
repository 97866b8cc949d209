"""The table of everything that was said: a row for each statement, flow and classification.

The order is that of the documents. The subject and object of a flow are where it comes from and
goes to; `of` is what moves. `start` and `end` count Unicode code points of the document's text, end
excluded; the quote is the passage. Whatever was rejected, denied or only suggested is in here too:
see `status` and `polarity`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.namespaces import PKG, PROV, RDF, SKOS
from kg.ontology import local_name
from kg.rows import pairs, rows
from kg.writers.dataset import Dataset
from kg.writers.spreadsheet import Cell, to_csv
from kg.writers.tokens import Values, by_subject
from kg.writers.wording import Wording

Fields = Mapping[str, list[str]]
"""Property → values of one statement, flow or classification."""

KINDS = {PKG.Statement: "statement", PKG.Flow: "flow", PKG.Classification: "classification"}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a passage and where they stand."""

    document: str = ""
    start: int = 0
    end: int = 0
    words: str = ""


def statements(dataset: Dataset) -> bytes:
    return to_csv(statement_rows(dataset))


def statement_rows(dataset: Dataset) -> Iterator[Sequence[Cell]]:
    """The heading, and the rows."""
    table = _Table(dataset)
    yield [
        *("id", "kind", "claim", *table.wording.triple_header(), "of", "via", "qualifiers"),
        *("modality", "polarity", "explicitness", "source", "confidence", "status"),
        *("document", "title", "start", "end", "quote", "coder", "time", "note"),
    ]
    yield from table.rows()


class _Table:
    """What the rows draw on."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.wording = Wording(dataset)
        self.titles = pairs(dataset.store, "names")
        self.keys = pairs(dataset.store, "qualifier-keys")
        self.quotes = {
            passage: Quote(document, int(start), int(end), words)
            for passage, document, start, end, words in rows(dataset.store, "quotes")
        }

    def rows(self) -> Iterator[list[Cell]]:
        found = dict(_said(self.dataset))
        placed = sorted(
            (self._quote(fields).document, self._quote(fields).start, item)
            for item, fields in found.items()
        )
        for _, _, item in placed:
            yield self._row(item, found[item])

    def _quote(self, fields: Fields) -> Quote:
        return self.quotes.get(_first(fields, PKG.inPassage), Quote())

    def _row(self, item: str, fields: Fields) -> list[Cell]:
        quote = self._quote(fields)
        coder = _first(fields, PROV.wasAttributedTo)
        return [
            *(local_name(item), _kind(fields), local_name(_first(fields, PKG.claim))),
            *self.wording.triple(_triple(fields)),
            *(self.wording.name(_first(fields, end)) for end in (PKG.flowOf, PKG.via)),
            self._qualifiers(fields),
            *(_value(fields, facet) for facet in (PKG.modality, PKG.polarity, PKG.explicitness)),
            self.wording.name(_first(fields, PKG.assertedBySource)),
            *(_first(fields, PKG.confidence), _value(fields, PKG.status)),
            *(local_name(quote.document).removeprefix("doc-"), self.titles.get(quote.document, "")),
            *((quote.start, quote.end) if quote.document else ("", "")),
            *(quote.words, self.titles.get(coder, local_name(coder))),
            *(_first(fields, PROV.generatedAtTime), _first(fields, SKOS.note)),
        ]

    def _qualifiers(self, fields: Fields) -> str:
        """`in=harbour; in=coast`, by the keys that a coder writes."""
        pairs = (
            f"{key}={self._qualification(value)}"
            for prop, key in self.keys.items()
            for value in fields.get(prop, ())
        )
        return "; ".join(sorted(pairs))

    def _qualification(self, value: str) -> str:
        return self.wording.name(value) if value in self.wording.labels else value


def _said(dataset: Dataset) -> Iterator[tuple[str, Fields]]:
    """Whatever makes a claim, with everything that is written on it."""
    values = Values()
    claim = f"<{PKG.claim}>"
    for subject, triples in by_subject(dataset.union):
        said = [(predicate, token) for _, predicate, token in triples]
        if claim in dict(said):
            fields: dict[str, list[str]] = {}
            for predicate, token in said:
                fields.setdefault(values[predicate], []).append(values[token])
            yield values[subject], fields


def _first(fields: Fields, prop: str) -> str:
    return min(fields.get(prop, ()), default="")


def _kind(fields: Fields) -> str:
    return next((KINDS[cls] for cls in sorted(fields.get(RDF.type, ())) if cls in KINDS), "")


def _triple(fields: Fields) -> tuple[str, str, str]:
    if PKG.Flow in fields.get(RDF.type, ()):
        return _first(fields, PKG.flowsFrom), PKG.Flow, _first(fields, PKG.flowsTo)
    return _first(fields, RDF.subject), _first(fields, RDF.predicate), _first(fields, RDF.object)


def _value(fields: Fields, facet: str) -> str:
    """`required` of `pkg:modality-required`: the word that a coder writes."""
    return local_name(_first(fields, facet)).removeprefix(f"{local_name(facet)}-")

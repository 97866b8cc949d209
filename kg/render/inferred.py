"""What follows between concepts, as lines that the page can draw, and the axioms that explain them.

Which rule made an inferred triple is not recorded. The page finds what a line follows from among
its own lines, by what the ontology says of the relations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg.identifiers import claim_id
from kg.namespaces import OWL, RDFS
from kg.render.evidence import Drawn, Record
from kg.rows import pairs, rows

MOST = 5_000
"""So many lines that follow are drawn; of more, the page says only how many there are."""


def read_inferred(
    store: ox.Store, drawn: Drawn, relations: list[Record], base: str
) -> tuple[list[Record], int]:
    """The edges of kind `inferred`, and how many follow in all.

    Relations that only such edges have are added to `relations`.
    """
    triples = [
        triple
        for triple in sorted(rows(store, "page-inferred", base=base))
        if {triple[0], triple[2]} <= drawn.concepts.keys()
    ]
    if len(triples) > MOST:
        return [], len(triples)
    numbers = {record["iri"]: number for number, record in enumerate(relations)}
    for _, relation, _ in triples:
        if relation not in numbers:
            numbers[relation] = len(relations)
            relations.append({"term": drawn.terms.number(relation), "iri": relation})
    return [
        {
            "id": claim_id(subject, relation, object_),
            "from": drawn.concepts[subject],
            "to": drawn.concepts[object_],
            "arrows": "to",
            "relation": numbers[relation],
            "kind": "inferred",
        }
        for subject, relation, object_ in triples
    ], len(triples)


def read_axioms(store: ox.Store, numbers: Mapping[str, int]) -> dict[int, Record]:
    """Relation → `above`, `opposite` (relations), `symmetric` and `transitive` where it is so."""
    found: dict[int, Record] = defaultdict(dict)
    for relation, axiom, value in sorted(rows(store, "page-axioms")):
        if relation not in numbers:
            continue
        record = found[numbers[relation]]
        if axiom == RDFS.subPropertyOf and value in numbers:
            record["above"] = [*record.get("above", []), numbers[value]]
        elif value in _KINDS:
            record[_KINDS[value]] = True
    for relation, inverse in pairs(store, "page-inverses").items():
        if {relation, inverse} <= numbers.keys():
            found[numbers[relation]]["opposite"] = numbers[inverse]
    return found


_KINDS = {OWL.SymmetricProperty: "symmetric", OWL.TransitiveProperty: "transitive"}
